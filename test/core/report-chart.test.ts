// What the picture of a report shows, as data and in words. How it looks is test/render/report.test.ts'.
import { describe, expect, it } from 'vitest';
import { chartAltText, chartBars, chartOf } from '../../src/core/build-chart.ts';
import type { Report } from '../../src/core/report.ts';
import type { ReportChart } from '../../src/core/report-chart.ts';
import { healthOf, periodOf, platforms, reportOf, sumsOf, type Went } from '../render/reports.ts';

const chart = (report: Report): ReportChart => chartOf(report, platforms);
const tilesOf = (report: Report): string[] =>
  chart(report).tiles.map(({ label, value, change }) => `${label} ${value} ${change}`);

const post = (platform: string, at: string, figures?: Went['figures']): Went => ({
  platform,
  at,
  ...(figures ? { figures } : {}),
});
const MONDAY = '2026-11-23T09:00';
const TUESDAY = '2026-11-24T09:00';
const many = (count: number, platform = 'bluesky'): Went[] =>
  Array.from({ length: count }, (_, index) => post(platform, index % 2 === 0 ? MONDAY : TUESDAY, { likes: index + 1 }));

describe('the tiles of a report', () => {
  it('are posts and engagement at least, with a dash for what nobody tells', () => {
    expect(tilesOf(reportOf({ period: periodOf('week') }))).toEqual(['Posts 0 null', 'Engagement – null']);
  });

  it('are what is told, each against the time before', () => {
    const report = reportOf({
      period: periodOf('week'),
      went: [post('instagram', MONDAY, { likes: 30, views: 1000, reach: 700, clicks: 4 })],
      before: [sumsOf('instagram', { posts: 2, engagement: 40, views: 500, ratedEngagement: 40, ratedViews: 500 })],
      followers: [120, 123],
    });
    expect(tilesOf(report)).toEqual([
      ...['Posts 1 −1', 'Engagement 30 −25 %', 'Views 1,000 +100 %', 'Reach 700 null'],
      ...['Engagement rate 3 % −5 points', 'Followers 120 −3'],
    ]);
  });

  it('say millions in short', () => {
    const report = reportOf({ period: periodOf('week'), went: [post('bluesky', MONDAY, { likes: 1_234_567 })] });
    expect(tilesOf(report)[1]).toBe('Engagement 1.23M null');
  });
});

describe('the bars of a report', () => {
  it('are its posts where there are few, the best first', () => {
    const went = [post('bluesky', MONDAY, { likes: 3 }), post('mastodon', TUESDAY, { likes: 8, comments: 1 })];
    const { bars } = chart(reportOf({ period: periodOf('week'), went }));
    expect(bars).toMatchObject({
      kind: 'posts',
      title: 'Engagement a post',
      labels: ['P12 · Mastodon', 'P11 · Bluesky'],
      series: [
        { id: 'mastodon', values: [9, null] },
        { id: 'bluesky', values: [null, 3] },
      ],
    });
  });

  it('are the days where there are more posts, those of each network by themselves', () => {
    const went = [...many(9), post('mastodon', TUESDAY, { likes: 8 })];
    const { bars } = chart(reportOf({ period: periodOf('week'), went }));
    expect(bars).toMatchObject({
      kind: 'days',
      title: 'Engagement a day',
      labels: ['Mon 23 Nov', 'Tue 24 Nov', 'Wed 25 Nov'],
      posts: [5, 5, 0],
      series: [
        { id: 'bluesky', values: [25, 20, null] },
        { id: 'mastodon', values: [null, 8, null] },
      ],
    });
  });

  it('are the best posts of a day with many', () => {
    const went = Array.from({ length: 12 }, (_, index) => post('bluesky', TUESDAY, { likes: index }));
    const { bars } = chart(reportOf({ period: periodOf('2026-11-24'), went }));
    expect([bars.title, bars.labels.length]).toEqual(['Engagement of the best 5 on Bluesky', 5]);
  });

  it('are weeks where there are many days', () => {
    const { bars } = chart(reportOf({ period: periodOf('2026-07-29..2026-10-06'), went: [] }));
    expect([bars.title, bars.labels.length, bars.labels[0]]).toEqual(['Engagement a week', 10, '29 Jul – 4 Aug']);
  });

  it('are of views where no engagement is told', () => {
    const went = [post('youtube', MONDAY, { views: 12 })];
    const { bars } = chart(reportOf({ period: periodOf('week'), went }));
    expect([bars.title, bars.series[0]?.values]).toEqual(['Views a day on YouTube', [12, null, null]]);
  });

  it.each([
    ['nothing went out', [], 'Nothing went out in this time.'],
    ['no figures are known', [post('bluesky', MONDAY)], 'No figures are known yet.'],
    [
      'there were no reactions',
      [post('bluesky', MONDAY, { likes: 0, comments: 0 })],
      'No likes, comments, shares or saves so far.',
    ],
    ['there were no views', [post('youtube', MONDAY, { views: 0 })], 'No views so far.'],
  ])('are words where %s', (_, went, words) => {
    const drawn = chart(reportOf({ period: periodOf('week'), went }));
    expect(drawn.bars.empty).toBe(words);
    expect(chartAltText(drawn)).toContain(words);
  });

  it('are the same for a chat without pictures, with nothing where nothing is known', () => {
    expect(chartBars(chart(reportOf({ period: periodOf('week'), went: many(9) })))).toEqual([
      { label: 'Mon 23 Nov', value: 25 },
      { label: 'Tue 24 Nov', value: 20 },
      { label: 'Wed 25 Nov', value: null },
    ]);
    expect(chartBars(chart(reportOf({ period: periodOf('week'), went: [] })))).toEqual([]);
  });
});

