// What leaves for X while an account is connected, renewed and let go, and what its documented answers are read as. No emulator here.
import { describe, expect, it } from 'vitest';
import type { OAuthWay } from '../../src/core/oauth.ts';
import { x } from '../../src/platforms/x/index.ts';
import { xOAuth } from '../../src/platforms/x/oauth.ts';
import errors from '../fixtures/x/errors.json' with { type: 'json' };
import me from '../fixtures/x/me.json' with { type: 'json' };
import oauth from '../fixtures/x/oauth.json' with { type: 'json' };
import { useHttpMocks } from '../support/http.ts';
import { failureOf } from './harness.ts';
import { accountOf, useSurroundings } from './wire-context.ts';

const API = 'https://api.x.com';
const mock = useHttpMocks();

const surroundings = useSurroundings();

const app = { clientId: oauth.clientId, clientSecret: oauth.clientSecret };
const { access_token: accessToken, refresh_token: refreshToken } = oauth.tokens;
const account = accountOf({
  platform: 'x',
  remoteId: me.response.data.id,
  handle: '@XDevelopers',
  service: 'https://x.com',
});
const access = () => ({ ...surroundings(), account, app, credentials: { accessToken, refreshToken } });
const authorized = { reqheaders: { authorization: `Bearer ${accessToken}` } };
const asApp = { reqheaders: { authorization: oauth.authorization, 'content-type': /^application\/x-www-form-urlencoded/ } };

describe('the link', () => {
  const way: OAuthWay = {
    service: 'https://x.com',
    app,
    redirectUri: oauth.exchange.redirect_uri,
    state: 'state',
    verifier: oauth.exchange.code_verifier.padEnd(43, '-'),
  };
  const body = { ...oauth.exchange, code_verifier: way.verifier };
  const connect = () => xOAuth.connect(way, new URLSearchParams({ state: 'state', code: body.code }), surroundings());

  it('leads to the documented page, with the scopes of posting and a hash of the verifier', async () => {
    const url = await xOAuth.authorizationUrl(way);
    const documented = new URL(oauth.authorizationUrl);
    expect(url.origin + url.pathname).toBe(documented.origin + documented.pathname);
    expect([...url.searchParams.keys()].sort()).toEqual([...documented.searchParams.keys()].sort());
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: oauth.clientId,
      scope: oauth.tokens.scope,
      code_challenge_method: 'S256',
    });
  });

  it('gives the code for tokens as a confidential client does, and asks whose they are', async () => {
    mock(API, asApp).post('/2/oauth2/token', body).reply(200, oauth.tokens);
    mock(API, authorized).get('/2/users/me').query({ 'user.fields': 'subscription_type' }).reply(200, me.response);
    expect(await connect()).toEqual({
      accounts: [
        {
          kind: null,
          remoteId: '2244994945',
          handle: '@XDevelopers',
          service: 'https://x.com',
          credentials: { accessToken, refreshToken },
          announcedLimits: { subscription: 'None' },
          expiresAt: null,
          refreshAt: Temporal.Instant.from('2026-11-22T13:40:00Z'),
        },
      ],
      scopes: ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access'],
    });
  });

  it('knows when a login without a refresh token ends', async () => {
    const { refresh_token: _, ...tokens } = oauth.tokens;
    mock(API)
      .post('/2/oauth2/token')
      .reply(200, { ...tokens, scope: 'tweet.read tweet.write users.read' });
    mock(API).get('/2/users/me').query(true).reply(200, me.response);
    expect(await connect()).toMatchObject({
      accounts: [{ expiresAt: Temporal.Instant.from('2026-11-22T14:00:00Z'), refreshAt: null }],
      scopes: ['tweet.read', 'tweet.write', 'users.read'],
    });
  });

  it.each([
    ['deadCode', 'invalid_request'],
    ['wrongApp', 'unauthorized_client'],
  ] as const)('says what came in between: %s', async (name, code) => {
    const { status, body: answer } = oauth.errors[name];
    mock(API).post('/2/oauth2/token').reply(status, answer);
    expect(await failureOf(x, connect())).toMatchObject({ kind: 'invalid-input', userMessage: expect.stringContaining(code) });
  });

  it('says so where X has the login and does not tell whose it is', async () => {
    mock(API).post('/2/oauth2/token').reply(200, oauth.tokens);
    mock(API).get('/2/users/me').query(true).reply(402, errors.creditsDepleted.body);
    expect(await failureOf(x, connect())).toMatchObject({ kind: 'unavailable', userMessage: expect.stringContaining('credits') });
  });
});

describe('the login', () => {
  const refresh = () => {
    if (!x.refresh) throw new Error('X logins are refreshed');
    return x.refresh(access());
  };

  it('is refreshed as documented, and both tokens are new', async () => {
    mock(API, asApp)
      .post('/2/oauth2/token', oauth.refresh)
      .reply(200, { ...oauth.tokens, access_token: 'a2', refresh_token: 'r2' });
    expect(await refresh()).toEqual({
      credentials: { accessToken: 'a2', refreshToken: 'r2' },
      expiresAt: null,
      refreshAt: Temporal.Instant.from('2026-11-22T13:40:00Z'),
    });
  });

  it('is dead by the word that X has for it, and by no other', async () => {
    const { deadToken, wrongApp } = oauth.errors;
    mock(API).post('/2/oauth2/token').reply(deadToken.status, deadToken.body);
    expect((await failureOf(x, refresh())).kind).toBe('auth-revoked');
    mock(API).post('/2/oauth2/token').reply(wrongApp.status, wrongApp.body);
    expect(await failureOf(x, refresh())).toMatchObject({ kind: 'unavailable', userMessage: expect.stringContaining('app') });
    mock(API).post('/2/oauth2/token').reply(503, 'over capacity');
    expect((await failureOf(x, refresh())).kind).toBe('outcome-unknown');
  });

  it('is taken back as documented: both of its tokens', async () => {
    mock(API, asApp).post('/2/oauth2/revoke', { token: refreshToken }).reply(200, { revoked: true });
    mock(API, asApp).post('/2/oauth2/revoke', oauth.revoke).reply(200, { revoked: true });
    expect(await xOAuth.revoke(access())).toBe('revoked');
  });

  it('is taken back too where one token went with the other', async () => {
    const { status, body } = oauth.errors.deadToken;
    mock(API).post('/2/oauth2/revoke', { token: refreshToken }).reply(200, { revoked: true });
    mock(API).post('/2/oauth2/revoke', oauth.revoke).reply(status, body);
    expect(await xOAuth.revoke(access())).toBe('revoked');
  });
});
