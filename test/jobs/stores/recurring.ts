// Recurring jobs: called about as often as asked for, in one of several processes, and never twice for being started twice.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openProcesses, type Place, soon } from './place.ts';

const PATIENCE = { timeout: 30_000 };

export function describeRecurring(openPlace: () => Promise<Place>): void {
  const { worker, stored, agenda, begin, end } = openProcesses(openPlace);
  beforeEach(begin);
  afterEach(end);

  describe('a recurring job', () => {
    it('is run in one of several workers, and no more often than asked for', async () => {
      const runs: number[] = [];
      const runJob = async (): Promise<void> => void runs.push(Date.now());
      const jobs = [{ name: 'look-around', everyMs: 2_000 }];
      await worker({ jobs, runJob }).start();
      await vi.waitFor(() => expect(runs).toHaveLength(1), PATIENCE);
      await Promise.all([1, 2].map(() => worker({ jobs, runJob }).start()));
      await vi.waitFor(() => expect(runs.length).toBeGreaterThanOrEqual(3), PATIENCE);
      const gaps = runs.slice(1).map((at, index) => at - (runs[index] ?? 0));
      expect(Math.min(...gaps)).toBeGreaterThan(1_900);
      expect(await stored('look-around')).toHaveLength(1);
    });

    it('that is under way is left alone by a worker that starts meanwhile', async () => {
      const finish = Promise.withResolvers<void>();
      const started: string[] = [];
      const jobs = [{ name: 'take-long', everyMs: 1_000 }];
      const run = (who: string) => async (): Promise<void> => {
        started.push(who);
        await finish.promise;
      };
      await worker({ jobs, runJob: run('first') }).start();
      await vi.waitFor(() => expect(started).toEqual(['first']), PATIENCE);
      let woken = 0;
      const second = worker({ jobs, runJob: run('second'), wake: async () => void woken++ });
      await second.start();
      // by then the second one has looked for jobs, and its interval is over
      await vi.waitFor(() => expect(second.agenda()?.isActiveJobProcessor()).toBe(true), PATIENCE);
      await second.wakeAt([soon(1_500)]);
      await vi.waitFor(() => expect(woken).toBe(1), PATIENCE);
      expect(started).toEqual(['first']);
      expect((await stored('take-long'))[0]?.lockedAt).toBeDefined();
      finish.resolve();
      await vi.waitFor(() => expect(started.length).toBeGreaterThan(1), PATIENCE);
    });

    it('shows why it failed, and is run again', async () => {
      let runs = 0;
      const runJob = async (): Promise<void> => {
        runs += 1;
        if (runs === 1) throw new Error('the kettle is cold');
      };
      await worker({ jobs: [{ name: 'boil', everyMs: 1_000 }], runJob }).start();
      await vi.waitFor(async () => expect((await stored('boil'))[0]?.failReason).toBe('the kettle is cold'), PATIENCE);
      await vi.waitFor(() => expect(runs).toBeGreaterThan(1), PATIENCE);
    });

    it('that a later version no longer has is removed, and wake-ups stay', async () => {
      const before = worker({ jobs: [{ name: 'old', everyMs: 60_000 }] });
      await before.start();
      await before.wakeAt([soon(3_600_000)]);
      await vi.waitFor(async () => expect(await stored('old')).toHaveLength(1), PATIENCE);
      await before.stop();
      await worker({ jobs: [{ name: 'new', everyMs: 60_000 }] }).start();
      await vi.waitFor(async () => expect(await stored('new')).toHaveLength(1), PATIENCE);
      expect(await stored('old')).toEqual([]);
      expect(await stored('wake')).toHaveLength(1);
    });

    it('takes over a new interval', async () => {
      const interval = async () => (await stored('count'))[0]?.repeatInterval;
      const before = worker({ jobs: [{ name: 'count', everyMs: 60_000 }] });
      await before.start();
      await vi.waitFor(async () => expect(await interval()).toBe('60 seconds'), PATIENCE);
      await before.stop();
      await worker({ jobs: [{ name: 'count', everyMs: 90_000 }] }).start();
      await vi.waitFor(async () => expect(await interval()).toBe('90 seconds'), PATIENCE);
      expect(await (await agenda()).queryJobs({ name: 'count' })).toMatchObject({ total: 1 });
    });
  });
}
