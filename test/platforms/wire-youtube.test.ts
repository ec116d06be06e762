// What leaves for YouTube with a video, and what its documented answers are read as. No emulator here: the examples are in
// test/fixtures/youtube.
import type nock from 'nock';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FindContext, MediaFile, PublishContext } from '../../src/core/platform.ts';
import { youtube } from '../../src/platforms/youtube/index.ts';
import comment from '../fixtures/youtube/comment.json' with { type: 'json' };
import errors from '../fixtures/youtube/errors.json' with { type: 'json' };
import playlistItems from '../fixtures/youtube/playlist-items.json' with { type: 'json' };
import thumbnail from '../fixtures/youtube/thumbnail.json' with { type: 'json' };
import upload from '../fixtures/youtube/upload.json' with { type: 'json' };
import { failureOf } from './harness.ts';
import { NOW, postBy } from './wire-context.ts';
import { API, authorized, CREDENTIALS, published, useYouTubeWire } from './wire-youtube-desk.ts';

const { mock, access } = useYouTubeWire();
const VIDEO_ID = upload.response.id;

let saved: PublishContext['handles'][] = [];
let order: string[] = [];
beforeEach(() => {
  saved = [];
  order = [];
});

const video = (bytes = 'mp4'): MediaFile => ({
  id: 'v1',
  workspaceId: 'w1',
  hash: 'h1',
  mimeType: 'video/mp4',
  size: bytes.length,
  width: 1280,
  height: 720,
  durationMs: 12_000,
  altText: '',
  read: async () => new TextEncoder().encode(bytes),
});
const image: MediaFile = { ...video('png'), id: 'm1', mimeType: 'image/png', durationMs: null };

const context = (changes: Partial<PublishContext> = {}): PublishContext => ({
  ...postBy(access()),
  text: upload.request.snippet.description,
  media: [video()],
  options: { tags: 'cool, video, more keywords', category: 'people', 'made-for-kids': 'no' },
  saveHandles: async (handles) => {
    order.push('stored');
    saved.push(structuredClone(handles));
  },
  beforeSend: async () => void order.push('beforeSend'),
  ...changes,
});

const opening = (body: nock.DataMatcherMap, bytes = 3) =>
  mock(API, authorized)
    .post('/upload/youtube/v3/videos', body)
    .query({ uploadType: 'resumable', part: 'snippet,status' })
    .matchHeader('content-type', 'application/json; charset=UTF-8')
    .matchHeader('x-upload-content-length', String(bytes))
    .matchHeader('x-upload-content-type', 'video/mp4');

const session = (range: string, body?: string) => {
  const { pathname, searchParams } = new URL(upload.location);
  return mock(API, authorized).put(pathname, body).query(searchParams).matchHeader('content-range', range);
};

const found = { kind: 'found', ...published };

describe('A video for YouTube', () => {
  it('is announced and sent as documented, and its last piece is the public one', async () => {
    opening(upload.request).reply(200, '', { location: upload.location });
    session('bytes 0-2/3', 'mp4').reply(200, () => {
      order.push('sent');
      return upload.response;
    });
    expect(await youtube.publish(context())).toEqual(published);
    expect(order).toEqual(['stored', 'beforeSend', 'sent']);
  });

  /** What a try leaves that got as far as an upload of this many bytes. */
  const leftBy = async (bytes: string): Promise<PublishContext['handles']> => {
    opening(upload.request, bytes.length).reply(200, '', { location: upload.location });
    session(`bytes 0-${bytes.length - 1}/${bytes.length}`).reply(503, {});
    await failureOf(youtube, youtube.publish(context({ media: [video(bytes)] })));
    order = [];
    return saved.at(-1) ?? {};
  };

  it('goes on behind the last byte that YouTube has', async () => {
    const bytes = `${'x'.repeat(1_000_000)}rest`;
    const handles = await leftBy(bytes);
    const { status, headers } = upload.incomplete;
    session('bytes */1000004', '').reply(status, '', headers);
    session('bytes 1000000-1000003/1000004', 'rest').reply(201, upload.response);
    expect(await youtube.publish(context({ media: [video(bytes)], handles }))).toEqual(published);
    expect(order).toEqual(['beforeSend']);
  });

  it('is not sent again where YouTube has all of it', async () => {
    const handles = await leftBy('mp4');
    session('bytes */3', '').reply(201, upload.response);
    expect(await youtube.publish(context({ handles }))).toEqual(published);
    expect(order).not.toContain('beforeSend');
  });

  it.each([404, 410])('is announced anew where YouTube has forgotten the upload (%i)', async (status) => {
    const handles = await leftBy('mp4');
    session('bytes */3', '').reply(status, 'Not Found');
    opening(upload.request).reply(200, '', { location: upload.location });
    session('bytes 0-2/3', 'mp4').reply(200, upload.response);
    expect(await youtube.publish(context({ handles }))).toEqual(published);
  });

  it('is announced anew where something else is said of it by now', async () => {
    const handles = await leftBy('mp4');
    const { snippet } = upload.request;
    opening({ ...upload.request, snippet: { ...snippet, title: 'Another' } }).reply(200, '', { location: upload.location });
    session('bytes 0-2/3', 'mp4').reply(200, upload.response);
    const { options } = context();
    await youtube.publish(context({ handles, options: { ...options, title: 'Another' } }));
  });

  it('of which YouTube keeps only a part is certainly not out, and goes on at the next try', async () => {
    opening(upload.request).reply(200, '', { location: upload.location });
    session('bytes 0-2/3', 'mp4').reply(308, '', { range: 'bytes=0-0' });
    expect((await failureOf(youtube, youtube.publish(context()))).kind).toBe('unavailable');
    expect(saved.at(-1)).toMatchObject({ url: upload.location });
  });

  it('waits for the next day where the uploads of this one are used up', async () => {
    const { status, headers, body } = errors.uploadsADay;
    opening(upload.request).reply(status, body, headers);
    // noon UTC is 04:00 in California
    expect(await failureOf(youtube, youtube.publish(context()))).toMatchObject({
      kind: 'rate-limited',
      retryAfterMs: 20 * 3_600_000,
    });
  });

  describe('with a thumbnail', () => {
    const hidden = { ...upload.request, status: { ...upload.request.status, privacyStatus: 'private' } };
    const begin = () => {
      opening(hidden).reply(200, '', { location: upload.location });
      session('bytes 0-2/3', 'mp4').reply(200, upload.response);
      return mock(API, authorized)
        .post('/upload/youtube/v3/thumbnails/set', 'png')
        .query({ videoId: VIDEO_ID })
        .matchHeader('content-type', 'image/png');
    };

    it('is uploaded for nobody, gets it, and is then shown with all else of its status as it was', async () => {
      begin().reply(200, thumbnail.response);
      mock(API, authorized).get('/youtube/v3/videos').query({ part: 'status', id: VIDEO_ID }).reply(200, thumbnail.status);
      mock(API, authorized)
        .put('/youtube/v3/videos', thumbnail.update)
        .query({ part: 'status' })
        .reply(200, () => {
          order.push('sent');
          return thumbnail.update;
        });
      expect(await youtube.publish(context({ media: [video(), image] }))).toEqual(published);
      expect(order.slice(-2)).toEqual(['beforeSend', 'sent']);
    });

    it.each([
      ['gave up', [{ id: VIDEO_ID, status: { uploadStatus: 'rejected', privacyStatus: 'private' } }], 'rejected', {}],
      ['does not find', [], 'unavailable', { videoId: VIDEO_ID }],
    ])('that YouTube %s is not shown', async (_, items, kind, left) => {
      begin().reply(200, thumbnail.response);
      mock(API, authorized).get('/youtube/v3/videos').query({ part: 'status', id: VIDEO_ID }).reply(200, { items });
      expect((await failureOf(youtube, youtube.publish(context({ media: [video(), image] })))).kind).toBe(kind);
      expect(order).not.toContain('beforeSend');
      expect(saved.at(-1)).toMatchObject(left);
    });

    it('that the channel may not have is not out, and the cure is said', async () => {
      begin().reply(thumbnail.forbidden.status, thumbnail.forbidden.body);
      expect(await failureOf(youtube, youtube.publish(context({ media: [video(), image] })))).toMatchObject({
        kind: 'rejected',
        userMessage: expect.stringContaining('youtube.com/verify'),
      });
      expect(order).not.toContain('beforeSend');
    });
  });
});

