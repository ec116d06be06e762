// Two workspaces with posts, looks and failures as chance has it, most of them about the edges of a report's days: written straight
// into the tables, since what is unlikely is to be there too.
import fc from 'fast-check';
import { POST_FIGURES } from '../../src/core/figures.ts';
import type { ReportPeriod } from '../../src/core/report.ts';
import type { Database } from '../../src/db/open.ts';

/** A moment near one that counts: an edge of the period, or of the time before, and so many milliseconds from it. */
interface Moment {
  edge: number;
  ms: number;
}
type Figures = Record<string, number | null>;

interface MadeUpPost {
  author: number;
  campaign: string | null;
  hashtags: readonly string[];
  deliveries: readonly {
    account: number;
    state: 'published' | 'failed' | 'unconfirmed' | 'scheduled' | 'canceled';
    at: Moment;
    errorKind: 'rejected' | 'unavailable' | null;
    looks: readonly { at: Moment; figures: Figures }[];
  }[];
}

export interface MadeUpDays {
  accounts: readonly {
    platform: 'bluesky' | 'mastodon';
    isConnected: boolean;
    looks: readonly { at: Moment; figures: Figures }[];
  }[];
  posts: readonly MadeUpPost[];
}

const HOUR_MS = 3_600_000;

const moment: fc.Arbitrary<Moment> = fc.record({
  edge: fc.nat(6),
  ms: fc.oneof(
    fc.constantFrom(0, 0, 1000, -1000),
    fc.integer({ min: -60, max: 60 }).map((hours) => hours * HOUR_MS),
    fc.integer({ min: -35 * 24 * HOUR_MS, max: 8 * 24 * HOUR_MS }),
  ),
});
const figure = fc.option(fc.nat(40), { freq: 2 });
const postFigures: fc.Arbitrary<Figures> = fc.oneof(
  { weight: 5, arbitrary: fc.record(Object.fromEntries(POST_FIGURES.map((name) => [name, figure]))) },
  { weight: 1, arbitrary: fc.constant(Object.fromEntries(POST_FIGURES.map((name) => [name, null]))) },
);
const accountFigures: fc.Arbitrary<Figures> = fc.record({
  followers: fc.option(fc.nat(500), { freq: 4 }),
  views: fc.constant(1),
  reach: figure,
});

const delivery = fc.record({
  account: fc.nat(9),
  state: fc.constantFrom(
    ...(['published', 'published', 'published', 'published', 'failed', 'unconfirmed', 'scheduled', 'canceled'] as const),
  ),
  at: moment,
  errorKind: fc.constantFrom(...(['rejected', 'unavailable', null] as const)),
  looks: fc.array(fc.record({ at: moment, figures: postFigures }), { maxLength: 4 }),
});
const post = fc.record({
  author: fc.nat(1),
  campaign: fc.constantFrom(null, 'Launch', 'launch', 'Autumn'),
  hashtags: fc.array(fc.constantFrom('kite', 'Kite', 'KITE', 'bread'), { maxLength: 3 }),
  deliveries: fc.array(delivery, { minLength: 1, maxLength: 3 }),
});

