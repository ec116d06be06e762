// Agenda wakes: at the instant asked for, once for one instant, and also for what became due while nobody was running.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Clock } from '../../src/core/clock.ts';
import { type Database, openDatabase } from '../../src/db/open.ts';
import { type AgendaJobs, openJobs } from '../../src/jobs/agenda.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { keptLog } from '../support/log.ts';

// Agenda reads the machine's own clock, so these tests do too; they wait for what happens and never for a length of time
const clock: Clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) };

let test: TestDatabase;
let database: Database;
const running: AgendaJobs[] = [];

beforeEach(async () => {
  test = await freshDatabase();
  database = await openDatabase(test.url);
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((jobs) => jobs.stop()));
  await database.close();
  await test.drop();
});

async function worker(onWake: () => void): Promise<AgendaJobs> {
  const jobs = await openJobs({ databaseUrl: test.url, clock, log: keptLog(), onWake: async () => onWake() });
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

  it('is one job for one instant, however many posts ask for it, and is removed once it has run', async () => {
    let woken = 0;
    const jobs = await worker(() => woken++);
    const at = clock.now().add({ milliseconds: 300 });
    await jobs.start();
    await jobs.wakeAt([at, at]);
    await jobs.wakeAt([at]);
    expect(await storedWakes()).toBe(1);
    await vi.waitFor(async () => expect(await storedWakes()).toBe(0), { timeout: 5_000 });
    expect(woken).toBe(1);
  });

  it('that came due while nobody was running comes at the next start', async () => {
    const before = await worker(() => {});
    await before.start();
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
    const [asking, other] = await Promise.all([worker(() => woken++), worker(() => woken++)]);
    await other.start();
    await asking.start();
    await asking.wakeAt([clock.now().add({ milliseconds: 200 })]);
    await vi.waitFor(() => expect(woken).toBe(1), { timeout: 10_000 });
  });

  it('that cannot be stored is a line in the log and not an error of the person who scheduled', async () => {
    const log = keptLog();
    const jobs = await openJobs({ databaseUrl: test.url, clock, log, onWake: async () => {} });
    await jobs.start();
    await database.pool.query('drop table agenda_jobs');
    await jobs.wakeAt([clock.now()]);
    expect(log.lines.some((line) => line.message.includes('the sweep finds'))).toBe(true);
    await jobs.stop();
  });
});
