// Crier with its jobs on MongoDB and several workers, each in a process of its own.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openDatabase } from '../../src/db/open.ts';
import { keyFrom, makeKeyHex, openVault } from '../../src/db/vault.ts';
import { SILENT } from '../databases.ts';
import type { Contender, Load, Ready } from '../measure.ts';
import type { BenchMongo } from '../mongo.ts';
import { seedAccounts, seedDeliveries } from './crier-seed.ts';
import type { FromWorker } from './crier-worker.ts';

const PROCESS = join(import.meta.dirname, 'crier-worker.ts');
const COUNTS = [1, 2, 4] as const;

export const nameOfWorkers = (workers: number): string => `crier-mongo-workers-${workers}`;

export const crierWorkers = (mongo: BenchMongo): Contender[] =>
  COUNTS.map((workers) => ({
    name: nameOfWorkers(workers),
    settings: `${workers} worker ${workers === 1 ? 'process' : 'processes'}, Agenda on ${mongo.name}; else as crier`,
    prepare: (load) => prepare(load, mongo, workers),
  }));

async function prepare({ url, deliveries, dueAt, publish }: Load, mongo: BenchMongo, workers: number): Promise<Ready> {
  const database = await openDatabase(url);
  const clock = { now: () => Temporal.Now.instant() };
  const key = makeKeyHex();
  await seedAccounts(database.openStore({ clock, log: SILENT, vault: openVault({ current: keyFrom(key), old: [] }) }));
  await seedDeliveries(database, Temporal.Instant.fromEpochMilliseconds(dueAt), deliveries);
  const jobs = await mongo.makeDatabase();
  const settings = JSON.stringify({ url, key, mongoUrl: jobs.url, dueAt });
  const running = await Promise.all(Array.from({ length: workers }, () => startWorker(settings, publish)));
  const left = "select 1 from delivery where state <> 'published' limit 1";
  return {
    isWorkLeft: async () => (await database.pool.query(left)).rows.length > 0,
    close: async () => {
      const ended = running.map((child) => once(child, 'exit'));
      for (const child of running) child.disconnect();
      await Promise.all(ended);
      await jobs.drop();
      await database.close();
    },
  };
}

/** Resolves once it waits for the instant. @throws Error where it ends before that. */
async function startWorker(settings: string, publish: Load['publish']): Promise<ChildProcess> {
  const child = fork(PROCESS, [settings], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ready = Promise.withResolvers<void>();
  child.on('message', (message: FromWorker) => {
    if (message.kind === 'ready') ready.resolve();
    else for (const moment of message.moments) publish(moment);
  });
  child.once('exit', (code) => ready.reject(new Error(`a worker of the bench ended with ${code}`)));
  await ready.promise;
  return child;
}
