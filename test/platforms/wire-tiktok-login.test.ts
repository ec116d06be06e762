// What leaves for TikTok while an account is connected, renewed and let go, and what its documented answers are read as. No emulator here.
import { describe, expect, it } from 'vitest';
import type { OAuthWay } from '../../src/core/oauth.ts';
import { tiktok } from '../../src/platforms/tiktok/index.ts';
import { tiktokOAuth } from '../../src/platforms/tiktok/oauth.ts';
import creator from '../fixtures/tiktok/creator-info.json' with { type: 'json' };
import oauth from '../fixtures/tiktok/oauth.json' with { type: 'json' };
import userInfo from '../fixtures/tiktok/user-info.json' with { type: 'json' };
import { useHttpMocks } from '../support/http.ts';
import { failureOf } from './harness.ts';
import { accountOf, NOW, useSurroundings } from './wire-context.ts';

const API = 'https://open.tiktokapis.com';
const mock = useHttpMocks();

const surroundings = useSurroundings();

const app = { clientId: oauth.exchange.client_key, clientSecret: oauth.exchange.client_secret };
const { access_token: accessToken, refresh_token: refreshToken } = oauth.tokens;
const account = accountOf({
  platform: 'tiktok',
  remoteId: oauth.tokens.open_id,
  handle: '@tiktok',
  service: 'https://www.tiktok.com',
});
const access = () => ({ ...surroundings(), account, app, credentials: { accessToken, refreshToken } });
const asForm = { reqheaders: { 'content-type': /^application\/x-www-form-urlencoded/ } };
const authorized = { reqheaders: { authorization: `Bearer ${accessToken}` } };
const ends = { expiresAt: NOW.add({ hours: 180 * 24 }), refreshAt: NOW.add({ minutes: 100 }) };

const way: OAuthWay = {
  service: 'https://www.tiktok.com',
  app,
  redirectUri: oauth.exchange.redirect_uri,
  state: 'state',
  verifier: 'v'.repeat(43),
};
const connect = (query = 'state=state&code=CODE&scopes=user.info.basic') =>
  tiktokOAuth.connect(way, new URLSearchParams(query), surroundings());

describe('the link', () => {
  it('leads to the documented page, with commas between the scopes', async () => {
    const url = await tiktokOAuth.authorizationUrl(way);
    expect(url.origin + url.pathname).toBe(oauth.page);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_key: 'CLIENT_KEY',
      response_type: 'code',
      scope: 'user.info.basic,video.publish,video.upload',
      redirect_uri: oauth.exchange.redirect_uri,
      state: 'state',
    });
  });

  it.each([
    ['true', 'user.info.basic,video.publish,video.upload,video.list,user.info.stats'],
    ['false', 'user.info.basic,video.publish,video.upload'],
  ])('asks for what figures need where the app has it, and for no more than it has (%s)', async (figures, scope) => {
    const url = await tiktokOAuth.authorizationUrl({ ...way, app: { ...app, options: { figures } } });
    expect(url.searchParams.get('scope')).toBe(scope);
  });

  it('gives the code for tokens as documented, and asks whose they are and what the account may do', async () => {
    mock(API, asForm).post('/v2/oauth/token/', oauth.exchange).reply(200, oauth.tokens);
    mock(API, authorized)
      .get('/v2/user/info/')
      .query({ fields: 'open_id,display_name' })
      .reply(200, userInfo.response)
      .post('/v2/post/publish/creator_info/query/')
      .reply(200, creator.response);
    expect(await connect()).toEqual({
      accounts: [
        {
          kind: null,
          remoteId: oauth.tokens.open_id,
          handle: '@tiktok',
          service: 'https://www.tiktok.com',
          credentials: { accessToken, refreshToken },
          announcedLimits: { maxSeconds: 300 },
          ...ends,
        },
      ],
      scopes: ['user.info.basic', 'video.publish', 'video.upload'],
    });
  });

  it('is over where Deny was pressed', async () => {
    expect(await connect('state=state&error=access_denied&error_description=User+denied')).toBe('denied');
  });

  it.each([
    [200, 'wrongRedirect', 'invalid_request'],
    [400, 'wrongRedirect', 'invalid_request'],
    [200, 'wrongApp', 'npm run doctor'],
    [401, 'wrongApp', 'npm run doctor'],
  ] as const)('says what to do where the code is refused with %i and %s', async (status, error, words) => {
    mock(API).post('/v2/oauth/token/').reply(status, oauth.errors[error]);
    const failure = await failureOf(tiktok, connect());
    expect(failure).toMatchObject({ kind: 'invalid-input', userMessage: expect.stringContaining(words) });
  });
});

describe('a login', () => {
  const refresh = () => {
    if (!tiktok.refresh) throw new Error('TikTok logins are refreshed');
    return tiktok.refresh(access());
  };

  it('is refreshed as documented, and what came is stored, with its ends', async () => {
    const fresh = { ...oauth.tokens, access_token: 'act.new', refresh_token: 'rft.new', refresh_expires_in: 86_400 };
    mock(API, asForm).post('/v2/oauth/token/', oauth.refresh).reply(200, fresh);
    expect(await refresh()).toEqual({
      credentials: { accessToken: 'act.new', refreshToken: 'rft.new' },
      ...ends,
      expiresAt: NOW.add({ hours: 24 }),
    });
  });

  it.each([
    [200, 'deadToken', 'auth-revoked'],
    [400, 'deadToken', 'auth-revoked'],
    [200, 'wrongApp', 'unavailable'],
    [401, 'wrongApp', 'unavailable'],
    [503, 'wrongApp', 'outcome-unknown'],
  ] as const)('whose refresh is answered with %i and %s is %s', async (status, error, kind) => {
    mock(API).post('/v2/oauth/token/').reply(status, oauth.errors[error]);
    expect((await failureOf(tiktok, refresh())).kind).toBe(kind);
  });

  it('is taken back as documented', async () => {
    mock(API, asForm).post('/v2/oauth/revoke/', oauth.revoke).reply(200, {});
    expect(await tiktokOAuth.revoke(access())).toBe('revoked');
  });

  it('may still be good where TikTok refuses to take it back', async () => {
    mock(API).post('/v2/oauth/revoke/').reply(200, oauth.errors.wrongRedirect);
    expect((await failureOf(tiktok, tiktokOAuth.revoke(access()))).kind).toBe('rejected');
  });
});
