// The server everybody is measured on: the embedded PostgreSQL with the settings Crier ships it with, every commit on disk.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Log } from '../src/core/ports.ts';
import { startEmbeddedServer } from '../src/db/embedded-server.ts';

/** Nobody writes a log in the bench: it would be measured too. */
export const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export interface BenchServer {
  /** A new, empty database, dropped after `use`. */
  withDatabase: <T>(use: (url: string) => Promise<T>) => Promise<T>;
  stop: () => Promise<void>;
}

export async function startBenchServer(): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), 'crier-bench-'));
  const server = await startEmbeddedServer({ folder, password: 'bench', log: SILENT, durable: true });
  const stop = async (): Promise<void> => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  // the server is no child that would end with this process
  const abandon = (reason: unknown): void => {
    process.stderr.write(`${reason instanceof Error ? reason.stack : reason}\n`);
    void stop().finally(() => process.exit(1));
  };
  for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP', 'uncaughtException'] as const) process.once(event, abandon);
  return {
    withDatabase: async (use) => {
      const name = `bench_${randomBytes(4).toString('hex')}`;
      await runSql(server.url, `create database ${name}`);
      try {
        const url = new URL(server.url);
        url.pathname = `/${name}`;
        return await use(url.href);
      } finally {
        await runSql(server.url, `drop database ${name} with (force)`);
        // so that nobody pays for the pages of the one before
        await runSql(server.url, 'checkpoint');
      }
    },
    stop,
  };
}

/** One statement on a connection of its own. */
export async function runSql(url: string, sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
