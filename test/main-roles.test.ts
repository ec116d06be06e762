// Crier in several processes, each with a role of its own: what is typed in one is published by another and told by the first.
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SCOPES } from '../src/bots/slack/manifest.ts';
import { openDatabase } from '../src/db/open.ts';
import { keyFrom, makeKeyHex, openVault } from '../src/db/vault.ts';
import { type Emulator, startEmulator } from '../src/emulator/index.ts';
import { openHttp } from '../src/platforms/http.ts';
import { openPlatforms } from '../src/platforms/index.ts';
import { type Crier, useCrier } from './support/crier.ts';
import { freshDatabase, type TestDatabase } from './support/database.ts';
import { keptLog } from './support/log.ts';
import { APP, TEAM_A } from './support/slack/cast.ts';
import { slackClient } from './support/slack/client.ts';
import { overSocket } from './support/slack/delivery.ts';
import { openSlackServer, type SlackServer } from './support/slack/server.ts';
import { connectTyped } from './support/typed-login.ts';

const { startService, folder } = useCrier();
const clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) };
const KEY = makeKeyHex();
const SECRET = 'a word that is long enough'.replaceAll(' ', '-');

let slack: SlackServer;
let emulator: Emulator;
let test: TestDatabase;

beforeEach(async () => {
  slack = await openSlackServer({ scopes: SCOPES.map(({ scope }) => scope) });
  emulator = await startEmulator({ clock, log: keptLog() });
  test = await freshDatabase();
});

afterEach(async () => {
  await slack.close();
  await emulator.stop();
  await test.drop();
});

/** A process of this role, with a data folder of its own. */
function startRole(role: 'bot' | 'worker' | 'web', more: Record<string, string> = {}): Crier<null> {
  return startService({
    CRIER_ROLE: role,
    CRIER_DATA_DIR: join(folder(), role),
    CRIER_MEDIA_DIR: join(folder(), 'media'),
    DATABASE_URL: test.url,
    ENCRYPTION_KEY: KEY,
    MOCK_SOCIAL: 'false',
    CRIER_ALLOW_PRIVATE_HOSTS: '127.0.0.1',
    ...more,
  });
}

const startBot = (): Crier<null> =>
  startRole('bot', { SLACK_API_URL: slack.apiUrl, SLACK_APP_TOKEN: APP.appToken, SLACK_BOT_TOKEN: TEAM_A.botToken });

/** The team gets an account at the emulated Mastodon, as `/connect` would make it. */
async function connectMastodon(): Promise<void> {
  const database = await openDatabase(test.url);
  const http = openHttp({ allowPrivateHosts: ['127.0.0.1'], timeoutMs: 10_000 });
  const vault = openVault({ current: keyFrom(KEY), old: [] });
  const store = database.openStore({ clock, vault, log: keptLog() });
  const actor = await store.workspaces.enter({
    chat: 'slack',
    teamId: TEAM_A.id,
    teamName: 'Team A',
    userId: TEAM_A.people.ann.id,
    userName: 'Ann',
    role: 'admin',
    timeZone: 'Europe/Berlin',
  });
  const login = emulator.networks.mastodon.addAccount('team');
  const context = { http, clock, signal: AbortSignal.timeout(10_000) };
  const remote = await connectTyped(openPlatforms().get('mastodon'), login, context);
  await store.accounts.connect(actor, { platform: 'mastodon', ...remote });
  await database.close();
  await http.close();
}

const posted = (): string[] => emulator.networks.mastodon.posts().map(({ text }) => text);

const readiness = async (crier: Crier<null>): Promise<unknown> => (await fetch(`${crier.url()}/readyz`)).json();

async function stop(...processes: Crier<null>[]): Promise<void> {
  for (const { child } of processes) child.kill('SIGTERM');
  for (const crier of processes) expect(await crier.exit, crier.log()).toBe(0);
}

describe('a bot and a worker', () => {
  it('share the work: scheduled in the one, published by the other, told in the thread by the first', {
    timeout: 120_000,
  }, async () => {
    await connectMastodon();
    const [bot, worker] = [startBot(), startRole('worker')];
    await Promise.all([bot.logs('Slack is on'), worker.logs('running until SIGTERM')]);
    const ann = slackClient(slack, overSocket(slack));
    await ann.command({ command: '/schedule', text: 'in 3 seconds to mastodon: Hello from afar' });
    const card = await slack.waitForMessage(TEAM_A.channels.social, ({ text }) => text.includes('P1'));
    expect(posted()).toEqual([]);
    await vi.waitFor(() => expect(posted()).toEqual(['Hello from afar']), { timeout: 30_000 });
    const news = await slack.waitForReply(TEAM_A.channels.social, card.ts, ({ text }) => text.includes('published'));
    expect(JSON.stringify(news)).toContain(emulator.networks.mastodon.url);
    expect(worker.log()).toContain('delivery settled');
    expect(bot.log()).not.toContain('delivery settled');
    await stop(bot, worker);
  });

  it('a bot says in /readyz that no worker is there, and goes on taking posts', { timeout: 120_000 }, async () => {
    const bot = startBot();
    await bot.logs('Slack is on');
    const alone = { ready: true, role: 'bot', checks: { database: 'ok', worker: 'failing', slack: 'ok' } };
    await vi.waitFor(async () => expect(await readiness(bot)).toEqual(alone), { timeout: 20_000 });
    const worker = startRole('worker');
    await worker.logs('running until SIGTERM');
    await vi.waitFor(async () => expect(await readiness(bot)).toMatchObject({ checks: { worker: 'ok' } }), { timeout: 20_000 });
    await stop(worker);
    await vi.waitFor(async () => expect(await readiness(bot)).toEqual(alone), { timeout: 20_000 });
    await stop(bot);
  });
});

describe('a web process', () => {
  it('publishes a batch when it is asked from outside, and nothing by itself', { timeout: 120_000 }, async () => {
    await connectMastodon();
    const [bot, web] = [startBot(), startRole('web', { CRON_SECRET: SECRET })];
    await Promise.all([bot.logs('Slack is on'), web.logs('running until SIGTERM')]);
    await slackClient(slack, overSocket(slack)).command({ command: '/publish', text: 'to mastodon: Woken from outside' });
    await slack.waitForMessage(TEAM_A.channels.social, ({ text }) => text.includes('P1'));
    const cron = `${web.url()}/api/social/cron`;
    expect((await fetch(cron, { method: 'POST' })).status).toBe(401);
    expect(posted()).toEqual([]);
    const answer = await fetch(`${cron}?batchSize=5`, { method: 'POST', headers: { authorization: `Bearer ${SECRET}` } });
    expect(await answer.json()).toMatchObject({ claimed: 1, published: 1, failed: 0, due: 0 });
    expect(posted()).toEqual(['Woken from outside']);
    await slack.waitForMessage(TEAM_A.channels.social, ({ text }) => text.includes('published'));
    await stop(bot, web);
    expect(web.log()).not.toContain(SECRET);
  });
});

describe('a start that cannot be', () => {
  it.each([
    { env: { CRIER_ROLE: 'worker' }, says: 'DATABASE_URL is not set. A process with the role worker works with others' },
    { env: { CRIER_ROLE: 'publisher' }, says: 'CRIER_ROLE is "publisher", and it must be one of all, bot, worker, web.' },
  ])('says why: $says', { timeout: 30_000 }, async ({ env, says }) => {
    const crier = startService(env);
    expect(await crier.exit).toBe(1);
    expect(crier.log()).toContain(says);
  });
});
