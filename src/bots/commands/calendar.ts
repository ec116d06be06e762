// /calendar: a week or a month of posts as a picture, and the same in words.
import { invalidArgument } from '../../core/errors.ts';
import { nearest } from '../../core/near-miss.ts';
import { CALENDAR_SPANS, type CalendarSpan, calendarTitle, type PostCalendar } from '../../core/post-calendar.ts';
import { findPlatform } from '../../core/usecases/connect-account.ts';
import { type CalendarRequest, readCalendar } from '../../core/usecases/read-calendar.ts';
import { zoneOf } from '../../core/workspace.ts';
import { calendarAltText, calendarSections, openMenu } from '../cards/calendar-words.ts';
import { type Call, type CommandCall, defineCommand } from '../command.ts';
import type { Button, Line, Reply, ReplyFile } from '../reply.ts';

export const calendar = defineCommand({
  name: 'calendar',
  summary: 'Show a week or a month of posts as a picture',
  permission: 'view',
  arguments: [
    { name: 'span', kind: 'choice', summary: 'How much of it', choices: CALENDAR_SPANS },
    { name: 'network', kind: 'platform', summary: 'Only posts to this network' },
  ],
  examples: ['/calendar', '/calendar next week', '/calendar month bluesky'],
  run: async (call) => showCalendar(call, readWords(call)),
  buttons: { show: async (call) => showCalendar(call, readSubject(call.subject, call)) },
});

const SPAN = /(?<!\S)(?:(?<which>this|next|last)\s+)?(?<span>week|month)(?!\S)/giu;

/** In either order: `next week bluesky`; `bluesky` alone is a network. */
function readWords(call: CommandCall): CalendarRequest {
  const { args, deps } = call;
  const words = [args.span, args.network].filter((word) => word?.trim()).join(' ');
  const [found, second] = words.matchAll(SPAN);
  const [network, more] = words
    .replace(SPAN, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
  const isTooMuch = second !== undefined || (more !== undefined && deps.platforms.find(network ?? '') !== undefined);
  if (isTooMuch)
    throw invalidArgument('span', `Say week or month, and one network at most: /calendar month ${deps.platforms.all()[0]?.id}.`);
  const span = spanOf(found?.groups?.span ?? 'week') ?? 'week';
  const around = dayIn(span, found?.groups?.which?.toLowerCase(), call);
  if (network === undefined) return { span, around, platform: null };
  const name = more === undefined ? network : words.trim();
  if (deps.platforms.find(name)) return { span, around, platform: findPlatform({ platforms: deps.platforms }, name).id };
  const near = nearest(name.toLowerCase(), [...CALENDAR_SPANS, ...deps.platforms.all().map(({ id }) => id)]);
  const ids = deps.platforms.all().map(({ id }) => id);
  const hint = near ? `Did you mean /calendar ${near}?` : `Networks: ${ids.join(', ')}.`;
  throw invalidArgument('network', `"${name}" is neither week nor month, and no network. ${hint}`);
}

/** Null: today. */
function dayIn(span: CalendarSpan, which: string | undefined, { deps, actor }: Call): Temporal.PlainDate | null {
  if (which === undefined || which === 'this') return null;
  const today = deps.clock.now().toZonedDateTimeISO(zoneOf(actor)).toPlainDate();
  const step = span === 'week' ? { weeks: 1 } : { months: 1 };
  return which === 'next' ? today.add(step) : today.subtract(step);
}

const spanOf = (word: string): CalendarSpan | null => CALENDAR_SPANS.find((span) => span === word.toLowerCase()) ?? null;

const ALL = 'all';
/** Buttons lead no further from today than this. */
const REACH = { years: 5 };

const subjectOf = (span: CalendarSpan, day: Temporal.PlainDate, platform: string | null): string =>
  `${span}~${day}~${platform ?? ALL}`;

/** `week~2026-11-23~bluesky`. What it cannot mean by now is as if it were not said. */
function readSubject(subject: string, { deps }: Call): CalendarRequest {
  const [span = '', day = '', network = ALL] = subject.split('~');
  const platform = network === ALL ? undefined : deps.platforms.find(network);
  return { span: spanOf(span) ?? 'week', around: readDay(day, deps), platform: platform?.id ?? null };
}

function readDay(day: string, { clock }: Call['deps']): Temporal.PlainDate | null {
  const [, year, month, dayOfMonth] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day)?.map(Number) ?? [];
  if (!year || !month || !dayOfMonth) return null;
  const date = Temporal.PlainDate.from({ year, month, day: dayOfMonth });
  const today = clock.now().toZonedDateTimeISO('UTC').toPlainDate();
  const isNear =
    Temporal.PlainDate.compare(date, today.subtract(REACH)) >= 0 && Temporal.PlainDate.compare(date, today.add(REACH)) <= 0;
  return isNear ? date : null;
}

