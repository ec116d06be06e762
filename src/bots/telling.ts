// The way of a piece of news in any chat: to the post's own place once its card is there, to where the post has moved meanwhile, and to
// its author where that is closed. How a chat writes anywhere is its own matter.
import type { Origin } from '../core/post.ts';
import type { News, Store } from '../core/store.ts';

/** Resolves after that many milliseconds; rejects when the signal aborts. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<unknown>;

/** Like `pause`, but an abort only ends it. */
export async function pauseUnlessStopped(pause: Pause, ms: number, stopping: AbortSignal): Promise<void> {
  try {
    await pause(ms, stopping);
  } catch (error) {
    if (!stopping.aborted) throw error;
  }
}

/** `Closed` is the chat's own word for why nothing can be written in a channel. */
export interface Ways<Closed> {
  /** Null where it was told. @throws where it is to be told later */
  tellIn: (origin: Origin, news: News) => Promise<Closed | null>;
  /** Tells it to the author, and why it is told there. Resolves where they cannot be reached either. */
  tellAuthor: (origin: Origin, closed: Closed, news: News) => Promise<void>;
}

export interface TellingOptions {
  store: Pick<Store, 'posts'>;
  pause: Pause;
  /** Aborted when Crier stops: nothing is waited for any more. */
  stopping: AbortSignal;
}

/** Publishing can be quicker than a chat takes the card: how often and how long the card is waited for, milliseconds. */
const CARD_LOOKS = 4;
const CARD_LOOK_EVERY_MS = 500;

const originNow = async (store: TellingOptions['store'], { post }: News): Promise<Origin> =>
  (await store.posts.find(post.workspaceId, post.number))?.post.origin ?? post.origin;

async function withCard({ store, pause, stopping }: TellingOptions, origin: Origin, news: News): Promise<Origin> {
  let found = origin;
  for (let looks = 0; found.message === null && looks < CARD_LOOKS && !stopping.aborted; looks += 1) {
    await pauseUnlessStopped(pause, CARD_LOOK_EVERY_MS, stopping);
    found = await originNow(store, news);
  }
  return found;
}

/** @throws what `tellIn` and `tellAuthor` throw: it is to be told later. */
export async function tellSomewhere<Closed>(
  options: TellingOptions,
  ways: Ways<Closed>,
  origin: Origin,
  news: News,
): Promise<void> {
  const place = await withCard(options, origin, news);
  const closed = await ways.tellIn(place, news);
  if (closed === null) return;
  // an earlier piece of news may have moved the post's thread to its author by now
  const moved = await originNow(options.store, news);
  if (moved.channel !== place.channel && (await ways.tellIn(moved, news)) === null) return;
  await ways.tellAuthor(place, closed, news);
}
