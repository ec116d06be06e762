// Who may publish now: one after another within an account, some at once within a network. What is claimed is the dispatcher's matter.
import pLimit, { type LimitFunction } from 'p-limit';
import type { Claim } from '../core/store.ts';

/** Claims of one account that wait here for their turn; more would keep other processes from sharing the work. */
export const CLAIMS_PER_ACCOUNT = 8;

export interface Turns {
  /** Accounts with enough claims here already, by id. */
  busy: () => string[];
  ofAccount: (claim: Claim, work: () => Promise<void>) => Promise<void>;
  ofNetwork: <T>(claim: Claim, work: () => Promise<T>) => Promise<T>;
}

/** @param options publishes under way at once */
export function openTurns(options: { perAccount: number; perNetwork: number }): Turns {
  const accounts = new Map<string, LimitFunction>();
  const networks = new Map<string, LimitFunction>();
  const limitOf = (limits: Map<string, LimitFunction>, key: string, most: number): LimitFunction => {
    const limit = limits.get(key) ?? pLimit(most);
    limits.set(key, limit);
    return limit;
  };
  const underWay = ({ activeCount, pendingCount }: LimitFunction): number => activeCount + pendingCount;

  return {
    busy: () => [...accounts].filter(([, limit]) => underWay(limit) >= CLAIMS_PER_ACCOUNT).map(([id]) => id),
    ofAccount: async ({ account }, work) => {
      const limit = limitOf(accounts, account.id, options.perAccount);
      try {
        await limit(work);
      } finally {
        if (underWay(limit) === 0) accounts.delete(account.id);
      }
    },
    ofNetwork: ({ account }, work) => limitOf(networks, account.platform, options.perNetwork)(work),
  };
}
