// Choices in the database: sealed, bound to their own row, taken once, and cleared away when their time is over.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Candidate, Choice } from '../../src/core/oauth.ts';
import { type Database, openDatabase } from '../../src/db/open.ts';
import { keyFrom, makeKeyHex, openVault } from '../../src/db/vault.ts';
import { clockAt } from '../support/clock.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { keptLog } from '../support/log.ts';
import { ENTRANCE } from '../support/workbench.ts';

const NOW = Temporal.Instant.from('2026-11-22T09:00:00Z');
const THEN = NOW.add({ minutes: 10 });
const clock = clockAt(NOW.toString());

const PAGE: Candidate = {
  remoteId: 'page-1',
  handle: '@bakery',
  service: 'https://graph.example.com',
  credentials: { accessToken: 'the-page-token' },
  announcedLimits: { perDay: 50 },
  expiresAt: Temporal.Instant.from('2027-01-21T09:00:00Z'),
  refreshAt: Temporal.Instant.from('2027-01-14T09:00:00Z'),
  kind: 'Page',
};
const PERSON: Candidate = {
  ...PAGE,
  remoteId: 'me',
  handle: '@ann',
  announcedLimits: null,
  expiresAt: null,
  refreshAt: null,
  kind: null,
};
const MISSING = [{ name: 'insights', reason: 'count what was read', without: 'No numbers.' }];

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
beforeEach(() => database.pool.query('truncate oauth_choice, oauth_link'));

const vault = openVault({ current: keyFrom(makeKeyHex()), old: [] });
const store = () => database.openStore({ clock, log: keptLog(), vault });

async function choice(): Promise<Choice> {
  const actor = await store().workspaces.enter(ENTRANCE);
  const origin = { chat: 'terminal', channel: 'here', message: null } as const;
  return { actor, origin, platform: 'mastodon', candidates: [PAGE, PERSON], missing: MISSING };
}
const count = async (): Promise<number> => (await database.pool.query('select 1 from oauth_choice')).rowCount ?? 0;

describe('a choice', () => {
  it('is found as it was kept, as often as it is looked at', async () => {
    const kept = await choice();
    const { links } = store();
    const token = await links.keepChoice(kept, THEN);
    expect(token).toMatch(/^[\w-]{43}$/);
    const found = await links.findChoice(token, NOW);
    expect(found).toMatchObject({ actor: kept.actor, origin: kept.origin, platform: 'mastodon', missing: MISSING });
    expect(await links.findChoice(token, NOW)).toEqual(found);
    expect(
      found?.candidates.map((each) => ({ ...each, expiresAt: String(each.expiresAt), refreshAt: String(each.refreshAt) })),
    ).toEqual([
      { ...PAGE, expiresAt: '2027-01-21T09:00:00Z', refreshAt: '2027-01-14T09:00:00Z' },
      { ...PERSON, expiresAt: 'null', refreshAt: 'null' },
    ]);
  });

  it('is taken once, and in its time', async () => {
    const { links } = store();
    const token = await links.keepChoice(await choice(), THEN);
    expect(await links.takeChoice('another', NOW)).toBeNull();
    expect(await links.takeChoice(token, THEN)).toBeNull();
    const taken = await Promise.all([1, 2, 3].map(() => links.takeChoice(token, NOW)));
    expect(taken.filter((each) => each !== null)).toHaveLength(1);
    expect(await links.findChoice(token, NOW)).toBeNull();
  });

  it('leaves nothing in the database that proves it or logs in', async () => {
    const token = await store().links.keepChoice(await choice(), THEN);
    const stored = JSON.stringify((await database.pool.query('select * from oauth_choice')).rows);
    for (const secret of [token, 'the-page-token', '@bakery']) expect(stored).not.toContain(secret);
  });

  it('cannot be given another row’s accounts', async () => {
    const { links } = store();
    const [one, other] = [await links.keepChoice(await choice(), THEN), await links.keepChoice(await choice(), THEN)];
    await database.pool.query('update oauth_choice set sealed = (select max(sealed) from oauth_choice)');
    const found = await Promise.allSettled([links.findChoice(one, NOW), links.findChoice(other, NOW)]);
    expect(found.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['choice is kept', async () => store().links.keepChoice(await choice(), THEN)],
    [
      'link is made',
      async () => {
        const { actor, origin } = await choice();
        const app = { clientId: 'an-app', clientSecret: 'its-secret' };
        const way = { service: 'https://example.com', redirectUri: 'https://crier.example.com/back', app };
        return store().links.make({ actor, origin, platform: 'mastodon', ...way, expiresAt: THEN });
      },
    ],
  ])('whose time is over is cleared away when a %s', async (_, next) => {
    await store().links.keepChoice(await choice(), NOW);
    expect(await count()).toBe(1);
    await next();
    const { rows } = await database.pool.query('select expires_at from oauth_choice where expires_at <= $1', [NOW.toString()]);
    expect(rows).toEqual([]);
  });
});
