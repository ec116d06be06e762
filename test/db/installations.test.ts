// What chats gave for the teams Crier is in: sealed at rest, each opened for its own team only.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/store.ts';
import { type Database, openDatabase } from '../../src/db/open.ts';
import { keyFrom, makeKeyHex, openVault } from '../../src/db/vault.ts';
import { clockAt } from '../support/clock.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { keptLog } from '../support/log.ts';

const FIRST = keyFrom(makeKeyHex());
const SECOND = keyFrom(makeKeyHex());
const INSTALLATION = { bot: { token: 'xoxb-very-secret', userId: 'U0' }, team: { id: 'T1' } };

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
beforeEach(() => database.pool.query('delete from installation'));

function openInstallations(current = FIRST): Store['installations'] {
  const vault = openVault({ current, old: [] });
  return database.openStore({ clock: clockAt('2026-11-22T09:00:00Z'), log: keptLog(), vault }).installations;
}

describe('an installation', () => {
  it('is found as it was saved, and replaced by a later one', async () => {
    const store = openInstallations();
    await store.save('slack', 'T1', INSTALLATION);
    expect(await store.find('slack', 'T1')).toEqual(INSTALLATION);
    await store.save('slack', 'T1', { bot: { token: 'xoxb-new' } });
    expect(await store.find('slack', 'T1')).toEqual({ bot: { token: 'xoxb-new' } });
  });

  it('is null where there is none, and after it was removed', async () => {
    const store = openInstallations();
    await store.save('slack', 'T1', INSTALLATION);
    expect(await store.find('slack', 'T2')).toBeNull();
    expect(await store.find('discord', 'T1')).toBeNull();
    await store.remove('slack', 'T1');
    await store.remove('slack', 'T1');
    expect(await store.find('slack', 'T1')).toBeNull();
  });

  it('is not readable in the database, nor in the place of another team’s', async () => {
    const store = openInstallations();
    await store.save('slack', 'T1', INSTALLATION);
    const { rows } = await database.pool.query('select * from installation');
    expect(JSON.stringify(rows)).not.toContain('secret');
    await database.pool.query("update installation set team_id = 'T2'");
    await expect(store.find('slack', 'T2')).rejects.toMatchObject({ kind: 'invalid-input' });
  });

  it('is sealed anew with a new key, and counted', async () => {
    await openInstallations().save('slack', 'T1', INSTALLATION);
    await openInstallations().save('slack', 'T2', INSTALLATION);
    const both = openVault({ current: SECOND, old: [FIRST] });
    expect(await database.reseal(both)).toBe(2);
    expect(await database.reseal(both)).toBe(0);
    expect(await openInstallations(SECOND).find('slack', 'T1')).toEqual(INSTALLATION);
  });
});
