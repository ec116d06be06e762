// Tries again what broke off on the way to Discord: discord.js itself tries again only what it gave up waiting for.
import pRetry from 'p-retry';
import { CrierError } from '../../core/errors.ts';
import { readFailure } from './failures.ts';

const RETRY_AFTER_MS = 100;

/** @throws what the last try threw */
export const persist = <T>(send: () => Promise<T>): Promise<T> =>
  pRetry(send, { retries: 2, minTimeout: RETRY_AFTER_MS, shouldRetry: ({ error }) => isBrokenOff(error) });

function isBrokenOff(error: unknown): boolean {
  const failure = readFailure(error);
  return failure instanceof CrierError && (failure.kind === 'outcome-unknown' || failure.kind === 'unavailable');
}
