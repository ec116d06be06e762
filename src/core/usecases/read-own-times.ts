// The good times of accounts by their own figures, for those that have posted enough.
import type { Account } from '../account.ts';
import { type OwnTimes, ownTimes } from '../own-times.ts';
import type { Deps } from '../ports.ts';
import { readLateResults } from './read-best-times.ts';

/** By account id. @param timeZone whose hours are meant */
export async function readOwnTimes(
  deps: Pick<Deps, 'store' | 'clock'>,
  accounts: readonly Account[],
  timeZone: string,
): Promise<ReadonlyMap<string, OwnTimes>> {
  const own = new Map<string, OwnTimes>();
  const results = await readLateResults(deps, accounts);
  for (const { id } of accounts) {
    const times = ownTimes(results.get(id) ?? [], timeZone);
    if (times) own.set(id, times);
  }
  return own;
}
