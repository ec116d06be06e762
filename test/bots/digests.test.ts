// A digest as a channel reads it in the morning, and what its maker reads where it cannot come any more.
import { describe, expect, it } from 'vitest';
import { readPostSentence } from '../../src/bots/commands/post-sentence.ts';
import { renderDigest, renderPaused } from '../../src/bots/digests.ts';
import { renderFiguresNews } from '../../src/bots/figures-news.ts';
import { buttonId, buttonsOf, type Reply, type Section } from '../../src/bots/reply.ts';
import type { DigestContent, Suggestion } from '../../src/core/digest.ts';
import { UNTOLD } from '../../src/core/figures.ts';
import type { Media } from '../../src/core/media.ts';
import type { Deps } from '../../src/core/ports.ts';
import { type DeliveryDetails, NOTHING_BESIDE, type PostDetails } from '../../src/core/post.ts';
import { resolveTargets } from '../../src/core/targets.ts';
import { parseWhen } from '../../src/core/time/parse-when.ts';
import { platforms } from '../core/usecases/newsroom.ts';
import { clockAt } from '../support/clock.ts';
import { keptLog } from '../support/log.ts';
import {
  blueskyAccount,
  digest,
  digestContent,
  emptyReport,
  figuresNews,
  figuresResult,
  health,
  mastodonAccount,
  postResult,
  REPORT_NOW,
  report,
  totals,
  yesterday,
} from '../support/reports.ts';
import { wordsOf } from './commands/desk.ts';
import { ACTOR } from './terminal/deps.ts';

type Parts = Parameters<typeof renderDigest>[0];

const parts = (more: Partial<Parts> = {}): Parts => ({
  clock: clockAt(REPORT_NOW.toString()),
  log: keptLog(),
  platforms,
  mediaStore: {
    put: () => Promise.resolve(),
    read: async () => new Uint8Array(10),
    remove: () => Promise.resolve('kept'),
  },
  ...more,
});

const render = (content: Partial<DigestContent> = {}, more: Partial<Parts> = {}): Promise<Reply> =>
  renderDigest(parts(more), ACTOR.workspace, digestContent(content), digest());
const said = async (content: Partial<DigestContent> = {}): Promise<string> => wordsOf(await render(content));
const sectionOf = ({ sections = [] }: Reply, heading: string): Section => {
  const found = sections.find((section) => section.heading === heading);
  if (!found) throw new Error(`no "${heading}" among ${sections.map((section) => section.heading).join(', ')}`);
  return found;
};

const delivery = (state: DeliveryDetails['state'], some: Partial<DeliveryDetails> = {}): DeliveryDetails => ({
  ...{ id: 'd1', workspaceId: 'w', postId: 'p', accountId: blueskyAccount.id, platform: 'bluesky', state, tries: 1 },
  ...{ inDoubt: false, idempotencyKey: 'k', holdReason: null, remoteId: null, url: null, errorKind: null, errorMessage: null },
  ...{ publishedAt: null, dueAt: null, account: blueskyAccount },
  ...some,
});

const details = (number: number, deliveries: DeliveryDetails[], at = '2026-11-22T13:00:00Z'): PostDetails => ({
  post: {
    ...{
      id: `p${number}`,
      workspaceId: 'w',
      number,
      text: `Number ${number}`,
      beside: NOTHING_BESIDE,
      variants: {},
      mediaIds: [],
    },
    ...{ hashtags: [], campaign: null, authorId: 'm', seriesId: null, createdAt: REPORT_NOW },
    slot: { at: Temporal.Instant.from(at), wallTime: at, timeZone: 'UTC' },
    origin: { chat: 'terminal', channel: 'here', message: null },
  },
  authorName: 'Ann',
  deliveries,
  media: [],
  series: null,
});

