// From what a request came to (a status, a broken socket) to a CrierError. Shared by the platforms; a network's own error codes
// are read in its own file, before these rules.
import { CrierError } from '../core/errors.ts';
import { crierErrorIn } from './http.ts';

/** An answer that is not a success, whichever client read it. */
export interface RefusedAnswer {
  status: number;
  /** By lower-case name. */
  header: (name: string) => string | null | undefined;
  /** What the network said, in its own words; shown to the person. */
  message: string;
  cause: unknown;
}

const EPOCH_SECONDS_FROM = 1_000_000_000;
const MAX_MESSAGE = 300;

/** Milliseconds from `nowMs` until a time told as seconds to wait, seconds since 1970, an HTTP date or an ISO date. */
function waitUntil(told: string, nowMs: number): number | undefined {
  const number = /^\d+(\.\d+)?$/.test(told.trim()) ? Number(told) : undefined;
  if (number !== undefined && number < EPOCH_SECONDS_FROM) return Math.ceil(number * 1000);
  const at = number === undefined ? Date.parse(told) : number * 1000;
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}

/**
 * How long the network wants to be left alone, in milliseconds. Retry-After (RFC 9110, section 10.2.3) comes first, then
 * RateLimit-Reset as Bluesky sends it (epoch seconds), X-RateLimit-Reset as Mastodon sends it (ISO date) and X-Rate-Limit-Reset as X sends it
 * (epoch seconds), checked 2026-11-22: https://docs.bsky.app/docs/advanced-guides/rate-limits, https://docs.joinmastodon.org/api/rate-limits/,
 * https://docs.x.com/x-api/fundamentals/rate-limits.
 * Dates are measured against the answer's own Date header where it has one, so that a wrong clock here does no harm.
 */
export function retryAfterMs(header: RefusedAnswer['header']): number | undefined {
  const date = Date.parse(header('date') ?? '');
  const nowMs = Number.isNaN(date) ? Date.now() : date;
  for (const name of ['retry-after', 'ratelimit-reset', 'x-ratelimit-reset', 'x-rate-limit-reset']) {
    const told = header(name);
    const wait = told == null ? undefined : waitUntil(told, nowMs);
    if (wait !== undefined) return wait;
  }
  return undefined;
}

function readWords(message: string): string {
  const words = message.trim().slice(0, MAX_MESSAGE);
  return words === '' ? '' : `: ${words}`;
}

/** A refusal by status alone. A 5xx, 503 included, may have been applied: a proxy says it while the server goes on. */
export function classifyAnswer(network: string, answer: RefusedAnswer): CrierError {
  const { status, header, message, cause } = answer;
  const options = { cause, meta: { status } };
  const said = readWords(message);
  if (status === 401) return new CrierError('auth-revoked', `${network} no longer accepts this login${said}`, options);
  if (status === 429) {
    const wait = retryAfterMs(header);
    const limited = { ...options, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
    return new CrierError('rate-limited', `${network} asks to slow down${said}`, limited);
  }
  if (status >= 400 && status < 500) return new CrierError('rejected', `${network} refused it (${status})${said}`, options);
  return new CrierError('outcome-unknown', `${network} answered with an error (${status})${said}`, options);
}

/** Codes of failures before a connection stood: nothing can have been applied. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'UND_ERR_CONNECT_TIMEOUT']);
const NEVER_CONNECTED_CALLS = new Set(['connect', 'getaddrinfo', 'queryA', 'queryAaaa']);
const BAD_CERTIFICATE = /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

function* causesOf(error: unknown): Generator<Error> {
  for (let current = error; current instanceof Error; current = current.cause) yield current;
}

const textField = (error: Error, name: 'code' | 'syscall'): string => {
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : '';
};

function neverConnected(error: Error): boolean {
  if (NEVER_CONNECTED.has(textField(error, 'code')) || NEVER_CONNECTED_CALLS.has(textField(error, 'syscall'))) return true;
  if (BAD_CERTIFICATE.test(textField(error, 'code'))) return true;
  // several addresses were tried, and none took the connection
  return error instanceof AggregateError && error.errors.every((each) => each instanceof Error && neverConnected(each));
}

/** A request that got no answer. Unless the connection certainly never stood, it may have been applied. */
export function classifyTransport(network: string, error: unknown): CrierError {
  const known = crierErrorIn(error);
  if (known) return known;
  const chain = [...causesOf(error)];
  const code = chain.map((each) => textField(each, 'code')).find((each) => each !== '');
  const options = { cause: error, meta: code === undefined ? {} : { code } };
  if (chain.some(neverConnected)) {
    return new CrierError('unavailable', `${network} could not be reached${code ? ` (${code})` : ''}.`, options);
  }
  if (chain.some((each) => each.name === 'TimeoutError' || /TIMEOUT|ETIMEDOUT/.test(textField(each, 'code')))) {
    return new CrierError('outcome-unknown', `${network} did not answer in time.`, options);
  }
  if (code !== undefined || chain.some((each) => each.name === 'AbortError' || each.message === 'fetch failed')) {
    return new CrierError('outcome-unknown', `The connection to ${network} broke before it answered.`, options);
  }
  return new CrierError('outcome-unknown', `Something unforeseen went wrong while talking to ${network}.`, {
    cause: error,
    meta: { unreadable: true },
  });
}

/**
 * For work before the request that makes a post public. Whatever breaks there, the post certainly did not go out, so an unknown
 * outcome of such a request is only `unavailable`.
 */
export async function whilePreparing<T>(classify: (error: unknown) => CrierError, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const failure = classify(error);
    if (failure.kind !== 'outcome-unknown') throw failure;
    throw new CrierError('unavailable', failure.userMessage, { meta: failure.meta, cause: error });
  }
}
