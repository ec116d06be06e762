// Rows -> the domain's objects. What stays behind here (sealed credentials, leases) is the database's own business.
import type { Account } from '../core/account.ts';
import type { Delivery } from '../core/delivery.ts';
import type { Digest } from '../core/digest.ts';
import type { Media } from '../core/media.ts';
import type { Post, Series } from '../core/post.ts';
import type { Member, Workspace } from '../core/workspace.ts';
import type { AccountRow } from './entities/account.ts';
import type { DeliveryRow } from './entities/delivery.ts';
import type { DigestRow } from './entities/digest.ts';
import type { MediaRow, PostRow } from './entities/post.ts';
import type { SeriesRow } from './entities/series.ts';
import type { MemberRow, WorkspaceRow } from './entities/workspace.ts';

export function toWorkspace(row: WorkspaceRow): Workspace {
  const { id, chat, teamId, name, timeZone, defaultTime, dateOrder, country, language, dailyCaps, createdAt } = row;
  const { slots, roleRules, pictures, removedAt } = row;
  return {
    id,
    chat,
    teamId,
    name,
    timeZone,
    defaultTime,
    dateOrder,
    country,
    language,
    dailyCaps,
    slots,
    roleRules,
    pictures,
    removedAt,
    createdAt,
  };
}

export function toMember(row: MemberRow): Member {
  const { id, workspaceId, userId, name, role, timeZone, profileTimeZone, locale } = row;
  return { id, workspaceId, userId, name, role, timeZone, profileTimeZone, locale };
}

export function toAccount(row: AccountRow): Account {
  const { id, workspaceId, platform, remoteId, handle, service, state, stateReason, announcedLimits, expiresAt, createdAt } = row;
  return { id, workspaceId, platform, remoteId, handle, service, state, stateReason, announcedLimits, expiresAt, createdAt };
}

export function toPost(row: PostRow): Post {
  const { id, workspaceId, number, text, variants, beside, mediaIds, hashtags, campaign, authorId, seriesId, createdAt } = row;
  const { scheduledAt, wallTime, timeZone } = row;
  const slot = scheduledAt && wallTime && timeZone ? { at: scheduledAt, wallTime, timeZone } : null;
  const origin = { chat: row.originChat, channel: row.originChannel, message: row.originMessage };
  return {
    id,
    workspaceId,
    number,
    text,
    variants,
    beside,
    mediaIds,
    hashtags,
    campaign,
    authorId,
    slot,
    seriesId,
    origin,
    createdAt,
  };
}

export function toSeries(row: SeriesRow): Series {
  const { id, workspaceId, state, text, variants, beside, mediaIds, hashtags, campaign, accountIds, authorId, createdAt } = row;
  const { postNumber, occurrenceAt, activeSince } = row;
  return {
    id,
    workspaceId,
    state,
    rule: { rrule: row.rule, start: row.wallTime, timeZone: row.timeZone },
    text,
    variants,
    beside,
    mediaIds,
    hashtags,
    campaign,
    accountIds,
    authorId,
    origin: { chat: row.originChat, channel: row.originChannel, message: row.originMessage },
    postNumber,
    occurrenceAt,
    activeSince,
    createdAt,
  };
}

export function toDelivery(row: DeliveryRow): Delivery {
  const { id, workspaceId, postId, accountId, platform, state, holdReason, dueAt, tries, idempotencyKey } = row;
  const { remoteId, url, errorKind, errorMessage, publishedAt } = row;
  return {
    id,
    workspaceId,
    postId,
    accountId,
    platform,
    state,
    holdReason,
    dueAt,
    tries,
    inDoubt: row.unverifiedSince !== null,
    idempotencyKey,
    remoteId,
    url,
    errorKind,
    errorMessage,
    publishedAt,
  };
}

export function toDigest(row: DigestRow): Digest {
  const { id, workspaceId, number, channel, period, wallTime, day, state, pausedBecause, dueAt, createdAt } = row;
  return { id, workspaceId, number, channel, cadence: { period, wallTime, day }, state, pausedBecause, dueAt, createdAt };
}

export function toMedia(row: MediaRow): Media {
  const { id, workspaceId, hash, mimeType, size, width, height, durationMs, altText } = row;
  return { id, workspaceId, hash, mimeType, size, width, height, durationMs, altText };
}
