// The statements that decide what goes out: each is one transaction. Instants are handed in, so that the clock of the use case
// decides what is due, and rows are locked with SKIP LOCKED, so that several processes share the work without waiting.

/**
 * Takes due deliveries, and those whose holder let its lease run out (killed, frozen), and opens an attempt for each.
 * $1 now, $2 lease until, $3 limit, $4 per account, $5 busy account ids.
 *
 * `candidates` looks without locking, to rank by account; `taken` locks and asks again whether it is still due, since a person or
 * another process may have changed it in between. What an earlier holder left open is closed: `unknown` where it had
 * begun to send, and without `finished_at`, since nobody knows when it ended. (`unverified_since` is on the delivery row itself,
 * so that the locked, newest version is the one that is read.) A new round leaves handles behind, but not the progress of a thread
 * (src/core/thread.ts), whose first parts may be out.
 */
export const CLAIM_DUE = `
with candidates as (
  select id, row_number() over (partition by account_id order by due_at, id) as turn
  from (
    (select id, account_id, due_at from delivery
      where state in ('scheduled', 'retrying') and due_at <= $1 and account_id <> all($5::uuid[])
      order by due_at, id limit $3 * 4)
    union all
    (select id, account_id, due_at from delivery
      where state = 'publishing' and lease_until <= $1 and account_id <> all($5::uuid[])
      order by lease_until limit $3)
  ) as waiting
),
taken as (
  select d.id, gen_random_uuid() as attempt_id, gen_random_uuid() as token
  from delivery d join candidates c on c.id = d.id
  where c.turn <= $4
    and ((d.state in ('scheduled', 'retrying') and d.due_at <= $1) or (d.state = 'publishing' and d.lease_until <= $1))
  order by d.due_at, d.id
  limit $3
  for update of d skip locked
),
claimed as (
  update delivery d
  set state = 'publishing', lease_token = taken.token, lease_until = $2, updated_at = $1
  from taken where d.id = taken.id
  returning d.*, taken.attempt_id
),
abandoned as (
  update attempt a
  set phase = 'done', error_message = 'the process that held it stopped',
      outcome = case when a.phase = 'sending' then 'unknown' else 'not-applied' end
  from claimed c where a.delivery_id = c.id and a.outcome is null
),
opened as (
  insert into attempt (id, delivery_id, round, phase, handles, started_at)
  select c.attempt_id, c.id, c.round, 'preparing', coalesce(last.handles, '{}'), $1
  from claimed c
  left join lateral (
    select case
      when round = c.round then handles
      when handles ? 'progress' then jsonb_build_object('progress', handles -> 'progress')
    end as handles
    from attempt where delivery_id = c.id order by round desc, started_at desc, id desc limit 1
  ) as last on true
  returning delivery_id, handles
)
select to_jsonb(c) as delivery, to_jsonb(a) - 'sealed_credentials' as account, to_jsonb(p) as post, o.handles,
  (select count(*) from attempt t where t.delivery_id = c.id and t.round = c.round and t.finished_at is null) as interruptions
from claimed c
join opened o on o.delivery_id = c.id
join account a on a.id = c.account_id
join post p on p.id = c.post_id
order by c.due_at, c.id`;

/** $1 lease tokens, $2 until. Returns the tokens that are still held. */
export const EXTEND_LEASES = `
update delivery set lease_until = $2
where lease_token = any($1::uuid[]) and state = 'publishing'
returning lease_token`;

/**
 * Writes, for those that still hold their lease, that the request which makes the post public is about to leave.
 * $1 delivery ids, $2 lease tokens, $3 attempt ids, $4 the instants at which each asked. (The id finds the row by its key; the
 * token alone would look through all that is being published, and through every older version of it.)
 */
export const MARK_SENDING = `
with input as (
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[]) as i(delivery_id, token, attempt_id, now)
),
marked as (
  update delivery d set unverified_since = coalesce(d.unverified_since, i.now)
  from input i
  where d.id = i.delivery_id and d.lease_token = i.token and d.state = 'publishing' and d.lease_until > i.now
  returning i.token, i.attempt_id, i.now
),
sending as (
  update attempt a set phase = 'sending', sending_at = m.now from marked m where a.id = m.attempt_id
)
select token from marked`;

/**
 * Writes how a try ended, for those that still hold their lease. $1 a JSON array of outcomes (see `SettleInput`).
 * An unknown outcome leaves `unverified_since` standing, so that the next try asks the network first. An answer that was
 * certain clears it, unless this try never sent anything (`released`): then an older doubt stays.
 */
