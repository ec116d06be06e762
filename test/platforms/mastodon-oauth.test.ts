// What leaves for a Mastodon server while an account is connected by a link, and what its documented answers are read as. No emulator here.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OAuth, OAuthApp, OAuthWay } from '../../src/core/oauth.ts';
import { openHttp } from '../../src/platforms/http.ts';
import { mastodon } from '../../src/platforms/mastodon/index.ts';
import { mastodonOAuth } from '../../src/platforms/mastodon/oauth.ts';
import instance from '../fixtures/mastodon/instance.json' with { type: 'json' };
import examples from '../fixtures/mastodon/oauth.json' with { type: 'json' };
import verifyCredentials from '../fixtures/mastodon/verify-credentials.json' with { type: 'json' };
import { useHttpMocks } from '../support/http.ts';
import { failureOf } from './harness.ts';

const SERVICE = 'https://mastodon.social';
const REDIRECT = 'https://crier.example.com/oauth/callback/mastodon';
const SCOPES = 'read:accounts write:statuses write:media read:statuses';
const { client_id, client_secret } = examples.app;
const APP = { clientId: client_id, clientSecret: client_secret };
const WAY: OAuthWay = { service: SERVICE, app: APP, redirectUri: REDIRECT, state: 'the-state', verifier: 'v'.repeat(43) };
const NOW = Temporal.Instant.from('2026-11-22T12:00:00Z');

const mock = useHttpMocks();
let http: ReturnType<typeof openHttp>;
beforeEach(() => {
  http = openHttp({ allowPrivateHosts: [], timeoutMs: 5000 });
});
afterEach(() => http.close());

const context = () => ({ http, clock: { now: () => NOW }, signal: new AbortController().signal });
const answer = (query: string) => new URLSearchParams(query);
const exchange = (query = 'code=the-code&state=the-state'): ReturnType<OAuth['connect']> =>
  mastodonOAuth.connect(WAY, answer(query), context());
function prepareApp(...given: Parameters<NonNullable<OAuth['prepareApp']>>): Promise<OAuthApp> {
  if (!mastodonOAuth.prepareApp) throw new Error('Mastodon has no apps of its own');
  return mastodonOAuth.prepareApp(...given);
}
const GRANT = {
  grant_type: 'authorization_code',
  code: 'the-code',
  redirect_uri: REDIRECT,
  code_verifier: WAY.verifier,
  client_id,
  client_secret,
};

describe('the app', () => {
  it('is registered with what Crier needs, and nothing more', async () => {
    mock(SERVICE)
      .post('/api/v1/apps', { client_name: 'Crier', redirect_uris: REDIRECT, scopes: SCOPES })
      .reply(200, examples.app);
    expect(await prepareApp(SERVICE, REDIRECT, null, context())).toEqual(APP);
  });

  it('is used again where the server still knows it', async () => {
    const body = { grant_type: 'client_credentials', scope: 'read:accounts', client_id, client_secret };
    mock(SERVICE).post('/oauth/token', body).reply(200, examples.token);
    expect(await prepareApp(SERVICE, REDIRECT, APP, context())).toBe(APP);
  });

  it.each([[{}], [{ 'www-authenticate': 'Bearer realm="Doorkeeper", error="invalid_client"' }]])(
    'is registered anew where the server has forgotten it, whose answer has the headers %j',
    async (headers) => {
      const { status, body } = examples.errors.invalid_client;
      mock(SERVICE).post('/oauth/token').reply(status, body, headers).post('/api/v1/apps').reply(200, examples.app);
      expect(await prepareApp(SERVICE, REDIRECT, { ...APP, clientId: 'old' }, context())).toEqual(APP);
    },
  );

  it.each([
    [429, 'rate-limited'],
    [404, 'invalid-input'],
    [500, 'unavailable'],
  ])('is no matter of guessing where the server answers %i', async (status, kind) => {
    mock(SERVICE).post('/api/v1/apps').reply(status, {});
    const failure = await failureOf(mastodon, prepareApp(SERVICE, REDIRECT, null, context()));
    expect(failure.kind).toBe(kind);
  });
});

describe('the token', () => {
  it('is asked for with code, proof and app, and read with the account it is for', async () => {
    mock(SERVICE).post('/oauth/token', GRANT).reply(200, examples.token);
    mock(SERVICE).get('/api/v2/instance').reply(200, instance.response);
    mock(SERVICE, { reqheaders: { authorization: `Bearer ${examples.token.access_token}` } })
      .get('/api/v1/accounts/verify_credentials')
      .reply(200, verifyCredentials.response);
    expect(await exchange()).toMatchObject({
      accounts: [{ kind: null, remoteId: '14715', handle: '@trwnh@mastodon.social', credentials: { app: APP } }],
      scopes: ['read', 'write', 'follow', 'push'],
    });
  });

  it('is not asked for where the answer is for another state, or from another server', async () => {
    for (const query of [
      'code=the-code&state=other',
      'code=the-code',
      'code=the-code&state=the-state&iss=https://evil.example',
    ]) {
      expect((await failureOf(mastodon, exchange(query))).kind).toBe('invalid-input');
    }
  });

  it.each([
    ['invalid_grant', examples.errors.invalid_grant],
    ['invalid_client', examples.errors.invalid_client],
  ])('is not there where the server says %s', async (code, { status, body }) => {
    mock(SERVICE).post('/oauth/token').reply(status, body);
    const failure = await failureOf(mastodon, exchange());
    expect(failure).toMatchObject({ kind: 'invalid-input', userMessage: expect.stringContaining(code) });
  });

  it('is not there where the person said no', async () => {
    expect(await exchange('error=access_denied&state=the-state')).toBe('denied');
  });

  it('is not taken from an answer that is none', async () => {
    mock(SERVICE).post('/oauth/token').reply(200, '<html>Hello</html>', { 'content-type': 'text/html' });
    expect(await failureOf(mastodon, exchange())).toMatchObject({
      kind: 'invalid-input',
      userMessage: expect.stringContaining('does not understand'),
    });
  });
});

describe('taking it back', () => {
  const access = (credentials: Record<string, unknown>) => ({
    ...context(),
    app: null,
    credentials,
    account: {
      id: 'a1',
      workspaceId: 'w1',
      platform: 'mastodon',
      remoteId: '14715',
      handle: '@trwnh@mastodon.social',
      service: SERVICE,
      state: 'connected' as const,
      stateReason: null,
      announcedLimits: null,
      expiresAt: null,
      createdAt: NOW,
    },
  });

  it('names the token and the app that got it', async () => {
    mock(SERVICE).post('/oauth/revoke', { token: 'the-token', client_id, client_secret }).reply(200, examples.revoked);
    expect(await mastodonOAuth.revoke(access({ accessToken: 'the-token', app: APP }))).toBe('revoked');
  });

  it('fails where the server says it is not ours', async () => {
    const { status, body } = examples.errors.unauthorized_client;
    mock(SERVICE).post('/oauth/revoke').reply(status, body);
    await expect(mastodonOAuth.revoke(access({ accessToken: 'the-token', app: APP }))).rejects.toThrow();
  });

  it('asks nothing for a token that was typed', async () => {
    expect(await mastodonOAuth.revoke(access({ accessToken: 'the-token' }))).toBe('cannot');
  });
});
