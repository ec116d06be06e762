// Requests to the Graph API as a Page: where it is, as which app they are signed, and what is stored of a Page. Knows nothing
// of posts.
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import type { OAuthApp } from '../../core/oauth.ts';
import type { AccountAccess, ConnectContext } from '../../core/platform.ts';
import { ask } from '../api.ts';
import { openHosts } from '../hosts.ts';

/** Where accounts of the real network live. */
export const HOME = 'https://www.facebook.com';

/**
 * Of 29 July 2026, the newest there is; a version lives two years:
 * https://developers.facebook.com/docs/graph-api/changelog/versions/ (checked 2026-11-22).
 */
const VERSION = 'v26.0';

/**
 * The page that asks Allow or Deny, and the API. Videos go to the same host as all else: graph-video.facebook.com is
 * deprecated, https://developers.facebook.com/docs/video-api/overview (checked 2026-11-22).
 */
const hostsAt = openHosts(HOME, { page: HOME, graph: 'https://graph.facebook.com' });
export const dialogAt = (service: string): string => `${hostsAt(service).page}/${VERSION}/dialog/oauth`;
export const graphAt = (service: string): string => `${hostsAt(service).graph}/${VERSION}`;

/** What is stored of a Page: its own token, which ends when the person takes it back, and not by time. */
export const StoredPage = z.object({ accessToken: z.string().min(1) });
export type StoredPage = z.infer<typeof StoredPage>;

/** What an object's id looks like: `1042`, `1042_77`. Ids go into addresses, so that nothing else may come in by one. */
export const GraphId = z.string().regex(/^\d+(_\d+)?$/);

export interface GraphRequest {
  method?: 'GET' | 'POST';
  /** Behind the version: `/1042/feed`. */
  path: string;
  query?: Readonly<Record<string, string | undefined>>;
  /** One of these, or no body. */
  json?: Readonly<Record<string, unknown>>;
  form?: FormData;
}

export type Graph = <T>(request: GraphRequest, schema: z.ZodType<T>) => Promise<T>;

/**
 * The proof says that the token is used by whom it was given to:
 * https://developers.facebook.com/docs/graph-api/guides/secure-requests (checked 2026-11-22).
 */
const proofOf = (token: string, { clientSecret }: OAuthApp): string =>
  createHmac('sha256', clientSecret).update(token).digest('hex');

/** @param app null: without the proof, which only apps that require it refuse */
export function openGraph(
  way: Pick<ConnectContext, 'http' | 'signal'>,
  { service, token, app }: { service: string; token: string; app: OAuthApp | null },
): Graph {
  const proof = app === null ? undefined : proofOf(token, app);
  return ({ path, query, ...request }, schema) =>
    ask(
      way,
      { ...request, url: `${graphAt(service)}${path}`, bearer: token, query: { ...query, appsecret_proof: proof } },
      schema,
    );
}

/** @throws CrierError `auth-revoked` where what is stored is no Page's token. */
export function graphOf(access: Pick<AccountAccess, 'http' | 'signal' | 'account' | 'credentials' | 'app'>): Graph {
  const stored = StoredPage.safeParse(access.credentials);
  if (stored.success)
    return openGraph(access, { service: access.account.service, token: stored.data.accessToken, app: access.app });
  throw new CrierError(
    'auth-revoked',
    'The stored Facebook login cannot be used. Connect the Page again with /connect facebook.',
    {
      cause: stored.error,
    },
  );
}
