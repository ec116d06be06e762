// How videos did: as the emulated YouTube serves it, and as its documented answer is read.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Published } from '../../src/core/platform.ts';
import { figuresOf } from '../../src/emulator/growth.ts';
import { accountFigures, figures } from '../../src/platforms/youtube/figures.ts';
import errors from '../fixtures/youtube/errors.json' with { type: 'json' };
import documented from '../fixtures/youtube/figures.json' with { type: 'json' };
import channel from '../fixtures/youtube/statistics.json' with { type: 'json' };
import { clip, type Harness, openHarness, renewLogin } from './harness.ts';
import { API, authorized, useYouTubeWire } from './wire-youtube-desk.ts';
import { subject } from './youtube-subject.ts';

const UNTOLD = { shares: null, saves: null, reach: null, clicks: null };
const LIST = 'GET /youtube/v3/videos';
const postOf = (remoteId: string): Published => ({ remoteId, url: `https://www.youtube.com/watch?v=${remoteId}` });

describe('the figures of videos', () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await openHarness(subject);
  });
  afterEach(() => harness.close());

  it('are what YouTube serves hours later, of several videos by one request, and a video that is not there is left out', async () => {
    const sent = await harness.delivery({ media: [await clip()] });
    const first = await sent.publish();
    harness.pass({ minutes: 30 });
    const second = await (await harness.delivery({ media: [await clip()], text: 'Another' })).publish();
    harness.pass({ hours: 9 });
    await renewLogin(subject, sent);
    const found = await figures({ ...sent.context, posts: [first, postOf('not-there-0'), second] });
    const hours = 3_600_000;
    const [older, newer] = [figuresOf(first.remoteId, 9.5 * hours), figuresOf(second.remoteId, 9 * hours)];
    expect(older.likes).toBeGreaterThan(0);
    expect(Object.fromEntries(found)).toEqual({
      [first.remoteId]: { ...UNTOLD, views: older.views, likes: older.likes, comments: 0 },
      [second.remoteId]: { ...UNTOLD, views: newer.views, likes: newer.likes, comments: 0 },
    });
    expect(harness.countRequests(LIST)).toBe(1);
  });

  it('of more than 50 videos take a second request, and of none no request', async () => {
    const { context, publish } = await harness.delivery({ media: [await clip()] });
    const out = await publish();
    const others = Array.from({ length: 50 }, (_, index) => postOf(`not-there-${index}`));
    expect([...(await figures({ ...context, posts: [...others, out] })).keys()]).toEqual([out.remoteId]);
    expect(harness.countRequests(LIST)).toBe(2);
    expect(await figures({ ...context, posts: [] })).toEqual(new Map());
    expect(harness.countRequests(LIST)).toBe(2);
  });

  it('are not known where YouTube cannot be asked', async () => {
    const { context } = await harness.delivery();
    harness.network.faults.order({ match: LIST, status: 503 });
    const failure: unknown = await figures({ ...context, posts: [postOf('not-there-0')] }).catch((error: unknown) => error);
    expect(subject.platform.classifyError(failure)).toMatchObject({ meta: { status: 503 } });
  });
});

describe('on the wire', () => {
  const { mock, access } = useYouTubeWire();

  it('YouTube is asked for statistics, and what it leaves out is not known', async () => {
    mock(API, authorized).get('/youtube/v3/videos').query(documented.query).reply(200, documented.response);
    const posts = documented.query.id.split(',').map(postOf);
    expect(await figures({ ...access(), posts })).toEqual(
      new Map([
        ['Ks-_Mh1QhMc', { ...UNTOLD, views: 3057, likes: 25, comments: 12 }],
        ['7lCDEYXw3mM', { ...UNTOLD, views: 48, likes: null, comments: null }],
      ]),
    );
  });

  const [{ id, statistics } = { id: '', statistics: {} }] = channel.response.items;
  const answerChannel = (...items: object[]) =>
    mock(API, authorized)
      .get('/youtube/v3/channels')
      .query(channel.query)
      .reply(200, { ...channel.response, items });

  it('the channel is asked for by its login, and its subscribers are its followers', async () => {
    answerChannel(...channel.response.items);
    expect(await accountFigures(access())).toEqual({ followers: 2_450_000, views: null, reach: null });
  });

  it.each([
    ['hides their number', { id, statistics: { ...statistics, subscriberCount: '0', hiddenSubscriberCount: true } }],
    ['leaves it out', { id, statistics: { viewCount: '9', hiddenSubscriberCount: false } }],
    ['has no statistics', { id }],
    ['is another one', { id: 'UCanother', statistics }],
  ])('followers are not known where the channel %s', async (_, item) => {
    answerChannel(item);
    expect(await accountFigures(access())).toEqual({ followers: null, views: null, reach: null });
  });

  it('a quota that is used up says until when', async () => {
    const { status, body, headers } = errors.quota;
    mock(API, authorized).get('/youtube/v3/channels').query(true).reply(status, body, headers);
    const failure: unknown = await accountFigures(access()).catch((error: unknown) => error);
    expect(subject.platform.classifyError(failure)).toMatchObject({ kind: 'rate-limited', retryAfterMs: expect.any(Number) });
  });
});
