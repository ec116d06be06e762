// Connected accounts. Credentials are sealed before they reach a statement and opened only on demand.
import { randomUUIDv7 } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';
import type { Accounts, NewAccount } from '../core/account-store.ts';
import type { Clock } from '../core/clock.ts';
import { WARNING_DAYS } from '../core/notices.ts';
import { spreadOut } from '../core/refresh-times.ts';
import type { Store } from '../core/store.ts';
import type { Actor } from '../core/workspace.ts';
import { writeAudit } from './audit.ts';
import { endLogin } from './end-login.ts';
import { AccountEntity, type AccountRow } from './entities/account.ts';
import { AccountLookEntity } from './entities/figures.ts';
import { NoticeEntity } from './entities/notice.ts';
import { groupCommit } from './group-commit.ts';
import { resumeHeld } from './held.ts';
import { lockAccount } from './lock.ts';
import { openSealed } from './logins.ts';
import { toAccount } from './rows.ts';
import type { Vault } from './vault.ts';

export function openAccounts(em: () => EntityManager, pool: Pool, clock: Clock, vault: Vault): Accounts {
  return {
    list: async (workspaceId) => {
      const rows = await em().find(AccountEntity, { workspaceId }, { orderBy: { platform: 'asc', handle: 'asc' } });
      return rows.map(toAccount);
    },

    connect: (actor, account) =>
      em().transactional(async (tx) => {
        const now = clock.now();
        const known = await findLocked(tx, actor, account);
        const row = known
          ? renew(tx, known, loginOf(actor, account, known.id, vault, now))
          : create(tx, actor, account, vault, now);
        const { resumed, asked } = known ? await resumeHeld(tx, known.id, now) : NOTHING_HELD;
        // what they were to be told of the login that was there before
        if (known) await tx.nativeDelete(NoticeEntity, { accountId: known.id, toldAt: null });
        // its figures could not be read by the old login, which says nothing of the new one
        if (known) await tx.nativeUpdate(AccountLookEntity, { accountId: known.id }, NO_FAILURE);
        const details = { platform: row.platform, handle: row.handle, renewed: known !== null, resumed, asked };
        writeAudit(tx, { workspaceId: row.workspaceId, by: actor, verb: 'account connected', details, at: now });
        return { account: toAccount(row), renewed: known !== null, resumed, asked };
      }),

    disconnect: (accountId, reason, by) =>
      endLogin(pool, { accountId, reason, memberId: by?.member.id ?? null, turnUntil: null, now: clock.now() }),

    saveCredentials: async (accountId, credentials) => {
      await em().nativeUpdate(
        AccountEntity,
        { id: accountId, state: 'connected' },
        { sealedCredentials: vault.seal(credentials, accountId) },
      );
    },

    isElsewhere: async ({ id, platform, service, remoteId }) =>
      (await em().count(AccountEntity, { id: { $ne: id }, platform, service, remoteId, state: 'connected' })) > 0,
  };
}

/** Reads credentials anew each time, since a refresh may have changed them; those asked for at one moment are one statement. */
export function openCredentials(pool: Pool, vault: Vault): Store['credentials'] {
  const sealedOf = groupCommit((accountIds: string[]) => readSealed(pool, accountIds));
  return async (accountId) => openSealed(vault, accountId, await sealedOf(accountId));
}

/** One answer per id, in their order; null where the account has none (any more). */
async function readSealed(pool: Pool, accountIds: string[]): Promise<(string | null)[]> {
  const text = 'select id, sealed_credentials as sealed from account where id = any($1::uuid[])';
  const { rows } = await pool.query<{ id: string; sealed: string | null }>({ name: 'sealed', text, values: [accountIds] });
  const byId = new Map(rows.map((row) => [row.id, row.sealed]));
  return accountIds.map((id) => byId.get(id) ?? null);
}

/** Seals with the current key what an older one sealed, so that the older one can go; what it cannot open stays. @returns how many there were */
export async function resealCredentials(em: EntityManager, vault: Vault): Promise<number> {
  const rows = await em.find(AccountEntity, { sealedCredentials: { $ne: null } }, { populate: ['sealedCredentials'] });
  let resealed = 0;
  for (const { id, sealedCredentials } of rows) {
    if (!sealedCredentials || vault.isCurrent(sealedCredentials) || !vault.canOpen(sealedCredentials)) continue;
    const fresh = vault.seal(vault.open(sealedCredentials, id), id);
    // only where nobody has stored newer ones in between
    resealed += await em.nativeUpdate(AccountEntity, { id, sealedCredentials }, { sealedCredentials: fresh });
  }
  return resealed;
}

const NOTHING_HELD = { resumed: 0, asked: 0 };
const NO_FAILURE = { failingSince: null, failure: null, againAt: null, againByNetwork: false };

async function findLocked(tx: EntityManager, actor: Actor, { platform, remoteId }: NewAccount): Promise<AccountRow | null> {
  const wanted = { workspaceId: actor.workspace.id, platform, remoteId };
  const known = await tx.findOne(AccountEntity, wanted);
  if (!known) return null;
  await lockAccount(tx, known.id);
  return tx.findOne(AccountEntity, wanted, { refresh: true });
}

function create(tx: EntityManager, actor: Actor, account: NewAccount, vault: Vault, now: Temporal.Instant): AccountRow {
  const id = randomUUIDv7();
  const { platform, remoteId } = account;
  const login = loginOf(actor, account, id, vault, now);
  return tx.create(AccountEntity, { id, workspaceId: actor.workspace.id, platform, remoteId, ...login, createdAt: now });
}

function renew(tx: EntityManager, row: AccountRow, login: ReturnType<typeof loginOf>): AccountRow {
  tx.assign(row, login);
  return row;
}

/** Whoever refreshed an older login has their turn no more. */
function loginOf(actor: Actor, account: NewAccount, id: string, vault: Vault, now: Temporal.Instant) {
  const { handle, service, credentials, announcedLimits, expiresAt, refreshAt } = account;
  return {
    handle,
    service,
    announcedLimits,
    state: 'connected' as const,
    stateReason: null,
    sealedCredentials: vault.seal(credentials, id),
    expiresAt,
    refreshAt: refreshAt ? spreadOut(refreshAt, now, id) : null,
    refreshLeaseUntil: null,
    refreshFailures: 0,
    connectedBy: actor.member.id,
    warnedDays: daysUnsaid(expiresAt, now),
  };
}

/** A login that lives for less than a week from the start is not warned of at once: whoever connected it knows. */
function daysUnsaid(expiresAt: Temporal.Instant | null, now: Temporal.Instant): number | null {
  if (expiresAt === null) return null;
  const hours = expiresAt.since(now).total('hours');
  return WARNING_DAYS.find((days) => hours <= days * 24) ?? null;
}
