// How the emulated YouTube speaks: its error bodies, bearer tokens and scopes. https://developers.google.com/youtube/v3/docs/errors
import type { Context } from 'hono';
import type { Channel, YouTubeState } from './state.ts';

type Code = 400 | 401 | 403 | 404 | 413;

export class YouTubeError extends Error {
  readonly code: Code;
  readonly reason: string;
  readonly domain: string;

  constructor(code: Code, reason: string, message: string, domain = 'youtube.api') {
    super(message);
    this.code = code;
    this.reason = reason;
    this.domain = domain;
  }
}

export const bad = (reason: string, message: string): YouTubeError => new YouTubeError(400, reason, message);

const STATUSES: Partial<Record<number, string>> = { 401: 'UNAUTHENTICATED', 429: 'RESOURCE_EXHAUSTED' };

export const errorBody = (code: number, reason: string, message: string, domain: string) => {
  const status = STATUSES[code];
  return { error: { code, message, errors: [{ message, domain, reason }], ...(status === undefined ? {} : { status }) } };
};

const USUAL: Partial<Record<number, readonly [reason: string, message: string]>> = {
  400: ['badRequest', 'Bad Request'],
  401: ['authError', 'Invalid Credentials'],
  403: ['forbidden', 'Forbidden'],
  404: ['notFound', 'Not Found'],
  413: ['uploadTooLarge', 'Request Too Large'],
  429: ['rateLimitExceeded', 'Quota exceeded for quota metric ’Queries’ and limit ’Queries per minute’'],
  503: ['backendError', 'Backend Error'],
};

/** For a bare status. */
export const usualBody = (code: number) => {
  const [reason, message] = USUAL[code] ?? (code < 500 ? ['badRequest', 'Bad Request'] : ['internalError', 'Internal Error']);
  return errorBody(code, reason, message, 'global');
};

const ROOT = 'https://www.googleapis.com/auth';
export const SCOPES = {
  upload: `${ROOT}/youtube.upload`,
  readonly: `${ROOT}/youtube.readonly`,
  forceSsl: `${ROOT}/youtube.force-ssl`,
  all: `${ROOT}/youtube`,
} as const;

/** @param accepted names of scopes of which one is enough. @throws YouTubeError 401, 403 */
export function authorize(c: Context, { grants, channels }: YouTubeState, accepted: readonly (keyof typeof SCOPES)[]): Channel {
  const token = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
  const grant = grants.find(token);
  const channel = grant && channels.get(grant.accountId);
  if (!channel) throw new YouTubeError(401, 'authError', 'Invalid Credentials', 'global');
  if (!accepted.some((name) => grant.scopes.includes(SCOPES[name])))
    throw new YouTubeError(403, 'insufficientPermissions', 'Insufficient Permission', 'global');
  return channel;
}

/** What the answer is to have: `snippet,status`. @throws YouTubeError 400 */
export function partsOf(c: Context): string[] {
  const parts = (c.req.query('part') ?? '').split(',').filter((part) => part !== '');
  if (parts.length === 0) throw bad('missingRequiredParameter', 'No filter selected. Expected one of: part');
  return parts;
}

export async function readJson(c: Context): Promise<unknown> {
  return c.req.json().catch(() => {
    throw bad('parseError', 'Parse Error');
  });
}
