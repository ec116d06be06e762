// graphile-worker with one job per post: as it comes, and with the settings its documentation gives for speed.
import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import { runSql } from '../databases.ts';
import type { Contender, Load, Ready } from '../measure.ts';

const logger = new Logger(() => () => {});
const TASK = 'publish';
/** Jobs per call of `addJobs`. */
const CHUNK = 5_000;

type Settings = NonNullable<GraphileConfig.Preset['worker']>;

export const graphileDefault: Contender = contender('graphile-default', 'defaults: concurrentJobs 1, pollInterval 2000', {});

export const graphileConcurrent: Contender = contender(
  'graphile-concurrent',
  'concurrentJobs 24, maxPoolSize 25, pollInterval 100',
  { concurrentJobs: 24, maxPoolSize: 25, pollInterval: 100 },
);

// the configuration behind the figures at https://worker.graphile.org/docs/performance (checked 2026-11-22); it says nothing of
// the poll interval, whose default would only make it late
export const graphileBatched: Contender = contender(
  'graphile-batched',
  'concurrentJobs 24, maxPoolSize 25, localQueue 500, completeJobBatchDelay 0, failJobBatchDelay 0, pollInterval 100',
  {
    concurrentJobs: 24,
    maxPoolSize: 25,
    pollInterval: 100,
    localQueue: { size: 500 },
    completeJobBatchDelay: 0,
    failJobBatchDelay: 0,
  },
);

function contender(name: string, settings: string, worker: Settings): Contender {
  return { name, settings, prepare: (load) => prepare(load, worker) };
}

async function prepare({ url, deliveries, dueAt, publish }: Load, worker: Settings): Promise<Ready> {
  await addJobs(url, deliveries, new Date(dueAt));
  const runner = await run({
    preset: { worker: { ...worker, connectionString: url, logger } },
    noHandleSignals: true,
    taskList: { [TASK]: () => publish() },
    parsedCronItems: [],
  });
  return {
    isWorkLeft: async () => (await runSql(url, 'select 1 from graphile_worker._private_jobs limit 1')).length > 0,
    close: async () => {
      await runner.stop();
      // its connections go last
      await runner.promise;
    },
  };
}

async function addJobs(connectionString: string, count: number, runAt: Date): Promise<void> {
  const utils = await makeWorkerUtils({ connectionString, logger });
  try {
    await utils.migrate();
    for (let from = 0; from < count; from += CHUNK) {
      const size = Math.min(CHUNK, count - from);
      await utils.addJobs(Array.from({ length: size }, (_, n) => ({ identifier: TASK, payload: { number: from + n }, runAt })));
    }
    await runSql(connectionString, 'vacuum analyze');
  } finally {
    await utils.release();
  }
}
