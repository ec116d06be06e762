// A database that was restored from a backup: nothing that went out since the backup goes out again by itself, and people are asked.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseRecurrence } from '../../src/core/time/recurrence.ts';
import { confirmDelivery } from '../../src/core/usecases/confirm-delivery.ts';
import { slotAt } from '../../src/core/usecases/slot.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';
import { textOf } from './yaml-files.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench({ accounts: 3 });
});
afterEach(() => bench.close());

/** As it is run by psql, but at the test's own time. */
async function afterRestore(): Promise<void> {
  const sql = textOf('deploy/after-restore.sql').replaceAll('now()', `timestamptz '${bench.clock.now()}'`);
  await bench.database.pool.query(sql);
}

const stateOf = async (post: Awaited<ReturnType<Workbench['schedule']>>): Promise<(string | undefined)[]> =>
  (await bench.read(post)).deliveries.map(({ state }) => state);

/** Two hours pass in which the real Crier went on and this copy of its database stood still. */
const pass = (): void => bench.clock.forward({ hours: 2 });

describe('after a restore', () => {
  it('what was due since the backup waits for people, and what is still to come goes out', async () => {
    const was = await bench.schedule({ in: { minutes: 30 } });
    const comes = await bench.schedule({ in: { hours: 3 } });
    pass();
    await afterRestore();
    await bench.work();
    expect(bench.network.posts).toEqual([]);
    expect(await stateOf(was)).toEqual(['unconfirmed', 'unconfirmed', 'unconfirmed']);
    bench.clock.forward({ hours: 1 });
    await bench.work();
    expect(await stateOf(comes)).toEqual(['published', 'published', 'published']);
    expect(bench.network.posts).toHaveLength(3);
  });

  it('what a process was publishing when the backup was made waits too', async () => {
    const post = await bench.schedule();
    await bench.store.queue.claimDue({
      now: bench.clock.now(),
      leaseUntil: bench.clock.now().add({ minutes: 1 }),
      limit: 10,
      perAccount: 1,
      busyAccountIds: [],
    });
    pass();
    await afterRestore();
    await bench.work();
    expect(await stateOf(post)).toEqual(['unconfirmed', 'unconfirmed', 'unconfirmed']);
  });

  it('people are told, and their answer settles it', async () => {
    const { post, deliveries } = await bench.schedule({ in: { minutes: 30 } });
    pass();
    await afterRestore();
    await afterRestore();
    const news = { chats: ['terminal'], now: bench.clock.now(), leaseUntil: bench.clock.now().add({ minutes: 1 }) } as const;
    const told = await bench.store.queue.claimNews({ ...news, limit: 10, busyChannels: [] });
    expect(told.map(({ delivery }) => delivery.state)).toEqual(['unconfirmed', 'unconfirmed', 'unconfirmed']);
    const answers = ['went-out', 'post-again', 'went-out'] as const;
    const deps = { ...bench, jobs: { wakeAt: async () => {} } };
    for (const [at, { id }] of deliveries.entries())
      await confirmDelivery(deps, bench.actor, { number: post.number, deliveryId: id, answer: answers[at] ?? 'went-out' });
    await bench.work();
    expect(bench.network.posts).toHaveLength(1);
  });

  it('what recurs goes on with the next one, and does not repeat one of the last hour', async () => {
    const reading = parseRecurrence('every day at 10:30 UTC', { now: bench.clock.now(), timeZone: 'UTC' });
    if (reading.kind !== 'recurring') throw new Error(JSON.stringify(reading));
    const slot = slotAt(reading.first);
    const origin = { chat: 'terminal', channel: 'here', message: null } as const;
    const said = { text: 'Daily', variants: {}, mediaIds: [], hashtags: [], campaign: null, origin };
    const deliveries = bench.accounts.map(
      (account) => ({ account, state: 'scheduled', holdReason: null, dueAt: slot.at }) as const,
    );
    await bench.store.series.create(bench.actor, reading.rule, { ...said, slot, deliveries });
    // the backup is of yesterday; today's went out half an hour ago
    bench.clock.forward({ hours: 26 });
    await afterRestore();
    await bench.work();
    expect(bench.network.posts).toEqual([]);
    const { rows } = await bench.database.pool.query(
      "select distinct due_at = '2026-11-24T10:30Z' as right from delivery where state = 'scheduled'",
    );
    expect(rows).toEqual([{ right: true }]);
  });
});
