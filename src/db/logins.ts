// Refreshing logins: whose turn it is, and what came of it. A turn is a lease on the account's row, so that of all processes one
// refreshes, and each step of it is one statement that counts only while the turn does.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Credentials } from '../core/account.ts';
import type { Logins } from '../core/account-store.ts';
import type { Clock } from '../core/clock.ts';
import { CrierError } from '../core/errors.ts';
import { spreadOut } from '../core/refresh-times.ts';
import { endLogin } from './end-login.ts';
import { readAccount } from './json-rows.ts';
import { instant } from './types.ts';
import type { Vault } from './vault.ts';

/** A refresh is one request to the network: it is over in a second or two. */
const LOOK_EVERY_MS = 250;

const OpenedCredentials = z.record(z.string(), z.unknown());

/** @throws CrierError `auth-revoked` where there is none to be opened */
export function openSealed(vault: Vault, accountId: string, sealed: string | null): Credentials {
  if (!sealed) throw new CrierError('auth-revoked', 'This account is not connected any more. /connect brings it back.');
  return OpenedCredentials.parse(vault.open(sealed, accountId));
}

export function openLogins(pool: Pool, clock: Clock, vault: Vault): Logins {
  const isFree = async (accountId: string): Promise<boolean> =>
    (await pool.query(TAKEN, [accountId, clock.now().toString()])).rows.length === 0;

  return {
    toRefresh: async (limit) => {
      const { rows } = await pool.query<{ id: string }>(TO_REFRESH, [clock.now().toString(), limit]);
      return rows.map(({ id }) => id);
    },

    read: async (accountId) => {
      const { rows } = await pool.query(READ, [accountId]);
      const { sealed, refresh_at: refreshAt } = LoginRow.parse(rows[0] ?? NO_LOGIN);
      return { credentials: openSealed(vault, accountId, sealed), refreshAt };
    },

    takeTurn: async (accountId, forMs) => {
      const now = clock.now();
      const until = now.add({ milliseconds: forMs });
      const { rows } = await pool.query(TAKE_TURN, [accountId, now.toString(), until.toString()]);
      if (!rows[0]) return null;
      const { account, failures, sealed, refresh_at: refreshAt } = TurnRow.parse(rows[0]);
      const credentials = openSealed(vault, accountId, sealed);
      return { account: readAccount(account), credentials, refreshAt, failures, until };
    },

    untilFree: async (accountId, withinMs, signal) => {
      for (let waitedMs = 0; waitedMs < withinMs; waitedMs += LOOK_EVERY_MS) {
        if (await isFree(accountId)) return true;
        await sleep(LOOK_EVERY_MS, undefined, { signal });
      }
      return isFree(accountId);
    },

    keep: async ({ account: { id }, until }, { credentials, expiresAt, refreshAt }) => {
      const now = clock.now();
      const spread = refreshAt ? spreadOut(refreshAt, now, id).toString() : null;
      const values = [id, until.toString(), vault.seal(credentials, id), expiresAt?.toString() ?? null, spread, now.toString()];
      return (await pool.query(KEEP, values)).rowCount === 1;
    },

    putOff: async ({ account: { id }, until }, at) => {
      await pool.query(PUT_OFF, [id, until.toString(), at.toString()]);
    },

    giveBack: async ({ account: { id }, until }) => {
      await pool.query('update account set refresh_lease_until = null where id = $1 and refresh_lease_until = $2', [
        id,
        until.toString(),
      ]);
    },

    end: ({ account: { id }, until }, reason) =>
      endLogin(pool, { accountId: id, reason, memberId: null, turnUntil: until, now: clock.now() }),
  };
}

const LoginRow = z.object({ sealed: z.string().nullable(), refresh_at: instant.nullable() });
const NO_LOGIN = { sealed: null, refresh_at: null } satisfies z.input<typeof LoginRow>;
const TurnRow = LoginRow.extend({ account: z.unknown(), failures: z.number() });

/** $1 now, $2 limit. */
const TO_REFRESH = `
select id from account
where state = 'connected' and refresh_at <= $1 and (refresh_lease_until is null or refresh_lease_until <= $1)
order by refresh_at, id limit $2`;

/** $1 account. */
const READ = 'select sealed_credentials as sealed, refresh_at from account where id = $1';

/** $1 account, $2 now. */
const TAKEN = 'select 1 from account where id = $1 and refresh_lease_until > $2';

/** $1 account, $2 now, $3 until. A turn begins when the one before is over, so no two of an account end at the same instant. */
const TAKE_TURN = `
update account a set refresh_lease_until = $3
where id = $1 and state = 'connected' and (refresh_lease_until is null or refresh_lease_until <= $2)
returning to_jsonb(a) - 'sealed_credentials' as account, sealed_credentials as sealed, refresh_at, refresh_failures as failures`;

/**
 * $1 account, $2 until when the turn is, $3 credentials, $4 expires at, $5 refresh at, $6 now. What was warned of is forgotten only
 * where the new end is further away than any warning.
 */
const KEEP = `
update account set
  sealed_credentials = $3, expires_at = $4::timestamptz, refresh_at = $5, refresh_lease_until = null, refresh_failures = 0,
  warned_days = case when $4::timestamptz <= $6::timestamptz + interval '168 hours' then warned_days end
where id = $1 and refresh_lease_until = $2 and state = 'connected'`;

/** $1 account, $2 until when the turn is, $3 when to try again. */
const PUT_OFF = `
update account set refresh_at = $3, refresh_lease_until = null, refresh_failures = refresh_failures + 1
where id = $1 and refresh_lease_until = $2`;
