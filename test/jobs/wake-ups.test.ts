// Waking: at the instant asked for, once for one instant, also for what became due while nobody was running, and in other processes.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Clock } from '../../src/core/clock.ts';
import { type Database, openDatabase } from '../../src/db/open.ts';
import { openWakeUps, type WakeUps } from '../../src/jobs/wake-ups.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { keptLog } from '../support/log.ts';

// Agenda reads the machine's own clock, so these tests do too; they wait for what happens and never for a length of time
const clock: Clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) };

let test: TestDatabase;
let database: Database;
const running: WakeUps[] = [];

beforeEach(async () => {
  test = await freshDatabase();
  database = await openDatabase(test.url);
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((jobs) => jobs.stop()));
  await database.close();
  await test.drop();
});

async function worker(onWake: () => void, due: Temporal.Instant[] = []): Promise<WakeUps> {
  const queue = { dueUntil: async () => due };
  const jobs = await openWakeUps({ databaseUrl: test.url, clock, log: keptLog(), queue, wake: async () => onWake() });
  running.push(jobs);
  return jobs;
}

const storedWakes = async (): Promise<number> =>
  Number((await database.pool.query("select count(*) as n from agenda_jobs where name = 'wake'")).rows[0].n);

describe('a wake-up', () => {
  it('comes at its instant and not before', async () => {
    const woken: Temporal.Instant[] = [];
    const jobs = await worker(() => woken.push(clock.now()));
    await jobs.start();
    const at = clock.now().add({ milliseconds: 400 });
    await jobs.wakeAt([at]);
    await vi.waitFor(() => expect(woken).toHaveLength(1), { timeout: 5_000 });
    expect(Temporal.Instant.compare(woken[0] ?? at.subtract({ seconds: 1 }), at)).toBeGreaterThanOrEqual(0);
  });

  it('is one job for one instant, however many posts ask for it', async () => {
    const jobs = await worker(() => {});
    const at = clock.now().add({ hours: 1 });
    await jobs.start();
    await jobs.wakeAt([at, at]);
    await jobs.wakeAt([at]);
    expect(await storedWakes()).toBe(1);
  });

  it('is removed once it has been handed over', async () => {
    let woken = 0;
    const jobs = await worker(() => woken++);
    await jobs.start();
    await jobs.wakeAt([clock.now().add({ milliseconds: 300 })]);
    await vi.waitFor(async () => expect(await storedWakes()).toBe(0), { timeout: 10_000 });
    await vi.waitFor(() => expect(woken).toBeGreaterThan(0), { timeout: 5_000 });
  });

  it('that came due while nobody was running comes at the next start', async () => {
    const before = await worker(() => {});
    await before.wakeAt([clock.now().add({ milliseconds: 50 })]);
    await before.stop();
    running.length = 0;
    let woken = 0;
    const after = await worker(() => woken++);
    await after.start();
    await vi.waitFor(() => expect(woken).toBe(1), { timeout: 10_000 });
  });

  it('reaches another worker on the same database', async () => {
    let woken = 0;
    const [asking, other] = await Promise.all([worker(() => {}), worker(() => woken++)]);
    await other.start();
    await asking.wakeAt([clock.now().add({ milliseconds: 200 })]);
    await vi.waitFor(() => expect(woken).toBe(1), { timeout: 10_000 });
  });

  it('needs no job of Agenda for what the database says is due soon', async () => {
    const woken: Temporal.Instant[] = [];
    const at = clock.now().add({ milliseconds: 300 });
    const jobs = await worker(() => woken.push(clock.now()), [at]);
    await jobs.lookAhead();
    await jobs.lookAhead();
    await vi.waitFor(() => expect(woken).toHaveLength(1), { timeout: 5_000 });
    expect(Temporal.Instant.compare(woken[0] ?? at.subtract({ seconds: 1 }), at)).toBeGreaterThanOrEqual(0);
  });

  it('that cannot be stored is a line in the log, and is kept by this process all the same', async () => {
    const log = keptLog();
    let woken = 0;
    const queue = { dueUntil: async () => [] };
    const wake = async (): Promise<void> => void woken++;
    const jobs = await openWakeUps({ databaseUrl: test.url, clock, log, queue, wake });
    running.push(jobs);
    await database.pool.query('drop table agenda_jobs');
    await jobs.wakeAt([clock.now()]);
    expect(log.lines.some((line) => line.message.includes('the sweep finds'))).toBe(true);
    await vi.waitFor(() => expect(woken).toBe(1), { timeout: 5_000 });
  });
});
