// graphile-worker with one job per post: as it comes, and with the settings its documentation gives for speed.
import { Logger, makeWorkerUtils, run, type Task } from 'graphile-worker';
import { Pool } from 'pg';
import { runSql } from '../databases.ts';
import type { Contender, Load, Ready } from '../measure.ts';

const logger = new Logger(() => () => {});
const TASK = 'publish';
/** Jobs per call of `addJobs`. */
const CHUNK = 5_000;

type Settings = NonNullable<GraphileConfig.Preset['worker']>;

// the configuration behind the figures at https://worker.graphile.org/docs/performance (checked 2026-11-22); it says nothing of
// the poll interval, whose default would only make it late
const BATCHED: Settings = {
  concurrentJobs: 24,
  maxPoolSize: 25,
  pollInterval: 100,
  localQueue: { size: 500 },
  completeJobBatchDelay: 0,
  failJobBatchDelay: 0,
};
const BATCHED_IN_WORDS =
  'concurrentJobs 24, maxPoolSize 25, localQueue 500, completeJobBatchDelay 0, failJobBatchDelay 0, pollInterval 100';

export const graphileDefault: Contender = {
  name: 'graphile-default',
  settings: 'defaults: concurrentJobs 1, pollInterval 2000',
  prepare: (load) => prepare(load, {}, justPublish(load)),
};

export const graphileConcurrent: Contender = {
  name: 'graphile-concurrent',
  settings: 'concurrentJobs 24, maxPoolSize 25, pollInterval 100',
  prepare: (load) => prepare(load, { concurrentJobs: 24, maxPoolSize: 25, pollInterval: 100 }, justPublish(load)),
};

export const graphileBatched: Contender = {
  name: 'graphile-batched',
  settings: BATCHED_IN_WORDS,
  prepare: (load) => prepare(load, BATCHED, justPublish(load)),
};

/** What a job would have to do for a crash not to repeat or lose a post: say that it is sending, and say how it ended. */
export const graphileRecorded: Contender = {
  name: 'graphile-recorded',
  settings: `${BATCHED_IN_WORDS}; each job writes a row before it publishes and its outcome after, as Crier does`,
  prepare: async (load) => {
    await runSql(load.url, 'create table record (number int primary key, sending_at timestamptz, url text, done_at timestamptz)');
    return prepare(load, BATCHED, publishWithRecord(load));
  },
};

const justPublish =
  ({ publish }: Load): Task =>
  () =>
    publish();

const publishWithRecord =
  ({ publish }: Load): Task =>
  async (payload, { query }) => {
    await query('insert into record (number, sending_at) select number, now() from json_to_record($1) as p(number int)', [
      payload,
    ]);
    publish();
    await query("update record set url = 'https://benchnet.example', done_at = now() where number = ($1::json->>'number')::int", [
      payload,
    ]);
  };

async function prepare({ url, deliveries, dueAt }: Load, worker: Settings, task: Task): Promise<Ready> {
  await addJobs(url, deliveries, new Date(dueAt));
  // a pool of ours, because its own may still have connections when it says that it has stopped
  const pgPool = new Pool({ connectionString: url, max: worker.maxPoolSize ?? 10 });
  pgPool.on('error', complain).on('connect', (client) => void client.on('error', complain));
  const runner = await run({
    pgPool,
    preset: { worker: { ...worker, logger } },
    noHandleSignals: true,
    taskList: { [TASK]: task },
    parsedCronItems: [],
  });
  return {
    isWorkLeft: async () => (await runSql(url, 'select 1 from graphile_worker._private_jobs limit 1')).length > 0,
    close: async () => {
      await runner.stop();
      await pgPool.end();
    },
  };
}

const complain = (error: Error): void => void process.stderr.write(`graphile-worker lost a connection: ${error.message}\n`);

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
