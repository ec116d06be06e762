// How the figures of a month are usually asked for, for comparison with ReportStore.results: the same rows and the same columns.
import type { ReadSpan } from '../../src/core/report.ts';
import type { Database } from '../../src/db/open.ts';
import type { Statement } from './plans.ts';

const COLUMNS = `
d.id as "deliveryId", p.number as post, d.platform, d.account_id as "accountId",
left(coalesce(p.variants ->> d.platform, p.text), 200) as text, d.url, d.published_at as "publishedAt",
p.campaign, p.hashtags, p.author_id as "authorId", w.name as author`;
const FIGURES = `as f (likes float8, comments float8, shares float8, saves float8, views float8, reach float8, clicks float8)`;
const OUT = 'd.workspace_id = $1 and d.published_at >= $2 and d.published_at < $3';

/** By name. $1 workspace, $2 from, $3 until, $4 as of. */
const PEERS: Readonly<Record<string, string>> = {
  // the newest of everything, joined to what is asked about
  'distinct-on': `
select ${COLUMNS}, seen.at as "seenAt", f.*
from delivery d
join post p on p.id = d.post_id
join member w on w.id = p.author_id
left join (
  select distinct on (delivery_id) delivery_id, figures, at from metric_snapshot
  where delivery_id is not null and at <= $4 order by delivery_id, at desc
) seen on seen.delivery_id = d.id
left join lateral jsonb_to_record(seen.figures) ${FIGURES} on true
where ${OUT}
order by d.published_at, d.id`,
  // the same with the join inside, so that only snapshots of that month are sorted
  'distinct-on-joined': `
select newest.*, f.*
from (
  select distinct on (d.id) ${COLUMNS}, m.at as "seenAt", m.figures
  from delivery d
  join post p on p.id = d.post_id
  join member w on w.id = p.author_id
  left join metric_snapshot m on m.delivery_id = d.id and m.at <= $4
  where ${OUT}
  order by d.id, m.at desc
) newest
left join lateral jsonb_to_record(newest.figures) ${FIGURES} on true
order by newest."publishedAt", newest."deliveryId"`,
};

export const peers = (workspaceId: string, { from, until, asOf }: ReadSpan): ReadonlyMap<string, Statement> =>
  new Map(Object.entries(PEERS).map(([name, text]) => [name, { text, values: [workspaceId, from, until, asOf].map(String) }]));

/** The rows as the driver gives them; read no further, since that would take everybody the same time. */
export async function ask(pool: Database['pool'], { text, values }: Statement): Promise<Record<string, unknown>[]> {
  return (await pool.query<Record<string, unknown>>(text, [...values])).rows;
}

/** Which delivery has which figures of when: how a peer shows that it finds the same. */
export const figuresIn = (rows: readonly Record<string, unknown>[]): string[] =>
  rows.map(({ deliveryId, seenAt, likes, views }) => [deliveryId, seenAt, likes, views].map(String).join(' '));
