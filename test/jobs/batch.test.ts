// Batches of a size that the caller names, on a real database: what they claim, that they wait for it, and what they say of it; and
// what the meter is told meanwhile.
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { BatchCounts } from '../../src/core/operations.ts';
import { retryPost } from '../../src/core/usecases/retry-post.ts';
import { type ClaimedSome, runBatch, type Underway } from '../../src/jobs/batch.ts';
import { breaksOff, failsBeforeSending, isRefused } from '../support/scripted-network.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

const NOTHING: BatchCounts = {
  claimed: 0,
  published: 0,
  retrying: 0,
  failed: 0,
  held: 0,
  unconfirmed: 0,
  canceled: 0,
  released: 0,
};

let bench: Workbench;
afterEach(() => bench.close());

const scheduleSome = async (count: number): Promise<void> => {
  for (let n = 1; n <= count; n++) await bench.schedule({ text: `post ${n}`, accounts: bench.accounts.slice(0, 1) });
};

describe('a batch', () => {
  it('claims as many as it was told, and leaves the rest for the next one', async () => {
    bench = await openWorkbench({ accounts: 5 });
    await bench.schedule();
    expect(await bench.dispatcher.runBatch(3)).toEqual({ ...NOTHING, claimed: 3, published: 3 });
    expect(bench.network.posts).toHaveLength(3);
    expect(await bench.dispatcher.runBatch(3)).toEqual({ ...NOTHING, claimed: 2, published: 2 });
    expect(await bench.dispatcher.runBatch(3)).toEqual(NOTHING);
  });

  it('goes on with an account that has more than may wait at once', async () => {
    bench = await openWorkbench();
    await scheduleSome(21);
    expect(await bench.dispatcher.runBatch(20)).toEqual({ ...NOTHING, claimed: 20, published: 20 });
    expect(bench.network.posts).toHaveLength(20);
  });

  it('goes on where all of an account’s claims end while the database is asked for more', async () => {
    bench = await openWorkbench();
    const first = Promise.withResolvers<void>();
    const answers: (() => Promise<ClaimedSome<Underway>>)[] = [
      async () => ({ claims: [{ done: first.promise, ended: 'published' }], moreMayWait: true }),
      // asked while the account was busy, and answered when it is not any more
      async () => {
        first.resolve();
        await setImmediate();
        return { claims: [], moreMayWait: true };
      },
      async () => ({ claims: [{ done: Promise.resolve(), ended: 'published' }], moreMayWait: false }),
    ];
    const claimSome = () => answers.shift()?.() ?? Promise.reject(new Error('asked too often'));
    expect(await runBatch(20, claimSome, () => {})).toMatchObject({ claimed: 2, published: 2 });
  });

  it('says how each of them ended', async () => {
    bench = await openWorkbench({ accounts: 4, dispatch: { perNetwork: 1 } });
    bench.network.asked = 'cannot-say';
    await bench.schedule();
    bench.network.next(failsBeforeSending('unavailable'), isRefused('rejected'), breaksOff(true));
    expect(await bench.dispatcher.runBatch(20)).toEqual({
      ...NOTHING,
      claimed: 4,
      published: 1,
      retrying: 1,
      failed: 1,
      unconfirmed: 1,
    });
  });

  it('leaves alone what is not due yet', async () => {
    bench = await openWorkbench();
    await bench.schedule({ in: { minutes: 5 } });
    expect(await bench.dispatcher.runBatch(20)).toEqual(NOTHING);
  });

  it('takes what is late at once: how much goes out is the word of whoever asked', async () => {
    bench = await openWorkbench();
    await scheduleSome(3);
    bench.clock.forward({ minutes: 30 });
    expect(await bench.dispatcher.runBatch(20)).toEqual({ ...NOTHING, claimed: 3, published: 3 });
  });

  it('shares the work with a second one and with a wake-up', async () => {
    bench = await openWorkbench({ accounts: 30 });
    await bench.schedule();
    const [one, two] = await Promise.all([
      bench.dispatcher.runBatch(12),
      bench.anotherDispatcher().runBatch(12),
      bench.dispatcher.wake(),
    ]);
    await bench.work();
    expect(new Set(bench.network.posts.map((post) => post.accountId)).size).toBe(30);
    expect(bench.network.posts).toHaveLength(30);
    for (const counts of [one, two]) {
      expect(counts.claimed).toBeLessThanOrEqual(12);
      expect(counts.published).toBe(counts.claimed);
    }
  });

  it('claims nothing once the process is stopping, and hands back what had not begun', async () => {
    bench = await openWorkbench({ accounts: 3, dispatch: { perNetwork: 1 } });
    await bench.schedule();
    const sending = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    bench.network.next(async (context) => {
      await context.beforeSend();
      sending.resolve();
      await answer.promise;
    });
    const batch = bench.dispatcher.runBatch(20);
    await sending.promise;
    const drained = bench.dispatcher.drain(60_000);
    answer.resolve();
    await drained;
    expect(await batch).toEqual({ ...NOTHING, claimed: 3, published: 1, released: 2 });
    expect(await bench.dispatcher.runBatch(20)).toEqual(NOTHING);
    expect(await bench.anotherDispatcher().runBatch(20)).toMatchObject({ claimed: 2, published: 2 });
  });

  it('hands back what a claim brings while the process is stopping', async () => {
    bench = await openWorkbench({ accounts: 2 });
    const post = await bench.schedule();
    const batch = bench.dispatcher.runBatch(20);
    await bench.dispatcher.drain(60_000);
    expect((await bench.read(post)).deliveries.map(({ state }) => state)).toEqual(['scheduled', 'scheduled']);
    expect(await batch).toEqual({ ...NOTHING, claimed: 2, released: 2 });
    expect(bench.network.posts).toEqual([]);
  });

  it('fails where the database does not answer', async () => {
    bench = await openWorkbench();
    await bench.schedule();
    const { claimDue } = bench.store.queue;
    bench.store.queue.claimDue = () => Promise.reject(new Error('connection refused'));
    await expect(bench.dispatcher.runBatch(20)).rejects.toThrow('connection refused');
    bench.store.queue.claimDue = claimDue;
    expect(await bench.dispatcher.runBatch(20)).toMatchObject({ claimed: 1 });
  });

  it('tells of what it had claimed where the database goes away in between', async () => {
    bench = await openWorkbench();
    await scheduleSome(12);
    const { claimDue } = bench.store.queue;
    let asked = 0;
    bench.store.queue.claimDue = (request) => (++asked === 1 ? claimDue(request) : Promise.reject(new Error('refused')));
    expect(await bench.dispatcher.runBatch(20)).toEqual({ ...NOTHING, claimed: 8, published: 8 });
    expect(bench.log.lines).toContainEqual(expect.objectContaining({ level: 'warn', fields: { err: new Error('refused') } }));
  });
});

