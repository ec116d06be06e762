// LinkedIn's REST API as Crier speaks it: hosts, headers, the stored login, and whose name it acts in. Knows nothing of posts.
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import type { OAuthApp } from '../../core/oauth.ts';
import type { AccountAccess } from '../../core/platform.ts';
import { type ApiRequest, Refused } from '../api.ts';
import { openHosts } from '../hosts.ts';

/** What accounts of the real network have as their `service`; its pages and its OAuth are there too. */
export const HOME = 'https://www.linkedin.com';

export const hostsOf = openHosts(HOME, { www: HOME, api: 'https://api.linkedin.com' });

/**
 * `loginEndsAt` (ISO 8601) is when the refresh token ends, which a refresh does not put off. All that one login led to, the member
 * and the organizations, have it each for themselves.
 */
export const StoredLogin = z.object({
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1).nullable(),
  loginEndsAt: z.string().nullable(),
});
export type StoredLogin = z.infer<typeof StoredLogin>;

/** @throws CrierError `auth-revoked` where what is stored is no LinkedIn login. */
export function loginOf({ credentials }: Pick<AccountAccess, 'credentials'>): StoredLogin {
  const parsed = StoredLogin.safeParse(credentials);
  if (parsed.success) return parsed.data;
  throw new CrierError(
    'auth-revoked',
    'The stored LinkedIn login cannot be used. Connect the account again with /connect linkedin.',
    {
      cause: parsed.error,
    },
  );
}

/**
 * YYYYMM, where whoever runs Crier named none: LinkedIn takes a version for a year at the least, and answers 426 after that
 * (https://learn.microsoft.com/en-us/linkedin/marketing/versioning, unverified).
 */
const DEFAULT_VERSION = '202610';

const versionOf = (app: OAuthApp | null): string => app?.options?.version || DEFAULT_VERSION;

/**
 * What every request to `/rest` carries: https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api,
 * checked 2026-11-22.
 */
export const restHeaders = (app: OAuthApp | null): Record<string, string> => ({
  'linkedin-version': versionOf(app),
  'x-restli-protocol-version': '2.0.0',
});

/** A request to `/rest` in the name of an account. `path` may have its query already; a URN in it is encoded. */
export function restRequest(access: AccountAccess, path: string, more: Omit<ApiRequest, 'url' | 'bearer'> = {}): ApiRequest {
  const { account, app } = access;
  return {
    ...more,
    url: `${hostsOf(account.service).api}/rest/${path}`,
    bearer: loginOf(access).accessToken,
    headers: { ...restHeaders(app), ...more.headers },
  };
}

/** `urn:li:organization:123` is a Page, `urn:li:person:abc` a member. */
export const isOrganization = (urn: string): boolean => urn.startsWith('urn:li:organization:');

/** Null where this login may not read that, such as one whose person left out a scope. */
export async function unlessForbidden<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Refused && error.status === 403) return null;
    throw error;
  }
}
