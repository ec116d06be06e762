// What leaves for TikTok, byte by byte, and what its documented answers are read as. No emulator here.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Handles } from '../../src/core/delivery.ts';
import type { PublishContext } from '../../src/core/platform.ts';
import { tiktok } from '../../src/platforms/tiktok/index.ts';
import creator from '../fixtures/tiktok/creator-info.json' with { type: 'json' };
import errors from '../fixtures/tiktok/errors.json' with { type: 'json' };
import inbox from '../fixtures/tiktok/inbox.json' with { type: 'json' };
import oauth from '../fixtures/tiktok/oauth.json' with { type: 'json' };
import photos from '../fixtures/tiktok/photos.json' with { type: 'json' };
import status from '../fixtures/tiktok/status.json' with { type: 'json' };
import video from '../fixtures/tiktok/video.json' with { type: 'json' };
import { useHttpMocks } from '../support/http.ts';
import { clip, failureOf, photo } from './harness.ts';
import { accountOf, NOW, postBy, useSurroundings } from './wire-context.ts';

const API = 'https://open.tiktokapis.com';
const UPLOADS = 'https://open-upload.tiktokapis.com';
const JSON_TYPE = 'application/json; charset=UTF-8';
const mock = useHttpMocks();

const surroundings = useSurroundings();

const { access_token: accessToken, refresh_token: refreshToken } = oauth.tokens;
const account = accountOf({
  platform: 'tiktok',
  remoteId: oauth.tokens.open_id,
  handle: '@tiktok',
  service: 'https://www.tiktok.com',
});

let saved: Handles[] = [];
beforeEach(() => {
  saved = [];
});
const contextWith = (changes: Partial<PublishContext>): PublishContext => ({
  ...postBy({ ...surroundings(), account, app: null, credentials: { accessToken, refreshToken } }),
  saveHandles: async (handles) => void saved.push(structuredClone(handles)),
  ...changes,
});
const publish = (changes: Partial<PublishContext>) => tiktok.publish(contextWith(changes));

/** As the account, in JSON. */
const api = () => mock(API, { reqheaders: { authorization: `Bearer ${accessToken}`, 'content-type': JSON_TYPE } });
const answerStatus = (publish_id: string, body: object | string) =>
  api().post('/v2/post/publish/status/fetch/', { publish_id }).reply(200, body, { 'content-type': 'application/json' });
const askCreator = () => api().post('/v2/post/publish/creator_info/query/', '').reply(200, creator.response);

function takeChunks({ chunks, response }: typeof video | typeof inbox): void {
  for (const { length, range, status: answer } of chunks) {
    const reqheaders = { 'content-type': 'video/mp4', 'content-range': range, 'content-length': String(length) };
    mock(UPLOADS, { reqheaders }).put(response.data.upload_url.slice(UPLOADS.length)).reply(answer);
  }
}

describe('a video', () => {
  it('is announced and sent in chunks as documented, and has the id that TikTok tells, digit by digit', async () => {
    askCreator();
    api().post('/v2/post/publish/video/init/', video.request).reply(200, video.response);
    takeChunks(video);
    answerStatus(video.response.data.publish_id, status.processing);
    answerStatus(video.response.data.publish_id, status.complete);
    const published = await publish({
      text: video.request.post_info.title,
      media: [await clip({ size: video.request.source_info.video_size })],
      options: { privacy: 'MUTUAL_FOLLOW_FRIENDS', comments: 'off', duet: 'on' },
    });
    const id = '7575000000000001037';
    expect(published).toEqual({ remoteId: id, url: `https://www.tiktok.com/@tiktok/video/${id}` });
    expect(saved).toMatchObject([
      { publishId: video.response.data.publish_id, upload: { url: video.response.data.upload_url, total: 50_000_123 } },
    ]);
  });

  it('is a draft for the inbox by a request without the text, and is then on the page of the account', async () => {
    api().post('/v2/post/publish/inbox/video/init/', inbox.request).reply(200, inbox.response);
    takeChunks(inbox);
    answerStatus(inbox.response.data.publish_id, status.inInbox);
    const media = [await clip({ size: inbox.request.source_info.video_size })];
    expect(await publish({ text: 'Finish this', media, options: { as: 'inbox' } })).toEqual({
      remoteId: inbox.response.data.publish_id,
      url: 'https://www.tiktok.com/@tiktok',
    });
  });

  it.each(Object.entries(status.failReasons))('that fails for %s is %s', async (fail_reason, kind) => {
    api().post('/v2/post/publish/inbox/video/init/').reply(200, inbox.response);
    takeChunks(inbox);
    answerStatus(inbox.response.data.publish_id, { ...status.failed, data: { ...status.failed.data, fail_reason } });
    const media = [await clip({ size: inbox.request.source_info.video_size })];
    expect((await failureOf(tiktok, publish({ media, options: { as: 'inbox' } }))).kind).toBe(kind);
    expect(saved.at(-1)).toEqual({});
  });
});

