// How the emulated X speaks: problems as errors, bearer tokens with their scopes, and how often it may be asked.
// https://docs.x.com/x-api/fundamentals/response-codes-and-errors and /rate-limits (checked 2026-11-22).
import type { Context } from 'hono';
import type { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import type { Grants } from '../grants.ts';
import type { XAccount, XState } from './state.ts';

type Status = 400 | 401 | 402 | 403 | 404 | 429;

const TITLES: Partial<Record<number, string>> = {
  400: 'Invalid Request',
  401: 'Unauthorized',
  402: 'CreditsDepleted',
  403: 'Forbidden',
  404: 'Not Found Error',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
};

/** Such as have a type of their own; the rest is `about:blank`. */
const TYPES: Partial<Record<number, string>> = {
  400: 'https://api.x.com/2/problems/invalid-request',
  402: 'https://api.x.com/2/problems/credits',
  404: 'https://api.x.com/2/problems/resource-not-found',
};

export class XError extends Error {
  readonly status: Status;
  readonly headers: Record<string, string>;

  constructor(status: Status, detail: string, headers: Record<string, string> = {}) {
    super(detail);
    this.status = status;
    this.headers = headers;
  }
}

export function problem(status: number, detail?: string) {
  const title = TITLES[status] ?? 'Internal Server Error';
  return { title, detail: detail ?? title, type: TYPES[status] ?? 'about:blank', status };
}

/** What is wrong with one parameter is told below the problem. */
export const invalid = (message: string): XError => new XError(400, message);

export const forbidden = (detail: string): XError => new XError(403, detail);

interface Limit {
  /** Requests an account may make within 15 minutes. */
  max: number;
}
/** https://docs.x.com/x-api/fundamentals/rate-limits (checked 2026-11-22), per user. */
export const LIMITS = {
  'POST /2/tweets': { max: 100 },
  'GET /2/tweets': { max: 5000 },
  'GET /2/users/me': { max: 75 },
  'GET /2/users/:id': { max: 900 },
  'GET /2/users/:id/tweets': { max: 900 },
  'POST /2/media/upload/initialize': { max: 1875 },
  'POST /2/media/upload/:id/append': { max: 1875 },
  'POST /2/media/upload/:id/finalize': { max: 1875 },
  'GET /2/media/upload': { max: 1000 },
  'POST /2/media/metadata': { max: 500 },
} satisfies Record<string, Limit>;
export type Route = keyof typeof LIMITS;

export const WINDOW = Temporal.Duration.from({ minutes: 15 });

export interface Gate {
  /** Whose token it is, counted. @throws XError 401, 403 where a scope is missing, 429 */
  enter: (c: Context, route: Route, scopes: readonly string[]) => XAccount;
}

export function openGate({ accounts }: XState, grants: Grants, clock: Clock): Gate {
  const windows = new Map<string, { count: number; ends: Temporal.Instant }>();
  const count = (route: Route, accountId: string): Record<string, string> => {
    const key = `${route} ${accountId}`;
    const now = clock.now();
    const known = windows.get(key);
    const window = known && Temporal.Instant.compare(now, known.ends) < 0 ? known : { count: 0, ends: now.add(WINDOW) };
    windows.set(key, window);
    window.count += 1;
    const { max } = LIMITS[route];
    const headers = rateHeaders(max, Math.max(0, max - window.count), window.ends);
    if (window.count > max) throw new XError(429, 'Too Many Requests', headers);
    return headers;
  };
  return {
    enter: (c, route, scopes) => {
      const token = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
      const grant = grants.find(token);
      const account = grant && accounts.get(grant.accountId);
      // the same words for a token whose time is over, one that was taken back and one that never was
      if (!account) throw new XError(401, 'Unauthorized');
      for (const [name, value] of Object.entries(count(route, account.id))) c.header(name, value);
      if (scopes.some((scope) => !grant.scopes.includes(scope))) throw forbidden('You are not permitted to perform this action.');
      return account;
    },
  };
}

export const rateHeaders = (max: number, remaining: number, ends: Temporal.Instant): Record<string, string> => ({
  'x-rate-limit-limit': String(max),
  'x-rate-limit-remaining': String(remaining),
  'x-rate-limit-reset': String(Math.ceil(ends.epochMilliseconds / 1000)),
});

/** JSON alone, and nothing beside what the schema knows. @throws XError 400 */
export async function readJson<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  if (!c.req.header('content-type')?.includes('json')) throw invalid('The Content-Type must be application/json.');
  const body: unknown = await c.req.json().catch(() => {
    throw invalid('Requests with bodies must have valid JSON.');
  });
  return checked(schema, body);
}

/** @throws XError 400 that names what is wrong where */
export function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw invalid(`$.${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not valid'}`);
}
