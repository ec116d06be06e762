// How XRPC speaks: errors as { error, message }, and input checked against the network's own lexicons.
import { jsonToLex, lexicons } from '@atproto/api';
import type { Context } from 'hono';
import { z } from 'zod';

type Status = 400 | 401 | 413 | 500 | 501;

/** Shape and names: https://atproto.com/specs/xrpc#error-responses (checked 2026-11-22). */
export class XrpcError extends Error {
  readonly status: Status;
  readonly error: string;

  constructor(status: Status, error: string, message: string) {
    super(message);
    this.status = status;
    this.error = error;
  }
}

export const invalidRequest = (message: string, error = 'InvalidRequest'): XrpcError => new XrpcError(400, error, message);

export const authRequired = (message = 'Authentication Required', error = 'AuthenticationRequired'): XrpcError =>
  new XrpcError(401, error, message);

/** The names a PDS gives to bare statuses: packages/xrpc/src/types.ts of bluesky-social/atproto (checked 2026-11-22). */
const NAMES: Partial<Record<number, [error: string, message: string]>> = {
  400: ['InvalidRequest', 'Invalid Request'],
  401: ['AuthenticationRequired', 'Authentication Required'],
  403: ['Forbidden', 'Forbidden'],
  404: ['XRPCNotSupported', 'XRPC Not Supported'],
  413: ['PayloadTooLarge', 'Payload Too Large'],
  429: ['RateLimitExceeded', 'Rate Limit Exceeded'],
  500: ['InternalServerError', 'Internal Server Error'],
  501: ['MethodNotImplemented', 'Method Not Implemented'],
  502: ['UpstreamFailure', 'Upstream Failure'],
  503: ['NotEnoughResources', 'Not Enough Resources'],
  504: ['UpstreamTimeout', 'Upstream Timeout'],
};

export function errorBody(status: number): { error: string; message: string } {
  const [error, message] =
    NAMES[status] ?? (status < 500 ? ['InvalidRequest', 'Invalid Request'] : ['InternalServerError', 'Internal Server Error']);
  return { error, message };
}

/** @throws XrpcError `InvalidRequest`, in the words of the lexicon. */
export async function readInput<T>(c: Context, nsid: string, schema: z.ZodType<T>): Promise<T> {
  const body: unknown = await c.req.json().catch(() => {
    throw invalidRequest('A request body is expected but none was provided');
  });
  return checked(() => lexicons.assertValidXrpcInput(nsid, jsonToLex(structuredClone(body))), schema, body);
}

/** @throws XrpcError `InvalidRequest`, in the words of the lexicon. */
export function readParams<T>(c: Context, nsid: string, schema: z.ZodType<T>): T {
  const all = c.req.queries();
  const params: Record<string, unknown> = {};
  for (const [name, values] of Object.entries(all)) {
    const value = values[0] ?? '';
    params[name] =
      name === 'uris'
        ? values
        : name === 'limit' || name === 'exp'
          ? Number(value)
          : name === 'reverse'
            ? value === 'true'
            : value;
  }
  return checked(() => lexicons.assertValidXrpcParams(nsid, params), schema, params);
}

function checked<T>(assertValid: () => unknown, schema: z.ZodType<T>, value: unknown): T {
  try {
    assertValid();
  } catch (error) {
    throw invalidRequest(error instanceof Error ? error.message : String(error));
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalidRequest(z.prettifyError(parsed.error));
  return parsed.data;
}
