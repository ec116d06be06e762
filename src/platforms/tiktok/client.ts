// The way to TikTok's API: its hosts, what is stored of a login, and a request with its answer. What refusals mean is in errors.ts.
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import type { AccountAccess } from '../../core/platform.ts';
import { Refused, send } from '../api.ts';
import { openHosts } from '../hosts.ts';

export const HOME = 'https://www.tiktok.com';

/** `site` has the pages that people see, and the one that asks Allow or Deny. */
export const hostsOf = openHosts(HOME, { site: HOME, api: 'https://open.tiktokapis.com' });

/** `refreshToken` is null where TikTok gave none. */
export const StoredLogin = z.object({ accessToken: z.string().min(1), refreshToken: z.string().min(1).nullable() });
export type StoredLogin = z.infer<typeof StoredLogin>;

/** @throws CrierError `auth-revoked` where what is stored is no login of TikTok */
export function readLogin(credentials: unknown): StoredLogin {
  const parsed = StoredLogin.safeParse(credentials);
  if (parsed.success) return parsed.data;
  throw new CrierError(
    'auth-revoked',
    'The stored TikTok login cannot be used. Connect the account again with /connect tiktok.',
    {
      cause: parsed.error,
    },
  );
}

export interface Client {
  get: <T>(path: string, query: Readonly<Record<string, string>>, schema: z.ZodType<T>) => Promise<T>;
  /** @param json left out where the endpoint takes no body */
  post: <T>(path: string, json: object | undefined, schema: z.ZodType<T>) => Promise<T>;
}

type Way = Pick<AccountAccess, 'http' | 'signal'>;

/** @throws CrierError `auth-revoked`, as `readLogin` */
export const clientFor = (access: Way & Pick<AccountAccess, 'account' | 'credentials'>): Client =>
  openClient(access, access.account.service, readLogin(access.credentials).accessToken);

/** Its requests throw Refused, ZodError or SyntaxError for an answer of another shape, or what fetch throws. */
export function openClient(way: Way, service: string, bearer: string): Client {
  const { api } = hostsOf(service);
  return {
    get: async (path, query, schema) => dataIn(await send(way, { url: `${api}${path}`, query, bearer }), schema),
    post: async (path, json, schema) => {
      const headers = { 'content-type': 'application/json; charset=UTF-8' };
      return dataIn(await send(way, { method: 'POST', url: `${api}${path}`, headers, bearer, json }), schema);
    },
  };
}

const Envelope = z.object({ data: z.unknown(), error: z.object({ code: z.string() }) });

/**
 * Every code but `ok` is a refusal, and some come with 200:
 * https://developers.tiktok.com/doc/content-posting-api-reference-query-creator-info (checked 2026-11-22).
 */
async function dataIn<T>(response: Response, schema: z.ZodType<T>): Promise<T> {
  const body = readExactly(await response.text());
  const { data, error } = Envelope.parse(body);
  if (error.code !== 'ok') throw new Refused(response.status, response.headers, body);
  return schema.parse(data);
}

/** Ids of posts come as numbers of 19 digits (list<int64>), which JSON.parse alone would round: they are read as they are written. */
function readExactly(text: string): unknown {
  const exact = (_: string, value: unknown, { source }: { source?: string } = {}): unknown =>
    typeof value === 'number' && source !== undefined && /^\d+$/.test(source) && !Number.isSafeInteger(value) ? source : value;
  return JSON.parse(text, exact);
}
