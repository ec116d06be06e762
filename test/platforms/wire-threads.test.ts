// What leaves for Threads, and what its documented answers are read as. No emulator here: the examples are those of Meta's own pages.
import { describe, expect, it } from 'vitest';
import type { FindContext, MediaFile, PublishContext } from '../../src/core/platform.ts';
import { threads } from '../../src/platforms/threads/index.ts';
import errors from '../fixtures/threads/errors.json' with { type: 'json' };
import posts from '../fixtures/threads/posts.json' with { type: 'json' };
import publishing from '../fixtures/threads/publishing.json' with { type: 'json' };
import quota from '../fixtures/threads/quota.json' with { type: 'json' };
import { failureOf } from './harness.ts';
import { useWire } from './threads-kit.ts';

const CONTAINER = publishing.text.response.id;
const POST = publishing.publish.response.id;
const ABOVE = { remoteId: publishing.reply.request.reply_to_id, url: 'https://www.threads.com/@threadsapitestuser/post/abc' };
const { now, userId, access, graph } = useWire();

const file = (changes: Partial<MediaFile> = {}): MediaFile => ({
  id: 'm1',
  workspaceId: 'w1',
  hash: 'h',
  mimeType: 'image/jpeg',
  size: 3,
  width: 1080,
  height: 1080,
  durationMs: null,
  altText: publishing.image.request.alt_text,
  read: () => Promise.reject(new Error('Threads fetches it')),
  ...changes,
});
const film = file({ id: 'v1', mimeType: 'video/mp4', durationMs: 5000, altText: publishing.video.request.alt_text });

const publishWith = (changes: Partial<PublishContext>): PublishContext => ({
  ...access(),
  text: publishing.text.request.text,
  media: [],
  options: {},
  thread: [],
  mediaLink: ({ mimeType }) =>
    mimeType === 'video/mp4' ? publishing.video.request.video_url : publishing.image.request.image_url,
  idempotencyKey: 'delivery-1',
  handles: {},
  saveHandles: async () => undefined,
  beforeSend: async () => undefined,
  ...changes,
});
const publish = (changes: Partial<PublishContext> = {}) => threads.publish(publishWith(changes));

const quotaLeft = ({ request, response }: { request: { fields: string }; response: object } = quota.posts) =>
  graph().get(`/v1.0/${userId}/threads_publishing_limit`).query(request).reply(200, response);
const makes = (request: Record<string, string>, id = CONTAINER) =>
  graph()
    .post(`/v1.0/${userId}/threads`, request)
    .matchHeader('content-type', /^application\/x-www-form-urlencoded/)
    .reply(200, { id });
const answersStatus = (answer: object, id = CONTAINER) =>
  graph().get(`/v1.0/${id}`).query(publishing.status.request).reply(200, answer);
const publishes = () =>
  graph().post(`/v1.0/${userId}/threads_publish`, publishing.publish.request).reply(200, publishing.publish.response);
const tellsAddress = () =>
  graph().get(`/v1.0/${POST}`).query(publishing.permalink.request).reply(200, publishing.permalink.response);

describe('publishing', () => {
  it('makes a container of a text, waits for it, and publishes it', async () => {
    quotaLeft();
    makes(publishing.text.request);
    answersStatus(publishing.status.inProgress);
    answersStatus(publishing.status.finished);
    publishes();
    tellsAddress();
    const saved: unknown[] = [];
    const published = await publish({ saveHandles: async (handles) => void saved.push(structuredClone(handles)) });
    expect(published).toEqual({ remoteId: POST, url: publishing.permalink.response.permalink });
    const of = expect.stringMatching(/^[\da-f]{32}$/);
    expect(saved).toEqual([{ containers: { post: { id: CONTAINER, madeAt: '2026-11-22T12:00:00Z', of } } }]);
  });

  it.each([
    ['an image', [file()], publishing.image.request],
    ['a video', [film], publishing.video.request],
  ])('makes a container of %s', async (_, media, request) => {
    quotaLeft();
    makes(request);
    answersStatus(publishing.status.finished);
    publishes();
    tellsAddress();
    await publish({ media, text: request.text });
  });

  it('says who can reply, the topic, and the link below the text', async () => {
    const { reply_control: replies, topic_tag: topic, link_attachment: link } = publishing.beside.request;
    quotaLeft();
    makes(publishing.beside.request);
    answersStatus(publishing.status.finished);
    publishes();
    tellsAddress();
    await publish({ options: { replies, topic, link } });
  });

  it('answers the last part of a thread, by the quota of replies', async () => {
    quotaLeft(quota.replies);
    makes(publishing.reply.request);
    answersStatus(publishing.status.finished);
    publishes();
    tellsAddress();
    const first = { remoteId: '17900000000000000', url: ABOVE.url };
    await publish({ thread: [first, ABOVE], options: { topic: 'ThreadsAPI', link: 'https://example.com/' } });
  });

  it('makes a container of each item of a carousel, and one of all', async () => {
    const { request } = publishing.carousel;
    const [first = '', second = ''] = request.children.split(',');
    quotaLeft();
    makes(publishing.item.image, first);
    makes(publishing.item.video, second);
    for (const id of [first, second, CONTAINER]) answersStatus(publishing.status.finished, id);
    makes(request);
    publishes();
    tellsAddress();
    await publish({ text: request.text, media: [file(), film] });
  });

  it.each([
    ['posts', quota.posts, []],
    ['replies', quota.replies, [ABOVE]],
  ])('makes nothing where the day’s %s are used up', async (what, { request, used }, thread) => {
    graph().get(`/v1.0/${userId}/threads_publishing_limit`).query(request).reply(200, used);
    expect(await failureOf(threads, publish({ thread }))).toMatchObject({
      kind: 'rate-limited',
      retryAfterMs: 7_200_000,
      userMessage: expect.stringContaining(what),
    });
  });
});

