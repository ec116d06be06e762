// Waiting for a network that works on something it was given: it is asked again and again, at growing intervals.
import { setTimeout as wait } from 'node:timers/promises';
import { CrierError } from '../core/errors.ts';

/** Milliseconds between questions; a minute and a half in all. What takes longer goes on at the next try, where the handles say how far it was. */
const WAITS_MS = [100, 200, 400, 800, 1500, ...Array<number>(29).fill(3000)];

export interface Waiting {
  /** `Instagram is still processing the video; it will be tried again.` */
  stillWorking: string;
  waitsMs?: readonly number[];
  /** Milliseconds for which the network wants to be left alone, as it said last; the longer wait counts. */
  askedMs?: () => number;
}

/**
 * What `look` finds once it finds something; null asks again. It is asked at once the first time.
 * @throws CrierError `unavailable` where it takes too long; what `look` throws; where `signal` aborts, its reason
 */
export async function untilReady<T>(
  signal: AbortSignal,
  look: () => Promise<T | null>,
  { stillWorking, waitsMs = WAITS_MS, askedMs = () => 0 }: Waiting,
): Promise<T> {
  for (const ms of [...waitsMs, null]) {
    signal.throwIfAborted();
    const found = await look();
    if (found !== null) return found;
    if (ms !== null) await wait(Math.max(ms, askedMs()), undefined, { signal });
  }
  throw new CrierError('unavailable', stillWorking);
}
