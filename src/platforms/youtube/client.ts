// Where YouTube's API is, what is kept of a login, and a request as its account. Decides nothing about what is published.
import { z } from 'zod';
import type { Credentials } from '../../core/account.ts';
import { CrierError } from '../../core/errors.ts';
import type { AccountAccess } from '../../core/platform.ts';
import { type ApiRequest, ask, send } from '../api.ts';
import { openHosts } from '../hosts.ts';

export const HOME = 'https://www.youtube.com';

/** https://developers.google.com/identity/protocols/oauth2/web-server and https://developers.google.com/youtube/v3/docs. */
export const hostsOf = openHosts(HOME, {
  page: 'https://accounts.google.com',
  token: 'https://oauth2.googleapis.com',
  api: 'https://www.googleapis.com',
});

/** A type and not an interface, so that it is `Credentials`. */
export type StoredLogin = z.infer<typeof StoredLogin>;
const StoredLogin = z.object({
  accessToken: z.string().min(1),
  /** Null where Google gave none: the login then ends with its access token. */
  refreshToken: z.string().nullable(),
  /** Id of the playlist in which the channel's own uploads are. */
  uploads: z.string(),
});

/** @throws CrierError `auth-revoked` where what is stored is no login */
export function loginOf(credentials: Credentials): StoredLogin {
  const stored = StoredLogin.safeParse(credentials);
  if (stored.success) return stored.data;
  throw new CrierError(
    'auth-revoked',
    'The stored YouTube login cannot be read. Connect the channel again with /connect youtube.',
  );
}

export type Access = Pick<AccountAccess, 'http' | 'signal' | 'account' | 'credentials'>;

type Request = Omit<ApiRequest, 'url' | 'bearer'> & { path: string };

const asAccount = ({ account, credentials }: Access, { path, ...request }: Request): ApiRequest => ({
  ...request,
  url: `${hostsOf(account.service).api}${path}`,
  bearer: loginOf(credentials).accessToken,
});

/** As `ask`. @throws CrierError `auth-revoked` as `loginOf` too */
export const askYouTube = <T>(access: Access, request: Request, schema: z.ZodType<T>): Promise<T> =>
  ask(access, asAccount(access, request), schema);

/** As `send`. @throws CrierError `auth-revoked` as `loginOf` too */
export const sendToYouTube = (access: Access, request: Request): Promise<Response> => send(access, asAccount(access, request));

export const watchUrl = (service: string, videoId: string): string => `${service}/watch?${new URLSearchParams({ v: videoId })}`;
