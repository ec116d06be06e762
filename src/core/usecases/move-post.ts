// Gives a post another time; a draft gets its first one and is thereby scheduled.
import type { Actor } from '../workspace.ts';
import {
  CHANGEABLE,
  type ChangeDeps,
  type Changed,
  changePost,
  deliveriesIn,
  makeDue,
  refuseUnpublishable,
  whatStays,
} from './change-post.ts';
import { refusePast, slotAt } from './slot.ts';

/**
 * What is out stays as it is and is named in the notes; the rest is due at `at`, with its tries counted anew.
 * @throws CrierError `invalid-input` for a time gone by, or where nothing can be moved; `not-found`; `not-permitted`.
 */
export async function movePost(
  deps: ChangeDeps,
  actor: Actor,
  { number, at }: { number: number; at: Temporal.ZonedDateTime },
): Promise<Changed> {
  return changePost(deps, actor, number, 'moved', (post) => {
    refusePast(at, deps.clock.now());
    const movable = deliveriesIn(post, CHANGEABLE, 'moved');
    refuseUnpublishable(deps, post, movable);
    const notes = whatStays(deps, post);
    post.post.slot = slotAt(at);
    makeDue(movable, at.toInstant());
    return notes;
  });
}
