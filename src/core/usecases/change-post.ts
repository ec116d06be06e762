// What every change of a stored post has in common: the permission, the lock, the wake-up, and a post that is not there.
import type { DeliveryState } from '../delivery.ts';
import { assertMove } from '../delivery.ts';
import { type CrierError, invalidInput, notFound } from '../errors.ts';
import type { Deps } from '../ports.ts';
import { type DeliveryDetails, type PostDetails, postName } from '../post.ts';
import { haveLinks, previewDeliveries, refuseProblems } from '../preview.ts';
import type { SlotWindow, Taken } from '../slots.ts';
import { nameAccount } from '../targets.ts';
import { type Actor, requirePermission } from '../workspace.ts';

export type ChangeDeps = Pick<Deps, 'clock' | 'store' | 'jobs' | 'platforms' | 'mediaLinks'>;

export interface Changed {
  details: PostDetails;
  /** What was not changed, and why: sentences for the person. */
  notes: string[];
}

/** The same for a post that never was and for one of another workspace: who asks learns nothing. */
export const noSuchPost = (number: number): CrierError =>
  notFound(`There is no post ${postName({ number })} here. /posts lists the posts there are.`);

/**
 * Runs `change` on the locked post, writes what it changed, and asks for wake-ups. `change` returns the notes; with a `window` it is
 * told what other posts have in it.
 * @throws CrierError `not-permitted`, `not-found`, or what `change` throws; nothing is written then.
 */
export async function changePost(
  deps: ChangeDeps,
  actor: Actor,
  number: number,
  verb: string,
  change: (post: PostDetails, taken: readonly Taken[]) => string[],
  window?: SlotWindow,
): Promise<Changed> {
  requirePermission(actor, 'write');
  let notes: string[] = [];
  const note = (post: PostDetails, taken: readonly Taken[]): void => {
    notes = change(post, taken);
  };
  const details = await deps.store.posts.change(actor, number, verb, note, window);
  if (details === null) throw noSuchPost(number);
  await deps.jobs.wakeAt(dueInstants(details));
  return { details, notes };
}

/** When the deliveries of a post are to be woken for, each instant once. */
export function dueInstants(details: PostDetails): Temporal.Instant[] {
  const due = new Map<bigint, Temporal.Instant>();
  for (const { state, dueAt } of details.deliveries) {
    if (dueAt !== null && (state === 'scheduled' || state === 'retrying')) due.set(dueAt.epochNanoseconds, dueAt);
  }
  return [...due.values()];
}

/** States in which nothing of a delivery is out, so that its text and time can still be changed. */
export const CHANGEABLE: readonly DeliveryState[] = ['scheduled', 'held', 'retrying', 'failed'];

/**
 * The deliveries in one of `states`.
 * @throws CrierError `invalid-input` where there is none, saying what holds instead. `done` ends the sentence: `moved`.
 */
export function deliveriesIn(post: PostDetails, states: readonly DeliveryState[], done: string): DeliveryDetails[] {
  const found = post.deliveries.filter((delivery) => states.includes(delivery.state));
  if (found.length > 0) return found;
  const name = postName(post.post);
  const has = (state: DeliveryState): boolean => post.deliveries.some((delivery) => delivery.state === state);
  if (has('publishing'))
    throw invalidInput(`${name} is going out right now, so it cannot be ${done}. Its result is told in a moment.`);
  if (has('unconfirmed'))
    throw invalidInput(`${name} may already be out, so it cannot be ${done}. Say first whether it went out: /post ${name}.`);
  if (has('published'))
    throw invalidInput(`${name} is already out, so it cannot be ${done}. Change or delete it on the network itself.`);
  if (has('canceled')) throw invalidInput(`${name} is canceled. Schedule it anew with /schedule.`);
  throw invalidInput(`Nothing of ${name} can be ${done} as it is now: /post ${name} shows it.`);
}

/** Makes deliveries due at `at`, in a round of tries of their own. */
export function makeDue(deliveries: readonly DeliveryDetails[], at: Temporal.Instant): void {
  for (const delivery of deliveries) {
    assertMove(delivery.state, 'scheduled');
    delivery.state = 'scheduled';
    delivery.holdReason = null;
    delivery.dueAt = at;
    delivery.tries = 0;
    delivery.errorKind = null;
    delivery.errorMessage = null;
  }
}

/** @throws CrierError `invalid-input` where one of `deliveries` could not go out as the post is now. */
export function refuseUnpublishable(deps: ChangeDeps, post: PostDetails, deliveries: readonly DeliveryDetails[]): void {
  refuseProblems(
    previewDeliveries({
      post: post.post,
      postName: postName(post.post),
      accounts: deliveries.map((delivery) => delivery.account),
      media: post.media,
      hasLinks: haveLinks(deps, post.media),
      platforms: deps.platforms,
      now: deps.clock.now(),
      at: null,
      dailyCaps: {},
      plannedThatDay: new Map(),
    }),
  );
}

/** @throws CrierError `invalid-input` where the account of one of `deliveries` is not connected. */
export function refuseDisconnected(deps: ChangeDeps, deliveries: readonly DeliveryDetails[]): void {
  const account = deliveries.map((delivery) => delivery.account).find(({ state }) => state === 'disconnected');
  if (!account) return;
  throw invalidInput(
    `${nameAccount(account, deps.platforms)} is disconnected. Connect it first with /connect ${account.platform}.`,
  );
}

const STAYS: Partial<Record<DeliveryState, string>> = {
  published: 'is already out and stays as it is',
  publishing: 'is going out right now and is not changed',
  unconfirmed: 'may already be out and is not changed: say whether it went out',
};

const PARTLY_OUT = 'has a part of it out already, which stays';
const MAY_BE_OUT = 'may already be out: its last try got no answer';

/** Notes on the deliveries that a change leaves alone, or that may be out all the same. */
export const whatStays = (deps: ChangeDeps, post: PostDetails): string[] =>
  post.deliveries.flatMap((delivery) => {
    const isPartlyOut = delivery.remoteId !== null && delivery.state !== 'canceled';
    const stays = STAYS[delivery.state] ?? (isPartlyOut ? PARTLY_OUT : delivery.inDoubt ? MAY_BE_OUT : undefined);
    return stays ? [`${nameAccount(delivery.account, deps.platforms)} ${stays}.`] : [];
  });
