// A key is changed in one process after another: nothing is turned back, nothing gets lost, and what is left is told.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCheckedVault, rotateKey, usesOf } from '../../src/db/checked-vault.ts';
import { type Database, openDatabase } from '../../src/db/open.ts';
import { keyFrom, keyIdOf, type Vault } from '../../src/db/vault.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { keptLog } from '../support/log.ts';

const [FIRST, SECOND, THIRD] = [keyFrom('aa'.repeat(32)), keyFrom('bb'.repeat(32)), keyFrom('cc'.repeat(32))];
const BEFORE = { current: FIRST, old: [] };
/** The new key is known everywhere before anybody seals with it. */
const ANNOUNCED = { current: FIRST, old: [SECOND] };
const CHANGED = { current: SECOND, old: [FIRST] };
const AFTER = { current: SECOND, old: [] };

let test: TestDatabase;
let database: Database;
const log = keptLog();

beforeEach(async () => {
  test = await freshDatabase();
  database = await openDatabase(test.url);
  log.lines.length = 0;
});
afterEach(async () => {
  await database.close();
  await test.drop();
});

const start = (keys: typeof ANNOUNCED): Promise<Vault> => openCheckedVault(keys, database, log);

/** A process stores what it was given, sealed with its key. */
async function save(vault: Vault, team: string): Promise<void> {
  await database.pool.query(
    `insert into installation (chat, team_id, sealed, created_at, updated_at) values ('slack', $1, $2, now(), now())
     on conflict (chat, team_id) do update set sealed = excluded.sealed`,
    [team, vault.seal({ token: team }, `slack/${team}`)],
  );
}

async function read(vault: Vault, team: string): Promise<unknown> {
  const { rows } = await database.pool.query<{ sealed: string }>('select sealed from installation where team_id = $1', [team]);
  return vault.open(rows[0]?.sealed ?? '', `slack/${team}`);
}

const keysInUse = async (): Promise<string[]> => (await usesOf(database)).map(({ keyId }) => keyId);
const newestKey = async (): Promise<string> => keyIdOf((await database.settings.get('vault-canary')) ?? '');

describe('a key that is new in one process', () => {
  it('seals everything anew at its first start, and the former one can go', async () => {
    await save(await start(BEFORE), 'T1');
    await start(CHANGED);
    expect(await keysInUse()).toEqual([SECOND.id]);
    expect(await read(await start(AFTER), 'T1')).toEqual({ token: 'T1' });
    expect(log.lines.map(({ level }) => level)).toEqual(['info']);
  });

  it('is refused where it comes without the one that sealed', async () => {
    await start(BEFORE);
    await expect(start(AFTER)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await newestKey()).toBe(FIRST.id);
  });

  it('goes on where a start was killed between the canary and the logins', async () => {
    await save(await start(BEFORE), 'T1');
    const reseal = (): Promise<number> => Promise.reject(new Error('killed'));
    await expect(openCheckedVault(CHANGED, { ...database, reseal }, log)).rejects.toThrow('killed');
    expect(await newestKey()).toBe(SECOND.id);
    await start(CHANGED);
    expect(await keysInUse()).toEqual([SECOND.id]);
  });
});

