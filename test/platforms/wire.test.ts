// What leaves for the networks, byte by byte, and what their documented answers are read as. No emulator here: the examples come
// from the networks' own documentation.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/core/account.ts';
import type { MediaFile, Platform, PublishContext } from '../../src/core/platform.ts';
import { bluesky } from '../../src/platforms/bluesky/index.ts';
import { rkeyFor } from '../../src/platforms/bluesky/record.ts';
import { openHttp } from '../../src/platforms/http.ts';
import { mastodon } from '../../src/platforms/mastodon/index.ts';
import createRecord from '../fixtures/bluesky/create-record.json' with { type: 'json' };
import createSession from '../fixtures/bluesky/create-session.json' with { type: 'json' };
import blueskyErrors from '../fixtures/bluesky/errors.json' with { type: 'json' };
import facets from '../fixtures/bluesky/facets.json' with { type: 'json' };
import images from '../fixtures/bluesky/images.json' with { type: 'json' };
import reply from '../fixtures/bluesky/reply.json' with { type: 'json' };
import mastodonErrors from '../fixtures/mastodon/errors.json' with { type: 'json' };
import instance from '../fixtures/mastodon/instance.json' with { type: 'json' };
import media from '../fixtures/mastodon/media.json' with { type: 'json' };
import status from '../fixtures/mastodon/status.json' with { type: 'json' };
import verifyCredentials from '../fixtures/mastodon/verify-credentials.json' with { type: 'json' };
import { useHttpMocks } from '../support/http.ts';
import { connectTyped } from '../support/typed-login.ts';
import { failureOf, noMediaLink } from './harness.ts';

const NOW = Temporal.Instant.from('2026-11-22T12:00:00Z');
const mock = useHttpMocks();

let http: ReturnType<typeof openHttp>;
beforeEach(() => {
  http = openHttp({ allowPrivateHosts: [], timeoutMs: 5000 });
});
afterEach(() => http.close());

const surroundings = () => ({ http, clock: { now: () => NOW }, signal: new AbortController().signal });

function publishing(account: Partial<Account>, changes: Partial<PublishContext>): PublishContext {
  return {
    ...surroundings(),
    account: {
      id: 'a1',
      workspaceId: 'w1',
      platform: '',
      remoteId: '',
      handle: '',
      service: '',
      state: 'connected',
      stateReason: null,
      announcedLimits: null,
      expiresAt: null,
      createdAt: NOW,
      ...account,
    },
    app: null,
    credentials: {},
    saveCredentials: async () => undefined,
    text: '',
    media: [],
    options: {},
    thread: [],
    mediaLink: noMediaLink,
    idempotencyKey: 'delivery-1',
    handles: {},
    saveHandles: async () => undefined,
    beforeSend: async () => undefined,
    ...changes,
  };
}

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
  read: async () => new Uint8Array([1, 2, 3]),
  ...changes,
});

