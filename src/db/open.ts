// The one place that makes the ORM and, from it, the store.
import { Migrator } from '@mikro-orm/migrations';
import { type EntityManager, MikroORM } from '@mikro-orm/postgresql';
import type { PoolClient } from 'pg';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/ports.ts';
import type { Store } from '../core/store.ts';
import { openAccounts, openCredentials, resealCredentials } from './accounts.ts';
import { openDigests } from './digests.ts';
import { entities } from './entities/index.ts';
import { sayingFailures, startFailure } from './failures.ts';
import { openFigures } from './figures.ts';
import { openInstallations, resealInstallations } from './installations.ts';
import { openJobRuns } from './job-runs.ts';
import { openLinks, resealApps } from './links.ts';
import { openLogins } from './logins.ts';
import { openMediaLibrary } from './media.ts';
import { migrations } from './migrations/index.ts';
import { openNotices } from './notices.ts';
import { openPosts } from './posts.ts';
import { openProcesses } from './processes.ts';
import { openQueue } from './queue.ts';
import { openReports } from './reports.ts';
import { openSeenEvents } from './seen-events.ts';
import { openSeries } from './series.ts';
import { openSettings, type Settings } from './settings.ts';
import type { Vault } from './vault.ts';
import { openWorkspaces } from './workspaces.ts';

/** Any 64-bit number that is ours: of several processes that start at once, one migrates and the others wait. */
const MIGRATION_LOCK = 4_219_077;

const CONNECT_WITHIN_MS = 10_000;

export interface Database {
  orm: MikroORM;
  /** The connections below the ORM, for statements that are written by hand and for Agenda. */
  pool: Pool;
  settings: Settings;
  openStore: (options: { clock: Clock; vault: Vault; log: Log }) => Store;
  /** Seals anew what an older key sealed. Returns how many there were: logins of accounts, installations in teams, and apps at networks. */
  reseal: (vault: Vault) => Promise<number>;
  /** @throws where the server does not answer. */
  ping: () => Promise<void>;
  close: () => Promise<void>;
}

type Pool = Awaited<ReturnType<ReturnType<MikroORM['em']['getConnection']>['getNativeClient']>>;

export interface DatabaseOptions {
  poolSize?: number;
  /** For how long a statement waits for a connection, free or new. Milliseconds. */
  connectWithinMs?: number;
  log?: Log;
}

/**
 * Connects to PostgreSQL and brings its tables up to date.
 * @param url `postgres://user:password@host:port/database`
 * @throws CrierError that says what to check, where the server does not answer or does not let Crier in
 */
export async function openDatabase(url: string, options: DatabaseOptions = {}): Promise<Database> {
  const orm = await MikroORM.init({
    clientUrl: url,
    entities,
    extensions: [Migrator],
    migrations: { migrationsList: migrations, snapshot: false, snapshotOnMigrate: false },
    pool: { max: options.poolSize ?? 10 },
    driverOptions: {
      onPoolCreated: giveBackWhatIsLost,
      connectionTimeoutMillis: options.connectWithinMs ?? CONNECT_WITHIN_MS,
      keepAlive: true,
    },
    forceUtcTimezone: true,
    // a name that was mistyped must not become a new, empty database
    ensureDatabase: false,
    logger: (message) => options.log?.debug({ orm: true }, message),
    colors: false,
    debug: false,
  });
  const pool = await orm.em.getConnection().getNativeClient();
  await migrate(orm, pool).catch(async (error: unknown) => {
    await orm.close(true);
    throw startFailure(error, url) ?? error;
  });
  const em = (): EntityManager => orm.em.fork();
  return {
    orm,
    pool,
    settings: openSettings(em),
    openStore: ({ clock, vault, log }) =>
      sayingFailures({
        workspaces: openWorkspaces(em, pool, clock),
        installations: openInstallations(pool, clock, vault),
        ...openSeenEvents(pool, clock),
        accounts: openAccounts(em, pool, clock, vault),
        logins: openLogins(pool, clock, vault),
        notices: openNotices(pool),
        links: openLinks(pool, clock, vault),
        posts: openPosts(em, clock),
        series: openSeries(em, clock),
        queue: openQueue(pool, log),
        media: openMediaLibrary(em, pool, clock),
        figures: openFigures(pool),
        reports: openReports(pool),
        digests: openDigests(em, pool, clock),
        jobRuns: openJobRuns(pool),
        processes: openProcesses(pool),
        credentials: openCredentials(pool, vault),
      }),
    reseal: async (vault) =>
      (await resealCredentials(em(), vault)) + (await resealInstallations(pool, vault)) + (await resealApps(pool, vault)),
    ping: async () => {
      await pool.query('select 1');
    },
    close: () => orm.close(true),
  };
}

/** Milliseconds in which whoever holds a connection that has ended gives it back by itself. */
const GIVE_BACK_MS = 250;

/**
 * A connection that ends just when a transaction begins on it is never given back: kysely 0.29 acquires it and, where `begin` fails,
 * forgets it (`ControlledTransactionBuilder.execute`, seen 2026-11-22). Each would be one place less in the pool, for good.
 */
function giveBackWhatIsLost(pool: Pool): void {
  const held = new Set<PoolClient>();
  pool.on('acquire', (client) => held.add(client));
  pool.on('release', (_, client) => held.delete(client));
  pool.on('connect', (client) => {
    client.once('end', () => setTimeout(() => held.has(client) && client.release(true), GIVE_BACK_MS));
  });
}

async function migrate(orm: MikroORM, pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await orm.migrator.up();
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
  } finally {
    // ended, it gives the lock back too
    client.release(true);
  }
}
