// What a failed try means, for every kind of error, before and after the request left; and when the next try is.
import { describe, expect, it } from 'vitest';
import { ERROR_KINDS, type ErrorKind } from '../../src/core/errors.ts';
import { type AfterFailure, afterFailure, nextTryAt } from '../../src/core/retry.ts';

const MEANS: Record<ErrorKind, { before: AfterFailure; after: AfterFailure }> = {
  'outcome-unknown': { before: 'again', after: 'ask' },
  unavailable: { before: 'again', after: 'again' },
  'rate-limited': { before: 'again', after: 'again' },
  'auth-expired': { before: 'hold', after: 'hold' },
  'auth-revoked': { before: 'hold', after: 'hold' },
  rejected: { before: 'fail', after: 'fail' },
  'invalid-input': { before: 'fail', after: 'fail' },
  'not-permitted': { before: 'fail', after: 'fail' },
  'not-found': { before: 'fail', after: 'fail' },
};

describe('a failed try', () => {
  it.each(ERROR_KINDS)('with %s is followed as the table says, before and after the request left', (kind) => {
    expect({ before: afterFailure(kind, false), after: afterFailure(kind, true) }).toEqual(MEANS[kind]);
  });
});

describe('the next try', () => {
  const now = Temporal.Instant.from('2026-11-22T09:00:00Z');
  const nextTry = (tries: number, retryAfterMs?: number, minutes?: number[]): string | undefined =>
    nextTryAt(now, tries, retryAfterMs, minutes)?.toString();

  it.each([
    [1, '2026-11-22T09:01:00Z'],
    [2, '2026-11-22T09:05:00Z'],
    [3, '2026-11-22T09:15:00Z'],
    [4, undefined],
  ])('after try %i is at %s', (tries, expected) => {
    expect(nextTry(tries)).toBe(expected);
  });

  it('is never earlier than the network asked for, and never earlier than the table', () => {
    expect(nextTry(1, 600_000)).toBe('2026-11-22T09:10:00Z');
    expect(nextTry(1, 1_000)).toBe('2026-11-22T09:01:00Z');
  });

  it('follows the table one has set', () => {
    expect([nextTry(1, undefined, [0.5]), nextTry(2, undefined, [0.5])]).toEqual(['2026-11-22T09:00:30Z', undefined]);
  });
});