describe('a digest', () => {
  it('begins with how it went, and names the best post, what is planned, and what leads on', async () => {
    const reply = await render();
    expect(wordsOf(reply)).toBe(
      [
        'Yesterday 1 post went out and got 41 likes, comments and shares, 11 % more than the day before.',
        '1,204 followers, 13 more than before.',
        'Top post',
        'P3 · Bluesky · The red kite is back',
        '30 likes, 5 comments, 6 shares, 620 views',
        'Today',
        'Nothing is planned for today.',
        'Days and times in Europe/Berlin. A post counts once for each account it went to.',
      ].join('\n'),
    );
    expect(reply.buttons?.map((each) => [each.label, buttonId(each)])).toEqual([
      ['Full report', 'analytics/show/2026-11-21~all~m'],
      ['This week', 'analytics/show/week~all~m'],
      ['This month', 'analytics/show/month~all~m'],
      ['CSV', 'analytics/csv/2026-11-21~all'],
      ['Pause', 'digest/pause/D1'],
    ]);
    expect(reply.public).toBe(true);
  });

  it('says so where nothing went out, and invents no numbers', async () => {
    const reply = await render({ report: emptyReport({ period: yesterday, followers: { now: null, change: null } }), top: null });
    expect(wordsOf(reply)).toBe(
      ['Nothing went out yesterday.', 'Today', 'Nothing is planned for today.', 'Days and times in Europe/Berlin.'].join('\n'),
    );
    expect(reply.buttons?.map(({ label }) => label)).toEqual(['This week', 'This month', 'Pause']);
  });

  it.each([
    ['weekly', 'the past week', ['Full report', 'This month', 'CSV', 'Pause']],
    ['monthly', 'October 2026', ['Full report', 'Last 90 days', 'CSV', 'Pause']],
  ] as const)('that comes %s leads to what lies around its days', async (period, name, labels) => {
    const cadence = { period, wallTime: '09:00', day: 1 };
    const reply = await render({ cadence, report: report({ period: { ...yesterday, name } }) });
    expect(reply.title).toContain(`In ${name}${period === 'monthly' ? ',' : ''} 3 posts went out and got 55`);
    expect(reply.buttons?.map(({ label }) => label)).toEqual(labels);
  });

  it('of which figures are not known yet says that', async () => {
    expect(await said({ report: report({ period: yesterday, totals: totals({ posts: 2 }), unread: 2 }), top: null })).toContain(
      'Yesterday 2 posts went out. No figures of them are known yet.',
    );
  });

  it('that is only looked at cannot be paused', async () => {
    const reply = await renderDigest(parts(), ACTOR.workspace, digestContent(), null);
    expect(reply.buttons?.map(({ label }) => label)).not.toContain('Pause');
  });

  it('says whose figures are old, and since when', async () => {
    const figuresFailure = { since: Temporal.Instant.from('2026-11-22T08:02:00Z'), sentence: 'Mastodon does not answer.' };
    const old = health({ account: mastodonAccount, figuresFailure });
    expect(await said({ report: report({ period: yesterday, health: [health(), old] }) })).toContain(
      'Figures of Mastodon (@team@mastodon.social) could not be read since Sun 22 Nov 2026, 09:02 CET: Mastodon does not answer.',
    );
  });

  it('has the chart as a picture, described', async () => {
    const pictures: Deps['pictures'] = {
      calendar: () => Promise.reject(new Error('none')),
      report: async () => new Uint8Array(1),
    };
    const [file] = (await render({}, { pictures })).files ?? [];
    expect(file).toMatchObject({ name: 'analytics-2026-11-21.png', mimeType: 'image/png' });
    expect(file?.altText).not.toBe('');
  });
});

describe('the top post of a digest', () => {
  const picture: Media = {
    ...{ id: 'm1', workspaceId: 'w', hash: 'h1', mimeType: 'image/png', size: 10, width: 640, height: 480 },
    ...{ durationMs: null, altText: 'A red kite' },
  };
  const top = (some: Partial<Media> = {}): DigestContent['top'] => ({ result: postResult(), picture: { ...picture, ...some } });

  it('comes with its picture, as its author described it', async () => {
    const section = sectionOf(await render({ top: top() }), 'Top post');
    expect(section.picture).toMatchObject({ name: 'P3.png', mimeType: 'image/png', altText: 'A red kite' });
  });

  it('says where its author described nothing', async () => {
    const section = sectionOf(await render({ top: top({ altText: '' }) }), 'Top post');
    expect(section.picture?.altText).toBe('The picture of P3. Its author did not describe it.');
  });

  it('has a large picture made small', async () => {
    const asked: number[] = [];
    const convertImage: Deps['convertImage'] = async (_, { maxWidth }) => {
      asked.push(maxWidth);
      return { bytes: new Uint8Array(3), hash: 'h2', mimeType: 'image/jpeg', width: maxWidth, height: 400, durationMs: null };
    };
    const section = sectionOf(await render({ top: top({ width: 4000 }) }, { convertImage }), 'Top post');
    expect(asked).toEqual([800]);
    expect(section.picture).toMatchObject({ name: 'P3.jpg', mimeType: 'image/jpeg' });
  });

  it('is told without a picture that is gone', async () => {
    const log = keptLog();
    const mediaStore = { ...parts().mediaStore, read: () => Promise.reject(new Error('gone')) };
    const section = sectionOf(await render({ top: top() }, { mediaStore, log }), 'Top post');
    expect([section.picture, section.lines?.length]).toEqual([undefined, 2]);
    expect(log.lines.map(({ level }) => level)).toEqual(['warn']);
  });
});

