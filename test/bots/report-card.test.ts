// A report as everybody in the channel reads it.
import { describe, expect, it } from 'vitest';
import { reportCard } from '../../src/bots/cards/report-card.ts';
import { timeBefore, within } from '../../src/bots/cards/report-words.ts';
import { buttonId, buttonsOf, type Reply } from '../../src/bots/reply.ts';
import { UNTOLD } from '../../src/core/figures.ts';
import type { Report, Totals } from '../../src/core/report.ts';
import type { ReportChart } from '../../src/core/report-chart.ts';
import { readReportPeriod } from '../../src/core/report-period.ts';
import type { Theme } from '../../src/core/workspace.ts';
import { platforms } from '../core/usecases/newsroom.ts';
import { keptLog } from '../support/log.ts';
import {
  blueskyAccount,
  emptyReport,
  group,
  health,
  mastodonAccount,
  postResult,
  REPORT_NOW,
  report,
  thisWeek,
  totals,
} from '../support/reports.ts';
import { wordsOf } from './commands/desk.ts';
import { ACTOR } from './terminal/deps.ts';

const { workspace } = ACTOR;
const options = {
  ...{ workspace, scopeWord: 'all', isForOne: false },
  ...{ offered: ['today', 'week', 'month', 'last-30-days'], networks: ['bluesky', 'mastodon'] },
};
const render = (some: Partial<Report> = {}): Promise<Reply> => reportCard({ platforms, log: keptLog() }, report(some), options);
const said = async (some: Partial<Report> = {}): Promise<string> => wordsOf(await render(some));

