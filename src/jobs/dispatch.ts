// Claims what is due and publishes it, with bounded concurrency per account and per network, its leases kept alive meanwhile.
// What to do with one delivery is the use case's matter (publish-delivery); when to look is whoever calls `dispatch`.
import pRetry from 'p-retry';
import type { DeliveryState } from '../core/delivery.ts';
import { logFieldsOf } from '../core/log-fields.ts';
import type { BatchCounts } from '../core/operations.ts';
import type { Meter } from '../core/ports.ts';
import type { Claim, Settlement } from '../core/store.ts';
import { publishDelivery } from '../core/usecases/publish-delivery.ts';
import { LeaseLost, type PublishDeps, plannedAt } from '../core/usecases/publish-try.ts';
import { released } from '../core/usecases/settlement.ts';
import { type ClaimedSome, runBatch } from './batch.ts';
import { coalesce } from './coalesce.ts';
import { CLAIMS_PER_ACCOUNT, openTurns } from './turns.ts';

export type { BatchCounts } from '../core/operations.ts';

export interface DispatchOptions {
  /** How long a claim is safe from others without a sign of life; extended at a third of it. Milliseconds. */
  leaseMs: number;
  publishTimeoutMs: number;
  retryMinutes: readonly number[];
  /** Publishes under way at once. */
  perAccount: number;
  perNetwork: number;
  /** Claims held at once, waiting for their turn or under way. */
  mostClaims: number;
  /** What is due earlier than this before now is late, and spaced out by account. Milliseconds. */
  lateAfterMs: number;
  catchUpGapMs: number;
}

export const DISPATCH_DEFAULTS: DispatchOptions = {
  leaseMs: 60_000,
  publishTimeoutMs: 120_000,
  retryMinutes: [1, 5, 15],
  perAccount: 1,
  perNetwork: 128,
  mostClaims: 1024,
  lateAfterMs: 120_000,
  catchUpGapMs: 60_000,
};

/** Milliseconds. An outcome that cannot be written is tried this often; by then somebody else asks the network about it. */
const OUTCOME_RETRY = { retries: 60, minTimeout: 100, maxTimeout: 5_000, factor: 2 };

export interface Dispatcher {
  /** Claims what is due and starts publishing it, as far as there is room; the rest follows as places become free.
   * Returns when the claiming is over. @throws where the database does not answer. */
  wake: () => Promise<void>;
  /**
   * Claims at most so many of what is due, waits until they are over, and says how they ended; beside `wake`, with which it shares the
   * work. What is late is not spaced out: how much goes out at once is the caller's word. @throws as `wake`
   */
  runBatch: (limit: number) => Promise<BatchCounts>;
  /** Resolves when nothing is under way. */
  idle: () => Promise<void>;
  /** No new claims; waits for what is under way, and breaks off what takes longer than this. */
  drain: (graceMs: number) => Promise<void>;
}

interface Running {
  claim: Claim;
  leaseUntil: Temporal.Instant;
  abort: AbortController;
  done: Promise<void>;
  /** The state that was written; null before that, and where another process has taken over. */
  ended: DeliveryState | null;
}

export interface DispatchDeps extends PublishDeps {
  meter: Meter;
  wakeAt: (instants: readonly Temporal.Instant[]) => Promise<void>;
  /** Called after an outcome that somebody wants to hear of was written. */
  onNews: () => void;
  /** Called after an outcome of a post that recurs was written: its next occurrence may be made now. */
  onRecurring: () => void;
}

