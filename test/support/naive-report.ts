// A report as anybody would work it out with pencil and paper: plain loops over the rows as they lie in the tables, one delivery after
// another. Slow, and none of its code is that of a report, so that the two can be compared.
import { z } from 'zod';
import type { ReadSpan, ReportPeriod, ReportScope } from '../../src/core/report.ts';
import type { Database } from '../../src/db/open.ts';

type Told = Record<string, number | null>;

const at = z.string().transform((text) => Temporal.Instant.from(text));
const told = z.record(z.string(), z.number().nullable());
const Deliveries = z.array(
  z.object({
    id: z.string(),
    workspace_id: z.string(),
    account_id: z.string(),
    platform: z.string(),
    state: z.string(),
    published_at: at.nullable(),
    updated_at: at,
    error_kind: z.string().nullable(),
    number: z.number(),
    campaign: z.string().nullable(),
    hashtags: z.array(z.string()),
    author_id: z.string(),
  }),
);
const Snapshots = z.array(
  z.object({ id: z.string(), account_id: z.string(), delivery_id: z.string().nullable(), figures: told, at }),
);
const Accounts = z.array(z.object({ id: z.string(), workspace_id: z.string(), platform: z.string(), state: z.string() }));

type Delivery = z.infer<typeof Deliveries>[number];
type Snapshot = z.infer<typeof Snapshots>[number];

/** Everything there is, of all workspaces. */
export interface Rows {
  deliveries: readonly Delivery[];
  snapshots: readonly Snapshot[];
  accounts: z.infer<typeof Accounts>;
}

export async function readRows({ pool }: Pick<Database, 'pool'>): Promise<Rows> {
  const read = async (sql: string): Promise<unknown> => (await pool.query(sql)).rows;
  return {
    deliveries: Deliveries.parse(
      await read(`select d.*, d.published_at::text as published_at, d.updated_at::text as updated_at,
        p.number, p.campaign, p.hashtags, p.author_id from delivery d join post p on p.id = d.post_id`),
    ),
    snapshots: Snapshots.parse(await read('select id, account_id, delivery_id, figures, at::text as at from metric_snapshot')),
    accounts: Accounts.parse(await read('select id, workspace_id, platform, state from account')),
  };
}

/** A delivery with what was known of it. */
interface Known {
  delivery: Delivery;
  day: string;
  figures: Told;
  engagement: number | null;
}

interface NaiveTotals {
  posts: number;
  [figure: string]: number | null;
}

const isBefore = (one: Temporal.Instant, other: Temporal.Instant): boolean => Temporal.Instant.compare(one, other) < 0;

const isTold = (figures: Told): boolean => Object.values(figures).some((figure) => figure !== null);

/** The newest by then; of two at one instant, that with the larger id. */
function newestOf(snapshots: readonly Snapshot[], by: Temporal.Instant): Snapshot | null {
  let newest: Snapshot | null = null;
  for (const each of snapshots) {
    if (isBefore(by, each.at)) continue;
    const order = newest === null ? 1 : Temporal.Instant.compare(each.at, newest.at);
    if (newest === null || order > 0 || (order === 0 && each.id > newest.id)) newest = each;
  }
  return newest;
}

function isWithin(delivery: Delivery, scope: ReportScope): boolean {
  if (scope.kind === 'network') return delivery.platform === scope.platform;
  if (scope.kind === 'account') return delivery.account_id === scope.account.id;
  return scope.kind === 'all' || delivery.campaign === scope.name;
}

/** What went out in a span, as it was known then: what its network did not tell any more stands as it was told last. */
function knownIn(
  { deliveries, snapshots }: Rows,
  workspaceId: string,
  span: ReadSpan,
  scope: ReportScope,
  zone: string,
): Known[] {
  const known: Known[] = [];
  for (const delivery of deliveries) {
    const { published_at: out } = delivery;
    if (delivery.workspace_id !== workspaceId || delivery.state !== 'published' || out === null) continue;
    if (isBefore(out, span.from) || !isBefore(out, span.until) || !isWithin(delivery, scope)) continue;
    const own = snapshots.filter((each) => each.delivery_id === delivery.id && isTold(each.figures));
    const figures = newestOf(own, span.asOf)?.figures ?? {};
    known.push({
      delivery,
      figures,
      engagement: engagementOf(figures),
      day: out.toZonedDateTimeISO(zone).toPlainDate().toString(),
    });
  }
  return known;
}

function engagementOf(figures: Told): number | null {
  let sum: number | null = null;
  for (const name of ['likes', 'comments', 'shares', 'saves']) {
    const figure = figures[name] ?? null;
    if (figure !== null) sum = (sum ?? 0) + figure;
  }
  return sum;
}

const FIGURES = ['likes', 'comments', 'shares', 'saves', 'views', 'reach', 'clicks'];

function totalsOf(known: readonly Known[]): NaiveTotals {
  const totals: NaiveTotals = { posts: 0, engagement: null, rate: null };
  for (const name of FIGURES) totals[name] = null;
  let [rated, seen] = [0, 0];
  for (const { figures, engagement } of known) {
    totals.posts += 1;
    for (const name of FIGURES) totals[name] = plus(totals[name] ?? null, figures[name] ?? null);
    totals.engagement = plus(totals.engagement ?? null, engagement);
    const views = figures.views ?? null;
    if (engagement === null || views === null) continue;
    rated += engagement;
    seen += views;
  }
  totals.rate = seen === 0 ? null : rated / seen;
  return totals;
}