describe('what waits in a digest', () => {
  it('is named with why, and with the ways on', async () => {
    const waiting = {
      posts: [
        details(12, [delivery('failed', { errorMessage: 'The image is too large.' }), delivery('published')]),
        details(13, [delivery('unconfirmed', { platform: 'mastodon' })]),
      ],
      total: 2,
    };
    const section = sectionOf(await render({ waiting }), '2 posts wait for somebody');
    expect(section.lines?.map((line) => (typeof line === 'string' ? line : line.join('')))).toEqual([
      'P12 · Number 12 · failed on Bluesky: The image is too large.',
      'P13 · Number 13 · unconfirmed on Mastodon',
    ]);
    expect(section.buttons?.map((each) => [each.label, buttonId(each)])).toEqual([
      ['Show P12', 'post/show/P12'],
      ['Retry P12', 'digest/retry/P12'],
      ['Show P13', 'post/show/P13'],
    ]);
  });

  it('is counted where it is more than five', async () => {
    const posts = Array.from({ length: 5 }, (_, index) => details(index + 1, [delivery('failed')]));
    const section = sectionOf(await render({ waiting: { posts, total: 9 } }), '9 posts wait for somebody');
    expect(section.lines?.at(-1)).toBe('+4 more');
    expect(section.buttons?.at(-1)).toMatchObject({
      label: 'All that failed',
      command: 'digest',
      name: 'waiting',
      subject: 'failed~0',
    });
  });
});

describe('what is planned in a digest', () => {
  it('is said with its time on the workspace’s clock, and where it goes', async () => {
    const both = [delivery('scheduled'), delivery('scheduled', { platform: 'mastodon' }), delivery('canceled')];
    const lines = sectionOf(await render({ planned: { posts: [details(15, both)], total: 1 } }), 'Today').lines;
    expect(lines).toEqual(['14:00 · P15 · Bluesky, Mastodon · Number 15']);
  });

  it('is counted where it is too much', async () => {
    const posts = Array.from({ length: 11 }, (_, index) => details(index + 1, [delivery('scheduled')]));
    const { lines = [] } = sectionOf(await render({ planned: { posts, total: 11 } }), 'Today');
    expect([lines.length, lines.at(-1)]).toEqual([9, '+3 more']);
  });
});

describe('the suggestion of a digest', () => {
  const at = Temporal.ZonedDateTime.from('2026-11-24T14:00[Europe/Berlin]');
  const slot: Suggestion = { kind: 'slot', account: blueskyAccount, at, lift: 1.62, posts: 34, isSure: true };

  it.each<[string, Suggestion, string[]]>([
    [
      'an account that was not used for a while',
      { kind: 'unused', account: mastodonAccount, lastOutAt: Temporal.Instant.from('2026-11-10T08:00:00Z') },
      [
        'Nothing went out to Mastodon (@team@mastodon.social) for 12 days, and nothing is planned for it. Write something for its next good time:',
        '/queue to mastodon/@team@mastodon.social: Hello',
      ],
    ],
    [
      'an account that was never used',
      { kind: 'unused', account: { ...mastodonAccount, handle: 'Crier Demo' }, lastOutAt: null },
      [
        'Nothing went out to Mastodon (Crier Demo) yet, and nothing is planned for it. Write something for its next good time:',
        '/queue to mastodon/"Crier Demo": Hello',
      ],
    ],
    [
      'a good time that is free',
      slot,
      [
        'Tue 24 Nov 2026, 14:00 CET is free for Bluesky (@team.bsky.social): its 34 posts at that hour got 1.6 times its mean.',
        '/schedule Tue 24 Nov 2026, 14:00 CET to bluesky/@team.bsky.social: Hello',
      ],
    ],
    [
      'an empty plan',
      { kind: 'nothing-planned', days: 3 },
      ['Nothing is planned for the next 3 days. Write something for the next good time:', '/queue to all: Hello'],
    ],
  ])('is %s', async (_, suggestion, lines) => {
    expect(await said({ suggestion })).toContain(['What to do next', ...lines].join('\n'));
  });

  it('says where it is a hint only', async () => {
    expect(await said({ suggestion: { ...slot, isSure: false } })).toContain('got 1.6 times its mean, a hint only.');
  });

  it('is a line that does what it says when it is typed', async () => {
    const [, , line = ''] = /(\/schedule) (.*)$/m.exec(await said({ suggestion: slot })) ?? [];
    const { when = '', targets = '', text } = readPostSentence(line);
    const read = parseWhen(when, { now: REPORT_NOW, timeZone: 'Asia/Tokyo', dateOrder: null });
    expect(read).toMatchObject({ kind: 'at' });
    expect(read.kind === 'at' && read.at.toInstant().equals(at.toInstant())).toBe(true);
    expect(resolveTargets(targets, [blueskyAccount, mastodonAccount], platforms)).toEqual([blueskyAccount]);
    expect(text).toBe('Hello');
  });
});

