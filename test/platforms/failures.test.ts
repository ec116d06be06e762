import { describe, expect, it } from 'vitest';
import { CrierError } from '../../src/core/errors.ts';
import { classifyAnswer, classifyTransport, retryAfterMs, whilePreparing } from '../../src/platforms/failures.ts';

const headers = (values: Record<string, string>) => (name: string) => values[name];
const answer = (status: number, values: Record<string, string> = {}) => ({
  status,
  header: headers(values),
  message: 'no',
  cause: new Error('refused'),
});
const coded = (code: string, syscall?: string) => Object.assign(new Error(code), { code, ...(syscall ? { syscall } : {}) });
const failedFetch = (cause: unknown) => new TypeError('fetch failed', { cause });

describe('an answer', () => {
  it.each([
    [400, 'rejected'],
    [401, 'auth-revoked'],
    [403, 'rejected'],
    [404, 'rejected'],
    [413, 'rejected'],
    [422, 'rejected'],
    [429, 'rate-limited'],
    [500, 'outcome-unknown'],
    [502, 'outcome-unknown'],
    [503, 'outcome-unknown'],
    [504, 'outcome-unknown'],
  ])('with status %i is %s', (status, kind) => {
    expect(classifyAnswer('Bluesky', answer(status)).kind).toBe(kind);
  });

  it('tells the network and its words, and keeps the cause', () => {
    const error = classifyAnswer('Bluesky', answer(422));
    expect(error.userMessage).toBe('Bluesky refused it (422): no');
    expect(error.cause).toBeInstanceOf(Error);
  });
});

describe('how long to wait', () => {
  const date = 'Sun, 22 Nov 2026 12:00:00 GMT';
  it.each([
    ['seconds', { 'retry-after': '120' }, 120_000],
    ['an HTTP date', { date, 'retry-after': 'Sun, 22 Nov 2026 12:01:30 GMT' }, 90_000],
    ['a date that is past', { date, 'retry-after': 'Sun, 22 Nov 2026 11:00:00 GMT' }, 0],
    ['epoch seconds, as Bluesky says it', { date, 'ratelimit-reset': String(Date.UTC(2026, 10, 22, 12, 5) / 1000) }, 300_000],
    ['seconds in ratelimit-reset', { 'ratelimit-reset': '30' }, 30_000],
    ['an ISO date, as Mastodon says it', { date, 'x-ratelimit-reset': '2026-11-22T12:05:00.000000Z' }, 300_000],
    ['Retry-After before the others', { date, 'retry-after': '5', 'x-ratelimit-reset': '2026-11-22T12:05:00Z' }, 5000],
    ['nonsense', { 'retry-after': 'soon' }, undefined],
    ['nothing', {}, undefined],
  ])('reads %s', (_, values, ms) => {
    expect(retryAfterMs(headers(values))).toBe(ms);
    expect(classifyAnswer('X', answer(429, values)).retryAfterMs).toBe(ms);
  });
});

describe('a request without an answer', () => {
  it.each([
    ['a refused connection', failedFetch(coded('ECONNREFUSED', 'connect')), 'unavailable'],
    ['an unknown host', failedFetch(coded('ENOTFOUND', 'getaddrinfo')), 'unavailable'],
    ['a resolver that is away', failedFetch(coded('EAI_AGAIN', 'getaddrinfo')), 'unavailable'],
    ['no route', failedFetch(coded('EHOSTUNREACH', 'connect')), 'unavailable'],
    ['a connection that took too long to stand', failedFetch(coded('UND_ERR_CONNECT_TIMEOUT')), 'unavailable'],
    ['a bad certificate', failedFetch(coded('CERT_HAS_EXPIRED')), 'unavailable'],
    ['several refused addresses', failedFetch(new AggregateError([coded('ECONNREFUSED', 'connect')])), 'unavailable'],
    ['a reset', failedFetch(coded('ECONNRESET', 'read')), 'outcome-unknown'],
    ['a closed socket', failedFetch(coded('UND_ERR_SOCKET')), 'outcome-unknown'],
    ['no headers in time', failedFetch(coded('UND_ERR_HEADERS_TIMEOUT')), 'outcome-unknown'],
    ['a timeout', new DOMException('too long', 'TimeoutError'), 'outcome-unknown'],
    ['an abort', new DOMException('stopped', 'AbortError'), 'outcome-unknown'],
    ['an answer nobody can read', new SyntaxError('not JSON'), 'outcome-unknown'],
  ])('%s is %s', (_, error, kind) => {
    expect(classifyTransport('Bluesky', error).kind).toBe(kind);
  });

  it('passes on a CrierError that is wrapped in others', () => {
    const inner = new CrierError('invalid-input', 'private');
    expect(classifyTransport('X', new Error('a', { cause: failedFetch(inner) }))).toBe(inner);
  });
});

describe('while a post is prepared', () => {
  const classify = (error: unknown) => classifyTransport('X', error);

  it('an unknown outcome is only unavailable, as nothing public was asked for', async () => {
    const work = whilePreparing(classify, () => Promise.reject(failedFetch(coded('ECONNRESET', 'read'))));
    await expect(work).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('everything else stays what it is', async () => {
    const refused = new CrierError('rejected', 'no');
    await expect(whilePreparing(classify, () => Promise.reject(refused))).rejects.toBe(refused);
    await expect(whilePreparing(classify, async () => 7)).resolves.toBe(7);
  });
});
