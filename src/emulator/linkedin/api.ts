// How LinkedIn's API speaks: errors with a status, a code and a number, a version that has to be named, bearer tokens with scopes.
import type { Context } from 'hono';
import type { Grant, Grants } from '../grants.ts';

type Status = 400 | 401 | 403 | 404 | 422 | 426 | 429;

interface ErrorBody {
  status: number;
  code: string;
  message: string;
  serviceErrorCode?: number;
  errorDetailType?: string;
  errorDetails?: { inputErrors: { description: string; input: object; code: string }[] };
}

export class LinkedInError extends Error {
  readonly status: Status;
  readonly body: object;

  constructor(status: Status, body: object) {
    super(`LinkedIn refuses with ${status}`);
    this.status = status;
    this.body = body;
  }
}

export const refuse = (status: Status, code: string, message: string, serviceErrorCode?: number): LinkedInError =>
  new LinkedInError(status, { status, code, message, ...(serviceErrorCode === undefined ? {} : { serviceErrorCode }) });

/** What is wrong with one input, in the form of https://github.com/Arisamiga/Linkedin-RSS/issues/5 (checked 2026-11-22). */
export const refuseInput = (status: 400 | 422, code: string, message: string, description: string): LinkedInError =>
  new LinkedInError(status, {
    errorDetailType: 'com.linkedin.common.error.BadRequest',
    message: `com.linkedin.content.common.exception.BadRequestResponseException: ${message}`,
    errorDetails: { inputErrors: [{ description, input: {}, code }] },
    status,
  });

/** Bodies for a bare status, where they are known from the threads that the platform's errors.ts names; others are in their manner. */
const BODIES: Partial<Record<number, Omit<ErrorBody, 'status'>>> = {
  401: {
    serviceErrorCode: 65601,
    code: 'REVOKED_ACCESS_TOKEN',
    message: 'The token used in the request has been revoked by the user',
  },
  403: {
    serviceErrorCode: 100,
    code: 'ACCESS_DENIED',
    message: 'Not enough permissions to access: partnerApiPostsExternal.CREATE.20261001',
  },
  422: { code: 'UNPROCESSABLE_ENTITY', message: 'The request is understood and cannot be done' },
  426: { code: 'NONEXISTENT_VERSION', message: 'Requested version 20241001 is not active' },
  429: {
    serviceErrorCode: 101,
    code: 'TOO_MANY_REQUESTS',
    message: 'Resource level throttle limit for calls to this resource is reached.',
  },
};

export const errorBody = (status: number): ErrorBody => ({
  status,
  ...(BODIES[status] ?? { code: status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR', message: 'Internal Server Error' }),
});

/** The oldest version that is still spoken. There is none too new, so that an emulator of today goes on working. */
const OLDEST_VERSION = 202_511;

/** What every request to `/rest` has to carry. @throws LinkedInError 400, 426 */
export function requireVersion(c: Context): void {
  const version = c.req.header('linkedin-version');
  if (!version)
    throw refuse(
      400,
      'VERSION_MISSING',
      'A version must be present. Please specify a version by adding the LinkedIn-Version header.',
    );
  if (!/^\d{6}(\.\d{2})?$/.test(version) || Number.parseInt(version, 10) < OLDEST_VERSION)
    throw refuse(426, 'NONEXISTENT_VERSION', `Requested version ${version.replace(/\D/g, '').slice(0, 6)}01 is not active`);
  requireProtocol(c);
}

export function requireProtocol(c: Context): void {
  if (c.req.header('x-restli-protocol-version') !== '2.0.0')
    throw refuse(400, 'ILLEGAL_ARGUMENT', 'The emulated LinkedIn speaks protocol 2.0.0 alone: send X-Restli-Protocol-Version.');
}

/** @param anyOf scopes of which one is enough. @throws LinkedInError 401, 403 */
export function authorize(c: Context, grants: Grants, resource: string, anyOf: readonly string[]): Grant {
  const token = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1];
  if (!token) throw refuse(401, 'EMPTY_ACCESS_TOKEN', 'Empty oauth2 access token', 65604);
  const grant = grants.find(token);
  if (!grant && grants.hasEnded(token))
    throw refuse(401, 'EXPIRED_ACCESS_TOKEN', 'The token used in the request has expired', 65602);
  if (!grant) throw refuse(401, 'INVALID_ACCESS_TOKEN', 'Invalid access token', 65600);
  if (!anyOf.some((scope) => grant.scopes.includes(scope)))
    throw refuse(403, 'ACCESS_DENIED', `Not enough permissions to access: ${resource}`, 100);
  return grant;
}

/**
 * URNs in the query as Rest.li 2.0 writes them, `List(urn%3Ali%3Ashare%3A1,...)`; null where there is no such parameter.
 * @throws LinkedInError 400 where it is no such list, as where its colons are not encoded
 */
export function readList(c: Context, name: string): string[] | null {
  const raw = new RegExp(`[?&]${name}=([^&]*)`).exec(c.req.url)?.[1];
  if (raw === undefined) return null;
  const inner = /^List\(([^:()]*)\)$/.exec(raw)?.[1];
  if (inner === undefined) throw refuse(400, 'ILLEGAL_ARGUMENT', `Invalid query parameters passed to request: ${name}`);
  return inner.split(',').map(decodeURIComponent);
}

export async function readJson(c: Context): Promise<unknown> {
  return c.req.json().catch(() => {
    throw refuse(400, 'BAD_REQUEST', 'Cannot parse request entity');
  });
}
