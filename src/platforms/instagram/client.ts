// How Crier asks Instagram's API with Instagram Login: where it is, which version, with whose token. What refusals mean is in errors.ts.
import { z } from 'zod';
import type { AccountAccess } from '../../core/platform.ts';
import { ask } from '../api.ts';
import { openHosts } from '../hosts.ts';
import { openLongLivedTokens } from '../long-lived-tokens.ts';
import { classifyInstagramError } from './errors.ts';

export const HOME = 'https://www.instagram.com';

/** https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login (checked 2026-11-22). */
export const hostsAt = openHosts(HOME, {
  page: 'https://www.instagram.com',
  token: 'https://api.instagram.com',
  graph: 'https://graph.instagram.com',
});

/** Of paths that have one; a version is good for about two years: https://developers.facebook.com/docs/graph-api/guides/versioning (unverified). */
const VERSION = 'v25.0';

/** What a request that makes something answers. */
export const Created = z.object({ id: z.string().min(1) });

export interface Client {
  /** Of the account, `17841400008460056`. */
  userId: string;
  /** @param path without version: `me` */
  get: <T>(path: string, query: Readonly<Record<string, string>>, schema: z.ZodType<T>) => Promise<T>;
  post: <T>(path: string, json: object, schema: z.ZodType<T>) => Promise<T>;
}

type Access = Pick<AccountAccess, 'http' | 'signal'>;

export function openClient(access: Access, service: string, userId: string, bearer: string): Client {
  const urlOf = (path: string): string => `${hostsAt(service).graph}/${VERSION}/${path}`;
  return {
    userId,
    get: (path, query, schema) => ask(access, { url: urlOf(path), query, bearer }, schema),
    post: (path, json, schema) => ask(access, { method: 'POST', url: urlOf(path), json, bearer }, schema),
  };
}

/** The documented answer has `data`; some have the fields themselves. `user_id` is the account's id, and `id` one of this app alone. */
const Profile = z.object({
  user_id: z.coerce.string().min(1),
  username: z.string().min(1),
  account_type: z.string().optional(),
});
const Me = z.union([z.object({ data: z.tuple([Profile], z.unknown()) }).transform(({ data }) => data[0]), Profile]);

/**
 * Whose token it is.
 * https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/get-started (checked 2026-11-22).
 */
export const readProfile = (access: Access, service: string, token: string): Promise<z.infer<typeof Profile>> =>
  openClient(access, service, '', token).get('me', { fields: 'user_id,username,account_type' }, Me);

export const tokens = openLongLivedTokens({
  network: 'Instagram',
  platform: 'instagram',
  prefix: 'ig',
  apiAt: (service) => hostsAt(service).graph,
  classify: classifyInstagramError,
  check: (service, { accessToken }, context) => readProfile(context, service, accessToken),
});

/** @throws CrierError `auth-revoked` where what is stored is no Instagram token */
export const clientFor = (access: Access & Pick<AccountAccess, 'account' | 'credentials'>): Client =>
  openClient(access, access.account.service, access.account.remoteId, tokens.read(access.credentials).accessToken);
