// Meta gives an app a token of its own for its id and secret, which nobody has to allow: the surest way to see whether they are right.
// The token is not looked at and goes with the answer. https://developers.facebook.com/documentation/threads/get-started/app-access-tokens
// (checked 2026-11-22), and the same for Facebook: https://developers.facebook.com/docs/facebook-login/guides/access-tokens#apptokens (unverified).
import type { Http } from '../../src/core/http.ts';
import type { OAuthWay } from '../../src/core/oauth.ts';
import { graphAt } from '../../src/platforms/facebook/client.ts';
import { hostsAt } from '../../src/platforms/threads/client.ts';
import { PATIENCE_MS } from './ways.ts';

/** Where each is asked for, by platform id; Instagram has no such. */
const ENDPOINTS: Readonly<Record<string, (service: string) => string>> = {
  facebook: (service) => `${graphAt(service)}/oauth/access_token`,
  threads: (service) => `${hostsAt(service).graph}/oauth/access_token`,
};

/** False also where the network has no such token, or did not answer: then it says nothing. */
export async function givesOwnToken(platform: string, { service, app }: OAuthWay, http: Http): Promise<boolean> {
  const endpoint = ENDPOINTS[platform];
  if (!endpoint) return false;
  const url = new URL(endpoint(service));
  const { clientId, clientSecret } = app;
  url.search = new URLSearchParams({
    client_id: clientId,
    client_secret: clientSecret,
    grant_type: 'client_credentials',
  }).toString();
  try {
    const response = await http.fetch(url, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) });
    return response.ok && /"access_token"/.test(await response.text());
  } catch {
    // whether it can be reached is said by the next thing it is asked
    return false;
  }
}
