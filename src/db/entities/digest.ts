// Digest: which report goes into which channel, and when.
import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { DIGEST_PERIODS, DIGEST_STATES } from '../../core/digest.ts';
import { InstantType } from '../types.ts';
import { MemberEntity, WorkspaceEntity } from './workspace.ts';

export const DigestEntity = defineEntity({
  name: 'Digest',
  tableName: 'digest',
  properties: {
    id: p.uuid().primary(),
    workspaceId: () => p.manyToOne(WorkspaceEntity).mapToPk().fieldName('workspace_id'),
    number: p.integer(),
    channel: p.text(),
    period: p.enum(DIGEST_PERIODS),
    /** `09:00` on the workspace's clock. */
    wallTime: p.text(),
    /** Of the week or the month. */
    day: p.integer().strictNullable(),
    state: p.enum(DIGEST_STATES),
    pausedBecause: p.text().strictNullable(),
    dueAt: p.type(InstantType).$type<Temporal.Instant>().strictNullable(),
    memberId: () => p.manyToOne(MemberEntity).mapToPk().fieldName('member_id'),
    leaseToken: p.uuid().strictNullable(),
    leaseUntil: p.type(InstantType).$type<Temporal.Instant>().strictNullable(),
    createdAt: p.type(InstantType).$type<Temporal.Instant>(),
  },
  uniques: [{ name: 'digest_workspace_number', properties: ['workspaceId', 'number'] }],
  checks: [
    { name: 'digest_due_while_active', expression: "(state = 'active') = (due_at is not null)" },
    { name: 'digest_day_by_period', expression: "(period = 'daily') = (day is null)" },
  ],
  indexes: [{ name: 'digest_state_due', properties: ['state', 'dueAt'] }],
});
export type DigestRow = InferEntity<typeof DigestEntity>;
