// Reads one post, with what each network will show, or showed.

import { capsOf } from '../caps.ts';
import type { Deps } from '../ports.ts';
import { type PostDetails, postName } from '../post.ts';
import { type DeliveryPreview, haveLinks, previewDeliveries } from '../preview.ts';
import { type Actor, requirePermission } from '../workspace.ts';
import { noSuchPost } from './change-post.ts';

export type ShowDeps = Pick<Deps, 'clock' | 'store' | 'platforms' | 'mediaLinks'>;

/** @throws CrierError `not-found` (also for a post of another workspace); `not-permitted`. */
export async function showPost(deps: Pick<Deps, 'store'>, actor: Actor, number: number): Promise<PostDetails> {
  requirePermission(actor, 'view');
  const details = await deps.store.posts.find(actor.workspace.id, number);
  if (details === null) throw noSuchPost(number);
  return details;
}

/** One preview per delivery, in their order, with the daily caps counted in the workspace's own days. */
export async function previewPost(deps: ShowDeps, actor: Actor, details: PostDetails): Promise<DeliveryPreview[]> {
  requirePermission(actor, 'view');
  const { workspace } = actor;
  const at = details.post.slot?.at ?? null;
  const dailyCaps = capsOf(workspace, deps.platforms);
  const isCapped = details.deliveries.some(({ platform }) => dailyCaps[platform] !== undefined);
  return previewDeliveries({
    post: details.post,
    postName: postName(details.post),
    accounts: details.deliveries.map(({ account }) => account),
    media: details.media,
    hasLinks: haveLinks(deps, details.media),
    platforms: deps.platforms,
    now: deps.clock.now(),
    at,
    dailyCaps,
    plannedThatDay: isCapped && at !== null ? await countPlanned(deps, actor, details, at) : new Map(),
  });
}

/** More posts in one workspace on one day than this are not counted: any cap is far below. */
const DAY_LIMIT = 1000;

/** Posts of the same day in the workspace's zone that go, or went, to each account before this one; by account id. */
async function countPlanned(
  { store }: Pick<Deps, 'store'>,
  { workspace }: Actor,
  details: PostDetails,
  at: Temporal.Instant,
): Promise<Map<string, number>> {
  const start = at.toZonedDateTimeISO(workspace.timeZone).startOfDay();
  const day = { kind: 'between', from: start.toInstant(), until: start.add({ days: 1 }).toInstant() } as const;
  const { items } = await store.posts.list(workspace.id, day, { offset: 0, limit: DAY_LIMIT });
  const counts = new Map<string, number>();
  for (const { post, deliveries } of items) {
    if (!isBefore(post, details.post)) continue;
    for (const { accountId, state } of deliveries) {
      if (state !== 'canceled' && state !== 'failed') counts.set(accountId, (counts.get(accountId) ?? 0) + 1);
    }
  }
  return counts;
}

function isBefore(one: PostDetails['post'], other: PostDetails['post']): boolean {
  if (one.slot === null || other.slot === null) return false;
  const order = Temporal.Instant.compare(one.slot.at, other.slot.at);
  return order < 0 || (order === 0 && one.number < other.number);
}
