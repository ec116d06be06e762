import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/core/account.ts';
import { definePlatform, type Limits, type Platform } from '../../src/core/platform.ts';
import { type Beside, NOTHING_BESIDE } from '../../src/core/post.ts';
import { type PreviewInput, previewDeliveries, refuseProblems } from '../../src/core/preview.ts';
import { bluesky, NOW } from './usecases/newsroom.ts';

const now = Temporal.Instant.from(NOW);
const account: Account = {
  id: 'a1',
  workspaceId: 'w',
  platform: 'bluesky',
  remoteId: 'r1',
  handle: '@team',
  service: 'https://bluesky.example',
  state: 'connected',
  stateReason: null,
  announcedLimits: null,
  expiresAt: null,
  createdAt: now,
};
const png = { mimeType: 'image/png', size: 500, width: 640, height: 480, durationMs: null, altText: 'A kite' };

function preview(more: Partial<PreviewInput> = {}, limits: Partial<Limits> = {}) {
  const platform = definePlatform({ ...bluesky, limits: (announced) => ({ ...bluesky.limits(announced), ...limits }) });
  const [first] = previewDeliveries({
    post: { text: 'Hello', variants: {} },
    postName: 'P12',
    accounts: [account],
    media: [],
    platforms: { get: () => platform },
    now,
    at: now.add({ hours: 1 }),
    dailyCaps: {},
    plannedThatDay: new Map(),
    ...more,
  });
  if (!first) throw new Error('no preview');
  return first;
}

const text = (length: number): PreviewInput['post'] => ({ text: 'x'.repeat(length), variants: {} });

