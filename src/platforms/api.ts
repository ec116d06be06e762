// One request to a network's JSON API, with its answer read by a schema; and what a refusal means. Knows no network and tries nothing twice.
import type { z } from 'zod';
import { CrierError } from '../core/errors.ts';
import type { ConnectContext } from '../core/platform.ts';
import { classifyAnswer, classifyTransport } from './failures.ts';

export interface ApiRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  /** Put behind what the address has already; what is undefined is left out. */
  query?: Readonly<Record<string, string | undefined>>;
  /** Access token, as `Authorization: Bearer`. */
  bearer?: string;
  headers?: Readonly<Record<string, string>>;
  /** One of these, or no body. */
  json?: unknown;
  form?: Readonly<Record<string, string>> | FormData;
  bytes?: Uint8Array<ArrayBuffer>;
}

/** An answer that is no success. Its body is JSON where it could be read as such, else text. */
export class Refused extends Error {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;

  constructor(status: number, headers: Headers, body: unknown) {
    super(`refused with ${status}`);
    this.name = 'Refused';
    this.status = status;
    this.headers = headers;
    this.body = body;
  }
}

type Way = Pick<ConnectContext, 'http' | 'signal'>;

/** The answer of a success, its body unread. Redirects are not followed: a token would go along. @throws Refused, or what fetch throws */
export async function send({ http, signal }: Way, request: ApiRequest): Promise<Response> {
  const { method = 'GET', bearer, json, bytes } = request;
  const headers = new Headers(request.headers);
  if (bearer !== undefined) headers.set('authorization', `Bearer ${bearer}`);
  if (json !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json');
  const body = json === undefined ? (bytes ?? formOf(request)) : JSON.stringify(json);
  const response = await http.fetch(addressOf(request), { method, headers, body: body ?? null, signal, redirect: 'error' });
  if (!response.ok) throw new Refused(response.status, response.headers, readBody(await response.text()));
  return response;
}

/** @throws Refused; ZodError for an answer of another shape, which `classifyApi` calls unforeseen; or what fetch throws */
export async function ask<T>(way: Way, request: ApiRequest, schema: z.ZodType<T>): Promise<T> {
  const response = await send(way, request);
  return schema.parse(readBody(await response.text()));
}

function addressOf({ url, query = {} }: ApiRequest): string {
  const address = new URL(url);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) address.searchParams.set(name, value);
  return address.href;
}

const formOf = ({ form }: ApiRequest): RequestInit['body'] | undefined =>
  form === undefined || form instanceof FormData ? form : new URLSearchParams(form);

/** As JSON where it is such, else as it is. */
export function readBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

/**
 * What a failed request means. `read` looks at the network's own codes first: null leaves it to the status.
 * @param messageOf the network's own words in a refusal's body; '' where there are none
 */
export function classifyApi(
  network: string,
  error: unknown,
  { read, messageOf }: { read: (refused: Refused) => CrierError | null; messageOf: (body: unknown) => string },
): CrierError {
  if (!(error instanceof Refused)) return classifyTransport(network, error);
  const { status, headers, body } = error;
  const message = messageOf(body);
  const known = read(error);
  if (known) return known;
  // no word of the network's own that the login is gone: refreshing it tells
  if (status === 401)
    return new CrierError('auth-expired', `${network} does not accept this login just now.`, { cause: error, meta: { status } });
  return classifyAnswer(network, { status, header: (name) => headers.get(name), message, cause: error });
}
