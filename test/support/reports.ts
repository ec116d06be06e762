// Reports, digests and their parts by hand, for whoever says or draws them: a week of two networks as it stands on a Sunday morning.
import type { Account } from '../../src/core/account.ts';
import type { Digest, DigestContent } from '../../src/core/digest.ts';
import { UNTOLD } from '../../src/core/figures.ts';
import type { FiguresNews, FiguresResult } from '../../src/core/figures-store.ts';
import { NOTHING_BESIDE, type Post } from '../../src/core/post.ts';
import type { AccountHealth, Group, PostResult, Report, ReportPeriod, Totals } from '../../src/core/report.ts';

/** Sunday, ten in the morning in Berlin. */
export const REPORT_NOW = Temporal.Instant.from('2026-11-22T09:00:00Z');
const ZONE = 'Europe/Berlin';

const midnight = (date: string): Temporal.Instant => Temporal.PlainDate.from(date).toZonedDateTime(ZONE).toInstant();

const account = (id: string, platform: string, handle: string): Account => ({
  id,
  workspaceId: 'w',
  platform,
  remoteId: `remote-${id}`,
  handle,
  service: `https://${platform}.example`,
  state: 'connected',
  stateReason: null,
  announcedLimits: null,
  expiresAt: null,
  createdAt: Temporal.Instant.from('2026-01-01T00:00:00Z'),
});

export const blueskyAccount = account('00000000-0000-4000-8000-000000000001', 'bluesky', '@team.bsky.social');
export const mastodonAccount = account('00000000-0000-4000-8000-000000000002', 'mastodon', '@team@mastodon.social');

/** This week so far, Monday 16 to Sunday 22 November 2026, against the same days of the week before. */
export const thisWeek: ReportPeriod = {
  id: 'week',
  name: 'this week',
  timeZone: ZONE,
  first: Temporal.PlainDate.from('2026-11-16'),
  last: Temporal.PlainDate.from('2026-11-22'),
  span: { from: midnight('2026-11-16'), until: REPORT_NOW, asOf: REPORT_NOW },
  before: {
    from: midnight('2026-11-09'),
    until: REPORT_NOW.subtract({ hours: 7 * 24 }),
    asOf: REPORT_NOW.subtract({ hours: 7 * 24 }),
  },
};

/** The Saturday, against the Friday. */
export const yesterday: ReportPeriod = {
  id: '2026-11-21',
  name: 'yesterday',
  timeZone: ZONE,
  first: Temporal.PlainDate.from('2026-11-21'),
  last: Temporal.PlainDate.from('2026-11-21'),
  span: { from: midnight('2026-11-21'), until: midnight('2026-11-22'), asOf: REPORT_NOW },
  before: { from: midnight('2026-11-20'), until: midnight('2026-11-21'), asOf: REPORT_NOW.subtract({ hours: 24 }) },
};

/** Nothing went out, unless `some` says otherwise. */
export const totals = (some: Partial<Totals> = {}): Totals => ({ ...UNTOLD, posts: 0, engagement: null, rate: null, ...some });

/** Went out on Bluesky on Wednesday morning: 41 likes, comments and shares of 620 views. */
export const postResult = (some: Partial<PostResult> = {}): PostResult => ({
  deliveryId: `delivery-${some.post ?? 3}-${some.platform ?? 'bluesky'}`,
  post: 3,
  platform: 'bluesky',
  accountId: some.platform === 'mastodon' ? mastodonAccount.id : blueskyAccount.id,
  text: 'The red kite is back',
  url: `https://bluesky.example/post/${some.post ?? 3}`,
  publishedAt: Temporal.Instant.from('2026-11-18T08:00:00Z'),
  campaign: null,
  hashtags: [],
  authorId: 'm',
  author: 'Ann',
  figures: { ...UNTOLD, likes: 30, comments: 5, shares: 6, views: 620 },
  seenAt: REPORT_NOW.subtract({ minutes: 20 }),
  ...some,
});

export const group = (key: string, name: string, sums: Partial<Totals>, before: Partial<Totals> | null = null): Group => ({
  key,
  name,
  totals: totals(sums),
  before: before === null ? null : totals(before),
});

/** Connected, with nothing wrong. */
export const health = (some: Partial<AccountHealth> = {}): AccountHealth => ({
  account: blueskyAccount,
  cap: null,
  failures: [],
  figuresAt: REPORT_NOW.subtract({ minutes: 20 }),
  figuresFailure: null,
  tellsFigures: true,
  lastOutAt: Temporal.Instant.from('2026-11-18T08:00:00Z'),
  ...some,
});

const onMastodon = postResult({
  post: 2,
  platform: 'mastodon',
  text: 'Kites, and how to build one',
  url: 'https://mastodon.example/@team/2',
  publishedAt: Temporal.Instant.from('2026-11-17T08:00:00Z'),
  figures: { ...UNTOLD, likes: 9, comments: 1, shares: 2 },
});

const DAYS = ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22'];

