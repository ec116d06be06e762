// What each recurring job does and says of it, on a real database.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeNextOccurrences } from '../../src/core/usecases/make-next-occurrence.ts';
import { openJobRunner } from '../../src/jobs/job-runner.ts';
import { RECURRING_JOBS, recurringJobs } from '../../src/jobs/recurring/index.ts';
import type { RecurringDeps } from '../../src/jobs/recurring/recurring-job.ts';
import { keptMeter } from '../support/meter.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
});
afterEach(() => bench.close());

async function results(more: Partial<RecurringDeps> = {}): Promise<Record<string, string | null>> {
  const { clock, store, log } = bench;
  const jobs = recurringJobs({
    clock,
    store,
    log,
    platforms: bench.platforms,
    http: { fetch, dispatcher: undefined },
    mediaStore: {
      put: () => Promise.resolve(),
      read: () => Promise.reject(new Error('nobody reads here')),
      remove: () => Promise.resolve('gone'),
    },
    keepDays: 30,
    figures: { accountsEveryMinutes: 60, postsAfterHours: [1, 24], tellAfterHours: [24] },
    makeNext: () => makeNextOccurrences({ ...bench, jobs: { wakeAt: async () => {} } }),
    tidyWakeUps: async () => 4,
    ...more,
  });
  await openJobRunner({ jobs, runs: store.jobRuns, clock, log, meter: keptMeter() }).runDue();
  return Object.fromEntries((await store.jobRuns.list(clock.now())).map(({ name, result }) => [name, result]));
}

it('each says what it did', async () => {
  expect(await results()).toEqual({
    recurrence: 'made no occurrences',
    'refresh tokens': 'refreshed no logins',
    'collect figures': 'looked at no posts and no accounts',
    'thin figures': 'removed no snapshots',
    'media clean-up': 'removed no files',
    tidy: 'forgot no events, no processes and 4 wake-ups',
  });
});

it('what is a day old is forgotten, and nothing younger', async () => {
  const { store, clock } = bench;
  const report = { role: 'worker', host: 'h', pid: 1, version: '1', startedAt: clock.now(), parts: {} } as const;
  await store.isFirst('yesterday');
  await store.processes.tell({ ...report, id: 'killed' }, clock.now());
  clock.forward({ hours: 24, minutes: 1 });
  await store.isFirst('today');
  await store.processes.tell({ ...report, id: 'alive' }, clock.now());
  expect(await results()).toMatchObject({ tidy: 'forgot 1 event, 1 process and 4 wake-ups' });
  expect(await store.processes.list(clock.now())).toMatchObject([{ id: 'alive' }]);
  expect(await store.isFirst('today')).toBe(false);
});

it('what could not be done is said as it is', async () => {
  const { id: workspaceId } = bench.actor.workspace;
  const known = { mimeType: 'image/png', size: 1, width: 1, height: 1, durationMs: null, altText: '' };
  await bench.store.media.add({ ...known, workspaceId, hash: '0'.repeat(64) });
  bench.clock.forward({ hours: 24 * 8 });
  const mediaStore: RecurringDeps['mediaStore'] = {
    put: () => Promise.resolve(),
    read: () => Promise.reject(new Error('nobody reads here')),
    remove: () => Promise.reject(new Error('read-only file system')),
  };
  const tidyWakeUps = () => Promise.reject(new Error('MongoDB does not answer'));
  expect(await results({ mediaStore, tidyWakeUps })).toEqual({
    recurrence: 'made no occurrences',
    'refresh tokens': 'refreshed no logins',
    'collect figures': 'looked at no posts and no accounts',
    'thin figures': 'removed no snapshots',
    'media clean-up': 'removed no files, and 1 could not be deleted: the log says why',
    tidy: 'MongoDB does not answer',
  });
});

it('no two have one name, and none runs more often than once a minute', () => {
  expect(new Set(RECURRING_JOBS.map(({ name }) => name)).size).toBe(RECURRING_JOBS.length);
  for (const { everyMs } of RECURRING_JOBS) expect(everyMs).toBeGreaterThanOrEqual(60_000);
});
