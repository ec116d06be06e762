// What leaves for X, byte by byte, and what its documented answers are read as. No emulator here.
import { beforeEach, describe, expect, it } from 'vitest';
import type { FindContext, MediaFile, PublishContext } from '../../src/core/platform.ts';
import { x } from '../../src/platforms/x/index.ts';
import created from '../fixtures/x/create-post.json' with { type: 'json' };
import errors from '../fixtures/x/errors.json' with { type: 'json' };
import me from '../fixtures/x/me.json' with { type: 'json' };
import media from '../fixtures/x/media.json' with { type: 'json' };
import oauth from '../fixtures/x/oauth.json' with { type: 'json' };
import timeline from '../fixtures/x/timeline.json' with { type: 'json' };
import { useHttpMocks } from '../support/http.ts';
import { failureOf } from './harness.ts';
import { accountOf, NOW, postBy, useSurroundings } from './wire-context.ts';

const API = 'https://api.x.com';
const mock = useHttpMocks();

const surroundings = useSurroundings();

const { access_token: accessToken, refresh_token: refreshToken } = oauth.tokens;
const account = accountOf({
  platform: 'x',
  remoteId: me.response.data.id,
  handle: '@XDevelopers',
  service: 'https://x.com',
});
const access = () => ({ ...surroundings(), account, app: null, credentials: { accessToken, refreshToken } });
const authorized = { reqheaders: { authorization: `Bearer ${accessToken}` } };

const saved: unknown[] = [];
beforeEach(() => void saved.splice(0));
const publish = (changes: Partial<PublishContext>) =>
  x.publish({
    ...postBy(access()),
    saveHandles: async (handles) => void saved.push(structuredClone(handles)),
    ...changes,
  });

describe('a post', () => {
  const published = { remoteId: created.response.data.id, url: `https://x.com/XDevelopers/status/${created.response.data.id}` };

  it('is the documented request, and nothing more', async () => {
    mock(API, authorized)
      .post('/2/tweets', created.plain)
      .matchHeader('content-type', 'application/json')
      .reply(201, created.response);
    expect(await publish({ text: created.plain.text })).toEqual(published);
    expect(saved).toEqual([]);
  });

  it('goes on a thread as an answer to its last one', async () => {
    mock(API, authorized).post('/2/tweets', created.reply).reply(201, created.response);
    const thread = ['1234567889', '1234567890'].map((remoteId) => ({ remoteId, url: '' }));
    expect(await publish({ text: created.reply.text, thread })).toEqual(published);
  });

  it('takes a video along in chunks, once X has processed it', async () => {
    const size = 4_194_304 + 5;
    const { id } = media.initialized.data;
    mock(API, authorized)
      .post('/2/media/upload/initialize', { ...media.initialize, total_bytes: size })
      .reply(200, media.initialized);
    for (const index of [0, 1])
      mock(API, authorized)
        .post(
          `/2/media/upload/${id}/append`,
          new RegExp(`name="segment_index"\\r\\n\\r\\n${index}\\r\\n[^]*name="media"; filename="chunk"`),
        )
        .matchHeader('content-type', /^multipart\/form-data; boundary=/)
        .reply(200, media.appended);
    mock(API, authorized).post(`/2/media/upload/${id}/finalize`, '').reply(200, media.finalized);
    mock(API, authorized).get('/2/media/upload').query({ command: 'STATUS', media_id: id }).reply(200, media.succeeded);
    mock(API, authorized).post('/2/tweets', created.media).reply(201, created.response);
    await publish({
      text: created.media.text,
      media: [file({ mimeType: 'video/mp4', size, altText: 'A clock runs', durationMs: 2000 })],
    });
    const upload = { id, until: '2026-12-07T11:59:59Z' };
    const whole = { id, sent: 2, until: '2026-11-23T12:00:00Z' };
    expect(saved).toEqual(
      [
        { ...upload, progress: 'begun', sent: 0 },
        { ...upload, progress: 'begun', sent: 1 },
        { ...upload, progress: 'begun', sent: 2 },
        { ...whole, progress: 'whole' },
        { ...whole, progress: 'processed' },
        { ...whole, progress: 'ready' },
      ].map((each) => ({ uploads: { m1: each } })),
    );
  });

  it('describes an image as documented, and does not wait for what needs no processing', async () => {
    const { id } = media.initialized.data;
    const initialize = { media_type: 'image/png', total_bytes: 3, media_category: 'tweet_image' };
    mock(API).post('/2/media/upload/initialize', initialize).reply(200, media.initialized);
    mock(API).post(`/2/media/upload/${id}/append`).reply(200, media.appended);
    mock(API).post(`/2/media/upload/${id}/finalize`).reply(200, media.finalizedImage);
    mock(API, authorized).post('/2/media/metadata', media.metadata).reply(200, media.described);
    mock(API).post('/2/tweets', { media: created.media.media }).reply(201, created.response);
    expect(await publish({ media: [file({ altText: 'A blue square' })] })).toEqual(published);
  });

  it('is refused with the words of X where that cannot do with a video', async () => {
    const { id } = media.initialized.data;
    mock(API).post('/2/media/upload/initialize').reply(200, media.initialized);
    mock(API).post(`/2/media/upload/${id}/append`).reply(200, media.appended);
    mock(API).post(`/2/media/upload/${id}/finalize`).reply(200, media.finalized);
    mock(API).get('/2/media/upload').query(true).reply(200, media.failed);
    const failure = await failureOf(x, publish({ text: 'Look', media: [file({ mimeType: 'video/mp4' })] }));
    expect(failure).toMatchObject({ kind: 'rejected', userMessage: 'X could not process the video: Unsupported video format' });
  });
});

