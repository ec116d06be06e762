// A person's answer for a delivery whose outcome no network could tell: it went out, or it is to be posted again.
import { assertMove } from '../delivery.ts';
import { invalidInput } from '../errors.ts';
import type { DeliveryDetails, Post } from '../post.ts';
import { nameAccount } from '../targets.ts';
import type { Actor } from '../workspace.ts';
import { type ChangeDeps, type Changed, changePost, makeDue, refuseDisconnected, refuseUnpublishable } from './change-post.ts';

const VERBS = { 'went-out': 'confirmed as out', 'post-again': 'posted again' } as const;

export interface Confirmation {
  number: number;
  deliveryId: string;
  answer: keyof typeof VERBS;
}

/** @throws CrierError `invalid-input` where the delivery no longer waits for an answer; `not-found`; `not-permitted`. */
export async function confirmDelivery(deps: ChangeDeps, actor: Actor, input: Confirmation): Promise<Changed> {
  return changePost(deps, actor, input.number, VERBS[input.answer], (post) => {
    const delivery = post.deliveries.find((candidate) => candidate.id === input.deliveryId);
    if (!delivery) throw invalidInput('That part of the post is no longer there.');
    if (delivery.state !== 'unconfirmed') {
      throw invalidInput(
        `${nameAccount(delivery.account, deps.platforms)} no longer waits for an answer: it is ${delivery.state}.`,
      );
    }
    const now = deps.clock.now();
    if (input.answer === 'went-out') {
      settleAsPublished(delivery, now);
      return commentLeft(post.post);
    }
    refuseDisconnected(deps, [delivery]);
    refuseUnpublishable(deps, post, [delivery]);
    makeDue([delivery], now);
    return [];
  });
}

/** Nobody knows the address of what a person says is out, so nothing can be written below it. */
const commentLeft = ({ beside: { comment } }: Pick<Post, 'beside'>): string[] =>
  comment === null ? [] : [`The first comment is yours to write there: "${comment}"`];

function settleAsPublished(delivery: DeliveryDetails, now: Temporal.Instant): void {
  assertMove(delivery.state, 'published');
  delivery.state = 'published';
  delivery.dueAt = null;
  delivery.publishedAt = now;
  delivery.errorKind = null;
  delivery.errorMessage = null;
}
