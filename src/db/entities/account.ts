// Account: a connected social account, its credentials sealed.
import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { ACCOUNT_STATES, type AnnouncedLimits } from '../../core/account.ts';
import { InstantType } from '../types.ts';
import { WorkspaceEntity } from './workspace.ts';

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
    createdAt: p.type(InstantType).$type<Temporal.Instant>(),
  },
  uniques: [{ name: 'account_workspace_remote', properties: ['workspaceId', 'platform', 'remoteId'] }],
});
export type AccountRow = InferEntity<typeof AccountEntity>;
