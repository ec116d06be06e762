// The Mastodon client behind Crier's guarded connections, and what its errors mean. Knows nothing of posts.
import { createRestAPIClient, MastoHttpError, type mastodon } from 'masto';
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import type { AccountAccess, ConnectContext } from '../../core/platform.ts';
import { classifyAnswer, classifyTransport } from '../failures.ts';
import { through } from '../http.ts';

export type Client = mastodon.rest.Client;

/** `app` is there where a link gave the token: only the app that got it can take it back. */
export const StoredToken = z.object({
  accessToken: z.string().min(1),
  app: z.object({ clientId: z.string(), clientSecret: z.string() }).optional(),
});
export type StoredToken = z.infer<typeof StoredToken>;

/** masto makes its requests with the global fetch; the dispatcher in its request options is what guards them. */
export function openClient({ http, signal }: Pick<ConnectContext, 'http' | 'signal'>, url: string, accessToken: string): Client {
  return createRestAPIClient({ url, accessToken, requestInit: through(http.dispatcher, { signal }) });
}

/** @throws CrierError `auth-revoked` where what is stored is no Mastodon token. */
export function clientFor(access: AccountAccess): Client {
  const parsed = StoredToken.safeParse(access.credentials);
  if (parsed.success) return openClient(access, access.account.service, parsed.data.accessToken);
  throw new CrierError('auth-revoked', 'The stored Mastodon token cannot be used. Connect the account again.', {
    cause: parsed.error,
  });
}

/**
 * By status: 401 the token is gone, 403 it may not do this, 422 the status is not acceptable, 429 with X-RateLimit-Reset
 * (https://docs.joinmastodon.org/methods/statuses/#create and /api/rate-limits/, checked 2026-11-22).
 */
export function classifyMastodonError(error: unknown): CrierError {
  if (!(error instanceof MastoHttpError)) return classifyTransport('Mastodon', error);
  const { cause, statusCode: status, message } = error;
  const answer = {
    status,
    header: (name: string) => (cause instanceof Response ? cause.headers.get(name) : null),
    message,
    cause: error,
  };
  return classifyAnswer('Mastodon', answer);
}

export const isStatus = (error: unknown, status: number): boolean =>
  error instanceof MastoHttpError && error.statusCode === status;
