// A worker that is killed, at every step, against the emulated networks: afterwards the post is out exactly once, or a person is asked.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../../src/core/account.ts';
import type { PostDetails } from '../../src/core/post.ts';
import { tellNews } from '../../src/core/usecases/tell-news.ts';
import type { Actor } from '../../src/core/workspace.ts';
import { makeKeyHex } from '../../src/db/vault.ts';
import type { FaultOrder } from '../../src/emulator/faults.ts';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { DISPATCH_DEFAULTS, openDispatcher } from '../../src/jobs/dispatch.ts';
import { CRASH_PLACES, forgetful, openParts, type WorkerSettings } from '../support/crash-worker.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { keptLog } from '../support/log.ts';
import { connectTyped } from '../support/typed-login.ts';
import { ENTRANCE } from '../support/workbench.ts';

/** Real time plus what the test has let pass: the worker's process has the machine's clock, and its lease must run out. */
let ahead = Temporal.Duration.from({ seconds: 0 });
const clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()).add(ahead) };

let emulator: Emulator;
let test: TestDatabase;
let settings: WorkerSettings;
let parts: Awaited<ReturnType<typeof openParts>>;
let actor: Actor;
let accounts: Record<'bluesky' | 'mastodon', Account>;
let mediaId: string;

beforeAll(async () => {
  emulator = await startEmulator({ clock, log: keptLog() });
  test = await freshDatabase();
  settings = {
    databaseUrl: test.url,
    key: makeKeyHex(),
    mediaFolder: await mkdtemp(join(tmpdir(), 'crier-crash-')),
    allowPrivateHosts: Object.values(emulator.networks).map((network) => new URL(network.url).host),
    crashAt: 'nowhere',
    network: 'as it is',
  };
  parts = await openParts(settings, clock);
  actor = await parts.deps.store.workspaces.enter(ENTRANCE);
  accounts = { bluesky: await connect('bluesky'), mastodon: await connect('mastodon') };
  mediaId = await storeImage();
});

afterAll(async () => {
  await parts.database.close();
  await parts.http.close();
  await emulator.stop();
  await test.drop();
  await rm(settings.mediaFolder, { recursive: true, force: true });
});

async function connect(id: 'bluesky' | 'mastodon'): Promise<Account> {
  const { platforms, http, store } = parts.deps;
  const context = { http, clock, signal: AbortSignal.timeout(10_000) };
  const remote = await connectTyped(platforms.get(id), emulator.networks[id].demo, context);
  return (await store.accounts.connect(actor, { platform: id, ...remote })).account;
}

async function storeImage(): Promise<string> {
  const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#c02020' } })
    .png()
    .toBuffer();
  const hash = createHash('sha256').update(bytes).digest('hex');
  await parts.deps.mediaStore.put(hash, bytes);
  const facts = { workspaceId: actor.workspace.id, mimeType: 'image/png', width: 8, height: 8, durationMs: null, altText: 'red' };
  return (await parts.deps.store.media.add({ ...facts, hash, size: bytes.length })).id;
}

function schedule(account: Account, text: string): Promise<PostDetails> {
  const at = clock.now();
  return parts.deps.store.posts.create(actor, {
    text,
    variants: {},
    mediaIds: [mediaId],
    hashtags: [],
    campaign: null,
    slot: { at, wallTime: '2026-11-22T10:00:00', timeZone: 'Europe/Berlin' },
    origin: { chat: 'terminal', channel: 'here', message: null },
    deliveries: [{ account, state: 'scheduled', holdReason: null, dueAt: at.subtract({ minutes: 1 }) }],
  });
}

const WORKER = join(import.meta.dirname, '../support/crash-worker.ts');

