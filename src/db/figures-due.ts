// Whose figures are to be read: what is due by itself, and all that is recent where a person wants them now.
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Account } from '../core/account.ts';
import type { DueLook, FiguresStore } from '../core/figures-store.ts';
import { readAccount } from './json-rows.ts';

type Request<Name extends 'due' | 'dueAccounts'> = Parameters<FiguresStore[Name]>[0];
type RecentRequest = Parameters<FiguresStore['recent']>[1];

/** What was missed while Crier was down, or its network, is made up for within a week: hours. */
const MADE_UP_FOR_HOURS = 168;

export async function readDue(pool: Pool, request: Request<'due'>): Promise<DueLook[]> {
  const { platforms, afterHours, now, limit, perAccount } = request;
  if (afterHours.length === 0) return [];
  const oldest = Math.max(...afterHours) + MADE_UP_FOR_HOURS;
  const parameters = [now.toString(), [...platforms], [...afterHours], Math.min(...afterHours), oldest, limit, perAccount];
  return byAccount((await pool.query(DUE, parameters)).rows);
}

export async function readDueAccounts(pool: Pool, request: Request<'dueAccounts'>): Promise<Account[]> {
  const { platforms, lookedBefore, now, limit } = request;
  const { rows } = await pool.query(DUE_ACCOUNTS, [now.toString(), [...platforms], lookedBefore.toString(), limit]);
  return rows.map((row) => readAccount(AccountRow.parse(row).account));
}

export async function readRecent(pool: Pool, workspaceId: string, { platforms, since }: RecentRequest): Promise<DueLook[]> {
  return byAccount((await pool.query(RECENT, [workspaceId, [...platforms], since.toString()])).rows);
}

/**
 * $1 now, $2 platforms, $3 hours after which a post is looked at, $4 the first of them, $5 after which no more, $6 limit, $7 limit of one
 * account. Due is what was not looked at since the last of the hours that is over: whatever was looked at then, was so for the ones before.
 */
const DUE = `
select d.id, d.remote_id, d.url, to_jsonb(a) - 'sealed_credentials' as account
from account a
left join account_look l on l.account_id = a.id
cross join lateral (
  select d.id, d.remote_id, d.url, d.published_at
  from delivery d
  where d.account_id = a.id and d.state = 'published' and d.remote_id is not null
    and d.published_at > $1::timestamptz - $5::int * interval '1 hour'
    and d.published_at <= $1::timestamptz - $4::int * interval '1 hour'
    and not exists (
      select from metric_snapshot m
      where m.delivery_id = d.id and m.at >= d.published_at + interval '1 hour' * (
        select max(age.hours) from unnest($3::int[]) as age (hours) where d.published_at + age.hours * interval '1 hour' <= $1))
  order by d.published_at desc, d.id
  limit $7
) d
where a.state = 'connected' and a.platform = any($2) and (l.again_at is null or l.again_at <= $1)
order by d.published_at desc, d.id
limit $6`;

/** $1 now, $2 platforms, $3 looked at before, $4 limit. */
const DUE_ACCOUNTS = `
select to_jsonb(a) - 'sealed_credentials' as account
from account a
left join account_look l on l.account_id = a.id
where a.state = 'connected' and a.platform = any($2)
  and (l.account_at is null or l.account_at < $3) and (l.again_at is null or l.again_at <= $1)
order by l.account_at nulls first, a.id
limit $4`;

/** $1 workspace, $2 platforms, $3 since. Accounts without a post are a row without one. */
const RECENT = `
select d.id, d.remote_id, d.url, to_jsonb(a) - 'sealed_credentials' as account
from account a
left join delivery d on d.account_id = a.id and d.state = 'published' and d.remote_id is not null and d.published_at >= $3
where a.workspace_id = $1 and a.state = 'connected' and a.platform = any($2)
order by a.platform, a.handle, a.id, d.published_at desc, d.id`;

const AccountRow = z.object({ account: z.unknown() });
const LookRow = z.object({
  id: z.string().nullable(),
  remote_id: z.string().nullable(),
  url: z.string().nullable(),
  account: z.unknown(),
});

function byAccount(rows: readonly unknown[]): DueLook[] {
  const looks = new Map<string, { account: Account; posts: DueLook['posts'][number][] }>();
  for (const row of rows) {
    const { id: deliveryId, remote_id: remoteId, url, account: json } = LookRow.parse(row);
    const account = readAccount(json);
    const look = looks.get(account.id) ?? { account, posts: [] };
    if (deliveryId !== null && remoteId !== null) look.posts.push({ deliveryId, remoteId, url: url ?? '' });
    looks.set(account.id, look);
  }
  return [...looks.values()];
}
