// What leaves for Facebook while Pages are connected, and what its documented answers are read as. No emulator here: the examples are in
// test/fixtures/facebook.
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { OAuthWay } from '../../src/core/oauth.ts';
import { facebook } from '../../src/platforms/facebook/index.ts';
import { facebookOAuth } from '../../src/platforms/facebook/oauth.ts';
import login from '../fixtures/facebook/oauth.json' with { type: 'json' };
import { useHttpMocks } from '../support/http.ts';
import { failureOf } from './harness.ts';
import { useSurroundings } from './wire-context.ts';

const GRAPH = 'https://graph.facebook.com';
const APP = { clientId: '1234567890123456', clientSecret: 'app-secret' };
const REDIRECT = 'https://crier.example.com/oauth/callback/facebook';
const WAY: OAuthWay = {
  service: 'https://www.facebook.com',
  app: APP,
  redirectUri: REDIRECT,
  state: 'the-state',
  verifier: 'v'.repeat(43),
};
const mock = useHttpMocks();
const surroundings = useSurroundings();

const LONG = login.long.access_token;
const proof = createHmac('sha256', APP.clientSecret).update(LONG).digest('hex');
const asPerson = () => mock(GRAPH, { reqheaders: { authorization: `Bearer ${LONG}` } });
const proven = (query: Record<string, string> = {}) => ({ ...query, appsecret_proof: proof });

describe('Connecting', () => {
  const exchange = (query = 'code=the-code&state=the-state') =>
    facebookOAuth.connect(WAY, new URLSearchParams(query), surroundings());
  const tokens = {
    grant_type: 'authorization_code',
    code: 'the-code',
    redirect_uri: REDIRECT,
    client_id: APP.clientId,
    client_secret: APP.clientSecret,
  };
  const shorten = () => mock(GRAPH).post('/v26.0/oauth/access_token', tokens).reply(200, login.short);
  const lengthen = () =>
    mock(GRAPH)
      .get('/v26.0/oauth/access_token')
      .query({
        grant_type: 'fb_exchange_token',
        client_id: APP.clientId,
        client_secret: APP.clientSecret,
        fb_exchange_token: login.short.access_token,
      })
      .reply(200, login.long);
  const permit = () => asPerson().get('/v26.0/me/permissions').query(proven({})).reply(200, login.permissions);
  const fields = { fields: 'id,name,access_token,tasks', limit: '100' };

  it('leads to Facebook’s dialog with what is asked for', async () => {
    const url = await facebookOAuth.authorizationUrl(WAY);
    expect(`${url.origin}${url.pathname}`).toBe('https://www.facebook.com/v26.0/dialog/oauth');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: APP.clientId,
      redirect_uri: REDIRECT,
      state: 'the-state',
      scope:
        'pages_show_list,pages_manage_posts,pages_read_engagement,pages_manage_engagement,pages_read_user_content,business_management,read_insights',
      auth_type: 'rerequest',
    });
  });

  it('offers each Page that the person may post to, with a token of its own, and says what was declined', async () => {
    shorten();
    lengthen();
    permit();
    asPerson().get('/v26.0/me/accounts').query(proven(fields)).reply(200, login.firstPages);
    asPerson()
      .get('/v26.0/me/accounts')
      .query(proven({ ...fields, after: 'NDMy' }))
      .reply(200, login.lastPages);
    expect(await exchange()).toEqual({
      accounts: [
        {
          kind: 'Page',
          remoteId: '19292868552',
          handle: 'Facebook for Developers',
          service: 'https://www.facebook.com',
          credentials: { accessToken: 'facebook-for-developers-page-access-token' },
          announcedLimits: null,
          expiresAt: null,
        },
        expect.objectContaining({ remoteId: '1755847768034402', handle: 'My Outlook Page' }),
      ],
      scopes: ['pages_show_list', 'pages_manage_posts', 'pages_read_engagement'],
    });
  });

  it('says where to choose a Page where there is none', async () => {
    shorten();
    lengthen();
    permit();
    asPerson().get('/v26.0/me/accounts').query(true).reply(200, { data: [] });
    expect(await failureOf(facebook, exchange())).toMatchObject({
      kind: 'invalid-input',
      userMessage: expect.stringContaining('no Page'),
    });
  });

  it('connects nothing where the person said no', async () => {
    const query = 'error_reason=user_denied&error=access_denied&error_description=Permissions+error.&state=the-state';
    expect(await exchange(query)).toBe('denied');
  });

  it.each([
    ['a code that was used', login.errors.usedCode, 'invalid_grant'],
    ['an app secret that is wrong', login.errors.wrongSecret, 'id and secret'],
  ])('says so for %s', async (_, { status, body }, words) => {
    mock(GRAPH).post('/v26.0/oauth/access_token').reply(status, body);
    expect(await failureOf(facebook, exchange())).toMatchObject({
      kind: 'invalid-input',
      userMessage: expect.stringContaining(words),
    });
  });

  it('can be tried again where Facebook fails behind the token', async () => {
    shorten();
    mock(GRAPH).get('/v26.0/oauth/access_token').query(true).reply(500, {});
    expect(await failureOf(facebook, exchange())).toMatchObject({
      kind: 'unavailable',
      userMessage: expect.stringContaining('/connect facebook'),
    });
  });
});
