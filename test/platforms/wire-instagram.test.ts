// What leaves for Instagram, and what its documented answers are read as. No emulator here: the examples are those of Meta's own pages.
import { describe, expect, it } from 'vitest';
import type { FindContext, MediaFile, PublishContext } from '../../src/core/platform.ts';
import { instagram } from '../../src/platforms/instagram/index.ts';
import comments from '../fixtures/instagram/comments.json' with { type: 'json' };
import errors from '../fixtures/instagram/errors.json' with { type: 'json' };
import list from '../fixtures/instagram/media.json' with { type: 'json' };
import publishing from '../fixtures/instagram/publishing.json' with { type: 'json' };
import quota from '../fixtures/instagram/quota.json' with { type: 'json' };
import { failureOf } from './harness.ts';
import { useWire } from './instagram-kit.ts';

const { now, userId, access, graph } = useWire();
const CONTAINER = publishing.image.response.id;
const POST = publishing.publish.response.id;

const file = (changes: Partial<MediaFile> = {}): MediaFile => ({
  id: 'm1',
  workspaceId: 'w1',
  hash: 'h',
  mimeType: 'image/jpeg',
  size: 3,
  width: 1080,
  height: 1080,
  durationMs: null,
  altText: '',
  read: () => Promise.reject(new Error('Instagram fetches it')),
  ...changes,
});
const film = file({ id: 'v1', mimeType: 'video/mp4', durationMs: 5000 });

const publishWith = (changes: Partial<PublishContext>): PublishContext => ({
  ...access(),
  text: '#BronzedFonzes!',
  media: [file()],
  options: {},
  thread: [],
  mediaLink: ({ mimeType }) =>
    mimeType === 'video/mp4' ? publishing.reel.request.video_url : publishing.image.request.image_url,
  idempotencyKey: 'delivery-1',
  handles: {},
  saveHandles: async () => undefined,
  beforeSend: async () => undefined,
  ...changes,
});
const publish = (changes: Partial<PublishContext> = {}) => instagram.publish(publishWith(changes));

const quotaLeft = () => graph().get(`/v25.0/${userId}/content_publishing_limit`).query(quota.request).reply(200, quota.response);
const makes = (request: object, id = CONTAINER) =>
  graph().post(`/v25.0/${userId}/media`, JSON.stringify(request)).reply(200, { id });
const answersStatus = (answer: object, id = CONTAINER) =>
  graph().get(`/v25.0/${id}`).query(publishing.status.request).reply(200, answer);
const publishes = (creationId = CONTAINER) =>
  graph()
    .post(`/v25.0/${userId}/media_publish`, { creation_id: creationId })
    .matchHeader('content-type', 'application/json')
    .reply(200, publishing.publish.response);
const tellsAddress = () =>
  graph().get(`/v25.0/${POST}`).query(publishing.permalink.request).reply(200, publishing.permalink.response);

describe('publishing', () => {
  it('makes a container of a photo, waits for it, and publishes it', async () => {
    quotaLeft();
    const { image_url, alt_text, caption } = publishing.image.request;
    makes({ image_url, alt_text, caption });
    answersStatus(publishing.status.inProgress);
    answersStatus(publishing.status.finished);
    publishes();
    tellsAddress();
    const saved: unknown[] = [];
    const published = await publish({
      media: [file({ altText: alt_text })],
      saveHandles: async (handles) => void saved.push(structuredClone(handles)),
    });
    expect(published).toEqual({ remoteId: POST, url: publishing.permalink.response.permalink });
    const of = expect.stringMatching(/^[\da-f]{32}$/);
    expect(saved).toEqual([{ containers: { post: { id: CONTAINER, madeAt: '2026-11-22T12:00:00Z', of } } }]);
  });

  it.each([
    ['a video as a reel that the feed shows too', film, {}, publishing.reel.request],
    ['a video as a reel alone', film, { as: 'reel' }, { ...publishing.reel.request, share_to_feed: false }],
    ['a photo as a story', file(), { as: 'story' }, publishing.story.request],
  ])('makes a container of %s', async (_, media, options, request) => {
    quotaLeft();
    makes(request);
    answersStatus(publishing.status.finished);
    publishes();
    tellsAddress();
    await publish({ media: [media], options });
  });

  it('makes a container of each item of a carousel, and one of all', async () => {
    const { request } = publishing.carousel;
    const [first = '', second = ''] = request.children.split(',');
    const { image_url } = publishing.item.request;
    quotaLeft();
    makes({ image_url, is_carousel_item: true }, first);
    makes({ media_type: 'VIDEO', video_url: publishing.reel.request.video_url, is_carousel_item: true }, second);
    for (const id of [first, second, CONTAINER]) answersStatus(publishing.status.finished, id);
    makes({ media_type: request.media_type, caption: request.caption, children: request.children });
    publishes();
    tellsAddress();
    await publish({ text: request.caption, media: [file(), film] });
  });

  it('makes nothing where the day’s posts are used up', async () => {
    graph().get(`/v25.0/${userId}/content_publishing_limit`).query(true).reply(200, quota.used);
    expect(await failureOf(instagram, publish())).toMatchObject({ kind: 'rate-limited', retryAfterMs: 7_200_000 });
  });

  it('writes a comment below the post, after it was allowed to', async () => {
    let isAllowed = false;
    graph()
      .post(`/v25.0/${POST}/comments`, comments.request)
      .reply(() => [isAllowed ? 200 : 500, comments.response]);
    const beforeSend = async () => {
      isAllowed = true;
    };
    const post = { remoteId: POST, url: publishing.permalink.response.permalink };
    await instagram.comment?.({ ...access(), text: comments.request.message, post, beforeSend });
  });
});

