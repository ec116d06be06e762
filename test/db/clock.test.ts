// The time of the database's machine, seen from a machine whose clocks are the test's to set.
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type DatabaseClock, type MachineClocks, openDatabaseClock } from '../../src/db/clock.ts';
import { type Database, openDatabase } from '../../src/db/open.ts';
import { closeDatabase, freshDatabase, type TestDatabase } from '../support/database.ts';
import { type KeptLog, keptLog } from '../support/log.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** The database is on the machine of the test, so this is what it says, within what a busy machine takes. */
const NEAR_MS = 240;

let test: TestDatabase;
let pool: Database['pool'];
let database: Database;
let log: KeptLog;
/** How far the machine's clocks are from the truth, which is the database's. */
let wrong: Record<keyof MachineClocks, number>;

const machine: MachineClocks = {
  wall: () => Date.now() + wrong.wall,
  monotonic: () => performance.now() + wrong.monotonic,
  sinceBoot: () => performance.now() + wrong.sinceBoot,
};

beforeAll(async () => {
  test = await freshDatabase();
  database = await openDatabase(test.url, { poolSize: 2 });
  ({ pool } = database);
});

afterAll(async () => {
  await database.close();
  await test.drop();
});

beforeEach(() => {
  log = keptLog();
  wrong = { wall: 0, monotonic: 0, sinceBoot: 0 };
});

/** Milliseconds between the clock and the truth. */
const errorOf = (clock: DatabaseClock): number => Math.abs(clock.now().epochMilliseconds - Date.now());
const logged = (words: string): number => log.lines.filter(({ message }) => message.includes(words)).length;

describe('the clock of the database', () => {
  it('is the machine’s own where both agree, to the millisecond', async () => {
    wrong.wall = 100;
    const clock = await openDatabaseClock(pool, log, machine);
    const before = machine.wall();
    const now = clock.now().epochMilliseconds;
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(machine.wall());
    expect(log.lines).toEqual([]);
  });

  it.each([
    ['ten minutes ahead', 10 * MINUTE, '600 s ahead of'],
    ['an hour behind', -HOUR, '3600 s behind'],
  ])('is the database’s on a machine that is %s, and says so once', async (_, by, said) => {
    wrong.wall = by;
    const clock = await openDatabaseClock(pool, log, machine);
    expect(errorOf(clock)).toBeLessThan(NEAR_MS);
    await clock.measure();
    expect(logged(said)).toBe(1);
    expect(clock.now().epochNanoseconds % 1_000_000n).toBe(0n);
  });

  it('says when a clock that was far off is right again', async () => {
    wrong.wall = HOUR;
    const clock = await openDatabaseClock(pool, log, machine);
    wrong.wall = 0;
    expect(errorOf(clock)).toBeLessThan(NEAR_MS);
    await clock.measure();
    expect(logged('agrees with the database’s again')).toBe(1);
    expect(errorOf(clock)).toBeLessThan(NEAR_MS);
  });

  it.each([HOUR, -HOUR, 5_000, -5_000])(
    'goes on evenly where the machine’s clock is set by %i ms, and compares anew',
    async (by) => {
      const clock = await openDatabaseClock(pool, log, machine);
      wrong.wall = by;
      expect(errorOf(clock)).toBeLessThan(NEAR_MS);
      await clock.measure();
      expect(errorOf(clock)).toBeLessThan(NEAR_MS);
      wrong.wall = 0;
      expect(errorOf(clock)).toBeLessThan(NEAR_MS);
    },
  );

  it('knows at once how long the machine slept, though its monotonic clock stood still', async () => {
    const clock = await openDatabaseClock(pool, log, machine);
    // the truth went on while the machine slept: seen from there, its monotonic clock is late
    wrong.monotonic = -HOUR;
    expect(errorOf(clock)).toBeLessThan(NEAR_MS);
    expect(logged('the machine slept')).toBe(1);
    await clock.measure();
    expect(errorOf(clock)).toBeLessThan(NEAR_MS);
  });

  it('follows a database that goes another way by the next comparison', async () => {
    const clock = await openDatabaseClock(pool, log, machine);
    // a machine that has drifted, evenly by all its clocks, as one does whose host stopped it for a while
    wrong = { wall: -MINUTE, monotonic: -MINUTE, sinceBoot: -MINUTE };
    await clock.measure();
    expect(errorOf(clock)).toBeLessThan(NEAR_MS);
  });

  it('holds what it knew while the database is away, whatever the machine’s clock does then', async () => {
    wrong.wall = HOUR;
    const clock = await openDatabaseClock(pool, log, machine);
    const { reopen } = await closeDatabase(test.url);
    try {
      await clock.measure();
      expect(logged('the last comparison holds')).toBe(1);
      expect(errorOf(clock)).toBeLessThan(NEAR_MS);
      wrong.wall = -HOUR;
      expect(errorOf(clock)).toBeLessThan(NEAR_MS);
      await vi.waitFor(() => expect(logged('the last comparison holds')).toBe(2));
    } finally {
      await reopen();
    }
    await clock.measure();
    expect(errorOf(clock)).toBeLessThan(NEAR_MS);
  });

  it('compares once for all who ask at the same moment', async () => {
    const clock = await openDatabaseClock(pool, log, machine);
    expect(clock.measure()).toBe(clock.measure());
    await clock.measure();
  });
});
