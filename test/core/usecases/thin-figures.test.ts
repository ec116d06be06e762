// Snapshots that get fewer with age: which stay.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { UNTOLD, UNTOLD_ACCOUNT } from '../../../src/core/figures.ts';
import { thinFigures } from '../../../src/core/usecases/thin-figures.ts';
import { type FiguresBench, openFiguresBench } from '../../support/figures-bench.ts';

let bench: FiguresBench;
beforeEach(async () => {
  bench = await openFiguresBench();
});
afterEach(() => bench.close());

const Likes = z.object({ likes: z.number() });

/** The workbench begins on 22 November 2026 at 9:00 UTC. */
const instant = (text: string) => Temporal.Instant.from(text);
const keepAccount = (id: string, ...at: string[]) =>
  Promise.all(
    at.map((each) =>
      bench.store.figures.saveAccount(bench.tellingOf(id).account.id, { ...UNTOLD_ACCOUNT, followers: 1 }, instant(each)),
    ),
  );
const left = async (of: 'posts' | 'accounts', id = 'one') =>
  (await bench.kept(of)).flatMap(({ platform, at }) => (platform === id ? [at.replace(':00Z', '')] : []));

it('after two weeks, the newest of each day stays of an account, and the newest of each month after thirteen months', async () => {
  await keepAccount(
    'one',
    ...['2025-09-30T10:00:00Z', '2025-09-30T23:59:00Z', '2025-10-01T00:00:00Z', '2025-10-02T12:00:00Z', '2025-10-02T13:00:00Z'],
    ...['2026-10-31T10:00:00Z', '2026-10-31T23:00:00Z', '2026-11-01T00:00:00Z'],
    ...['2026-11-08T08:00:00Z', '2026-11-08T10:00:00Z', '2026-11-09T08:00:00Z', '2026-11-09T09:00:00Z', '2026-11-22T09:00:00Z'],
  );
  expect(await thinFigures(bench)).toBe(5);
  expect(await left('accounts')).toEqual([
    ...['2025-09-30T23:59', '2025-10-02T13:00'],
    ...['2026-10-31T23:00', '2026-11-01T00:00'],
    ...['2026-11-08T10:00', '2026-11-09T08:00', '2026-11-09T09:00', '2026-11-22T09:00'],
  ]);
  expect(await thinFigures(bench)).toBe(0);
});

it('each account and each post has its own days, and the newest of each stays however old it is', async () => {
  await keepAccount('one', '2025-01-01T08:00:00Z', '2025-01-01T09:00:00Z');
  await keepAccount('two', '2025-01-01T08:30:00Z');
  const posts = [await bench.publish('one'), await bench.publish('one')];
  for (const { deliveries } of posts) {
    for (const hour of ['08', '09', '10']) {
      const seen = new Map(deliveries.map(({ id }) => [id, { ...UNTOLD, likes: Number(hour) }]));
      await bench.store.figures.save(bench.tellingOf('one').account.id, seen, instant(`2025-01-01T${hour}:00:00Z`));
    }
  }
  expect(await thinFigures(bench)).toBe(5);
  expect(await left('accounts')).toEqual(['2025-01-01T09:00']);
  expect(await left('accounts', 'two')).toEqual(['2025-01-01T08:30']);
  expect((await bench.kept('posts')).map(({ figures }) => figures)).toEqual([1, 2].map(() => ({ ...UNTOLD, likes: 10 })));
});

it('goes on where it stopped', async () => {
  await keepAccount('one', ...['08', '09', '10', '11'].map((hour) => `2026-09-01T${hour}:00:00Z`));
  const before = { dailyBefore: instant('2026-11-01T00:00:00Z'), monthlyBefore: instant('2025-11-01T00:00:00Z') };
  const { figures } = bench.store;
  expect([await figures.thin(before, 2), await figures.thin(before, 2), await figures.thin(before, 2)]).toEqual([2, 1, 0]);
  expect(await left('accounts')).toEqual(['2026-09-01T11:00']);
});

it('a post is not due anew for what was thinned', async () => {
  await bench.publish('one');
  for (const hours of [1, 5, 18, 48, 96, 552]) {
    bench.clock.forward({ hours });
    await bench.collect();
  }
  bench.clock.forward({ hours: 24 });
  expect(await thinFigures(bench)).toBeGreaterThan(0);
  expect(await bench.collect()).toMatchObject({ posts: 0 });
});

it('of a post’s first two days every hour stays, so that a month can be compared on its first day', async () => {
  const {
    deliveries: [delivery],
  } = await bench.publish('one');
  const { id } = bench.tellingOf('one').account;
  const out = delivery?.publishedAt ?? bench.clock.now();
  const ages = [60, 61, 360, 1440, 47 * 60, 49 * 60, 50 * 60, 96 * 60];
  for (const minutes of ages) {
    await bench.store.figures.save(id, new Map([[delivery?.id ?? '', { ...UNTOLD, likes: minutes }]]), out.add({ minutes }));
  }
  bench.clock.forward({ hours: 24 * 40 });
  expect(await thinFigures(bench)).toBe(2);
  const likes = async () => (await bench.kept('posts')).map(({ figures }) => Likes.parse(figures).likes);
  expect(await likes()).toEqual([61, 360, 1440, 47 * 60, 50 * 60, 96 * 60]);
  bench.clock.forward({ hours: 24 * 400 });
  expect(await thinFigures(bench)).toBe(5);
  expect(await likes()).toEqual([96 * 60]);
});

it('what was told of a post stays, though its network tells nothing any more', async () => {
  const {
    deliveries: [delivery],
  } = await bench.publish('one');
  const { id } = bench.tellingOf('one').account;
  for (const [hours, likes] of [
    [60, 4],
    [61, 5],
    [62, null],
  ] as const) {
    const at = bench.clock.now().add({ hours });
    await bench.store.figures.save(id, new Map([[delivery?.id ?? '', { ...UNTOLD, likes }]]), at);
  }
  bench.clock.forward({ hours: 24 * 500 });
  await thinFigures(bench);
  expect((await bench.kept('posts')).map(({ figures }) => figures)).toEqual([{ ...UNTOLD, likes: 5 }, { ...UNTOLD }]);
});