describe('a preview', () => {
  it('shows the text with its count, and nothing to say where all is well', () => {
    expect(preview()).toMatchObject({
      platformName: 'Bluesky',
      parts: ['Hello'],
      count: { used: 5, max: 300, unit: 'characters' },
      problems: [],
      warnings: [],
    });
  });

  it('shows and counts the text that this network gets', () => {
    expect(preview({ post: { text: 'Hello', variants: { bluesky: 'Hello blue sky' } } })).toMatchObject({
      parts: ['Hello blue sky'],
      count: { used: 14 },
    });
  });

  it.each([
    [300, 0],
    [301, 1],
  ])('%i characters of 300 make %i problems', (length, problems) => {
    expect(preview({ post: text(length) }).problems).toHaveLength(problems);
  });

  it('says by how much a text is too long, and every cure there is', () => {
    expect(preview({ post: text(312) }).problems).toEqual([
      'Bluesky takes 300 characters and this text has 312: shorten it by 12, make a thread of it with /post P12 thread yes, or give Bluesky its own text with /post P12 variant bluesky: TEXT.',
    ]);
    expect(preview({ post: text(312), postName: null }).problems[0]).toContain(
      'shorten it by 12, make a thread of it with --thread, or keep it with /draft and give Bluesky its own text.',
    );
    const threadless = { ...bluesky, capabilities: { ...bluesky.capabilities, threads: false } };
    expect(preview({ post: text(312), platforms: { get: () => threadless } }).problems[0]).toContain(
      'shorten it by 12, or give Bluesky its own text',
    );
  });

  it('holds the text to every limit, not only the one shown', () => {
    const bytes = { max: 10, unit: 'bytes', count: (words: string) => new TextEncoder().encode(words).length };
    const shown = preview({ post: { text: 'äöüäöü', variants: {} } }, { text: [...bluesky.limits(null).text, bytes] });
    expect(shown.count).toEqual({ used: 6, max: 300, unit: 'characters' });
    expect(shown.problems[0]).toContain('Bluesky takes 10 bytes and this text has 12');
  });

  it.each<[string, Partial<PreviewInput>, Partial<Limits>, string]>([
    ['no text and no image', { post: text(0) }, {}, 'There is no text to post'],
    ['no image where one is needed', {}, { needsMedia: 'any' }, 'Bluesky takes no post without an image'],
    ['an image where none is taken', { media: [png] }, { images: null }, 'Bluesky takes no images'],
    ['too many images', { media: [png, png, png] }, {}, 'Bluesky takes 2 images and this post has 3: take out 1.'],
    [
      'an image too large that cannot be made into something else',
      { media: [{ ...png, size: 2_000_000 }] },
      { images: { max: 2, maxBytes: 1000, mimeTypes: ['image/png'] } },
      'Bluesky takes images up to 1 kB and this image has 2 MB',
    ],
    [
      'an image of a wrong type',
      { media: [png, { ...png, mimeType: 'image/gif' }] },
      {},
      'Bluesky takes PNG or JPEG and image 2 is GIF',
    ],
  ])('names %s as a problem', (_, input, limits, sentence) => {
    const { problems } = preview(input, limits);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(sentence);
  });

  it('lets an image stand for a text', () => {
    expect(preview({ post: text(0), media: [png] }).problems).toEqual([]);
  });

  it.each<[string, Partial<PreviewInput>, string]>([
    [
      'a full day',
      { dailyCaps: { bluesky: 3 }, plannedThatDay: new Map([['a1', 3]]) },
      '3 of 3 Bluesky posts of that day are taken',
    ],
    ['an image without words', { media: [{ ...png, altText: '' }] }, 'The image has no description'],
    ['a lost login', { accounts: [{ ...account, state: 'disconnected' }] }, '@team is disconnected'],
    [
      'a login that runs out before',
      { accounts: [{ ...account, expiresAt: now.add({ minutes: 30 }) }] },
      'runs out before this goes out',
    ],
    ['a login that runs out soon', { accounts: [{ ...account, expiresAt: now.add({ hours: 75 }) }] }, 'runs out in 3 days'],
  ])('warns of %s, which is no problem', (_, input, sentence) => {
    const { problems, warnings } = preview(input);
    expect(problems).toEqual([]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(sentence);
  });

  it('is quiet about a day with room, and a login that lasts', () => {
    const lasting = { ...account, expiresAt: now.add({ hours: 24 * 30 }) };
    expect(preview({ accounts: [lasting], dailyCaps: { bluesky: 3 }, plannedThatDay: new Map([['a1', 2]]) }).warnings).toEqual(
      [],
    );
  });
});

describe('what a post says beside its text', () => {
  const beside = (more: Partial<Beside>, words = 'Hello') => ({
    text: words,
    variants: {},
    beside: { ...NOTHING_BESIDE, ...more },
  });
  const as = (platform: Partial<Platform>, more: Partial<PreviewInput> = {}) =>
    preview({ platforms: { get: () => ({ ...bluesky, ...platform }) }, ...more });
  const capabilities = (more: Partial<Platform['capabilities']>) => ({ ...bluesky.capabilities, ...more });
  const LONG = `${'a'.repeat(200)}. ${'b'.repeat(200)}. ${'c'.repeat(50)}.`;

  it('shows each part of a thread with its count', () => {
    const { parts, counts, problems } = preview({ post: beside({ thread: true }, LONG) });
    expect(problems).toEqual([]);
    expect(parts).toEqual([`${'a'.repeat(200)}.`, `${'b'.repeat(200)}. ${'c'.repeat(50)}.`]);
    expect(counts).toEqual([201, 253]);
  });

  it('names threads where a network has none of them, and joins what the author cut', () => {
    const platform = { capabilities: capabilities({ threads: false }) };
    expect(as(platform, { post: beside({ thread: true }, LONG) }).problems[0]).toContain(
      'Bluesky takes 300 characters and this text has 455, and it has no threads: shorten it by 155',
    );
    expect(as(platform, { post: beside({ thread: true }, 'One\n---\ntwo') }).parts).toEqual(['One\n\ntwo']);
  });

  it('says where a thread cannot be cut, and where it is too long for one', () => {
    expect(preview({ post: beside({ thread: true }, `Look: https://example.com/${'x'.repeat(300)}`) }).problems).toEqual([
      'Bluesky takes 300 characters, and one link or word of this text alone has 320: a thread cannot be cut there. Shorten that one.',
    ]);
    expect(preview({ post: beside({ thread: true }, Array(26).fill('part').join('\n---\n')) }).problems[0]).toContain(
      'a thread of 26 parts on Bluesky, and 25 are the most',
    );
  });

  it('asks the limits and the remarks with its options', () => {
    const limits: Platform['limits'] = (announced, options) => ({
      ...bluesky.limits(announced),
      needsMedia: options?.kind === 'story' ? 'any' : false,
    });
    const remarks: Platform['remarks'] = ({ text: words, options }) => [`${words} as ${options.kind ?? 'a post'}.`];
    const story = as({ limits, remarks }, { post: beside({ options: { bluesky: { kind: 'story' } } }) });
    expect(story.problems).toEqual(['Bluesky takes no post without an image or a video: add --image URL.']);
    expect(story.remarks).toEqual(['Hello as story.']);
    expect(as({ limits, remarks }).problems).toEqual([]);
  });

  it('says a remark of each part, once where it is the same', () => {
    const post = beside({ thread: true }, 'One\n---\ntwo');
    expect(as({ remarks: () => ['It costs $0.015.'] }, { post }).remarks).toEqual(['Each of the 2 posts: It costs $0.015.']);
    expect(as({ remarks: (part) => [`${part.text} costs.`] }, { post }).remarks).toEqual([
      'Part 1: One costs.',
      'Part 2: two costs.',
    ]);
  });

  it('says a remark of a comment that is a post', () => {
    const remarks: Platform['remarks'] = ({ text: words }) => [words.includes('://') ? 'It costs $0.20.' : 'It costs $0.015.'];
    const post = beside({ comment: 'See https://example.com/a' });
    expect(as({ remarks }, { post }).remarks).toEqual(['Part 1: It costs $0.015.', 'The comment: It costs $0.20.']);
    expect(as({ remarks, comment: async () => {} }, { post }).remarks).toEqual(['It costs $0.015.']);
  });

  it('says that a comment is left out where there are none, and counts it where it is a post', () => {
    const post = beside({ comment: 'c'.repeat(301) });
    const without = as({ capabilities: capabilities({ threads: false }) }, { post });
    expect([without.problems, without.warnings]).toEqual([
      [],
      ['Bluesky takes no comments: the first comment is left out there.'],
    ]);
    expect(preview({ post })).toMatchObject({
      problems: ['Bluesky takes 300 characters and the first comment has 301: shorten it by 1.'],
      problemField: 'comment',
    });
    expect(as({ comment: async () => {} }, { post }).problems).toEqual([]);
  });

  it.each([
    ['everything', 'image/png', false, 1],
    ['images', 'image/png', false, 1],
    ['images', 'video/mp4', false, 0],
    ['everything', 'image/png', true, 0],
    ['nothing', 'image/png', false, 0],
  ] as const)('of a network that fetches %s, %s with links (%s) makes %i problems', (pulls, mimeType, hasLinks, count) => {
    const { problems } = as({ capabilities: capabilities({ pulls }) }, { media: [{ ...png, mimeType }], hasLinks });
    expect(problems).toHaveLength(count);
    for (const problem of problems) expect(problem).toContain('this Crier has no address it can be reached at');
  });

  it('of a document are that none is taken, and nothing of how it would be fetched', () => {
    const pdf = { ...png, mimeType: 'application/pdf' };
    const { problems } = as({ capabilities: capabilities({ pulls: 'everything' }) }, { media: [pdf], hasLinks: false });
    expect(problems).toEqual(['Bluesky takes no documents: leave it out, or leave out Bluesky.']);
  });
});

describe('a post with problems', () => {
  it('is refused with each problem said once', () => {
    const long = preview({ post: text(301) });
    expect(() => refuseProblems([long, long])).toThrow(long.problems[0]);
    expect(() => refuseProblems([preview()])).not.toThrow();
  });
});
