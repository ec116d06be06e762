// How Crier asks the Threads API: where it is, which version, with whose token. What refusals mean is in errors.ts.
import { z } from 'zod';
import type { AccountAccess } from '../../core/platform.ts';
import { ask } from '../api.ts';
import { openHosts } from '../hosts.ts';
import { openLongLivedTokens } from '../long-lived-tokens.ts';
import { classifyThreadsError } from './errors.ts';

export const HOME = 'https://www.threads.com';

/**
 * The page: https://developers.facebook.com/documentation/threads/get-started/get-access-tokens-and-permissions. The API answers at
 * graph.threads.net and graph.threads.com alike: https://developers.facebook.com/documentation/threads/overview (both checked 2026-11-22).
 */
export const hostsAt = openHosts(HOME, { page: 'https://threads.com', graph: 'https://graph.threads.net' });

/** Of all paths but those of tokens; there is one. */
const VERSION = 'v1.0';

/** What a request that makes something answers. */
export const Created = z.object({ id: z.string().min(1) });

/** https://developers.facebook.com/documentation/threads/threads-profiles (checked 2026-11-22). */
const Me = z.object({ id: z.coerce.string().min(1), username: z.string().min(1) });

export interface Client {
  /** Of the account, `24876543210987654`. */
  userId: string;
  /** @param path without version: `me` */
  get: <T>(path: string, query: Readonly<Record<string, string>>, schema: z.ZodType<T>) => Promise<T>;
  post: <T>(path: string, form: Readonly<Record<string, string>>, schema: z.ZodType<T>) => Promise<T>;
}

type Access = Pick<AccountAccess, 'http' | 'signal'>;

export function openClient(access: Access, service: string, userId: string, bearer: string): Client {
  const urlOf = (path: string): string => `${hostsAt(service).graph}/${VERSION}/${path}`;
  return {
    userId,
    get: (path, query, schema) => ask(access, { url: urlOf(path), query, bearer }, schema),
    post: (path, form, schema) => ask(access, { method: 'POST', url: urlOf(path), form, bearer }, schema),
  };
}

/** Whose token it is. */
export const readProfile = (access: Access, service: string, token: string): Promise<z.infer<typeof Me>> =>
  openClient(access, service, '', token).get('me', { fields: 'id,username' }, Me);

export const tokens = openLongLivedTokens({
  network: 'Threads',
  platform: 'threads',
  prefix: 'th',
  apiAt: (service) => hostsAt(service).graph,
  classify: classifyThreadsError,
  check: (service, { accessToken }, context) => readProfile(context, service, accessToken),
});

/** @throws CrierError `auth-revoked` where what is stored is no Threads token */
export const clientFor = (access: Access & Pick<AccountAccess, 'account' | 'credentials'>): Client =>
  openClient(access, access.account.service, access.account.remoteId, tokens.read(access.credentials).accessToken);
