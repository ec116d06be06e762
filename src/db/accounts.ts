// Connected accounts. Credentials are sealed before they reach a statement and opened only on demand.
import { randomUUIDv7 } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Clock } from '../core/clock.ts';
import { CrierError } from '../core/errors.ts';
import type { Accounts, NewAccount, Store } from '../core/store.ts';
import type { Actor } from '../core/workspace.ts';
import { writeAudit } from './audit.ts';
import { AccountEntity, type AccountRow } from './entities/account.ts';
import { DeliveryEntity } from './entities/delivery.ts';
import { groupCommit } from './group-commit.ts';
import { toAccount } from './rows.ts';
import type { Vault } from './vault.ts';

const OpenedCredentials = z.record(z.string(), z.unknown());

export function openAccounts(em: () => EntityManager, clock: Clock, vault: Vault): Accounts {
  return {
    list: async (workspaceId) => {
      const rows = await em().find(AccountEntity, { workspaceId }, { orderBy: { platform: 'asc', handle: 'asc' } });
      return rows.map(toAccount);
    },

    connect: (actor, account) =>
      em().transactional(async (tx) => {
        const known = await tx.findOne(AccountEntity, {
          workspaceId: actor.workspace.id,
          platform: account.platform,
          remoteId: account.remoteId,
        });
        const row = known ? renew(tx, known, account, vault) : create(tx, actor, account, vault, clock.now());
        const resumed = known ? await resumeHeld(tx, known.id, clock.now()) : 0;
        const details = { platform: row.platform, handle: row.handle, renewed: known !== null, resumed };
        writeAudit(tx, { workspaceId: row.workspaceId, by: actor, verb: 'account connected', details, at: clock.now() });
        return { account: toAccount(row), renewed: known !== null, resumed };
      }),

    disconnect: (accountId, reason, by) =>
      em().transactional(async (tx) => {
        const row = await tx.findOneOrFail(AccountEntity, { id: accountId });
        tx.assign(row, { state: 'disconnected', stateReason: reason, sealedCredentials: null });
        const details = { platform: row.platform, handle: row.handle, reason };
        writeAudit(tx, { workspaceId: row.workspaceId, by, verb: 'account disconnected', details, at: clock.now() });
      }),

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
  return async (accountId) => {
    const sealed = await sealedOf(accountId);
    if (!sealed) throw new CrierError('auth-revoked', 'This account is not connected any more. /connect brings it back.');
    return OpenedCredentials.parse(vault.open(sealed, accountId));
  };
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

function create(tx: EntityManager, actor: Actor, account: NewAccount, vault: Vault, now: Temporal.Instant): AccountRow {
  const { credentials, ...rest } = account;
  const id = randomUUIDv7();
  return tx.create(AccountEntity, {
    ...rest,
    id,
    workspaceId: actor.workspace.id,
    state: 'connected',
    stateReason: null,
    sealedCredentials: vault.seal(credentials, id),
    createdAt: now,
  });
}

function renew(tx: EntityManager, row: AccountRow, account: NewAccount, vault: Vault): AccountRow {
  const { credentials, ...rest } = account;
  tx.assign(row, { ...rest, state: 'connected', stateReason: null, sealedCredentials: vault.seal(credentials, row.id) });
  return row;
}

/** What was held because the account could not be used goes on; what is overdue by now is spaced out by the dispatcher. */
async function resumeHeld(tx: EntityManager, accountId: string, now: Temporal.Instant): Promise<number> {
  return tx.nativeUpdate(
    DeliveryEntity,
    { accountId, state: 'held', holdReason: 'account', dueAt: { $ne: null } },
    { state: 'scheduled', holdReason: null, tries: 0, errorKind: null, errorMessage: null, updatedAt: now },
  );
}
