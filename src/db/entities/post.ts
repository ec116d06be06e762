// Post and Media: what is to be said, and the files that go with it.
import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { Beside } from '../../core/post.ts';
import { CHATS } from '../../core/workspace.ts';
import { InstantType } from '../types.ts';
import { SeriesEntity } from './series.ts';
import { MemberEntity, WorkspaceEntity } from './workspace.ts';

export const PostEntity = defineEntity({
  name: 'Post',
  tableName: 'post',
  properties: {
    id: p.uuid().primary(),
    workspaceId: () => p.manyToOne(WorkspaceEntity).mapToPk().fieldName('workspace_id'),
    number: p.integer(),
    text: p.text(),
    variants: p.json<Record<string, string>>(),
    beside: p.json<Beside>(),
    mediaIds: p.json<string[]>(),
    hashtags: p.json<string[]>(),
    campaign: p.text().strictNullable(),
    authorId: () => p.manyToOne(MemberEntity).mapToPk().fieldName('author_id'),
    /** The instant; `wallTime` and `timeZone` are the words of the clock it was asked in. All three null: a draft. */
    scheduledAt: p.type(InstantType).$type<Temporal.Instant>().strictNullable(),
    wallTime: p.text().strictNullable(),
    timeZone: p.text().strictNullable(),
    /** Both null: a single post. The instant is the rule's, and stays where the post is moved. */
    seriesId: () => p.manyToOne(SeriesEntity).mapToPk().fieldName('series_id').strictNullable().deleteRule('no action'),
    occurrenceAt: p.type(InstantType).$type<Temporal.Instant>().strictNullable(),
    originChat: p.enum(CHATS),
    originChannel: p.text(),
    originMessage: p.text().strictNullable(),
    createdAt: p.type(InstantType).$type<Temporal.Instant>(),
    updatedAt: p.type(InstantType).$type<Temporal.Instant>(),
  },
  checks: [
    {
      name: 'post_slot_is_whole',
      expression: '(scheduled_at is null) = (wall_time is null) and (scheduled_at is null) = (time_zone is null)',
    },
    { name: 'post_occurrence_is_whole', expression: '(series_id is null) = (occurrence_at is null)' },
  ],
  uniques: [
    { name: 'post_workspace_number', properties: ['workspaceId', 'number'] },
    { name: 'post_series_occurrence', properties: ['seriesId', 'occurrenceAt'] },
  ],
  indexes: [
    { name: 'post_workspace_scheduled', properties: ['workspaceId', 'scheduledAt'] },
    { name: 'post_workspace_campaign', properties: ['workspaceId', 'campaign'] },
    { name: 'post_media', properties: ['mediaIds'], type: 'gin', where: `media_ids <> '[]'` },
  ],
});
export type PostRow = InferEntity<typeof PostEntity>;

export const MediaEntity = defineEntity({
  name: 'Media',
  tableName: 'media',
  properties: {
    id: p.uuid().primary(),
    workspaceId: () => p.manyToOne(WorkspaceEntity).mapToPk().fieldName('workspace_id'),
    hash: p.text(),
    mimeType: p.text(),
    size: p.integer(),
    width: p.integer(),
    height: p.integer(),
    durationMs: p.integer().strictNullable(),
    altText: p.text(),
    createdAt: p.type(InstantType).$type<Temporal.Instant>(),
    /** Since when the file itself is gone from the media store; the row stays, for what cards show. */
    removedAt: p.type(InstantType).$type<Temporal.Instant>().strictNullable(),
  },
  indexes: [
    { name: 'media_workspace_hash', properties: ['workspaceId', 'hash'] },
    { name: 'media_hash', properties: ['hash'] },
    { name: 'media_kept', properties: ['createdAt'], where: { removedAt: null } },
  ],
});
export type MediaRow = InferEntity<typeof MediaEntity>;
