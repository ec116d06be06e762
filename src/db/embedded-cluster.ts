// The files of the embedded database: where they lie, making them whole or not at all, and telling a damaged or a running one.
// It starts no server.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, readlink, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CrierError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import { makeSharedPlace, type Programs, SHARED_PLACE } from './embedded-programs.ts';

/** The one database and its owner. */
export const DATABASE = 'crier';
export const DATABASE_USER = 'crier';

const DATA = 'postgres';
/** Names the folder that holds the cluster, where it could not be put into Crier's own. */
const ELSEWHERE = 'postgres-is-elsewhere';

export interface ClusterRequest {
  /** Crier's data folder. */
  folder: string;
  password: string;
  durable: boolean;
  log: Log;
}

/**
 * The cluster's data directory, made where there is none yet.
 * @throws CrierError `invalid-input` where there is one that this PostgreSQL cannot run; nothing is touched then.
 */
export async function openCluster(request: ClusterRequest, programs: Programs): Promise<string> {
  const place = await findPlace(await realpath(request.folder), programs);
  const data = join(place, DATA);
  if (await entriesOf(data)) await checkVersion(data, programs);
  else await makeCluster(place, request, programs);
  return data;
}

/** Whether the folder holds a database already (so that its password must not be made anew). */
export async function hasCluster(folder: string): Promise<boolean> {
  return (await entriesOf(join(folder, DATA))) !== null || (await textOf(join(folder, ELSEWHERE))) !== null;
}

/** The data directory of the database that belongs to this folder; null where none was made yet. */
export async function findCluster(folder: string): Promise<string | null> {
  const elsewhere = (await textOf(join(folder, ELSEWHERE)))?.trim();
  const data = join(elsewhere || (await realpath(folder)), DATA);
  return (await entriesOf(data)) === null ? null : data;
}

/** Crier's folder, or where its user cannot enter that (root's home), one that it can, with a file in Crier's folder naming it. */
async function findPlace(folder: string, programs: Programs): Promise<string> {
  const elsewhere = (await textOf(join(folder, ELSEWHERE)))?.trim();
  if (elsewhere) {
    if (await entriesOf(join(elsewhere, DATA))) return elsewhere;
    throw damaged(elsewhere, `${join(folder, ELSEWHERE)} says that it lies there, and it does not`);
  }
  // others may pass through on their way to a file they own, and see nothing
  if (process.getuid?.() === 0) await chmod(folder, 0o711);
  if (await programs.canEnter(folder)) return folder;
  if (await entriesOf(join(folder, DATA))) {
    throw new CrierError(
      'invalid-input',
      `The database in ${folder} belongs to the user postgres, who may not enter a folder above it. ` +
        'Let others pass through (chmod o+x) every folder on that path, or move the data folder and set CRIER_DATA_DIR.',
    );
  }
  return join(SHARED_PLACE, randomBytes(6).toString('hex'));
}

/**
 * Made beside its place and then renamed, so that an interrupted one is never taken for a database. The database is created in
 * PostgreSQL's single-user mode before that, so a cluster that exists has it.
 */
async function makeCluster(place: string, request: ClusterRequest, programs: Programs): Promise<void> {
  const folder = await realpath(request.folder);
  if (place !== folder) {
    await makeSharedPlace();
    await mkdir(place);
    // not by mkdir's mode, from which the umask is taken off
    await chmod(place, 0o711);
  }
  const unfinished = join(place, `${DATA}.unfinished`);
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await programs.handOver(unfinished);
  await initialize(unfinished, request, programs);
  await rename(join(unfinished, DATA), join(place, DATA));
  await rm(unfinished, { recursive: true, force: true });
  if (place !== folder) {
    await writeFile(join(folder, ELSEWHERE), `${place}\n`, { mode: 0o600 });
    request.log.warn(
      { folder, place },
      'the database lies outside the data folder: PostgreSQL runs as the user postgres, who cannot enter it',
    );
  }
}

