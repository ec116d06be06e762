// Keeps a post without a time. A draft may still be too long for a network: it is refused when it is scheduled.
import type { PostDetails } from '../post.ts';
import { type Actor, requirePermission } from '../workspace.ts';
import { keepMedia } from './attach-media.ts';
import type { Changed } from './change-post.ts';
import { type Composed, composePost, leaveOutUnfit, type PostRequest } from './compose-post.ts';
import type { ScheduleDeps } from './schedule-post.ts';

/** @throws CrierError `invalid-input` for no text, a target that is not there, or a file that cannot be fetched; `not-permitted`. */
export async function draftPost(deps: ScheduleDeps, actor: Actor, request: PostRequest): Promise<PostDetails> {
  requirePermission(actor, 'write');
  return storeDraft(deps, actor, await composePost(deps, actor, request));
}

/** A draft that only waits to be told which time is meant: refused, and without who is left out of "all", as when it is scheduled. */
export async function draftForTime(deps: ScheduleDeps, actor: Actor, request: PostRequest): Promise<Changed> {
  requirePermission(actor, 'write');
  const { composed, notes } = leaveOutUnfit(deps, await composePost(deps, actor, request));
  return { details: await storeDraft(deps, actor, composed), notes };
}

async function storeDraft(deps: ScheduleDeps, actor: Actor, { accounts, files, post }: Composed): Promise<PostDetails> {
  const media = await keepMedia(deps, files);
  return deps.store.posts.create(actor, {
    ...post,
    mediaIds: media.map(({ id }) => id),
    slot: null,
    deliveries: accounts.map((account) => ({ account, state: 'held', holdReason: 'draft', dueAt: null })),
  });
}
