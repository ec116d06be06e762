// AuditEvent, what is kept to look back on; and Setting, the few facts of the installation itself.
import { defineEntity, p } from '@mikro-orm/core';
import { InstantType } from '../types.ts';
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

/** Facts of the installation, by name: the sealed canary that a wrong encryption key cannot open. */
export const SettingEntity = defineEntity({
  name: 'Setting',
  tableName: 'setting',
  properties: {
    name: p.text().primary(),
    value: p.text(),
  },
});
