// What leaves for the networks with a video, and what their documented answers are read as; wire.test.ts has all else.
import type nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MediaFile, Platform, PublishContext } from '../../src/core/platform.ts';
import { bluesky } from '../../src/platforms/bluesky/index.ts';
import { rkeyFor } from '../../src/platforms/bluesky/record.ts';
import { openHttp } from '../../src/platforms/http.ts';
import { mastodon } from '../../src/platforms/mastodon/index.ts';
import createRecord from '../fixtures/bluesky/create-record.json' with { type: 'json' };
import createSession from '../fixtures/bluesky/create-session.json' with { type: 'json' };
import blueskyVideo from '../fixtures/bluesky/video.json' with { type: 'json' };
import status from '../fixtures/mastodon/status.json' with { type: 'json' };
import mastodonVideo from '../fixtures/mastodon/video.json' with { type: 'json' };
import { useHttpMocks } from '../support/http.ts';
import { failureOf, noMediaLink } from './harness.ts';

const NOW = Temporal.Instant.from('2026-11-22T12:00:00Z');
const mock = useHttpMocks();

let http: ReturnType<typeof openHttp>;
let saved: unknown[] = [];
beforeEach(() => {
  http = openHttp({ allowPrivateHosts: [], timeoutMs: 5000 });
  saved = [];
});
afterEach(() => http.close());

const video: MediaFile = {
  id: 'm1',
  workspaceId: 'w1',
  hash: '0123456789abcdef',
  mimeType: 'video/mp4',
  size: 3,
  width: 1280,
  height: 760,
  durationMs: 12_000,
  altText: 'A clock runs',
  read: async () => new TextEncoder().encode('mp4'),
};

function publish(
  platform: Platform,
  { remoteId, handle = '', service }: { remoteId: string; handle?: string; service: string },
  changes: Pick<PublishContext, 'credentials'> & Partial<PublishContext>,
) {
  return platform.publish({
    http,
    clock: { now: () => NOW },
    signal: new AbortController().signal,
    account: {
      id: 'a1',
      workspaceId: 'w1',
      platform: platform.id,
      state: 'connected',
      stateReason: null,
      announcedLimits: null,
      expiresAt: null,
      createdAt: NOW,
      remoteId,
      handle,
      service,
    },
    app: null,
    saveCredentials: async () => undefined,
    text: 'Look',
    media: [video],
    options: {},
    thread: [],
    mediaLink: noMediaLink,
    idempotencyKey: 'delivery-1',
    handles: {},
    saveHandles: async (handles) => void saved.push(structuredClone(handles)),
    beforeSend: async () => undefined,
    ...changes,
  });
}