export function openDispatcher(deps: DispatchDeps, options: DispatchOptions): Dispatcher {
  const { clock, store, log, meter } = deps;
  const running = new Map<string, Running>();
  const turns = openTurns(options);
  let draining = false;
  /** Whether the last claiming left something behind for want of room. */
  let moreMayWait = false;
  /** Whether to look for what is late: once a wake-up, not each time a place becomes free. */
  let lookForLate = true;
  /** A stop waits for these too: what they bring is handed back. */
  const claiming = new Set<Promise<unknown>>();
  const heartbeat = setInterval(() => void extendLeases(), options.leaseMs / 3).unref();

  const claimMore = coalesce(claimAll);

  function wake(): Promise<void> {
    lookForLate = true;
    return claimMore();
  }

  async function claimAll(): Promise<void> {
    if (lookForLate) await spreadLate();
    moreMayWait = false;
    while (!draining) {
      const busyAccountIds = turns.busy();
      moreMayWait = !hasRoom() || busyAccountIds.length > 0;
      if (!hasRoom()) return;
      const room = options.mostClaims - running.size;
      const claims = await claim(room, busyAccountIds);
      if (claims.length < room && !tookAllTurnsOfAnAccount(claims)) return;
    }
  }

  /** Half of the places, so that claims stay large. */
  const hasRoom = (): boolean => running.size <= options.mostClaims / 2;

  async function spreadLate(): Promise<void> {
    const spread = await store.queue.spreadOverdue(clock.now(), options.lateAfterMs, options.catchUpGapMs);
    lookForLate = false;
    if (spread.length > 0) await deps.wakeAt(spread);
  }

  async function claim(limit: number, busyAccountIds: string[]): Promise<Running[]> {
    const now = clock.now();
    const leaseUntil = now.add({ milliseconds: options.leaseMs });
    const begun = store.queue
      .claimDue({ now, leaseUntil, limit, perAccount: CLAIMS_PER_ACCOUNT, busyAccountIds })
      .then((claims) => claims.map((each) => start(each, leaseUntil)));
    claiming.add(begun);
    return begun.finally(() => claiming.delete(begun));
  }

  async function claimForBatch(most: number): Promise<ClaimedSome<Running>> {
    if (draining) return { claims: [], moreMayWait: false };
    const busyAccountIds = turns.busy();
    const claims = await claim(most, busyAccountIds);
    return { claims, moreMayWait: busyAccountIds.length > 0 || tookAllTurnsOfAnAccount(claims) };
  }

  function start(claim: Claim, leaseUntil: Temporal.Instant): Running {
    const each: Running = { claim, leaseUntil, abort: new AbortController(), done: Promise.resolve(), ended: null };
    running.set(claim.leaseToken, each);
    meter.claimed(claim.account.platform);
    each.done = turns
      .ofAccount(claim, () => work(each))
      .catch((error) => log.error({ ...logFieldsOf(claim), err: error }, 'a claimed delivery was left as it is'))
      .finally(() => {
        running.delete(claim.leaseToken);
        if (!moreMayWait || !hasRoom()) return;
        claimMore().catch((error) => log.warn({ err: error }, 'nothing could be claimed just now; the sweep will'));
      });
    return each;
  }

  async function work(each: Running): Promise<void> {
    const { claim } = each;
    // the next may go to the network while this one's outcome is written, but not the next of this account
    const settlement = await turns.ofNetwork(claim, () => outcomeOf(each));
    if (!settlement) return;
    const endedAt = clock.now();
    const written = await pRetry(() => store.queue.settle(claim, settlement, clock.now()), {
      ...OUTCOME_RETRY,
      onFailedAttempt: ({ error }) => log.warn({ ...logFieldsOf(claim), err: error }, 'an outcome could not be written yet'),
    });
    if (!written) return logLost(claim);
    each.ended = settlement.state;
    meter.settled(claim.account.platform, settlement.state, settlement.state === 'published' ? lateness(claim, endedAt) : null);
    log.info({ ...logFieldsOf(claim), state: settlement.state }, 'delivery settled');
    if (settlement.dueAt && settlement.state !== 'scheduled') await deps.wakeAt([settlement.dueAt]);
    if (settlement.tell) deps.onNews();
    if (claim.post.seriesId !== null) deps.onRecurring();
  }

  async function outcomeOf(each: Running): Promise<Settlement | null> {
    if (draining) return released(each.claim.delivery.dueAt ?? clock.now());
    const begun = performance.now();
    try {
      return await publishDelivery(deps, each.claim, {
        retryMinutes: options.retryMinutes,
        timeoutMs: options.publishTimeoutMs,
        leaseUntil: () => each.leaseUntil,
        signal: each.abort.signal,
      });
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error;
      logLost(each.claim);
      return null;
    } finally {
      meter.tried(each.claim.account.platform, performance.now() - begun);
    }
  }

  const logLost = (claim: Claim): void =>
    log.warn(logFieldsOf(claim), 'lost the lease: another process has taken this delivery over');

  async function extendLeases(): Promise<void> {
    if (running.size === 0) return;
    const until = clock.now().add({ milliseconds: options.leaseMs });
    const asked = [...running];
    try {
      const kept = await store.queue.extendLeases([...running.keys()], until);
      for (const [token, each] of asked) {
        if (kept.has(token)) each.leaseUntil = until;
        // over by now, or another process's: either way there is nothing left to do for it here
        else each.abort.abort(new LeaseLost());
      }
    } catch (error) {
      log.warn({ err: error }, 'leases could not be extended');
    }
  }

  async function allDone(): Promise<void> {
    while (running.size > 0) await Promise.all([...running.values()].map((each) => each.done));
  }

  return {
    wake,
    runBatch: (limit) =>
      runBatch(limit, claimForBatch, (error) => log.warn({ err: error }, 'a batch ended early: nothing more could be claimed')),
    idle: allDone,
    drain: async (graceMs) => {
      draining = true;
      const grace = setTimeout(() => {
        for (const each of running.values()) each.abort.abort(new Error('Crier is stopping'));
      }, graceMs);
      await Promise.allSettled(claiming);
      await allDone();
      clearTimeout(grace);
      clearInterval(heartbeat);
    },
  };
}

function tookAllTurnsOfAnAccount(claims: readonly Running[]): boolean {
  const byAccount = Map.groupBy(claims, (each) => each.claim.account.id);
  return [...byAccount.values()].some((ofAccount) => ofAccount.length >= CLAIMS_PER_ACCOUNT);
}

/** Milliseconds between when it was to be out and when it was. Never negative: machines' clocks differ. */
const lateness = (claim: Claim, endedAt: Temporal.Instant): number =>
  Math.max(0, endedAt.epochMilliseconds - (plannedAt(claim) ?? endedAt).epochMilliseconds);