describe('a report', () => {
  it('says what happened, by network, with the best posts and the weakest', async () => {
    const reply = await render();
    expect(wordsOf(reply)).toBe(
      [
        'Analytics of this week, Mon 16 – Sun 22 November 2026',
        '3 posts went out and got 55 likes, comments and shares, 10 % more than last week by the same time.',
        '1,204 followers, 13 more than before.',
        'Networks',
        'Network | Posts | Engagement | Change | Views | Rate',
        'Bluesky | 2 | 43 | +8 % | 800 | 5.4 %',
        'Mastodon | 1 | 12 | +20 % | – | –',
        'Top posts',
        '1. P3 · Bluesky · The red kite is back · engagement 41 (30 likes, 5 comments, 6 shares), 620 views',
        '2. P2 · Mastodon · Kites, and how to build one · engagement 12 (9 likes, 1 comment, 2 shares)',
        'Weakest posts',
        '1. P1 · Bluesky · Good morning · 2 likes, 180 views',
        'Accounts and networks',
        'Bluesky (@team.bsky.social): connected',
        'Mastodon (@team@mastodon.social): connected',
        'Days and times in Europe/Berlin. Figures were last read Sun 22 Nov 2026, 09:40 CET.',
        'A post counts once for each account it went to. "–" is what is not told, or not known yet.',
      ].join('\n'),
    );
    expect([reply.public, reply.private]).toEqual([true, undefined]);
  });

  it('has each post as a link to where it is', async () => {
    const top = (await render()).sections?.find(({ heading }) => heading === 'Top posts');
    expect(top?.lines?.[0]).toContainEqual({
      url: 'https://bluesky.example/post/3',
      text: 'P3 · Bluesky · The red kite is back',
    });
  });

  it.each<[string, Partial<Totals>, Partial<Totals>, string]>([
    ['more', { engagement: 55 }, { engagement: 50 }, 'got 55 likes, comments and shares, 10 % more than'],
    ['less', { engagement: 45 }, { engagement: 50 }, 'got 45 likes, comments and shares, 10 % less than'],
    ['as much', { engagement: 50 }, { engagement: 50 }, 'shares, about as much as last week by the same time.'],
    ['much where there was none', { engagement: 5 }, { engagement: 0 }, 'got 5 likes, comments and shares.'],
    ['much where nothing was told', { engagement: 5 }, { engagement: null }, 'got 5 likes, comments and shares.'],
    [
      'nothing',
      { engagement: 0, likes: 0, comments: 0, shares: 0 },
      { engagement: null },
      'went out and got no likes, comments or shares.',
    ],
    ['as few', { engagement: 5 }, { engagement: 5 }, 'shares, about as much as last week by the same time.'],
    ['some fewer', { engagement: 5 }, { engagement: 8 }, 'shares, 3 fewer than last week by the same time.'],
    ['some more', { engagement: 9 }, { engagement: 8 }, 'shares, 1 more than last week by the same time.'],
    ['one thing', { engagement: 1, comments: 0, shares: 0 }, { engagement: 4 }, 'got 1 like, 3 fewer than last week'],
    ['as few', { engagement: 4 }, { engagement: 4 }, 'about as much as last week by the same time.'],
    ['of some kinds only', { engagement: 7, likes: 0 }, { engagement: null }, 'went out and got 7 comments and shares.'],
  ])('says that it was %s', async (_, now, before, words) => {
    const figures = { posts: 2, likes: 1, comments: 1, shares: 1 };
    expect(await said({ totals: totals({ ...figures, ...now }), before: totals(before) })).toContain(words);
  });

  it('says that nothing is known yet rather than a number', async () => {
    const words = await said({ totals: totals({ posts: 2 }), unread: 2, followers: { now: null, change: null } });
    expect(words).toContain('2 posts went out. No figures of them are known yet. Read them now: /analytics refresh\nNetworks');
    const mute = [health({ tellsFigures: false, figuresAt: null })];
    expect(await said({ totals: totals({ posts: 2 }), unread: 2, health: mute })).not.toContain('Read them now');
    expect(await said({ unread: 1 })).toContain('No figures of 1 of the 3 posts are known yet.');
  });

  it('says many views in short, so that a phone has room for a row', async () => {
    const networks = [group('bluesky', 'Bluesky', { posts: 2, engagement: 12_043, views: 376_927, rate: 0.032 })];
    expect(await said({ networks })).toContain('Bluesky | 2 | 12,043 | – | 377K | 3.2 %');
  });

  it('has the accounts too where a network has several, and they alone where it is about one network', async () => {
    const accounts = ['@one', '@two', '@three'].map((name) => group(name, name, { posts: 1, engagement: 3 }));
    expect(await said({ accounts })).toContain('Account | Posts | Engagement | Change | Views | Rate\n@one | 1 | 3 | – | – | –');
    const one = await said({ scope: { kind: 'network', platform: 'bluesky' }, accounts: accounts.slice(0, 1) });
    expect(one).toContain('Analytics of this week, Mon 16 – Sun 22 November 2026 · Bluesky');
    expect(one).not.toContain('Network |');
    expect(one).toContain('@one | 1 | 3');
  });

  it('has the first twelve accounts of many, and says that there are more', async () => {
    const accounts = Array.from({ length: 100 }, (_, at) =>
      group(`a${at}`, `Bluesky (@shop${at})`, { posts: 1, engagement: 100 - at }),
    );
    const many = await said({ accounts });
    expect(many).toContain('The first 12 by engagement of 100; the file has all of them.');
    expect(many).toContain('@shop11');
    expect(many).not.toContain('@shop12');
  });

  it('compares campaigns, hashtags and authors where there are two, the first five of each', async () => {
    const sums = { posts: 2, engagement: 10, rate: 0.05 };
    const tags = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((tag) => group(tag, tag, sums));
    const words = await said({ campaigns: [group('launch', 'launch', sums)], hashtags: tags });
    expect(words).not.toContain('By campaign');
    expect(words).not.toContain('By author');
    expect(words).toContain('By hashtag\n#a: 2 posts, engagement 10, rate 5 %\n#b');
    expect(words).toContain('#e: 2 posts, engagement 10, rate 5 %\n+2 more');
    expect(words).not.toContain('#f');
  });

  it('leaves out what nothing is known of', async () => {
    const tags = ['a', 'b'].map((tag) => group(tag, tag, { posts: 2 }));
    expect(await said({ hashtags: tags })).not.toContain('By hashtag');
  });

  it('calls no post a top post that nobody did anything with', async () => {
    const none = postResult({ post: 4, figures: { ...UNTOLD, likes: 0, views: 9 } });
    const words = await said({ top: [postResult(), none] });
    expect(words).toContain('1. P3');
    expect(words).not.toContain('P4');
    expect(await said({ top: [none], weakest: [] })).not.toContain('Top posts');
  });

  it('names three of the weakest, and cuts what is long', async () => {
    const weakest = [5, 6, 7, 8].map((post) => postResult({ post, text: 'We are live: the new workshop programme for spring' }));
    const words = await said({ weakest });
    expect(words).toContain('3. P7 · Bluesky · We are live: the new workshop programme… · engagement 41');
    expect(words).not.toContain('P8');
  });

  it('says which hours and weekdays are best, and how sure that is', async () => {
    const hours = [
      { at: 14, posts: 6, lift: 1.62, isSure: true },
      { at: 9, posts: 3, lift: 1.2, isSure: false },
      { at: 8, posts: 3, lift: 1.1, isSure: false },
    ];
    const weekdays = [{ at: 2, posts: 8, lift: 1.4, isSure: true }];
    const words = await said({
      best: [
        { account: blueskyAccount, posts: 34, hours, weekdays },
        { account: mastodonAccount, posts: 20, hours: [], weekdays: [] },
      ],
    });
    expect(words).toContain(
      [
        'Bluesky (@team.bsky.social), 34 posts: 14:00 (1.6 times its mean), 09:00 (1.2, a hint only: 3 posts), Tuesdays (1.4)',
        'Mastodon (@team@mastodon.social), 20 posts: no hour and no weekday stands out',
      ].join('\n'),
    );
  });

  it('of many accounts says the good times of three, the surest first', async () => {
    const time = (isSure: boolean) => [{ at: 14, posts: 6, lift: 1.6, isSure }];
    const best = [1, 2, 3, 4, 5].map((n) => ({
      account: { ...blueskyAccount, id: `a${n}`, handle: `@n${n}` },
      ...{ posts: 30, hours: time(n > 3), weekdays: [] },
    }));
    const words = await said({ best });
    expect(words).toMatch(/@n4.*\n.*@n5.*\n.*@n1/);
    expect(words).toContain('+2 more accounts: choose a network to see theirs');
    expect(words).not.toContain('@n2');
  });

  it('of many accounts names those that something is to be said of, and counts the others', async () => {
    const others = [1, 2, 3].map((n) =>
      health({ account: { ...blueskyAccount, id: `a${n}`, handle: `@n${n}` }, cap: { used: n - 1, perDay: 10 } }),
    );
    const lost = health({ account: { ...mastodonAccount, state: 'disconnected', stateReason: 'The login ran out.' } });
    expect(await said({ health: [...others, lost] })).toContain(
      [
        'Accounts and networks',
        'Mastodon (@team@mastodon.social): disconnected (The login ran out)',
        '3 of 4 accounts are connected.',
        'Posts today: Bluesky (@n2) 1 of 10, Bluesky (@n3) 2 of 10.',
      ].join('\n'),
    );
    expect(await said({ health: [...others, health()] })).toContain('Accounts and networks\nAll 4 accounts are connected.');
  });

  it('says when a login runs out from a month before', async () => {
    const ends = (days: number) =>
      said({ health: [health({ account: { ...blueskyAccount, expiresAt: REPORT_NOW.add({ hours: 24 * days }) } })] });
    expect(await ends(30)).toContain('connected, login runs out Tue 22 Dec 2026, 10:00 CET');
    expect(await ends(31)).toContain('@team.bsky.social): connected\n');
  });

  it('says how the accounts are, what failed and why, and what could not be read', async () => {
    const reply = await render({
      health: [
        health({
          account: { ...blueskyAccount, expiresAt: Temporal.Instant.from('2026-11-29T09:00:00Z') },
          cap: { used: 3, perDay: 10 },
          figuresFailure: { since: Temporal.Instant.from('2026-11-22T08:02:00Z'), sentence: 'Bluesky does not answer.' },
        }),
        health({
          account: { ...mastodonAccount, state: 'disconnected', stateReason: 'Mastodon took the access back.' },
          failures: [
            { accountId: 'a', kind: 'rejected', sentence: 'The image is too large.', count: 3 },
            { accountId: 'a', kind: 'unavailable', sentence: null, count: 2 },
            { accountId: 'a', kind: 'rejected', sentence: 'The text is too long.', count: 1 },
          ],
        }),
      ],
    });
    const name = 'Mastodon (@team@mastodon.social)';
    expect(wordsOf(reply)).toContain(
      [
        'Bluesky (@team.bsky.social): connected, 3 of 10 posts today, login runs out Sun 29 Nov 2026, 10:00 CET',
        'Figures of Bluesky (@team.bsky.social) could not be read since Sun 22 Nov 2026, 09:02 CET: Bluesky does not answer.',
        `${name}: disconnected (Mastodon took the access back)`,
        `${name}: 3 failed. The image is too large.`,
        `${name}: 2 failed. The network gave no reason.`,
        `${name}: 1 failed for other reasons.`,
      ].join('\n'),
    );
    expect(buttonsOf(reply).map(({ label }) => label)).toContain('Connect Mastodon');
  });

  it('tells an account without figures from one that nobody has looked at', async () => {
    const words = await said({
      health: [health({ tellsFigures: false, figuresAt: null }), health({ account: mastodonAccount, figuresAt: null })],
    });
    expect(words).toContain('@team.bsky.social): connected, tells no figures');
    expect(words).toContain('@team@mastodon.social): connected, no figures were read yet');
    expect(words).toContain('Days and times in Europe/Berlin. No figures were read yet.');
  });

  it('says of an account whose figures are old from when they are', async () => {
    const words = await said({ health: [health({ figuresAt: REPORT_NOW.subtract({ hours: 5, seconds: 7 }) })] });
    expect(words).toContain('Bluesky (@team.bsky.social): connected, figures of Sun 22 Nov 2026, 04:59 CET');
  });

  it('says so where nothing went out, draws nothing, and has no file to give', async () => {
    const drawn: ReportChart[] = [];
    const draw = async (chart: ReportChart) => new Uint8Array(drawn.push(chart));
    const pictures = { calendar: () => Promise.reject(new Error('none')), report: draw };
    const reply = await reportCard({ platforms, log: keptLog(), pictures }, emptyReport(), options);
    expect(wordsOf(reply)).toContain(
      'Nothing went out this week, so there are no figures of posts. Look further back: /analytics last 90 days',
    );
    expect([drawn, reply.files]).toEqual([[], undefined]);
    expect(reply.buttons?.map(({ label }) => label)).toEqual(['Today', 'This month', 'Last 30 days', 'Refresh']);
  });

  it('sends nobody further back than it was looked already', async () => {
    const period = { ...thisWeek, first: Temporal.PlainDate.from('2026-08-25'), name: 'the last 90 days' };
    const words = wordsOf(await reportCard({ platforms, log: keptLog() }, emptyReport({ period }), options));
    expect(words).toContain('so there are no figures of posts. Plan one: /schedule tomorrow 9am to all: Hello');
  });
});