describe('A video for Bluesky', () => {
  const service = 'https://bsky.social';
  const pds = 'https://morel.us-east.host.bsky.network';
  const { did, handle, accessJwt } = createSession.response;
  const { created, completed, encoding, embed } = blueskyVideo;
  const createdAt = '2026-11-22T12:00:00.000Z';
  const authorized = { reqheaders: { authorization: `Bearer ${accessJwt}` } };
  const post = (handles: PublishContext['handles'] = {}) =>
    publish(
      bluesky,
      { remoteId: did, handle: `@${handle}`, service },
      { credentials: { ...createSession.response, password: createSession.request.password }, handles },
    );

  /** A token for the account's own server, by that server's own name. */
  function grantToken(): void {
    mock(service, authorized).get('/xrpc/com.atproto.server.getSession').reply(200, blueskyVideo.session);
    mock(pds).get('/xrpc/com.atproto.server.describeServer').reply(200, blueskyVideo.describeServer);
    mock(service, authorized)
      .get('/xrpc/com.atproto.server.getServiceAuth')
      .query({
        aud: blueskyVideo.describeServer.did,
        lxm: 'com.atproto.repo.uploadBlob',
        exp: String(NOW.epochMilliseconds / 1000 + 1800),
      })
      .reply(200, blueskyVideo.serviceAuth);
  }
  const upload = (): nock.Interceptor => {
    grantToken();
    return mock('https://video.bsky.app')
      .post('/xrpc/app.bsky.video.uploadVideo', 'mp4')
      .query({ did, name: '0123456789ab.mp4' })
      .matchHeader('authorization', `Bearer ${blueskyVideo.serviceAuth.token}`)
      .matchHeader('content-type', 'video/mp4')
      .matchHeader('content-length', '3');
  };
  const ask = (): nock.Interceptor =>
    mock('https://video.bsky.app').get('/xrpc/app.bsky.video.getJobStatus').query({ jobId: created.jobId });
  const expectRecord = () =>
    mock(service, authorized)
      .post('/xrpc/com.atproto.repo.createRecord', {
        repo: did,
        collection: 'app.bsky.feed.post',
        rkey: rkeyFor('delivery-1'),
        record: { $type: 'app.bsky.feed.post', text: 'Look', createdAt, embed },
      })
      .reply(200, createRecord.response);

  it('goes to the video service, is waited for, and is referred to as the documented example does', async () => {
    upload().reply(200, created);
    ask().reply(200, encoding);
    ask().reply(200, completed);
    expectRecord();
    expect(await post()).toMatchObject({ remoteId: createRecord.response.uri });
    expect(saved).toEqual([
      { createdAt, blobs: {} },
      { createdAt, blobs: {}, jobs: { m1: created.jobId } },
      { createdAt, blobs: { m1: completed.jobStatus.blob }, jobs: { m1: created.jobId } },
    ]);
  });

  it('is asked for by its job where an earlier try has uploaded it', async () => {
    ask().reply(200, completed);
    expectRecord();
    await post({ createdAt, blobs: {}, jobs: { m1: created.jobId } });
  });

  it('is uploaded anew where the job is forgotten', async () => {
    ask().reply(400, { error: 'InvalidRequest', message: 'Job not found' });
    upload().reply(200, created);
    ask().reply(200, completed);
    expectRecord();
    await post({ createdAt, blobs: {}, jobs: { m1: created.jobId } });
  });

  it('is taken from before where the service has processed it already', async () => {
    upload().reply(409, blueskyVideo.alreadyExists);
    ask().reply(200, completed);
    expectRecord();
    await post();
  });

  it('is refused with the cure where the address is not confirmed', async () => {
    upload().reply(400, blueskyVideo.unconfirmedEmail);
    expect(await failureOf(bluesky, post())).toMatchObject({
      kind: 'rejected',
      userMessage:
        "Bluesky takes videos only from accounts with a confirmed email address: confirm it in Bluesky's settings, and retry.",
    });
  });

  it('does not cost the login where the service does not take the token', async () => {
    upload().reply(401, { error: 'BadJwt', message: 'bad token' });
    expect(await failureOf(bluesky, post())).toMatchObject({ kind: 'rejected' });
  });

  it.each([
    [undefined, 'unavailable'],
    ['pds_upload_failure', 'unavailable'],
    ['encoding_failure', 'rejected'],
    ['pds_upload_unsupported_blob_size', 'rejected'],
  ])('that failed with the code %s is %s, and the next try begins anew', async (failureCode, kind) => {
    upload().reply(200, created);
    ask().reply(200, { jobStatus: { ...blueskyVideo.failed.jobStatus, failureCode } });
    const failure = await failureOf(bluesky, post());
    expect(failure).toMatchObject({ kind, userMessage: 'Bluesky could not process this video: Failed to process video.' });
    expect(saved.at(-1)).toEqual({ createdAt, blobs: {}, jobs: {} });
  });
});

describe('A video for Mastodon', () => {
  const service = 'https://mastodon.social';
  const authorized = { reqheaders: { authorization: 'Bearer the-token' } };

  it.each([
    ['video/mp4', 'video.mp4'],
    ['video/quicktime', 'video.mov'],
    ['video/webm', 'video.webm'],
  ])('of the type %s is uploaded as %s, waited for and attached', async (mimeType, name) => {
    const part = new RegExp(
      String.raw`name="file"; filename="${name}"\r\nContent-Type: ${mimeType}\r\n\r\nmp4[\s\S]*name="description"\r\n\r\nA clock runs`,
    );
    mock(service, authorized).post('/api/v2/media', part).reply(202, mastodonVideo.accepted);
    mock(service, authorized).get('/api/v1/media/22546306').reply(206, mastodonVideo.accepted);
    mock(service, authorized).get('/api/v1/media/22546306').reply(200, mastodonVideo.processed);
    mock(service, authorized)
      .post('/api/v1/statuses', { status: 'Look', media_ids: ['22546306'] })
      .reply(200, status.response);
    const account = { remoteId: '14715', service };
    const published = publish(mastodon, account, { credentials: { accessToken: 'the-token' }, media: [{ ...video, mimeType }] });
    expect(await published).toMatchObject({ remoteId: '1' });
  });
});