describe('looking for a post', () => {
  const of = 'x';
  const handles = { containers: { post: { id: CONTAINER, madeAt: now.toString(), of } } };
  const find = (changes: Partial<FindContext> = {}) =>
    instagram.findPublished?.({ ...publishWith({ handles }), since: now, isTaken: async () => false, ...changes });
  const lists = (fields = list.request.fields) =>
    graph()
      .get(`/v25.0/${userId}/media`)
      .query({ fields, since: String(now.epochMilliseconds / 1000 - 120), limit: '100' })
      .reply(200, list.response);

  it.each([
    ['FINISHED', publishing.status.finished, 'absent'],
    ['EXPIRED', publishing.status.expired, 'absent'],
    ['ERROR', publishing.status.error, 'absent'],
    ['IN_PROGRESS', publishing.status.inProgress, 'cannot-say'],
  ])('a container that is %s says enough', async (_, answer, kind) => {
    answersStatus(answer);
    expect(await find()).toEqual({ kind });
  });

  it('of one that is PUBLISHED the post is found by its caption and time', async () => {
    answersStatus(publishing.status.published);
    lists();
    const url = publishing.permalink.response.permalink;
    expect(await find()).toEqual({ kind: 'found', remoteId: POST, url });
  });

  it('of one that is PUBLISHED and not listed yet it is to be asked again', async () => {
    answersStatus(publishing.status.published);
    lists();
    expect((await failureOf(instagram, Promise.resolve(find({ text: 'Another caption' })))).kind).toBe('unavailable');
  });

  it('a story is looked for among the stories', async () => {
    const [first] = list.response.data;
    answersStatus(publishing.status.published);
    graph()
      .get(`/v25.0/${userId}/stories`)
      .query(list.request)
      .reply(200, { data: [{ ...first, caption: undefined }] });
    expect(await find({ options: { as: 'story' } })).toMatchObject({ kind: 'found', remoteId: POST });
  });
});

describe('errors', () => {
  const bodyOf = ({ code, subcode }: { code: number; subcode?: number }) => ({
    error: {
      ...errors.sample.error,
      code,
      ...(subcode === undefined ? { error_subcode: undefined } : { error_subcode: subcode }),
    },
  });
  const refused = (status: number, body: object, headers: Record<string, string> = {}) => {
    answersStatus(publishing.status.finished);
    quotaLeft();
    makes({ image_url: publishing.image.request.image_url, caption: '#BronzedFonzes!' });
    graph().post(`/v25.0/${userId}/media_publish`).reply(status, body, headers);
    return failureOf(instagram, publish());
  };

  it.each(errors.codes)('$code with $subcode ($about) is $kind', async ({ code, subcode, kind }) => {
    const body = bodyOf(subcode === undefined ? { code } : { code, subcode });
    expect((await refused(400, body)).kind).toBe(kind);
  });

  it('are told in Instagram’s words for people', async () => {
    const { code, error_subcode: subcode, error_user_msg: words } = errors.sample.error;
    expect(await refused(400, errors.sample)).toMatchObject({
      userMessage: `Instagram refused it: ${words}`,
      meta: { status: 400, code, subcode },
    });
  });

  it('of too many calls say in a header when there may be more', async () => {
    expect(await refused(400, bodyOf({ code: 4 }), errors.usageHeader)).toMatchObject({
      kind: 'rate-limited',
      retryAfterMs: 19 * 60_000,
    });
    expect((await refused(400, bodyOf({ code: 4 }))).retryAfterMs).toBeUndefined();
  });

  it.each([
    ['2207026', 'rejected'],
    ['Error: Media upload has failed with error code 2207026', 'rejected'],
    ['2207052', 'unavailable'],
    ['2207999', 'unavailable'],
    ['', 'unavailable'],
  ])('a container that came to nothing with %j is %s, and made anew the next time', async (status, kind) => {
    quotaLeft();
    makes({ image_url: publishing.image.request.image_url, caption: '#BronzedFonzes!' });
    answersStatus({ ...publishing.status.error, status });
    const saved: unknown[] = [];
    const failed = publish({ saveHandles: async (handles) => void saved.push(structuredClone(handles)) });
    expect((await failureOf(instagram, failed)).kind).toBe(kind);
    expect(saved.at(-1)).toEqual({ containers: {} });
  });
});
