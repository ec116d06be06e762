// Makes a post that recurs, with its first occurrence.
import type { PostDetails } from '../post.ts';
import { refuseProblems } from '../preview.ts';
import type { Recurrence } from '../time/recurrence/rule.ts';
import { type Actor, requirePermission } from '../workspace.ts';
import { keepMedia } from './attach-media.ts';
import { dueInstants } from './change-post.ts';
import { composePost, type PostRequest } from './compose-post.ts';
import type { ScheduleDeps } from './schedule-post.ts';
import { refusePast, slotAt } from './slot.ts';

/**
 * `first` is the rule's first occurrence.
 * @throws CrierError `invalid-input` for a time gone by, no text, a target that is not there, or a post that one of its networks
 * would not take; `not-permitted`. Nothing is written then.
 */
export async function scheduleSeries(
  deps: ScheduleDeps,
  actor: Actor,
  request: PostRequest & { rule: Recurrence; first: Temporal.ZonedDateTime },
): Promise<PostDetails> {
  requirePermission(actor, 'write');
  refusePast(request.first, deps.clock.now());
  const { accounts, files, previews, post } = await composePost(deps, actor, request);
  refuseProblems(previews);
  const slot = slotAt(request.first);
  const media = await keepMedia(deps, files);
  const details = await deps.store.series.create(actor, request.rule, {
    ...post,
    mediaIds: media.map(({ id }) => id),
    slot,
    deliveries: accounts.map((account) => ({ account, state: 'scheduled', holdReason: null, dueAt: slot.at })),
  });
  await deps.jobs.wakeAt(dueInstants(details));
  return details;
}
