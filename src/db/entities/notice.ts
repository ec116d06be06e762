// Notice: what whoever connected an account is to be told of it, until a chat has taken it.
import { defineEntity, p } from '@mikro-orm/core';
import { NOTICE_KINDS } from '../../core/notices.ts';
import { InstantType } from '../types.ts';
import { AccountEntity } from './account.ts';
import { WorkspaceEntity } from './workspace.ts';

export const NoticeEntity = defineEntity({
  name: 'Notice',
  tableName: 'notice',
  properties: {
    id: p.uuid().primary(),
    workspaceId: () => p.manyToOne(WorkspaceEntity).mapToPk().fieldName('workspace_id'),
    accountId: () => p.manyToOne(AccountEntity).mapToPk().fieldName('account_id'),
    kind: p.enum(NOTICE_KINDS),
    /** Of a login that ends: within how many days. */
    days: p.integer().strictNullable(),
    /** Of a dead one: what the network said. Of a new one: what it cannot do. */
    sentence: p.text().strictNullable(),
    createdAt: p.type(InstantType).$type<Temporal.Instant>(),
    toldAt: p.type(InstantType).$type<Temporal.Instant>().strictNullable(),
    /** Until when it is somebody's to tell. */
    leaseUntil: p.type(InstantType).$type<Temporal.Instant>().strictNullable(),
  },
  indexes: [{ name: 'notice_untold', properties: ['createdAt'], where: { toldAt: null } }],
});
