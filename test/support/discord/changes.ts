// Tells those who wait that something changed, so that tests await a condition and never sleep.

export interface Changes {
  happened: () => void;
  /** Resolves with what `look` finds, now or after a change. Rejects after `timeoutMs` with `what` was awaited. */
  until: <T>(look: () => T | undefined, what: string, timeoutMs?: number) => Promise<T>;
}

const PATIENCE_MS = 5_000;

export function openChanges(describe: () => string): Changes {
  const waiting = new Set<() => void>();
  return {
    happened: () => {
      for (const check of [...waiting]) check();
    },
    until: (look, what, timeoutMs = PATIENCE_MS) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          const found = look();
          if (found === undefined) return;
          done();
          resolve(found);
        };
        const timer = setTimeout(() => {
          done();
          reject(new Error(`${what} did not come within ${timeoutMs} ms.\n${describe()}`));
        }, timeoutMs);
        const done = (): void => {
          clearTimeout(timer);
          waiting.delete(check);
        };
        waiting.add(check);
        check();
      }),
  };
}
