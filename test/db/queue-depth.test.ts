// How much there is to do, counted by network and state.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

let bench: Workbench;
beforeAll(async () => {
  bench = await openWorkbench({ accounts: 2 });
});
afterAll(() => bench.close());

it('counts what is not over, and of that what is due', async () => {
  const { store, clock, database, network } = bench;
  const platform = network.platform.id;
  expect(await store.queue.depth(clock.now())).toEqual([]);
  await bench.schedule();
  await bench.schedule({ in: { hours: 1 } });
  await bench.schedule({ in: { minutes: -1 } });
  expect(await store.queue.depth(clock.now())).toEqual([{ platform, state: 'scheduled', count: 6, due: 4 }]);

  const { rows } = await database.pool.query('select id from workspace');
  const [own, other] = [String(rows[0]?.id), randomUUID()];
  expect(await store.queue.depth(clock.now(), own)).toEqual([{ platform, state: 'scheduled', count: 6, due: 4 }]);
  expect(await store.queue.depth(clock.now(), other)).toEqual([]);

  const account = bench.accounts[0]?.id;
  await database.pool.query(`update delivery set state = 'held', hold_reason = 'cap' where account_id = $1`, [account]);
  await database.pool.query(
    `update delivery set state = 'published', published_at = due_at where account_id <> $1 and due_at < $2`,
    [account, clock.now().toString()],
  );
  expect(await store.queue.depth(clock.now().add({ hours: 2 }))).toEqual([
    { platform, state: 'held', count: 3, due: 0 },
    { platform, state: 'scheduled', count: 2, due: 2 },
  ]);
});
