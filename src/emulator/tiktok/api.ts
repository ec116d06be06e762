// How the emulated TikTok speaks: its envelope, its error codes, bearer tokens with their scopes, and how often it may be asked.
// https://developers.tiktok.com/doc/tiktok-api-v2-error-handling (checked 2026-11-22).
import type { Context } from 'hono';
import type { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import type { Grants } from '../grants.ts';
import { secret } from '../grants.ts';
import type { Account, TikTokState } from './state.ts';

type Status = 200 | 400 | 401 | 403 | 404 | 429;

export class TikTokError extends Error {
  readonly status: Status;
  readonly code: string;

  constructor(status: Status, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const invalid = (message: string): TikTokError => new TikTokError(400, 'invalid_params', message);

/** Like 202210112248442CB9319E1FB30C1073F3. */
const logId = (): string => Buffer.from(secret()).toString('hex').slice(0, 34).toUpperCase();

export const errorBody = (code: string, message: string) => ({ data: {}, error: { code, message, log_id: logId() } });

export const ok = (data: object) => ({ data, error: { code: 'ok', message: '', log_id: logId() } });

const USUAL: Partial<Record<number, readonly [code: string, message: string]>> = {
  401: ['access_token_invalid', 'The access token is invalid or not found in the request.'],
  403: ['spam_risk_user_banned_from_posting', 'The user is banned from making new posts.'],
  413: ['invalid_file_upload', 'The uploaded file does not meet API specifications.'],
  429: ['rate_limit_exceeded', 'The API rate limit was exceeded. Please try again later.'],
};

/** For a bare status. */
export function usualBody(status: number) {
  const [code, message] = USUAL[status] ?? (status < 500 ? ['invalid_params', 'Invalid'] : ['internal_error', 'Internal']);
  return errorBody(code, message);
}

/** Requests per minute and token, as each endpoint's page says; 600 for those of accounts and videos. */
const LIMITS = {
  'user/info': 600,
  'video/query': 600,
  'creator_info/query': 20,
  'video/init': 6,
  'inbox/video/init': 6,
  'content/init': 6,
  'status/fetch': 30,
} as const;
type Route = keyof typeof LIMITS;

const WINDOW = Temporal.Duration.from({ minutes: 1 });

export interface Gate {
  /** Whose token it is, counted. @param scopes of which one is enough @throws TikTokError 401, 429 */
  enter: (c: Context, route: Route, scopes: readonly string[]) => Account & { scopes: readonly string[] };
}

export function openGate({ accounts }: TikTokState, grants: Grants, clock: Clock): Gate {
  const asked = new Map<string, Temporal.Instant[]>();
  /** A sliding window: https://developers.tiktok.com/docs/zh-Hans/tiktok-api-v2-rate-limit (checked 2026-11-22). */
  const count = (key: string, most: number): void => {
    const now = clock.now();
    const recent = (asked.get(key) ?? []).filter((at) => Temporal.Instant.compare(now, at.add(WINDOW)) < 0);
    if (recent.length >= most) throw new TikTokError(429, 'rate_limit_exceeded', USUAL[429]?.[1] ?? '');
    asked.set(key, [...recent, now]);
  };
  return {
    enter: (c, route, scopes) => {
      const token = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
      const grant = grants.find(token);
      const account = grant && accounts.get(grant.accountId);
      // the same words for a token whose time is over, one that was taken back and one that never was
      if (!account) throw new TikTokError(401, 'access_token_invalid', USUAL[401]?.[1] ?? '');
      if (!scopes.some((scope) => grant.scopes.includes(scope))) throw notAuthorized();
      count(`${route} ${token}`, LIMITS[route]);
      return { ...account, scopes: grant.scopes };
    },
  };
}

export const notAuthorized = (): TikTokError =>
  new TikTokError(401, 'scope_not_authorized', 'The user did not authorize the scope required for completing this request.');

/** JSON alone. @throws TikTokError 400 */
export async function readJson<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  if (!c.req.header('content-type')?.includes('application/json')) throw invalid('Content-Type must be application/json');
  const body: unknown = await c.req.json().catch(() => {
    throw invalid('The request body is not valid JSON');
  });
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new TikTokError(400, 'invalid_params', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not valid'}`);
}
