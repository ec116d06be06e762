// The way to X's API: its hosts, what is stored of a login, and a request with its answer. What refusals mean is in errors.ts.
// The pages of docs.x.com that this folder names were checked 2026-11-22.
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import type { AccountAccess } from '../../core/platform.ts';
import { type ApiRequest, ask, send } from '../api.ts';
import { openHosts } from '../hosts.ts';

export const HOME = 'https://x.com';

/** `site` has the pages that people see. */
export const hostsOf = openHosts(HOME, { site: HOME, api: 'https://api.x.com' });

/** `refreshToken` is null where the person did not give `offline.access`. */
export const StoredLogin = z.object({ accessToken: z.string().min(1), refreshToken: z.string().min(1).nullable() });
export type StoredLogin = z.infer<typeof StoredLogin>;

/** @throws CrierError `auth-revoked` where what is stored is no login of X */
export function readLogin(credentials: unknown): StoredLogin {
  const parsed = StoredLogin.safeParse(credentials);
  if (parsed.success) return parsed.data;
  throw new CrierError('auth-revoked', 'The stored X login cannot be used. Connect the account again with /connect x.', {
    cause: parsed.error,
  });
}

export interface Client {
  ask: <T>(request: Request, schema: z.ZodType<T>) => Promise<T>;
  send: (request: Request) => Promise<Response>;
}
type Request = Omit<ApiRequest, 'url' | 'bearer'> & {
  /** `/2/tweets`. */
  path: string;
};

/** Requests as an account. @throws CrierError `auth-revoked`, as `readLogin` */
export function clientFor(access: Pick<AccountAccess, 'http' | 'signal' | 'account' | 'credentials'>): Client {
  const { accessToken: bearer } = readLogin(access.credentials);
  return openClient(access, access.account.service, bearer);
}

export function openClient(way: Pick<AccountAccess, 'http' | 'signal'>, service: string, bearer: string): Client {
  const { api } = hostsOf(service);
  const whole = ({ path, ...request }: Request): ApiRequest => ({ ...request, url: `${api}${path}`, bearer });
  return { ask: (request, schema) => ask(way, whole(request), schema), send: (request) => send(way, whole(request)) };
}
