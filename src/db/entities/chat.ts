// Installation and SeenEvent: what a chat gave for a team, and what it has delivered already.
import { defineEntity, p } from '@mikro-orm/core';
import { CHATS } from '../../core/workspace.ts';
import { InstantType } from '../types.ts';

export const InstallationEntity = defineEntity({
  name: 'Installation',
  tableName: 'installation',
  properties: {
    chat: p.enum(CHATS).primary(),
    /** The chat's own id of the team. */
    teamId: p.text().primary(),
    /** AES-256-GCM with a key id, bound to `chat/team`. */
    sealed: p.text(),
    createdAt: p.type(InstantType).$type<Temporal.Instant>(),
    updatedAt: p.type(InstantType).$type<Temporal.Instant>(),
  },
});

/** Something a chat may deliver twice, by a key that is the same each time. */
export const SeenEventEntity = defineEntity({
  name: 'SeenEvent',
  tableName: 'seen_event',
  properties: {
    key: p.text().primary(),
    at: p.type(InstantType).$type<Temporal.Instant>(),
  },
  indexes: [{ name: 'seen_event_at', properties: ['at'] }],
});
