// One agency's two years, written by a few statements: what a report reads of is made here, how it came about is not.
import type { Store } from '../../src/core/store.ts';
import type { Workspace } from '../../src/core/workspace.ts';
import type { Database } from '../../src/db/open.ts';
import { openPlatforms } from '../../src/platforms/index.ts';

/** One account for so many snapshots, and each network at least once. */
const SNAPSHOTS_AN_ACCOUNT = 10_000;
/** Hourly for 30 days, daily for 700 before. */
const OF_AN_ACCOUNT = 30 * 24 + 700;
/** At 1, 6 and 24 hours, 3, 7 and 30 days; posts of the last month, one in 24, have not come to all of them. */
const OF_A_POST = 6;
const DAYS = 730;

export interface Seeded {
  workspace: Workspace;
  accounts: number;
  posts: number;
  snapshots: number;
}

/** In words, for the output. */
export const sayShape = ({ accounts, posts, snapshots }: Seeded): string =>
  `one workspace, ${accounts} accounts on ${openPlatforms().all().length} networks, ${posts} posts in ${DAYS} days with a delivery each, ${snapshots} snapshots: ${OF_A_POST} a post, and of each account hourly for 30 days, daily before`;

/**
 * Makes about `snapshots` of them, at least as many, and gives the planner its statistics. The same numbers make the same rows, but for ids.
 * @param now the end of the two years
 */
export async function seedAnalytics(
  { pool }: Pick<Database, 'pool'>,
  store: Store,
  { snapshots, now }: { snapshots: number; now: Temporal.Instant },
): Promise<Seeded> {
  const { workspace } = await store.workspaces.enter({
    chat: 'terminal',
    teamId: 'agency',
    teamName: 'Agency',
    userId: 'person-0',
    userName: 'Person 0',
    role: 'admin',
    timeZone: 'Europe/Berlin',
  });
  const networks = openPlatforms().all();
  const accounts = Math.max(networks.length, Math.ceil(snapshots / SNAPSHOTS_AN_ACCOUNT));
  const posts = Math.max(0, Math.ceil((snapshots - accounts * OF_AN_ACCOUNT) / (OF_A_POST * 0.978)));
  const end = now.toString();
  const client = await pool.connect();
  try {
    await client.query('select setseed(0.42)');
    await client.query(MEMBERS, [workspace.id, end]);
    await client.query(ACCOUNTS, [workspace.id, networks.map(({ id }) => id), accounts, end]);
    await client.query(POSTS, [workspace.id, posts, end, DAYS]);
    await client.query(DELIVERIES, [workspace.id]);
    await client.query(SNAPSHOTS, [end]);
    await client.query('update workspace set last_post_number = $1', [posts]);
    await client.query('vacuum analyze');
  } finally {
    client.release();
  }
  const { rows } = await pool.query<{ count: number }>('select count(*)::int as count from metric_snapshot');
  return { workspace, accounts, posts, snapshots: rows[0]?.count ?? 0 };
}

const MEMBERS = `
insert into member (id, workspace_id, user_id, name, role, created_at)
select gen_random_uuid(), $1, 'person-' || n, 'Person ' || n, 'author', $2 from generate_series(1, 9) n`;

const ACCOUNTS = `
insert into account (id, workspace_id, platform, remote_id, handle, service, state, created_at)
select gen_random_uuid(), $1, ($2::text[])[n % cardinality($2::text[]) + 1], 'remote-' || n, '@account' || n, 'https://bench.example',
  'connected', $4::timestamptz - interval '730 days'
from generate_series(0, $3::int - 1) n`;

/** One after another through the two years. Ids are made when posts are, so that they lie beside each other as they would. */
const POSTS = `
insert into post (id, workspace_id, number, text, variants, beside, media_ids, hashtags, campaign, author_id,
  scheduled_at, wall_time, time_zone, origin_chat, origin_channel, origin_message, created_at, updated_at)
select uuidv7(moment.at - now()), $1, n, 'Number ' || n || ' of what we have to say. ' || repeat('A sentence of usual length. ', 5), '{}',
  '{"options": {}, "thread": false, "comment": null}', '[]', jsonb_build_array('tag' || n % 200, 'tag' || n % 7),
  case when n % 3 > 0 then 'Campaign ' || n % 40 end, authors.ids[n % cardinality(authors.ids) + 1],
  moment.at, '2026-11-22T09:00:00', 'Europe/Berlin', 'terminal', 'here', null, moment.at, moment.at
from generate_series(1, $2::int) n
cross join lateral (select $3::timestamptz - (1 - (n - random()) / $2::int) * $4::int * interval '1 day' as at) moment
cross join (select array_agg(id order by user_id) as ids from member where workspace_id = $1) authors
order by n`;

/** One in a hundred failed. */
const DELIVERIES = `
insert into delivery (id, workspace_id, post_id, account_id, platform, state, due_at, tries, round, idempotency_key, remote_id, url,
  error_kind, error_message, published_at, news_version, created_at, updated_at)
select uuidv7(p.scheduled_at - now()), $1, p.id, a.id, a.platform,
  case when out.is then 'published' else 'failed' end, p.scheduled_at, 1, 0, gen_random_uuid(),
  case when out.is then 'remote-' || p.number end, case when out.is then 'https://bench.example/' || p.number end,
  case when not out.is then 'rejected' end, case when not out.is then 'The network does not take this.' end,
  case when out.is then p.scheduled_at end, 0, p.scheduled_at, p.scheduled_at
from post p
cross join lateral (select p.number % 100 > 0 as is) out
join (select *, row_number() over (order by remote_id) as place, count(*) over () as siblings from account where workspace_id = $1) a
  on a.place = p.number % a.siblings + 1
order by p.number`;

/** In the order in which they were taken: those of one post lie far apart. A third of the networks tells no views, another no saves. */
const SNAPSHOTS = `
insert into metric_snapshot (id, account_id, delivery_id, figures, at)
select gen_random_uuid(), account_id, delivery_id, figures, at
from (
  select d.account_id, d.id as delivery_id, d.published_at + age.hours * interval '1 hour' as at,
    jsonb_build_object(
      'likes', (age.grown * 300 * random())::int, 'comments', (age.grown * 20 * random())::int,
      'shares', (age.grown * 40 * random())::int, 'clicks', null,
      'saves', case when length(d.platform) % 3 > 0 then (age.grown * 10 * random())::int end,
      'views', case when length(d.platform) % 3 > 1 then (age.grown * 9000 * random())::int end,
      'reach', case when length(d.platform) % 3 > 1 then (age.grown * 5000 * random())::int end) as figures
  from delivery d
  cross join (values (1, 0.1), (6, 0.4), (24, 0.7), (72, 0.9), (168, 0.95), (720, 1.0)) as age (hours, grown)
  where d.published_at is not null
  union all
  select a.id, null, $1::timestamptz - past.hours * interval '1 hour',
    jsonb_build_object('followers', 20000 - past.hours + (20 * random())::int, 'views', (900 * random())::int, 'reach', null)
  from account a
  cross join (
    select n as hours from generate_series(1, 720) n union all select 720 + n * 24 from generate_series(1, 700) n
  ) past
) as taken
where at <= $1
order by at`;
