// Two workers on two machines, and the clock of one of them is set an hour ahead or back: nothing goes out early, and nothing twice.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Account } from '../../src/core/account.ts';
import type { PostDetails } from '../../src/core/post.ts';
import type { Actor } from '../../src/core/workspace.ts';
import { type DatabaseClock, type MachineClocks, openDatabaseClock } from '../../src/db/clock.ts';
import { type Database, openDatabase } from '../../src/db/open.ts';
import { keyFrom, makeKeyHex, openVault } from '../../src/db/vault.ts';
import { DISPATCH_DEFAULTS, type Dispatcher, openDispatcher } from '../../src/jobs/dispatch.ts';
import { freshDatabase, runSql, type TestDatabase } from '../support/database.ts';
import { keptLog } from '../support/log.ts';
import { NO_METER } from '../support/meter.ts';
import { type ScriptedNetwork, scriptedNetwork } from '../support/scripted-network.ts';
import { ENTRANCE } from '../support/workbench.ts';

const HOUR = 3_600_000;
const LEASE_MS = 1_500;

interface Worker {
  /** How far this machine's clock is from the database's. Milliseconds. */
  skew: number;
  clock: DatabaseClock;
  database: Database;
  dispatcher: Dispatcher;
  close: () => Promise<void>;
}

let test: TestDatabase;
let network: ScriptedNetwork;
let steady: Worker;
let jumping: Worker;
let actor: Actor;
let account: Account;

const vault = openVault({ current: keyFrom(makeKeyHex()), old: [] });
const storeOf = ({ database, clock }: Pick<Worker, 'database' | 'clock'>) => database.openStore({ clock, vault, log: keptLog() });

async function openWorker(skew = 0): Promise<Worker> {
  const database = await openDatabase(test.url, { poolSize: 4 });
  const machine: MachineClocks = {
    wall: () => Date.now() + worker.skew,
    monotonic: () => performance.now(),
    sinceBoot: () => performance.now(),
  };
  const worker: Omit<Worker, 'clock' | 'dispatcher' | 'close'> = { skew, database };
  const clock = await openDatabaseClock(database.pool, keptLog(), machine);
  const deps = {
    clock,
    store: storeOf({ database, clock }),
    log: keptLog(),
    meter: NO_METER,
    platforms: { all: () => [network.platform], get: () => network.platform, find: () => network.platform },
    http: { fetch, dispatcher: undefined },
    mediaStore: {
      put: () => Promise.resolve(),
      read: () => Promise.reject(new Error('no media here')),
      remove: () => Promise.resolve('gone' as const),
    },
    wakeAt: async () => {},
    onNews: () => {},
    onRecurring: () => {},
  };
  const dispatcher = openDispatcher(deps, { ...DISPATCH_DEFAULTS, leaseMs: LEASE_MS });
  const close = async (): Promise<void> => {
    await dispatcher.drain(0);
    await database.close();
  };
  return Object.assign(worker, { clock, dispatcher, close });
}

beforeEach(async () => {
  test = await freshDatabase();
  network = scriptedNetwork();
  steady = await openWorker();
  jumping = await openWorker();
  const store = storeOf(steady);
  actor = await store.workspaces.enter(ENTRANCE);
  const remote = { platform: 'testnet', remoteId: 'remote-1', handle: '@one', service: 'https://testnet.example' };
  ({ account } = await store.accounts.connect(actor, {
    ...remote,
    credentials: { token: 't' },
    announcedLimits: null,
    expiresAt: null,
  }));
});

afterEach(async () => {
  await Promise.all([steady.close(), jumping.close()]);
  await test.drop();
});

function schedule(inMs: number): Promise<PostDetails> {
  const at = Temporal.Instant.fromEpochMilliseconds(Date.now() + inMs);
  return storeOf(steady).posts.create(actor, {
    text: 'Hello',
    variants: {},
    mediaIds: [],
    hashtags: [],
    campaign: null,
    slot: { at, wallTime: '2026-11-22T10:00:00', timeZone: 'Europe/Berlin' },
    origin: { chat: 'terminal', channel: 'here', message: null },
    deliveries: [{ account, state: 'scheduled', holdReason: null, dueAt: at }],
  });
}

const stateOf = async ({ post }: PostDetails): Promise<string | undefined> =>
  (await storeOf(steady).posts.find(post.workspaceId, post.number))?.deliveries[0]?.state;

async function work({ dispatcher }: Worker): Promise<void> {
  await dispatcher.wake();
  await dispatcher.idle();
}

/** A publish that waits for its answer from here on. */
function slowAnswer(): { sent: Promise<void>; answer: () => void } {
  const sent = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  network.next(async (context) => {
    await context.beforeSend();
    sent.resolve();
    await answered.promise;
  });
  return { sent: sent.promise, answer: answered.resolve };
}

const leaseUntil = async (): Promise<number> =>
  Number((await runSql(test.url, 'select (extract(epoch from lease_until) * 1000)::float8 as ms from delivery'))[0]?.ms);

/** Waits until its holder has pushed the lease on twice. */
async function untilExtended(): Promise<void> {
  for (let n = 0; n < 2; n++) {
    const before = await leaseUntil();
    await vi.waitFor(async () => expect(await leaseUntil()).not.toBe(before), { timeout: 10_000, interval: 30 });
  }
}

describe('a clock that is set an hour ahead in one of two workers', () => {
  it('lets nothing go out early', async () => {
    const soon = await schedule(HOUR / 2);
    jumping.skew = HOUR;
    await work(jumping);
    await jumping.clock.measure();
    await work(jumping);
    expect(await stateOf(soon)).toBe('scheduled');
    expect(network.posts).toHaveLength(0);
    const now = await schedule(0);
    await work(jumping);
    expect(await stateOf(now)).toBe('published');
  });

  it('takes nothing from a worker that is at it', async () => {
    const { sent, answer } = slowAnswer();
    const post = await schedule(0);
    await steady.dispatcher.wake();
    await sent;
    jumping.skew = HOUR;
    await work(jumping);
    expect(network.asks).toBe(0);
    answer();
    await steady.dispatcher.idle();
    expect([await stateOf(post), network.posts.length]).toEqual(['published', 1]);
  });
});

describe('a clock that is set back an hour in one of two workers', () => {
  it('lets it keep what it is at, for as long as it is at it', async () => {
    const { sent, answer } = slowAnswer();
    const post = await schedule(0);
    await jumping.dispatcher.wake();
    await sent;
    jumping.skew = -HOUR;
    await untilExtended();
    await work(steady);
    expect([await stateOf(post), network.asks]).toEqual(['publishing', 0]);
    answer();
    await jumping.dispatcher.idle();
    expect([await stateOf(post), network.posts.length]).toEqual(['published', 1]);
  });

  it('delays nothing that it is to publish', async () => {
    jumping.skew = -HOUR;
    const post = await schedule(0);
    await work(jumping);
    expect([await stateOf(post), network.posts.length]).toEqual(['published', 1]);
  });
});

describe('a worker that starts on a machine whose clock is wrong', () => {
  it.each([10 * 60_000, -HOUR])('by %i ms publishes on time and writes the times of the others', async (skew) => {
    const wrong = await openWorker(skew);
    const later = await schedule(5 * 60_000);
    const post = await schedule(0);
    await work(wrong);
    await wrong.close();
    expect([await stateOf(later), await stateOf(post)]).toEqual(['scheduled', 'published']);
    const [row] = await runSql(
      test.url,
      'select abs(extract(epoch from clock_timestamp() - published_at)) < 30 as is_true from delivery where published_at is not null',
    );
    expect(row?.is_true).toBe(true);
  });
});
