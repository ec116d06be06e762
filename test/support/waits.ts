// Waits that are kept, and end when a test says so.
import type { Pause } from '../../src/bots/telling.ts';

export interface Waits {
  pause: Pause;
  /** Milliseconds of every wait so far. */
  asked: number[];
  /** From now on waits last until they are let go. */
  hold: () => void;
  /** Ends the waits of that many milliseconds. */
  letGo: (ms: number) => void;
  /** Resolves when something waits that long. */
  until: (ms: number) => Promise<void>;
}

export function openWaits(): Waits {
  const asked: number[] = [];
  const watchers: (() => void)[] = [];
  const held: { ms: number; end: () => void }[] = [];
  let isHolding = false;
  return {
    asked,
    pause: (ms, signal) => {
      signal.throwIfAborted();
      asked.push(ms);
      for (const look of watchers) look();
      if (!isHolding) return Promise.resolve();
      return new Promise<void>((resolve, reject) => {
        held.push({ ms, end: resolve });
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
    },
    hold: () => {
      isHolding = true;
    },
    letGo: (ms) => {
      for (const wait of held) if (wait.ms === ms) wait.end();
    },
    until: (ms) =>
      new Promise((resolve) => {
        const look = (): void => (asked.includes(ms) ? resolve() : undefined);
        watchers.push(look);
        look();
      }),
  };
}