export const SETTLE = `
with input as (
  select * from jsonb_to_recordset($1::jsonb) as i(
    delivery_id uuid, token uuid, attempt_id uuid, now timestamptz, outcome text, state text, hold_reason text,
    due_at timestamptz, counts boolean, remote_id text, url text, error_kind text, error_message text, tell boolean)
),
settled as (
  update delivery d set
    state = i.state,
    hold_reason = i.hold_reason,
    due_at = coalesce(i.due_at, d.due_at),
    tries = d.tries + case when i.counts then 1 else 0 end,
    remote_id = coalesce(i.remote_id, d.remote_id),
    url = coalesce(i.url, d.url),
    error_kind = i.error_kind,
    error_message = i.error_message,
    published_at = case when i.state = 'published' then i.now else d.published_at end,
    unverified_since = case when i.outcome in ('unknown', 'released') then d.unverified_since end,
    lease_token = null,
    lease_until = null,
    news_due_at = case when i.tell then i.now else d.news_due_at end,
    news_version = d.news_version + case when i.tell then 1 else 0 end,
    updated_at = i.now
  from input i
  where d.id = i.delivery_id and d.lease_token = i.token and d.state = 'publishing'
  returning d.id, d.workspace_id, d.post_id, d.account_id, i.*
),
closed as (
  update attempt a set
    phase = 'done', outcome = s.outcome, finished_at = s.now, error_kind = s.error_kind, error_message = s.error_message
  from settled s where a.id = s.attempt_id
),
noted as (
  insert into audit_event (id, workspace_id, member_id, post_id, verb, details, at)
  select gen_random_uuid(), s.workspace_id, null, s.post_id, 'delivery ' || s.state,
    jsonb_strip_nulls(jsonb_build_object('delivery', s.id, 'account', s.account_id, 'url', s.url, 'error', s.error_kind)), s.now
  from settled s where s.outcome <> 'released'
)
select token from settled`;

/**
 * Spaces out what is late. $1 now, $2 late when due before this instant, $3 gap in milliseconds.
 * The first late delivery of an account stays as it is (it goes out now); each further one gets its own minute. What is
 * already under way for the account, and what is already placed ahead of now, is not disturbed. Occurrences of a series due
 * before $4 are not sent any more: they stay, to be claimed and reported.
 */
export const SPREAD_OVERDUE = `
with late as (
  select d.id, row_number() over (partition by d.account_id order by d.due_at, d.id) - 1 as turn
  from delivery d join post p on p.id = d.post_id
  where d.state in ('scheduled', 'retrying') and d.due_at < $2 and (p.series_id is null or d.due_at >= $4)
),
spread as (
  update delivery d set due_at = $1::timestamptz + late.turn * $3 * interval '1 millisecond'
  from late where d.id = late.id and late.turn > 0 and d.state in ('scheduled', 'retrying') and d.due_at < $2
  returning d.due_at
)
select distinct due_at from spread order by due_at`;

/** Of several workspaces at once, those that have something to say. $1 workspace ids. */
export const STANDINGS = `
select id, daily_caps as caps, time_zone, case when removed_at is not null then name end as removed_from
from workspace where id = any($1::uuid[]) and (daily_caps <> '{}' or removed_at is not null)`;

/** $1 until when. */
export const DUE_UNTIL = `
select distinct due_at from delivery where state in ('scheduled', 'retrying') and due_at <= $1 order by due_at limit 1000`;

/** The earliest instant at which something is, or becomes, to be done; what is being published is to be done since its claim. */
export const NEXT_DUE = `
select least(
  (select min(due_at) from delivery where state = 'scheduled'),
  (select min(due_at) from delivery where state = 'retrying'),
  (select min(updated_at) from delivery where state = 'publishing')
) as at`;

/** Takes untold news of these chats. $1 chats, $2 now, $3 taken until, $4 limit, $5 busy channels. */
export const CLAIM_NEWS = `
with waiting as (
  select d.id from delivery d join post p on p.id = d.post_id join workspace w on w.id = d.workspace_id
  where d.news_due_at <= $2 and p.origin_chat = any($1) and w.removed_at is null
    and w.id || '/' || p.origin_channel <> all($5::text[])
  order by d.news_due_at, d.id
  limit $4
  for update of d skip locked
),
taken as (
  update delivery d set news_due_at = $3 from waiting where d.id = waiting.id returning d.*
)
select to_jsonb(t) as delivery, to_jsonb(a) - 'sealed_credentials' as account, to_jsonb(p) as post,
  to_jsonb(w) as workspace, to_jsonb(m) as member, t.news_version as version
from taken t
join account a on a.id = t.account_id
join post p on p.id = t.post_id
join member m on m.id = p.author_id
join workspace w on w.id = p.workspace_id
order by t.updated_at, t.id`;

/** $1 chats. */
export const HAS_NEWS = `
select 1 from delivery d join post p on p.id = d.post_id join workspace w on w.id = d.workspace_id
where d.news_due_at is not null and p.origin_chat = any($1) and w.removed_at is null
limit 1`;

/** What is not over yet, counted. $1 now, $2 workspace, or null for all of them. */
export const DEPTH = `
select platform, state, count(*)::int as count,
  (count(*) filter (where state in ('scheduled', 'retrying') and due_at <= $1))::int as due
from delivery where state in ('scheduled', 'publishing', 'retrying', 'unconfirmed', 'held')
  and ($2::uuid is null or workspace_id = $2)
group by platform, state order by platform, state`;
