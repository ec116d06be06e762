// Which figures the thread of a post is told, where a network has the post no more.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { UNTOLD } from '../../src/core/figures.ts';
import { type FiguresBench, openFiguresBench } from '../support/figures-bench.ts';

let bench: FiguresBench;
beforeEach(async () => {
  bench = await openFiguresBench();
});
afterEach(() => bench.close());

const claim = () => {
  const now = bench.clock.now();
  return bench.store.figures.claimNews({ chats: ['terminal'], hours: [24], now, leaseUntil: now.add({ minutes: 2 }), limit: 5 });
};

it('a post that was deleted on one network stands as it was told last, with when that was', async () => {
  await bench.publish();
  bench.clock.forward({ hours: 6 });
  await bench.collect();
  const early = bench.clock.now();
  bench.tellingOf('two').ofPost = () => UNTOLD;
  bench.clock.forward({ hours: 18, minutes: 30 });
  await bench.collect();
  const [news] = await claim();
  expect(news?.results).toMatchObject([
    { platform: 'one', figures: { likes: 3 }, seenAt: bench.clock.now() },
    { platform: 'two', figures: { likes: 3 }, seenAt: early },
  ]);
});

it('a post of which nothing was ever told is told as such', async () => {
  bench.tellingOf('two').ofPost = () => UNTOLD;
  await bench.publish();
  bench.clock.forward({ hours: 24, minutes: 30 });
  await bench.collect();
  const [news] = await claim();
  expect(news?.results.map(({ figures }) => figures)).toEqual([{ ...UNTOLD, likes: 3 }, UNTOLD]);
});
