// What leaves for Google when a YouTube channel is connected, renewed and taken back, and what its documented answers are read as.
import { describe, expect, it } from 'vitest';
import type { OAuthWay } from '../../src/core/oauth.ts';
import { youtube } from '../../src/platforms/youtube/index.ts';
import { youtubeOAuth as oauth } from '../../src/platforms/youtube/oauth.ts';
import channels from '../fixtures/youtube/channels.json' with { type: 'json' };
import errors from '../fixtures/youtube/errors.json' with { type: 'json' };
import token from '../fixtures/youtube/token.json' with { type: 'json' };
import { failureOf } from './harness.ts';
import { NOW } from './wire-context.ts';
import { API, APP, account, authorized, CREDENTIALS, GOOGLE, useYouTubeWire } from './wire-youtube-desk.ts';

const { mock, surroundings, access } = useYouTubeWire();

describe('Connecting YouTube', () => {
  const way: OAuthWay = {
    service: 'https://www.youtube.com',
    app: APP,
    redirectUri: 'https://crier.example/oauth/callback/youtube',
    state: 's'.repeat(43),
    verifier: 'v'.repeat(43),
  };
  const scope = token.response.scope;
  const answer = new URLSearchParams({ code: '4/P7q7W91', state: way.state, iss: 'https://accounts.google.com', scope });
  const exchange = () =>
    mock(GOOGLE).post('/token', {
      client_id: APP.clientId,
      client_secret: APP.clientSecret,
      code: '4/P7q7W91',
      code_verifier: way.verifier,
      grant_type: 'authorization_code',
      redirect_uri: way.redirectUri,
    });
  const whose = () =>
    mock(API, authorized).get('/youtube/v3/channels').query({ part: 'snippet,contentDetails,status', mine: 'true' });

  it("asks on Google's page for a login that outlives the hour", async () => {
    const url = await oauth.authorizationUrl(way);
    expect(`${url.origin}${url.pathname}`).toBe('https://accounts.google.com/o/oauth2/v2/auth');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: APP.clientId,
      redirect_uri: way.redirectUri,
      scope,
      state: way.state,
      access_type: 'offline',
      prompt: 'consent',
      include_granted_scopes: 'true',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    });
  });

  it('reads the channel, what it may upload, and when its tokens are to be renewed', async () => {
    exchange().reply(200, token.response);
    whose().reply(200, channels.response);
    expect(await oauth.connect(way, answer, surroundings())).toEqual({
      accounts: [
        {
          remoteId: account.remoteId,
          handle: '@googledevelopers',
          service: 'https://www.youtube.com',
          credentials: CREDENTIALS,
          announcedLimits: { longUploads: 'eligible' },
          kind: null,
          expiresAt: null,
          refreshAt: NOW.add({ seconds: 3599 - 600 }),
        },
      ],
      scopes: scope.split(' '),
    });
  });

  it('knows that the login of an app in testing mode dies in a week', async () => {
    exchange().reply(200, { ...token.response, ...token.testing });
    whose().reply(200, channels.response);
    expect(await oauth.connect(way, answer, surroundings())).toMatchObject({
      accounts: [{ expiresAt: NOW.add({ seconds: token.testing.refresh_token_expires_in }) }],
    });
  });

  it('takes a login without a refresh token until its hour is over', async () => {
    const { refresh_token: _, ...alone } = token.response;
    exchange().reply(200, alone);
    whose().reply(200, channels.response);
    expect(await oauth.connect(way, answer, surroundings())).toMatchObject({
      accounts: [{ expiresAt: NOW.add({ seconds: 3599 }), refreshAt: null }],
    });
  });

  it.each([
    ['an empty list', 200, channels.none],
    ['its own refusal', errors.noChannel.status, errors.noChannel.body],
  ])('says that there is no channel yet where YouTube says so by %s', async (_, status, body) => {
    exchange().reply(200, token.response);
    whose().reply(status, body);
    expect(await failureOf(youtube, oauth.connect(way, answer, surroundings()))).toMatchObject({
      kind: 'invalid-input',
      userMessage: expect.stringContaining('no YouTube channel yet'),
    });
  });

  it('takes no answer of another issuer', async () => {
    const forged = new URLSearchParams(answer);
    forged.set('iss', 'https://accounts.example.com');
    expect((await failureOf(youtube, oauth.connect(way, forged, surroundings()))).kind).toBe('invalid-input');
  });

  const renewal = () =>
    mock(GOOGLE).post('/token', {
      client_id: APP.clientId,
      client_secret: APP.clientSecret,
      grant_type: 'refresh_token',
      refresh_token: CREDENTIALS.refreshToken,
    });

  it('renews the access token and keeps the refresh token, which Google gives once', async () => {
    renewal().reply(200, token.refreshed);
    const until = NOW.add({ hours: 100 });
    expect(await youtube.refresh?.({ ...access(), account: { ...account, expiresAt: until } })).toEqual({
      credentials: { ...CREDENTIALS, accessToken: token.refreshed.access_token },
      expiresAt: until,
      refreshAt: NOW.add({ seconds: 3599 - 600 }),
    });
  });

  it('takes a new refresh token where Google gives one', async () => {
    renewal().reply(200, { ...token.refreshed, refresh_token: '1//another' });
    expect(await youtube.refresh?.(access())).toMatchObject({ credentials: { refreshToken: '1//another' } });
  });

  it.each([
    [token.dead.status, token.dead.body, 'auth-revoked'],
    [503, {}, 'outcome-unknown'],
  ])('a renewal answered with %i %j is %s', async (status, body, kind) => {
    renewal().reply(status, body);
    expect((await failureOf(youtube, youtube.refresh?.(access()) ?? Promise.resolve())).kind).toBe(kind);
  });

  it.each([
    [200, {}],
    [token.revokedBefore.status, token.revokedBefore.body],
  ])('takes the login back, also where it is gone already (%i)', async (status, body) => {
    mock(GOOGLE)
      .post('/revoke', (sent) => sent.token === CREDENTIALS.refreshToken)
      .reply(status, body);
    expect(await oauth.revoke(access())).toBe('revoked');
  });

  it('does not call a login taken back that Google may still have', async () => {
    mock(GOOGLE).post('/revoke').reply(503, {});
    await failureOf(youtube, oauth.revoke(access()));
  });
});
