// The way to an embedded PostgreSQL that another process has started on a data folder: for tools beside a Crier that is running.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DATABASE, DATABASE_USER, findCluster, findRunning } from './embedded-cluster.ts';

/** Lines of `postmaster.pid`, from 0. https://github.com/postgres/postgres/blob/master/src/include/utils/pidfile.h (checked 2026-11-22) */
const PORT_LINE = 3;
const STATUS_LINE = 7;

/**
 * The URL of the server that runs on this data folder, with the password in it; null where none does, or where it only just starts.
 * @param folder Crier's data folder; it must exist
 */
export async function findRunningServer(folder: string, password: string): Promise<string | null> {
  const data = await findCluster(folder);
  if (data === null || (await findRunning(data)) === null) return null;
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n').map((line) => line.trim());
  const port = Number(lines[PORT_LINE]);
  if (lines[STATUS_LINE] !== 'ready' || !Number.isInteger(port) || port <= 0) return null;
  return `postgresql://${DATABASE_USER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${DATABASE}`;
}
