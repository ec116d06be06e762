// How far this machine's clock is from others: the database's, and the networks', which put the time into every answer.

import type { Clock } from '../../src/core/clock.ts';
import type { Http } from '../../src/core/http.ts';
import { type Finding, note, ok, warning, wrong } from './finding.ts';

/** Milliseconds. Signed requests and logins that live for seconds are refused long before half a minute. */
const FAR_MS = 2_000;
const TOO_FAR_MS = 30_000;

const CURE = 'Set this machine’s clock by NTP (timedatectl set-ntp true), and the other one too where it is yours.';

/** @param aheadMs how far the other clock is ahead of this machine's; behind, where it is negative */
export function driftOf(other: string, aheadMs: number): Finding {
  const far = Math.abs(aheadMs);
  if (far <= FAR_MS) return ok('clock', `This machine’s clock agrees with ${other}.`);
  const found = `This machine’s clock is ${sayLength(far)} ${aheadMs > 0 ? 'behind' : 'ahead of'} ${other}.`;
  return (far > TOO_FAR_MS ? wrong : warning)('clock', found, CURE);
}

const sayLength = (ms: number): string => (ms < 120_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} minutes`);

export interface DateWatch {
  http: Http;
  /** By all answers so far. */
  finding: () => Finding;
}

/**
 * The same way out, on which the `Date` of each answer is compared (RFC 9110 section 6.6.1, whole seconds). What a cache answered was true
 * earlier, and is left out.
 */
export function watchDates(http: Http, clock: Clock): DateWatch {
  const seen: number[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const asked = clock.now().epochMilliseconds;
    const response = await http.fetch(input, init);
    const date = Date.parse(response.headers.get('date') ?? '');
    const isFresh = !Number.isNaN(date) && Number(response.headers.get('age') ?? 0) === 0;
    // cut off to whole seconds: half of one is what is missing on the average
    if (isFresh) seen.push(date + 500 - (asked + clock.now().epochMilliseconds) / 2);
    return response;
  };
  return {
    http: { ...http, fetch },
    finding: () => {
      const middle = seen.toSorted((one, other) => one - other)[Math.floor(seen.length / 2)];
      return middle === undefined
        ? note('clock', 'No network has answered, so its time could not be compared.')
        : driftOf('the networks’', middle);
    },
  };
}
