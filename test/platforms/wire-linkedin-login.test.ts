// What leaves for LinkedIn while accounts are connected and refreshed, and what its documented answers are read as. No emulator here.
import type nock from 'nock';
import { describe, expect, it } from 'vitest';
import type { OAuthWay } from '../../src/core/oauth.ts';
import { linkedin } from '../../src/platforms/linkedin/index.ts';
import errors from '../fixtures/linkedin/errors.json' with { type: 'json' };
import oauthExamples from '../fixtures/linkedin/oauth.json' with { type: 'json' };
import people from '../fixtures/linkedin/people.json' with { type: 'json' };
import { failureOf } from './harness.ts';
import { NOW } from './wire-context.ts';
import { API, APP, account, TOKEN, useLinkedInWire, WWW } from './wire-linkedin-desk.ts';

const { mock, surroundings, rest } = useLinkedInWire();

describe('a login', () => {
  const way: OAuthWay = {
    service: WWW,
    app: APP,
    redirectUri: 'https://crier.example.com/oauth/callback/linkedin',
    state: 'the-state',
    verifier: 'v'.repeat(43),
  };
  const oauth = () => {
    if (!linkedin.oauth) throw new Error('LinkedIn is connected by a link');
    return linkedin.oauth;
  };
  const connect = (app = APP, query = 'code=the-code&state=the-state') =>
    oauth().connect({ ...way, app }, new URLSearchParams(query), surroundings());
  const GRANT = {
    grant_type: 'authorization_code',
    code: 'the-code',
    redirect_uri: way.redirectUri,
    client_id: APP.clientId,
    client_secret: APP.clientSecret,
  };
  const expectToken = (answer: object): nock.Scope => mock(WWW).post('/oauth/v2/accessToken', GRANT).reply(200, answer);

  it('begins at LinkedIn’s own page, with the scopes of the app', async () => {
    const url = await oauth().authorizationUrl(way);
    expect(`${url.origin}${url.pathname}`).toBe(`${WWW}/oauth/v2/authorization`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'the-client',
      redirect_uri: way.redirectUri,
      scope: 'openid profile w_member_social',
      state: 'the-state',
    });
  });

  it('of an app with Pages asks for those too, and for nothing of OpenID', () => {
    const names = oauth()
      .scopes({ ...APP, options: { pages: 'true' } })
      .map(({ name }) => name);
    expect(names).toContain('w_organization_social');
    expect(names).not.toContain('openid');
  });

  it('leads to the member, ends after 60 days, and is not refreshed where LinkedIn gave nothing to refresh with', async () => {
    expectToken(oauthExamples.granted);
    mock(API, { reqheaders: { authorization: `Bearer ${TOKEN}` } })
      .get('/v2/userinfo')
      .reply(200, people.userinfo);
    expect(await connect()).toEqual({
      accounts: [
        {
          kind: 'member',
          remoteId: 'urn:li:person:782bbtaQ',
          handle: 'Ann Example',
          service: WWW,
          announcedLimits: null,
          credentials: { accessToken: TOKEN, refreshToken: null, loginEndsAt: null },
          expiresAt: NOW.add({ hours: 60 * 24 }),
          refreshAt: null,
        },
      ],
      scopes: ['openid', 'profile', 'w_member_social'],
    });
  });

  it('of a partner’s app leads to the Pages too, ends after a year, and is refreshed a week ahead', async () => {
    expectToken(oauthExamples.partner);
    mock(API).get('/v2/me').reply(200, people.me);
    rest().get(people.acls.request).reply(200, people.acls.response);
    for (const [id, organization] of Object.entries(people.organizations))
      rest().get(`/rest/organizations/${id}`).reply(200, organization);
    const granted = await connect();
    if (granted === 'denied') throw new Error('it was denied');
    expect(granted.accounts.map(({ kind, remoteId, handle }) => [kind, remoteId, handle])).toEqual([
      ['member', 'urn:li:person:yrZCpj2Z12', 'Bob Example'],
      ['organization', 'urn:li:organization:2414183', 'Devtestco'],
      ['organization', 'urn:li:organization:5583111', 'Acme Corp'],
    ]);
    expect(granted.accounts.at(-1)).toMatchObject({
      credentials: { accessToken: TOKEN, refreshToken: oauthExamples.partner.refresh_token, loginEndsAt: '2027-11-22T12:00:00Z' },
      expiresAt: NOW.add({ hours: 365 * 24 }),
      refreshAt: NOW.add({ hours: 53 * 24 }),
    });
  });

  it.each(['user_cancelled_login', 'user_cancelled_authorize'])('is denied where LinkedIn says %s', async (error) => {
    expect(await connect(APP, `error=${error}&error_description=The+user+cancelled&state=the-state`)).toBe('denied');
  });

  it('says what is missing where the app may not read who it is', async () => {
    expectToken(oauthExamples.granted);
    mock(API).get('/v2/userinfo').reply(errors.denied.status, errors.denied.body);
    expect(await failureOf(linkedin, connect())).toMatchObject({
      kind: 'invalid-input',
      userMessage: expect.stringContaining('linkedin.com/developers'),
    });
  });

  describe('refreshed', () => {
    const stored = { accessToken: TOKEN, refreshToken: oauthExamples.partner.refresh_token, loginEndsAt: '2027-11-22T12:00:00Z' };
    const refresh = (credentials: Record<string, unknown> = stored, app: typeof APP | null = APP) =>
      Promise.resolve(linkedin.refresh?.({ ...surroundings(), account, credentials, app }));
    const expectRefresh = (status: number, answer: object): nock.Scope =>
      mock(WWW)
        .post('/oauth/v2/accessToken', {
          grant_type: 'refresh_token',
          refresh_token: stored.refreshToken,
          client_id: APP.clientId,
          client_secret: APP.clientSecret,
        })
        .reply(status, answer);

    it('has a new access token and ends no later than before', async () => {
      expectRefresh(200, oauthExamples.refreshed);
      expect(await refresh()).toEqual({
        credentials: {
          accessToken: oauthExamples.refreshed.access_token,
          refreshToken: stored.refreshToken,
          loginEndsAt: NOW.add({ hours: 306 * 24 }).toString(),
        },
        expiresAt: NOW.add({ hours: 306 * 24 }),
        refreshAt: NOW.add({ hours: 53 * 24 }),
      });
    });

    it('near its end is not refreshed any more, since that would put off nothing', async () => {
      expectRefresh(200, oauthExamples.refreshedNearTheEnd);
      expect(await refresh()).toMatchObject({ refreshAt: null, expiresAt: NOW.add({ hours: 5 * 24 }) });
    });

    it('keeps its end where the answer does not say it', async () => {
      const { refresh_token: _, refresh_token_expires_in: __, ...answer } = oauthExamples.refreshed;
      expectRefresh(200, answer);
      expect(await refresh()).toMatchObject({
        credentials: { refreshToken: stored.refreshToken, loginEndsAt: stored.loginEndsAt },
      });
    });

    it('is over by LinkedIn’s own word alone', async () => {
      const { deadRefreshToken, wrongApp } = oauthExamples;
      expectRefresh(deadRefreshToken.status, deadRefreshToken.body);
      expect((await failureOf(linkedin, refresh())).kind).toBe('auth-revoked');
      expectRefresh(wrongApp.status, wrongApp.body);
      expect((await failureOf(linkedin, refresh())).kind).toBe('unavailable');
      expectRefresh(503, {});
      expect((await failureOf(linkedin, refresh())).kind).toBe('outcome-unknown');
    });

    it('is over where there is nothing to refresh with, and asks for nothing', async () => {
      expect((await failureOf(linkedin, refresh({ ...stored, refreshToken: null }))).kind).toBe('auth-revoked');
    });

    it('waits for its app where the settings have none any more', async () => {
      expect((await failureOf(linkedin, refresh(stored, null))).userMessage).toContain('LINKEDIN_CLIENT_ID');
    });
  });
});
