// Forgets an account's credentials, after taking them back at the network where it can be asked to. Its posts stay; what comes due for it
// is held until it is connected again.
import type { Account } from '../account.ts';
import { invalidInput } from '../errors.ts';
import type { Deps } from '../ports.ts';
import { nameAccount, resolveAccount } from '../targets.ts';
import { type Actor, requirePermission } from '../workspace.ts';

/**
 * What became of the login at the network: taken back; `failed`, so that it may still be good there; `cannot` where Crier has no way to,
 * since it was typed and not given by a link; `shared` where another workspace has the account too: a network may give both the same
 * token, as Mastodon does (`reuse_access_token` in its config/initializers/doorkeeper.rb).
 */
export type Revocation = 'revoked' | 'failed' | 'cannot' | 'shared';

export interface Disconnection {
  account: Account;
  revocation: Revocation;
}

const REVOKE_TIMEOUT_MS = 10_000;

type DisconnectDeps = Pick<Deps, 'store' | 'platforms' | 'http' | 'clock' | 'networkHome' | 'log'>;

/**
 * `name` is a handle, a network with one account, or both (`bluesky/@team`). A network that cannot be reached keeps nobody from it.
 * @throws CrierError `invalid-input` where it names none, several, or one that is disconnected already; `not-permitted`.
 */
export async function disconnectAccount(deps: DisconnectDeps, actor: Actor, name: string): Promise<Disconnection> {
  requirePermission(actor, 'administer');
  const account = resolveAccount(name, await deps.store.accounts.list(actor.workspace.id), deps.platforms);
  if (account.state === 'disconnected') throw invalidInput(`${nameAccount(account, deps.platforms)} is disconnected already.`);
  const revocation = await revoke(deps, account);
  await deps.store.accounts.disconnect(account.id, `disconnected by ${actor.member.name}`, actor);
  return { account, revocation };
}

async function revoke(
  { store, platforms, http, clock, networkHome, log }: DisconnectDeps,
  account: Account,
): Promise<Revocation> {
  const { oauth } = platforms.get(account.platform);
  const app = networkHome?.(account.platform).app ?? null;
  if (!oauth) return 'cannot';
  if (await store.accounts.isElsewhere(account)) return 'shared';
  try {
    const credentials = await store.credentials(account.id);
    return await oauth.revoke({ http, clock, account, credentials, app, signal: AbortSignal.timeout(REVOKE_TIMEOUT_MS) });
  } catch (error) {
    log.warn({ err: error, accountId: account.id, platform: account.platform }, 'a login could not be taken back at its network');
    return 'failed';
  }
}
