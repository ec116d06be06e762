// Asks a network for figures of an account: what it says, or why it could not be asked. What is asked for is look-at-figures' matter.
import type { Account, Credentials } from '../account.ts';
import { CrierError, StoreFailure } from '../errors.ts';
import type { AccountAccess, Platform } from '../platform.ts';
import { type RefreshDeps, refreshAccount } from './refresh-account.ts';

const TIMEOUT_MS = 60_000;

export type Answer<T> = { ok: true; told: T } | { ok: false; error: CrierError };
type Request<T> = (platform: Platform, access: AccountAccess) => Promise<T>;

/** Asks once more with a login that was refreshed, where the network calls it expired. @throws where the database does not answer */
export async function ask<T>(deps: RefreshDeps, account: Account, request: Request<T>): Promise<Answer<T>> {
  const used: { credentials?: Credentials } = {};
  const answer = await askOnce(deps, account, request, (credentials) => {
    used.credentials = credentials;
  });
  if (answer.ok || answer.error.kind !== 'auth-expired' || !deps.platforms.get(account.platform).refresh) return answer;
  const before = JSON.stringify(used.credentials);
  const refreshing = await refreshAccount(deps, account.id, ({ credentials }) => JSON.stringify(credentials) === before);
  switch (refreshing.kind) {
    case 'refreshed':
    case 'unneeded':
      return askOnce(deps, account, request);
    case 'later':
    case 'dead':
      return { ok: false, error: refreshing.error };
    case 'busy':
      return answer;
  }
}

async function askOnce<T>(
  deps: RefreshDeps,
  account: Account,
  request: Request<T>,
  onLogin: (credentials: Credentials) => void = () => {},
): Promise<Answer<T>> {
  const { store, http, clock, networkHome, log } = deps;
  const platform = deps.platforms.get(account.platform);
  try {
    const credentials = await store.credentials(account.id);
    onLogin(credentials);
    const told = await request(platform, {
      http,
      clock,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      account,
      app: networkHome?.(platform.id).app ?? null,
      credentials,
      saveCredentials: (saved) => store.accounts.saveCredentials(account.id, saved),
    });
    return { ok: true, told };
  } catch (thrown) {
    if (thrown instanceof StoreFailure) throw thrown;
    const error = thrown instanceof CrierError ? thrown : platform.classifyError(thrown);
    log.warn({ accountId: account.id, platform: platform.id, kind: error.kind, err: thrown }, 'figures could not be read');
    return { ok: false, error };
  }
}