describe('a login that may not reply', () => {
  it('fails the part of the thread, and stays good for posts', async () => {
    graph()
      .get(`/v1.0/${userId}/threads_publishing_limit`)
      .query(quota.replies.request)
      .reply(403, { error: { ...errors.sample.error, code: 10, error_subcode: undefined } });
    expect(await failureOf(threads, publish({ thread: [ABOVE] }))).toMatchObject({
      kind: 'rejected',
      userMessage: expect.stringContaining('/connect threads'),
    });
  });
});

describe('looking for a post', () => {
  const handles = { containers: { post: { id: CONTAINER, madeAt: now.toString(), of: 'x' } } };
  const find = (changes: Partial<FindContext> = {}) =>
    threads.findPublished?.({ ...publishWith({ handles }), since: now, isTaken: async () => false, ...changes });
  const lists = (edge: 'threads' | 'replies', { request, response } = edge === 'threads' ? posts.posts : posts.replies) =>
    graph()
      .get(`/v1.0/${userId}/${edge}`)
      .query({ ...request, since: String(now.epochMilliseconds / 1000 - 120), limit: '100' })
      .reply(200, response);

  it.each([
    ['FINISHED', publishing.status.finished, 'absent'],
    ['EXPIRED', publishing.status.expired, 'absent'],
    ['ERROR', publishing.status.error, 'absent'],
    ['IN_PROGRESS', publishing.status.inProgress, 'cannot-say'],
  ])('a container that is %s says enough', async (_, answer, kind) => {
    answersStatus(answer);
    expect(await find()).toEqual({ kind });
  });

  it('of one that is PUBLISHED the post is found by its text and time', async () => {
    answersStatus(publishing.status.published);
    lists('threads');
    const url = publishing.permalink.response.permalink;
    expect(await find({ text: 'This is a\n#test post. ' })).toEqual({ kind: 'found', remoteId: POST, url });
  });

  it('of one that is PUBLISHED and not listed yet it is to be asked again', async () => {
    answersStatus(publishing.status.published);
    lists('threads');
    expect((await failureOf(threads, Promise.resolve(find({ text: 'Another text' })))).kind).toBe('unavailable');
  });

  it('a part of a thread is looked for among the replies to the part above it', async () => {
    answersStatus(publishing.status.published);
    lists('replies');
    expect(await find({ thread: [ABOVE] })).toMatchObject({ kind: 'found', remoteId: POST });
  });

  it('of a part of a thread nobody can say where replies may not be read, and the account stays connected', async () => {
    answersStatus(publishing.status.published);
    graph()
      .get(`/v1.0/${userId}/replies`)
      .query(true)
      .reply(403, { error: { ...errors.sample.error, code: 10, error_subcode: undefined } });
    expect(await find({ thread: [ABOVE] })).toEqual({ kind: 'cannot-say' });
  });

  it('a container that Threads does not know proves nothing where no such post is listed', async () => {
    graph().get(`/v1.0/${CONTAINER}`).query(publishing.status.request).reply(400, errors.sample);
    lists('threads');
    expect(await find({ text: 'Another text' })).toEqual({ kind: 'cannot-say' });
  });
});

describe('errors', () => {
  const bodyOf = ({ code, subcode }: { code: number; subcode?: number }) => ({
    error: { ...errors.sample.error, code, error_subcode: subcode },
  });
  const refused = (status: number, body: object, headers: Record<string, string> = {}) => {
    quotaLeft();
    makes(publishing.text.request);
    answersStatus(publishing.status.finished);
    graph().post(`/v1.0/${userId}/threads_publish`).reply(status, body, headers);
    return failureOf(threads, publish());
  };

  it.each(errors.codes)('$code with $subcode ($about) is $kind', async ({ code, subcode, kind }) => {
    const body = bodyOf(subcode === undefined ? { code } : { code, subcode });
    expect((await refused(400, body)).kind).toBe(kind);
  });

  it('are told in the words of Threads for people', async () => {
    expect(await refused(400, errors.sample)).toMatchObject({
      userMessage: `Threads could not take it yet: ${errors.sample.error.error_user_msg}`,
      meta: { status: 400, code: 24, subcode: 4279009 },
    });
  });

  it('of files that could not be fetched name PUBLIC_URL', async () => {
    expect((await refused(400, bodyOf({ code: 1, subcode: 2207052 }))).userMessage).toContain('PUBLIC_URL');
  });

  it.each(errors.containers)(
    'a container that came to nothing with $name is $kind, and made anew the next time',
    async (each) => {
      quotaLeft();
      makes(publishing.video.request);
      answersStatus({ ...publishing.status.error, error_message: each.name });
      const saved: unknown[] = [];
      const saveHandles = async (handles: unknown) => void saved.push(structuredClone(handles));
      const failed = publish({ media: [film], text: publishing.video.request.text, saveHandles });
      expect((await failureOf(threads, failed)).kind).toBe(each.kind);
      expect(saved.at(-1)).toEqual({ containers: {} });
    },
  );
});