describe('the meter', () => {
  it('is told of each claim, each try and each end, with how late it was', async () => {
    bench = await openWorkbench({ accounts: 2, dispatch: { perNetwork: 1 } });
    await bench.schedule();
    bench.network.next(isRefused('rejected'));
    bench.clock.forward({ milliseconds: 1500 });
    await bench.work();
    expect(bench.meter.claims).toEqual(['testnet', 'testnet']);
    expect(bench.meter.settlements).toEqual([
      { platform: 'testnet', state: 'failed', lateMs: null },
      { platform: 'testnet', state: 'published', lateMs: 1500 },
    ]);
    expect(bench.meter.tries).toHaveLength(2);
    expect(bench.meter.tries.every(({ platform, ms }) => platform === 'testnet' && ms >= 0)).toBe(true);
  });

  it('counts from the plan: a retry is late by all of it, and what a person tries again is late from then on', async () => {
    bench = await openWorkbench();
    const post = await bench.schedule();
    bench.network.next(failsBeforeSending('unavailable'));
    await bench.work();
    bench.clock.forward({ minutes: 1 });
    bench.network.next(isRefused('rejected'));
    await bench.work();
    bench.clock.forward({ minutes: 10 });
    await retryPost({ ...bench, jobs: { wakeAt: async () => {} } }, bench.actor, post.post.number);
    bench.clock.forward({ seconds: 2 });
    await bench.work();
    await bench.schedule();
    bench.network.next(failsBeforeSending('unavailable'));
    await bench.work();
    bench.clock.forward({ minutes: 1, seconds: 1 });
    await bench.work();
    expect(bench.meter.settlements.map(({ state, lateMs }) => [state, lateMs])).toEqual([
      ['retrying', null],
      ['failed', null],
      ['published', 2_000],
      ['retrying', null],
      ['published', 61_000],
    ]);
  });

  it('counts what is spaced out after a standstill from its plan', async () => {
    bench = await openWorkbench();
    await bench.schedule();
    await bench.schedule();
    bench.clock.forward({ minutes: 30 });
    await bench.work();
    bench.clock.forward({ minutes: 1 });
    await bench.work();
    expect(bench.meter.settlements.map(({ lateMs }) => lateMs)).toEqual([1_800_000, 1_860_000]);
  });

  it('hears of no end where another process has taken over', async () => {
    bench = await openWorkbench();
    await bench.schedule();
    bench.network.next(async (context) => {
      await context.beforeSend();
      // the lease has run out, and somebody else claims it before the answer comes
      bench.clock.forward({ minutes: 2 });
      await bench.store.queue.claimDue({
        now: bench.clock.now(),
        leaseUntil: bench.clock.now().add({ minutes: 1 }),
        limit: 1,
        perAccount: 1,
        busyAccountIds: [],
      });
    });
    expect(await bench.dispatcher.runBatch(20)).toEqual({ ...NOTHING, claimed: 1 });
    expect(bench.meter.settlements).toEqual([]);
    expect(bench.meter.tries).toHaveLength(1);
  });
});
