// The statements of reports. Each reads by an index: what went out by delivery_workspace_published, and of each delivery, or account,
// the newest snapshot by then that tells anything, with a step into metric_snapshot_delivery_at, or metric_snapshot_account_at. None sorts
// more snapshots than are of one moment.
import type { ReportScope } from '../core/report.ts';

/** @param subject the parameter that names the network, account or campaign, `$5` */
function within(scope: ReportScope, subject: string): string {
  switch (scope.kind) {
    case 'all':
      return '';
    case 'network':
      return `and d.platform = ${subject}`;
    case 'account':
      return `and d.account_id = ${subject}`;
    case 'campaign':
      return `and p.campaign = ${subject}`;
  }
}

// eight bytes hold every whole number up to 2^53, as many as JavaScript does
const POST_FIGURES = `(likes float8, comments float8, shares float8, saves float8, views float8, reach float8, clicks float8)`;
const ACCOUNT_FIGURES = '(followers float8, views float8, reach float8)';

/** $1 workspace, $2 from, $3 until, $4 as of. */
const OUT = `d.workspace_id = $1 and d.published_at >= $2 and d.published_at < $3`;
/** A post that its network has no more, or tells nothing of today, stands as it was told last: that was so, and is not undone by a blank. */
const TELLS = `jsonb_strip_nulls(m.figures) <> '{}'`;
const SEEN = `
left join lateral (
  select m.figures, m.at from metric_snapshot m
  where m.delivery_id = d.id and m.at <= $4 and ${TELLS} order by m.at desc, m.id desc limit 1
) seen on true
left join lateral jsonb_to_record(seen.figures) as f ${POST_FIGURES} on true`;
/** Also where it told nothing. */
const SEEN_AT = `coalesce(seen.at, (select max(m.at) from metric_snapshot m where m.delivery_id = d.id and m.at <= $4))`;

/** Null where none of its figures is told. */
const ENGAGEMENT = `
cross join lateral (
  select case when coalesce(f.likes, f.comments, f.shares, f.saves) is not null
    then coalesce(f.likes, 0) + coalesce(f.comments, 0) + coalesce(f.shares, 0) + coalesce(f.saves, 0) end as engagement
) told`;

/**
 * With `offset 0` each post is read by its key: the planner would sooner read all posts there are than some thousand of them, which it takes
 * to lie far apart, while those of one month lie beside each other. A campaign's posts are found by their own index.
 */
const postOf = (scope: ReportScope): string =>
  scope.kind === 'campaign'
    ? 'join post p on p.id = d.post_id'
    : `cross join lateral (
  select number, variants, text, campaign, hashtags, author_id from post where post.id = d.post_id offset 0
) p`;

/** $5 what the scope is about, where it is not all. */
export const results = (scope: ReportScope): string => `
select d.id as "deliveryId", p.number as post, d.platform, d.account_id as "accountId",
  left(coalesce(p.variants ->> d.platform, p.text), 200) as text, d.url, d.published_at as "publishedAt",
  p.campaign, p.hashtags, p.author_id as "authorId", w.name as author, ${SEEN_AT} as "seenAt", f.*
from delivery d
${postOf(scope)}
join member w on w.id = p.author_id
${SEEN}
where ${OUT} ${within(scope, '$5')}
order by d.published_at, d.id`;

/** Likewise. A figure that no row tells is null: the sum of nothing but nulls. */
export const sums = (scope: ReportScope): string => `
select d.account_id as "accountId", d.platform, count(*)::int as posts, count(seen.at)::int as told,
  sum(f.likes) as likes, sum(f.comments) as comments, sum(f.shares) as shares, sum(f.saves) as saves,
  sum(f.views) as views, sum(f.reach) as reach, sum(f.clicks) as clicks, sum(told.engagement) as engagement,
  coalesce(sum(told.engagement) filter (where f.views is not null), 0) as "ratedEngagement",
  coalesce(sum(f.views) filter (where told.engagement is not null), 0) as "ratedViews"
from delivery d
${scope.kind === 'campaign' ? 'join post p on p.id = d.post_id' : ''}
${SEEN}
${ENGAGEMENT}
where ${OUT} ${within(scope, '$5')}
group by d.account_id, d.platform
order by d.platform, d.account_id`;

/** $1 workspace, $2 the moment. */
export const ACCOUNTS_AT = `
select a.id as "accountId", seen.at, f.*
from account a
cross join lateral (
  select m.figures, m.at from metric_snapshot m
  where m.account_id = a.id and m.delivery_id is null and m.at <= $2 and ${TELLS} order by m.at desc, m.id desc limit 1
) seen
cross join lateral jsonb_to_record(seen.figures) as f ${ACCOUNT_FIGURES}
where a.workspace_id = $1
order by a.platform, a.id`;

/**
 * $1 workspace, $2 from, $3 until, $4 what the scope is about. A delivery changes no more while it is failed or unconfirmed, so that its
 * last change is when it came to that; one that went out at a later try is in another state by now.
 */
export const failures = (scope: ReportScope): string => `
select d.account_id as "accountId", d.error_kind as kind, count(*)::int as count,
  (array_agg(d.error_message order by d.updated_at desc, d.id desc))[1] as sentence
from delivery d
${scope.kind === 'campaign' ? 'join post p on p.id = d.post_id' : ''}
where d.workspace_id = $1 and d.state in ('failed', 'unconfirmed') and d.updated_at >= $2 and d.updated_at < $3
  ${within(scope, '$4')}
group by d.account_id, d.error_kind
order by count(*) desc, max(d.updated_at) desc, d.account_id`;

/** $1 accounts, $2 from, $3 until. One row an account, so that thousands of posts need no thousands of rows: of each, milliseconds and engagement. */
export const ENGAGEMENTS = `
select d.account_id as id,
  json_agg(json_build_array(trunc(extract(epoch from d.published_at) * 1000), told.engagement) order by d.published_at) as posts
from delivery d
cross join lateral (
  select m.figures from metric_snapshot m
  where m.delivery_id = d.id and m.at >= d.published_at + interval '24 hours' and ${TELLS} order by m.at desc, m.id desc limit 1
) seen
cross join lateral jsonb_to_record(seen.figures) as f ${POST_FIGURES}
${ENGAGEMENT}
where d.account_id = any($1::uuid[]) and d.published_at >= $2 and d.published_at < $3 and told.engagement is not null
group by d.account_id`;

/** $1 workspace. One step into delivery_account_published for each account. */
export const LAST_OUT = `
select a.id, newest.at
from account a
cross join lateral (
  select d.published_at as at from delivery d
  where d.account_id = a.id and d.published_at is not null order by d.published_at desc limit 1
) newest
where a.workspace_id = $1`;

/** $1 workspace, $2 from, $3 until. Counted in delivery_account_published alone, account by account. */
export const COUNTS = `
select a.id, out.count
from account a
cross join lateral (
  select count(*)::int as count from delivery d where d.account_id = a.id and d.published_at >= $2 and d.published_at < $3
) out
where a.workspace_id = $1 and out.count > 0`;