describe('the networks of a report', () => {
  it('are left out where there is one', () => {
    expect(chart(reportOf({ period: periodOf('week'), went: many(2) })).networks).toBeNull();
  });

  it('are compared, the most first, and what is not told last', () => {
    const went = [post('tiktok', MONDAY), post('bluesky', MONDAY, { likes: 3 }), post('mastodon', MONDAY, { likes: 6 })];
    const report = reportOf({ period: periodOf('week'), went, before: [sumsOf('mastodon', { engagement: 3 })] });
    expect(chart(report).networks?.rows.map(({ name, shown, change }) => [name, shown, change])).toEqual([
      ['Mastodon', '6', '+3'],
      ['Bluesky', '3', null],
      ['TikTok', '–', null],
    ]);
  });
});

describe('the notes of a report', () => {
  const failing = { since: Temporal.Instant.from('2026-11-25T13:10:00Z'), sentence: 'It does not answer.' };
  const notes = (parts: Omit<Parameters<typeof reportOf>[0], 'period'>): readonly string[] =>
    chart(reportOf({ period: periodOf('week'), ...parts })).notes.filter((note) => !note.startsWith('Compared with'));

  it('say how old figures are that cannot be read any more', () => {
    const went = [post('mastodon', MONDAY, { likes: 1 })];
    const at = (instant: string) =>
      notes({ went, health: [healthOf('mastodon', { figuresAt: Temporal.Instant.from(instant), figuresFailure: failing })] });
    expect(at('2026-11-25T13:00:00Z')).toEqual(['Figures of Mastodon are from 14:00.']);
    expect(at('2026-11-24T13:00:00Z')).toEqual(['Figures of Mastodon are from Tue 24 November 2026, 14:00.']);
  });

  it('say how old followers are, also of an account that nothing went out to', () => {
    const health = [healthOf('bluesky', { figuresAt: Temporal.Instant.from('2026-11-25T13:00:00Z'), figuresFailure: failing })];
    const went = [post('mastodon', MONDAY, { likes: 1 })];
    expect(notes({ went, health, followers: [120, 100] })).toEqual(['Figures of Bluesky are from 14:00.']);
    expect(notes({ went, health })).toEqual([]);
  });

  it('say that figures could never be read', () => {
    const health = [healthOf('mastodon', { figuresAt: null, figuresFailure: failing })];
    expect(notes({ went: [post('mastodon', MONDAY)], health })).toEqual(['Figures of Mastodon could not be read yet.']);
  });

  it('say which networks tell nothing, and what others do not tell', () => {
    const went = [
      post('tiktok', MONDAY),
      post('bluesky', MONDAY, { likes: 1 }),
      post('mastodon', MONDAY, { likes: 1 }),
      post('instagram', MONDAY, { likes: 4, views: 9, reach: 8 }),
    ];
    expect(notes({ went, health: [healthOf('tiktok', { tellsFigures: false })] })).toEqual([
      'TikTok tells Crier no figures.',
      'Bluesky and Mastodon tell no views and no reach.',
    ]);
  });

  it('say how many posts were not looked at yet, and of which network none was', () => {
    const went = [post('bluesky', MONDAY, { likes: 1 }), post('bluesky', TUESDAY), post('mastodon', TUESDAY)];
    expect(notes({ went })).toEqual(['Figures of Mastodon are not known yet.', 'Figures of 1 post are not known yet.']);
  });

  it('say nothing where all is known', () => {
    expect(notes({ went: many(3) })).toEqual([]);
  });

  it('say with which days it is compared', () => {
    expect(chart(reportOf({ period: periodOf('week'), went: many(3) })).notes).toEqual([
      'Compared with Mon 16 – Wed 18 November 2026, at the same age.',
    ]);
  });
});

describe('a report in words', () => {
  it('has the main figures in two or three sentences', () => {
    const went = [...many(9), post('mastodon', TUESDAY, { likes: 8 })];
    expect(chartAltText(chart(reportOf({ period: periodOf('week'), went })))).toBe(
      'This week (Mon 23 – Wed 25 November 2026 · Europe/Berlin): Posts 10 (+10), Engagement 53. ' +
        'Engagement a day: at most 28 (Tue 24 Nov). Engagement by network: Bluesky 45, Mastodon 8.',
    );
  });

  it.each([
    [{ kind: 'network', platform: 'bluesky' } as const, 'This week · Bluesky'],
    [{ kind: 'campaign', name: 'spring' } as const, 'This week · Campaign spring'],
    [{ kind: 'account', account: healthOf('bluesky').account } as const, 'This week · @crier@bluesky.example on Bluesky'],
  ])('says what it is about: %j', (scope, title) => {
    expect(chart(reportOf({ period: periodOf('week'), scope })).title).toBe(title);
  });
});
