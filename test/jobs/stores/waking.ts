// Waking: at the instant asked for, once for one instant, also for what became due while nobody was running, and in other processes.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clock, openProcesses, type Place, soon } from './place.ts';
import { startWorkerProcess } from './worker-process.ts';

const PATIENCE = { timeout: 15_000 };

export function describeWaking(openPlace: () => Promise<Place>): void {
  const { worker, asker, stored, agenda, place, begin, end } = openProcesses(openPlace);
  beforeEach(begin);
  afterEach(end);

  describe('a wake-up', () => {
    it('comes at its instant and not before', async () => {
      const woken: Temporal.Instant[] = [];
      const jobs = worker({ wake: async () => void woken.push(clock.now()) });
      await jobs.start();
      const at = soon(400);
      await jobs.wakeAt([at]);
      await vi.waitFor(() => expect(woken).toHaveLength(1), PATIENCE);
      expect(Temporal.Instant.compare(woken[0] ?? at.subtract({ seconds: 1 }), at)).toBeGreaterThanOrEqual(0);
    });

    it('is one job for one instant, however many posts ask for it', async () => {
      const jobs = worker({});
      const at = soon(3_600_000);
      await jobs.start();
      await jobs.wakeAt([at, at]);
      await jobs.wakeAt([at]);
      expect(await stored()).toHaveLength(1);
    });

    it('is one job for one instant where sixteen ask at once, in several processes', async () => {
      const instants = [1, 2, 3, 4, 5].map((hours) => soon(hours * 3_600_000));
      const askers = [worker({}), worker({}), asker(), asker()];
      // all connected, so that they meet
      for (const each of askers) await each.start();
      for (const each of askers) await vi.waitFor(() => each.check(), PATIENCE);
      await Promise.all([...askers, ...askers, ...askers, ...askers].map((each) => each.wakeAt(instants)));
      await vi.waitFor(async () => expect(await stored()).toHaveLength(instants.length), PATIENCE);
      expect(askers.flatMap(({ log }) => log.lines.filter(({ level }) => level !== 'debug'))).toEqual([]);
    });

    it('is removed once it has been handed over', async () => {
      let woken = 0;
      const jobs = worker({ wake: async () => void woken++ });
      await jobs.start();
      await jobs.wakeAt([soon(300)]);
      await vi.waitFor(async () => expect(await stored()).toEqual([]), PATIENCE);
      await vi.waitFor(() => expect(woken).toBeGreaterThan(0), PATIENCE);
    });

    it('that came due while nobody was running comes at the next start', async () => {
      const before = asker();
      await before.wakeAt([soon(50)]);
      await before.stop();
      let woken = 0;
      await worker({ wake: async () => void woken++ }).start();
      await vi.waitFor(() => expect(woken).toBe(1), PATIENCE);
    });

    it('reaches a worker from a process that takes none itself', async () => {
      let woken = 0;
      const asking = asker();
      await asking.start();
      await worker({ wake: async () => void woken++ }).start();
      await asking.wakeAt([soon(200)]);
      await vi.waitFor(() => expect(woken).toBe(1), PATIENCE);
    });

    it('is handed to one of several processes, and to it once', async () => {
      const others = await Promise.all([1, 2, 3].map(() => startWorkerProcess(place().address)));
      try {
        const instants = Array.from({ length: 60 }, (_, index) => soon(1_000 + 10 * index));
        await asker().wakeAt(instants);
        const sum = () => others.reduce((all, { woken }) => all + woken(), 0);
        await vi.waitFor(() => expect(sum()).toBeGreaterThanOrEqual(instants.length), PATIENCE);
        await vi.waitFor(async () => expect(await stored()).toEqual([]), PATIENCE);
        expect(sum()).toBe(instants.length);
      } finally {
        await Promise.all(others.map(({ end }) => end()));
      }
    });

    it('that a process took before it was killed is taken by another once its lock has run out', async () => {
      const asking = asker();
      await asking.wakeAt([soon(100)]);
      // what a killed process leaves behind: a lock of eight seconds ago, and ten is how long it holds
      const taken = new Date(Date.now() - 8_000);
      const { db } = await agenda();
      await vi.waitFor(async () => expect(await db.getNextJobToRun('wake', new Date(), new Date(0), taken, {})).toBeDefined());
      const woken: Temporal.Instant[] = [];
      await worker({ wake: async () => void woken.push(clock.now()) }).start();
      await vi.waitFor(() => expect(woken).toHaveLength(1), PATIENCE);
      expect(woken[0]?.epochMilliseconds).toBeGreaterThanOrEqual(taken.getTime() + 10_000);
    });

    it('needs no job of Agenda for what the database says is due soon', async () => {
      const woken: Temporal.Instant[] = [];
      const at = soon(300);
      const queue = { dueUntil: async () => [at] };
      const jobs = worker({ wake: async () => void woken.push(clock.now()) }, { queue });
      await jobs.lookAhead();
      await jobs.lookAhead();
      await vi.waitFor(() => expect(woken).toHaveLength(1), PATIENCE);
      expect(Temporal.Instant.compare(woken[0] ?? at.subtract({ seconds: 1 }), at)).toBeGreaterThanOrEqual(0);
    });

    it('that was left over for a day is tidied away, and no other', async () => {
      const jobs = asker();
      await jobs.wakeAt([soon(-25 * 3_600_000), soon(-23 * 3_600_000), soon(3_600_000)]);
      await vi.waitFor(async () => expect(await stored()).toHaveLength(3), PATIENCE);
      expect(await jobs.tidy()).toBe(1);
      expect(await jobs.tidy()).toBe(0);
      expect(await stored()).toHaveLength(2);
    });
  });
}
