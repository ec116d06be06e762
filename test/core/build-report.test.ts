// What a report makes of posts and their figures: sums, groups, days, the best and the weakest. Its accounts are report-accounts.test.ts'.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildReport, type ReportParts } from '../../src/core/build-report.ts';
import { type PostFigures, UNTOLD } from '../../src/core/figures.ts';
import type { AccountSums, Group, PostResult, Report, Totals } from '../../src/core/report.ts';
import { readReportPeriod } from '../../src/core/report-period.ts';

const NOW = Temporal.ZonedDateTime.from('2026-11-18T15:00[Europe/Berlin]');
const at = (local: string, zone = 'Europe/Berlin'): Temporal.Instant =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant();

let made = 0;
const result = ({
  figures,
  ...some
}: Partial<Omit<PostResult, 'figures'>> & { figures?: Partial<PostFigures> } = {}): PostResult => ({
  deliveryId: `d${++made}`,
  post: made,
  platform: 'bluesky',
  accountId: 'b1',
  text: 'Hello',
  url: null,
  publishedAt: at('2026-11-16T09:00'),
  campaign: null,
  hashtags: [],
  authorId: 'ann',
  author: 'Ann',
  seenAt: NOW.toInstant(),
  figures: { ...UNTOLD, ...figures },
  ...some,
});

const sums = (some: Partial<AccountSums>): AccountSums => ({
  ...{ ...UNTOLD, accountId: 'b1', platform: 'bluesky', posts: 1, engagement: null, ratedEngagement: 0, ratedViews: 0 },
  told: some.posts ?? 1,
  ...some,
});

const report = (results: readonly PostResult[], some: Partial<ReportParts> = {}): Report =>
  buildReport({
    period: readReportPeriod('week', NOW, 1),
    scope: { kind: 'all' },
    results,
    sumsBefore: [],
    accountResults: [],
    names: { network: (id) => id.toUpperCase(), account: (id) => `@${id}` },
    best: [],
    health: [],
    ...some,
  });

const engagements = (groups: readonly Group[]): [string, number, number | null][] =>
  groups.map(({ name, totals }) => [name, totals.posts, totals.engagement]);

describe('the totals of a report', () => {
  it('are the sums of what is told, and nothing where nothing is', () => {
    const { totals } = report([
      result({ figures: { likes: 3, comments: 1, views: 100 } }),
      result({ figures: { likes: 2, shares: 4 } }),
      result({ figures: {} }),
    ]);
    expect(totals).toEqual({
      ...{ posts: 3, likes: 5, comments: 1, shares: 4, saves: null, views: 100, reach: null, clicks: null },
      ...{ engagement: 10, rate: 0.04 },
    });
  });

  it.each([
    ['engagement and views', [{ likes: 5, views: 50 }, { likes: 95 }, { views: 1000 }], 0.1],
    ['no views', [{ likes: 5, views: 0 }], null],
    ['views alone', [{ views: 50 }], null],
    ['nothing', [{}], null],
    ['engagement that is none', [{ likes: 0, views: 50 }], 0],
  ])('have a rate of the posts that tell %s', (_, figures, rate) => {
    expect(report(figures.map((each) => result({ figures: each }))).totals.rate).toBe(rate);
  });

  it('are of no posts where none went out', () => {
    const empty: Totals = { ...UNTOLD, posts: 0, engagement: null, rate: null };
    expect(report([])).toMatchObject({ totals: empty, before: empty, networks: [], top: [], weakest: [], unread: 0 });
  });

  it('of the time before come from the sums of its accounts', () => {
    const { before } = report([], {
      sumsBefore: [
        sums({ posts: 2, likes: 10, views: 200, engagement: 12, ratedEngagement: 12, ratedViews: 200 }),
        sums({ accountId: 'm1', platform: 'mastodon', posts: 3, likes: 5, engagement: 5 }),
      ],
    });
    expect(before).toMatchObject({ posts: 5, likes: 15, views: 200, engagement: 17, rate: 0.06, reach: null });
  });

  it('say of how many posts nothing was told', () => {
    const unseen = result({ seenAt: null });
    expect(report([unseen, result(), result({ figures: { reach: 0 } })]).unread).toBe(2);
  });
});

