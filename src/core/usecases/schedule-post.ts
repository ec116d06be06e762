// Makes a post that goes out at an instant; for `/publish` that instant is now.

import type { Deps } from '../ports.ts';
import type { PostDetails, Slot } from '../post.ts';
import { refuseProblems } from '../preview.ts';
import type { NewPost } from '../store.ts';
import { type Actor, requirePermission } from '../workspace.ts';
import { keepMedia } from './attach-media.ts';
import { dueInstants } from './change-post.ts';
import { type ComposeDeps, type Composed, composePost, type PostRequest } from './compose-post.ts';
import { refusePast, slotAt } from './slot.ts';

export type ScheduleDeps = ComposeDeps & Pick<Deps, 'jobs' | 'mediaStore'>;

/**
 * @throws CrierError `invalid-input` for a time gone by, no text, a target that is not there, or a post that one of its networks
 * would not take; `not-permitted`. Nothing is written then.
 */
export async function schedulePost(
  deps: ScheduleDeps,
  actor: Actor,
  request: PostRequest & { at: Temporal.ZonedDateTime },
): Promise<PostDetails> {
  return scheduleNew(deps, actor, request, (post) => deps.store.posts.create(actor, post));
}

/** What a single post and the first of a series have in common: everything but how they are stored. Throws as `schedulePost`. */
export async function scheduleNew(
  deps: ScheduleDeps,
  actor: Actor,
  request: PostRequest & { at: Temporal.ZonedDateTime },
  create: (post: NewPost & { slot: Slot }) => Promise<PostDetails>,
): Promise<PostDetails> {
  requirePermission(actor, 'write');
  refusePast(request.at, deps.clock.now());
  const composed = await composeReady(deps, actor, request);
  return storeNew(deps, composed, (at) => create(at(slotAt(request.at))));
}

/** A new post that can go out as it is. @throws CrierError `invalid-input` where one of its networks would not take it. */
export async function composeReady(deps: ComposeDeps, actor: Actor, request: PostRequest): Promise<Composed> {
  const composed = await composePost(deps, actor, request);
  refuseProblems(composed.previews);
  return composed;
}

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
