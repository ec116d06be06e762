// Error kind and number of tries -> when to try again, or never.
import type { ErrorKind } from './errors.ts';

/** Minutes until the second, third and fourth try; after the last, the delivery has failed. */
export const DEFAULT_RETRY_MINUTES = [1, 5, 15] as const;

/**
 * What a failed try means for its delivery:
 * - `again`: certainly not applied, and it may go better later.
 * - `ask`: may have been applied; ask the network before anything else.
 * - `hold`: the account cannot be used until somebody connects it again.
 * - `fail`: it will not go better by itself.
 */
export type AfterFailure = 'again' | 'ask' | 'hold' | 'fail';

/** @param sent whether the request that makes the post public had left. Before that, nothing can have been applied. */
export function afterFailure(kind: ErrorKind, sent: boolean): AfterFailure {
  switch (kind) {
    case 'outcome-unknown':
      return sent ? 'ask' : 'again';
    case 'unavailable':
    case 'rate-limited':
      return 'again';
    case 'auth-expired':
    case 'auth-revoked':
      return 'hold';
    case 'rejected':
    case 'invalid-input':
    case 'not-permitted':
    case 'not-found':
      return 'fail';
  }
}

/**
 * The instant of the next try, or null where there is none left.
 * @param triesMade tries made so far, this one included
 * @param retryAfterMs what the network asked for; never tried earlier than that
 */
export function nextTryAt(
  now: Temporal.Instant,
  triesMade: number,
  retryAfterMs: number | undefined,
  retryMinutes: readonly number[] = DEFAULT_RETRY_MINUTES,
): Temporal.Instant | null {
  const minutes = retryMinutes[triesMade - 1];
  if (minutes === undefined) return null;
  return now.add({ milliseconds: Math.max(Math.round(minutes * 60_000), Math.ceil(retryAfterMs ?? 0)) });
}
