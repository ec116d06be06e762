// How the Graph API speaks: errors with codes, tokens of people and of Pages, parameters from the query and the body, fields
// that are asked for. https://developers.facebook.com/docs/graph-api/guides/error-handling (checked 2026-11-22).
import { createHash, createHmac } from 'node:crypto';
import type { Context } from 'hono';
import type { Grant } from '../grants.ts';
import { EMULATED_APP } from '../oauth-desk.ts';
import type { FacebookState } from './state.ts';

export const VERSION = '/v26.0';

type Status = 400 | 403 | 404 | 500;

export interface GraphProblem {
  status?: Status;
  message: string;
  type?: string;
  code: number;
  error_subcode?: number;
  is_transient?: boolean;
  error_user_title?: string;
  error_user_msg?: string;
  error_data?: unknown;
}

export class GraphError extends Error {
  readonly status: Status;
  readonly problem: GraphProblem;

  constructor({ status = 400, ...problem }: GraphProblem) {
    super(problem.message);
    this.status = status;
    this.problem = problem;
  }
}

export const bodyOf = ({ status: _, message, type = 'OAuthException', ...rest }: GraphProblem): object => ({
  error: { message, type, ...rest, fbtrace_id: createHash('sha256').update(message).digest('base64url').slice(0, 23) },
});

export const invalid = (message: string): GraphError => new GraphError({ message: `(#100) ${message}`, code: 100 });

export const notThere = (id: string): GraphError =>
  new GraphError({
    message: `Unsupported get request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`,
    type: 'GraphMethodException',
    code: 100,
    error_subcode: 33,
  });

const forbidden = (scope: string): GraphError =>
  new GraphError({
    status: 403,
    message: `(#200) If posting to a page, requires ${scope} as an admin with sufficient administrative permission`,
    code: 200,
  });

/** What a fault with a bare status is answered with. */
const USUAL: Partial<Record<number, GraphProblem>> = {
  400: { message: '(#100) Invalid parameter', code: 100 },
  401: { message: 'Error validating access token: The session was invalidated.', code: 190, error_subcode: 460 },
  403: { message: 'The action attempted has been deemed abusive or is otherwise disallowed', code: 368 },
  404: { message: 'Unknown path components', code: 2500 },
  413: { message: '(#100) The file is too large', code: 100 },
  422: { message: '(#100) Invalid parameter', code: 100 },
  429: { message: '(#80001) There have been too many calls to this Page account. Wait a bit and try again.', code: 80_001 },
  500: { message: 'An unknown error has occurred.', code: 1 },
};
const SERVICE: GraphProblem = { message: 'Service temporarily unavailable', code: 2, is_transient: true };

export const usualBody = (status: number): object => bodyOf(USUAL[status] ?? SERVICE);

/**
 * https://developers.facebook.com/docs/graph-api/overview/rate-limiting/ (checked 2026-11-22): minutes until there is access
 * again.
 */
export const usageHeader = (pageId: string, used: number, minutes: number): Record<string, string> => ({
  'x-business-use-case-usage': JSON.stringify({
    [pageId]: [{ type: 'pages', call_count: used, total_cputime: 12, total_time: 18, estimated_time_to_regain_access: minutes }],
  }),
});

export type Parameters = Readonly<Record<string, unknown>>;

/** From the address and from a body of JSON, of a form, or of parts; files stay files. */
export async function readParameters(c: Context): Promise<Parameters> {
  const query: Record<string, unknown> = { ...c.req.query() };
  if (c.req.method === 'GET') return query;
  if (!c.req.header('content-type')?.includes('json')) return { ...query, ...(await c.req.parseBody()) };
  const body: unknown = await c.req.json().catch(() => {
    throw invalid('The body is no JSON');
  });
  return { ...query, ...(typeof body === 'object' ? body : {}) };
}

export const textOf = (parameters: Parameters, name: string): string | null => {
  const value = parameters[name];
  if (value === undefined || value === null || value === '') return null;
  return typeof value === 'string' ? value : String(value);
};

/** Whose token it is, after its proof. @throws GraphError 190, 100 */
export function authorize(c: Context, state: FacebookState, parameters: Parameters): Grant {
  const inHeader = /^(?:Bearer|OAuth) (.+)$/.exec(c.req.header('authorization') ?? '')?.[1];
  const token = inHeader ?? textOf(parameters, 'access_token') ?? '';
  const grant = state.grants.find(token);
  if (!grant) throw deadToken(token, state);
  const proof = textOf(parameters, 'appsecret_proof');
  const wanted = createHmac('sha256', EMULATED_APP.clientSecret).update(token).digest('hex');
  if (proof !== null && proof !== wanted)
    throw new GraphError({
      message: 'Invalid appsecret_proof provided in the API argument',
      type: 'GraphMethodException',
      code: 100,
    });
  return grant;
}

function deadToken(token: string, { grants }: FacebookState): GraphError {
  if (token === '')
    return new GraphError({
      message: 'An active access token must be used to query information about the current user.',
      code: 2500,
    });
  return grants.hasEnded(token)
    ? new GraphError({ message: 'Error validating access token: Session has expired.', code: 190, error_subcode: 463 })
    : new GraphError({ message: 'Invalid OAuth access token - Cannot parse access token', code: 190 });
}

/** What a Page's token remembers of itself. */
export const noteOf = (pageId: string): string => `page:${pageId}`;

/** @throws GraphError where the token is not this Page's, or lacks a scope */
export function authorizePage(
  c: Context,
  state: FacebookState,
  parameters: Parameters,
  { pageId, scopes }: { pageId: string; scopes: readonly string[] },
): void {
  const grant = authorize(c, state, parameters);
  if (grant.note !== noteOf(pageId))
    throw new GraphError({
      status: 403,
      message: '(#200) The user hasn’t authorized the application to perform this action',
      code: 200,
    });
  for (const scope of scopes) if (!grant.scopes.includes(scope)) throw forbidden(scope);
}

/** Whose something is: a Page, a post of one or a video. @throws GraphError 100 */
export function pageOf({ posts, videos, pages }: FacebookState, id: string): { pageId: string } {
  const found = posts.get(id) ?? videos.get(id);
  if (found) return found;
  if (pages.get(id)) return { pageId: id };
  throw notThere(id);
}

/** The names in `id,message,attachments{media_type}`, without what is in braces. */
const namesIn = (fields: string): string[] => {
  let depth = 0;
  let plain = '';
  for (const character of fields) {
    if (character === '}') depth -= 1;
    if (depth === 0 && character !== '}') plain += character === '{' ? '' : character;
    if (character === '{') depth += 1;
  }
  return plain.split(',').map((name) => name.trim().replace(/\..*$/, ''));
};

/**
 * Of a node what was asked for, and its id; what is null is left out, as Facebook does. @throws GraphError for a field there is
 * not
 */
export function pick(node: Readonly<Record<string, unknown>>, fields: string | null): Record<string, unknown> {
  const names = fields === null ? Object.keys(node) : ['id', ...namesIn(fields)];
  const strange = names.find((name) => !(name in node));
  if (strange !== undefined) throw invalid(`Tried accessing nonexisting field (${strange})`);
  return Object.fromEntries(names.flatMap((name) => (node[name] === null ? [] : [[name, node[name]]])));
}