describe('photos', () => {
  const { title, description: text } = photos.direct.post_info;
  const pictures = async () => Promise.all(['01', '02'].map((id) => photo({ id })));
  const mediaLink: PublishContext['mediaLink'] = ({ id }) => `https://tiktokcdn.com/obj/example-image-${id}.webp`;

  it('are handed over as documented, and asked after', async () => {
    askCreator();
    api().post('/v2/post/publish/content/init/', photos.direct).reply(200, photos.response);
    answerStatus(photos.response.data.publish_id, status.complete);
    const published = await publish({ text, media: await pictures(), mediaLink, options: { title, comments: 'off' } });
    expect(published.url).toBe('https://www.tiktok.com/@tiktok/photo/7575000000000001037');
    expect(saved).toMatchObject([{ publishId: null }, { publishId: photos.response.data.publish_id }]);
  });

  it('are handed over for the inbox as documented', async () => {
    api().post('/v2/post/publish/content/init/', photos.upload).reply(200, photos.response);
    answerStatus(photos.response.data.publish_id, status.inInbox);
    const { remoteId } = await publish({ text, media: await pictures(), mediaLink, options: { title, as: 'inbox' } });
    expect(remoteId).toBe(photos.response.data.publish_id);
  });

  it.each(errors.codes)('refused with $status $code are $kind', async ({ status: answer, code, kind }) => {
    const body = { data: {}, error: { code, message: 'In the words of TikTok', log_id: errors.log_id } };
    api().post('/v2/post/publish/content/init/').reply(answer, body);
    const failing = publish({ text, media: await pictures(), mediaLink, options: { as: 'inbox' } });
    const failure = await failureOf(tiktok, failing);
    expect([failure.kind, failure.meta.status]).toEqual([kind, answer]);
    expect(failure.userMessage).not.toBe('');
  });

  it('refused with a code that Crier does not know are told in the words of TikTok', async () => {
    const body = { data: {}, error: { code: 'new', message: 'In the words of TikTok', log_id: errors.log_id } };
    api().post('/v2/post/publish/content/init/').reply(403, body);
    const { userMessage } = await failureOf(tiktok, publish({ media: await pictures(), mediaLink, options: { as: 'inbox' } }));
    expect(userMessage).toContain('In the words of TikTok');
  });
});

describe('looking for a post', () => {
  const handed = { kind: 'photos', fingerprint: 'f', publishId: 'p_pub_url~v2.1', upload: null, expectsId: true };
  const sent = { ...handed, kind: 'video', upload: { url: `${UPLOADS}/video/`, until: NOW.toString(), total: 50_000_123 } };
  const find = (handles: Handles) => {
    if (!tiktok.findPublished) throw new Error('TikTok can be asked');
    return tiktok.findPublished({ ...contextWith({ handles }), since: NOW, isTaken: async () => false });
  };

  it.each([
    [
      'a video of which the last bytes are missing',
      { ...sent, upload: { ...sent.upload, total: 50_000_124 } },
      status.processing,
    ],
    ['what failed', handed, status.failed],
  ])('proves that %s is not out', async (_, handles, body) => {
    answerStatus(handed.publishId, body);
    expect(await find(handles)).toEqual({ kind: 'absent' });
  });

  it('finds what is out, with its id', async () => {
    answerStatus(handed.publishId, status.complete);
    answerStatus(handed.publishId, status.complete);
    expect(await find(sent)).toMatchObject({ kind: 'found', remoteId: '7575000000000001037' });
  });

  it('finds what only some may see without an id', async () => {
    answerStatus(handed.publishId, status.completeForSome);
    answerStatus(handed.publishId, status.completeForSome);
    const found = { kind: 'found', remoteId: handed.publishId, url: 'https://www.tiktok.com/@tiktok' };
    expect(await find({ ...handed, expectsId: false })).toEqual(found);
  });

  it('asks nothing where nothing was handed over', async () => {
    expect(await find({})).toEqual({ kind: 'absent' });
    expect(await find({ ...handed, publishId: null })).toEqual({ kind: 'cannot-say' });
  });
});
