// A worker's process that is frozen (SIGSTOP) for longer than its lease and goes on: another has published meanwhile, and it publishes
// nothing, writes nothing, and goes on with other work.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Account } from '../../src/core/account.ts';
import type { PostDetails } from '../../src/core/post.ts';
import type { Actor } from '../../src/core/workspace.ts';
import { makeKeyHex } from '../../src/db/vault.ts';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { DISPATCH_DEFAULTS, type Dispatcher, openDispatcher } from '../../src/jobs/dispatch.ts';
import { openParts, type WorkerSettings } from '../support/crash-worker.ts';
import { freshDatabase, runSql, type TestDatabase } from '../support/database.ts';
import { FREEZE_PLACES, type FreezePlace, Report, withoutMerging } from '../support/freezing-worker.ts';
import { keptLog } from '../support/log.ts';
import { NO_METER } from '../support/meter.ts';
import { connectTyped } from '../support/typed-login.ts';
import { ENTRANCE } from '../support/workbench.ts';

const WORKER = join(import.meta.dirname, '../support/freezing-worker.ts');
const LEASE_MS = 1_000;
const clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) };

let emulator: Emulator;
let test: TestDatabase;
let worker: WorkerSettings;
let parts: Awaited<ReturnType<typeof openParts>>;
let actor: Actor;
let account: Account;
let child: ChildProcess | null = null;

beforeAll(async () => {
  emulator = await startEmulator({ clock, log: keptLog() });
  test = await freshDatabase();
  const { mastodon } = emulator.networks;
  worker = {
    databaseUrl: test.url,
    key: makeKeyHex(),
    mediaFolder: 'unused',
    allowPrivateHosts: [new URL(mastodon.url).host],
    crashAt: 'nowhere',
    network: 'as it is',
  };
  parts = await openParts(worker, clock);
  actor = await parts.deps.store.workspaces.enter(ENTRANCE);
  const context = { http: parts.http, clock, signal: AbortSignal.timeout(10_000) };
  const remote = await connectTyped(parts.deps.platforms.get('mastodon'), mastodon.demo, context);
  ({ account } = await parts.deps.store.accounts.connect(actor, { platform: 'mastodon', ...remote }));
});

afterEach(() => {
  child?.kill('SIGKILL');
  child = null;
});

afterAll(async () => {
  await parts.database.close();
  await parts.http.close();
  await emulator.stop();
  await test.drop();
});

function schedule(text: string): Promise<PostDetails> {
  const at = clock.now();
  return parts.deps.store.posts.create(actor, {
    text,
    variants: {},
    mediaIds: [],
    hashtags: [],
    campaign: null,
    slot: { at, wallTime: '2026-11-22T10:00:00', timeZone: 'Europe/Berlin' },
    origin: { chat: 'terminal', channel: 'here', message: null },
    deliveries: [{ account, state: 'scheduled', holdReason: null, dueAt: at.subtract({ seconds: 1 }) }],
  });
}

interface Frozen {
  reports: Report[];
  child: ChildProcess;
  until: (is: (report: Report) => boolean) => Promise<void>;
}

function startWorker(freezeAt: FreezePlace | null): Frozen {
  const started = fork(WORKER, [JSON.stringify({ worker, leaseMs: LEASE_MS, freezeAt })], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child = started;
  const reports: Report[] = [];
  started.on('message', (message) => void reports.push(Report.parse(message)));
  const until: Frozen['until'] = (is) =>
    vi.waitFor(() => expect(reports.some(is), JSON.stringify(reports)).toBe(true), { timeout: 15_000, interval: 20 });
  return { reports, child: started, until };
}

/** `T` in /proc: stopped by a signal. A system without it stops no less; it cannot be seen there. */
async function isStopped(pid: number | undefined): Promise<boolean> {
  if (!existsSync('/proc/self/stat')) return true;
  return / T /.test((await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\)/, ''));
}

/** What another worker does until the post is out. */
async function takeOver(post: PostDetails): Promise<void> {
  const other: Dispatcher = openDispatcher(
    {
      ...parts.deps,
      platforms: withoutMerging(parts.deps.platforms),
      meter: NO_METER,
      wakeAt: async () => {},
      onNews: () => {},
      onRecurring: () => {},
    },
    { ...DISPATCH_DEFAULTS, leaseMs: LEASE_MS },
  );
  const isOut = async (): Promise<void> => {
    await other.wake();
    await other.idle();
    expect(await stateOf(post)).toBe('published');
  };
  await vi.waitFor(isOut, { timeout: 15_000, interval: 100 });
  await other.drain(0);
}

const stateOf = async ({ post }: PostDetails): Promise<string | undefined> =>
  (await parts.deps.store.posts.find(post.workspaceId, post.number))?.deliveries[0]?.state;
const copiesOf = (text: string): number => emulator.networks.mastodon.posts().filter((post) => post.text === text).length;

/** All that is stored about a post. */
const everythingOf = ({ post }: PostDetails): Promise<unknown> =>
  runSql(
    test.url,
    `select to_jsonb(d) as delivery, (select jsonb_agg(a order by a.id) from attempt a where a.delivery_id = d.id) as attempts,
       (select jsonb_agg(e order by e.id) from audit_event e where e.post_id = d.post_id) as events
     from delivery d where d.post_id = '${post.id}'`,
  );

describe('a worker that is frozen for longer than its lease', () => {
  it.each(FREEZE_PLACES)('%s: publishes nothing and writes nothing when it goes on, and does other work', async (place) => {
    const text = `frozen ${place}`;
    const post = await schedule(text);
    const frozen = startWorker(place);
    await frozen.until((report) => 'log' in report && report.log === 'ready');
    frozen.child.send('work');
    await frozen.until((report) => 'freezing' in report && report.freezing === place);
    await vi.waitFor(async () => expect(await isStopped(frozen.child.pid)).toBe(true), { timeout: 5_000, interval: 10 });

    await takeOver(post);
    const before = await everythingOf(post);
    frozen.child.kill('SIGCONT');
    await frozen.until((report) => 'done' in report);

    expect(copiesOf(text)).toBe(1);
    expect(await everythingOf(post)).toEqual(before);
    expect(frozen.reports.filter((report) => 'log' in report && report.log.startsWith('lost the lease'))).toHaveLength(1);

    const more = await schedule(`after ${place}`);
    frozen.child.send('work');
    await vi.waitFor(async () => expect(await stateOf(more)).toBe('published'), { timeout: 10_000, interval: 50 });
    frozen.child.send('end');
    expect(await once(frozen.child, 'exit')).toEqual([0, null]);
    expect(copiesOf(`after ${place}`)).toBe(1);
  });

  it('while it waits for the answer: the outcome that comes then is not written a second time', async () => {
    const text = 'frozen while it waits for the answer';
    const post = await schedule(text);
    const { faults } = emulator.networks.mastodon;
    faults.order({ match: 'POST /api/v1/statuses', hold: true });
    const frozen = startWorker(null);
    await frozen.until((report) => 'log' in report && report.log === 'ready');
    frozen.child.send('work');
    await faults.whenHeld();
    frozen.child.kill('SIGSTOP');
    await vi.waitFor(async () => expect(await isStopped(frozen.child.pid)).toBe(true), { timeout: 5_000, interval: 10 });

    await takeOver(post);
    const before = await everythingOf(post);
    faults.release();
    frozen.child.kill('SIGCONT');
    await frozen.until((report) => 'done' in report);
    expect(copiesOf(text)).toBe(1);
    expect(await everythingOf(post)).toEqual(before);
  });
});
