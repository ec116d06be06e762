// What is Bluesky's alone: sessions, facets, record keys, addresses.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bluesky } from '../../src/platforms/bluesky/index.ts';
import { postUrl, rkeyFor } from '../../src/platforms/bluesky/record.ts';
import { failureOf, type Harness, openHarness, picture } from './harness.ts';

const CREATE_SESSION = 'POST /xrpc/com.atproto.server.createSession';
const REFRESH_SESSION = 'POST /xrpc/com.atproto.server.refreshSession';
const CREATE_RECORD = 'POST /xrpc/com.atproto.repo.createRecord';

let harness: Harness;
beforeEach(async () => {
  harness = await openHarness({
    platform: bluesky,
    network: (emulator) => emulator.networks.bluesky,
    serverField: 'service',
    secretField: 'password',
    publicRequest: CREATE_RECORD,
    uploadRequest: 'POST /xrpc/com.atproto.repo.uploadBlob',
    videoRequest: 'POST /xrpc/app.bsky.video.uploadVideo',
    videoStatusRequest: 'GET /xrpc/app.bsky.video.getJobStatus',
    findRequest: 'GET /xrpc/com.atproto.repo.getRecord',
  });
});
afterEach(() => harness.close());

describe('a session', () => {
  it('is not begun anew for a post', async () => {
    const delivery = await harness.delivery();
    const logins = harness.countRequests(CREATE_SESSION);
    await delivery.publish();
    await (await harness.delivery({ ...delivery.context, idempotencyKey: 'delivery-2' })).publish();
    expect(harness.countRequests(CREATE_SESSION)).toBe(logins + 1);
    expect(harness.countRequests(REFRESH_SESSION)).toBe(0);
  });

  it('that ran out is refreshed and stored before the post goes out, and used from then on', async () => {
    const { context, publish, savedCredentials, beforeSends } = await harness.delivery();
    const logins = harness.countRequests(CREATE_SESSION);
    const before = context.credentials;
    harness.pass({ hours: 3 });
    const store = context.saveCredentials;
    context.saveCredentials = async (credentials) => {
      expect(harness.countRequests(CREATE_RECORD)).toBe(0);
      await store(credentials);
    };
    await publish();
    expect(harness.network.posts()).toHaveLength(1);
    expect(savedCredentials).toHaveLength(1);
    expect(context.credentials.accessJwt).not.toBe(before.accessJwt);
    expect(context.credentials.refreshJwt).not.toBe(before.refreshJwt);
    expect(context.credentials.password).toBe(before.password);
    expect([harness.countRequests(CREATE_SESSION) - logins, harness.countRequests(REFRESH_SESSION), beforeSends()]).toEqual([
      0, 1, 1,
    ]);
    context.idempotencyKey = 'delivery-2';
    await publish();
    expect(harness.countRequests(REFRESH_SESSION)).toBe(1);
  });

  it('that the server ends early is refreshed in the middle of a post', async () => {
    const { publish, savedCredentials, beforeSends } = await harness.delivery();
    harness.network.faults.order({
      match: CREATE_RECORD,
      status: 400,
      body: { error: 'ExpiredToken', message: 'Token has expired' },
    });
    await publish();
    expect(harness.network.posts()).toHaveLength(1);
    expect(savedCredentials).toHaveLength(1);
    // each of the two requests was announced: the lease may have been lost while the session was refreshed
    expect(beforeSends()).toBe(2);
  });

  it('that the server ends during an upload is refreshed too', async () => {
    const { publish, beforeSends } = await harness.delivery({ media: [await picture()] });
    const expired = { status: 400, body: { error: 'ExpiredToken', message: 'Token has expired' } };
    harness.network.faults.order({ match: 'POST /xrpc/com.atproto.repo.uploadBlob', ...expired });
    await publish();
    expect(harness.network.posts()).toMatchObject([{ images: [{ alt: 'A blue square' }] }]);
    expect(beforeSends()).toBe(1);
  });

  it('whose refresh token is refused is begun anew with the app password', async () => {
    const { context, publish, savedCredentials } = await harness.delivery();
    const logins = harness.countRequests(CREATE_SESSION);
    harness.pass({ hours: 24 * 91 });
    await publish();
    expect(harness.network.posts()).toHaveLength(1);
    expect(harness.countRequests(CREATE_SESSION)).toBe(logins + 1);
    expect(savedCredentials).toEqual([context.credentials]);
  });

  it('is gone where the app password is refused as well', async () => {
    const { context, failure, savedCredentials, beforeSends } = await harness.delivery();
    context.credentials = { ...context.credentials, password: 'revoked' };
    harness.pass({ hours: 24 * 91 });
    expect(await failure()).toMatchObject({ kind: 'auth-revoked', userMessage: expect.stringContaining('app password') });
    expect([savedCredentials.length, beforeSends()]).toEqual([0, 0]);
  });

  it.each([{ status: 503 }, { status: 500 }, { drop: 'before-applying' as const }])(
    'whose refresh fails with %j is not taken for a dead one',
    async (fault) => {
      const { failure, publish, savedCredentials, beforeSends } = await harness.delivery();
      const logins = harness.countRequests(CREATE_SESSION);
      harness.pass({ hours: 3 });
      harness.network.faults.order({ match: REFRESH_SESSION, ...fault });
      expect((await failure()).kind).toBe('unavailable');
      expect([savedCredentials.length, beforeSends(), harness.countRequests(CREATE_SESSION) - logins]).toEqual([0, 0, 0]);
      await publish();
      expect(harness.network.posts()).toHaveLength(1);
    },
  );

  it('is not used where it cannot be stored', async () => {
    const { context, publish } = await harness.delivery();
    harness.pass({ hours: 3 });
    context.saveCredentials = () => Promise.reject(new Error('the database is away'));
    await expect(publish()).rejects.toThrow();
    expect(harness.countRequests(CREATE_RECORD)).toBe(0);
  });

  // Statuses and names: @atproto/pds 0.5.35, checked 2026-11-22. The 400 is how other servers may say it.
  it.each([
    { status: 401, error: 'AccountTakedown' },
    { status: 401, error: 'AccountDeactivated' },
    { status: 403, error: 'AccountNotFound' },
    { status: 400, error: 'AccountTakedown' },
  ])('of an account that is gone ($status $error) is given up at once', async (refusal) => {
    const { failure, beforeSends } = await harness.delivery();
    const logins = harness.countRequests(CREATE_SESSION);
    const body = { error: refusal.error, message: 'Account is out of use' };
    harness.network.faults.order({ match: CREATE_RECORD, times: 9, status: refusal.status, body });
    expect(await failure()).toMatchObject({
      kind: 'auth-revoked',
      userMessage: expect.stringContaining('Account is out of use'),
      meta: { status: refusal.status, code: refusal.error },
    });
    expect([beforeSends(), harness.countRequests(REFRESH_SESSION), harness.countRequests(CREATE_SESSION) - logins]).toEqual([
      1, 0, 0,
    ]);
  });

  it('of a deleted account is gone once its token ran out, too', async () => {
    const { context, failure } = await harness.delivery();
    context.credentials = { ...context.credentials, password: 'of a deleted account' };
    harness.pass({ hours: 3 });
    const body = { error: 'InvalidRequest', message: `Could not find user info for account: ${context.account.remoteId}` };
    harness.network.faults.order({ match: REFRESH_SESSION, times: 9, status: 400, body });
    expect((await failure()).kind).toBe('auth-revoked');
  });

  it('is not begun with the account password where that asks for a second factor', async () => {
    const body = { error: 'AuthFactorTokenRequired', message: 'A sign in code has been sent to your email address' };
    harness.network.faults.order({ match: CREATE_SESSION, status: 401, body });
    expect(await failureOf(bluesky, harness.connect())).toMatchObject({
      kind: 'invalid-input',
      userMessage: expect.stringContaining('app password'),
    });
  });

  it('is not begun with an account that was taken down, and it is not the password that is blamed', async () => {
    const body = { error: 'AccountTakedown', message: 'Account has been taken down' };
    harness.network.faults.order({ match: CREATE_SESSION, status: 401, body });
    const { kind, userMessage } = await failureOf(bluesky, harness.connect());
    expect(kind).toBe('invalid-input');
    expect(userMessage).toContain('Account has been taken down');
    expect(userMessage).not.toContain('password');
  });

  it('takes a handle with an @ before it', async () => {
    const { network, connect } = harness;
    expect(await connect({ ...network.demo, handle: `@${network.demo.handle}` })).toMatchObject({
      handle: `@${network.demo.handle}`,
    });
  });
});

