// Does something again and again while the process runs. What must not be forgotten for being away a while is in the database.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../core/ports.ts';

export interface Repetition {
  /** No further run. Resolves when none is under way, or after some seconds: what a run needs must not be closed under it. */
  stop: () => Promise<void>;
}

export interface RepeatOptions {
  everyMs: number;
  log: Log;
  /** Logged when it begins to fail; the next time round is the second try. */
  failing: string;
  /** How long stopping waits for what is under way. Two seconds without it. */
  stopWithinMs?: number;
}

const STOP_WITHIN_MS = 2_000;

/** At once, and then every `everyMs`. Says in the log when it begins to fail, and when it works again. */
export function repeat(
  run: () => Promise<void>,
  { everyMs, log, failing, stopWithinMs = STOP_WITHIN_MS }: RepeatOptions,
): Repetition {
  const underWay = new Set<Promise<void>>();
  let isFailing = false;
  const once = async (): Promise<void> => {
    try {
      await run();
      if (isFailing) log.info({}, `works again: ${failing}`);
      isFailing = false;
    } catch (error) {
      if (isFailing) log.debug({ err: error }, failing);
      else log.warn({ err: error }, failing);
      isFailing = true;
    }
  };
  const begin = (): void => {
    const begun = once().finally(() => underWay.delete(begun));
    underWay.add(begun);
  };
  begin();
  const timer = setInterval(begin, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await Promise.race([Promise.all(underWay), sleep(stopWithinMs, undefined, { ref: false })]);
    },
  };
}
