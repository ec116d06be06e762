// Figures of posts and accounts, as snapshots that are only ever added, and how reading them went. What is due, thinned, exported and told
// is each in a file of its own.
import type { Pool } from 'pg';
import { z } from 'zod';
import { UNTOLD_ACCOUNT } from '../core/figures.ts';
import type { AccountLook, FiguresStore } from '../core/figures-store.ts';
import { readDue, readDueAccounts, readRecent } from './figures-due.ts';
import { readSnapshotPage } from './figures-export.ts';
import { claimNews, markTold } from './figures-news.ts';
import { thin } from './figures-thin.ts';
import { instant } from './types.ts';

export const openFigures = (pool: Pool): FiguresStore => ({
  due: (request) => readDue(pool, request),
  dueAccounts: (request) => readDueAccounts(pool, request),
  recent: (workspaceId, request) => readRecent(pool, workspaceId, request),
  thin: (before, limit) => thin(pool, before, limit),
  exportPage: (workspaceId, filter, after, limit) => readSnapshotPage(pool, workspaceId, { filter, after, limit }),
  claimNews: (request) => claimNews(pool, request),
  markTold: (news, now) => markTold(pool, news, now),

  save: async (accountId, seen, at) => {
    const [deliveryIds, figures] = [[...seen.keys()], [...seen.values()].map((each) => JSON.stringify(each))];
    await pool.query(SAVE, [accountId, deliveryIds, figures, at.toString()]);
  },

  saveAccount: async (accountId, figures, at) => {
    await pool.query(SAVE_ACCOUNT, [accountId, JSON.stringify(figures), at.toString(), JSON.stringify(UNTOLD_ACCOUNT)]);
  },

  looked: async (accountId, at, failure) => {
    if (!failure) return void (await pool.query(LOOKED, [accountId, at.toString()]));
    const { sentence, again, byNetwork } = failure;
    await pool.query(FAILED, [accountId, at.toString(), sentence, again.toString(), byNetwork]);
  },

  looks: async (workspaceId) => {
    const { rows } = await pool.query(LOOKS, [workspaceId]);
    return rows.map((row) => toLook(LookRow.parse(row)));
  },
});

const SAVE = `
insert into metric_snapshot (id, account_id, delivery_id, figures, at)
select gen_random_uuid(), $1, seen.id, seen.figures, $4
from unnest($2::uuid[], $3::jsonb[]) as seen (id, figures)`;

/** $1 account, $2 figures, $3 at, $4 figures that tell nothing. */
const SAVE_ACCOUNT = `
with looked as (
  insert into account_look (account_id, account_at) values ($1, $3)
  on conflict (account_id) do update set account_at = excluded.account_at
)
insert into metric_snapshot (id, account_id, delivery_id, figures, at)
select gen_random_uuid(), $1, null, $2::jsonb, $3 where $2::jsonb <> $4::jsonb`;

const LOOKED = `
insert into account_look (account_id, looked_at) values ($1, $2)
on conflict (account_id) do update
set looked_at = excluded.looked_at, failing_since = null, failure = null, again_at = null, again_by_network = false`;

/** $1 account, $2 at, $3 sentence, $4 again at, $5 whether the network named that time. */
const FAILED = `
insert into account_look (account_id, failing_since, failure, again_at, again_by_network) values ($1, $2, $3, $4, $5)
on conflict (account_id) do update
set failing_since = coalesce(account_look.failing_since, excluded.failing_since),
    failure = excluded.failure, again_at = excluded.again_at, again_by_network = excluded.again_by_network`;

const LOOKS = `
select l.account_id, l.looked_at, l.failing_since, l.failure, l.again_at, l.again_by_network
from account_look l join account a on a.id = l.account_id
where a.workspace_id = $1
order by a.platform, a.handle, a.id`;

const LookRow = z.object({
  account_id: z.string(),
  looked_at: instant.nullable(),
  failing_since: instant.nullable(),
  failure: z.string().nullable(),
  again_at: instant.nullable(),
  again_by_network: z.boolean(),
});

function toLook(row: z.infer<typeof LookRow>): AccountLook {
  const { account_id: accountId, looked_at: lookedAt, failing_since: since, failure: sentence, again_at: again } = row;
  if (since === null || sentence === null) return { accountId, lookedAt, failure: null };
  const waitUntil = row.again_by_network && again !== null ? { waitUntil: again } : {};
  return { accountId, lookedAt, failure: { since, sentence, ...waitUntil } };
}
