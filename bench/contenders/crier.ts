// Crier as it runs in production: woken at the instant, the dispatcher claims and publishes, Postgres keeps every step.
import type { Deps } from '../../src/core/ports.ts';
import { type Database, openDatabase } from '../../src/db/open.ts';
import { keyFrom, makeKeyHex, openVault } from '../../src/db/vault.ts';
import { DISPATCH_DEFAULTS, type DispatchOptions, openDispatcher } from '../../src/jobs/dispatch.ts';
import { openWakeUps, type WakeUps } from '../../src/jobs/wake-ups.ts';
import { NO_METER } from '../../test/support/meter.ts';
import { SILENT } from '../databases.ts';
import { inProcessNetwork } from '../in-process-network.ts';
import type { Contender, Load, Ready } from '../measure.ts';
import { NO_MEDIA } from '../no-media.ts';
import { ACCOUNTS, seedAccounts, seedDeliveries, WORKSPACES } from './crier-seed.ts';

export interface CrierWorker extends Pick<Deps, 'store'> {
  database: Database;
  jobs: WakeUps;
  close: () => Promise<void>;
}

export interface CrierOptions {
  url: string;
  /** 64 hex digits that seal the logins; the same for all on one database. */
  key?: string;
  /** Null: Agenda keeps its jobs in PostgreSQL. */
  mongoUrl?: string | null;
  /** Called with a post's text when its request would leave. */
  onRequest: (text: string) => void;
  dispatch?: DispatchOptions;
}

/** A worker process without its web server, its recurring jobs and its sweep. */
export async function openCrier(options: CrierOptions): Promise<CrierWorker> {
  const { url, key = makeKeyHex(), mongoUrl = null, onRequest, dispatch = DISPATCH_DEFAULTS } = options;
  const database = await openDatabase(url);
  const clock = { now: () => Temporal.Now.instant() };
  const store = database.openStore({ clock, log: SILENT, vault: openVault({ current: keyFrom(key), old: [] }) });
  const platform = inProcessNetwork(onRequest);
  const jobs = openWakeUps({
    databaseUrl: url,
    mongoUrl,
    clock,
    log: SILENT,
    queue: store.queue,
    worker: { wake: () => dispatcher.wake(), jobs: [], runJob: async () => {} },
  });
  const dispatcher = openDispatcher(
    {
      clock,
      store,
      log: SILENT,
      platforms: { all: () => [platform], get: () => platform, find: () => platform },
      http: { fetch, dispatcher: undefined },
      mediaStore: NO_MEDIA,
      meter: NO_METER,
      wakeAt: jobs.wakeAt,
      onNews: () => {},
      onRecurring: () => {},
    },
    dispatch,
  );
  return {
    store,
    database,
    jobs,
    close: async () => {
      await dispatcher.drain(0);
      await jobs.stop();
      await database.close();
    },
  };
}

export const crier: Contender = contender('crier', DISPATCH_DEFAULTS);

/** As wide as a network would hardly allow: what the engine itself can do. */
export const crierWide: Contender = contender('crier-wide', { ...DISPATCH_DEFAULTS, perNetwork: 512, mostClaims: 2_048 });

function contender(name: string, options: DispatchOptions): Contender {
  const { perNetwork, perAccount, mostClaims } = options;
  return {
    name,
    settings: `${perNetwork} publishes at once, ${perAccount} per account, ${mostClaims} claims; ${ACCOUNTS} accounts of ${WORKSPACES} workspaces`,
    prepare: (load) => prepare(load, options),
  };
}

async function prepare({ url, deliveries, dueAt, publish }: Load, dispatch: DispatchOptions): Promise<Ready> {
  const { store, database, jobs, close } = await openCrier({ url, onRequest: () => publish(), dispatch });
  await seedAccounts(store);
  const at = Temporal.Instant.fromEpochMilliseconds(dueAt);
  await seedDeliveries(database, at, deliveries);
  await jobs.start();
  await jobs.wakeAt([at]);
  const left = "select 1 from delivery where state <> 'published' limit 1";
  return { isWorkLeft: async () => (await database.pool.query(left)).rows.length > 0, close };
}