const plus = (sum: number | null, figure: number | null): number | null => (figure === null ? sum : (sum ?? 0) + figure);

/**
 * The time before, without its figures where much less is known of it than of the time itself, or the other way round: of the posts of
 * accounts that tell anything at either time.
 */
function compared(before: readonly Known[], now: readonly Known[]): NaiveTotals {
  const tells = (each: Known): boolean => isTold(each.figures);
  const telling = new Set([...before, ...now].filter(tells).map(({ delivery }) => delivery.account_id));
  const [then, since] = [before, now].map((known) => known.filter(({ delivery }) => telling.has(delivery.account_id)));
  const totals = totalsOf(before);
  if (!then?.length || !since?.length) return totals;
  const [one, other] = [then.filter(tells).length * since.length, since.filter(tells).length * then.length];
  const isAlike = 3 * one >= 2 * other && 3 * other >= 2 * one;
  return isAlike ? totals : { ...totalsOf([]), posts: before.length };
}

/** By key, what of it went out: `before` is null where groups are not compared. */
type Groups = Record<string, { totals: NaiveTotals; before: NaiveTotals | null }>;

function groupsBy(known: readonly Known[], before: readonly Known[] | null, keysOf: (known: Known) => readonly string[]): Groups {
  const groups: Groups = {};
  for (const key of new Set(known.flatMap(keysOf))) {
    const own = known.filter((each) => keysOf(each).includes(key));
    const then = before?.filter((each) => keysOf(each).includes(key));
    groups[key] = { totals: totalsOf(own), before: then ? compared(then, own) : null };
  }
  return groups;
}

function followersOf({ accounts, snapshots }: Rows, workspaceId: string, { span }: ReportPeriod, scope: ReportScope) {
  let [now, change]: [number | null, number | null] = [null, null];
  const end = isBefore(span.until, span.asOf) ? span.until : span.asOf;
  for (const account of accounts) {
    if (account.workspace_id !== workspaceId || scope.kind === 'campaign') continue;
    if (scope.kind === 'network' && account.platform !== scope.platform) continue;
    if (scope.kind === 'account' && account.id !== scope.account.id) continue;
    const own = snapshots.filter((each) => each.account_id === account.id && each.delivery_id === null && isTold(each.figures));
    const [last, first] = [newestOf(own, end), newestOf(own, span.from)];
    const isLookedAtWithin = last !== null && !isBefore(last.at, span.from);
    if (account.state !== 'connected' && !isLookedAtWithin) continue;
    const [ends, begins] = [last?.figures.followers ?? null, first?.figures.followers ?? null];
    now = plus(now, ends);
    // without a look from about the beginning and one of the time itself, nobody knows what became of them in it
    const isFromBeginning = first !== null && span.from.since(first.at).total('hours') <= 48;
    if (isLookedAtWithin && isFromBeginning && isBefore(first.at, last.at) && ends !== null && begins !== null)
      change = plus(change, ends - begins);
  }
  return { now, change };
}

/** How many failed, or wait to be confirmed, by account and kind of error. */
function failuresOf(
  { deliveries }: Rows,
  workspaceId: string,
  { span }: ReportPeriod,
  scope: ReportScope,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const delivery of deliveries) {
    const { account_id: account, error_kind: kind, updated_at: when } = delivery;
    if (delivery.workspace_id !== workspaceId || !['failed', 'unconfirmed'].includes(delivery.state)) continue;
    if (isBefore(when, span.from) || !isBefore(when, span.until) || !isWithin(delivery, scope)) continue;
    counts[`${account} ${kind}`] = (counts[`${account} ${kind}`] ?? 0) + 1;
  }
  return counts;
}

export function naiveReport(rows: Rows, workspaceId: string, period: ReportPeriod, scope: ReportScope) {
  const known = knownIn(rows, workspaceId, period.span, scope, period.timeZone);
  const before = knownIn(rows, workspaceId, period.before, scope, period.timeZone);
  const days: Record<string, { posts: number; engagement: Told; views: Told }> = {};
  for (let date = period.first; Temporal.PlainDate.compare(date, period.last) <= 0; date = date.add({ days: 1 })) {
    const own = known.filter(({ day }) => day === date.toString());
    const on = [...new Set(own.map(({ delivery }) => delivery.platform))];
    const sumOn = (name: string): Told =>
      Object.fromEntries(on.map((id) => [id, totalsOf(own.filter(({ delivery }) => delivery.platform === id))[name] ?? null]));
    days[date.toString()] = { posts: own.length, engagement: sumOn('engagement'), views: sumOn('views') };
  }
  return {
    totals: totalsOf(known),
    before: compared(before, known),
    networks: groupsBy(known, before, ({ delivery }) => [delivery.platform]),
    accounts: groupsBy(known, before, ({ delivery }) => [delivery.account_id]),
    campaigns: groupsBy(known, null, ({ delivery: { campaign } }) => (campaign === null ? [] : [campaign])),
    hashtags: groupsBy(known, null, ({ delivery }) => delivery.hashtags.map((tag) => tag.toLowerCase())),
    authors: groupsBy(known, null, ({ delivery }) => [delivery.author_id]),
    days,
    followers: followersOf(rows, workspaceId, period, scope),
    failures: failuresOf(rows, workspaceId, period, scope),
    unread: known.filter(({ figures }) => !isTold(figures)).length,
    /** Of each delivery that tells it, by its id. */
    engagements: Object.fromEntries(
      known.flatMap(({ delivery, engagement }) => (engagement === null ? [] : [[delivery.id, engagement]])),
    ),
  };
}
