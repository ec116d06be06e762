// Whose turn a recurring job is, asked of two stores on one database as two processes would.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JobEnd, JobRuns, JobTurn } from '../../src/core/operations.ts';
import { openJobRuns } from '../../src/db/job-runs.ts';
import { type Database, openDatabase } from '../../src/db/open.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let test: TestDatabase;
let database: Database;
let other: Database;
let runs: JobRuns;
beforeEach(async () => {
  test = await freshDatabase();
  database = await openDatabase(test.url);
  other = await openDatabase(test.url);
  runs = openJobRuns(database.pool);
});
afterEach(async () => {
  await database.close();
  await other.close();
  await test.drop();
});

const AT_NINE = Temporal.Instant.from('2026-11-22T09:00:00Z');
const at = (seconds: number): Temporal.Instant => AT_NINE.add({ seconds });
const take = (seconds: number): Promise<JobTurn | null> => runs.take('tidy', at(seconds), at(seconds + 60));

async function taken(seconds: number): Promise<JobTurn> {
  const turn = await take(seconds);
  if (!turn) throw new Error(`nobody was given the turn at ${seconds} s`);
  return turn;
}

const wentWell = (seconds: number): JobEnd => ({ ok: true, result: 'forgot no events', dueAt: at(seconds) });

describe('the turn of a recurring job', () => {
  it('is given to one of many that ask at the same time, in several processes', async () => {
    const both = [runs, openJobRuns(other.pool)];
    const asked = Array.from({ length: 40 }, (_, index) => both[index % 2]?.take('tidy', at(0), at(60)));
    expect((await Promise.all(asked)).filter((turn) => turn !== null)).toHaveLength(1);
  });

  it('is given at once for a job that was never seen, and not before it is due after that', async () => {
    const turn = await taken(0);
    expect(turn.dueAt).toEqual(at(0));
    expect(await runs.finish(turn, wentWell(3600), at(2))).toBe(true);
    expect(await take(3594)).toBeNull();
    expect(await take(3595)).toMatchObject({ name: 'tidy', dueAt: at(3600) });
  });

  it('is kept from others until its lease has run out, and then taken over', async () => {
    const first = await taken(0);
    expect(await take(59)).toBeNull();
    expect(await runs.extend(first, at(90))).toBe(true);
    expect(await take(89)).toBeNull();
    expect(await take(90)).not.toBeNull();
  });

  it('that was lost writes nothing any more', async () => {
    const frozen = await taken(0);
    const next = await taken(60);
    expect(await runs.extend(frozen, at(500))).toBe(false);
    expect(await runs.finish(frozen, { ok: false, result: 'too late', dueAt: at(61) }, at(61))).toBe(false);
    expect(await runs.list(at(62))).toMatchObject([{ isRunning: true, ok: null, result: null, runs: 2, failures: 0 }]);
    expect(await runs.finish(next, wentWell(3600), at(63))).toBe(true);
  });

  it('is one for each job', async () => {
    await taken(0);
    expect(await runs.take('recurrence', at(0), at(60))).not.toBeNull();
  });
});

describe('the list of jobs', () => {
  it('says how each went, by name', async () => {
    await runs.finish(await taken(0), { ok: false, result: 'the disk is full', dueAt: at(360) }, at(5));
    await runs.take('recurrence', at(6), at(66));
    expect(await runs.list(at(7))).toEqual([
      {
        name: 'recurrence',
        dueAt: at(6),
        startedAt: at(6),
        finishedAt: null,
        ok: null,
        result: null,
        isRunning: true,
        runs: 1,
        failures: 0,
      },
      {
        name: 'tidy',
        dueAt: at(360),
        startedAt: at(0),
        finishedAt: at(5),
        ok: false,
        result: 'the disk is full',
        isRunning: false,
        runs: 1,
        failures: 1,
      },
    ]);
  });

  it('does not take a job for running whose process was killed', async () => {
    await taken(0);
    expect(await runs.list(at(61))).toMatchObject([{ isRunning: false, finishedAt: null }]);
  });
});
