// How Mastodon's API speaks: errors as { error }, bearer tokens, input as JSON or as a form.
import type { Context } from 'hono';
import { covers, scopeFor } from './scopes.ts';
import type { MastodonAccount, MastodonState } from './state.ts';

export class MastodonError extends Error {
  readonly status: 401 | 403 | 404 | 422;

  constructor(status: 401 | 403 | 404 | 422, message: string) {
    super(message);
    this.status = status;
  }
}

export const notFound = (): MastodonError => new MastodonError(404, 'Record not found');

/** The wording of ActiveRecord, which clients show to people. */
export const invalid = (what: string): MastodonError => new MastodonError(422, `Validation failed: ${what}`);

/** https://docs.joinmastodon.org/api/guidelines/ and the methods' own pages (checked 2026-11-22). */
const MESSAGES: Partial<Record<number, string>> = {
  400: 'Bad request',
  401: 'The access token is invalid',
  403: 'This action is not allowed',
  404: 'Record not found',
  422: 'Validation failed',
  429: 'Too many requests',
  503: 'Remote data could not be fetched',
};

export const errorBody = (status: number): { error: string } => ({ error: MESSAGES[status] ?? 'Internal Server Error' });

/** An account's own token may do everything, one of an app what was allowed. @throws MastodonError 401, 403. */
export function authorize(c: Context, state: MastodonState): MastodonAccount {
  const token = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
  const own = [...state.accounts.values()].find((candidate) => candidate.token === token);
  if (own) return own;
  const granted = state.tokens.get(token);
  const account = granted && state.accounts.get(granted.accountId);
  if (!account) throw new MastodonError(401, 'The access token is invalid');
  if (!covers(granted.scopes, scopeFor(c.req.method, c.req.path)))
    throw new MastodonError(403, 'This action is outside the authorized scopes');
  return account;
}

/** As whom something public is read: null for nobody. @throws MastodonError 401, 403 for a token that does not count */
export const readerOf = (c: Context, state: MastodonState): MastodonAccount | null =>
  c.req.header('authorization') === undefined ? null : authorize(c, state);

/** JSON, a form or multipart, as plain values; `media_ids[]` and `media_ids` are one list. */
export async function readBody(c: Context): Promise<Record<string, unknown>> {
  if (c.req.header('content-type')?.includes('json')) {
    const body: unknown = await c.req.json().catch(() => {
      throw new MastodonError(422, 'Error occurred while parsing request parameters');
    });
    return typeof body === 'object' && body !== null ? { ...body } : {};
  }
  const form = await c.req.parseBody({ all: true });
  return Object.fromEntries(
    Object.entries(form).map(([name, value]) => (name.endsWith('[]') ? [name.slice(0, -2), [value].flat()] : [name, value])),
  );
}
