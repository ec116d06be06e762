// Takes back what is not out yet. What is out stays out: Crier deletes nothing on a network.
import { assertMove, DELIVERY_STATES, isOpen } from '../delivery.ts';
import { type PostDetails, postName } from '../post.ts';
import { formatMoment } from '../time/format.ts';
import type { Actor } from '../workspace.ts';
import { type ChangeDeps, type Changed, changePost, deliveriesIn, whatStays } from './change-post.ts';
import { makeNextOccurrence } from './make-next-occurrence.ts';

const OPEN = DELIVERY_STATES.filter(isOpen);

/**
 * Of a series only this occurrence: the next one is made, and named in the notes.
 * @throws CrierError `invalid-input` where nothing is open any more; `not-found`; `not-permitted`.
 */
export async function cancelPost(deps: ChangeDeps, actor: Actor, number: number): Promise<Changed> {
  const { details, notes } = await changePost(deps, actor, number, 'canceled', (post) => cancelOpen(deps, post));
  const { seriesId } = details.post;
  const next = seriesId === null ? null : await makeNextOccurrence(deps, seriesId);
  return { details, notes: next === null ? notes : [...notes, goesOnWith(next)] };
}

/** @throws CrierError `invalid-input` where nothing is open any more. */
export function cancelOpen(deps: ChangeDeps, post: PostDetails): string[] {
  for (const delivery of deliveriesIn(post, OPEN, 'canceled')) {
    assertMove(delivery.state, 'canceled');
    delivery.state = 'canceled';
    delivery.holdReason = null;
    delivery.dueAt = null;
  }
  return whatStays(deps, post);
}

function goesOnWith({ post }: PostDetails): string {
  const at = post.slot === null ? '' : ` on ${formatMoment(post.slot.at.toZonedDateTimeISO(post.slot.timeZone))}`;
  return `Only this one is canceled: the series goes on with ${postName(post)}${at}. End it with /post ${postName(post)} end.`;
}
