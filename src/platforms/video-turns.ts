// Bounds how many videos this process has in memory for uploading. Images are small enough to go side by side.
import pLimit from 'p-limit';

/** Of up to 100 MB, each there about twice while it leaves. */
const AT_ONCE = 2;

const turns = pLimit(AT_ONCE);

/**
 * Runs `upload` when it is its turn, over all networks and accounts; reading the file belongs into it, waiting for the network's
 * processing does not. One whose try was broken off meanwhile does not begin.
 */
export const inVideoTurn = <T>(signal: AbortSignal, upload: () => Promise<T>): Promise<T> =>
  turns(() => {
    signal.throwIfAborted();
    return upload();
  });
