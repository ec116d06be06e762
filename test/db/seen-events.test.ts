// What a chat delivers twice is done once, by whichever process.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Store } from '../../src/core/store.ts';
import { type Database, openDatabase } from '../../src/db/open.ts';
import { keyFrom, makeKeyHex, openVault } from '../../src/db/vault.ts';
import { clockAt } from '../support/clock.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { keptLog } from '../support/log.ts';

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

const clock = clockAt('2026-11-22T09:00:00Z');
const openStore = (): Store =>
  database.openStore({ clock, log: keptLog(), vault: openVault({ current: keyFrom(makeKeyHex()), old: [] }) });
const kept = async (): Promise<unknown[]> =>
  (await database.pool.query('select key from seen_event order by key')).rows.map(({ key }) => key);

it('a key is first for one of many that ask at the same time, in several processes', async () => {
  const [one, other] = [openStore(), openStore()];
  const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => (index % 2 ? one : other).isFirst('slack/T1/E1')));
  expect(answers.filter((isFirst) => isFirst)).toHaveLength(1);
  expect(await one.isFirst('slack/T2/E1')).toBe(true);
});

it('a key is remembered until it is forgotten', async () => {
  const store = openStore();
  await store.isFirst('yesterday');
  clock.forward({ hours: 23 });
  expect(await store.isFirst('yesterday')).toBe(false);
  await store.isFirst('today');
  expect(await store.forgetSeen(clock.now().subtract({ hours: 22 }))).toBe(3);
  expect(await kept()).toEqual(['today']);
  expect(await store.isFirst('yesterday')).toBe(true);
});
