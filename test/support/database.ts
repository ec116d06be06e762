// Databases for tests, on the server that test/support/database-server.ts started: each test file gets its own, copied from a
// template that was migrated once.
import { randomBytes } from 'node:crypto';
import { MikroORM } from '@mikro-orm/postgresql';
import { inject } from 'vitest';

const TEMPLATE = 'crier_template';

export interface TestDatabase {
  url: string;
  /** Ends whatever is connected to it. */
  drop: () => Promise<void>;
}

/** Runs one statement on a connection of its own and gives its rows. */
export async function runSql(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const orm = await MikroORM.init({ clientUrl: url, entities: [], discovery: { warnWhenNoEntities: false }, debug: false });
  try {
    return await orm.em.getConnection().execute<Record<string, unknown>[]>(sql);
  } finally {
    await orm.close(true);
  }
}

/** A database with Crier's tables and no rows. */
export async function freshDatabase(): Promise<TestDatabase> {
  await ensureTemplate();
  return makeDatabase(` template ${TEMPLATE}`);
}

/** A database without any table: for tests of the migrations themselves. */
export const emptyDatabase = (): Promise<TestDatabase> => makeDatabase('');

/** Stops the sessions of a database for a test of an outage, and keeps new ones out until `reopen`. */
export async function closeDatabase(url: string): Promise<{ reopen: () => Promise<void> }> {
  const name = new URL(url).pathname.slice(1);
  await runSql(inject('databaseServer'), `alter database ${name} allow_connections false`);
  await runSql(inject('databaseServer'), `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
  return {
    reopen: async () => {
      await runSql(inject('databaseServer'), `alter database ${name} allow_connections true`);
    },
  };
}

async function makeDatabase(options: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await runSql(inject('databaseServer'), `create database ${name}${options}`);
  return {
    url: urlOf(name),
    drop: async () => {
      await runSql(inject('databaseServer'), `drop database ${name} with (force)`);
    },
  };
}

/** Test files in several processes may get here at once: each makes one, the first to finish gives it the template's name. */
async function ensureTemplate(): Promise<void> {
  if (await hasTemplate()) return;
  const made = await emptyDatabase();
  const { openDatabase } = await import('../../src/db/open.ts');
  await (await openDatabase(made.url)).close();
  try {
    await runSql(inject('databaseServer'), `alter database ${new URL(made.url).pathname.slice(1)} rename to ${TEMPLATE}`);
  } catch (error) {
    await made.drop();
    if (!(await hasTemplate())) throw error;
  }
}

const hasTemplate = async (): Promise<boolean> =>
  (await runSql(inject('databaseServer'), `select 1 from pg_database where datname = '${TEMPLATE}'`)).length > 0;

function urlOf(name: string): string {
  const url = new URL(inject('databaseServer'));
  url.pathname = `/${name}`;
  return url.href;
}
