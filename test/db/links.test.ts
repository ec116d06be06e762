// Links and apps in the database: sealed, bound to their own row, and opened by the key that sealed them.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LinkRequest, OAuthLinks } from '../../src/core/oauth.ts';
import { type Database, openDatabase } from '../../src/db/open.ts';
import { keyFrom, makeKeyHex, openVault } from '../../src/db/vault.ts';
import { clockAt } from '../support/clock.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { keptLog } from '../support/log.ts';
import { ENTRANCE } from '../support/workbench.ts';

const APP = { clientId: 'the-client', clientSecret: 'the-secret' };
const WHERE = ['mastodon', 'https://mastodon.social', 'https://crier.example.com/oauth/callback/mastodon'] as const;
const FIRST = keyFrom(makeKeyHex());
const SECOND = keyFrom(makeKeyHex());
const NOW = Temporal.Instant.from('2026-11-22T09:00:00Z');

let test: TestDatabase;
let database: Database;
beforeAll(async () => {
  test = await freshDatabase();
  database = await openDatabase(test.url);
});
afterAll(async () => {
  await database.close();
  await test.drop();
});
beforeEach(() => database.pool.query('truncate oauth_app, oauth_link'));

const openStore = (current = FIRST) =>
  database.openStore({ clock: clockAt(NOW.toString()), log: keptLog(), vault: openVault({ current, old: [] }) });
const links = (current = FIRST): OAuthLinks => openStore(current).links;

async function request(): Promise<LinkRequest> {
  const [platform, service, redirectUri] = WHERE;
  const actor = await openStore().workspaces.enter(ENTRANCE);
  const origin = { chat: 'terminal', channel: 'here', message: null } as const;
  return { actor, origin, platform, service, redirectUri, app: APP, expiresAt: NOW.add({ minutes: 10 }) };
}

describe('an app', () => {
  it('is found as it was saved, and replaced by a later one', async () => {
    await links().saveApp(...WHERE, APP);
    await links().saveApp(...WHERE, { ...APP, clientSecret: 'newer' });
    expect(await links().findApp(...WHERE)).toEqual({ ...APP, clientSecret: 'newer' });
    expect(await links().findApp('mastodon', 'https://other.example', WHERE[2])).toBeNull();
  });

  it('keeps what else was said of it', async () => {
    const app = { ...APP, options: { version: '202611' } };
    await links().saveApp(...WHERE, app);
    expect(await links().findApp(...WHERE)).toEqual(app);
  });

  it('is not readable in the database, nor in the place of another server’s', async () => {
    await links().saveApp(...WHERE, APP);
    expect(JSON.stringify((await database.pool.query('select * from oauth_app')).rows)).not.toContain('the-');
    await database.pool.query("update oauth_app set service = 'https://other.example'");
    await expect(links().findApp('mastodon', 'https://other.example', WHERE[2])).rejects.toMatchObject({ kind: 'invalid-input' });
  });

  it('is sealed anew with a new key, and none where its key was lost', async () => {
    await links().saveApp(...WHERE, APP);
    expect(await links(SECOND).findApp(...WHERE)).toBeNull();
    expect(await database.reseal(openVault({ current: SECOND, old: [FIRST] }))).toBe(1);
    expect(await links(SECOND).findApp(...WHERE)).toEqual(APP);
  });
});

describe('a link', () => {
  it('gives back who asked, where, and what the network is to be told', async () => {
    const asked = await request();
    const found = await links().find(await links().make(asked), NOW);
    const { service, redirectUri } = asked;
    expect(found).toMatchObject({ platform: 'mastodon', actor: asked.actor, origin: asked.origin });
    expect(found?.way).toMatchObject({ service, redirectUri, app: APP, verifier: expect.stringMatching(/^[\w-]{43}$/) });
  });

  it('is taken by its state once, in its time, and for its network alone', async () => {
    const token = await links().make(await request());
    const { state } = (await links().find(token, NOW))?.way ?? { state: '' };
    expect(await links().take('bluesky', state, NOW)).toBeNull();
    expect(await links().take('mastodon', state, NOW.add({ minutes: 10 }))).toBeNull();
    const taken = await Promise.all([1, 2, 3].map(() => links().take('mastodon', state, NOW)));
    expect(taken.filter((link) => link !== null)).toHaveLength(1);
    expect(await links().find(token, NOW)).toBeNull();
  });

  it('cannot be given another row’s secrets', async () => {
    const [one, other] = [await links().make(await request()), await links().make(await request())];
    await database.pool.query('update oauth_link set sealed = (select max(sealed) from oauth_link)');
    const found = await Promise.allSettled([links().find(one, NOW), links().find(other, NOW)]);
    expect(found.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
