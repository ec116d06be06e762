// One line of work per channel: what is sent there goes one after another, other channels do not wait. A queue that has run empty is
// forgotten, so memory is bounded by what is waiting.

export interface ChannelQueues {
  /** Runs `work` once everything that was handed in before for this key has ended, well or not. */
  run: <T>(key: string, work: () => Promise<T>) => Promise<T>;
  /** Resolves when nothing waits and nothing runs, what is handed in meanwhile included. */
  idle: () => Promise<void>;
  /** How many keys have work. */
  size: () => number;
}

export function openChannelQueues(): ChannelQueues {
  const lastOf = new Map<string, Promise<void>>();
  return {
    run: (key, work) => {
      const result = (lastOf.get(key) ?? Promise.resolve()).then(work);
      const forget = (): void => {
        if (lastOf.get(key) === last) lastOf.delete(key);
      };
      // a failure is its own asker's to hear; the queue goes on
      const last = result.then(forget, forget);
      lastOf.set(key, last);
      return result;
    },
    idle: async () => {
      while (lastOf.size > 0) await Promise.all(lastOf.values());
    },
    size: () => lastOf.size,
  };
}
