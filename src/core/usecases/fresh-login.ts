// A login that is fresh for a publish: refreshed before it where its time has come, and once more where the network calls it expired all
// the same. Refreshing itself is refresh-account's matter.
import type { Login } from '../account-store.ts';
import { CrierError } from '../errors.ts';
import { LeaseLost, requireLease, type Try } from './publish-try.ts';
import { isDue, type Refreshing, refreshAccount } from './refresh-account.ts';

/** Somebody else's refresh is waited for this long: milliseconds. */
const WAIT_MS = 40_000;
/** Whoever was waited for may have failed; then it is our turn. */
const MOST_LOOKS = 3;

/**
 * Runs `run`, which reads the account's credentials anew each time, with a login that is as fresh as can be. `auth-expired` is a refusal:
 * what was asked for was certainly not done, so it is asked for again once the login was refreshed.
 * @param onRefused called before that
 * @throws what `run` throws; CrierError `auth-revoked` where the login turned out to be dead, `unavailable` where it is expired and cannot
 * be refreshed just now.
 */
export async function withFreshLogin<T>(attempt: Try, run: () => Promise<T>, onRefused: () => void = () => {}): Promise<T> {
  const { deps, claim, platform } = attempt;
  const { logins } = deps.store;
  if (!platform.refresh) return run();
  const isPast = (login: Login): boolean => isDue(login, deps.clock.now());
  let used = await logins.read(claim.account.id);
  // ahead of its end a login still serves, where it could not be refreshed just now
  const ahead = isPast(used) ? await refresh(attempt, isPast) : null;
  if (ahead?.kind === 'dead') throw ahead.error;
  if (ahead) used = await logins.read(claim.account.id);
  try {
    return await run();
  } catch (error) {
    if (!isExpired(attempt, error) || ahead?.kind === 'refreshed') throw error;
    requireLease(attempt);
    onRefused();
    requireFresh(ahead?.kind === 'later' ? ahead : await refresh(attempt, (login) => isSame(login, used)), attempt);
    return run();
  }
}

function isExpired({ platform, isLost }: Try, error: unknown): boolean {
  if (isLost || error instanceof LeaseLost) return false;
  return (error instanceof CrierError ? error : platform.classifyError(error)).kind === 'auth-expired';
}

/** What was refused may be an older login than the account has by now. */
const isSame = (login: Login, used: Login): boolean => JSON.stringify(login.credentials) === JSON.stringify(used.credentials);

async function refresh({ deps, claim, options }: Try, isNeeded: (login: Login) => boolean): Promise<Refreshing> {
  const { id } = claim.account;
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const refreshing = await refreshAccount(deps, id, isNeeded);
    if (refreshing.kind !== 'busy') return refreshing;
    await deps.store.logins.untilFree(id, WAIT_MS, options.signal);
    // where it was busy for being disconnected, this says so
    await deps.store.logins.read(id);
  }
  return { kind: 'busy' };
}

function requireFresh(refreshing: Refreshing, { platform }: Try): void {
  switch (refreshing.kind) {
    case 'refreshed':
    case 'unneeded':
      return;
    case 'dead':
      throw refreshing.error;
    case 'busy':
      throw new CrierError('unavailable', `The login at ${platform.name} is being refreshed, which takes long just now.`);
    case 'later': {
      const { userMessage, retryAfterMs } = refreshing.error;
      const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
      throw new CrierError(
        'unavailable',
        `The login at ${platform.name} has expired and could not be refreshed: ${userMessage}`,
        {
          ...wait,
          cause: refreshing.error,
        },
      );
    }
  }
}