describe('Bluesky', () => {
  const service = 'https://bsky.social';
  const { did, handle, accessJwt } = createSession.response;
  const authorized = { reqheaders: { authorization: `Bearer ${accessJwt}` } };
  const publish = (changes: Partial<PublishContext>) =>
    bluesky.publish(
      publishing(
        { platform: 'bluesky', remoteId: did, handle: `@${handle}`, service },
        { credentials: { ...createSession.response, password: createSession.request.password }, ...changes },
      ),
    );
  const record = (more: object) => ({
    repo: did,
    collection: 'app.bsky.feed.post',
    rkey: rkeyFor('delivery-1'),
    record: { $type: 'app.bsky.feed.post', createdAt: '2026-11-22T12:00:00.000Z', ...more },
  });

  it('logs in at bsky.social where no server is named', async () => {
    mock(service).post('/xrpc/com.atproto.server.createSession', createSession.request).reply(200, createSession.response);
    const { identifier, password } = createSession.request;
    const account = await connectTyped(bluesky, { handle: identifier, password }, surroundings());
    expect(account).toEqual({
      remoteId: did,
      handle: '@alice.example.com',
      service,
      credentials: { did, handle, accessJwt, refreshJwt: createSession.response.refreshJwt, password },
      announcedLimits: null,
      expiresAt: null,
    });
  });

  it('sends mentions and links as the documented example has them', async () => {
    const { handle: mentioned, did: resolved } = facets.resolveHandle;
    mock(service).get('/xrpc/com.atproto.identity.resolveHandle').query({ handle: mentioned }).reply(200, { did: resolved });
    mock(service)
      .post('/xrpc/com.atproto.repo.createRecord', (body) => {
        // the library adds the facet's optional $type to links
        const sent = JSON.parse(JSON.stringify(body).replaceAll('"$type":"app.bsky.richtext.facet",', ''));
        expect(sent).toEqual(record({ text: facets.text, facets: facets.facets }));
        return true;
      })
      .matchHeader('authorization', `Bearer ${accessJwt}`)
      .reply(200, createRecord.response);
    expect(await publish({ text: facets.text })).toEqual({
      remoteId: createRecord.response.uri,
      url: `https://bsky.app/profile/${handle}/post/${rkeyFor('delivery-1')}`,
    });
  });

  it('uploads an image and refers to it as the documented example does', async () => {
    mock(service)
      .post('/xrpc/com.atproto.repo.uploadBlob')
      .matchHeader('content-type', 'image/png')
      .matchHeader('authorization', `Bearer ${accessJwt}`)
      .reply(200, images.uploadBlob);
    mock(service)
      .post('/xrpc/com.atproto.repo.createRecord', record({ text: 'Look', embed: images.embed }))
      .reply(200, createRecord.response);
    const saved: unknown[] = [];
    await publish({
      text: 'Look',
      media: [file({ altText: 'brief alt text description of the image' })],
      saveHandles: async (handles) => void saved.push(structuredClone(handles)),
    });
    expect(saved.at(-1)).toEqual({ createdAt: '2026-11-22T12:00:00.000Z', blobs: { m1: images.uploadBlob.blob } });
  });

  const rkeyIn = (uri: string): string => uri.slice(uri.lastIndexOf('/') + 1);
  const asksFor = ({ uri, cid }: { uri: string; cid: string }) =>
    mock(service)
      .get('/xrpc/com.atproto.repo.getRecord')
      .query({ repo: did, collection: 'app.bsky.feed.post', rkey: rkeyIn(uri) })
      .reply(200, { uri, cid, value: {} });

  it('answers the first post of a thread as the documented example does', async () => {
    asksFor(reply.reply.root);
    mock(service)
      .post('/xrpc/com.atproto.repo.createRecord', record({ text: reply.text, reply: reply.reply }))
      .reply(200, createRecord.response);
    await publish({ text: reply.text, thread: [{ remoteId: reply.reply.root.uri, url: '' }] });
  });

  it('names the first post of a thread and the last, by their content', async () => {
    const parent = createRecord.response;
    asksFor(reply.reply.root);
    asksFor(parent);
    mock(service)
      .post('/xrpc/com.atproto.repo.createRecord', record({ text: 'Third', reply: { root: reply.reply.root, parent } }))
      .reply(200, createRecord.response);
    const thread = [reply.reply.root.uri, parent.uri].map((remoteId) => ({ remoteId, url: '' }));
    await publish({ text: 'Third', thread });
  });

  it('adds nothing to a thread of which a part is gone', async () => {
    const { recordNotFound } = blueskyErrors;
    mock(service).get('/xrpc/com.atproto.repo.getRecord').query(true).reply(recordNotFound.status, recordNotFound.body);
    const failure = await failureOf(bluesky, publish({ thread: [{ remoteId: reply.reply.root.uri, url: '' }] }));
    expect(failure).toMatchObject({ kind: 'rejected', userMessage: expect.stringContaining('A part of the thread is gone') });
  });

  it('takes the bare 500 of a key that is taken for success, once the record is seen', async () => {
    const { keyTaken } = blueskyErrors;
    mock(service).post('/xrpc/com.atproto.repo.createRecord').reply(keyTaken.status, keyTaken.body);
    mock(service)
      .get('/xrpc/com.atproto.repo.getRecord')
      .query({ repo: did, collection: 'app.bsky.feed.post', rkey: rkeyFor('delivery-1') })
      .reply(200, { ...createRecord.response, value: record({ text: 'Hi' }).record });
    expect(await publish({ text: 'Hi' })).toMatchObject({ remoteId: createRecord.response.uri });
  });

  it('keeps a 500 for what it is where there is no record, or nobody says', async () => {
    const { keyTaken, recordNotFound } = blueskyErrors;
    for (const answer of [recordNotFound, keyTaken]) {
      mock(service).post('/xrpc/com.atproto.repo.createRecord').reply(keyTaken.status, keyTaken.body);
      mock(service).get('/xrpc/com.atproto.repo.getRecord').query(true).reply(answer.status, answer.body);
      expect((await failureOf(bluesky, publish({ text: 'Hi' }))).kind).toBe('outcome-unknown');
    }
  });

  it('reads its rate limit headers', async () => {
    const { rateLimited } = blueskyErrors;
    mock(service, authorized).post('/xrpc/com.atproto.repo.createRecord').reply(429, rateLimited.body, rateLimited.headers);
    expect(await failureOf(bluesky, publish({ text: 'Hi' }))).toMatchObject({ kind: 'rate-limited', retryAfterMs: 300_000 });
  });
});

