// Workspace and Member: who talks, and where.
import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { WeekSlots } from '../../core/slots.ts';
import { CHATS, DATE_ORDERS, ROLES, type Role, THEMES } from '../../core/workspace.ts';
import { InstantType } from '../types.ts';

export const WorkspaceEntity = defineEntity({
  name: 'Workspace',
  tableName: 'workspace',
  properties: {
    id: p.uuid().primary(),
    chat: p.enum(CHATS),
    teamId: p.text(),
    name: p.text(),
    timeZone: p.text(),
    defaultTime: p.text(),
    dateOrder: p.enum(DATE_ORDERS).strictNullable(),
    country: p.text().strictNullable(),
    language: p.text().strictNullable(),
    dailyCaps: p.json<Record<string, number>>(),
    slots: p.json<Record<string, WeekSlots>>().defaultRaw(`'{}'`),
    roleRules: p.json<Record<string, Role>>().defaultRaw(`'{}'`),
    pictures: p.enum(THEMES).default('light'),
    /** Since when Crier is not in the team any more. */
    removedAt: p.type(InstantType).$type<Temporal.Instant>().strictNullable(),
    lastPostNumber: p.integer(),
    lastDigestNumber: p.integer().default(0),
    createdAt: p.type(InstantType).$type<Temporal.Instant>(),
  },
  uniques: [{ name: 'workspace_chat_team', properties: ['chat', 'teamId'] }],
});
export type WorkspaceRow = InferEntity<typeof WorkspaceEntity>;

export const MemberEntity = defineEntity({
  name: 'Member',
  tableName: 'member',
  properties: {
    id: p.uuid().primary(),
    workspaceId: () => p.manyToOne(WorkspaceEntity).mapToPk().fieldName('workspace_id'),
    userId: p.text(),
    name: p.text(),
    role: p.enum(ROLES),
    timeZone: p.text().strictNullable(),
    /** As the chat's profile has them. */
    profileTimeZone: p.text().strictNullable(),
    locale: p.text().strictNullable(),
    createdAt: p.type(InstantType).$type<Temporal.Instant>(),
  },
  uniques: [{ name: 'member_workspace_user', properties: ['workspaceId', 'userId'] }],
  // of a person in direct messages, all the teams they are in
  indexes: [{ name: 'member_user', properties: ['userId'] }],
});
export type MemberRow = InferEntity<typeof MemberEntity>;