describe('rich text', () => {
  const Stored = z.object({
    value: z.object({
      createdAt: z.string(),
      facets: z
        .array(
          z.object({
            index: z.object({ byteStart: z.number(), byteEnd: z.number() }),
            features: z.array(z.record(z.string(), z.unknown())),
          }),
        )
        .optional(),
    }),
  });

  async function storedPost(text: string): Promise<z.infer<typeof Stored>['value']> {
    const { context, publish } = await harness.delivery({ text });
    await publish();
    const query = new URLSearchParams({
      repo: context.account.remoteId,
      collection: 'app.bsky.feed.post',
      rkey: rkeyFor(context.idempotencyKey),
    });
    const response = await fetch(`${harness.network.url}/xrpc/com.atproto.repo.getRecord?${query}`);
    return Stored.parse(await response.json()).value;
  }

  it('marks links, hashtags and mentions by their place in the bytes', async () => {
    const text = '✨ Grüße @crier.test, see https://example.com/long/path?x=1 #Crier';
    const { facets = [] } = await storedPost(text);
    const bytes = Buffer.from(text);
    const marked = facets.map(({ index, features }) => [
      bytes.subarray(index.byteStart, index.byteEnd).toString(),
      features[0]?.$type,
    ]);
    expect(marked).toEqual([
      ['@crier.test', 'app.bsky.richtext.facet#mention'],
      ['https://example.com/long/path?x=1', 'app.bsky.richtext.facet#link'],
      ['#Crier', 'app.bsky.richtext.facet#tag'],
    ]);
  });

  it('leaves a mention of nobody as plain text', async () => {
    expect((await storedPost('Hello @nobody.test')).facets).toBeUndefined();
  });

  it('does not lose a mention to a failing lookup: the post waits', async () => {
    const { failure, publish } = await harness.delivery({ text: 'Hello @crier.test' });
    harness.network.faults.order({ match: 'GET /xrpc/com.atproto.identity.resolveHandle', status: 502 });
    expect((await failure()).kind).toBe('unavailable');
    await publish();
    expect(harness.network.posts()).toHaveLength(1);
  });

  it('keeps the time of the first try', async () => {
    const { context, failure, publish } = await harness.delivery();
    harness.network.faults.order({ match: CREATE_RECORD, drop: 'before-applying' });
    await failure();
    harness.pass({ minutes: 5 });
    await publish();
    expect(context.handles.createdAt).toBe('2026-11-22T12:00:00.000Z');
  });
});

