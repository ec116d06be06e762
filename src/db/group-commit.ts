// Group commit: calls that arrive while a statement is under way go out together in the next one. Each caller still waits for
// its own answer, and a statement is one transaction, so nothing is told as written before it is.

interface Waiting<T, R> {
  item: T;
  resolve: (result: R) => void;
  reject: (error: unknown) => void;
}

/**
 * @param run writes all items in one statement and returns their results in the same order
 * @param most items per statement
 */
export function groupCommit<T, R>(run: (items: T[]) => Promise<R[]>, most = 500): (item: T) => Promise<R> {
  const waiting: Waiting<T, R>[] = [];
  let running = false;

  async function writeAll(): Promise<void> {
    running = true;
    while (waiting.length > 0) {
      const group = waiting.splice(0, most);
      try {
        const results = await run(group.map((each) => each.item));
        group.forEach((each, index) => {
          each.resolve(results[index] as R);
        });
      } catch (error) {
        for (const each of group) each.reject(error);
      }
    }
    running = false;
  }

  return (item) =>
    new Promise<R>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      // after this turn, so that calls of the same moment share the first statement too
      if (!running) queueMicrotask(() => running || writeAll());
    });
}
