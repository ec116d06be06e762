// Makes what is left of a post due at once, whatever it waited for. A new post for now is schedule-post's.
import { type Actor, zoneOf } from '../workspace.ts';
import {
  CHANGEABLE,
  type ChangeDeps,
  type Changed,
  changePost,
  deliveriesIn,
  makeDue,
  refuseDisconnected,
  refuseUnpublishable,
  whatStays,
} from './change-post.ts';
import { slotAt } from './slot.ts';

/** @throws CrierError `invalid-input` where nothing is left to publish or an account is not connected; `not-found`; `not-permitted`. */
export async function publishNow(deps: ChangeDeps, actor: Actor, number: number): Promise<Changed> {
  return changePost(deps, actor, number, 'published at once', (post) => {
    const waiting = deliveriesIn(post, CHANGEABLE, 'published anew');
    refuseDisconnected(deps, waiting);
    refuseUnpublishable(deps, post, waiting);
    const notes = whatStays(deps, post);
    const now = deps.clock.now();
    post.post.slot = slotAt(now.toZonedDateTimeISO(zoneOf(actor)));
    makeDue(waiting, now);
    return notes;
  });
}
