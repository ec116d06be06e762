// What the emulated TikTok refuses: how an upload is announced, how much an account may post, and files that are not as it wants them.
// https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide (checked 2026-11-22).
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import type { MediaFacts } from '../blobs.ts';
import { invalid, TikTokError } from './api.ts';
import type { Account, TikTokState } from './state.ts';
import { MAX_VIDEO_SECONDS, privacyOf } from './users.ts';

/** In UTF-16, which is not what zod counts. */
export const words = (max: number) =>
  z
    .string()
    .refine((text) => text.length <= max, `must have ${max} characters at most`)
    .default('');
export const PRIVACY = z.enum(['PUBLIC_TO_EVERYONE', 'MUTUAL_FOLLOW_FRIENDS', 'FOLLOWER_OF_CREATOR', 'SELF_ONLY']);
export const Branded = { brand_content_toggle: z.boolean().optional(), brand_organic_toggle: z.boolean().optional() };

const MEGABYTE = 1_048_576;
export const CHUNK = { min: 5 * MEGABYTE, max: 64 * MEGABYTE, lastMax: 128 * MEGABYTE };
const VIDEO = { maxBytes: 4_096 * MEGABYTE, minSide: 360, maxSide: 4_096 };
const PHOTO = { maxBytes: 20 * MEGABYTE, shortSide: 1_080, longSide: 1_920 };
/** A draft's video may be longer than what the account may post: it is cut in the app. */
const INBOX_SECONDS = 600;

export const VideoSource = z.object({
  source: z.literal('FILE_UPLOAD'),
  video_size: z.int().min(1).max(VIDEO.maxBytes),
  chunk_size: z.int().min(1),
  total_chunk_count: z.int().min(1).max(1000),
});
type VideoSource = z.infer<typeof VideoSource>;

/** @throws TikTokError 400 */
export function checkChunks({ video_size: size, chunk_size: chunk, total_chunk_count: count }: VideoSource): void {
  const isWhole = chunk === size && size <= CHUNK.max;
  const isCut = chunk >= CHUNK.min && chunk <= CHUNK.max && chunk <= size;
  if (!isWhole && !isCut) throw invalid('The chunk size is invalid');
  if (count !== Math.floor(size / chunk)) throw invalid('The total chunk count is invalid');
}

/** How many of its posts TikTok takes from apps in 24 hours it does not say; about 15 are reported (unverified). */
const POSTS_A_DAY = 15;
/** https://developers.tiktok.com/doc/content-posting-api-reference-photo-post (checked 2026-11-22). */
const PENDING_A_DAY = 5;

/** @throws TikTokError 403 */
export function checkCaps({ tasks }: TikTokState, { id }: Account, isForInbox: boolean, clock: Clock): void {
  const since = clock.now().subtract({ hours: 24 });
  const recent = tasks
    .all()
    .filter((task) => task.accountId === id && task.isForInbox === isForInbox && task.failReason === null)
    .filter(({ createdAt }) => Temporal.Instant.compare(Temporal.Instant.from(createdAt), since) > 0).length;
  if (isForInbox && recent >= PENDING_A_DAY)
    throw new TikTokError(403, 'spam_risk_too_many_pending_share', 'The daily upload cap from the API is reached for the user.');
  if (!isForInbox && recent >= POSTS_A_DAY)
    throw new TikTokError(403, 'spam_risk_too_many_posts', 'The daily post cap from the API is reached for the current user.');
}

/** @throws TikTokError 403 */
export function checkPrivacy(account: Account, privacy: string): void {
  if (!privacyOf(account).includes(privacy))
    throw new TikTokError(403, 'privacy_level_option_mismatch', 'privacy_level is not among the privacy_level_options.');
}

/** The fail_reason; null for a video that is taken. */
export function videoProblem(facts: MediaFacts | null, isForInbox: boolean): string | null {
  if (!facts?.mimeType.startsWith('video/')) return 'file_format_check_failed';
  const sides = [facts.width, facts.height];
  if (sides.some((side) => side < VIDEO.minSide || side > VIDEO.maxSide)) return 'picture_size_check_failed';
  const most = isForInbox ? INBOX_SECONDS : MAX_VIDEO_SECONDS;
  return (facts.durationMs ?? 0) > most * 1000 ? 'duration_check_failed' : null;
}

/** The fail_reason; null for a photo that is taken. */
export function photoProblem({ mimeType, width, height }: MediaFacts, size: number): string | null {
  if (!['image/jpeg', 'image/webp'].includes(mimeType) || size > PHOTO.maxBytes) return 'file_format_check_failed';
  const isLarge = Math.min(width, height) > PHOTO.shortSide || Math.max(width, height) > PHOTO.longSide;
  return isLarge ? 'picture_size_check_failed' : null;
}
