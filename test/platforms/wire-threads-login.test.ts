// What leaves for Threads while an account is connected and its login renewed, and what its documented answers are read as. No emulator here.
import { describe, expect, it } from 'vitest';
import type { OAuthWay } from '../../src/core/oauth.ts';
import { threads } from '../../src/platforms/threads/index.ts';
import { threadsOAuth } from '../../src/platforms/threads/oauth.ts';
import me from '../fixtures/threads/me.json' with { type: 'json' };
import oauth from '../fixtures/threads/oauth.json' with { type: 'json' };
import { failureOf } from './harness.ts';
import { GRAPH, useWire } from './threads-kit.ts';

const { now, userId, app, accessToken, mock, surroundings, access, graph } = useWire();

describe('connecting', () => {
  const { redirect_uri } = oauth.page.query;
  const way: OAuthWay = {
    service: 'https://www.threads.com',
    app,
    redirectUri: redirect_uri,
    state: 'the-state',
    verifier: 'v'.repeat(43),
  };
  const answered = (query: Record<string, string>) =>
    threadsOAuth.connect(way, new URLSearchParams({ state: 'the-state', ...query }), surroundings());
  const connect = () => answered({ code: oauth.exchange.request.code });
  const exchanges = (answer: object = oauth.exchange.response, status = 200) =>
    mock(GRAPH).post('/oauth/access_token', oauth.exchange.request).reply(status, answer);
  const prolongs = () => mock(GRAPH).get('/access_token').query(oauth.long.request).reply(200, oauth.long.response);
  const knows = () => graph().get('/v1.0/me').query(me.request).reply(200, me.response);
  const inspects = (answer: object | string = oauth.debug.response, status = 200) =>
    graph().get('/v1.0/debug_token').query(oauth.debug.request).reply(status, answer);

  it('sends the browser to the page of Threads, with what is asked for and nothing secret', async () => {
    const url = await threadsOAuth.authorizationUrl(way);
    expect(`${url.origin}${url.pathname}`).toBe(oauth.page.url);
    expect(Object.fromEntries(url.searchParams)).toEqual({ ...oauth.page.query, state: 'the-state' });
  });

  it('makes of the code a token for an hour, of that one for 60 days, and asks whose it is and what it is for', async () => {
    exchanges();
    prolongs();
    knows();
    inspects();
    expect(await connect()).toEqual({
      accounts: [
        {
          remoteId: userId,
          handle: '@threadsapitestuser',
          service: 'https://www.threads.com',
          credentials: { accessToken, issuedAt: '2026-11-22T12:00:00Z' },
          announcedLimits: null,
          expiresAt: null,
          refreshAt: now.add({ hours: 50 * 24 }),
          kind: null,
        },
      ],
      scopes: oauth.debug.response.data.scopes,
    });
  });

  it.each([
    ['refused, as to whoever is no tester', 400, { error: { code: 100, message: 'no tester' } }],
    ['answered in another way', 200, { data: {} }],
  ])('takes it that all was allowed where that question is %s', async (_, status, body) => {
    exchanges({ ...oauth.exchange.response, user_id: 1020 });
    prolongs();
    knows();
    inspects(body, status);
    expect(await connect()).toMatchObject({ scopes: oauth.page.query.scope.split(',') });
  });

  it('takes Cancel for a no', async () => {
    expect(await answered(oauth.canceled)).toBe('denied');
  });

  it('says how to begin again where the code is none', async () => {
    exchanges(oauth.exchange.refused, 400);
    expect(await failureOf(threads, connect())).toMatchObject({
      kind: 'invalid-input',
      userMessage: expect.stringContaining('/connect threads'),
    });
  });
});

describe('refreshing', () => {
  const refresh = (issuedAt = now.subtract({ hours: 50 * 24 })) => {
    if (!threads.refresh) throw new Error('Threads refreshes');
    return threads.refresh(access(issuedAt));
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
    graph().get('/v1.0/me').query(me.request).reply(200, me.response);
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
    expect((await failureOf(threads, refresh())).kind).toBe(kind);
  });
});
