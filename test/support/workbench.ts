// The publishing engine on a real database with a scripted network: what most tests of jobs need.
import type { Account } from '../../src/core/account.ts';
import type { Deps, Platforms } from '../../src/core/ports.ts';
import { type Beside, NOTHING_BESIDE, type PostDetails } from '../../src/core/post.ts';
import type { NewPost } from '../../src/core/post-store.ts';
import type { Store } from '../../src/core/store.ts';
import { makeNextOccurrences } from '../../src/core/usecases/make-next-occurrence.ts';
import type { Actor } from '../../src/core/workspace.ts';
import { type Database, openDatabase } from '../../src/db/open.ts';
import { keyFrom, makeKeyHex, openVault } from '../../src/db/vault.ts';
import { DISPATCH_DEFAULTS, type Dispatcher, type DispatchOptions, openDispatcher } from '../../src/jobs/dispatch.ts';
import { clockAt, type TestClock } from './clock.ts';
import { freshDatabase } from './database.ts';
import { type KeptLog, keptLog } from './log.ts';
import { type KeptMeter, keptMeter } from './meter.ts';
import { type ScriptedNetwork, scriptedNetwork } from './scripted-network.ts';

export interface Workbench {
  clock: TestClock;
  store: Store;
  database: Database;
  url: string;
  actor: Actor;
  network: ScriptedNetwork;
  platforms: Platforms;
  accounts: Account[];
  log: KeptLog;
  /** What all dispatchers of this workbench have told it. */
  meter: KeptMeter;
  /** Wake-ups that were asked for. */
  wakes: Temporal.Instant[];
  dispatcher: Dispatcher;
  /** Another worker on the same database, as another process would be. */
  anotherDispatcher: (options?: Partial<DispatchOptions>, onRecurring?: () => void) => Dispatcher;
  /** Lets the engine do all that is due by now, and makes the next of what recurs, as the sweep does. */
  work: () => Promise<void>;
  schedule: (options?: {
    in?: Temporal.DurationLike;
    text?: string;
    accounts?: Account[];
    origin?: NewPost['origin'];
    mediaIds?: string[];
    beside?: Partial<Beside>;
  }) => Promise<PostDetails>;
  read: (post: PostDetails) => Promise<PostDetails>;
  close: () => Promise<void>;
}

export const START = '2026-11-22T09:00:00Z';

export async function openWorkbench(
  options: {
    accounts?: number;
    network?: ScriptedNetwork;
    dispatch?: Partial<DispatchOptions>;
    /** What stands in for the parts of a workbench without files. */
    parts?: Partial<Pick<Deps, 'mediaStore' | 'convertImage' | 'mediaLinks'>>;
  } = {},
): Promise<Workbench> {
  const { url, drop } = await freshDatabase();
  const database = await openDatabase(url);
  const clock = clockAt(START);
  const log = keptLog();
  const meter = keptMeter();
  const network = options.network ?? scriptedNetwork();
  const store = database.openStore({ clock, log, vault: openVault({ current: keyFrom(makeKeyHex()), old: [] }) });
  const actor = await store.workspaces.enter(ENTRANCE);
  const accounts = await connectSome(store, actor, network.platform.id, options.accounts ?? 1);
  const wakes: Temporal.Instant[] = [];
  const platforms: Platforms = { all: () => [network.platform], get: () => network.platform, find: () => network.platform };
  const deps: Omit<Deps, 'jobs' | 'mediaFetcher'> = {
    clock,
    store,
    log,
    platforms,
    http: { fetch, dispatcher: undefined },
    mediaStore: {
      put: () => Promise.resolve(),
      read: () => Promise.reject(new Error('no media here')),
      remove: () => Promise.resolve('gone'),
    },
    ...options.parts,
  };
  const jobs: Deps['jobs'] = { wakeAt: async (instants) => void wakes.push(...instants) };
  const anotherDispatcher = (more: Partial<DispatchOptions> = {}, onRecurring = (): void => {}): Dispatcher =>
    openDispatcher(
      { ...deps, meter, wakeAt: jobs.wakeAt, onNews: () => {}, onRecurring },
      { ...DISPATCH_DEFAULTS, ...options.dispatch, ...more },
    );
  const dispatcher = anotherDispatcher();
  return {
    clock,
    store,
    database,
    url,
    actor,
    network,
    platforms,
    accounts,
    log,
    meter,
    wakes,
    dispatcher,
    anotherDispatcher,
    work: async () => {
      await dispatcher.wake();
      await dispatcher.idle();
      await makeNextOccurrences({ ...deps, jobs });
    },
    schedule: (wanted = {}) =>
      store.posts.create(actor, newPost(clock.now().add(wanted.in ?? { seconds: 0 }), wanted.accounts ?? accounts, wanted)),
    read: async ({ post }) => {
      const found = await store.posts.find(post.workspaceId, post.number);
      if (!found) throw new Error(`P${post.number} is gone`);
      return found;
    },
    close: async () => {
      await dispatcher.drain(0);
      await database.close();
      await drop();
    },
  };
}

export const ENTRANCE = {
  chat: 'terminal',
  teamId: 'team',
  teamName: 'Team',
  userId: 'ann',
  userName: 'Ann',
  role: 'admin',
  timeZone: 'Europe/Berlin',
} as const;

async function connectSome(store: Store, actor: Actor, platform: string, count: number): Promise<Account[]> {
  const accounts: Account[] = [];
  for (let n = 1; n <= count; n++) {
    const remote = { platform, remoteId: `remote-${n}`, handle: `@account${n}`, service: 'https://testnet.example' };
    const { account } = await store.accounts.connect(actor, {
      ...remote,
      credentials: { token: `t${n}` },
      announcedLimits: null,
      expiresAt: null,
    });
    accounts.push(account);
  }
  return accounts;
}

function newPost(
  at: Temporal.Instant,
  accounts: readonly Account[],
  wanted: { text?: string; origin?: NewPost['origin']; mediaIds?: string[]; beside?: Partial<Beside> },
): NewPost {
  const local = at.toZonedDateTimeISO('Europe/Berlin');
  return {
    text: wanted.text ?? 'Hello',
    variants: {},
    beside: { ...NOTHING_BESIDE, ...wanted.beside },
    mediaIds: wanted.mediaIds ?? [],
    hashtags: [],
    campaign: null,
    slot: { at, wallTime: local.toPlainDateTime().toString(), timeZone: 'Europe/Berlin' },
    origin: wanted.origin ?? { chat: 'terminal', channel: 'here', message: null },
    deliveries: accounts.map((account) => ({ account, state: 'scheduled', holdReason: null, dueAt: at })),
  };
}
