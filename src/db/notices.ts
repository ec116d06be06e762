// Notices: what waits to be told of accounts' logins, and whose it is to tell.
import type { Pool } from 'pg';
import { z } from 'zod';
import { type ClaimedNotice, NOTICE_KINDS, type Notices } from '../core/notices.ts';
import { CHATS } from '../core/workspace.ts';
import { readAccount, readActor } from './json-rows.ts';
import { instant } from './types.ts';

export const openNotices = (pool: Pool): Notices => ({
  warnOfEnds: async (now) => (await pool.query(WARN, [now.toString()])).rowCount ?? 0,

  claim: async ({ chats, now, limit }) => {
    const { rows } = await pool.query(CLAIM, [[...chats], now.toString(), limit]);
    return rows.map((row) => toNotice(Row.parse(row)));
  },

  addConnected: async ({ id, workspaceId }, sentence, now) => {
    await pool.query(ADD_CONNECTED, [workspaceId, id, sentence, now.toString()]);
  },

  markTold: async ({ id }, now) => {
    await pool.query('update notice set told_at = $2 where id = $1', [id, now.toString()]);
  },
});

const ADD_CONNECTED = `
insert into notice (id, workspace_id, account_id, kind, sentence, created_at)
values (gen_random_uuid(), $1, $2, 'connected', $3, $4)`;

/** $1 now. Each login is locked, so that of several processes one warns. */
const WARN = `
with ending as (
  select id, case when expires_at <= $1::timestamptz + interval '24 hours' then 1 else 7 end as days
  from account
  where state = 'connected' and expires_at > $1 and expires_at <= $1::timestamptz + interval '168 hours'
  for no key update skip locked
),
warned as (
  update account a set warned_days = e.days
  from ending e where a.id = e.id and (a.warned_days is null or a.warned_days > e.days)
  returning a.id, a.workspace_id, e.days
)
insert into notice (id, workspace_id, account_id, kind, days, created_at)
select gen_random_uuid(), workspace_id, id, 'login-ends', days, $1 from warned`;

/**
 * $1 chats, $2 now, $3 limit. What could not be told comes back after as long as it has waited by then: somebody who takes no direct
 * messages is not tried each minute for ever.
 */
const CLAIM = `
with waiting as (
  select n.id from notice n join workspace w on w.id = n.workspace_id
  where n.told_at is null and (n.lease_until is null or n.lease_until <= $2) and w.chat = any($1) and w.removed_at is null
  order by n.created_at, n.id
  limit $3
  for update of n skip locked
),
taken as (
  update notice n
  set lease_until = $2::timestamptz + least(greatest($2::timestamptz - n.created_at, interval '1 minute'), interval '1 hour')
  from waiting where n.id = waiting.id
  returning n.*
)
select t.id, t.kind, t.days, t.sentence, t.lease_until, w.chat,
  to_jsonb(a) - 'sealed_credentials' as account, to_jsonb(w) as workspace, to_jsonb(m) as member
from taken t
join account a on a.id = t.account_id
join workspace w on w.id = t.workspace_id
left join member m on m.id = coalesce(a.connected_by, (
  select p.author_id from delivery d join post p on p.id = d.post_id where d.account_id = a.id order by p.number desc limit 1))
order by t.created_at, t.id`;

const Row = z.object({
  id: z.string(),
  kind: z.enum(NOTICE_KINDS),
  days: z.number().nullable(),
  sentence: z.string().nullable(),
  lease_until: instant,
  chat: z.enum(CHATS),
  account: z.unknown(),
  workspace: z.unknown(),
  member: z.unknown(),
});

const toNotice = ({ lease_until: until, account, workspace, member, ...row }: z.infer<typeof Row>): ClaimedNotice => ({
  ...row,
  until,
  account: readAccount(account),
  to: member === null ? null : readActor({ workspace, member }),
});
