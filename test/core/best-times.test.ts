// At which hours and on which weekdays an account's posts did better, and when that is called sure.
import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/core/account.ts';
import { bestTimes, ENOUGH_POSTS, type Result, worthReading } from '../../src/core/best-times.ts';
import { chanceOfMore, sureAmong, tail } from '../../src/core/chance.ts';

const START = Temporal.ZonedDateTime.from('2026-09-07T00:00[Europe/Berlin]');
/** One a day at this hour in Berlin, from a Monday on. */
const daily = (hour: number, engagements: readonly number[], first = 0): Result[] =>
  engagements.map((engagement, day) => ({
    publishedAt: START.add({ days: first + day })
      .with({ hour, minute: 20 })
      .toInstant(),
    engagement,
  }));
const best = (results: readonly Result[], timeZone = 'Europe/Berlin') => bestTimes(results, timeZone);

const ORDINARY = [3, 8, 5, 12, 4, 7, 9, 2, 6, 10];
const GOOD = [30, 52, 41, 38, 66, 29, 47, 35, 58, 44];

describe('the best times of an account', () => {
  it('are the hours that did better than its mean, the best first, with how much', () => {
    const found = best([...daily(9, ORDINARY), ...daily(18, GOOD), ...daily(20, [25, 25, 25, 25])]);
    expect(found?.posts).toBe(24);
    const mean = (66 + 440 + 100) / 24;
    expect(found?.hours.map(({ at, posts }) => [at, posts])).toEqual([[18, 10]]);
    expect(found?.hours[0]?.lift).toBeCloseTo(44 / mean, 10);
  });

  it('are weekdays as well', () => {
    const results = daily(9, [40, 38, 6, 5, 7, 4, 6, 44, 41, 5, 6, 4, 7, 5, 39, 45, 6, 4, 5, 7, 6]);
    expect(best(results)?.weekdays.map(({ at, posts, isSure }) => [at, posts, isSure])).toEqual([
      [2, 3, true],
      [1, 3, true],
    ]);
  });

  it('are those of the zone that is asked for', () => {
    expect(best([...daily(9, ORDINARY), ...daily(18, GOOD)], 'America/New_York')?.hours[0]?.at).toBe(12);
  });

  it('are not told with fewer than twenty posts', () => {
    const enough = [...daily(9, ORDINARY), ...daily(18, GOOD)];
    expect(enough).toHaveLength(ENOUGH_POSTS);
    expect(best(enough)).not.toBeNull();
    expect(best(enough.slice(1))).toBeNull();
  });

  it('take no account of an hour with two posts', () => {
    const found = best([...daily(9, ORDINARY), ...daily(18, GOOD), ...daily(23, [900, 900])]);
    expect(found?.hours.map(({ at }) => at)).not.toContain(23);
  });

  it('are none where all posts are at one hour, or did the same, or got nothing', () => {
    expect(best(daily(9, [...ORDINARY, ...GOOD]))?.hours).toEqual([]);
    expect(best([...daily(9, Array(10).fill(7)), ...daily(18, Array(10).fill(7))])).toMatchObject({ hours: [], weekdays: [] });
    expect(best(daily(9, Array(20).fill(0)))).toMatchObject({ hours: [], weekdays: [] });
  });

  it('are sure where the posts of the hour stand out one by one', () => {
    expect(best([...daily(9, ORDINARY), ...daily(18, GOOD)])?.hours).toMatchObject([{ at: 18, isSure: true }]);
  });

  it('are not sure where one post that went round the world makes the difference', () => {
    const found = best([...daily(9, ORDINARY), ...daily(18, [4, 9, 3, 5000, 8, 6, 5, 7, 2, 10])]);
    expect(found?.hours[0]).toMatchObject({ at: 18, isSure: false });
    expect(found?.hours[0]?.lift).toBeGreaterThan(1.9);
  });

  it('are not sure by three posts that got the same by chance', () => {
    const spread = [1, 2, 1, 2, 2, 1, 1, 2, 1, 2, 2, 1, 1, 2, 1, 2, 1];
    expect(best([...daily(9, spread), ...daily(18, [2, 2, 2])])?.hours).toMatchObject([{ at: 18, isSure: false }]);
  });

  it('are as good as never sure of what is chance alone, however often it is looked at', () => {
    const random = randomFrom(20_261_118);
    const alarms = Array.from({ length: 400 }, () => {
      const results = Array.from({ length: 60 }, (_, day) => daily(8 + Math.floor(random() * 8), [skewed(random)], day)).flat();
      return best(results)?.hours.some(({ isSure }) => isSure) === true;
    });
    expect(alarms.filter(Boolean).length / alarms.length).toBeLessThan(0.06);
  });

  it('are sure most of the time of an hour that gets four times as much', () => {
    const random = randomFrom(20_261_118);
    const found = Array.from({ length: 200 }, () => {
      const results = Array.from({ length: 100 }, (_, day) => {
        const hour = 9 + Math.floor(random() * 5);
        return daily(hour, [skewed(random) * (hour === 11 ? 4 : 1)], day);
      }).flat();
      return best(results)?.hours.some(({ at, isSure }) => at === 11 && isSure) === true;
    });
    expect(found.filter(Boolean).length / found.length).toBeGreaterThan(0.9);
  });
});

