// Prints how Crier is, for whoever sits at the machine: recurring jobs, processes and queue, as /status shows them to admins in a chat.
// `npm run jobs` looks into the database of the settings, whether a Crier is running on it or not, and changes nothing there.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import packageJson from '../package.json' with { type: 'json' };
import { type Config, loadEnvFile, readConfig } from '../src/config.ts';
import { CrierError } from '../src/core/errors.ts';
import type { Log } from '../src/core/ports.ts';
import { readAll } from '../src/core/usecases/read-status.ts';
import { hasDataFolder, openDataFolder } from '../src/data-folder.ts';
import { startEmbeddedServer } from '../src/db/embedded-server.ts';
import { openJobRuns } from '../src/db/job-runs.ts';
import { openProcesses } from '../src/db/processes.ts';
import { openQueue } from '../src/db/queue.ts';
import { findRunningServer } from '../src/db/running-server.ts';
import { openSecrets } from '../src/folder-secrets.ts';
import { sayStatus } from './jobs-words.ts';

const quiet: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const CONNECT_WITHIN_MS = 10_000;

type JobsConfig = Pick<Config, 'dataDir' | 'databaseUrl' | 'mongoUrl' | 'timeZone'>;

/** @throws CrierError where no Crier was ever started, or the database does not answer. */
export async function describeJobs(config: JobsConfig): Promise<string> {
  await using opened = new AsyncDisposableStack();
  const connectionString = config.databaseUrl ?? (await openOwn(config, opened));
  const pool = new pg.Pool({ connectionString, max: 3, connectionTimeoutMillis: CONNECT_WITHIN_MS });
  // a server that is stopped right after its last query ends idle connections; a query that fails says so itself
  pool.on('error', () => undefined);
  opened.defer(() => pool.end());
  await checkTables(pool);
  const store = { jobRuns: openJobRuns(pool), processes: openProcesses(pool), queue: openQueue(pool, quiet) };
  const status = await readAll({ store, clock: { now: () => Temporal.Now.instant() } });
  return sayStatus(status, { backend: config.mongoUrl === null ? 'PostgreSQL' : 'MongoDB', timeZone: config.timeZone });
}

/** The server of a Crier that is running on the data folder; without one it is started for this look. */
export async function openOwn({ dataDir }: JobsConfig, opened: AsyncDisposableStack): Promise<string> {
  if (!(await hasDataFolder(dataDir))) {
    throw new CrierError(
      'not-found',
      `No Crier has been started here yet: there is no data folder at ${dataDir}. Start one with npm start, or set CRIER_DATA_DIR or ` +
        'DATABASE_URL where it is elsewhere.',
    );
  }
  const path = resolve(dataDir);
  const { databasePassword } = await openSecrets(path);
  const running = await findRunningServer(path, databasePassword);
  if (running !== null) return running;
  const folder = await openDataFolder(dataDir, packageJson.version);
  opened.defer(folder.close);
  const server = await startEmbeddedServer({ folder: folder.path, password: databasePassword, log: quiet });
  opened.defer(server.stop);
  return server.url;
}

/** They are made by a Crier that starts, and by nothing else. */
async function checkTables(pool: pg.Pool): Promise<void> {
  try {
    const { rows } = await pool.query<{ there: boolean }>(`select to_regclass('job_run') is not null as there`);
    if (rows[0]?.there) return;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CrierError('unavailable', `The database does not answer: ${why}`, { cause: error });
  }
  throw new CrierError('not-found', 'No Crier of this version has been started on this database yet. Start one with npm start.');
}

async function main(): Promise<void> {
  try {
    loadEnvFile();
    process.stdout.write(`${await describeJobs(readConfig())}\n`);
  } catch (error) {
    if (!(error instanceof CrierError)) throw error;
    process.stderr.write(`${error.userMessage}\n`);
    process.exitCode = 1;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
