// Reports of fixed data for golden pictures: many networks, long names, emoji, right-to-left text, a network that tells nothing.
import type { Account } from '../../src/core/account.ts';
import { chartOf } from '../../src/core/build-chart.ts';
import { buildReport } from '../../src/core/build-report.ts';
import { type PostFigures, UNTOLD } from '../../src/core/figures.ts';
import type { Platforms } from '../../src/core/ports.ts';
import type { AccountHealth, AccountSums, PostResult, Report, ReportPeriod, ReportScope } from '../../src/core/report.ts';
import type { ReportChart } from '../../src/core/report-chart.ts';
import { readReportPeriod } from '../../src/core/report-period.ts';
import { openPlatforms } from '../../src/platforms/index.ts';

const real = openPlatforms();
const LONG_NAME = 'The Network of the Friends of Very Long Names & <Brackets>';
/** Another network, which no list knows. */
const LONG = { ...real.get('mastodon'), id: 'friends', name: LONG_NAME };

export const platforms: Pick<Platforms, 'get'> = { get: (id) => (id === LONG.id ? LONG : real.get(id)) };

/** Wednesday afternoon in Berlin. */
export const NOW = Temporal.ZonedDateTime.from('2026-11-25T15:30[Europe/Berlin]');

export const periodOf = (words: string): ReportPeriod => readReportPeriod(words, NOW, 1);

const TEXTS = [
  'We are live: the new workshop programme for spring',
  'What we learned from a year of kites above the rooftops of Lisbon, and what we would do otherwise next time',
  'Coffee first ☕🎉 then the launch 🚀👩‍🚀',
  'שלום עולם! הסדנה נפתחת היום בשעה 10:00.',
  'مرحبا بكم في الورشة الجديدة، نراكم غدا!',
  'Doors open at seven',
];

export interface Went {
  platform: string;
  /** Wall time in Berlin, `2026-11-25T09:00`. */
  at: string;
  /** Left out: not told, or not read yet. */
  figures?: Partial<PostFigures>;
}

export const resultsOf = (went: readonly Went[]): PostResult[] =>
  went.map(({ platform, at, figures }, index) => ({
    deliveryId: `d${String(index).padStart(3, '0')}`,
    post: index + 11,
    platform,
    accountId: `a-${platform}`,
    text: TEXTS[index % TEXTS.length] ?? '',
    url: null,
    publishedAt: Temporal.PlainDateTime.from(at).toZonedDateTime('Europe/Berlin').toInstant(),
    campaign: null,
    hashtags: [],
    authorId: 'm1',
    author: 'Ada',
    figures: { ...UNTOLD, ...figures },
    seenAt: figures ? NOW.toInstant() : null,
  }));

const accountOf = (platform: string): Account => ({
  id: `a-${platform}`,
  workspaceId: 'w1',
  platform,
  remoteId: `r-${platform}`,
  handle: `@crier@${platform}.example`,
  service: 'https://example.com',
  state: 'connected',
  stateReason: null,
  announcedLimits: null,
  expiresAt: null,
  createdAt: NOW.toInstant(),
});

export const healthOf = (platform: string, more: Partial<AccountHealth> = {}): AccountHealth => ({
  account: accountOf(platform),
  cap: null,
  failures: [],
  figuresAt: NOW.toInstant(),
  figuresFailure: null,
  tellsFigures: true,
  lastOutAt: null,
  ...more,
});

export const sumsOf = (platform: string, figures: Partial<AccountSums>): AccountSums => ({
  ...UNTOLD,
  accountId: `a-${platform}`,
  platform,
  posts: 1,
  engagement: null,
  told: figures.posts ?? 1,
  ratedEngagement: 0,
  ratedViews: 0,
  ...figures,
});

interface Parts {
  period: ReportPeriod;
  went?: readonly Went[];
  before?: readonly AccountSums[];
  scope?: ReportScope;
  /** For networks that are not as `healthOf` says. */
  health?: readonly AccountHealth[];
  /** Now, and at the beginning. */
  followers?: readonly [number, number];
}

export function reportOf({ period, went = [], before = [], scope = { kind: 'all' }, health = [], followers }: Parts): Report {
  const used = [...new Set(went.map(({ platform }) => platform))];
  const others = used.filter((platform) => !health.some(({ account }) => account.platform === platform));
  const moment = (count: number) => ({ figures: { followers: count, views: null, reach: null }, at: NOW.toInstant() });
  return buildReport({
    period,
    scope,
    results: resultsOf(went),
    sumsBefore: before,
    accountResults: followers ? [{ account: accountOf('bluesky'), now: moment(followers[0]), before: moment(followers[1]) }] : [],
    names: { network: (id) => platforms.get(id).name, account: (id) => id },
    best: [],
    health: [...others.map((platform) => healthOf(platform)), ...health],
  });
}