export const madeUpDays: fc.Arbitrary<MadeUpDays> = fc.record({
  accounts: fc.array(
    fc.record({
      platform: fc.constantFrom(...(['bluesky', 'mastodon'] as const)),
      isConnected: fc.boolean(),
      looks: fc.array(fc.record({ at: moment, figures: accountFigures }), { maxLength: 5 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  posts: fc.array(post, { maxLength: 12 }),
});

/** Writes the days of one workspace. Nothing goes out in the future; looks may lie there. @param members their ids */
export async function writeDays(
  { pool }: Pick<Database, 'pool'>,
  { workspaceId, members, period }: { workspaceId: string; members: readonly string[]; period: ReportPeriod },
  { accounts, posts }: MadeUpDays,
): Promise<void> {
  const { span, before } = period;
  const edges = [span.from, span.until, span.asOf, before.from, before.until, before.asOf, span.asOf];
  const momentOf = ({ edge, ms }: Moment): Temporal.Instant => (edges[edge] ?? span.asOf).add({ milliseconds: ms });
  const past = (when: Temporal.Instant): Temporal.Instant => (Temporal.Instant.compare(when, span.asOf) > 0 ? span.asOf : when);
  const accountRows = accounts.map((each, at) => ({ ...each, id: crypto.randomUUID(), handle: `@account${at}` }));
  const postRows = posts.map((each, at) => ({ ...each, id: crypto.randomUUID(), number: at + 1, author: members[each.author] }));
  const deliveryRows = postRows.flatMap(({ id: postId, deliveries }) =>
    deliveries.flatMap((each, at) => {
      const account = accountRows[each.account % accountRows.length];
      const isSecond =
        deliveries.findIndex(({ account: other }) => other % accountRows.length === each.account % accountRows.length) !== at;
      const when = past(momentOf(each.at)).toString();
      return account && !isSecond
        ? [{ ...each, id: crypto.randomUUID(), postId, accountId: account.id, platform: account.platform, when }]
        : [];
    }),
  );
  const looks = [
    ...accountRows.flatMap(({ id, looks: own }) => own.map((each) => ({ accountId: id, deliveryId: null, ...each }))),
    ...deliveryRows.flatMap(({ id, accountId, looks: own }) => own.map((each) => ({ accountId, deliveryId: id, ...each }))),
  ].map(({ at, ...each }) => ({ ...each, id: crypto.randomUUID(), at: momentOf(at).toString() }));
  const insert = (sql: string, rows: readonly object[], ...more: string[]): Promise<unknown> =>
    pool.query(sql, [JSON.stringify(rows), ...more]);
  await insert(ACCOUNTS, accountRows, workspaceId, before.from.toString());
  await insert(POSTS, postRows, workspaceId, before.from.toString());
  await insert(DELIVERIES, deliveryRows, workspaceId);
  await insert(LOOKS, looks);
}

const ACCOUNTS = `
insert into account (id, workspace_id, platform, remote_id, handle, service, state, created_at)
select a.id, $2, a.platform, a.handle, a.handle, 'https://net.example', case when a."isConnected" then 'connected' else 'disconnected' end, $3
from jsonb_to_recordset($1::jsonb) as a (id uuid, platform text, handle text, "isConnected" boolean)`;

const POSTS = `
insert into post (id, workspace_id, number, text, variants, beside, media_ids, hashtags, campaign, author_id,
  scheduled_at, wall_time, time_zone, origin_chat, origin_channel, origin_message, created_at, updated_at)
select p.id, $2, p.number, 'Hello', '{}', '{"options": {}, "thread": false, "comment": null}', '[]', p.hashtags, p.campaign, p.author,
  $3, '2026-11-22T09:00:00', 'Europe/Berlin', 'terminal', 'here', null, $3, $3
from jsonb_to_recordset($1::jsonb) as p (id uuid, number int, hashtags jsonb, campaign text, author uuid)`;

const DELIVERIES = `
insert into delivery (id, workspace_id, post_id, account_id, platform, state, due_at, tries, round, idempotency_key, remote_id,
  error_kind, error_message, published_at, news_version, created_at, updated_at)
select d.id, $2, d."postId", d."accountId", d.platform, d.state, d.at, 1, 0, gen_random_uuid(), d.id::text,
  case when d.state in ('failed', 'unconfirmed') then d."errorKind" end, null,
  case when d.state = 'published' then d.at end, 0, d.at, d.at
from (
  select *, "when" as at from jsonb_to_recordset($1::jsonb)
    as r (id uuid, "postId" uuid, "accountId" uuid, platform text, state text, "when" timestamptz, "errorKind" text)
) d`;

const LOOKS = `
insert into metric_snapshot (id, account_id, delivery_id, figures, at)
select l.id, l."accountId", l."deliveryId", l.figures, l.at
from jsonb_to_recordset($1::jsonb) as l (id uuid, "accountId" uuid, "deliveryId" uuid, figures jsonb, at timestamptz)`;
