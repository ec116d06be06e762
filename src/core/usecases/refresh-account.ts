// Refreshes the tokens of a login: ahead of their end, or because the network calls them expired. One at a time per account, over all
// processes. A refresh that fails for a passing reason leaves the login as it is; only the network's own word ends it.
import pLimit from 'p-limit';
import pRetry from 'p-retry';
import type { Login, RefreshTurn } from '../account-store.ts';
import { CrierError } from '../errors.ts';
import type { Platform, Refreshed } from '../platform.ts';
import type { Deps } from '../ports.ts';
import { refreshAgainAt } from '../refresh-times.ts';

export type RefreshDeps = Pick<Deps, 'clock' | 'store' | 'platforms' | 'http' | 'networkHome' | 'log'>;

/**
 * - `refreshed`: the credentials are new.
 * - `unneeded`: they were new already, or there is nothing to refresh.
 * - `busy`: somebody else refreshes them now, or the account is not connected.
 * - `later`: it failed for a passing reason, and is tried again; the login stays.
 * - `dead`: the network's own word; the account is disconnected, and whoever connected it is told.
 */
export type Refreshing =
  | { kind: 'refreshed' | 'unneeded' | 'busy' }
  | { kind: 'later'; error: CrierError }
  | { kind: 'dead'; error: CrierError };

const REQUEST_TIMEOUT_MS = 30_000;
/** Much longer than the request may take: whoever takes over uses a token that the first one may have used up. */
const TURN_MS = 180_000;
/** New tokens that cannot be written are lost, since the network takes the old ones no more: this often, within the turn. Milliseconds. */
const KEEP_RETRY = { retries: 20, minTimeout: 100, maxTimeout: 5_000, factor: 2 };

export const isDue = ({ refreshAt }: Login, now: Temporal.Instant): boolean =>
  refreshAt !== null && Temporal.Instant.compare(refreshAt, now) <= 0;

/** @param isNeeded asked once nobody else can change the login any more @throws StoreFailure, or what is a bug */
export async function refreshAccount(
  deps: RefreshDeps,
  accountId: string,
  isNeeded: (login: Login) => boolean,
): Promise<Refreshing> {
  const { logins } = deps.store;
  const turn = await logins.takeTurn(accountId, TURN_MS);
  if (!turn) return { kind: 'busy' };
  const platform = deps.platforms.get(turn.account.platform);
  if (!platform.refresh || !isNeeded(turn)) {
    await logins.giveBack(turn);
    return { kind: 'unneeded' };
  }
  let refreshed: Refreshed;
  try {
    refreshed = await platform.refresh(accessBy(deps, turn, platform));
  } catch (thrown) {
    return settleFailure(deps, turn, platform, thrown);
  }
  const isKept = await pRetry(() => logins.keep(turn, refreshed), KEEP_RETRY);
  // connected anew or disconnected meanwhile: what was refreshed is not the account's login any more
  deps.log.info({ ...fieldsOf(turn), kept: isKept }, 'a login was refreshed');
  return { kind: 'refreshed' };
}

/** Not broken off with whoever wanted it: a request that is broken off may have used up the token all the same. */
const accessBy = ({ http, clock, networkHome }: RefreshDeps, { account, credentials }: RefreshTurn, { id }: Platform) => ({
  http,
  clock,
  account,
  credentials,
  app: networkHome?.(id).app ?? null,
  signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
});

async function settleFailure(
  { clock, store, log }: RefreshDeps,
  turn: RefreshTurn,
  platform: Platform,
  thrown: unknown,
): Promise<Refreshing> {
  const error = thrown instanceof CrierError ? thrown : platform.classifyError(thrown);
  const fields = { ...fieldsOf(turn), kind: error.kind, err: thrown };
  if (error.kind === 'auth-revoked') {
    log.warn(fields, 'the network does not take a login any more; the account is disconnected');
    await store.logins.end(turn, error.userMessage);
    return { kind: 'dead', error };
  }
  const at = refreshAgainAt(clock.now(), turn.failures, error.retryAfterMs);
  log.warn({ ...fields, nextTry: at.toString() }, 'a login could not be refreshed just now; it stays, and is tried again');
  await store.logins.putOff(turn, at);
  return { kind: 'later', error };
}

const fieldsOf = ({ account: { id, platform } }: RefreshTurn) => ({ accountId: id, platform });

/** Refreshed in one run of the job at most; what is left is the next run's. */
const MOST_AT_ONCE = 500;
const SIDE_BY_SIDE = 4;

export interface RefreshedSome {
  refreshed: number;
  /** Failed for a passing reason. */
  failed: number;
  dead: number;
}

/** Refreshes every login whose time has come. @throws where the database does not answer */
export async function refreshDue(deps: RefreshDeps): Promise<RefreshedSome> {
  const ids = await deps.store.logins.toRefresh(MOST_AT_ONCE);
  const sideBySide = pLimit(SIDE_BY_SIDE);
  const all = await Promise.allSettled(
    ids.map((id) => sideBySide(() => refreshAccount(deps, id, (login) => isDue(login, deps.clock.now())))),
  );
  const broken = all.find((each) => each.status === 'rejected');
  if (broken) throw broken.reason;
  const count = (kind: Refreshing['kind']): number =>
    all.filter((each) => each.status === 'fulfilled' && each.value.kind === kind).length;
  return { refreshed: count('refreshed'), failed: count('later'), dead: count('dead') };
}
