// How long a message keeps trying to leave: waits for Slack's rate limits, tries again where nothing was sent, and clears up a doubt
// before anything is sent twice. Knows no channel and no message.
import pRetry, { AbortError } from 'p-retry';
import { CrierError } from '../../core/errors.ts';
import { readFailure } from './outbox-errors.ts';

/** Resolves after that many milliseconds; rejects when the signal aborts. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<unknown>;

export interface Patience {
  pause: Pause;
  /** Aborted when Crier stops: what waits gives up. */
  signal: AbortSignal;
  /** How long the waits for rate limits may be in all, milliseconds. */
  maxWaitMs: number;
}

/** Tries after the first where Slack was not reached, and milliseconds before the first of them; each further one waits double. */
const RETRIES = 3;
const FIRST_RETRY_AFTER_MS = 250;
/** Milliseconds a request that was broken off gets to be applied, before it is asked what became of it. */
const CLEAR_UP_AFTER_MS = 2_000;

/**
 * @param send one try
 * @param clearUp after a try that may have been applied: what it led to, or null where it certainly was not applied. It throws where
 *   nobody can say. Left out where sending twice does no harm.
 * @throws CrierError `rate-limited` with `retryAfterMs` where Slack wants more patience than this; `outcome-unknown` where a try may
 *   have been applied and nobody can say; else what the last try failed of.
 */
export function sendPatiently<T>(patience: Patience, send: () => Promise<T>, clearUp?: () => Promise<T | null>): Promise<T> {
  let waitedMs = 0;
  let doubt: CrierError | null = null;

  const attempt = async (): Promise<T> => {
    try {
      if (doubt && clearUp) {
        const found = await settle(doubt, clearUp);
        doubt = null;
        if (found !== null) return found;
      }
      return await send();
    } catch (error) {
      throw readFailure(error);
    }
  };

  return pRetry(attempt, {
    retries: RETRIES,
    minTimeout: 0,
    shouldConsumeRetry: ({ error }) => !isRateLimit(error),
    onFailedAttempt: async ({ error, retriesLeft, retriesConsumed }) => {
      if (isKind(error, 'outcome-unknown')) doubt = error;
      const waitMs = waitBeforeNext(error, retriesConsumed);
      if (isRateLimit(error)) waitedMs += waitMs ?? 0;
      if (waitMs === null || retriesLeft === 0 || waitedMs > patience.maxWaitMs) throw error;
      await waitUnlessStopped(patience, waitMs, error);
    },
  });
}

const isKind = (error: unknown, kind: CrierError['kind']): error is CrierError =>
  error instanceof CrierError && error.kind === kind;

const isRateLimit = (error: unknown): error is CrierError => isKind(error, 'rate-limited');

/** Milliseconds; null where another try would lead to the same. */
function waitBeforeNext(error: unknown, retriesConsumed: number): number | null {
  if (isRateLimit(error)) return error.retryAfterMs ?? 0;
  if (isKind(error, 'outcome-unknown')) return CLEAR_UP_AFTER_MS;
  return isKind(error, 'unavailable') ? FIRST_RETRY_AFTER_MS * 2 ** retriesConsumed : null;
}

/** Where nobody can say, the doubt is what is thrown: it is what matters to whoever asked. */
async function settle<T>(doubt: CrierError, clearUp: () => Promise<T | null>): Promise<T | null> {
  try {
    return await clearUp();
  } catch (error) {
    throw new AbortError(new CrierError(doubt.kind, doubt.userMessage, { meta: doubt.meta, cause: error }));
  }
}

async function waitUnlessStopped({ pause, signal }: Patience, ms: number, error: Error): Promise<void> {
  try {
    await pause(ms, signal);
  } catch (broken) {
    if (signal.aborted) throw error;
    throw broken;
  }
}