describe('the accounts whose best times are read', () => {
  it('are the twelve that post the most, and of those only what posts enough', () => {
    const accounts = Array.from({ length: 20 }, (_, index) => account(`a${index}`));
    const ids = (counts: [string, number][]): string[] => worthReading(accounts, new Map(counts)).map(({ id }) => id);
    expect(
      ids([
        ['a3', 19],
        ['a1', 20],
        ['a2', 400],
      ]),
    ).toEqual(['a2', 'a1']);
    const all = ids(accounts.map(({ id }, index) => [id, 100 + index]));
    expect([all.length, all[0], all.at(-1)]).toEqual([12, 'a19', 'a8']);
  });
});

describe('chance', () => {
  // tables of Student's distribution: 97.5 %, 95 % and 99.9 % are below
  it.each([
    [12.706, 1, 0.025],
    [4.303, 2, 0.025],
    [2.228, 10, 0.025],
    [1.812, 10, 0.05],
    [4.144, 10, 0.001],
    [1.98, 120, 0.025],
    [1.645, 1_000_000, 0.05],
    [0, 7, 0.5],
    [-2.228, 10, 0.975],
  ])('has above t = %d with %d degrees of freedom the share %d', (t, freedom, share) => {
    expect(tail(t, freedom)).toBeCloseTo(share, 4);
  });

  it('is what Welch’s test says where the smaller group varies more', () => {
    // t = 13.25 / √41.7292 = 2.0511 with 3.0090 degrees of freedom, by hand
    const chance = chanceOfMore([10, 20, 30, 40], [12, 11, 12, 12, 11, 13, 11, 12]);
    expect(chance).toBeCloseTo(tail(2.0511, 3.009), 4);
  });

  it('is small enough for the best only where it is so for all that were looked at', () => {
    const chances = new Map(Object.entries({ a: 0.012, b: 0.04, c: 0.001, d: 0.3 }));
    expect([...sureAmong(chances)].sort()).toEqual(['a', 'c']);
    expect([
      ...sureAmong(
        new Map([
          ['a', 0.03],
          ['b', 0.03],
        ]),
      ),
    ]).toEqual([]);
    expect([
      ...sureAmong(
        new Map([
          ['a', 0.02],
          ['b', 0.04],
        ]),
      ),
    ]).toEqual(['a', 'b']);
  });
});

const account = (id: string): Account => ({
  ...{ id, workspaceId: 'w', platform: 'testnet', remoteId: id, handle: `@${id}`, service: 'https://testnet.example' },
  ...{ state: 'connected', stateReason: null, announcedLimits: null, expiresAt: null, createdAt: START.toInstant() },
});

/** The same numbers each time: a linear congruential generator. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** Few get most, as on every network: the logarithm is spread like a bell. */
function skewed(random: () => number): number {
  const bell = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.round(Math.exp(3 + 0.9 * bell));
}
