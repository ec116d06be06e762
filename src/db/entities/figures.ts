// MetricSnapshot, what posts and accounts did; AccountLook, how reading it went; FiguresTold, which of it threads were told.
import { defineEntity, p } from '@mikro-orm/core';
import { InstantType } from '../types.ts';
import { AccountEntity } from './account.ts';
import { DeliveryEntity } from './delivery.ts';
import { PostEntity } from './post.ts';

/** Figures of a delivery, or of an account where `deliveryId` is null, at a moment. Only ever added, and thinned with age. */
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
    { name: 'metric_snapshot_account_at', properties: ['accountId', 'at'], where: { deliveryId: null } },
    { name: 'metric_snapshot_delivery_at', properties: ['deliveryId', 'at', 'id'], where: { deliveryId: { $ne: null } } },
  ],
});

/** One row per account, from its first look on. */
export const AccountLookEntity = defineEntity({
  name: 'AccountLook',
  tableName: 'account_look',
  properties: {
    accountId: () =>
      p.manyToOne(AccountEntity).mapToPk().fieldName('account_id').primary().deleteRule('no action').updateRule('no action'),
    /** The last time that the network answered. */
    lookedAt: p.type(InstantType).$type<Temporal.Instant>().strictNullable(),
    failingSince: p.type(InstantType).$type<Temporal.Instant>().strictNullable(),
    failure: p.text().strictNullable(),
    /** Not before then, after a failure. */
    againAt: p.type(InstantType).$type<Temporal.Instant>().strictNullable(),
    /** Whether the network named that time itself. */
    againByNetwork: p.boolean().default(false),
    /** The last time that the account itself was looked at; its posts are looked at in between. */
    accountAt: p.type(InstantType).$type<Temporal.Instant>().strictNullable(),
  },
  checks: [
    {
      name: 'account_look_failure_is_whole',
      expression: '(failing_since is null) = (failure is null) and (failing_since is null) = (again_at is null)',
    },
  ],
});

/** That the thread of a post is, or was, told its figures at an age. */
export const FiguresToldEntity = defineEntity({
  name: 'FiguresTold',
  tableName: 'figures_told',
  properties: {
    postId: () => p.manyToOne(PostEntity).mapToPk().fieldName('post_id').primary(),
    hours: p.integer().primary(),
    /** Null: somebody tells it, until the lease ends. */
    toldAt: p.type(InstantType).$type<Temporal.Instant>().strictNullable(),
    leaseUntil: p.type(InstantType).$type<Temporal.Instant>(),
  },
});
