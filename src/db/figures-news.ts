// Figures that the thread of a post is to be told some hours after it went out, and whose they are to tell.
import type { Pool } from 'pg';
import { z } from 'zod';
import type { FiguresNews, FiguresNewsRequest, FiguresStore } from '../core/figures-store.ts';
import { PostFiguresJson } from './figure-rows.ts';
import { readActor, readPost } from './json-rows.ts';

export async function claimNews(
  pool: Pool,
  { chats, hours, now, leaseUntil, limit }: FiguresNewsRequest,
): Promise<FiguresNews[]> {
  const { rows } = await pool.query(CLAIM, [[...chats], [...hours], now.toString(), leaseUntil.toString(), limit]);
  return rows.map((row) => {
    const { post, workspace, member, hours: age, results } = Row.parse(row);
    return { post: readPost(post), author: readActor({ workspace, member }), hours: age, results, until: leaseUntil };
  });
}

export async function markTold(
  pool: Pool,
  { post, hours }: Parameters<FiguresStore['markTold']>[0],
  now: Temporal.Instant,
): Promise<void> {
  await pool.query('update figures_told set told_at = $3 where post_id = $1 and hours = $2', [post.id, hours, now.toString()]);
}

/**
 * $1 chats, $2 ages in hours, $3 now, $4 lease until, $5 limit. The age is that of the first delivery that went out; what became of that
 * age more than two days ago (Crier was not there) is no news any more. Nothing is told before a network told something at that age, and
 * for half an hour it is waited for all of those where it went out at about the same time: they are looked at one after another. Of several processes
 * whose statements meet, the row of `figures_told` lets one go on. Subqueries stand where joins could: of a few posts each is found by its
 * key, and a planner that expects many would read whole tables, every few seconds.
 */
const CLAIM = `
with young as (
  select d.post_id, age.hours, min(d.published_at) as first_at
  from unnest($2::int[]) as age (hours)
  cross join workspace w
  join delivery d on d.workspace_id = w.id
    and d.published_at > $3::timestamptz - (age.hours + 48) * interval '1 hour'
    and d.published_at <= $3::timestamptz - age.hours * interval '1 hour'
  where w.chat = any($1) and w.removed_at is null and d.state = 'published'
    and coalesce((
      select t.told_at is null and t.lease_until <= $3 from figures_told t where t.post_id = d.post_id and t.hours = age.hours), true)
  group by d.post_id, age.hours
),
ready as (
  select y.post_id, y.hours, y.first_at
  from young y
  cross join lateral (
    select bool_or(s.is_told) as is_told,
      bool_and(s.is_told is not null or d.published_at > y.first_at + interval '20 minutes') as all_seen,
      bool_or(d.published_at <= $3::timestamptz - (y.hours + 48) * interval '1 hour') as is_older
    from delivery d
    left join lateral (
      select jsonb_path_exists(m.figures, '$.* ? (@ != null)') as is_told from metric_snapshot m
      where m.delivery_id = d.id and m.at >= d.published_at + y.hours * interval '1 hour'
      order by m.at desc limit 1
    ) s on true
    where d.post_id = y.post_id and d.state = 'published'
  ) o
  where o.is_told and not o.is_older
    and (
      select p.origin_chat = any($1) and (p.origin_chat = 'terminal' or p.origin_message is not null)
      from post p where p.id = y.post_id)
    and (o.all_seen or y.first_at <= $3::timestamptz - y.hours * interval '1 hour' - interval '30 minutes')
  order by y.first_at, y.post_id, y.hours
  limit $5
),
claimed as (
  insert into figures_told (post_id, hours, told_at, lease_until)
  select post_id, hours, null, $4 from ready order by first_at, post_id, hours
  on conflict (post_id, hours) do update set lease_until = excluded.lease_until
  where figures_told.told_at is null and figures_told.lease_until <= $3
  returning post_id, hours
)
select c.hours, to_jsonb(p) as post, to_jsonb(w) as workspace, to_jsonb(a) as member, r.results
from claimed c
join ready y on y.post_id = c.post_id and y.hours = c.hours
join post p on p.id = c.post_id
join workspace w on w.id = p.workspace_id
join member a on a.id = p.author_id
cross join lateral (
  select jsonb_agg(jsonb_build_object(
    'platform', d.platform, 'handle', n.handle, 'url', d.url, 'figures', m.figures, 'seenAt', m.at
  ) order by d.platform, n.handle, d.id) as results
  from delivery d
  join account n on n.id = d.account_id
  cross join lateral (
    select m.figures, m.at from metric_snapshot m where m.delivery_id = d.id
    order by jsonb_strip_nulls(m.figures) <> '{}' desc, m.at desc, m.id desc limit 1
  ) m
  where d.post_id = c.post_id and d.state = 'published'
) r
order by y.first_at, c.post_id, c.hours`;

const Result = z.object({
  platform: z.string(),
  handle: z.string(),
  url: z.string().nullable(),
  figures: PostFiguresJson,
  seenAt: z.string().transform((text) => Temporal.Instant.from(text)),
});
const Row = z.object({
  hours: z.number(),
  post: z.unknown(),
  workspace: z.unknown(),
  member: z.unknown(),
  results: z.array(Result),
});