async function initialize(unfinished: string, request: ClusterRequest, programs: Programs): Promise<void> {
  const data = join(unfinished, DATA);
  const passwordFile = join(unfinished, 'password');
  await writeFile(passwordFile, `${request.password}\n`, { mode: 0o600 });
  await programs.handOver(passwordFile);
  const made = await programs.run('initdb', [
    `--pgdata=${data}`,
    `--username=${DATABASE_USER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    // the same order of texts on every machine, whatever locales it has
    ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    '--no-instructions',
    ...(request.durable ? [] : ['--no-sync']),
  ]);
  const created =
    made.code === 0
      ? await programs.run(
          'postgres',
          ['--single', '-D', data, '-c', 'exit_on_error=true', ...(request.durable ? [] : ['-F']), 'postgres'],
          `CREATE DATABASE ${DATABASE}\n`,
        )
      : made;
  if (created.code === 0) return;
  await rm(unfinished, { recursive: true, force: true });
  throw new CrierError('unavailable', `The database could not be made in ${unfinished}: ${lastLines(created.output, 8)}`);
}

async function checkVersion(data: string, programs: Programs): Promise<void> {
  const version = (await textOf(join(data, 'PG_VERSION')))?.trim();
  if (version === undefined) throw damaged(data, 'it has no PG_VERSION file');
  if (version !== String(programs.major)) {
    throw new CrierError(
      'invalid-input',
      `The database in ${data} is of PostgreSQL ${version}, and this Crier brings ${programs.major}. ` +
        'Start the Crier that made it, or move its data over with pg_dump. Nothing was changed.',
    );
  }
}

const damaged = (where: string, why: string): CrierError =>
  new CrierError(
    'invalid-input',
    `The database in ${where} is damaged or not one of Crier's: ${why}. Nothing was changed. ` +
      'Restore it from a backup, or set CRIER_DATA_DIR to a new folder to start empty.',
  );

/**
 * The pid of the server that runs on this cluster, left behind by a Crier that was killed; null where none does. A pid file
 * whose number has gone to another process (after a reboot, in a new container) is removed, since PostgreSQL would wait for it.
 */
export async function findRunning(data: string): Promise<number | null> {
  const pidFile = join(data, 'postmaster.pid');
  const pid = Number((await textOf(pidFile))?.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  const whose = process.platform === 'linux' ? await whoseByFolder(pid, data) : await whoseByCommand(pid, data);
  if (whose === 'ours') return pid;
  if (whose === 'foreign') await rm(pidFile, { force: true });
  return null;
}

/** `unknown`: gone, or not to be known here; PostgreSQL then judges its pid file by itself. */
type Whose = 'ours' | 'foreign' | 'unknown';

/** A PostgreSQL server works in its data directory, wherever that was moved to. */
async function whoseByFolder(pid: number, data: string): Promise<Whose> {
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === data ? 'ours' : 'foreign';
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    // a dead process that nobody has waited for has no folder any more, yet still has its number
    return error.code === 'ENOENT' && (await textOf(`/proc/${pid}/stat`)) !== null ? 'foreign' : 'unknown';
  }
}

async function whoseByCommand(pid: number, data: string): Promise<Whose> {
  return new Promise((resolve) => {
    const child = spawn('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { stdio: ['ignore', 'pipe', 'ignore'] });
    let command = '';
    child.stdout.on('data', (chunk: Buffer) => {
      command += chunk.toString('utf8');
    });
    child.on('error', () => resolve('unknown'));
    child.on('close', (code) => {
      if (code !== 0) resolve('unknown');
      else if (command.includes('postgres')) resolve(command.includes(data) ? 'ours' : 'unknown');
      else resolve('foreign');
    });
  });
}

export const lastLines = (text: string, count: number): string => text.trim().split('\n').slice(-count).join('\n');

/** Null where there is no such folder. */
const entriesOf = (folder: string): Promise<string[] | null> => nullIfMissing(readdir(folder));

/** Null where there is no such file. */
const textOf = (file: string): Promise<string | null> => nullIfMissing(readFile(file, 'utf8'));

/** ESRCH: a process that ended while /proc was read. */
async function nullIfMissing<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return null;
    throw error;
  }
}