describe('limits', () => {
  it('count bytes as well: 3,000 go out, 3,001 do not', async () => {
    const [, bytes] = bluesky.limits(null).text;
    const longest = `${'👩‍🚀'.repeat(272)}${'x'.repeat(8)}`;
    expect(bytes?.count(longest)).toBe(3000);
    await (await harness.delivery({ text: longest })).publish();
    const tooLong = await harness.delivery({ text: `${longest}x`, idempotencyKey: 'delivery-2' });
    expect((await tooLong.failure()).kind).toBe('rejected');
  });
});

describe('a record key', () => {
  // https://atproto.com/specs/tid, checked 2026-11-22
  const TID = /^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/;

  it('is a valid TID of the past, the same for the same delivery', () => {
    fc.assert(
      fc.property(fc.string(), (key) => {
        const rkey = rkeyFor(key);
        expect(rkey).toMatch(TID);
        expect(rkey).toBe(rkeyFor(key));
        // TIDs sort by time; this one stands for 2026-01-01
        expect(rkey < '3mbd3ytm2222a').toBe(true);
      }),
    );
  });

  it('differs between deliveries', () => {
    const keys = new Set(Array.from({ length: 10_000 }, (_, index) => rkeyFor(`delivery-${index}`)));
    expect(keys.size).toBe(10_000);
  });
});

describe('the address of a post', () => {
  it.each([
    ['https://bsky.social', 'https://bsky.app/profile/crier.example/post/3abc'],
    ['https://pds.example.com', 'https://bsky.app/profile/crier.example/post/3abc'],
    ['http://127.0.0.1:2583', 'http://127.0.0.1:2583/profile/crier.example/post/3abc'],
    ['http://localhost:2583', 'http://localhost:2583/profile/crier.example/post/3abc'],
    ['https://pds.lan', 'https://pds.lan/profile/crier.example/post/3abc'],
  ])('on %s is %s', (service, url) => {
    expect(postUrl({ service, handle: '@crier.example' }, '3abc')).toBe(url);
  });
});
