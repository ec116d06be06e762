// Everything of a trial that outlives the workers: PostgreSQL and MongoDB, each behind a connection that can be cut, the emulated
// networks with their accounts, and Crier's use cases as a chat would call them.
import type { Account } from '../../src/core/account.ts';
import type { Clock } from '../../src/core/clock.ts';
import type { Deps } from '../../src/core/ports.ts';
import type { Actor } from '../../src/core/workspace.ts';
import { openCheckedVault } from '../../src/db/checked-vault.ts';
import { openDatabase } from '../../src/db/open.ts';
import { keyFrom, makeKeyHex } from '../../src/db/vault.ts';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { openWakeUps } from '../../src/jobs/wake-ups.ts';
import { openHttp } from '../../src/platforms/http.ts';
import { openPlatforms } from '../../src/platforms/index.ts';
import { openMediaFetcher } from '../../src/platforms/media-fetcher.ts';
import { type Cuttable, openCuttable } from '../../test/support/cuttable.ts';
import { type BenchServer, SILENT, startBenchServer } from '../databases.ts';
import { type BenchMongo, startBenchMongo } from '../mongo.ts';
import { NO_MEDIA } from '../no-media.ts';
import { openForgetful } from './forgetful.ts';

export const TEAMS = 4;
const ACCOUNTS_EACH = 5;
const CONNECT_MS = 10_000;

export const clock: Clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) };

/** What a chat hands to the use cases that a person's commands call. */
export type ChatDeps = Pick<Deps, 'clock' | 'store' | 'jobs' | 'platforms' | 'mediaFetcher' | 'mediaStore'>;

export interface Seat {
  actor: Actor;
  accounts: Account[];
}

export interface World {
  /** Straight to the database, for what looks at it from outside. */
  databaseUrl: string;
  mongo: BenchMongo;
  /** Straight to MongoDB. */
  mongoUrl: string;
  postgresLine: Cuttable;
  mongoLine: Cuttable;
  emulator: Emulator;
  deps: ChatDeps;
  /** A person of each team, with the accounts that are theirs. */
  seats: Seat[];
  /** Settings of a worker that works here, through the lines that can be cut. */
  workerEnv: Readonly<Record<string, string>>;
}

/**
 * @param isForgetful whether Mastodon does not know a repeat by its key
 * @throws Error where this machine can have no MongoDB server.
 */
export async function withWorld<T>(use: (world: World) => Promise<T>, { isForgetful = false } = {}): Promise<T> {
  await using opened = new AsyncDisposableStack();
  const server: BenchServer = await startBenchServer();
  opened.defer(server.stop);
  const mongo = await startBenchMongo();
  if (mongo === null) throw new Error('There is no MongoDB server here, and none can be had. Set MONGO_TEST_URL.');
  opened.defer(mongo.stop);
  const emulator = await startEmulator({ clock, log: SILENT });
  opened.defer(emulator.stop);
  const forgetful = isForgetful ? await openForgetful(emulator.networks.mastodon.url) : null;
  if (forgetful) opened.defer(forgetful.close);
  const mastodonUrl = forgetful?.url ?? emulator.networks.mastodon.url;
  const { url: mongoUrl, drop } = await mongo.makeDatabase();
  opened.defer(drop);
  return await server.withDatabase((databaseUrl) => inDatabase({ databaseUrl, mongo, mongoUrl, emulator, mastodonUrl }, use));
}

interface Ground extends Pick<World, 'databaseUrl' | 'mongo' | 'mongoUrl' | 'emulator'> {
  /** Where accounts there are connected. */
  mastodonUrl: string;
}

