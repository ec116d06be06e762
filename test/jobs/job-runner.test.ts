// Recurring jobs on a real database: each run once, whoever wakes for it, and never forgotten.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CrierError } from '../../src/core/errors.ts';
import type { JobRun, JobRuns } from '../../src/core/operations.ts';
import { openJobRuns } from '../../src/db/job-runs.ts';
import { type Database, openDatabase } from '../../src/db/open.ts';
import type { Job } from '../../src/jobs/job.ts';
import { type JobRunner, openJobRunner } from '../../src/jobs/job-runner.ts';
import { clockAt, type TestClock } from '../support/clock.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { type KeptLog, keptLog } from '../support/log.ts';
import { type KeptMeter, keptMeter } from '../support/meter.ts';

const MINUTE = 60_000;

let test: TestDatabase;
let database: Database;
let runs: JobRuns;
let clock: TestClock;
let log: KeptLog;
let meter: KeptMeter;
beforeEach(async () => {
  test = await freshDatabase();
  database = await openDatabase(test.url);
  runs = openJobRuns(database.pool);
  clock = clockAt('2026-11-22T09:00:00Z');
  log = keptLog();
  meter = keptMeter();
});
afterEach(async () => {
  await database.close();
  await test.drop();
});

/** As a process has it: each has a runner of its own. */
const runnerOf = (jobs: readonly Job[], leaseMs?: number): JobRunner => openJobRunner({ jobs, runs, clock, log, meter }, leaseMs);

const job = (name: string, run: () => Promise<string>, everyMs = MINUTE): Job => ({ name, summary: name, everyMs, run });

interface Counted extends Job {
  count: () => number;
}

function counting(name: string, everyMs = MINUTE): Counted {
  let count = 0;
  const run = async (): Promise<string> => {
    count += 1;
    return `run ${count}`;
  };
  return { ...job(name, run, everyMs), count: () => count };
}

/** A job that runs until it is let go. */
function held(name: string): Counted & { letGo: () => void } {
  const gate = Promise.withResolvers<void>();
  const counted = counting(name);
  const run = async (): Promise<string> => {
    const result = await counted.run();
    await gate.promise;
    return result;
  };
  return { ...counted, run, letGo: gate.resolve };
}

const dueAt = async (): Promise<string[]> => (await runs.list(clock.now())).map((run) => run.dueAt.toString());
const only = async (): Promise<JobRun | undefined> => (await runs.list(clock.now()))[0];

describe('a recurring job', () => {
  it('is run once when it is due, though several processes and Agenda wake for it', async () => {
    const tidy = counting('tidy');
    const processes = [runnerOf([tidy]), runnerOf([tidy]), runnerOf([tidy])];
    const wakeAll = () => Promise.all(processes.flatMap((runner) => [runner.runDue(), runner.run('tidy'), runner.runDue()]));
    await wakeAll();
    expect(tidy.count()).toBe(1);
    clock.forward({ seconds: 54 });
    await wakeAll();
    expect(tidy.count()).toBe(1);
    clock.forward({ seconds: 6 });
    await wakeAll();
    expect(tidy.count()).toBe(2);
    expect(meter.jobs).toMatchObject([
      { name: 'tidy', ok: true },
      { name: 'tidy', ok: true },
    ]);
  });

  it('may be woken for a few seconds early, and is still run once for that time', async () => {
    const tidy = counting('tidy');
    const runner = runnerOf([tidy]);
    await runner.run('tidy');
    clock.forward({ seconds: 56 });
    await runner.run('tidy');
    expect(tidy.count()).toBe(2);
    clock.forward({ seconds: 4 });
    await runner.run('tidy');
    clock.forward({ seconds: 50 });
    await runner.run('tidy');
    expect(tidy.count()).toBe(2);
    expect(await dueAt()).toEqual(['2026-11-22T09:02:00Z']);
  });

  it('is due again from when it was planned and not from when it ran', async () => {
    const tidy = counting('tidy', 60 * MINUTE);
    const runner = runnerOf([tidy]);
    await runner.runDue();
    clock.forward({ minutes: 75 });
    await runner.runDue();
    expect(await dueAt()).toEqual(['2026-11-22T11:00:00Z']);
  });

  it('makes up with one run for all that were missed', async () => {
    const tidy = counting('tidy', 60 * MINUTE);
    const runner = runnerOf([tidy]);
    await runner.runDue();
    clock.forward({ hours: 50, minutes: 30 });
    await runner.runDue();
    await runner.runDue();
    expect(tidy.count()).toBe(2);
    expect(await dueAt()).toEqual(['2026-11-24T12:00:00Z']);
  });

  it('that is late is not run a second time by who wakes for a plan that is all but there', async () => {
    const tidy = counting('tidy');
    const runner = runnerOf([tidy]);
    await runner.runDue();
    clock.forward({ seconds: 118 });
    await Promise.all([runner.runDue(), runner.run('tidy')]);
    await runner.run('tidy');
    expect(tidy.count()).toBe(2);
    expect(await dueAt()).toEqual(['2026-11-22T09:03:00Z']);
  });

  it('keeps what it did, and how long it took', async () => {
    const slow = job('slow', async () => {
      clock.forward({ seconds: 3 });
      return 'removed 2 files';
    });
    await runnerOf([slow]).runDue();
    expect(await only()).toMatchObject({
      ok: true,
      result: 'removed 2 files',
      startedAt: Temporal.Instant.from('2026-11-22T09:00:00Z'),
      finishedAt: Temporal.Instant.from('2026-11-22T09:00:03Z'),
      isRunning: false,
    });
    expect(meter.jobs).toEqual([{ name: 'slow', ok: true, ms: 3000 }]);
  });

  it('that there is not is a bug of who wakes for it', async () => {
    await expect(runnerOf([]).run('coffee')).rejects.toThrow('there is no job with the name coffee');
  });
});

