// Whether a network knows Crier's app: it is asked for a token with a made-up code, which it must refuse, and how it refuses tells. RFC 6749
// section 5.2: `invalid_grant` is about the code, and so the app was known and its secret right; `invalid_client` is about the app.

import type { Clock } from '../../src/core/clock.ts';
import { CrierError } from '../../src/core/errors.ts';
import type { Http } from '../../src/core/http.ts';
import type { OAuth, OAuthWay } from '../../src/core/oauth.ts';
import { wordsOf } from './finding.ts';
import { PATIENCE_MS } from './ways.ts';

/**
 * - `known`: the network said so.
 * - `not-refused`: it complained of the code in words that may be about anything, as X and LinkedIn do (`invalid_request`).
 * - `refused`: the app or its secret is wrong. `other-address`: the redirect URI is none of the app's.
 * - `silent`: this network does not tell. `away`: it did not answer.
 */
export type Verdict = 'known' | 'not-refused' | 'refused' | 'other-address' | 'silent' | 'away';

export interface Trial {
  verdict: Verdict;
  /** The network's own code, or what broke; '' where there is neither. */
  told: string;
}

const REFUSED = ['invalid_client', 'unauthorized_client'];

/**
 * Instagram and Threads give one status and one type for all: only the sentence differs.
 * https://github.com/pdir/social-feed-bundle/issues/105, https://github.com/marcopompili/django-instagram/issues/7,
 * https://github.com/cosenary/Instagram-PHP-API/issues/230 and https://github.com/facebookarchive/php-graph-sdk/issues/538 (checked 2026-11-22).
 */
const META_REFUSES = /Invalid platform app|Invalid client|validating client secret|validating application/i;

export async function tryApp(oauth: OAuth, way: OAuthWay, http: Http, clock: Clock): Promise<Trial> {
  let body: string | null = null;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await http.fetch(input, init);
    body = await response.clone().text();
    return response;
  };
  try {
    const answer = new URLSearchParams({ code: `no-code-${way.state}`, state: way.state });
    await oauth.connect(way, answer, { http: { ...http, fetch }, clock, signal: AbortSignal.timeout(PATIENCE_MS) });
    return { verdict: 'silent', told: '' };
  } catch (error) {
    if (!(error instanceof CrierError)) throw error;
    return body === null ? { verdict: 'away', told: wordsOf(error) } : verdictOf(error, body);
  }
}

function verdictOf({ kind, meta }: CrierError, body: string): Trial {
  const code = typeof meta.code === 'string' ? meta.code : '';
  if (REFUSED.includes(code) || meta.status === 401) return { verdict: 'refused', told: code || '401' };
  if (code === MISMATCH) return { verdict: 'other-address', told: code };
  if (code === 'invalid_grant') return { verdict: 'known', told: code };
  if (code === 'invalid_request' && meta.status === 400) return { verdict: 'not-refused', told: code };
  const said = META_REFUSES.exec(body)?.[0];
  if (said !== undefined) return { verdict: 'refused', told: said };
  if (kind === 'unavailable') return { verdict: 'away', told: `it answered with ${meta.status ?? 'something else'}` };
  return { verdict: 'silent', told: code };
}

export interface PageRefusal {
  told: string;
  /** False where the page only mentions a redirect URI in its refusal. */
  isCertain: boolean;
}

/**
 * Whether the network's page says by itself, before anybody has logged in, that the redirect URI is not the app's. Google does, as
 * `redirect_uri_mismatch` in the address it sends browsers on to, in Base64 (unverified); most show their login first: null.
 */
export async function pageRefusal(oauth: OAuth, way: OAuthWay, http: Http): Promise<PageRefusal | null> {
  try {
    const page = await oauth.authorizationUrl(way);
    const response = await http.fetch(page, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) });
    const location = response.headers.get('location') ?? '';
    const said = response.status === 400 ? await response.text() : location + decodedError(location);
    if (said.includes(MISMATCH)) return { told: MISMATCH, isCertain: true };
    return response.status === 400 && said.includes('redirect_uri') ? { told: '400', isCertain: false } : null;
  } catch (error) {
    // the page is for browsers: what it does to others is no fault of the settings
    if (error instanceof TypeError || error instanceof CrierError || error instanceof DOMException) return null;
    throw error;
  }
}

const MISMATCH = 'redirect_uri_mismatch';

function decodedError(location: string): string {
  const told = URL.parse(location, 'https://invalid.example')?.searchParams.get('authError') ?? '';
  return Buffer.from(told, 'base64').toString('latin1');
}