async function inDatabase<T>(
  { databaseUrl, mongo, mongoUrl, emulator, mastodonUrl }: Ground,
  use: (world: World) => Promise<T>,
): Promise<T> {
  await using opened = new AsyncDisposableStack();
  const postgresLine = await openCuttable(addressOf(databaseUrl));
  opened.defer(postgresLine.close);
  const mongoLine = await openCuttable(addressOf(mongoUrl));
  opened.defer(mongoLine.close);
  const key = makeKeyHex();
  const hosts = [emulator.networks.bluesky.url, emulator.networks.mastodon.url, mastodonUrl].map((url) => new URL(url).host);
  const workerEnv = {
    DATABASE_URL: through(databaseUrl, postgresLine),
    MONGO_URL: through(mongoUrl, mongoLine),
    ENCRYPTION_KEY: key,
    MOCK_SOCIAL: 'false',
    CRIER_ALLOW_PRIVATE_HOSTS: hosts.join(','),
  };
  const { deps, http } = await openChat(databaseUrl, workerEnv, hosts, opened);
  const seats: Seat[] = [];
  for (let team = 1; team <= TEAMS; team += 1) seats.push(await takeSeat(team, { deps, http, emulator, mastodonUrl }));
  return await use({ databaseUrl, mongo, mongoUrl, postgresLine, mongoLine, emulator, deps, seats, workerEnv });
}

const addressOf = (url: string): { host: string; port: number } => {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
};

/** The same server, by way of the line. A set of one MongoDB server would else be asked for its own name and gone to directly. */
function through(url: string, { port }: Cuttable): string {
  const changed = new URL(url);
  changed.hostname = '127.0.0.1';
  changed.port = String(port);
  if (changed.protocol === 'mongodb:') {
    changed.searchParams.delete('replicaSet');
    changed.searchParams.set('directConnection', 'true');
  }
  return changed.href;
}

/** As a process with the role `bot`: it only stores wake-ups. Its own database line is never cut, so that every command gets an answer. */
async function openChat(
  databaseUrl: string,
  workerEnv: { DATABASE_URL: string; MONGO_URL: string; ENCRYPTION_KEY: string },
  hosts: readonly string[],
  opened: AsyncDisposableStack,
): Promise<{ deps: ChatDeps; http: Deps['http'] }> {
  const database = await openDatabase(databaseUrl, { poolSize: 4 });
  opened.defer(database.close);
  const vault = await openCheckedVault({ current: keyFrom(workerEnv.ENCRYPTION_KEY), old: [] }, database, SILENT);
  const store = database.openStore({ clock, log: SILENT, vault });
  const http = openHttp({ allowPrivateHosts: hosts, timeoutMs: CONNECT_MS });
  opened.defer(http.close);
  const jobs = openWakeUps({
    databaseUrl: workerEnv.DATABASE_URL,
    mongoUrl: workerEnv.MONGO_URL,
    clock,
    log: SILENT,
    queue: store.queue,
    worker: null,
  });
  opened.defer(jobs.stop);
  await jobs.start();
  const mediaFetcher = openMediaFetcher({ http, maxBytes: 1_000_000, timeoutMs: CONNECT_MS });
  return { deps: { clock, store, jobs, platforms: openPlatforms(), mediaFetcher, mediaStore: NO_MEDIA }, http };
}

async function takeSeat(
  team: number,
  { deps, http, emulator, mastodonUrl }: Pick<Ground, 'emulator' | 'mastodonUrl'> & { deps: ChatDeps; http: Deps['http'] },
): Promise<Seat> {
  const { store, platforms } = deps;
  const actor = await store.workspaces.enter({
    chat: 'terminal',
    teamId: `team-${team}`,
    teamName: `Team ${team}`,
    userId: 'ann',
    userName: 'Ann',
    role: 'admin',
    timeZone: 'Europe/Berlin',
  });
  const accounts: Account[] = [];
  for (let n = 1; n <= ACCOUNTS_EACH; n += 1) {
    const name = `team${team}no${n}`;
    const { bluesky, mastodon } = emulator.networks;
    const logins = { bluesky: bluesky.addAccount(name), mastodon: { ...mastodon.addAccount(name), instance: mastodonUrl } };
    for (const [id, login] of Object.entries(logins)) {
      const { connect } = platforms.get(id);
      if (!connect) throw new Error(`${id} is connected by a link alone`);
      const remote = await connect(login, { http, clock, signal: AbortSignal.timeout(CONNECT_MS) });
      accounts.push((await store.accounts.connect(actor, { platform: id, ...remote })).account);
    }
  }
  return { actor, accounts };
}
