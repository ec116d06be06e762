// The PostgreSQL that Crier brings along: started for a data folder, stopped by Crier and by nothing else. It listens on
// loopback only, in a session of its own, so neither Ctrl-C nor a killed Crier takes it down in the middle of a write.
import { chmod, open, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { CrierError, invalidInput } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import { DATABASE, DATABASE_USER, findRunning, lastLines, openCluster } from './embedded-cluster.ts';
import { findPrograms, type Outcome, type Programs } from './embedded-programs.ts';

export interface EmbeddedServerOptions {
  /** Crier's data folder; it must exist. The cluster lies in `postgres/`, the server's log in `postgres.log`, or both in a place that is logged. */
  folder: string;
  password: string;
  log: Log;
  /** TCP port; without one a free one is taken. */
  port?: number;
  /** False only in tests: a crash of the machine may then lose data, and everything is faster. */
  durable?: boolean;
}

export interface EmbeddedServer {
  /** With the password in it: never to be logged. */
  url: string;
  /** Ends sessions, writes everything and stops. Waits until it is down. May be called twice. */
  stop: () => Promise<void>;
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  // off: its path may be too long, and TCP serves all
  unix_socket_directories: '',
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
};
const HASTY_SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** Seconds. Recovery after a crash of the machine may take its time. */
const START_TIMEOUT = 300;
const STOP_TIMEOUT = 60;
/** Bytes of server log after which a start begins a new one. */
const LOG_MAX_BYTES = 5_000_000;

interface Cluster {
  data: string;
  logFile: string;
  programs: Programs;
  log: Log;
}

/**
 * Makes the cluster at the first start; stops a server that a killed Crier left behind on it.
 * @throws CrierError `invalid-input` for a damaged or foreign cluster or a taken `port`, `unavailable` where this machine cannot
 * run PostgreSQL. Each says what to do.
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const { log, password, durable = true } = options;
  const folder = await realpath(options.folder);
  const programs = await findPrograms(log);
  const data = await openCluster({ folder, password, durable, log }, programs);
  const cluster: Cluster = { data, logFile: join(dirname(data), 'postgres.log'), programs, log };
  await prepareLogFile(cluster);
  await stopLeftBehind(cluster);
  const port = await startOnPort(cluster, options.port, durable);
  log.info({ port, data }, 'embedded PostgreSQL is up');

  let stopping: Promise<void> | undefined;
  return {
    url: `postgresql://${DATABASE_USER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${DATABASE}`,
    stop: () => {
      stopping ??= stopServer(cluster);
      return stopping;
    },
  };
}

async function startOnPort(cluster: Cluster, wanted: number | undefined, durable: boolean): Promise<number> {
  if (wanted !== undefined && !(await isFree(wanted))) {
    throw invalidInput(
      `The embedded PostgreSQL cannot listen on port ${wanted}: something else does. Leave the port out to take a free one.`,
    );
  }
  for (let tries = 1; ; tries += 1) {
    const port = wanted ?? (await freePort());
    const logFrom = (await stat(cluster.logFile)).size;
    const started = await pgCtl(cluster, 'start', START_TIMEOUT, [
      ...['-l', cluster.logFile],
      ...['-o', serverOptions({ ...SETTINGS, ...(durable ? {} : HASTY_SETTINGS), port: String(port) })],
    ]);
    if (started.code === 0) return port;
    // between finding the port and starting, another program may have taken it
    if (wanted === undefined && tries < 3 && !(await isFree(port))) continue;
    const said = lastLines((await readFile(cluster.logFile)).subarray(logFrom).toString('utf8') || started.output, 8);
    throw new CrierError(
      'invalid-input',
      `PostgreSQL does not start on ${cluster.data}; nothing was changed there. The end of its log, ${cluster.logFile}:\n${said}\n` +
        'If its files are damaged, restore them from a backup, or set CRIER_DATA_DIR to a new folder to start empty.',
    );
  }
}

/** For pg_ctl's `-o`, which goes through a shell: names and values here are plain words and numbers. */
const serverOptions = (settings: Record<string, string>): string =>
  Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');

const pgCtl = (
  { programs, data }: Cluster,
  verb: 'start' | 'stop',
  timeoutSeconds: number,
  more: readonly string[],
): Promise<Outcome> => programs.run('pg_ctl', [verb, '--silent', '-D', data, '-w', '-t', String(timeoutSeconds), ...more]);

async function stopLeftBehind(cluster: Cluster): Promise<void> {
  const pid = await findRunning(cluster.data);
  if (pid === null) return;
  cluster.log.warn({ pid }, 'a PostgreSQL from an earlier start still runs on this data folder; stopping it first');
  await stopServer(cluster);
}

async function stopServer(cluster: Cluster): Promise<void> {
  const fast = await pgCtl(cluster, 'stop', STOP_TIMEOUT, ['-m', 'fast']);
  if (fast.code === 0) return;
  if ((await findRunning(cluster.data)) === null) {
    cluster.log.warn({ output: fast.output }, 'embedded PostgreSQL had stopped by itself');
    return;
  }
  cluster.log.warn({ output: fast.output }, 'embedded PostgreSQL did not stop in time; ending it, it recovers at the next start');
  const immediate = await pgCtl(cluster, 'stop', STOP_TIMEOUT, ['-m', 'immediate']);
  if (immediate.code !== 0) throw new CrierError('unavailable', `The embedded PostgreSQL cannot be stopped: ${immediate.output}`);
}

async function prepareLogFile({ logFile, programs }: Cluster): Promise<void> {
  await (await open(logFile, 'a', 0o600)).close();
  if ((await stat(logFile)).size > LOG_MAX_BYTES) await writeFile(logFile, '');
  await chmod(logFile, 0o600);
  await programs.handOver(logFile);
}

/** Tries to listen; the port it got (the wanted one, or for 0 a free one), or null where it is taken. */
function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', (error) => {
      if ('code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')) resolve(null);
      else reject(error);
    });
    server.listen({ port, host: '127.0.0.1' }, () => {
      const address = server.address() as AddressInfo;
      server.close(() => resolve(address.port));
    });
  });
}

const isFree = async (port: number): Promise<boolean> => (await tryPort(port)) !== null;

async function freePort(): Promise<number> {
  const port = await tryPort(0);
  if (port === null) throw new CrierError('unavailable', 'This machine has no free TCP port on 127.0.0.1.');
  return port;
}
