// How Instagram's Graph API speaks: errors as { error: { code, error_subcode } }, tokens as header or parameter, input as JSON, form or query.
import type { Context } from 'hono';
import type { Grant } from '../grants.ts';
import type { IgAccount, InstagramState } from './state.ts';

type Status = 400 | 401 | 403 | 404;

export class GraphError extends Error {
  readonly status: Status;
  readonly code: number;
  readonly subcode: number | undefined;

  constructor(code: number, subcode: number | undefined, message: string, status: Status = 400) {
    super(message);
    this.status = status;
    this.code = code;
    this.subcode = subcode;
  }
}

/** https://developers.facebook.com/docs/graph-api/guides/error-handling (checked 2026-11-22). */
export const errorBody = (code: number, subcode: number | undefined, message: string): object => ({
  error: {
    message,
    type: 'OAuthException',
    code,
    ...(subcode === undefined ? {} : { error_subcode: subcode }),
    is_transient: code === 2,
    ...(subcode === undefined ? {} : { error_user_title: 'Instagram', error_user_msg: message }),
    fbtrace_id: 'AEmulatedByCrier0000000',
  },
});

/** For a bare status, the code that stands for it. */
export function bodyForStatus(status: number): object {
  if (status === 401) return errorBody(190, 458, 'Error validating access token: the user has not authorized this application.');
  if (status === 403)
    return errorBody(368, undefined, 'The action attempted has been deemed abusive or is otherwise disallowed.');
  if (status === 429) return errorBody(4, undefined, '(#4) Application request limit reached');
  if (status >= 500) return errorBody(2, undefined, 'An unexpected error has occurred. Please retry your request later.');
  return errorBody(100, undefined, `(#100) Invalid parameter (${status})`);
}

/** https://developers.facebook.com/docs/graph-api/overview/rate-limiting (checked 2026-11-22); the time is in minutes. */
export const rateLimitHeaders = (): Record<string, string> => ({
  'x-business-use-case-usage': JSON.stringify({
    '17841400008460056': [
      { type: 'instagram', call_count: 100, total_cputime: 20, total_time: 20, estimated_time_to_regain_access: 19 },
    ],
  }),
});

export const noSuchObject = (id: string): GraphError =>
  new GraphError(100, 33, `Unsupported request. Object with ID '${id}' does not exist or cannot be read with this token.`);

/** @throws GraphError 190 for a token that is none, that has ended or was taken back */
export function grantOf(state: InstagramState, token: string): Grant {
  const grant = state.grants.find(token);
  if (grant) return grant;
  if (state.grants.hasEnded(token))
    throw new GraphError(190, 463, 'Error validating access token: the session has expired. The current time is later.');
  throw new GraphError(190, 458, 'Error validating access token: the user has not authorized this application.');
}

/** The account a request is made for. @throws GraphError 190, 10 */
export function authorize(c: Context, state: InstagramState, scope: string): IgAccount {
  const bearer = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1];
  const grant = grantOf(state, bearer ?? c.req.query('access_token') ?? '');
  const account = state.accounts.get(grant.accountId);
  if (!account) throw noSuchObject(grant.accountId);
  if (!grant.scopes.includes(scope))
    throw new GraphError(10, undefined, `(#10) Application does not have permission for this action: ${scope}`, 403);
  return account;
}

/** The account of the path, which must be the token's own. @throws GraphError */
export function authorizeFor(c: Context, state: InstagramState, scope: string): IgAccount {
  const account = authorize(c, state, scope);
  const id = c.req.param('id') ?? '';
  if (id !== account.id) throw noSuchObject(id);
  return account;
}

/** The parameters of a request that changes something, wherever they stand. */
export async function readParameters(c: Context): Promise<Record<string, unknown>> {
  const query = c.req.query();
  if (!c.req.header('content-type')?.includes('json')) return { ...query, ...(await c.req.parseBody()) };
  const body: unknown = await c.req.json().catch(() => {
    throw new GraphError(100, undefined, '(#100) The body is not JSON');
  });
  return { ...query, ...(typeof body === 'object' ? body : {}) };
}

/** The fields that were asked for, with the id; those there are not are refused. */
export function pick(c: Context, object: Readonly<Record<string, unknown>> & { id: string }, usual: string): object {
  const names = (c.req.query('fields') ?? usual).split(',').filter((name) => name !== '');
  const strange = names.find((name) => !(name in object));
  if (strange !== undefined) throw new GraphError(100, undefined, `(#100) Tried accessing nonexisting field (${strange})`);
  return Object.fromEntries([...names.map((name) => [name, object[name]]), ['id', object.id]]);
}
