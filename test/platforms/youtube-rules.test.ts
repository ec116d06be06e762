// YouTube's own rules: what a post may be, its options, the quota, logins, first comments.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mediaProblems } from '../../src/core/media-fit.ts';
import { readOptions } from '../../src/core/network-options.ts';
import { youtube } from '../../src/platforms/youtube/index.ts';
import { press } from '../support/link-desk.ts';
import { clip, failureOf, type Harness, openHarness, picture } from './harness.ts';
import { ask, both, OPEN, pageOf, subject } from './youtube-subject.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await openHarness(subject);
});
afterEach(() => harness.close());

describe('a post', () => {
  it.each([
    ['no video', 0, 1, 'add --video'],
    ['two videos', 2, 0, 'one video'],
    ['two images', 1, 2, 'one image'],
  ])('with %s is refused before anything is sent', async (_, videos, images, words) => {
    const media = await Promise.all([
      ...Array.from({ length: videos }, (_each, index) => clip({ id: `v${index}` })),
      ...Array.from({ length: images }, (_each, index) => picture({ id: `m${index}` })),
    ]);
    const { failure } = await harness.delivery({ media });
    expect(await failure()).toMatchObject({ kind: 'rejected', userMessage: expect.stringContaining(words) });
    expect(harness.countRequests(OPEN)).toBe(0);
    expect(mediaProblems('YouTube', youtube.limits(null), media)).toHaveLength(1);
  });

  it('with a video and an image fits', async () => {
    expect(mediaProblems('YouTube', youtube.limits(null), await both())).toEqual([]);
  });

  it('takes a description of 5,000 bytes, and not one more', async () => {
    const [limit] = youtube.limits(null).text;
    const longest = 'é'.repeat(2_500);
    expect(limit.count(longest)).toBe(limit.max);
    await (await harness.delivery({ text: longest, media: [await clip()] })).publish();
    const { failure } = await harness.delivery({ text: `${longest}x`, media: [await clip()] });
    expect((await failure()).kind).toBe('rejected');
    expect(harness.network.posts().map(({ text }) => text)).toEqual([longest]);
  });

  it('takes no angle brackets, and says so beforehand', async () => {
    const text = 'a < b';
    const broken = youtube.limits(null).text.filter(({ count, max }) => count(text) > max);
    expect(broken.map(({ unit }) => unit)).toEqual(['of the characters < and >']);
    expect((await (await harness.delivery({ text, media: [await clip()] })).failure()).kind).toBe('rejected');
  });

  it.each([
    ['First line\nsecond', {}, 'First line'],
    [`${'👩‍🚀'.repeat(30)}`, {}, '👩‍🚀'.repeat(20)],
    ['Text', { title: 'x'.repeat(100) }, 'x'.repeat(100)],
  ])('of the text %j with %j is called %j', async (text, options, title) => {
    const sent = await harness.delivery({ text, options, media: [await clip()] });
    const { remoteId } = await sent.publish();
    expect(await ask(harness, sent, `/youtube/v3/videos?part=snippet&id=${remoteId}`)).toMatchObject({
      items: [{ snippet: { title } }],
    });
  });

  it('without a word cannot be called anything', async () => {
    const { failure } = await harness.delivery({ text: ' ', media: [await clip()] });
    expect(await failure()).toMatchObject({ kind: 'rejected', userMessage: expect.stringContaining('title') });
  });
});

describe('an option', () => {
  const told = (options: Record<string, string>) => () => readOptions(youtube, options);

  it.each([
    [{ title: 'x'.repeat(100) }, { title: 'x'.repeat(101) }],
    [{ title: 'a and b' }, { title: 'a > b' }],
    [{ tags: `${'x'.repeat(249)},${'y'.repeat(250)}` }, { tags: `${'x'.repeat(250)},${'y'.repeat(250)}` }],
    [{ tags: `a b${'x'.repeat(495)}` }, { tags: `a b${'x'.repeat(496)}` }],
    [{ privacy: 'Unlisted' }, { privacy: 'friends' }],
    [{ category: 'education' }, { category: '99' }],
    [{ 'made-for-kids': 'no' }, { 'made-for-kids': 'maybe' }],
  ])('is taken as %j, and not as %j', (good, bad) => {
    expect(told(good)).not.toThrow();
    expect(told(bad)).toThrow();
  });

  it('that is as long as may be is taken by YouTube too, and one letter more is not', async () => {
    const tags = `a b${'x'.repeat(495)}`;
    await (await harness.delivery({ media: [await clip()], options: { tags } })).publish();
    const { failure } = await harness.delivery({ media: [await clip()], options: { tags: `${tags}x` } });
    expect((await failure()).kind).toBe('rejected');
    const title = 'x'.repeat(101);
    expect((await (await harness.delivery({ media: [await clip()], options: { title } })).failure()).kind).toBe('rejected');
  });

  it('is what YouTube knows of the video', async () => {
    const options = { category: 'education', 'made-for-kids': 'yes', tags: 'one' };
    const sent = await harness.delivery({ media: [await clip()], options });
    const { remoteId } = await sent.publish();
    expect(await ask(harness, sent, `/youtube/v3/videos?part=snippet,status&id=${remoteId}`)).toMatchObject({
      items: [{ snippet: { categoryId: '27', tags: ['one'] }, status: { selfDeclaredMadeForKids: true } }],
    });
  });
});

