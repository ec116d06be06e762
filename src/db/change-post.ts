// Changing a post: the post and its deliveries are locked against claims, changed as plain objects, and written back with an
// audit event. A claim skips locked rows, so a cancel or a move that got here first wins, and one that came second is told.
import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { assertMove } from '../core/delivery.ts';
import type { DeliveryDetails, PostDetails } from '../core/post.ts';
import type { NewDelivery } from '../core/post-store.ts';
import type { Actor } from '../core/workspace.ts';
import { writeAudit } from './audit.ts';
import { DeliveryEntity, type DeliveryRow } from './entities/delivery.ts';
import type { PostRow } from './entities/post.ts';

interface Change {
  actor: Actor;
  row: PostRow;
  verb: string;
  change: (post: PostDetails) => void;
  readDetails: (em: EntityManager, row: PostRow) => Promise<PostDetails>;
  now: Temporal.Instant;
}

export async function changePost(tx: EntityManager, { actor, row, verb, change, readDetails, now }: Change): Promise<void> {
  const deliveryRows = await tx.find(
    DeliveryEntity,
    { postId: row.id },
    { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' }, refresh: true },
  );
  const details = await readDetails(tx, row);
  change(details);

  const changes = details.deliveries.flatMap((delivery) => {
    const current = deliveryRows.find((each) => each.id === delivery.id);
    return current ? writeDelivery(tx, current, delivery, now) : [];
  });
  writePost(tx, row, details, now);
  writeAudit(tx, {
    workspaceId: row.workspaceId,
    by: actor,
    postId: row.id,
    verb,
    details: { at: details.post.slot?.at.toString() ?? null, deliveries: changes },
    at: now,
  });
}

export function createDelivery(tx: EntityManager, post: PostRow, delivery: NewDelivery, now: Temporal.Instant): void {
  const { account, ...rest } = delivery;
  tx.create(DeliveryEntity, {
    ...rest,
    id: randomUUIDv7(),
    workspaceId: post.workspaceId,
    postId: post.id,
    accountId: account.id,
    platform: account.platform,
    tries: 0,
    round: 0,
    idempotencyKey: randomUUID(),
    remoteId: null,
    url: null,
    errorKind: null,
    errorMessage: null,
    publishedAt: null,
    leaseToken: null,
    leaseUntil: null,
    unverifiedSince: null,
    newsDueAt: null,
    newsVersion: 0,
    createdAt: now,
    updatedAt: now,
  });
}

function writePost(tx: EntityManager, row: PostRow, { post }: PostDetails, now: Temporal.Instant): void {
  const { text, variants, beside, mediaIds, hashtags, campaign, slot } = post;
  tx.assign(row, {
    text,
    variants,
    beside,
    mediaIds,
    hashtags,
    campaign,
    scheduledAt: slot?.at ?? null,
    wallTime: slot?.wallTime ?? null,
    timeZone: slot?.timeZone ?? null,
    updatedAt: now,
  });
}

/**
 * Returns what changed, for the audit. A person's step to `scheduled` starts a new round: handles of the old one are not gone on
 * with. Doubt about an earlier try stays, unless the person who saw the question said "post it again".
 */
function writeDelivery(tx: EntityManager, row: DeliveryRow, wanted: DeliveryDetails, now: Temporal.Instant): object[] {
  const moved = row.state !== wanted.state;
  const dueMoved = row.dueAt?.toString() !== wanted.dueAt?.toString();
  if (!moved && !dueMoved) return [];
  const before = row.state;
  assertMove(before, wanted.state);
  const { state, holdReason, dueAt, tries, remoteId, url, errorKind, errorMessage, publishedAt } = wanted;
  tx.assign(row, { state, holdReason, dueAt, tries, remoteId, url, errorKind, errorMessage, publishedAt, updatedAt: now });
  if (state === 'scheduled') row.round += 1;
  if (before === 'unconfirmed') row.unverifiedSince = null;
  // what the person is told by the answer to their own command need not be told again
  row.newsDueAt = null;
  return [{ account: wanted.account.handle, from: before, to: state, dueAt: dueAt?.toString() ?? null }];
}
