// What is answered where an account has had all its posts of the day that was asked for: the post is kept as a draft, so that nothing is
// typed twice, and the next free slot is one press away.
import { OverCap } from '../../core/caps.ts';
import { postName } from '../../core/post.ts';
import { formatMoment } from '../../core/time/format.ts';
import { draftForTime } from '../../core/usecases/draft-post.ts';
import { zoneOf } from '../../core/workspace.ts';
import { timeSubject } from '../cards/post-buttons.ts';
import { showCard } from '../cards/show-card.ts';
import type { CommandCall } from '../command.ts';
import type { Reply } from '../reply.ts';
import { readRequest } from './post-request.ts';

/** What `schedule` answers, or the offer of a slot. */
export async function orOfferSlot(call: CommandCall, schedule: () => Promise<Reply>): Promise<Reply> {
  try {
    return await schedule();
  } catch (error) {
    if (!(error instanceof OverCap) || error.next === null) throw error;
    return offerSlot(call, error.userMessage, error.next.withTimeZone(zoneOf(call.actor)));
  }
}

async function offerSlot(call: CommandCall, sentence: string, at: Temporal.ZonedDateTime): Promise<Reply> {
  const { details, notes } = await draftForTime(call.deps, call.actor, readRequest(call));
  const card = await showCard(call, details, { headline: 'kept as a draft', tone: 'warning', lines: [sentence], notes });
  const subject = timeSubject(postName(details.post), at);
  const slot = { label: formatMoment(at), command: 'post', name: 'at', subject, style: 'primary' as const };
  return { ...card, buttons: [slot, ...(card.buttons ?? [])] };
}