async function showCalendar(call: Call, request: CalendarRequest): Promise<Reply> {
  const shown = await readCalendar(call.deps, call.actor, request);
  const title = calendarTitle(shown);
  const picture = await drawPicture(call, shown, title);
  const menu = openMenu(shown);
  return {
    tone: 'plain',
    title: `Calendar of ${title}`,
    lines: [summaryOf(shown)],
    sections: calendarSections(shown),
    notes: notesOf(shown, picture === null && call.deps.pictures !== undefined),
    ...(menu === null ? {} : { menu }),
    buttons: buttonsOf(shown),
    ...(picture === null ? {} : { files: [picture] }),
  };
}

/** Null where nobody draws here, or drawing failed: the words say it all. */
async function drawPicture({ deps, actor }: Call, shown: PostCalendar, title: string): Promise<ReplyFile | null> {
  if (!deps.pictures) return null;
  try {
    const bytes = await deps.pictures.calendar(shown, actor.workspace.pictures);
    const name = `calendar-${shown.span}-${shown.start}.png`;
    return { name, mimeType: 'image/png', bytes, altText: calendarAltText(shown, title) };
  } catch (error) {
    deps.log.error({ err: error }, 'a calendar could not be drawn');
    return null;
  }
}

function summaryOf({ days, only, left }: PostCalendar): Line {
  const count = days.reduce((sum, { isWithin, entries }) => sum + (isWithin ? entries.length : 0), 0) + left;
  const where = only === null ? '' : ` to ${only.name}`;
  if (count > 0) return `${count} ${count === 1 ? 'post' : 'posts'}${where}.`;
  return [`Nothing is planned${where}. Plan a post: `, { code: `/schedule tomorrow 9am to ${only?.id ?? ALL}: Hello` }];
}

function notesOf({ timeZone, left }: PostCalendar, isMissing: boolean): Line[] {
  return [
    `Times in ${timeZone}.`,
    ...(left > 0 ? [`The last ${left} are not shown, since there are so many: ask for a week, or for one network.`] : []),
    ...(isMissing ? ['The picture could not be drawn. The log says why.'] : []),
  ];
}

/** Earlier stands left, as in time. */
function buttonsOf({ span, start, days, only }: PostCalendar): Button[] {
  const platform = only?.id ?? null;
  const today = days.find(({ isToday, isWithin }) => isToday && isWithin)?.date;
  const step = span === 'week' ? { weeks: 1 } : { months: 1 };
  const to = (label: string, as: CalendarSpan, day: Temporal.PlainDate): Button => ({
    label,
    command: 'calendar',
    name: 'show',
    subject: subjectOf(as, day, platform),
  });
  const other = span === 'week' ? 'month' : 'week';
  const now: Button = { label: 'Today', command: 'calendar', name: 'show', subject: `${span}~now~${platform ?? ALL}` };
  return [
    to('Earlier', span, start.subtract(step)),
    ...(today === undefined ? [now] : []),
    to('Later', span, start.add(step)),
    to(other === 'month' ? 'Month' : 'Week', other, today ?? start),
  ];
}
