// Rows that a hand-written statement returned as JSON (`to_jsonb`), read back into the ORM's shape and from there to the domain.
import { z } from 'zod';
import type { Account } from '../core/account.ts';
import { ACCOUNT_STATES } from '../core/account.ts';
import { DELIVERY_STATES, type Delivery, HOLD_REASONS } from '../core/delivery.ts';
import { DIGEST_PERIODS, DIGEST_STATES, type Digest } from '../core/digest.ts';
import { ERROR_KINDS } from '../core/errors.ts';
import type { Post } from '../core/post.ts';
import { type Actor, CHATS, DATE_ORDERS, type Member, ROLES, THEMES, type Workspace } from '../core/workspace.ts';

const instant = z.string().transform((text) => Temporal.Instant.from(text));
const json = z.record(z.string(), z.unknown());

const DeliveryJson = z
  .object({
    id: z.string(),
    workspace_id: z.string(),
    post_id: z.string(),
    account_id: z.string(),
    platform: z.string(),
    state: z.enum(DELIVERY_STATES),
    hold_reason: z.enum(HOLD_REASONS).nullable(),
    due_at: instant.nullable(),
    tries: z.number(),
    unverified_since: z.string().nullable(),
    idempotency_key: z.string(),
    remote_id: z.string().nullable(),
    url: z.string().nullable(),
    error_kind: z.enum(ERROR_KINDS).nullable(),
    error_message: z.string().nullable(),
    published_at: instant.nullable(),
  })
  .transform(
    (row): Delivery => ({
      id: row.id,
      workspaceId: row.workspace_id,
      postId: row.post_id,
      accountId: row.account_id,
      platform: row.platform,
      state: row.state,
      holdReason: row.hold_reason,
      dueAt: row.due_at,
      tries: row.tries,
      inDoubt: row.unverified_since !== null,
      idempotencyKey: row.idempotency_key,
      remoteId: row.remote_id,
      url: row.url,
      errorKind: row.error_kind,
      errorMessage: row.error_message,
      publishedAt: row.published_at,
    }),
  );

const AccountJson = z
  .object({
    id: z.string(),
    workspace_id: z.string(),
    platform: z.string(),
    remote_id: z.string(),
    handle: z.string(),
    service: z.string(),
    state: z.enum(ACCOUNT_STATES),
    state_reason: z.string().nullable(),
    announced_limits: json.nullable(),
    expires_at: instant.nullable(),
    created_at: instant,
  })
  .transform(
    (row): Account => ({
      id: row.id,
      workspaceId: row.workspace_id,
      platform: row.platform,
      remoteId: row.remote_id,
      handle: row.handle,
      service: row.service,
      state: row.state,
      stateReason: row.state_reason,
      announcedLimits: row.announced_limits,
      expiresAt: row.expires_at,
      createdAt: row.created_at,
    }),
  );

const PostJson = z
  .object({
    id: z.string(),
    workspace_id: z.string(),
    number: z.number(),
    text: z.string(),
    variants: z.record(z.string(), z.string()),
    beside: z.object({
      options: z.record(z.string(), z.record(z.string(), z.string())),
      thread: z.boolean(),
      comment: z.string().nullable(),
    }),
    media_ids: z.array(z.string()),
    hashtags: z.array(z.string()),
    campaign: z.string().nullable(),
    author_id: z.string(),
    scheduled_at: instant.nullable(),
    wall_time: z.string().nullable(),
    time_zone: z.string().nullable(),
    series_id: z.string().nullable(),
    origin_chat: z.enum(CHATS),
    origin_channel: z.string(),
    origin_message: z.string().nullable(),
    created_at: instant,
  })
  .transform(
    (row): Post => ({
      id: row.id,
      workspaceId: row.workspace_id,
      number: row.number,
      text: row.text,
      variants: row.variants,
      beside: row.beside,
      mediaIds: row.media_ids,
      hashtags: row.hashtags,
      campaign: row.campaign,
      authorId: row.author_id,
      slot:
        row.scheduled_at && row.wall_time && row.time_zone
          ? { at: row.scheduled_at, wallTime: row.wall_time, timeZone: row.time_zone }
          : null,
      seriesId: row.series_id,
      origin: { chat: row.origin_chat, channel: row.origin_channel, message: row.origin_message },
      createdAt: row.created_at,
    }),
  );

const WorkspaceJson = z
  .object({
    id: z.string(),
    chat: z.enum(CHATS),
    team_id: z.string(),
    name: z.string(),
    time_zone: z.string(),
    default_time: z.string(),
    date_order: z.enum(DATE_ORDERS).nullable(),
    country: z.string().nullable(),
    language: z.string().nullable(),
    daily_caps: z.record(z.string(), z.number()),
    slots: z.record(z.string(), z.array(z.object({ weekdays: z.array(z.number()), times: z.array(z.string()) }))),
    role_rules: z.record(z.string(), z.enum(ROLES)),
    pictures: z.enum(THEMES),
    removed_at: instant.nullable(),
    created_at: instant,
  })
  .transform(
    (row): Workspace => ({
      id: row.id,
      chat: row.chat,
      teamId: row.team_id,
      name: row.name,
      timeZone: row.time_zone,
      defaultTime: row.default_time,
      dateOrder: row.date_order,
      country: row.country,
      language: row.language,
      dailyCaps: row.daily_caps,
      slots: row.slots,
      roleRules: row.role_rules,
      pictures: row.pictures,
      removedAt: row.removed_at,
      createdAt: row.created_at,
    }),
  );

const MemberJson = z
  .object({
    id: z.string(),
    workspace_id: z.string(),
    user_id: z.string(),
    name: z.string(),
    role: z.enum(ROLES),
    time_zone: z.string().nullable(),
    profile_time_zone: z.string().nullable(),
    locale: z.string().nullable(),
  })
  .transform(
    (row): Member => ({
      id: row.id,
      workspaceId: row.workspace_id,
      userId: row.user_id,
      name: row.name,
      role: row.role,
      timeZone: row.time_zone,
      profileTimeZone: row.profile_time_zone,
      locale: row.locale,
    }),
  );

const DigestJson = z
  .object({
    id: z.string(),
    workspace_id: z.string(),
    number: z.number(),
    channel: z.string(),
    period: z.enum(DIGEST_PERIODS),
    wall_time: z.string(),
    day: z.number().nullable(),
    state: z.enum(DIGEST_STATES),
    paused_because: z.string().nullable(),
    due_at: instant.nullable(),
    created_at: instant,
  })
  .transform(
    (row): Digest => ({
      id: row.id,
      workspaceId: row.workspace_id,
      number: row.number,
      channel: row.channel,
      cadence: { period: row.period, wallTime: row.wall_time, day: row.day },
      state: row.state,
      pausedBecause: row.paused_because,
      dueAt: row.due_at,
      createdAt: row.created_at,
    }),
  );

export const readDelivery = (row: unknown): Delivery => DeliveryJson.parse(row);
export const readAccount = (row: unknown): Account => AccountJson.parse(row);
export const readDigest = (row: unknown): Digest => DigestJson.parse(row);
export const readPost = (row: unknown): Post => PostJson.parse(row);

/** A workspace and one of its members. */
export const readActor = (row: { workspace: unknown; member: unknown }): Actor => ({
  workspace: WorkspaceJson.parse(row.workspace),
  member: MemberJson.parse(row.member),
});