describe('a key that is changed in several processes, one after another', () => {
  it('can be read by all of them at every moment, and nothing is left on the former one in the end', async () => {
    const [oldOne, oldTwo] = [await start(ANNOUNCED), await start(ANNOUNCED)];
    await save(oldOne, 'T1');
    const newOne = await start(CHANGED);
    // still running with the settings from before
    expect(await read(oldTwo, 'T1')).toEqual({ token: 'T1' });
    await save(oldTwo, 'T2');
    expect(await read(newOne, 'T2')).toEqual({ token: 'T2' });
    const newTwo = await start(CHANGED);
    expect(await read(newTwo, 'T2')).toEqual({ token: 'T2' });
    expect(await keysInUse()).toEqual([SECOND.id]);
  });

  it('is not turned back by a process that starts with the settings from before', async () => {
    await save(await start(ANNOUNCED), 'T1');
    await start(CHANGED);
    const late = await start(ANNOUNCED);
    expect(await newestKey()).toBe(SECOND.id);
    expect(await keysInUse()).toEqual([SECOND.id]);
    await save(late, 'T2');
    expect(await keysInUse()).toEqual([SECOND.id]);
    expect(log.lines.at(-1)).toMatchObject({ level: 'warn', fields: { key: FIRST.id, newest: SECOND.id } });
  });

  it('is one key in the end where several start with it at once', async () => {
    await save(await start(ANNOUNCED), 'T1');
    await Promise.all([start(CHANGED), start(ANNOUNCED), start(CHANGED), start(CHANGED)]);
    expect([await newestKey(), await keysInUse()]).toEqual([SECOND.id, [SECOND.id]]);
  });

  it('is one key where several start with different ones on an empty database, and the others are told', async () => {
    const started = await Promise.allSettled([start(BEFORE), start({ current: SECOND, old: [] })]);
    expect(started.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('can be followed by a third', async () => {
    await save(await start(ANNOUNCED), 'T1');
    await start(CHANGED);
    await start({ current: THIRD, old: [SECOND] });
    expect(await keysInUse()).toEqual([THIRD.id]);
    const late = await start({ current: SECOND, old: [THIRD] });
    expect(await newestKey()).toBe(THIRD.id);
    expect(await read(late, 'T1')).toEqual({ token: 'T1' });
  });
});

describe('a former key that was taken away too early', () => {
  it('is asked for by name, and nothing is lost while somebody has it', async () => {
    const late = await start(ANNOUNCED);
    await start(CHANGED);
    await save(late, 'T1');
    const vault = await start(AFTER);
    expect(log.lines.at(-1)).toMatchObject({ level: 'error', fields: { key: FIRST.id, count: 1 } });
    // a try that needs it is made again later, rather than given up
    await expect(read(vault, 'T1')).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await read(await start(CHANGED), 'T1')).toEqual({ token: 'T1' });
    expect(await keysInUse()).toEqual([SECOND.id]);
  });
});

describe('rotating by command', () => {
  it('seals what came in meanwhile, and counts it', async () => {
    const late = await start(ANNOUNCED);
    await start(CHANGED);
    await save(late, 'T1');
    expect(await rotateKey(CHANGED, database)).toEqual({
      resealed: 1,
      uses: [{ keyId: SECOND.id, count: 1 }],
      neverUsed: [],
    });
  });

  it('loses nothing that another process stores at the same moment', async () => {
    const [late, fresh] = [await start(ANNOUNCED), await start(CHANGED)];
    for (const team of ['T1', 'T2', 'T3']) await save(late, team);
    const storing = Array.from({ length: 40 }, (_, at) => save(at % 2 === 0 ? late : fresh, `T${at % 4}`));
    await Promise.all([rotateKey(CHANGED, database), rotateKey(CHANGED, database), ...storing]);
    const { uses } = await rotateKey(CHANGED, database);
    expect(uses).toEqual([{ keyId: SECOND.id, count: 4 }]);
    for (const team of ['T0', 'T1', 'T2', 'T3']) expect(await read(fresh, team)).toEqual({ token: team });
  });

  it('does not go back to a former key unless that is said', async () => {
    await save(await start(ANNOUNCED), 'T1');
    await start(CHANGED);
    await expect(rotateKey(ANNOUNCED, database)).rejects.toMatchObject({ kind: 'invalid-input' });
    await rotateKey(ANNOUNCED, database, true);
    expect([await newestKey(), await keysInUse()]).toEqual([FIRST.id, [FIRST.id]]);
    expect(await read(await start(BEFORE), 'T1')).toEqual({ token: 'T1' });
  });

  it('names a key that is announced and has sealed nothing so far', async () => {
    await start(BEFORE);
    expect((await rotateKey(ANNOUNCED, database)).neverUsed).toEqual([SECOND.id]);
  });

  it('leaves what no key here opens, and counts it', async () => {
    await save(await start({ current: THIRD, old: [] }), 'T1');
    await database.pool.query('delete from setting');
    await save(await start(BEFORE), 'T2');
    expect(await rotateKey(CHANGED, database)).toMatchObject({ resealed: 1 });
    expect((await keysInUse()).sort()).toEqual([SECOND.id, THIRD.id].sort());
  });
});