describe('a job that fails', () => {
  const failing = (error: unknown, everyMs = MINUTE) => job('failing', () => Promise.reject(error), everyMs);

  it('keeps no other from running, and is logged, counted and told', async () => {
    const tidy = counting('tidy');
    await runnerOf([failing(new Error('the disk is full')), tidy]).runDue();
    expect(tidy.count()).toBe(1);
    expect(log.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', fields: expect.objectContaining({ job: 'failing' }) }),
    );
    expect(meter.jobs).toContainEqual({ name: 'failing', ok: false, ms: 0 });
    expect(await only()).toMatchObject({ ok: false, result: 'the disk is full', runs: 1, failures: 1 });
  });

  it('shows Agenda that it failed, and in plain words what was wrong', async () => {
    const error = new CrierError('unavailable', 'Mastodon does not answer.');
    await expect(runnerOf([failing(error)]).run('failing')).rejects.toBe(error);
    expect(await only()).toMatchObject({ result: 'Mastodon does not answer.' });
  });

  it.each([
    ['a minute', 1, '09:01'],
    ['five minutes', 5, '09:01'],
    ['an hour', 60, '09:06'],
    ['a day', 24 * 60, '09:15'],
  ])('is tried again soon where it is planned once %s', async (_, minutes, time) => {
    await runnerOf([failing(new Error('no'), minutes * MINUTE)]).runDue();
    expect(await dueAt()).toEqual([`2026-11-22T${time}:00Z`]);
  });

  it('is tried again where not even its turn could be had', async () => {
    const tidy = counting('tidy');
    const away: JobRuns = { ...runs, take: () => Promise.reject(new Error('the database is away')) };
    await openJobRunner({ jobs: [tidy], runs: away, clock, log, meter }).runDue();
    expect(tidy.count()).toBe(0);
    expect(log.lines).toMatchObject([{ level: 'warn', fields: { job: 'tidy' } }]);
    await runnerOf([tidy]).runDue();
    expect(tidy.count()).toBe(1);
  });
});

describe('the turn of a job that runs long', () => {
  it('is kept for as long as it runs', async () => {
    const slow = held('slow');
    const runner = runnerOf([slow], 150);
    const running = runner.runDue();
    await vi.waitFor(() => expect(slow.count()).toBe(1));
    clock.forward({ seconds: 100 });
    const extended = clock.now().add({ milliseconds: 150 }).toString();
    await vi.waitFor(async () => {
      const { rows } = await database.pool.query('select lease_until from job_run');
      expect(Temporal.Instant.from(String(rows[0]?.lease_until)).toString()).toBe(extended);
    });
    await runnerOf([slow]).runDue();
    expect(slow.count()).toBe(1);
    slow.letGo();
    await running;
  });

  it('passes to another process where this one was frozen, which then writes nothing', async () => {
    const slow = held('slow');
    const frozen = runnerOf([slow]);
    const running = frozen.runDue();
    await vi.waitFor(() => expect(slow.count()).toBe(1));
    clock.forward({ seconds: 61 });
    const other = job('slow', async () => 'done by another');
    await runnerOf([other]).runDue();
    slow.letGo();
    await running;
    expect(await only()).toMatchObject({ result: 'done by another', runs: 2, failures: 0 });
    expect(log.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', message: expect.stringContaining('lost its turn') }),
    );
  });

  it('is waited for by a process that stops', async () => {
    const slow = held('slow');
    const runner = runnerOf([slow]);
    const running = runner.run('slow');
    await vi.waitFor(() => expect(slow.count()).toBe(1));
    let isIdle = false;
    const idle = runner.idle().then(() => {
      isIdle = true;
    });
    await runs.list(clock.now());
    expect(isIdle).toBe(false);
    slow.letGo();
    await idle;
    await running;
    expect(await only()).toMatchObject({ isRunning: false, ok: true });
  });
});
