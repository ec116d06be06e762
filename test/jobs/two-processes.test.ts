// Two processes on one database: they share the work, and nothing goes out twice.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeKeyHex } from '../../src/db/vault.ts';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { openParts, type WorkerSettings } from '../support/crash-worker.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { keptLog } from '../support/log.ts';
import { connectTyped } from '../support/typed-login.ts';
import { ENTRANCE } from '../support/workbench.ts';

const clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) };
const WORKER = join(import.meta.dirname, '../support/crash-worker.ts');
const ACCOUNTS = 8;
const POSTS = 5;

let emulator: Emulator;
let test: TestDatabase;

beforeAll(async () => {
  emulator = await startEmulator({ clock, log: keptLog() });
  test = await freshDatabase();
});

afterAll(async () => {
  await emulator.stop();
  await test.drop();
});

describe('two worker processes', () => {
  it('publish everything that is due, each a part of it, and nothing twice', async () => {
    const { mastodon } = emulator.networks;
    const settings: WorkerSettings = {
      databaseUrl: test.url,
      key: makeKeyHex(),
      mediaFolder: 'unused',
      allowPrivateHosts: [new URL(mastodon.url).host],
      crashAt: 'nowhere',
      network: 'as it is',
      mostClaims: 8,
    };
    const { deps, database, http } = await openParts(settings, clock);
    const actor = await deps.store.workspaces.enter(ENTRANCE);
    const due = clock.now().subtract({ seconds: 1 });
    for (let n = 0; n < ACCOUNTS; n++) {
      const login = mastodon.addAccount(`account${n}`);
      const context = { http, clock, signal: AbortSignal.timeout(10_000) };
      const remote = await connectTyped(deps.platforms.get('mastodon'), login, context);
      const { account } = await deps.store.accounts.connect(actor, { platform: 'mastodon', ...remote });
      for (let post = 0; post < POSTS; post++) {
        await deps.store.posts.create(actor, {
          text: `post ${post} of account ${n}`,
          variants: {},
          mediaIds: [],
          hashtags: [],
          campaign: null,
          slot: { at: due, wallTime: '2026-11-22T10:00:00', timeZone: 'Europe/Berlin' },
          origin: { chat: 'terminal', channel: 'here', message: null },
          deliveries: [{ account, state: 'scheduled', holdReason: null, dueAt: due }],
        });
      }
    }
    // slow answers, so that the slower process to start finds work left
    mastodon.faults.order({ match: 'POST /api/v1/statuses', times: ACCOUNTS * POSTS, delayMs: 150 });

    const run = promisify(execFile);
    const workers = await Promise.all([1, 2].map(() => run(process.execPath, [WORKER, JSON.stringify(settings)])));
    const settled = workers.map(({ stdout }) => JSON.parse(stdout).settled as number);

    expect(settled.reduce((sum, each) => sum + each, 0)).toBe(ACCOUNTS * POSTS);
    expect(Math.min(...settled)).toBeGreaterThan(0);
    const texts = mastodon.posts().map((post) => post.text);
    expect(texts).toHaveLength(ACCOUNTS * POSTS);
    expect(new Set(texts).size).toBe(ACCOUNTS * POSTS);
    await database.close();
    await http.close();
  });
});