describe('what X refuses', () => {
  const refused = (answer: { status: number; body: object; headers?: object }) => {
    mock(API)
      .post('/2/tweets')
      .reply(answer.status, answer.body, { ...answer.headers });
    return failureOf(x, publish({ text: 'Hi' }));
  };

  it.each([
    ['unauthorized', 'auth-expired', 'X no longer accepts this login.', undefined],
    ['duplicate', 'rejected', 'X refused it (403): You are not allowed to create a Tweet with duplicate content.', undefined],
    ['invalidRequest', 'rejected', 'X refused it (400): Your media IDs are invalid.', undefined],
    [
      'creditsDepleted',
      'rate-limited',
      "X has no credits left for Crier's app: whoever runs Crier buys some at console.x.com.",
      undefined,
    ],
    [
      'usageCapped',
      'rate-limited',
      "X's monthly cap for Crier's app is used up: whoever runs Crier raises it at console.x.com.",
      undefined,
    ],
    ['rateLimited', 'rate-limited', 'X asks to slow down: Rate limit exceeded', 300_000],
    ['dayLimited', 'rate-limited', 'X asks to slow down: Too Many Requests', 7_200_000],
  ] as const)('%s is %s', async (name, kind, userMessage, retryAfterMs) => {
    const failure = await refused(errors[name]);
    expect([failure.kind, failure.userMessage, failure.retryAfterMs]).toEqual([kind, userMessage, retryAfterMs]);
  });
});

describe('a post whose outcome is unknown', () => {
  const find = (changes: Partial<FindContext>) =>
    x.findPublished?.({
      ...access(),
      saveCredentials: async () => undefined,
      text: timeline.written,
      options: {},
      thread: [],
      idempotencyKey: 'delivery-1',
      handles: {},
      since: NOW,
      isTaken: async () => false,
      ...changes,
    });
  const listed = (answer: object) =>
    mock(API, authorized)
      .get('/2/users/2244994945/tweets')
      .query({ max_results: '100', start_time: '2026-11-22T11:58:00Z', 'tweet.fields': 'attachments,entities,referenced_tweets' })
      .reply(200, answer);
  const withoutFile = {
    ...timeline.response,
    data: timeline.response.data.map(({ attachments: _, ...post }) => ({ ...post, entities: {}, text: timeline.written })),
  };
  const id = timeline.response.meta.newest_id;
  const thread = [{ remoteId: timeline.answered, url: '' }];
  const upload = { id: timeline.mediaId, progress: 'ready', sent: 1, until: '2026-11-23T12:00:00Z' };
  const found = { kind: 'found', remoteId: id, url: `https://x.com/XDevelopers/status/${id}` };

  it('is known by its file, whatever X made of the text', async () => {
    listed(timeline.response);
    expect(await find({ handles: { uploads: { m1: upload } } })).toEqual(found);
    listed(timeline.response);
    expect(await find({ handles: { uploads: { m1: { ...upload, id: '1' } } } })).toEqual({ kind: 'absent' });
  });

  it('is known by its text and by what it answers', async () => {
    listed(withoutFile);
    expect(await find({ thread })).toEqual(found);
    listed(withoutFile);
    expect(await find({})).toEqual({ kind: 'absent' });
  });

  it('is left to a person where X says that its address led elsewhere', async () => {
    const urls = [{ url: 'https://t.co/abc', expanded_url: 'https://www.example.com/landing' }];
    const data = [{ id: '1', text: 'See https://t.co/abc', entities: { urls } }];
    listed({ data, meta: {} });
    expect(await find({ text: 'See https://example.com' })).toEqual({ kind: 'cannot-say' });
    listed({ data, meta: {} });
    expect(await find({ text: 'See https://www.example.com/landing' })).toMatchObject({ kind: 'found' });
  });

  it('is not there where X lists nothing', async () => {
    listed(timeline.empty);
    expect(await find({})).toEqual({ kind: 'absent' });
  });
});

const file = (changes: Partial<MediaFile>): MediaFile => ({
  id: 'm1',
  workspaceId: 'w1',
  hash: 'h',
  mimeType: 'image/png',
  size: 3,
  width: 1280,
  height: 760,
  durationMs: null,
  altText: '',
  read: async () => new Uint8Array(changes.size ?? 3),
  ...changes,
});
