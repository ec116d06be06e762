// Series: a post that recurs. Its occurrences are posts.
import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { Beside } from '../../core/post.ts';
import { SERIES_STATES } from '../../core/series.ts';
import { CHATS } from '../../core/workspace.ts';
import { InstantType } from '../types.ts';
import { MemberEntity, WorkspaceEntity } from './workspace.ts';

export const SeriesEntity = defineEntity({
  name: 'Series',
  tableName: 'series',
  properties: {
    id: p.uuid().primary(),
    workspaceId: () => p.manyToOne(WorkspaceEntity).mapToPk().fieldName('workspace_id'),
    state: p.enum(SERIES_STATES),
    /** RRULE, the wall time of the first occurrence, and the zone of both. */
    rule: p.text(),
    wallTime: p.text(),
    timeZone: p.text(),
    text: p.text(),
    variants: p.json<Record<string, string>>(),
    beside: p.json<Beside>(),
    mediaIds: p.json<string[]>(),
    hashtags: p.json<string[]>(),
    campaign: p.text().strictNullable(),
    accountIds: p.json<string[]>(),
    authorId: () => p.manyToOne(MemberEntity).mapToPk().fieldName('author_id'),
    originChat: p.enum(CHATS),
    originChannel: p.text(),
    originMessage: p.text().strictNullable(),
    /** The newest occurrence: its post, and its instant by the rule. */
    postNumber: p.integer(),
    occurrenceAt: p.type(InstantType).$type<Temporal.Instant>(),
    activeSince: p.type(InstantType).$type<Temporal.Instant>(),
    createdAt: p.type(InstantType).$type<Temporal.Instant>(),
    updatedAt: p.type(InstantType).$type<Temporal.Instant>(),
  },
  indexes: [{ name: 'series_state', properties: ['state'] }],
});
export type SeriesRow = InferEntity<typeof SeriesEntity>;