describe('the groups of a report', () => {
  it('come by engagement, then by posts, then by name, and those that are not told last', () => {
    const groups = report([
      result({ campaign: 'untold', figures: {} }),
      result({ campaign: 'zero', figures: { likes: 0 } }),
      result({ campaign: 'b', figures: { likes: 5 } }),
      result({ campaign: 'a', figures: { likes: 5 } }),
      ...[2, 3].map((likes) => result({ campaign: 'two posts', figures: { likes } })),
      result({ campaign: 'best', figures: { likes: 50 } }),
      result({ campaign: null, figures: { likes: 500 } }),
    ]).campaigns;
    expect(engagements(groups)).toEqual([
      ['best', 1, 50],
      ['two posts', 2, 5],
      ['a', 1, 5],
      ['b', 1, 5],
      ['zero', 1, 0],
      ['untold', 1, null],
    ]);
  });

  it('compare networks and accounts with the time before, and nothing else', () => {
    const found = report([result({ figures: { likes: 5 }, campaign: 'launch', hashtags: ['kite'] })], {
      sumsBefore: [
        sums({ accountId: 'b1', posts: 2, engagement: 8 }),
        sums({ accountId: 'b2', posts: 1, engagement: 7 }),
        sums({ accountId: 'm1', platform: 'mastodon', engagement: 900 }),
      ],
    });
    expect(found.networks).toMatchObject([{ key: 'bluesky', name: 'BLUESKY', before: { posts: 3, engagement: 15 } }]);
    expect(found.accounts).toMatchObject([{ key: 'b1', name: '@b1', before: { posts: 2, engagement: 8 } }]);
    const others = [found.campaigns, found.hashtags, found.authors].flat();
    expect(others.map(({ name, before }) => [name, before])).toEqual([
      ['launch', null],
      ['#kite', null],
      ['Ann', null],
    ]);
  });

  it('have no posts before where there were none', () => {
    const [group] = report([result({ figures: { likes: 5 } })]).networks;
    expect(group?.before).toEqual({ ...UNTOLD, posts: 0, engagement: null, rate: null });
  });

  it('take a hashtag in any case once for a post', () => {
    const found = report([
      result({ hashtags: ['Kite', 'kite', 'fun'], figures: { likes: 5 } }),
      result({ hashtags: ['KITE'], figures: { likes: 2 } }),
    ]);
    expect(engagements(found.hashtags)).toEqual([
      ['#kite', 2, 7],
      ['#fun', 1, 5],
    ]);
  });

  it('of networks, accounts and authors add up to the totals', () => {
    const figure = fc.option(fc.nat(10_000), { nil: null });
    const anyResult = fc
      .record({
        platform: fc.constantFrom('bluesky', 'mastodon', 'x'),
        author: fc.constantFrom('Ann', 'Ben'),
        minute: fc.nat(60 * 24 * 3 - 10 * 60),
        figures: fc.record({ likes: figure, comments: figure, shares: figure, saves: figure, views: figure, reach: figure }),
      })
      .map(({ author, platform, minute, figures }) => {
        const publishedAt = at('2026-11-16T00:00').add({ minutes: minute });
        return result({ platform, accountId: `${platform}-1`, author, authorId: author, figures, publishedAt });
      });
    fc.assert(
      fc.property(fc.array(anyResult, { maxLength: 40 }), (results) => {
        const found = report(results);
        for (const groups of [found.networks, found.accounts, found.authors]) {
          for (const key of ['posts', 'likes', 'saves', 'views', 'engagement'] as const) {
            expect(sumOf(groups.map(({ totals }) => totals[key])) ?? NOTHING[key]).toBe(found.totals[key]);
          }
        }
        expect(sumOf(found.days.map(({ posts }) => posts))).toBe(found.totals.posts);
        expect(sumOf(found.days.flatMap(({ engagement }) => Object.values(engagement)))).toBe(found.totals.engagement);
        const both = new Set([...found.top, ...found.weakest]);
        expect(both.size).toBe(found.top.length + found.weakest.length);
      }),
    );
  });
});

