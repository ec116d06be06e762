// Forgetting a login, in one statement: by a person's word, or by the network's, which whoever connected the account is then told.
import type { Pool } from 'pg';

export interface LoginEnd {
  accountId: string;
  reason: string;
  /** Null: the network's word. */
  memberId: string | null;
  /** Only while the turn that ends then is still the account's; null: in any case. */
  turnUntil: Temporal.Instant | null;
  now: Temporal.Instant;
}

/** One that was forgotten already stays as it is, and nobody is told twice. */
export async function endLogin(pool: Pool, { accountId, reason, memberId, turnUntil, now }: LoginEnd): Promise<void> {
  await pool.query(END, [accountId, reason, memberId, turnUntil?.toString() ?? null, now.toString()]);
}

/** $1 account, $2 reason, $3 member or null, $4 until when the turn is, or null, $5 now. */
const END = `
with ended as (
  update account set
    state = 'disconnected', state_reason = $2, sealed_credentials = null,
    refresh_at = null, refresh_lease_until = null, refresh_failures = 0
  where id = $1 and state = 'connected' and ($4::timestamptz is null or refresh_lease_until = $4)
  returning id, workspace_id, platform, handle
),
noted as (
  insert into audit_event (id, workspace_id, member_id, post_id, verb, details, at)
  select gen_random_uuid(), workspace_id, $3::uuid, null, 'account disconnected',
    jsonb_build_object('platform', platform, 'handle', handle, 'reason', $2::text), $5
  from ended
),
overtaken as (
  delete from notice n using ended e where n.account_id = e.id and n.told_at is null
)
insert into notice (id, workspace_id, account_id, kind, sentence, created_at)
select gen_random_uuid(), workspace_id, id, 'login-dead', $2, $5 from ended where $3::uuid is null`;
