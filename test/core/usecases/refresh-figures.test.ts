// Figures that a person wants now: what is asked for, how far it has come, and what is left alone.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CrierError } from '../../../src/core/errors.ts';
import { UNTOLD } from '../../../src/core/figures.ts';
import { type RefreshProgress, refreshFigures } from '../../../src/core/usecases/refresh-figures.ts';
import { type FiguresBench, openFiguresBench } from '../../support/figures-bench.ts';

let bench: FiguresBench;
beforeEach(async () => {
  bench = await openFiguresBench(['one', 'two', 'three']);
});
afterEach(() => bench.close());

async function refresh() {
  const steps: RefreshProgress[] = [];
  const refreshed = await refreshFigures(bench.deps, bench.actor.workspace, async (step) => void steps.push(step));
  return { ...refreshed, steps };
}

it('reads each account and all its posts of thirty days, whatever is due, and tells how far it has come', async () => {
  await bench.publish('one');
  bench.clock.forward({ hours: 24 * 20 });
  await bench.publish('one');
  await bench.publish('two');
  bench.clock.forward({ hours: 24 * 10, minutes: 1 });
  await bench.publish('one');
  bench.clock.forward({ minutes: 5 });
  expect(await refresh()).toEqual({
    accounts: 3,
    posts: 3,
    failed: [],
    steps: [1, 2, 3].map((done) => ({ done, total: 3, failed: 0 })),
  });
  expect(bench.tellingOf('one').asked).toEqual([['testnet-4', 'testnet-2']]);
  expect(await bench.kept('accounts')).toHaveLength(3);
});

it('adds to what there is', async () => {
  await bench.publish('one');
  bench.clock.forward({ hours: 1 });
  await bench.collect();
  bench.clock.forward({ minutes: 20 });
  bench.tellingOf('one').ofPost = () => ({ ...UNTOLD, likes: 9 });
  await refresh();
  expect((await bench.kept('posts')).map(({ at, figures }) => ({ at, figures }))).toEqual([
    { at: '2026-11-22T10:00:00Z', figures: { ...UNTOLD, likes: 3 } },
    { at: '2026-11-22T10:20:00Z', figures: { ...UNTOLD, likes: 9 } },
  ]);
});

it('says of which accounts nothing could be read, and why, and reads the others', async () => {
  bench.tellingOf('two').ofAccount = () => {
    throw new CrierError('unavailable', 'Two is away.');
  };
  const { account } = bench.tellingOf('two');
  const { steps, ...refreshed } = await refresh();
  expect(refreshed).toEqual({ accounts: 2, posts: 0, failed: [{ account, sentence: 'Two is away.' }] });
  expect(steps.at(-1)).toEqual({ done: 3, total: 3, failed: 1 });
});

it('does not ask again for what is some seconds old', async () => {
  await refresh();
  bench.clock.forward({ seconds: 14 });
  expect(await refresh()).toMatchObject({ accounts: 3, posts: 0, failed: [] });
  expect(bench.tellingOf('one').accountAsked).toBe(1);
  bench.clock.forward({ seconds: 1 });
  await refresh();
  expect(bench.tellingOf('one').accountAsked).toBe(2);
});

it('tries again what failed, but not before a time that the network named', async () => {
  const [one, two] = [bench.tellingOf('one'), bench.tellingOf('two')];
  one.ofAccount = () => {
    throw new CrierError('rejected', 'One wants a permission.');
  };
  two.ofAccount = () => {
    throw new CrierError('rate-limited', 'Two wants a rest.', { retryAfterMs: 600_000 });
  };
  await refresh();
  expect((await refresh()).failed.map(({ sentence }) => sentence).sort()).toEqual([
    'One wants a permission.',
    'Two wants a rest.',
  ]);
  expect([one.accountAsked, two.accountAsked]).toEqual([2, 1]);
  bench.clock.forward({ minutes: 10 });
  await refresh();
  expect(two.accountAsked).toBe(2);
});

it('asks for more than a hundred posts in parts', async () => {
  await bench.publish('one');
  await bench.database.pool.query(COPIES, [bench.clock.now().toString()]);
  expect(await refresh()).toMatchObject({ posts: 131 });
  expect(bench.tellingOf('one').asked.map(({ length }) => length)).toEqual([100, 31]);
});

/** 130 more posts like the first, with their deliveries. */
const COPIES = `
with numbers as (select n, gen_random_uuid() as id from generate_series(2, 131) as n),
posts as (
  insert into post select (jsonb_populate_record(p, jsonb_build_object('id', n.id, 'number', n.n))).*
  from numbers n cross join post p where p.number = 1
)
insert into delivery
select (jsonb_populate_record(d, jsonb_build_object(
  'id', gen_random_uuid(), 'post_id', n.id, 'idempotency_key', gen_random_uuid(), 'remote_id', 'copy-' || n.n, 'published_at', $1::text
))).*
from numbers n cross join delivery d`;

it('goes on where how far it has come cannot be told', async () => {
  const refreshed = await refreshFigures(bench.deps, bench.actor.workspace, () =>
    Promise.reject(new Error('the chat is closed')),
  );
  expect(refreshed).toMatchObject({ accounts: 3, failed: [] });
  expect(await bench.kept('accounts')).toHaveLength(3);
});

it('of another workspace reads nothing', async () => {
  const other = await bench.store.workspaces.enter({
    ...{ chat: 'terminal', teamId: 'others', teamName: 'Others', userId: 'bob', userName: 'Bob' },
    ...{ role: 'admin', timeZone: 'UTC' },
  });
  expect(await refreshFigures(bench.deps, other.workspace, async () => {})).toEqual({ accounts: 0, posts: 0, failed: [] });
  expect(bench.tellingOf('one').accountAsked).toBe(0);
});
