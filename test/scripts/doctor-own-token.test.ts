// The token that Meta gives an app itself, by which the doctor sees that id and secret are right: the request as it is documented.
import { describe, expect, it } from 'vitest';
import { givesOwnToken } from '../../scripts/doctor/own-token.ts';
import type { OAuthWay } from '../../src/core/oauth.ts';
import { useHttpMocks } from '../support/http.ts';

const mock = useHttpMocks();
const http = { fetch: globalThis.fetch.bind(globalThis), dispatcher: null };
const way = (service: string): OAuthWay => ({
  service,
  app: { clientId: '990602627938098', clientSecret: 'a1b2C3D4' },
  redirectUri: 'https://crier.example.com/oauth/callback/threads',
  state: 'state',
  verifier: 'verifier',
});
const QUERY = { client_id: '990602627938098', client_secret: 'a1b2C3D4', grant_type: 'client_credentials' };

describe('an app’s own token', () => {
  it('is asked for at Threads', async () => {
    mock('https://graph.threads.net')
      .get('/oauth/access_token')
      .query(QUERY)
      .reply(200, { access_token: 'TH|990602627938098|abc', token_type: 'bearer' });
    expect(await givesOwnToken('threads', way('https://www.threads.com'), http)).toBe(true);
  });

  it('says nothing where it is refused: what comes next tells why', async () => {
    mock('https://graph.facebook.com')
      .get(/^\/v\d+\.\d+\/oauth\/access_token$/)
      .query(QUERY)
      .reply(400, { error: { message: 'Error validating client secret.', type: 'OAuthException', code: 1 } });
    expect(await givesOwnToken('facebook', way('https://www.facebook.com'), http)).toBe(false);
  });

  it('is not asked for where there is none', async () => {
    expect(await givesOwnToken('instagram', way('https://www.instagram.com'), http)).toBe(false);
  });
});
