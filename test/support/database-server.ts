// vitest's globalSetup: one embedded PostgreSQL for the whole run, in a folder of its own. Its databases are test/support/database.ts'.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { Log } from '../../src/core/ports.ts';
import { findRunning } from '../../src/db/embedded-cluster.ts';
import { startEmbeddedServer } from '../../src/db/embedded-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of a database of the server, with the right to make others. */
    databaseServer: string;
  }
}

const FOLDER = /^crier-test-(\d+)-/;
const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export default async function startDatabaseServer(project: TestProject): Promise<() => Promise<void>> {
  await clearLeftovers();
  const folder = await mkdtemp(join(tmpdir(), `crier-test-${process.pid}-`));
  const server = await startEmbeddedServer({ folder, password: 'test', log: SILENT, durable: false });
  project.provide('databaseServer', server.url);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

/** A run that was killed could not stop its server; its number is in the folder's name. */
async function clearLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const runner = Number(FOLDER.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(runner) || isAlive(runner)) continue;
    const server = await findRunning(join(tmpdir(), name, 'postgres'));
    // SIGQUIT is PostgreSQL's immediate shutdown; there is nothing here to keep
    if (server !== null) process.kill(server, 'SIGQUIT');
    await rm(join(tmpdir(), name), { recursive: true, force: true, maxRetries: 5 });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