/** Three posts of this week: two on Bluesky, of which the first did poorly, and one on Mastodon, which tells no views. */
export function report(some: Partial<Report> = {}): Report {
  const weak = postResult({
    post: 1,
    text: 'Good morning',
    publishedAt: Temporal.Instant.from('2026-11-16T08:00:00Z'),
    figures: { ...UNTOLD, likes: 2, comments: 0, shares: 0, views: 180 },
  });
  const onBluesky: Partial<Totals> = { posts: 2, likes: 32, comments: 5, shares: 6, views: 800, engagement: 43, rate: 43 / 800 };
  const elephants: Partial<Totals> = { posts: 1, likes: 9, comments: 1, shares: 2, engagement: 12 };
  const bars: Record<string, Record<string, number>> = {
    '2026-11-16': { bluesky: 2 },
    '2026-11-17': { mastodon: 12 },
    '2026-11-18': { bluesky: 41 },
  };
  return {
    period: thisWeek,
    scope: { kind: 'all' },
    totals: totals({ posts: 3, likes: 41, comments: 6, shares: 8, views: 800, engagement: 55, rate: 43 / 800 }),
    before: totals({ posts: 2, likes: 40, comments: 6, shares: 4, views: 640, engagement: 50, rate: 40 / 640 }),
    followers: { now: 1204, change: 13 },
    networks: [
      group('bluesky', 'Bluesky', onBluesky, { posts: 1, views: 640, engagement: 40, rate: 40 / 640 }),
      group('mastodon', 'Mastodon', elephants, { posts: 1, engagement: 10 }),
    ],
    accounts: [
      group(blueskyAccount.id, '@team.bsky.social', onBluesky, { posts: 1, views: 640, engagement: 40 }),
      group(mastodonAccount.id, '@team@mastodon.social', elephants, { posts: 1, engagement: 10 }),
    ],
    campaigns: [],
    hashtags: [],
    authors: [group('m', 'Ann', { posts: 3, engagement: 55 })],
    days: DAYS.map((date) => ({
      date: Temporal.PlainDate.from(date),
      posts: bars[date] === undefined ? 0 : 1,
      engagement: bars[date] ?? {},
      views: {},
    })),
    top: [postResult(), onMastodon],
    weakest: [weak],
    young: [],
    accountResults: [],
    best: [],
    health: [health(), health({ account: mastodonAccount, lastOutAt: Temporal.Instant.from('2026-11-17T08:00:00Z') })],
    unread: 0,
    ...some,
  };
}

/** Nothing went out, and nothing did in the time before. */
export const emptyReport = (some: Partial<Report> = {}): Report =>
  report({
    ...{ totals: totals(), before: totals(), networks: [], accounts: [], campaigns: [], hashtags: [], authors: [] },
    ...{ top: [], weakest: [], days: report().days.map((day) => ({ ...day, posts: 0, engagement: {}, views: {} })) },
    ...some,
  });

/** Comes every day at nine into the channel `C1`. */
export const digest = (some: Partial<Digest> = {}): Digest => ({
  id: 'digest-1',
  workspaceId: 'w',
  number: 1,
  channel: 'C1',
  cadence: { period: 'daily', wallTime: '09:00', day: null },
  state: 'active',
  pausedBecause: null,
  dueAt: Temporal.Instant.from('2026-11-22T08:00:00Z'),
  createdAt: Temporal.Instant.from('2026-11-01T00:00:00Z'),
  ...some,
});

/** Of the Saturday, on which one post went out; nothing failed, nothing is planned. */
export function digestContent(some: Partial<DigestContent> = {}): DigestContent {
  const best = postResult({ publishedAt: Temporal.Instant.from('2026-11-21T08:00:00Z') });
  const sums: Partial<Totals> = { posts: 1, likes: 30, comments: 5, shares: 6, views: 620, engagement: 41, rate: 41 / 620 };
  return {
    cadence: digest().cadence,
    report: report({
      period: yesterday,
      totals: totals(sums),
      before: totals({ posts: 1, engagement: 37, views: 500, rate: 37 / 500 }),
      networks: [group('bluesky', 'Bluesky', sums, { posts: 1, engagement: 37 })],
      days: [{ date: yesterday.first, posts: 1, engagement: { bluesky: 41 }, views: { bluesky: 620 } }],
      top: [best],
      weakest: [],
    }),
    top: { result: best, picture: null },
    waiting: { posts: [], total: 0 },
    planned: { posts: [], total: 0 },
    suggestion: null,
    lateSince: null,
    missed: 0,
    ...some,
  };
}

const post = (number: number): Post => ({
  id: `post-${number}`,
  workspaceId: 'w',
  number,
  text: 'The red kite is back',
  beside: NOTHING_BESIDE,
  variants: {},
  mediaIds: [],
  hashtags: [],
  campaign: null,
  authorId: 'm',
  slot: {
    at: Temporal.Instant.from('2026-11-21T08:00:00Z'),
    wallTime: '2026-11-21T09:00:00',
    timeZone: ZONE,
  },
  seriesId: null,
  origin: { chat: 'terminal', channel: 'here', message: null },
  createdAt: Temporal.Instant.from('2026-11-20T08:00:00Z'),
});

export const figuresResult = (some: Partial<FiguresResult> = {}): FiguresResult => ({
  platform: 'bluesky',
  handle: '@team.bsky.social',
  url: 'https://bluesky.example/post/3',
  figures: { ...UNTOLD, likes: 30, comments: 5, shares: 6, views: 620 },
  seenAt: REPORT_NOW,
  ...some,
});

/** P3 a day after it went out on Bluesky. @param author who wrote it */
export const figuresNews = (author: FiguresNews['author'], some: Partial<FiguresNews> = {}): FiguresNews => ({
  post: post(3),
  author,
  hours: 24,
  results: [figuresResult()],
  until: REPORT_NOW.add({ minutes: 2 }),
  ...some,
});
