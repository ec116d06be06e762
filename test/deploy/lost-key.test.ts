// What the manual says to do where the encryption key is lost: Crier starts with a new one, accounts are connected again, and posts go on.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openCheckedVault } from '../../src/db/checked-vault.ts';
import { keyFrom, makeKeyHex, openVault } from '../../src/db/vault.ts';
import { keptLog } from '../support/log.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';
import { textOf } from './yaml-files.ts';

const LOST = keyFrom(makeKeyHex());
const NEW = { current: keyFrom(makeKeyHex()), old: [] };

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
  await openCheckedVault({ current: LOST, old: [] }, bench.database, keptLog());
});
afterEach(() => bench.close());

/** The statements of the section, as they stand there. */
function statements(): string {
  const [, sql] = /### Lost key[\s\S]*?```sql\n([\s\S]*?)```/.exec(textOf('docs/operations.md')) ?? [];
  if (sql === undefined) throw new Error('docs/operations.md has no statements for a lost key');
  return sql;
}

it('a new key is taken after the statements of the manual, and not before', async () => {
  await expect(openCheckedVault(NEW, bench.database, keptLog())).rejects.toMatchObject({ kind: 'unavailable' });
  await bench.database.pool.query(statements());
  const log = keptLog();
  await openCheckedVault(NEW, bench.database, log);
  expect(log.lines).toEqual([]);
});

it('what comes due meanwhile is held, and goes out once its account is connected again', async () => {
  const post = await bench.schedule({ in: { minutes: 5 } });
  await bench.database.pool.query(statements());
  bench.clock.forward({ minutes: 6 });
  await bench.work();
  expect((await bench.read(post)).deliveries[0]).toMatchObject({ state: 'held', holdReason: 'account' });
  const vault = openVault(NEW);
  const { accounts } = bench.database.openStore({ clock: bench.clock, log: keptLog(), vault });
  for (const { platform, remoteId, handle, service } of bench.accounts) {
    const login = { credentials: { token: 'new' }, announcedLimits: null, expiresAt: null };
    await accounts.connect(bench.actor, { platform, remoteId, handle, service, ...login });
  }
  expect((await bench.read(post)).deliveries[0]?.state).toBe('scheduled');
});
