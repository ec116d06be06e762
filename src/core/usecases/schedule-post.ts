// Makes a post that goes out at an instant; for `/publish` that instant is now.

import type { Deps } from '../ports.ts';
import type { PostDetails, Slot } from '../post.ts';
import type { NewPost } from '../post-store.ts';
import { type Actor, requirePermission } from '../workspace.ts';
import { keepMedia } from './attach-media.ts';
import { type Changed, dueInstants } from './change-post.ts';
import { type ComposeDeps, type Composed, composePost, leaveOutUnfit, type PostRequest } from './compose-post.ts';
import { refuseOverCap } from './refuse-over-cap.ts';
import { refusePast, slotAt } from './slot.ts';

export type ScheduleDeps = ComposeDeps & Pick<Deps, 'jobs' | 'mediaStore'>;

/**
 * The notes name who is left out of "all" and why.
 * @throws CrierError `invalid-input` for a time gone by, no text, a target that is not there, or a post that one of its networks
 * would not take; OverCap for a day on which an account has all its posts; `not-permitted`. Nothing is written then.
 */
export async function schedulePost(
  deps: ScheduleDeps,
  actor: Actor,
  request: PostRequest & { at: Temporal.ZonedDateTime },
): Promise<Changed> {
  return scheduleNew(deps, actor, request, (post) => deps.store.posts.create(actor, post));
}

/** What a single post and the first of a series have in common: everything but how they are stored. Throws as `schedulePost`. */
export async function scheduleNew(
  deps: ScheduleDeps,
  actor: Actor,
  request: PostRequest & { at: Temporal.ZonedDateTime },
  create: (post: NewPost & { slot: Slot }) => Promise<PostDetails>,
): Promise<Changed> {
  requirePermission(actor, 'write');
  refusePast(request.at, deps.clock.now());
  const { composed, notes } = await composeReady(deps, actor, request);
  await refuseOverCap(deps, actor, { accounts: composed.accounts, at: request.at });
  return { details: await storeNew(deps, composed, (at) => create(at(slotAt(request.at)))), notes };
}

/** A new post that can go out as it is. Throws as `leaveOutUnfit`. */
export const composeReady = async (
  deps: ComposeDeps,
  actor: Actor,
  request: PostRequest,
): Promise<ReturnType<typeof leaveOutUnfit>> => leaveOutUnfit(deps, await composePost(deps, actor, request));

/** Keeps the files, stores the post as `create` says, which is handed how the post is at a slot, and asks for its wake-ups. */
export async function storeNew(
  deps: ScheduleDeps,
  { accounts, files, post }: Composed,
  create: (at: (slot: Slot) => NewPost & { slot: Slot }) => Promise<PostDetails>,
): Promise<PostDetails> {
  const media = await keepMedia(deps, files);
  const details = await create((slot) => ({
    ...post,
    mediaIds: media.map(({ id }) => id),
    slot,
    deliveries: accounts.map((account) => ({ account, state: 'scheduled', holdReason: null, dueAt: slot.at })),
  }));
  await deps.jobs.wakeAt(dueInstants(details));
  return details;
}
