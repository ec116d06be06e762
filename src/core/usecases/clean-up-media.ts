// Deletes media files that no post needs any more. What is known of them stays, so that cards go on saying what there was.
import type { Deps } from '../ports.ts';

export interface MediaCleanUp {
  /** Files that are gone. */
  removed: number;
  /** Files that came to be needed in that very moment. */
  kept: number;
  /** Files that could not be deleted, each with a line in the log. They are tried again the next time. */
  failed: number;
}

/** Deleted at a time. */
const LIMIT = 1_000;
/** A file that was added and that no post took up: whoever wrote it has given it up by then. */
const ADDED_FOR_NOTHING = { hours: 7 * 24 } as const;
/** A file is put before the database knows of it. This is far longer than that takes. */
const UNTOUCHED = { hours: 24 } as const;

/**
 * Only one process does this at a time (a recurring job), while any may be storing the same bytes for a new post. `put` touches the file it
 * finds; `remove` puts a file aside first and looks again, at that touch and in the database, before it deletes it.
 * @param keepDays for how many days a file outlives the last post that uses it
 */
export async function cleanUpMedia(
  { clock, store, mediaStore, log }: Pick<Deps, 'clock' | 'store' | 'mediaStore' | 'log'>,
  keepDays: number,
): Promise<MediaCleanUp> {
  const now = clock.now();
  const ages = { addedBefore: now.subtract(ADDED_FOR_NOTHING), overBefore: now.subtract({ hours: 24 * keepDays }) };
  const done: MediaCleanUp = { removed: 0, kept: 0, failed: 0 };
  for (const { hash, ids } of await store.media.findUnneeded({ ...ages, limit: LIMIT })) {
    try {
      const how = await mediaStore.remove(hash, now.subtract(UNTOUCHED), () => store.media.isUnneeded(hash, ages));
      if (how === 'gone') await store.media.markRemoved(ids, now);
      done[how === 'gone' ? 'removed' : 'kept'] += 1;
    } catch (error) {
      log.warn({ hash, err: error }, 'a media file that is not needed any more could not be deleted');
      done.failed += 1;
    }
  }
  return done;
}
