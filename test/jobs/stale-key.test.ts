// A process that does not know the newest key yet: its posts are tried again later, and go out once it does.
import { expect, it } from 'vitest';
import { keyFrom, makeKeyHex, openVault } from '../../src/db/vault.ts';
import { openWorkbench } from '../support/workbench.ts';

it('a login that was sealed with a key that is not here yet does not make its post fail', async () => {
  const bench = await openWorkbench();
  const [account] = bench.accounts;
  if (!account) throw new Error('the workbench has no account');
  const sealed = openVault({ current: keyFrom(makeKeyHex()), old: [] }).seal({ token: 't' }, account.id);
  await bench.database.pool.query('update account set sealed_credentials = $1', [sealed]);
  const post = await bench.schedule();
  await bench.work();
  const [delivery] = (await bench.read(post)).deliveries;
  expect([delivery?.state, delivery?.errorKind, delivery?.inDoubt]).toEqual(['retrying', 'unavailable', false]);
  await bench.store.accounts.saveCredentials(account.id, { token: 't' });
  bench.clock.forward({ minutes: 2 });
  await bench.work();
  expect((await bench.read(post)).deliveries[0]?.state).toBe('published');
  await bench.close();
});
