// How Meta's Graph API speaks where Instagram and Threads have it: errors as { error: { code, error_subcode } }, tokens as header or parameter,
// input as JSON, form or query, and answers of the fields that were asked for.
import type { Context } from 'hono';
import type { Grant, Grants } from './grants.ts';
import type { EmulatorApp, NetworkContext } from './network.ts';
import type { Table } from './tables.ts';

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
const errorBody = (network: string, code: number, subcode: number | undefined, message: string): object => ({
  error: {
    message,
    type: 'OAuthException',
    code,
    ...(subcode === undefined ? {} : { error_subcode: subcode }),
    is_transient: code === 2,
    ...(subcode === undefined ? {} : { error_user_title: network, error_user_msg: message }),
    fbtrace_id: 'AEmulatedByCrier0000000',
  },
});

/** For a bare status, the code that stands for it. */
export function bodyForStatus(network: string, status: number): object {
  const body = (code: number, message: string, subcode?: number): object => errorBody(network, code, subcode, message);
  if (status === 401) return body(190, 'Error validating access token: the user has not authorized this application.', 458);
  if (status === 403) return body(368, 'The action attempted has been deemed abusive or is otherwise disallowed.');
  if (status === 429) return body(4, '(#4) Application request limit reached');
  if (status >= 500) return body(2, 'An unexpected error has occurred. Please retry your request later.');
  return body(100, `(#100) Invalid parameter (${status})`);
}

/** What the routes throw, as the network says it. */
export function mountErrors(app: EmulatorApp, network: string, log: NetworkContext['log']): void {
  app.onError((error, c) => {
    if (error instanceof GraphError) return c.json(errorBody(network, error.code, error.subcode, error.message), error.status);
    log.error({ err: error, path: c.req.path }, `the emulated ${network} failed`);
    return c.json(bodyForStatus(network, 500), 500);
  });
}

export const invalid = (what: string): GraphError => new GraphError(100, undefined, `(#100) ${what}`);

export const noSuchObject = (id: string): GraphError =>
  new GraphError(100, 33, `Unsupported request. Object with ID '${id}' does not exist or cannot be read with this token.`);

/** @throws GraphError 190 for a token that is none, that has ended or was taken back */
export function grantOf({ grants }: { grants: Grants }, token: string): Grant {
  const grant = grants.find(token);
  if (grant) return grant;
  if (grants.hasEnded(token))
    throw new GraphError(190, 463, 'Error validating access token: the session has expired. The current time is later.');
  throw new GraphError(190, 458, 'Error validating access token: the user has not authorized this application.');
}

interface Guarded<Account> {
  grants: Grants;
  accounts: Table<Account>;
}

export const requireScope = ({ scopes }: Grant, scope: string): void => {
  if (!scopes.includes(scope))
    throw new GraphError(10, undefined, `(#10) Application does not have permission for this action: ${scope}`, 403);
};

/** The token that a request shows. @throws GraphError 190 */
export function grantOfRequest(c: Context, state: { grants: Grants }): Grant {
  const bearer = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1];
  return grantOf(state, bearer ?? c.req.query('access_token') ?? '');
}

/** The account a request is made for. @throws GraphError 190, 10 */
export function authorize<Account>(c: Context, state: Guarded<Account>, scope: string): Account {
  const grant = grantOfRequest(c, state);
  const account = state.accounts.get(grant.accountId);
  if (!account) throw noSuchObject(grant.accountId);
  requireScope(grant, scope);
  return account;
}

/** The account of the path, which must be the token's own, or `me`. @throws GraphError */
export function authorizeFor<Account extends { id: string }>(c: Context, state: Guarded<Account>, scope: string): Account {
  const account = authorize(c, state, scope);
  const id = c.req.param('id') ?? '';
  if (id !== account.id && id !== 'me') throw noSuchObject(id);
  return account;
}

/** The parameters of a request that changes something, wherever they stand. */
export async function readParameters(c: Context): Promise<Record<string, unknown>> {
  const query = c.req.query();
  if (!c.req.header('content-type')?.includes('json')) return { ...query, ...(await c.req.parseBody()) };
  const body: unknown = await c.req.json().catch(() => {
    throw invalid('The body is not JSON');
  });
  return { ...query, ...(typeof body === 'object' ? body : {}) };
}

/** The fields that were asked for, with the id; those there are not are refused. */
export function pick(c: Context, object: Readonly<Record<string, unknown>> & { id: string }, usual: string): object {
  const names = (c.req.query('fields') ?? usual).split(',').filter((name) => name !== '');
  const strange = names.find((name) => !(name in object));
  if (strange !== undefined) throw invalid(`Tried accessing nonexisting field (${strange})`);
  return Object.fromEntries([...names.map((name) => [name, object[name]]), ['id', object.id]]);
}

/** Like 2019-04-05T07:56:32+0000: https://developers.facebook.com/docs/instagram-platform/insights (checked 2026-11-22). */
export const graphTime = (at: string): string => `${at.slice(0, 19)}+0000`;
