// Work that goes on after a chat was told that its request arrived. Nothing is lost in silence: what a piece of work throws is logged
// and answered, and stopping waits for what is under way.
import type { Log } from '../core/ports.ts';
import type { Reply } from './reply.ts';
import { answerError } from './run.ts';

export interface Background {
  /**
   * Begins `work` and returns at once. What it throws becomes a sentence (`answerError`) and is handed to `tell`, where there is
   * somebody to be told.
   */
  run: (name: string, work: () => Promise<void>, tell?: (reply: Reply) => Promise<void>) => void;
  /** Resolves when nothing is under way any more. */
  drain: () => Promise<void>;
}

export function openBackground(log: Log): Background {
  const running = new Set<Promise<void>>();

  const attempt = async (name: string, work: () => Promise<void>, tell?: (reply: Reply) => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      const { reply } = answerError(error, name, log);
      await tell?.(reply).catch((failed) => log.warn({ err: failed, command: name }, 'nobody could be told of a failure'));
    }
  };

  return {
    run(name, work, tell) {
      const begun = attempt(name, work, tell).finally(() => running.delete(begun));
      running.add(begun);
    },
    async drain() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
