// What leaves for Instagram while an account is connected and its login renewed, and what its documented answers are read as. No emulator here.
import { describe, expect, it } from 'vitest';
import type { OAuthWay } from '../../src/core/oauth.ts';
import { instagram } from '../../src/platforms/instagram/index.ts';
import { instagramOAuth } from '../../src/platforms/instagram/oauth.ts';
import me from '../fixtures/instagram/me.json' with { type: 'json' };
import oauth from '../fixtures/instagram/oauth.json' with { type: 'json' };
import { failureOf } from './harness.ts';
import { useWire } from './instagram-kit.ts';

const GRAPH = 'https://graph.instagram.com';
const { now, userId, app, accessToken, mock, surroundings, access, graph } = useWire();

describe('connecting', () => {
  const { client_id, redirect_uri } = oauth.page.query;
  const way: OAuthWay = {
    service: 'https://www.instagram.com',
    app,
    redirectUri: redirect_uri,
    state: 'the-state',
    verifier: 'v'.repeat(43),
  };
  const answered = (query: Record<string, string>) =>
    instagramOAuth.connect(way, new URLSearchParams({ state: 'the-state', ...query }), surroundings());
  const connect = () => answered({ code: oauth.exchange.request.code });
  const exchanges = (answer: object, status = 200) =>
    mock('https://api.instagram.com').post('/oauth/access_token', oauth.exchange.request).reply(status, answer);
  const prolongs = () => mock(GRAPH).get('/access_token').query(oauth.long.request).reply(200, oauth.long.response);
  const knows = (answer: object) => graph().get('/v25.0/me').query(me.request).reply(200, answer);

  it('sends the browser to Instagram’s page, with what is asked for and nothing secret', async () => {
    const url = await instagramOAuth.authorizationUrl(way);
    expect(`${url.origin}${url.pathname}`).toBe(oauth.page.url);
    expect(Object.fromEntries(url.searchParams)).toEqual({ ...oauth.page.query, state: 'the-state' });
    expect(client_id).toBe(app.clientId);
  });

  it('makes of the code a token for an hour, of that one for 60 days, and asks whose it is', async () => {
    exchanges(oauth.exchange.response);
    prolongs();
    knows(me.response);
    expect(await connect()).toEqual({
      accounts: [
        {
          remoteId: userId,
          handle: '@bronzedfonzes',
          service: 'https://www.instagram.com',
          credentials: { accessToken, issuedAt: '2026-11-22T12:00:00Z' },
          announcedLimits: null,
          expiresAt: null,
          refreshAt: now.add({ hours: 50 * 24 }),
          kind: null,
        },
      ],
      scopes: ['instagram_business_basic', 'instagram_business_content_publish'],
    });
  });

  it('reads the same answers without data around them', async () => {
    const [token] = oauth.exchange.response.data;
    exchanges({ ...token, user_id: 1020, permissions: token?.permissions.split(',') });
    prolongs();
    knows({ ...me.response.data[0] });
    expect(await connect()).toMatchObject({ accounts: [{ remoteId: userId }], scopes: { length: 2 } });
  });

  it('takes Cancel for a no', async () => {
    expect(await answered(oauth.canceled)).toBe('denied');
  });

  it('says how to begin again where the code is none', async () => {
    exchanges(oauth.exchange.refused, 400);
    expect(await failureOf(instagram, connect())).toMatchObject({
      kind: 'invalid-input',
      userMessage: expect.stringContaining('/connect instagram'),
    });
  });

  it('says what to do with a personal account', async () => {
    exchanges(oauth.exchange.response);
    prolongs();
    knows({ data: [{ ...me.response.data[0], account_type: 'PERSONAL' }] });
    expect(await failureOf(instagram, connect())).toMatchObject({
      kind: 'invalid-input',
      userMessage: expect.stringContaining('professional'),
    });
  });
});

describe('refreshing', () => {
  const old = now.subtract({ hours: 50 * 24 });
  const refresh = (issuedAt = old) => {
    if (!instagram.refresh) throw new Error('Instagram refreshes');
    return instagram.refresh(access(issuedAt));
  };
  const refreshes = () => mock(GRAPH).get('/refresh_access_token').query(oauth.refresh.request);

  it('makes of a token a new one for 60 days', async () => {
    refreshes().reply(200, oauth.refresh.response);
    expect(await refresh()).toEqual({
      credentials: { accessToken: oauth.refresh.response.access_token, issuedAt: now.toString() },
      expiresAt: null,
      refreshAt: now.add({ hours: 50 * 24 }),
    });
  });

  it('leaves a token alone that is younger than a day and good', async () => {
    graph().get('/v25.0/me').query(me.request).reply(200, me.response);
    const issuedAt = now.subtract({ hours: 23 });
    expect(await refresh(issuedAt)).toMatchObject({ credentials: { accessToken, issuedAt: issuedAt.toString() } });
  });

  it.each([
    [400, { error: { code: 190, error_subcode: 463, message: 'expired' } }, 'auth-revoked'],
    [400, { error: { code: 190, message: 'invalid' } }, 'auth-revoked'],
    [400, { error: { code: 2, message: 'try again' } }, 'unavailable'],
    [400, { error: { code: 4, message: 'too many' } }, 'rate-limited'],
    [503, 'Service unavailable', 'unavailable'],
  ])('of %i with %j is %s', async (status, body, kind) => {
    refreshes().reply(status, body);
    expect((await failureOf(instagram, refresh())).kind).toBe(kind);
  });
});
