// A Bluesky login: the session that is stored with the account, renewed when it runs out. Knows nothing of posts.
import { Agent, XRPCError } from '@atproto/api';
import { z } from 'zod';
import type { Credentials } from '../../core/account.ts';
import { CrierError } from '../../core/errors.ts';
import type { AccountAccess, ConnectContext } from '../../core/platform.ts';
import { classifyAnswer, classifyTransport } from '../failures.ts';

const Session = z.object({
  did: z.string().startsWith('did:'),
  handle: z.string(),
  accessJwt: z.string(),
  refreshJwt: z.string(),
});

/** The app password is kept (encrypted, like all credentials) for the day the network no longer takes the refresh token. */
const StoredLogin = Session.extend({ password: z.string() });
export type StoredLogin = z.infer<typeof StoredLogin>;

type Context = Pick<ConnectContext, 'http' | 'clock' | 'signal'>;

/** A token is renewed when it has less than this to live, so that it does not run out on the way. */
const RENEW_BEFORE_EXPIRY_MS = 60_000;

/** Codes with which a server says that a token no longer counts. `InvalidToken` also stands for a revoked one. */
const EXPIRED = new Set(['ExpiredToken', 'InvalidToken']);

/**
 * Codes with which a server says that the account itself is out of use; the reference PDS sends them with 401, and with 403 for a
 * deleted account (packages/pds/src/auth-verifier.ts of bluesky-social/atproto, checked 2026-11-22). No other token helps.
 */
const ACCOUNT_IS_GONE = new Set(['AccountTakedown', 'AccountDeactivated', 'AccountSuspended', 'AccountNotFound']);

export const isAccountGone = (error: unknown): boolean => error instanceof XRPCError && ACCOUNT_IS_GONE.has(error.error);

/** The server looked at this token and does not take it: nothing was applied, and a renewed one may do. */
export const isExpired = (error: unknown): boolean =>
  error instanceof XRPCError &&
  !isAccountGone(error) &&
  (error.status === 401 || (error.status === 400 && EXPIRED.has(error.error)));

/** A refresh sends nothing but the token, so a 400 is about the session whatever its name (`InvalidRequest` for a deleted account). */
const isRefreshRefused = (error: unknown): boolean =>
  error instanceof XRPCError && !isAccountGone(error) && (error.status === 400 || error.status === 401);

/** By HTTP status and XRPC error name, never by prose; names: https://docs.bsky.app/docs/api/, checked 2026-11-22. */
export function classifyBlueskyError(error: unknown): CrierError {
  if (!(error instanceof XRPCError) || error.status < 400) return classifyTransport('Bluesky', error);
  const { status, message, headers = {} } = error;
  if (isExpired(error) || isAccountGone(error)) {
    const sentence = `Bluesky no longer accepts this login: ${message}. Connect it again with a new app password.`;
    return new CrierError('auth-revoked', sentence, { cause: error, meta: { status, code: error.error } });
  }
  return classifyAnswer('Bluesky', { status, header: (name) => headers[name], message, cause: error });
}

/** Seconds since 1970 at which a token ends; null for one that does not say so. It is read, not trusted: the server decides. */
function expiryOf(jwt: string): number | null {
  const payload = Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8');
  const parsed = z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue('not JSON');
        return z.NEVER;
      }
    })
    .pipe(z.object({ exp: z.number() }))
    .safeParse(payload);
  return parsed.success ? parsed.data.exp : null;
}

/**
 * Logs in with an app password. Bluesky allows 30 of these per account in 5 minutes
 * (https://docs.bsky.app/docs/advanced-guides/rate-limits, checked 2026-11-22), so it is done on connecting, and later only
 * where the refresh token no longer counts.
 */
export async function logIn(context: Context, service: string, identifier: string, password: string): Promise<StoredLogin> {
  const agent = new Agent({ service, fetch: context.http.fetch });
  const { data } = await agent.com.atproto.server.createSession({ identifier, password }, { signal: context.signal });
  return { ...Session.parse(data), password };
}

export interface BlueskySession {
  agent: Agent;
  did: string;
  options: { signal: AbortSignal };
  /** Renews the session if it is about to end. */
  freshen: () => Promise<void>;
  /** Renews it now, and stores what came before it is used. */
  renew: () => Promise<void>;
  /** A call that may be repeated: done once more with a renewed session where the server says that it ran out. */
  run: <T>(call: () => Promise<T>) => Promise<T>;
}

/** @throws CrierError `auth-revoked` where what is stored is no Bluesky login. */
function readLogin(credentials: Credentials): StoredLogin {
  const parsed = StoredLogin.safeParse(credentials);
  if (parsed.success) return parsed.data;
  throw new CrierError('auth-revoked', 'The stored Bluesky login cannot be used. Connect the account again.', {
    cause: parsed.error,
  });
}

/** Opens the stored session; no request is made until one is needed. Requests go to the server the account was connected at. */
export function openSession(access: AccountAccess): BlueskySession {
  const { account, http, clock, signal } = access;
  let login = readLogin(access.credentials);
  const agent = new Agent({
    service: account.service,
    fetch: (input, init) => {
      const headers = new Headers(init?.headers);
      if (!headers.has('authorization')) headers.set('authorization', `Bearer ${login.accessJwt}`);
      return http.fetch(input, { ...init, headers });
    },
  });

  async function refreshed(): Promise<StoredLogin> {
    const authorization = `Bearer ${login.refreshJwt}`;
    try {
      const { data } = await agent.com.atproto.server.refreshSession(undefined, { signal, headers: { authorization } });
      return { ...Session.parse(data), password: login.password };
    } catch (error) {
      // only the network's own word ends a session; a broken connection or a 5xx does not
      if (!isRefreshRefused(error)) throw error;
      return logIn(access, account.service, login.did, login.password);
    }
  }
  async function renew(): Promise<void> {
    const renewed = await refreshed();
    await access.saveCredentials(renewed);
    login = renewed;
  }
  async function freshen(): Promise<void> {
    const expiry = expiryOf(login.accessJwt);
    if (expiry !== null && expiry * 1000 - clock.now().epochMilliseconds < RENEW_BEFORE_EXPIRY_MS) await renew();
  }
  async function run<T>(call: () => Promise<T>): Promise<T> {
    await freshen();
    try {
      return await call();
    } catch (error) {
      if (!isExpired(error)) throw error;
      await renew();
      return call();
    }
  }
  return { agent, did: login.did, options: { signal }, freshen, renew, run };
}