describe('a video may last', () => {
  it.each([
    [{ longUploads: 'allowed' }, 12 * 60],
    [{ longUploads: 'eligible' }, 15],
    [{ longUploads: 'disallowed' }, 15],
    [{ longUploads: null }, 12 * 60],
    [null, 12 * 60],
  ])('with %j announced, %i minutes', (announced, minutes) => {
    expect(youtube.limits(announced).videos?.maxDurationMs).toBe(minutes * 60_000);
  });

  it('as long as the channel says', async () => {
    const { service, code } = harness.network.addAccount('unverified');
    const unverified = await harness.connect({ service: service ?? '', code: code ?? '' });
    expect([(await harness.connect()).announcedLimits, unverified.announcedLimits]).toEqual([
      { longUploads: 'allowed' },
      { longUploads: 'eligible' },
    ]);
  });
});

describe('the quota', () => {
  it('ends with a hundred videos, until midnight Pacific Time', async () => {
    const sent = await harness.delivery({ media: [await clip()] });
    const headers = {
      authorization: `Bearer ${String(sent.context.credentials.accessToken)}`,
      'x-upload-content-length': '3',
      'x-upload-content-type': 'video/mp4',
    };
    const url = `${harness.network.url}/upload/youtube/v3/videos?uploadType=resumable&part=snippet`;
    const body = JSON.stringify({ snippet: { title: 'One of many' } });
    for (let count = 0; count < 100; count += 1) await fetch(url, { method: 'POST', headers, body });
    expect(await sent.failure()).toMatchObject({ kind: 'rate-limited', retryAfterMs: expect.any(Number) });
    // noon UTC is 04:00 there
    harness.pass({ hours: 20 });
    sent.context.credentials = (await youtube.refresh?.(sent.context))?.credentials ?? {};
    await sent.publish();
    expect(harness.network.posts()).toHaveLength(1);
  });
});

describe('a login', () => {
  it('is expired after an hour, is renewed with the refresh token it had, and goes on', async () => {
    const sent = await harness.delivery({ media: [await clip()] });
    const before = sent.context.credentials;
    harness.pass({ hours: 1 });
    expect((await sent.failure()).kind).toBe('auth-expired');
    const fresh = await youtube.refresh?.(sent.context);
    expect(fresh).toMatchObject({
      credentials: { refreshToken: before.refreshToken, uploads: before.uploads },
      expiresAt: null,
      refreshAt: harness.now().add({ minutes: 50 }),
    });
    expect(fresh?.credentials.accessToken).not.toBe(before.accessToken);
    sent.context.credentials = fresh?.credentials ?? {};
    await sent.publish();
    expect(harness.network.posts()).toHaveLength(1);
  });

  it('that was taken back is dead for good, by the word of Google', async () => {
    const { context } = await harness.delivery();
    expect(await youtube.oauth?.revoke(context)).toBe('revoked');
    expect((await failureOf(youtube, youtube.refresh?.(context) ?? Promise.resolve())).kind).toBe('auth-revoked');
  });

  it('is not dead where Google cannot be asked, or where the app is not known here', async () => {
    const { context } = await harness.delivery();
    harness.network.faults.order({ match: 'POST /token', status: 503 });
    const asked = await failureOf(youtube, youtube.refresh?.(context) ?? Promise.resolve());
    const unknown = await failureOf(youtube, youtube.refresh?.({ ...context, app: null }) ?? Promise.resolve());
    expect([asked.kind, unknown.kind]).toEqual(['outcome-unknown', 'unavailable']);
    expect(unknown.userMessage).toContain('YOUTUBE_CLIENT_ID');
  });

  it.each([{}, { nonsense: true }])('of which %j is stored has to be made again', async (credentials) => {
    const { failure } = await harness.delivery({ credentials, media: [await clip()] });
    expect((await failure()).kind).toBe('auth-revoked');
  });

  it('without a box that was left out can do all else, and says what is missing', async () => {
    const { network } = harness;
    const { context } = await harness.delivery();
    const { oauth } = youtube;
    if (!oauth || !network.app) throw new Error('YouTube has no OAuth');
    const redirectUri = 'http://127.0.0.1:9/oauth/callback/youtube';
    const way = { service: network.url, app: network.app, redirectUri, state: 's'.repeat(43), verifier: 'v'.repeat(43) };
    const page = await oauth.authorizationUrl(way);
    const kept = oauth.scopes(network.app).filter(({ without }) => without === null);
    page.searchParams.set('scope', kept.map(({ name }) => name).join(' '));
    const answer = new URL(await press(page.href, 'allow')).searchParams;
    const granted = await oauth.connect(way, answer, { http: context.http, clock: context.clock, signal: context.signal });
    if (granted === 'denied') throw new Error('it was denied');
    expect(granted.scopes).toEqual(kept.map(({ name }) => name));
    const { credentials } = granted.accounts[0];
    const post = await (await harness.delivery({ credentials, media: [await clip()] })).publish();
    const comment = youtube.comment?.({ ...context, credentials, text: 'First', post });
    expect(await failureOf(youtube, comment ?? Promise.resolve())).toMatchObject({
      kind: 'rejected',
      userMessage: expect.stringContaining('every box ticked'),
    });
  });
});

describe('a first comment', () => {
  it('is below the video', async () => {
    const { context, publish, beforeSends } = await harness.delivery({ media: [await clip()] });
    const post = await publish();
    await youtube.comment?.({ ...context, text: 'More on our page', post });
    expect(beforeSends()).toBe(2);
    expect(await pageOf(post)).toContain('More on our page');
  });

  it('is refused below a video for children', async () => {
    const options = { 'made-for-kids': 'yes' };
    const { context, publish } = await harness.delivery({ media: [await clip()], options });
    const post = await publish();
    const comment = youtube.comment?.({ ...context, text: 'More on our page', post });
    expect((await failureOf(youtube, comment ?? Promise.resolve())).kind).toBe('rejected');
  });
});
