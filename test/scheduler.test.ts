// Crier's publishing inside another program: rounds at intervals, of a size that the program names.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Account } from '../src/core/account.ts';
import type { Store } from '../src/core/store.ts';
import type { Actor } from '../src/core/workspace.ts';
import { type Database, openDatabase } from '../src/db/open.ts';
import { keyFrom, makeKeyHex, openVault } from '../src/db/vault.ts';
import { type Emulator, startEmulator } from '../src/emulator/index.ts';
import { openHttp } from '../src/platforms/http.ts';
import { openPlatforms } from '../src/platforms/index.ts';
import { type StopScheduler, startScheduler } from '../src/scheduler.ts';
import { closeDatabase, freshDatabase, type TestDatabase } from './support/database.ts';
import { keptLog } from './support/log.ts';
import { connectTyped } from './support/typed-login.ts';
import { ENTRANCE } from './support/workbench.ts';

const clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) };
const KEY = makeKeyHex();
const soon = { timeout: 15_000 };

let emulator: Emulator;
let test: TestDatabase;
let database: Database;
let store: Store;
let actor: Actor;
let account: Account;
let folder: string;
let stop: StopScheduler = () => Promise.resolve();

beforeEach(async () => {
  emulator = await startEmulator({ clock, log: keptLog() });
  test = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), 'crier-scheduler-'));
  database = await openDatabase(test.url);
  store = database.openStore({ clock, vault: openVault({ current: keyFrom(KEY), old: [] }), log: keptLog() });
  actor = await store.workspaces.enter(ENTRANCE);
  const http = openHttp({ allowPrivateHosts: ['127.0.0.1'], timeoutMs: 10_000 });
  const login = emulator.networks.mastodon.addAccount('team');
  const context = { http, clock, signal: AbortSignal.timeout(10_000) };
  const remote = await connectTyped(openPlatforms().get('mastodon'), login, context);
  ({ account } = await store.accounts.connect(actor, { platform: 'mastodon', ...remote }));
  await http.close();
});

afterEach(async () => {
  await stop();
  await database.close();
  await emulator.stop();
  await test.drop();
  await rm(folder, { recursive: true, force: true });
});

const settings = (): Record<string, string> => ({
  DATABASE_URL: test.url,
  ENCRYPTION_KEY: KEY,
  CRIER_DATA_DIR: join(folder, 'data'),
  CRIER_ALLOW_PRIVATE_HOSTS: '127.0.0.1',
  LOG_LEVEL: 'silent',
});

async function schedule(...texts: string[]): Promise<void> {
  const at = clock.now();
  for (const text of texts) {
    await store.posts.create(actor, {
      text,
      variants: {},
      mediaIds: [],
      hashtags: [],
      campaign: null,
      slot: { at, wallTime: at.toZonedDateTimeISO('UTC').toPlainDateTime().toString(), timeZone: 'UTC' },
      origin: { chat: 'terminal', channel: 'here', message: null },
      deliveries: [{ account, state: 'scheduled', holdReason: null, dueAt: at }],
    });
  }
}

/** Ends by itself when nothing is left that keeps it, and at a rejection that nobody took, as Node does without a handler. */
const PROGRAM = `
  import { startScheduler } from ${JSON.stringify(new URL('../src/scheduler.ts', import.meta.url).href)};
  const stop = startScheduler({ intervalMs: 200 });
  process.stdin.on('end', stop).resume();`;

const posted = (): string[] =>
  emulator.networks.mastodon
    .posts()
    .map(({ text }) => text)
    .sort();

describe('a scheduler in another program', () => {
  it('publishes what is due at once, and what comes due later in a later round', { timeout: 60_000 }, async () => {
    await schedule('first');
    stop = startScheduler({ intervalMs: 200, batchSize: 20, settings: settings() });
    await vi.waitFor(() => expect(posted()).toEqual(['first']), soon);
    await schedule('second');
    await vi.waitFor(() => expect(posted()).toEqual(['first', 'second']), soon);
  });

  it('takes no more in a round than it is told to', { timeout: 60_000 }, async () => {
    await schedule('one', 'two', 'three');
    stop = startScheduler({ intervalMs: 3_600_000, batchSize: 2, settings: settings() });
    await vi.waitFor(() => expect(posted()).toHaveLength(2), soon);
    await stop();
    expect(posted()).toHaveLength(2);
    expect((await store.queue.depth(clock.now())).map(({ due }) => due)).toEqual([1]);
  });

  it('that is not enabled opens nothing and publishes nothing', async () => {
    await schedule('never');
    await startScheduler({ enabled: false, settings: { DATABASE_URL: 'not even a URL' } })();
    expect(posted()).toEqual([]);
  });

  it('once stopped lets go of its folder, and may be stopped again', { timeout: 60_000 }, async () => {
    stop = startScheduler({ intervalMs: 200, settings: settings() });
    await schedule('before');
    await vi.waitFor(() => expect(posted()).toEqual(['before']), soon);
    await Promise.all([stop(), stop()]);
    stop = startScheduler({ intervalMs: 200, settings: settings() });
    await schedule('after');
    await vi.waitFor(() => expect(posted()).toEqual(['after', 'before']), soon);
  });

  it('tries again in the next round where the database does not answer at first', { timeout: 60_000 }, async () => {
    await schedule('late');
    const { reopen } = await closeDatabase(test.url);
    const log = keptLog();
    stop = startScheduler({ intervalMs: 300, settings: settings(), log });
    const failed = (): boolean => log.lines.some(({ message }) => message === 'nothing could be published just now');
    await vi.waitFor(() => expect(failed()).toBe(true), soon);
    expect(posted()).toEqual([]);
    await reopen();
    await vi.waitFor(() => expect(posted()).toEqual(['late']), soon);
  });

  it('does no harm to the program where the database goes away under it, and leaves nothing behind that keeps it', {
    timeout: 60_000,
  }, async () => {
    // the role is that of a Crier beside it
    const env = { ...settings(), LOG_LEVEL: 'info', CRIER_ROLE: 'bot', PATH: process.env.PATH };
    const program = spawn(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
      env,
      stdio: ['pipe', 'inherit', 'pipe'],
    });
    let said = '';
    program.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const ended = once(program, 'exit');
    try {
      await schedule('before');
      await vi.waitFor(() => expect(posted()).toEqual(['before']), soon);
      expect(await store.processes.list(clock.now().subtract({ hours: 1 }))).toMatchObject([{ role: 'worker' }]);
      const { reopen } = await closeDatabase(test.url);
      await vi.waitFor(() => expect(said).toContain('nothing could be published just now'), soon);
      await reopen();
      await schedule('after');
      await vi.waitFor(() => expect(posted()).toEqual(['after', 'before']), soon);
      program.stdin.end();
      expect(await ended, said).toEqual([0, null]);
    } finally {
      program.kill('SIGKILL');
    }
  });

  it.each([
    { options: { intervalMs: 0 }, says: 'intervalMs is 0, and it must be a whole number above 0.' },
    { options: { batchSize: 1.5 }, says: 'batchSize is 1.5, and it must be a whole number above 0.' },
    { options: { settings: { PORT: 'many' } }, says: 'PORT is "many", and it must be a whole number.' },
  ])('says at once what is wrong: $says', ({ options, says }) => {
    expect(() => startScheduler(options)).toThrow(says);
  });
});
