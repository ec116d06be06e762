// What is kept to look back on: AuditEvent, MetricSnapshot, Digest; and Setting, the few facts of the installation itself.
import { defineEntity, p } from '@mikro-orm/core';
import { InstantType } from '../types.ts';
import { AccountEntity } from './account.ts';
import { DeliveryEntity } from './delivery.ts';
import { PostEntity } from './post.ts';
import { MemberEntity, WorkspaceEntity } from './workspace.ts';

/** Who did what. Append only: a trigger refuses UPDATE and DELETE. */
export const AuditEventEntity = defineEntity({
  name: 'AuditEvent',
  tableName: 'audit_event',
  properties: {
    id: p.uuid().primary(),
    workspaceId: () => p.manyToOne(WorkspaceEntity).mapToPk().fieldName('workspace_id'),
    /** Null: Crier itself, or a network's word. */
    memberId: () => p.manyToOne(MemberEntity).mapToPk().fieldName('member_id').strictNullable().deleteRule('no action'),
    postId: () => p.manyToOne(PostEntity).mapToPk().fieldName('post_id').strictNullable().deleteRule('no action'),
    /** `scheduled`, `moved`, `published`, `account connected`, ... */
    verb: p.text(),
    details: p.json<Record<string, unknown>>(),
    at: p.type(InstantType).$type<Temporal.Instant>(),
  },
  indexes: [
    { name: 'audit_event_workspace_at', properties: ['workspaceId', 'at'] },
    { name: 'audit_event_post', properties: ['postId'] },
  ],
  triggers: [
    {
      name: 'audit_event_append_only',
      timing: 'before',
      events: ['update', 'delete'],
      forEach: 'row',
      body: "raise exception 'audit events are append only'",
    },
  ],
});

/** Figures of a delivery, or of an account where `deliveryId` is null, at a moment. */
export const MetricSnapshotEntity = defineEntity({
  name: 'MetricSnapshot',
  tableName: 'metric_snapshot',
  properties: {
    id: p.uuid().primary(),
    accountId: () => p.manyToOne(AccountEntity).mapToPk().fieldName('account_id'),
    deliveryId: () => p.manyToOne(DeliveryEntity).mapToPk().fieldName('delivery_id').strictNullable(),
    figures: p.json<Record<string, number | null>>(),
    at: p.type(InstantType).$type<Temporal.Instant>(),
  },
  indexes: [
    { name: 'metric_snapshot_account_at', properties: ['accountId', 'at'] },
    { name: 'metric_snapshot_delivery_at', properties: ['deliveryId', 'at'] },
  ],
});

export const DIGEST_STATES = ['active', 'paused'] as const;
export const DIGEST_PERIODS = ['daily', 'weekly', 'monthly'] as const;

/** Which report goes into which channel, and when. */
export const DigestEntity = defineEntity({
  name: 'Digest',
  tableName: 'digest',
  properties: {
    id: p.uuid().primary(),
    workspaceId: () => p.manyToOne(WorkspaceEntity).mapToPk().fieldName('workspace_id'),
    channel: p.text(),
    period: p.enum(DIGEST_PERIODS),
    /** `09:00` on the workspace's clock. */
    wallTime: p.text(),
    state: p.enum(DIGEST_STATES),
    dueAt: p.type(InstantType).$type<Temporal.Instant>().strictNullable(),
    createdAt: p.type(InstantType).$type<Temporal.Instant>(),
  },
  indexes: [{ name: 'digest_state_due', properties: ['state', 'dueAt'] }],
});

/** Facts of the installation, by name: the sealed canary that a wrong encryption key cannot open. */
export const SettingEntity = defineEntity({
  name: 'Setting',
  tableName: 'setting',
  properties: {
    name: p.text().primary(),
    value: p.text(),
  },
});
