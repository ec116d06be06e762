// Whether PostgreSQL answers, what it is, how its tables stand, and whether its clock agrees with this machine's. Changes nothing.
import pg from 'pg';
import { z } from 'zod';
import type { Config } from '../../src/config.ts';
import type { Clock } from '../../src/core/clock.ts';
import { CrierError } from '../../src/core/errors.ts';
import type { SeenProcess } from '../../src/core/operations.ts';
import { GONE_AFTER } from '../../src/core/usecases/read-status.ts';
import { startFailure } from '../../src/db/failures.ts';
import { migrations } from '../../src/db/migrations/index.ts';
import { openProcesses } from '../../src/db/processes.ts';
import { openOwn } from '../jobs.ts';
import { driftOf } from './clock.ts';
import { type Finding, note, ok, warning, wordsOf, wrong } from './finding.ts';
import { PATIENCE_MS } from './ways.ts';

export interface SeenDatabase {
  findings: readonly Finding[];
  /** Null where it does not answer, and where there is none yet. */
  pool: pg.Pool | null;
  /** Whether Crier's tables are there. */
  hasTables: boolean;
  /** Processes of Crier that told within the last minutes that they are there. */
  processes: readonly SeenProcess[];
}

type DatabaseConfig = Pick<Config, 'dataDir' | 'databaseUrl' | 'mongoUrl' | 'timeZone'>;

const NONE = { pool: null, hasTables: false, processes: [] } satisfies Omit<SeenDatabase, 'findings'>;

export async function lookAtDatabase(config: DatabaseConfig, clock: Clock, opened: AsyncDisposableStack): Promise<SeenDatabase> {
  const about = config.databaseUrl === null ? 'CRIER_DATA_DIR' : 'DATABASE_URL';
  try {
    const connectionString = config.databaseUrl ?? (await openOwn(config, opened));
    const pool = new pg.Pool({ connectionString, max: 4, connectionTimeoutMillis: PATIENCE_MS, query_timeout: PATIENCE_MS });
    // a connection that ends while it idles is no news: whatever is asked next says so itself
    pool.on('error', () => undefined);
    opened.defer(() => pool.end());
    return await look(pool, about, clock);
  } catch (error) {
    return { ...NONE, findings: [whyNot(error, about, config.databaseUrl)] };
  }
}

function whyNot(error: unknown, about: string, url: string | null): Finding {
  const known = error instanceof CrierError ? error : url === null ? null : startFailure(error, url);
  if (known?.kind === 'not-found')
    return note(about, 'No Crier was started here yet. PostgreSQL is brought along, and made at the first start.');
  if (known) return wrong(about, known.userMessage);
  return wrong(about, `PostgreSQL does not answer: ${wordsOf(error)}.`, 'Check that it runs, and that DATABASE_URL names it.');
}

const State = z.object({
  version: z.string(),
  is_copy: z.boolean(),
  has_migrations: z.boolean(),
  may_make: z.boolean().nullable(),
  ms: z.number(),
});

const STATE = `
select current_setting('server_version') as version, pg_is_in_recovery() as is_copy,
  to_regclass('mikro_orm_migrations') is not null as has_migrations,
  has_schema_privilege(current_schema(), 'create') as may_make,
  (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`;

async function look(pool: pg.Pool, about: string, clock: Clock): Promise<SeenDatabase> {
  await pool.query('select 1');
  const asked = clock.now().epochMilliseconds;
  const state = State.parse((await pool.query(STATE)).rows[0]);
  const answered = clock.now().epochMilliseconds;
  const done = state.has_migrations ? await namesOf(pool) : [];
  const hasTables = migrations.every(({ name }) => done.includes(name));
  const findings = [tablesOf(about, state, done), driftOf('the clock of the database', state.ms - (asked + answered) / 2)];
  if (!hasTables) return { ...NONE, pool, findings };
  const processes = await openProcesses(pool).list(clock.now().subtract(GONE_AFTER));
  return { findings, pool, hasTables, processes };
}

async function namesOf(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>('select name from mikro_orm_migrations');
  return rows.map(({ name }) => name);
}

function tablesOf(about: string, { version, is_copy, may_make }: z.infer<typeof State>, done: readonly string[]): Finding {
  const answers = `PostgreSQL ${version.split(' ')[0]} answers`;
  if (is_copy) return wrong(about, `${answers}, and is a read-only copy.`, 'Let DATABASE_URL name the primary server.');
  const known = migrations.map(({ name }) => name);
  const newer = done.filter((name) => !known.includes(name));
  if (newer.length > 0)
    return wrong(about, `${answers}, and a newer Crier has changed its tables (${newer.join(', ')}).`, 'Update this Crier.');
  const missing = known.filter((name) => !done.includes(name));
  if (missing.length === 0) return ok(about, `${answers}, and its tables are up to date.`);
  if (may_make !== true)
    return wrong(
      about,
      `${answers}, and this user may not make tables there.`,
      'Make the user in DATABASE_URL the owner of the database (alter database ... owner to ...).',
    );
  if (done.length === 0)
    return note(about, `${answers}, and no Crier was started on it yet: its tables are made at the first start.`);
  const many = missing.length === 1 ? 'one change of its tables is' : `${missing.length} changes of its tables are`;
  return warning(about, `${answers}, and ${many} to come.`, 'Start this version of Crier: it makes them.');
}
