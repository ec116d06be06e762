// A batch of claims of a size that the caller names, for those who wake Crier from outside: it waits for all of them and says how they
// ended. What is claimed, and how it is published, is the dispatcher's matter.
import type { DeliveryState } from '../core/delivery.ts';
import type { BatchCounts } from '../core/operations.ts';

/** What a batch needs to know of a claim. */
export interface Underway {
  /** Never rejects. */
  done: Promise<void>;
  /** How it ended, as it was written; null before that, and where this process did not write it. */
  ended: DeliveryState | null;
}

export interface ClaimedSome<Each> {
  claims: readonly Each[];
  /** Accounts had more claims here than may wait, so that more of theirs may be due. */
  moreMayWait: boolean;
}

/**
 * Claims until `limit` claims were taken or nothing is due, and waits until all of these are over. Where an account has as many claims
 * as may wait, it waits for one of its own to end and goes on.
 * @param claimSome claims at most so many and starts them
 * @throws where the first claim fails; a later failure ends the claiming, and what was claimed is still waited for
 */
export async function runBatch<Each extends Underway>(
  limit: number,
  claimSome: (most: number) => Promise<ClaimedSome<Each>>,
  onFailure: (error: unknown) => void,
): Promise<BatchCounts> {
  const all: Each[] = [];
  const waiting = new Set<Promise<void>>();
  while (all.length < limit) {
    const waitedFor = waiting.size;
    const { claims, moreMayWait } = await claimSome(limit - all.length).catch((error) => {
      if (all.length === 0) throw error;
      onFailure(error);
      return { claims: [], moreMayWait: false };
    });
    for (const { done } of claims) {
      waiting.add(done);
      void done.then(() => waiting.delete(done));
    }
    all.push(...claims);
    // where all of them ended while it was asked, their accounts were still left out
    if (!moreMayWait || (claims.length === 0 && waitedFor === 0)) break;
    if (claims.length === 0 && waiting.size > 0) await Promise.race(waiting);
  }
  await Promise.all(all.map((each) => each.done));
  return count(all);
}

function count(all: readonly Underway[]): BatchCounts {
  const of = (state: DeliveryState): number => all.filter(({ ended }) => ended === state).length;
  return {
    claimed: all.length,
    published: of('published'),
    retrying: of('retrying'),
    failed: of('failed'),
    held: of('held'),
    unconfirmed: of('unconfirmed'),
    canceled: of('canceled'),
    released: of('scheduled'),
  };
}
