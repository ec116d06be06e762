// Does something again and again while the process runs. What must not be forgotten for being away a while is in the database.
import type { Log } from '../core/ports.ts';

export interface Repetition {
  stop: () => void;
}

export interface RepeatOptions {
  everyMs: number;
  log: Log;
  /** Logged when it begins to fail; the next time round is the second try. */
  failing: string;
}

/** At once, and then every `everyMs`. Says in the log when it begins to fail, and when it works again. */
export function repeat(run: () => Promise<void>, { everyMs, log, failing }: RepeatOptions): Repetition {
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
  void once();
  const timer = setInterval(() => void once(), everyMs);
  return { stop: () => clearInterval(timer) };
}