describe('the picture of a report', () => {
  it('is drawn on the ground that the workspace wants, and described', async () => {
    const themes: Theme[] = [];
    const pictures = {
      calendar: () => Promise.reject(new Error('none')),
      report: async (_: ReportChart, theme: Theme) => new Uint8Array(themes.push(theme)),
    };
    const dark = { ...options, workspace: { ...workspace, pictures: 'dark' as const } };
    const [file] = (await reportCard({ platforms, log: keptLog(), pictures }, report(), dark)).files ?? [];
    expect(themes).toEqual(['dark']);
    expect(file).toMatchObject({ name: 'analytics-2026-11-16-2026-11-22.png', mimeType: 'image/png' });
    expect(file?.altText).toContain('55');
    expect(file?.bars?.map(({ value }) => value)).toContain(41);
  });

  it('is missed in a note where it cannot be drawn, and all is said in words', async () => {
    const log = keptLog();
    const fail = () => Promise.reject(new Error('no fonts'));
    const reply = await reportCard({ platforms, log, pictures: { calendar: fail, report: fail } }, report(), options);
    expect(reply.files).toBeUndefined();
    expect(wordsOf(reply)).toContain('The picture could not be drawn. The log says why.');
    expect(wordsOf(reply)).toContain('Bluesky | 2 | 43');
    expect(log.lines.map(({ level }) => level)).toEqual(['error']);
  });
});