describe('Mastodon', () => {
  const service = 'https://mastodon.social';
  const authorized = { reqheaders: { authorization: 'Bearer the-token' } };
  const publish = (changes: Partial<PublishContext>) =>
    mastodon.publish(
      publishing({ platform: 'mastodon', remoteId: '14715', service }, { credentials: { accessToken: 'the-token' }, ...changes }),
    );
  const refused = (platform: Platform, answer: { status: number; body: object; headers?: Record<string, string> }) => {
    mock(service, authorized).post('/api/v1/statuses').reply(answer.status, answer.body, answer.headers);
    return failureOf(platform, publish({ text: 'Hi' }));
  };

  it('reads who one is and what the instance takes', async () => {
    mock(service).get('/api/v2/instance').reply(200, instance.response);
    mock(service, authorized).get('/api/v1/accounts/verify_credentials').reply(200, verifyCredentials.response);
    const account = await connectTyped(mastodon, { instance: 'mastodon.social', token: ' the-token ' }, surroundings());
    expect(account).toEqual({
      remoteId: '14715',
      handle: '@trwnh@mastodon.social',
      service,
      credentials: { accessToken: 'the-token' },
      announcedLimits: {
        maxCharacters: 500,
        charactersReservedPerUrl: 23,
        maxMedia: 4,
        imageSizeLimit: 10_485_760,
        imageTypes: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
        videoSizeLimit: 41_943_040,
        videoMatrixLimit: 2_304_000,
        videoTypes: ['video/webm', 'video/mp4'],
      },
      expiresAt: null,
    });
  });

  it('sends the text with its Idempotency-Key, and nothing it was not asked for', async () => {
    mock(service, authorized)
      .post('/api/v1/statuses', { status: 'Hello world' })
      .matchHeader('idempotency-key', 'delivery-1')
      .matchHeader('content-type', 'application/json')
      .reply(200, status.response);
    expect(await publish({ text: 'Hello world' })).toEqual({ remoteId: '1', url: 'https://mastodon.social/@Gargron/1' });
  });

  it('answers the last post of a thread, for those whom its visibility names', async () => {
    mock(service, authorized)
      .post('/api/v1/statuses', { status: 'Third', in_reply_to_id: '2', visibility: 'unlisted' })
      .reply(200, status.response);
    const thread = ['1', '2'].map((remoteId) => ({ remoteId, url: '' }));
    await publish({ text: 'Third', thread, options: { visibility: 'unlisted' } });
  });

  it('uploads a file with its description and waits for it', async () => {
    mock(service, authorized)
      .post(
        '/api/v2/media',
        /name="file"; filename="image\.png"\r\nContent-Type: image\/png[\s\S]*name="description"\r\n\r\ntest uploaded via api/,
      )
      .matchHeader('content-type', /^multipart\/form-data; boundary=/)
      .reply(202, media.accepted);
    mock(service, authorized).get('/api/v1/media/22348641').reply(206, media.accepted);
    mock(service, authorized).get('/api/v1/media/22348641').reply(200, media.processed);
    mock(service, authorized)
      .post('/api/v1/statuses', { status: 'Look', media_ids: ['22348641'] })
      .reply(200, status.response);
    const saved: unknown[] = [];
    await publish({
      text: 'Look',
      media: [file({ altText: 'test uploaded via api' })],
      saveHandles: async (handles) => void saved.push(structuredClone(handles)),
    });
    const uploadedAt = '2026-11-22T12:00:00Z';
    expect(saved).toEqual([
      { uploadedAt, attachments: { m1: { id: '22348641', ready: false } } },
      { uploadedAt, attachments: { m1: { id: '22348641', ready: true } } },
    ]);
  });

  it('reads its errors', async () => {
    expect((await refused(mastodon, mastodonErrors.unauthorized)).kind).toBe('auth-revoked');
    expect(await refused(mastodon, mastodonErrors.unprocessable)).toMatchObject({
      kind: 'rejected',
      userMessage: "Mastodon refused it (422): Validation failed: Text can't be blank",
    });
    expect(await refused(mastodon, mastodonErrors.rateLimited)).toMatchObject({ kind: 'rate-limited', retryAfterMs: 300_000 });
  });
});