describe('a digest that comes late', () => {
  const due = Temporal.Instant.from('2026-11-22T08:00:00Z');

  it('says when it was due', async () => {
    expect(await said({ lateSince: due })).toContain('This was due at 09:00 and could not be told then.');
    expect(await said({ lateSince: due.subtract({ hours: 24 }) })).toContain('This was due Sat 21 Nov 2026, 09:00 CET and');
  });

  it.each([
    [1, 'The daily digest before it was missed too and is not told. The days are in /analytics last 30 days.'],
    [3, 'The 3 daily digests before it were missed too and are not told. The days are in /analytics last 30 days.'],
  ])('says that %i before it were missed', async (missed, sentence) => {
    expect(await said({ lateSince: due, missed })).toContain(sentence);
  });

  it('says nothing of it in time', async () => {
    expect(await said()).not.toContain('was due');
  });
});

it('whoever asked for a digest that was paused reads why, and how to go on', () => {
  const reply = renderPaused(digest({ number: 2 }), 'Its channel is closed to Crier.');
  expect(wordsOf(reply)).toBe(
    'The digest D2 is paused\nIts channel is closed to Crier.\nOnce that is mended, go on with it: /digest resume D2',
  );
  expect([reply.private, buttonsOf(reply).map(buttonId)]).toEqual([true, ['digest/resume/D2']]);
});

describe('the figures of a post in its thread', () => {
  it.each([
    [1, '1 hour'],
    [24, '24 hours'],
    [36, '36 hours'],
    [168, '7 days'],
  ])('after %i hours are said with how long that is', (hours, age) => {
    expect(wordsOf(renderFiguresNews(figuresNews(ACTOR, { hours }), platforms))).toBe(
      [
        `P3 after ${age}`,
        'Bluesky (@team.bsky.social): 30 likes, 5 comments, 6 shares, 620 views',
        `As the networks told Sun 22 Nov 2026, ${ACTOR.workspace.timeZone === 'Europe/Berlin' ? '10:00 CET' : '09:00 UTC'}.`,
      ].join('\n'),
    );
  });

  it('of several networks are told one by one, and together', () => {
    const silent = figuresResult({ platform: 'mastodon', handle: '@team@mastodon.social', url: null, figures: UNTOLD });
    const reply = renderFiguresNews(figuresNews(ACTOR, { results: [figuresResult(), silent] }), platforms);
    expect(reply.lines?.[0]).toContainEqual({ url: 'https://bluesky.example/post/3', text: 'Bluesky' });
    expect(wordsOf(reply)).toContain('Mastodon (@team@mastodon.social): no figures yet\nTogether: engagement 41.');
  });

  it('say when they were told, where a network has not told any since', () => {
    const seenAt = figuresResult().seenAt.subtract({ hours: 18 });
    const gone = figuresResult({ platform: 'mastodon', handle: '@team@mastodon.social', url: null, seenAt });
    const reply = renderFiguresNews(figuresNews(ACTOR, { results: [figuresResult(), gone] }), platforms);
    expect(wordsOf(reply)).toMatch(/Mastodon \(@team@mastodon\.social\): 30 likes, .* 620 views, as of Sat 21 Nov 2026, \d\d:00/);
    expect(wordsOf(reply)).toMatch(/Bluesky \(@team\.bsky\.social\): 30 likes, 5 comments, 6 shares, 620 views\n/);
  });
});
