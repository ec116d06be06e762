// Workspaces, accounts and due deliveries for Crier. Accounts are connected like any other, since their credentials are sealed;
// deliveries are written in bulk, since scheduling is not what is measured.
import type { Store } from '../../src/core/store.ts';
import type { Actor } from '../../src/core/workspace.ts';
import type { Database } from '../../src/db/open.ts';

export const WORKSPACES = 20;
export const ACCOUNTS = 500;

export const enterWorkspace = (store: Store, number: number): Promise<Actor> =>
  store.workspaces.enter({
    chat: 'terminal',
    teamId: `team-${number}`,
    teamName: `Team ${number}`,
    userId: 'ann',
    userName: 'Ann',
    role: 'admin',
    timeZone: 'Europe/Berlin',
  });

export const connectAccount = (store: Store, actor: Actor, number: number): ReturnType<Store['accounts']['connect']> =>
  store.accounts.connect(actor, {
    platform: 'benchnet',
    remoteId: `remote-${number}`,
    handle: `@account${number}`,
    service: 'https://benchnet.example',
    credentials: { token: `token-${number}` },
    announcedLimits: null,
    expiresAt: null,
  });

export async function seedAccounts(store: Store): Promise<void> {
  for (let workspace = 1; workspace <= WORKSPACES; workspace += 1) {
    const actor = await enterWorkspace(store, workspace);
    for (let n = 1; n <= ACCOUNTS / WORKSPACES; n += 1) await connectAccount(store, actor, n);
  }
}

/** One post with one delivery each, going round the accounts. */
export async function seedDeliveries({ pool }: Database, at: Temporal.Instant, count: number): Promise<void> {
  await pool.query(INSERT_POSTS, [at.toString(), count]);
  await pool.query(INSERT_DELIVERIES, [at.toString()]);
  await pool.query('vacuum analyze');
}

const INSERT_POSTS = `
insert into post (id, workspace_id, number, text, variants, media_ids, hashtags, campaign, author_id,
  scheduled_at, wall_time, time_zone, origin_chat, origin_channel, origin_message, created_at, updated_at)
select uuidv7(), m.workspace_id, n, 'We are live, number ' || n, '{}', '[]', '[]', null, m.id,
  $1, '2026-11-22T09:00:00', 'Europe/Berlin', 'terminal', 'here', null, now(), now()
from generate_series(1, $2::int) n
join (select id, workspace_id, row_number() over (order by workspace_id) as place, count(*) over () as members from member) m
  on m.place = n % m.members + 1`;

const INSERT_DELIVERIES = `
insert into delivery (id, workspace_id, post_id, account_id, platform, state, due_at, tries, round, idempotency_key,
  news_version, created_at, updated_at)
select uuidv7(), p.workspace_id, p.id, a.id, a.platform, 'scheduled', $1, 0, 1, gen_random_uuid(), 0, now(), now()
from (select *, row_number() over (partition by workspace_id order by number) as turn from post) p
join (select *, row_number() over (partition by workspace_id order by id) as place,
  count(*) over (partition by workspace_id) as siblings from account) a
  on a.workspace_id = p.workspace_id and a.place = p.turn % a.siblings + 1`;