/** A figure for each moment and network, the same each time, that looks like one. */
const grown = (seed: number, most: number): number => Math.round((((seed * 7919) % 101) / 101) ** 2 * most);

const figuresOf = (seed: number, most: number, views: boolean): Partial<PostFigures> => ({
  likes: grown(seed, most),
  comments: grown(seed + 3, most / 6),
  shares: grown(seed + 5, most / 4),
  ...(views ? { views: grown(seed + 7, most * 30) + most * 10, reach: grown(seed + 7, most * 20) + most * 6 } : {}),
});

/** Posts a day on these networks, for each day from then on. */
function everyDay(from: string, days: number, networks: readonly { platform: string; most: number; views: boolean }[]): Went[] {
  const first = Temporal.PlainDate.from(from);
  return Array.from({ length: days }, (_, day) =>
    networks
      .filter((_each, index) => (day * 5 + index * 3) % 7 !== 0)
      .map(({ platform, most, views }, index) => ({
        platform,
        at: `${first.add({ days: day })}T${String(9 + index).padStart(2, '0')}:00`,
        figures: figuresOf(day * 13 + index * 29 + 5, most, views),
      })),
  ).flat();
}

const MANY = [
  { platform: 'bluesky', most: 120, views: false },
  { platform: 'mastodon', most: 80, views: false },
  { platform: 'instagram', most: 260, views: true },
  { platform: 'linkedin', most: 140, views: true },
];

const week = reportOf({
  period: periodOf('week'),
  went: everyDay('2026-11-23', 3, [...MANY, { platform: 'youtube', most: 90, views: true }]),
  before: [
    sumsOf('bluesky', { posts: 3, engagement: 190, likes: 190 }),
    sumsOf('mastodon', { posts: 4, engagement: 88, likes: 88 }),
    sumsOf('instagram', { posts: 3, engagement: 301, views: 9100, reach: 6400, ratedEngagement: 301, ratedViews: 9100 }),
  ],
  followers: [12_408, 12_391],
});

const lastWeek = reportOf({
  period: periodOf('last week'),
  went: [
    ...everyDay('2026-11-16', 6, [...MANY, { platform: 'friends', most: 50, views: false }]),
    { platform: 'tiktok', at: '2026-11-18T10:00' },
    { platform: 'tiktok', at: '2026-11-22T10:00' },
  ],
  before: [
    sumsOf('bluesky', { posts: 3, engagement: 190, likes: 190 }),
    sumsOf('mastodon', { posts: 4, engagement: 431, likes: 431 }),
    sumsOf('instagram', { posts: 9, engagement: 301, views: 69_100, reach: 46_400, ratedEngagement: 301, ratedViews: 69_100 }),
  ],
  health: [
    healthOf('tiktok', { tellsFigures: false, figuresAt: null }),
    healthOf('mastodon', {
      figuresAt: Temporal.Instant.from('2026-11-25T13:00:00Z'),
      figuresFailure: { since: Temporal.Instant.from('2026-11-25T13:10:00Z'), sentence: 'mastodon.social does not answer.' },
    }),
  ],
  followers: [12_391, 12_420],
});

const day = reportOf({
  period: periodOf('2026-11-24'),
  went: [
    { platform: 'bluesky', at: '2026-11-24T09:00', figures: { likes: 74, comments: 12, shares: 9 } },
    {
      platform: 'instagram',
      at: '2026-11-24T09:00',
      figures: { likes: 1204, comments: 80, saves: 33, views: 48_100, reach: 30_222 },
    },
    { platform: 'mastodon', at: '2026-11-24T11:00', figures: { likes: 3, comments: 0, shares: 1 } },
    { platform: 'bluesky', at: '2026-11-24T12:00', figures: { likes: 210, comments: 40, shares: 31 } },
    { platform: 'friends', at: '2026-11-24T13:00', figures: { likes: 402, comments: 7 } },
    { platform: 'bluesky', at: '2026-11-24T18:00', figures: { likes: 0, comments: 0, shares: 0 } },
  ],
  before: [sumsOf('bluesky', { posts: 7, likes: 400, engagement: 900, views: 40_000, ratedEngagement: 900, ratedViews: 40_000 })],
  followers: [12_408, 12_391],
});

const month = reportOf({
  period: periodOf('2026-10'),
  went: everyDay('2026-10-01', 31, MANY),
  followers: [1_240_800, 1_240_000],
});

const quarter = reportOf({ period: periodOf('last 90 days'), went: everyDay('2026-08-28', 89, MANY.slice(0, 1)) });

const empty = reportOf({
  period: periodOf('yesterday'),
  scope: { kind: 'campaign', name: 'spring-programme-of-the-workshops-for-grown-ups' },
});

const draw = (report: Report): ReportChart => chartOf(report, platforms);

export const charts = {
  week: draw(week),
  'last-week': draw(lastWeek),
  day: draw(day),
  month: draw(month),
  quarter: draw(quarter),
  empty: draw(empty),
};
