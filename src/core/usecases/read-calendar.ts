// A week or a month of a workspace's posts in the reader's zone, with what recurs. Which picture or words it becomes is not known here.
import type { Deps } from '../ports.ts';
import { type PostDetails, postName, postState, textFor } from '../post.ts';
import {
  type CalendarDay,
  type CalendarEntry,
  type CalendarNetwork,
  type CalendarSpan,
  datesOf,
  labelNetworks,
  type PostCalendar,
  startOfSpan,
} from '../post-calendar.ts';
import { shorten } from '../text.ts';
import { firstDayOfWeek } from '../week-start.ts';
import { type Actor, requirePermission, zoneOf } from '../workspace.ts';

export interface CalendarRequest {
  span: CalendarSpan;
  /** A day within it; null: today. */
  around: Temporal.PlainDate | null;
  /** Platform id; null: all. */
  platform: string | null;
}

type Parts = Pick<Deps, 'clock' | 'store' | 'platforms'>;

/** More than this is read by nobody; what is left over is counted. */
const MAX_POSTS = 500;
/** Series of which coming posts are shown. */
const MAX_SERIES = 50;
const FIRST_WORDS = 90;

/** @throws CrierError `not-permitted`. */
export async function readCalendar(deps: Parts, actor: Actor, request: CalendarRequest): Promise<PostCalendar> {
  requirePermission(actor, 'view');
  const timeZone = zoneOf(actor);
  const today = deps.clock.now().toZonedDateTimeISO(timeZone).toPlainDate();
  const firstDay = firstDayOfWeek(actor);
  const start = startOfSpan(request.span, request.around ?? today, firstDay);
  const dates = datesOf(request.span, start, firstDay);
  const labels = labelNetworks(deps.platforms.all());
  const { placed, left } = await readEntries(deps, actor, { dates, timeZone, labels, platform: request.platform });
  const byDate = Map.groupBy(placed, ({ at }) => at.toPlainDate().toString());
  const used = new Set(placed.flatMap(({ entry }) => entry.networks));
  return {
    span: request.span,
    start,
    timeZone,
    left,
    networks: labels.filter((network) => used.has(network)),
    only: labels.find(({ id }) => id === request.platform) ?? null,
    days: dates.map((date): CalendarDay => {
      const order = Temporal.PlainDate.compare(date, today);
      const isWithin = request.span === 'week' || date.month === start.month;
      const own = byDate.get(date.toString()) ?? [];
      return { date, isToday: order === 0, isPast: order < 0, isWithin, entries: own.map(({ entry }) => entry) };
    }),
  };
}

interface Frame {
  dates: readonly Temporal.PlainDate[];
  timeZone: string;
  labels: readonly CalendarNetwork[];
  platform: string | null;
}

interface Placed {
  at: Temporal.ZonedDateTime;
  entry: CalendarEntry;
}

async function readEntries(deps: Parts, actor: Actor, frame: Frame): Promise<{ placed: Placed[]; left: number }> {
  const [first, last] = [frame.dates.at(0), frame.dates.at(-1)];
  if (!first || !last) return { placed: [], left: 0 };
  const from = first.toZonedDateTime(frame.timeZone).toInstant();
  const until = last.add({ days: 1 }).toZonedDateTime(frame.timeZone).toInstant();
  const { id } = actor.workspace;
  const page = await deps.store.posts.list(id, { kind: 'between', from, until }, { offset: 0, limit: MAX_POSTS });
  const written = page.items.flatMap((details) => placePost(details, frame));
  const coming = await readComing(deps, actor, frame, { from, until });
  const placed = [...written, ...coming].sort((one, other) => Temporal.ZonedDateTime.compare(one.at, other.at));
  return { placed, left: page.total - page.items.length };
}

/** Nothing where all of it was canceled, or none of it goes to the network. */
function placePost({ post, deliveries }: PostDetails, { timeZone, labels, platform }: Frame): Placed[] {
  const meant = deliveries.filter((each) => each.state !== 'canceled' && (platform === null || each.platform === platform));
  const state = postState(post, meant);
  if (post.slot === null || meant.length === 0 || state === 'draft' || state === 'canceled') return [];
  const ids = meant.map((each) => each.platform);
  const text = platform === null ? post.text : textFor(post, platform);
  return [place(post.slot.at, { state, ids, text, post: postName(post) }, timeZone, labels)];
}

function place(
  instant: Temporal.Instant,
  { ids, text, ...entry }: Pick<CalendarEntry, 'state' | 'post' | 'text'> & { ids: readonly string[] },
  timeZone: string,
  labels: readonly CalendarNetwork[],
): Placed {
  const at = instant.toZonedDateTimeISO(timeZone);
  const networks = labels.filter(({ id }) => ids.includes(id));
  const time = at.toPlainTime().toString({ smallestUnit: 'minute' });
  return { at, entry: { ...entry, time, networks, text: shorten(text, FIRST_WORDS) } };
}

/** The dates that active series will come to. */
async function readComing(
  { store, clock }: Parts,
  actor: Actor,
  { timeZone, labels, platform }: Frame,
  window: { from: Temporal.Instant; until: Temporal.Instant },
): Promise<Placed[]> {
  const now = clock.now().epochMilliseconds;
  const [from, until] = [Math.max(now, window.from.epochMilliseconds), window.until.epochMilliseconds];
  if (until <= from) return [];
  const { id } = actor.workspace;
  const taken = await store.posts.taken(id, window, null);
  const ahead = taken.filter(({ at }) => at.epochMilliseconds >= from && at.epochMilliseconds < until);
  const byPost = Map.groupBy(ahead, ({ post }) => post);
  const found = await Promise.all([...byPost.keys()].slice(0, MAX_SERIES).map((number) => store.posts.find(id, number)));
  return found.flatMap((details) => {
    if (details?.series?.state !== 'active') return [];
    const { series, post, deliveries } = details;
    const own = post.slot?.at.epochMilliseconds;
    const ids = deliveries.map((each) => each.platform).filter((each) => platform === null || each === platform);
    const text = platform === null ? series.text : textFor(series, platform);
    const times = new Set((byPost.get(post.number) ?? []).map(({ at }) => at.epochMilliseconds).filter((at) => at !== own));
    if (ids.length === 0) return [];
    return [...times].map((at) =>
      place(Temporal.Instant.fromEpochMilliseconds(at), { state: 'coming', ids, text, post: postName(post) }, timeZone, labels),
    );
  });
}