describe('Looking for a video on YouTube', () => {
  const looking = (changes: Partial<FindContext> = {}): FindContext => ({
    ...context(),
    since: NOW,
    isTaken: async () => false,
    ...changes,
  });
  const listed = () =>
    mock(API, authorized)
      .get('/youtube/v3/playlistItems')
      .query({ part: 'snippet', playlistId: CREDENTIALS.uploads, maxResults: '50' })
      .reply(200, playlistItems.response);
  const left = {
    fingerprint: 'f',
    url: upload.location,
    total: 3,
    privacy: 'public',
    isStaged: false,
    videoId: null,
    hasThumbnail: false,
  };

  it.each([
    [201, upload.response, found],
    [308, '', { kind: 'absent' }],
    [503, {}, { kind: 'cannot-say' }],
  ])('an upload that answers %i is taken at its word', async (status, body, result) => {
    session('bytes */3', '').reply(status, body);
    expect(await youtube.findPublished?.(looking({ handles: left }))).toEqual(result);
  });

  it('a forgotten upload is looked for among the uploads of the channel', async () => {
    session('bytes */3', '').reply(404, '');
    listed();
    expect(await youtube.findPublished?.(looking({ handles: left }))).toEqual(found);
  });

  it.each([
    ['of another delivery', { isTaken: async () => true }],
    ['of another text', { text: 'My video title' }],
    ['of another title', { options: { title: 'Another' } }],
    ['from before the try', { since: NOW.add({ minutes: 2 }) }],
  ])('a video %s is not it', async (_, changes) => {
    session('bytes */3', '').reply(404, '');
    listed();
    expect(await youtube.findPublished?.(looking({ handles: left, ...changes }))).toEqual({ kind: 'cannot-say' });
  });

  it.each([
    ['public', found],
    ['private', { kind: 'absent' }],
  ])('one with a thumbnail that is %s by now is taken at that', async (privacyStatus, result) => {
    const [item] = thumbnail.status.items;
    const items = [{ ...item, status: { ...item?.status, privacyStatus } }];
    mock(API, authorized).get('/youtube/v3/videos').query({ part: 'status', id: VIDEO_ID }).reply(200, { items });
    const handles = { ...left, isStaged: true, videoId: VIDEO_ID, hasThumbnail: true };
    expect(await youtube.findPublished?.(looking({ handles }))).toEqual(result);
  });
});

describe('A first comment on YouTube', () => {
  it('is written as documented', async () => {
    mock(API, authorized)
      .post('/youtube/v3/commentThreads', comment.request)
      .query({ part: 'snippet' })
      .reply(200, () => {
        order.push('sent');
        return comment.response;
      });
    const text = comment.request.snippet.topLevelComment.snippet.textOriginal;
    await youtube.comment?.({ ...access(), text, post: published, beforeSend: async () => void order.push('beforeSend') });
    expect(order).toEqual(['beforeSend', 'sent']);
  });
});
