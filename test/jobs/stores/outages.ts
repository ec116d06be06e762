// The server of Agenda's jobs is away: at the start, for a while, or it takes requests and answers none. Crier runs all the same,
// nothing waits for it, and all goes on by itself once it is back.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Cuttable, openCuttable } from '../../support/cuttable.ts';
import { openProcesses, type Place, soon } from './place.ts';

const PATIENCE = { timeout: 30_000 };
const SECOND = 1_000;

export function describeOutages(openPlace: () => Promise<Place>): void {
  const { worker, asker, stored, agenda, place, begin, end } = openProcesses(openPlace);
  let way: Cuttable;
  beforeEach(async () => {
    await begin();
    way = await openCuttable(place().target);
  });
  afterEach(async () => {
    await end();
    await way.close();
  });

  const throughWay = () => place().through(way.port);

  async function timed(work: Promise<void>): Promise<number> {
    const began = performance.now();
    await work;
    return performance.now() - began;
  }

  /** A worker behind the way, with a recurring job. */
  function behindWay() {
    const seen = { runs: 0, woken: 0 };
    const jobs = worker(
      {
        wake: async () => void seen.woken++,
        jobs: [{ name: 'look-around', everyMs: 1_000 }],
        runJob: async () => void seen.runs++,
      },
      throughWay(),
    );
    return {
      jobs,
      seen,
      said: (words: string) => jobs.log.lines.filter(({ level, message }) => level !== 'debug' && message.includes(words)),
    };
  }

  /** A wake-up of another process arrives, and the recurring job goes on. */
  async function expectAllGoesOn({ jobs, seen }: ReturnType<typeof behindWay>): Promise<void> {
    await vi.waitFor(() => jobs.check(), PATIENCE);
    const { runs } = seen;
    await vi.waitFor(() => expect(seen.runs).toBeGreaterThan(runs), PATIENCE);
    seen.woken = 0;
    await asker().wakeAt([soon(100)]);
    await vi.waitFor(() => expect(seen.woken).toBe(1), PATIENCE);
  }

  it('a check right after the start waits for the first connection and raises no alarm', async () => {
    const there = behindWay();
    await there.jobs.start();
    await there.jobs.check();
  });

  describe('while the server is away', { timeout: 90_000 }, () => {
    it('at the start, Crier starts, wakes by its own alarms, and takes part once the server is there', async () => {
      way.cut();
      const away = behindWay();
      expect(await timed(away.jobs.start())).toBeLessThan(SECOND);
      await expect(away.jobs.check()).rejects.toThrow();
      expect(away.jobs.agenda()).toBeNull();
      expect(await timed(away.jobs.wakeAt([soon(100)]))).toBeLessThan(SECOND);
      await vi.waitFor(() => expect(away.seen.woken).toBe(1), PATIENCE);
      await vi.waitFor(() => expect(away.said('does not answer')).toHaveLength(1), PATIENCE);
      way.restore();
      await expectAllGoesOn(away);
      expect(away.said('answers again')).toHaveLength(1);
    });

    it('at the start, clearing up is given up after a moment, and a check says so', async () => {
      way.cut();
      const away = behindWay();
      await away.jobs.start();
      await expect(away.jobs.tidy()).rejects.toThrow(/was not reached yet|does not answer/);
      await expect(away.jobs.check()).rejects.toThrow(/was not reached yet|does not answer/);
    });

    it('for a while, wake-ups are not waited for, and all goes on afterwards without a restart', async () => {
      const away = behindWay();
      await away.jobs.start();
      await vi.waitFor(() => expect(away.seen.runs).toBe(1), PATIENCE);
      way.cut();
      await vi.waitFor(() => expect(away.said('does not answer')).toHaveLength(1), PATIENCE);
      await expect(away.jobs.check()).rejects.toThrow();
      for (let asked = 0; asked < 5; asked++) expect(await timed(away.jobs.wakeAt([soon(100 + asked)]))).toBeLessThan(SECOND);
      await vi.waitFor(() => expect(away.seen.woken).toBe(5), PATIENCE);
      way.restore();
      await expectAllGoesOn(away);
      expect(away.said('does not answer')).toHaveLength(1);
      expect(away.said('answers again')).toHaveLength(1);
    });

    it('taking requests and answering none, it is waited for no longer than a second', async () => {
      const away = behindWay();
      await away.jobs.start();
      await vi.waitFor(() => expect(away.seen.runs).toBe(1), PATIENCE);
      way.freeze();
      for (let asked = 0; asked < 3; asked++) expect(await timed(away.jobs.wakeAt([soon(100 + asked)]))).toBeLessThan(SECOND);
      await vi.waitFor(() => expect(away.seen.woken).toBe(3), PATIENCE);
      await vi.waitFor(() => expect(away.said('does not answer')).toHaveLength(1), PATIENCE);
      way.restore();
      await expectAllGoesOn(away);
    });

    it('and comes back empty, recurring jobs are stored anew', async () => {
      const away = behindWay();
      await away.jobs.start();
      await vi.waitFor(() => expect(away.seen.runs).toBe(1), PATIENCE);
      way.cut();
      await vi.waitFor(() => expect(away.said('does not answer')).toHaveLength(1), PATIENCE);
      await (await agenda()).cancelAll();
      way.restore();
      await vi.waitFor(async () => expect(await stored('look-around')).toHaveLength(1), PATIENCE);
      await expectAllGoesOn(away);
    });

    it('Crier stops without waiting for it', async () => {
      const away = behindWay();
      await away.jobs.start();
      await vi.waitFor(() => expect(away.seen.runs).toBe(1), PATIENCE);
      way.freeze();
      expect(await timed(away.jobs.stop())).toBeLessThan(3 * SECOND);
    });
  });
}