describe('what leads on from a report', () => {
  it('are other periods of the same scope, a file, and its networks', async () => {
    const reply = await reportCard({ platforms, log: keptLog() }, report(), { ...options, scopeWord: 'n:bluesky' });
    expect(reply.buttons?.map((each) => [each.label, buttonId(each)])).toEqual([
      ['Today', 'analytics/show/today~n:bluesky'],
      ['This month', 'analytics/show/month~n:bluesky'],
      ['Last 30 days', 'analytics/show/last-30-days~n:bluesky'],
      ['CSV', 'analytics/csv/week~n:bluesky'],
      ['Refresh', 'analytics/refresh/week~n:bluesky'],
    ]);
    expect(reply.menu?.options.map((each) => [each.label, buttonId(each)])).toEqual([
      ['Bluesky', 'analytics/show/week~n:bluesky'],
      ['Mastodon', 'analytics/show/week~n:mastodon'],
    ]);
  });

  it('is the way back from one network, and nothing to choose where there is one alone', async () => {
    const scope = { kind: 'network', platform: 'bluesky' } as const;
    const [back] = (await render({ scope })).menu?.options ?? [];
    expect(back && [back.label, back.subject]).toEqual(['All networks', 'week~all']);
    const alone = await reportCard({ platforms, log: keptLog() }, report(), { ...options, networks: ['bluesky'] });
    expect(alone.menu).toBeUndefined();
  });

  it('stays with whoever looks alone', async () => {
    const reply = await reportCard({ platforms, log: keptLog() }, report(), { ...options, isForOne: true });
    expect([reply.private, reply.public]).toEqual([true, undefined]);
    const shown = buttonsOf(reply).filter(({ name }) => name !== 'csv');
    expect(shown.every(({ subject }) => subject.endsWith('~m'))).toBe(true);
  });

  it('fits into every chat, whatever it is about', async () => {
    const period = { ...thisWeek, id: '2026-11-01..2026-11-30' };
    const options2 = { ...options, scopeWord: blueskyAccount.id, isForOne: true };
    const reply = await reportCard({ platforms, log: keptLog() }, report({ period, top: [postResult()] }), options2);
    for (const each of buttonsOf(reply)) {
      expect(each.subject).toMatch(/^[A-Za-z0-9.:~-]+$/);
      // Discord takes 100, of which it needs 21 to say which server is meant
      expect(buttonId(each).length).toBeLessThanOrEqual(79);
    }
  });
});

describe('the time of a report in a sentence', () => {
  it.each([
    ['today', 'today', 'yesterday by the same time'],
    ['week', 'this week', 'last week by the same time'],
    ['month', 'this month', 'last month by the same time'],
    ['last 30 days', 'in the last 30 days', 'the 30 days before'],
    ['last 7 days', 'in the last 7 days', 'the week before'],
    ['yesterday', 'yesterday', 'the day before'],
    ['2026-10', 'in October 2026', 'the 30 days before'],
    ['2026-11-20', 'on 20 November 2026', 'the day before'],
    ['2026-11-02..2026-11-12', 'in the days 2–12 November 2026', 'the 11 days before'],
    // an hour is missing in March: the days are counted by the clock all the same
    ['2026-03-20..2026-04-02', 'in the days 20 March – 2 April 2026', 'the 14 days before'],
  ])('%s', (words, when, before) => {
    const period = readReportPeriod(words, REPORT_NOW.toZonedDateTimeISO('Europe/Berlin'), 1);
    expect([within(period), timeBefore(period)]).toEqual([when, before]);
  });
});