describe('the days of a report', () => {
  it('are all of its days, with what went out on each by network', () => {
    const { days } = report([
      result({ publishedAt: at('2026-11-16T00:00'), figures: { likes: 5, views: 50 } }),
      result({ publishedAt: at('2026-11-16T23:59'), figures: { likes: 2 } }),
      result({ publishedAt: at('2026-11-18T12:00'), platform: 'mastodon', figures: {} }),
    ]);
    expect(days.map(({ date, ...day }) => [date.toString(), day])).toEqual([
      ['2026-11-16', { posts: 2, engagement: { bluesky: 7 }, views: { bluesky: 50 } }],
      ['2026-11-17', { posts: 0, engagement: {}, views: {} }],
      ['2026-11-18', { posts: 1, engagement: { mastodon: null }, views: { mastodon: null } }],
    ]);
  });

  it.each([
    ['Europe/Berlin', '2026-10-25'],
    ['Europe/Berlin', '2026-03-29'],
    ['America/New_York', '2026-11-01'],
    ['Pacific/Auckland', '2026-09-27'],
  ])('are those of %s, also where clocks change on %s', (zone, date) => {
    const now = Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime({ timeZone: zone, plainTime: '20:00' });
    const before = now.subtract({ days: 2 }).toPlainDate();
    const moments = [`${before}T23:59:59`, `${date}T00:00`, `${date}T23:59:59`, `${now.toPlainDate()}T00:00`];
    const { days } = report(
      moments.map((moment) => result({ publishedAt: at(moment, zone), figures: { likes: 1 } })),
      { period: readReportPeriod('last 3 days', now, 1) },
    );
    expect(days.map(({ posts }) => posts)).toEqual([1, 2, 1]);
  });
});

describe('the best and the weakest posts', () => {
  const posts = (likes: readonly (number | null)[], publishedAt = at('2026-11-16T09:00')): PostResult[] =>
    likes.map((each) => result({ figures: { likes: each }, publishedAt }));
  const ranked = (results: readonly PostResult[]) => {
    const { top, weakest } = report(results);
    return { top: top.map(({ figures }) => figures.likes), weakest: weakest.map(({ figures }) => figures.likes) };
  };

  it.each([
    ['one post', [5], [5], []],
    ['two', [1, 2], [2], [1]],
    ['three', [1, 2, 3], [3, 2], [1]],
    ['seven', [1, 2, 3, 4, 5, 6, 7], [7, 6, 5, 4], [1, 2, 3]],
    ['twelve', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [12, 11, 10, 9, 8], [1, 2, 3, 4, 5]],
    ['some that tell nothing', [null, 4, null, 2], [4], [2]],
    ['all alike', [3, 3, 3, 3], [3, 3, 3, 3], []],
  ])('of %s are in one of both alone', (_, likes, top, weakest) => {
    expect(ranked(posts(likes))).toEqual({ top, weakest });
  });

  it('leave a post that is not a day old out of the weakest', () => {
    const fresh = posts([0, 1, 2], at('2026-11-18T09:00'));
    expect(ranked([...posts([10, 4]), ...fresh])).toEqual({ top: [10, 4, 2, 1, 0], weakest: [] });
    expect(ranked([...posts([10, 4, 3]), ...fresh])).toEqual({ top: [10, 4, 3, 2, 1], weakest: [] });
    expect(ranked([...posts([10, 4, 3, 0.5]), ...fresh])).toEqual({ top: [10, 4, 3, 2, 1], weakest: [0.5] });
  });

  it('call nothing a top post that did worse than one of the weakest', () => {
    const fresh = posts([7], at('2026-11-18T09:00'));
    expect(ranked([...posts([10, 9, 8]), ...fresh])).toEqual({ top: [10, 9], weakest: [8] });
    expect(report([...posts([10, 9, 8]), ...fresh]).young).toEqual(fresh);
  });

  it('of as much engagement are those first that more saw, then the earlier', () => {
    const found = report([
      result({ post: 1, figures: { likes: 5 }, publishedAt: at('2026-11-17T09:00') }),
      result({ post: 2, figures: { likes: 5 }, publishedAt: at('2026-11-16T09:00') }),
      result({ post: 3, figures: { likes: 5, views: 9 }, publishedAt: at('2026-11-18T09:00') }),
    ]);
    expect(found.top.map(({ post }) => post)).toEqual([3, 2, 1]);
  });
});

const sumOf = (figures: readonly (number | null)[]): number | null =>
  figures.reduce((sum, figure) => (sum === null || figure === null ? (sum ?? figure) : sum + figure), null);
/** What the sum of no groups is. */
const NOTHING = { posts: 0, likes: null, saves: null, views: null, engagement: null };
