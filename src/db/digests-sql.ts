// The statements by which a digest is claimed and its claim is ended. Each is one transaction.

/** Never one that was used before: an old message's buttons must not mean another digest. */
export const NEXT_NUMBER =
  'update workspace set last_digest_number = last_digest_number + 1 where id = ? returning last_digest_number as number';

export const LOCK_ACTIVE = `select id from digest where workspace_id = ? and state = 'active' order by number for no key update`;

/** $1 chats, $2 now, $3 lease until, $4 limit. What was put back has a lease without a token. */
export const CLAIM = `
with due as (
  select g.id from digest g join workspace w on w.id = g.workspace_id
  where g.state = 'active' and g.due_at <= $2 and (g.lease_until is null or g.lease_until <= $2)
    and w.chat = any($1) and w.removed_at is null
  order by g.due_at, g.id
  limit $4
  for no key update of g skip locked
),
taken as (
  update digest g set lease_token = gen_random_uuid(), lease_until = $3 from due where g.id = due.id returning g.*
)
select to_jsonb(t) as digest, t.lease_token, to_jsonb(w) as workspace, to_jsonb(m) as member
from taken t
join workspace w on w.id = t.workspace_id
join member m on m.id = t.member_id
order by t.due_at, t.id`;

/** $1 digest, $2 lease token, $3 when it is due next. Pausing, resuming and rescheduling take the token away. */
export const SETTLE = 'update digest set due_at = $3, lease_token = null, lease_until = null where id = $1 and lease_token = $2';

/** $1 digest, $2 lease token, $3 the reason, $4 its name, $5 now. */
export const PAUSE = `
with paused as (
  update digest set state = 'paused', due_at = null, paused_because = $3, lease_token = null, lease_until = null
  where id = $1 and lease_token = $2
  returning workspace_id, channel
)
insert into audit_event (id, workspace_id, member_id, post_id, verb, details, at)
select gen_random_uuid(), workspace_id, null, null, 'digest paused',
  jsonb_build_object('digest', $4::text, 'channel', channel, 'because', $3::text), $5::timestamptz
from paused`;

/** $1 digest, $2 lease token, $3 not before then. */
export const PUT_BACK = 'update digest set lease_token = null, lease_until = $3 where id = $1 and lease_token = $2';
