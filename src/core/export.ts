// What an export of posts holds: a row per delivery, as text. How the rows become a file is the chats' matter (src/bots/csv.ts).
import type { Period } from './period.ts';
import type { Platforms } from './ports.ts';
import { type DeliveryDetails, optionsFor, type PostDetails, postName, textFor } from './post.ts';
import { partsFor } from './thread.ts';
import { sayRecurrence } from './time/recurrence/say.ts';

export const EXPORTS = ['upcoming', 'published', 'all'] as const;
/** `upcoming` are planned and neither out nor over; drafts are in `all` alone. */
export type ExportName = (typeof EXPORTS)[number];

export interface ExportFilter {
  which: ExportName;
  /** When it went out; of what is not out, when it is planned. What has no time is in no period. */
  period: Period;
  /** Platform id; null: all of them. */
  platform: string | null;
  campaign: string | null;
}

/** A delivery with the post it belongs to. */
export interface ExportedDelivery {
  details: PostDetails;
  delivery: DeliveryDetails;
}

/** In the order they stand in the file. */
export const EXPORT_COLUMNS = [
  'post',
  'state',
  'hold_reason',
  'planned_at',
  'published_at',
  'network',
  'account',
  'text',
  'first_comment',
  'options',
  'media_count',
  'campaign',
  'hashtags',
  'series',
  'author',
  'url',
  'remote_id',
  'error_kind',
  'error_message',
] as const;

/** '' where there is nothing. */
export type ExportRow = Record<(typeof EXPORT_COLUMNS)[number], string>;

/** @param timeZone the reader's; times are `2026-11-23T09:00:00+01:00[Europe/Berlin]` */
export function exportRow(
  { details, delivery }: ExportedDelivery,
  platforms: Pick<Platforms, 'get'>,
  timeZone: string,
): ExportRow {
  const { post, authorName, series } = details;
  const { account, state, holdReason, publishedAt, url, remoteId, errorKind, errorMessage } = delivery;
  const platform = platforms.get(delivery.platform);
  const options = optionsFor(post, platform.id);
  const parts = partsFor(
    platform,
    platform.limits(account.announcedLimits, options),
    textFor(post, platform.id),
    post.beside.thread,
  );
  const at = (instant: Temporal.Instant | null): string =>
    instant?.toZonedDateTimeISO(timeZone).toString({ smallestUnit: 'second' }) ?? '';
  return {
    post: postName(post),
    state,
    hold_reason: holdReason ?? '',
    planned_at: at(post.slot?.at ?? null),
    published_at: at(publishedAt),
    network: platform.name,
    // a spreadsheet would take an @ at the start for a formula
    account: account.handle.replace(/^@/, ''),
    text: parts.join('\n\n'),
    first_comment: post.beside.comment ?? '',
    options: Object.keys(options).length === 0 ? '' : JSON.stringify(options),
    media_count: String(post.mediaIds.length),
    campaign: post.campaign ?? '',
    hashtags: post.hashtags.map((tag) => `#${tag}`).join(' '),
    series: series === null ? '' : sayRecurrence(series.rule),
    author: authorName,
    url: url ?? '',
    remote_id: remoteId ?? '',
    error_kind: errorKind ?? '',
    error_message: errorMessage ?? '',
  };
}