/** Starts a worker; resolves when it is gone, however it went. */
function startWorker(crashAt: WorkerSettings['crashAt'], network: WorkerSettings['network'] = 'as it is') {
  // the worker's clock is the machine's, so what is due for it must be due by that
  const child = spawn(process.execPath, [WORKER, JSON.stringify({ ...settings, crashAt, network })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { child, gone: once(child, 'exit').then(([code, signal]) => ({ code, signal })) };
}

/** What the next process does after the lease has run out, through all retries. Returns what was told. */
async function recover(
  post: PostDetails,
  platforms = parts.deps.platforms,
): Promise<{ state: string | undefined; told: string[] }> {
  const told: string[] = [];
  const dispatcher = openDispatcher(
    { ...parts.deps, platforms, wakeAt: async () => {}, onNews: () => {}, onRecurring: () => {} },
    DISPATCH_DEFAULTS,
  );
  const tell = async (_: unknown, news: { delivery: { state: string } }): Promise<void> => void told.push(news.delivery.state);
  for (const minutes of [2, 1, 5, 15]) {
    ahead = ahead.add({ minutes });
    await dispatcher.wake();
    await dispatcher.idle();
    await tellNews(parts.deps, [{ name: 'terminal', tell }]);
  }
  await dispatcher.drain(0);
  const found = await parts.deps.store.posts.find(actor.workspace.id, post.post.number);
  return { state: found?.deliveries[0]?.state, told };
}

const copiesOf = (id: 'bluesky' | 'mastodon', text: string): number =>
  emulator.networks[id].posts().filter((post) => post.text === text).length;

const KILLED = { code: null, signal: 'SIGKILL' };

describe.each(['bluesky', 'mastodon'] as const)('a worker killed while it publishes on %s', (id) => {
  it.each(CRASH_PLACES)('%s: the post is out exactly once, and its thread knows', async (place) => {
    ahead = Temporal.Duration.from({ seconds: 0 });
    const text = `${place} on ${id}`;
    const post = await schedule(accounts[id], text);
    const worker = startWorker(place);
    expect(await worker.gone).toEqual(KILLED);
    const { state, told } = await recover(post);
    expect({ state, copies: copiesOf(id, text) }).toEqual({ state: 'published', copies: 1 });
    expect(told).toEqual(['published']);
  });

  const posting = id === 'bluesky' ? 'POST /xrpc/com.atproto.repo.createRecord' : 'POST /api/v1/statuses';
  const upload = id === 'bluesky' ? 'POST /xrpc/com.atproto.repo.uploadBlob' : 'POST /api/v2/media';
  const onTheWire: [string, FaultOrder][] = [
    ['while the image is uploaded', { match: upload, hold: true }],
    ['while the request is under way and nothing is applied yet', { match: posting, hold: true, status: 503 }],
    ['while the request is under way and the post is already out', { match: posting, hold: true }],
  ];
  it.each(onTheWire)('%s: the post is out exactly once', async (place, fault) => {
    ahead = Temporal.Duration.from({ seconds: 0 });
    const text = `${place} on ${id}`;
    const post = await schedule(accounts[id], text);
    const { faults } = emulator.networks[id];
    faults.order(fault);
    const worker = startWorker('nowhere');
    await faults.whenHeld();
    worker.child.kill('SIGKILL');
    expect(await worker.gone).toEqual(KILLED);
    faults.release();
    const { state } = await recover(post);
    expect({ state, copies: copiesOf(id, text) }).toEqual({ state: 'published', copies: 1 });
  });
});

describe('a worker killed on a network that merges no repeats and cannot be asked', () => {
  it.each(CRASH_PLACES)('%s: the post is never out twice, and where nobody can know, a person is asked', async (place) => {
    ahead = Temporal.Duration.from({ seconds: 0 });
    const text = `${place} on a forgetful network`;
    const post = await schedule(accounts.mastodon, text);
    expect(await startWorker(place, 'forgetful').gone).toEqual(KILLED);
    const { state } = await recover(post, forgetful(parts.deps.platforms));
    const copies = copiesOf('mastodon', text);
    const isCertain = { state: 'published', copies: 1 };
    const isAsked = { state: 'unconfirmed', copies: copies === 0 ? 0 : 1 };
    const nobodyCanKnow = ['after marking as sending', 'before writing the outcome'].includes(place);
    // a statement that was on its way when the process died may or may not have been written
    const expected = place === 'while writing the outcome' ? [isCertain, isAsked] : [nobodyCanKnow ? isAsked : isCertain];
    expect(expected).toContainEqual({ state, copies });
  });
});
