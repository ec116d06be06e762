// Account: a connected social account, its credentials sealed.
import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { ACCOUNT_STATES, type AnnouncedLimits } from '../../core/account.ts';
import { InstantType } from '../types.ts';
import { MemberEntity, WorkspaceEntity } from './workspace.ts';

export const AccountEntity = defineEntity({
  name: 'Account',
  tableName: 'account',
  properties: {
    id: p.uuid().primary(),
    workspaceId: () => p.manyToOne(WorkspaceEntity).mapToPk().fieldName('workspace_id'),
    platform: p.text(),
    remoteId: p.text(),
    handle: p.text(),
    service: p.text(),
    state: p.enum(ACCOUNT_STATES),
    stateReason: p.text().strictNullable(),
    announcedLimits: p.json<AnnouncedLimits>().strictNullable(),
    /** AES-256-GCM with a key id, bound to the account's id; null once it is disconnected. */
    sealedCredentials: p.text().strictNullable().lazy(),
    expiresAt: p.type(InstantType).$type<Temporal.Instant>().strictNullable(),
    /** When its tokens are to be refreshed, spread out already; null where there is nothing to refresh. */
    refreshAt: p.type(InstantType).$type<Temporal.Instant>().strictNullable(),
    /** Until when somebody has the turn to refresh them; whoever writes what came of it shows that it is still this turn. */
    refreshLeaseUntil: p.type(InstantType).$type<Temporal.Instant>().strictNullable(),
    /** Since the last refresh that went well. */
    refreshFailures: p.integer().default(0),
    /** Who is told of its login; null where nobody knows any more. */
    connectedBy: () => p.manyToOne(MemberEntity).mapToPk().fieldName('connected_by').strictNullable(),
    /** Within how many days its end was told last; null where it was not. */
    warnedDays: p.integer().strictNullable(),
    createdAt: p.type(InstantType).$type<Temporal.Instant>(),
  },
  uniques: [{ name: 'account_workspace_remote', properties: ['workspaceId', 'platform', 'remoteId'] }],
  indexes: [
    { name: 'account_refresh', properties: ['refreshAt'], where: { refreshAt: { $ne: null } } },
    { name: 'account_expiry', properties: ['expiresAt'], where: { expiresAt: { $ne: null } } },
  ],
});
export type AccountRow = InferEntity<typeof AccountEntity>;
