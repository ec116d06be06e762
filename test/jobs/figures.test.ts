// How posts did, as it is read and kept: when they are looked at, by whom, and what "best" makes of it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PostFigures, UNTOLD } from '../../src/core/figures.ts';
import type { PostDetails } from '../../src/core/post.ts';
import { collectFigures } from '../../src/core/usecases/collect-figures.ts';
import { foreseeSlot } from '../../src/core/usecases/queue-post.ts';
import { scriptedNetwork } from '../support/scripted-network.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

const PLAN = { accountsEveryMinutes: 60, postsAfterHours: [1, 6, 24, 72, 168, 720], tellAfterHours: [] };

let bench: Workbench;
/** The remote ids of each look. */
let looks: string[][];
let answer: (ids: string[]) => ReadonlyMap<string, PostFigures>;
beforeEach(async () => {
  looks = [];
  answer = (ids) => new Map(ids.map((id) => [id, { ...UNTOLD, likes: 3 }]));
  const network = scriptedNetwork();
  network.platform = {
    ...network.platform,
    figures: async ({ posts }) => {
      looks.push(posts.map(({ remoteId }) => remoteId));
      return answer(posts.map(({ remoteId }) => remoteId));
    },
  };
  bench = await openWorkbench({ network, accounts: 2 });
});
afterEach(() => bench.close());

const look = () => {
  const { clock, store, platforms, log } = bench;
  return collectFigures({ clock, store, platforms, log, http: { fetch, dispatcher: undefined } }, PLAN);
};
async function publish(): Promise<PostDetails> {
  const post = await bench.schedule({ accounts: bench.accounts.slice(0, 1) });
  await bench.work();
  return post;
}
const kept = async (): Promise<unknown[]> => (await bench.database.pool.query('select figures from metric_snapshot')).rows;

describe('a post that is out', () => {
  it('is looked at after an hour, and then once after each of the times', async () => {
    await publish();
    expect(await look()).toMatchObject({ posts: 0, failed: 0 });
    for (const hours of [1, 5, 18, 48, 96, 552]) {
      bench.clock.forward({ hours });
      await look();
      await look();
    }
    expect(looks).toHaveLength(6);
    expect(await kept()).toHaveLength(6);
  });

  it('is looked at once for several times that went by unnoticed', async () => {
    await publish();
    bench.clock.forward({ hours: 80 });
    await look();
    await look();
    expect(looks).toHaveLength(1);
  });

  it('that the network has no more is kept as nothing told, and never as nought', async () => {
    await publish();
    answer = () => new Map();
    bench.clock.forward({ hours: 1 });
    await look();
    expect(await kept()).toEqual([{ figures: UNTOLD }]);
  });
});

it('a network that fails stops no other account, and is asked again', async () => {
  const posts = await bench.schedule();
  await bench.work();
  expect((await bench.read(posts)).deliveries).toHaveLength(2);
  let fails = true;
  const works = answer;
  answer = (ids) => {
    if (!fails) return works(ids);
    fails = false;
    throw new Error('the network broke off');
  };
  bench.clock.forward({ hours: 1 });
  expect(await look()).toMatchObject({ posts: 1, failed: 1 });
  bench.clock.forward({ minutes: 10 });
  expect(await look()).toMatchObject({ posts: 1, failed: 0 });
});

it('"best" goes by the account’s own posts once there are enough of them, and says so', async () => {
  const { deps, account } = { deps: bench, account: bench.accounts[0] };
  if (!account) throw new Error('no account');
  // the workbench begins on a Sunday at ten in Berlin
  answer = (ids) => new Map(ids.map((id) => [id, { ...UNTOLD, likes: Number(id.split('-')[1]) % 2 === 0 ? 90 : 1 }]));
  for (let day = 0; day < 12; day += 1) {
    await publish();
    bench.clock.forward({ hours: 5 });
    await publish();
    bench.clock.forward({ hours: 19 });
  }
  bench.clock.forward({ hours: 24 });
  await look();
  const { at, notes } = await foreseeSlot(deps, bench.actor, { accounts: [account], kind: 'best', exceptNumber: null });
  expect(at.toPlainTime().toString({ smallestUnit: 'minute' })).toBe('15:00');
  expect(notes[0]).toMatch(/^testnet \(@account1\): .*15:00 are good times, by its own last 24 posts\.$/);
});
