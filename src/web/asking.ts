// Asking a part how it is, where whoever knows an address may make us ask: seldom enough to be no load, and not for longer than a while.

/** Milliseconds, as `performance.now`: of a clock that never jumps. */
export type Now = () => number;

const steadyNow: Now = () => performance.now();

/** Milliseconds for which an answer is good enough. */
const GOOD_FOR_MS = 1000;
/** Milliseconds after which nobody waits any longer. */
const TIME_LIMIT_MS = 2000;

/** Whoever asks within a second of the last asking, or while it is under way, gets that one's answer, or its failure. */
export function seldom<T>(ask: () => Promise<T>, now: Now = steadyNow): () => Promise<T> {
  let last: { at: number; answer: Promise<T>; isOver: boolean } | null = null;
  return () => {
    if (last && (!last.isOver || now() - last.at < GOOD_FOR_MS)) return last.answer;
    const asked = { at: now(), answer: ask(), isOver: false };
    const end = (): void => {
      asked.isOver = true;
    };
    asked.answer.then(end, end);
    last = asked;
    return asked.answer;
  };
}

/** @throws Error where there is no answer within two seconds; what was asked goes on by itself and its end is no longer of interest. */
export async function withinLimit<T>(ask: () => Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${TIME_LIMIT_MS} ms`)), TIME_LIMIT_MS);
  try {
    return await Promise.race([ask(), promise]);
  } finally {
    clearTimeout(timer);
  }
}
