// Takes back what is not out yet. What is out stays out: Crier deletes nothing on a network.
import { assertMove, DELIVERY_STATES, isOpen } from '../delivery.ts';
import type { Actor } from '../workspace.ts';
import { type ChangeDeps, type Changed, changePost, deliveriesIn, whatStays } from './change-post.ts';

const OPEN = DELIVERY_STATES.filter(isOpen);

/** @throws CrierError `invalid-input` where nothing is open any more; `not-found`; `not-permitted`. */
export async function cancelPost(deps: ChangeDeps, actor: Actor, number: number): Promise<Changed> {
  return changePost(deps, actor, number, 'canceled', (post) => {
    for (const delivery of deliveriesIn(post, OPEN, 'canceled')) {
      assertMove(delivery.state, 'canceled');
      delivery.state = 'canceled';
      delivery.holdReason = null;
      delivery.dueAt = null;
    }
    return whatStays(deps, post);
  });
}
