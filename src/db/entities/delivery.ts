// Delivery and Attempt: one post to one account, and each try at it.
import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { ATTEMPT_OUTCOMES, ATTEMPT_PHASES, DELIVERY_STATES, type Handles, HOLD_REASONS } from '../../core/delivery.ts';
import { ERROR_KINDS } from '../../core/errors.ts';
import { InstantType } from '../types.ts';
import { AccountEntity } from './account.ts';
import { PostEntity } from './post.ts';
import { WorkspaceEntity } from './workspace.ts';

export const DeliveryEntity = defineEntity({
  name: 'Delivery',
  tableName: 'delivery',
  properties: {
    id: p.uuid().primary(),
    workspaceId: () => p.manyToOne(WorkspaceEntity).mapToPk().fieldName('workspace_id'),
    postId: () => p.manyToOne(PostEntity).mapToPk().fieldName('post_id'),
    accountId: () => p.manyToOne(AccountEntity).mapToPk().fieldName('account_id'),
    platform: p.text(),
    state: p.enum(DELIVERY_STATES),
    holdReason: p.enum(HOLD_REASONS).strictNullable(),
    dueAt: p.type(InstantType).$type<Temporal.Instant>().strictNullable(),
    tries: p.integer(),
    /** Raised when a person starts anew: handles of earlier rounds are not gone on with. */
    round: p.integer(),
    idempotencyKey: p.uuid(),
    remoteId: p.text().strictNullable(),
    url: p.text().strictNullable(),
    errorKind: p.enum(ERROR_KINDS).strictNullable(),
    errorMessage: p.text().strictNullable(),
    publishedAt: p.type(InstantType).$type<Temporal.Instant>().strictNullable(),
    leaseToken: p.uuid().strictNullable(),
    leaseUntil: p.type(InstantType).$type<Temporal.Instant>().strictNullable(),
    /** Since when something may have been applied at the network without an answer that says so. */
    unverifiedSince: p.type(InstantType).$type<Temporal.Instant>().strictNullable(),
    /** Set while the latest change waits to be told; pushed ahead while somebody is telling it. */
    newsDueAt: p.type(InstantType).$type<Temporal.Instant>().strictNullable(),
    newsVersion: p.integer(),
    createdAt: p.type(InstantType).$type<Temporal.Instant>(),
    updatedAt: p.type(InstantType).$type<Temporal.Instant>(),
  },
  checks: [
    { name: 'delivery_lease_while_publishing', expression: "(state = 'publishing') = (lease_token is not null)" },
    { name: 'delivery_due_when_claimable', expression: "due_at is not null or state <> 'scheduled' and state <> 'retrying'" },
    { name: 'delivery_reason_while_held', expression: "(state = 'held') = (hold_reason is not null)" },
    { name: 'delivery_published_at_when_published', expression: "state <> 'published' or published_at is not null" },
  ],
  uniques: [
    { name: 'delivery_post_account', properties: ['postId', 'accountId'] },
    { name: 'delivery_idempotency_key', properties: ['idempotencyKey'] },
  ],
  indexes: [
    { name: 'delivery_state_due', properties: ['state', 'dueAt'] },
    { name: 'delivery_workspace_state', properties: ['workspaceId', 'state'] },
    { name: 'delivery_account_published', properties: ['accountId', 'publishedAt'], where: { publishedAt: { $ne: null } } },
    { name: 'delivery_workspace_published', properties: ['workspaceId', 'publishedAt'], where: { publishedAt: { $ne: null } } },
    { name: 'delivery_account_remote', properties: ['accountId', 'remoteId'], where: { remoteId: { $ne: null } } },
    { name: 'delivery_lease', properties: ['leaseUntil'], where: { leaseUntil: { $ne: null } } },
    { name: 'delivery_news_due', properties: ['newsDueAt'], where: { newsDueAt: { $ne: null } } },
  ],
});
export type DeliveryRow = InferEntity<typeof DeliveryEntity>;

export const AttemptEntity = defineEntity({
  name: 'Attempt',
  tableName: 'attempt',
  properties: {
    id: p.uuid().primary(),
    deliveryId: () => p.manyToOne(DeliveryEntity).mapToPk().fieldName('delivery_id'),
    round: p.integer(),
    phase: p.enum(ATTEMPT_PHASES),
    outcome: p.enum(ATTEMPT_OUTCOMES).strictNullable(),
    handles: p.json<Handles>(),
    errorKind: p.enum(ERROR_KINDS).strictNullable(),
    errorMessage: p.text().strictNullable(),
    startedAt: p.type(InstantType).$type<Temporal.Instant>(),
    sendingAt: p.type(InstantType).$type<Temporal.Instant>().strictNullable(),
    finishedAt: p.type(InstantType).$type<Temporal.Instant>().strictNullable(),
  },
  checks: [{ name: 'attempt_outcome_when_done', expression: "(phase = 'done') = (outcome is not null)" }],
  indexes: [{ name: 'attempt_delivery_started', properties: ['deliveryId', 'startedAt'] }],
});
