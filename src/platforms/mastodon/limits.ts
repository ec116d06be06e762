// What one Mastodon server takes, as it announces it, and how Mastodon counts a status. Asks nothing over the network itself.
import { z } from 'zod';
import type { AnnouncedLimits } from '../../core/account.ts';
import type { Limits } from '../../core/platform.ts';
import { countGraphemes, findUrls, replaceRanges, type TextRange } from '../../core/text.ts';

const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'];
const VIDEO_TYPES = ['video/mp4', 'video/webm', 'video/quicktime'];

/** "Cannot attach a video to a post that already contains images": one file where one is a video (app/services/post_status_service.rb, checked 2026-11-22). */
const VIDEOS_PER_STATUS = 1;

/**
 * Mastodon's own defaults, for servers that leave something out: https://docs.joinmastodon.org/entities/Instance/, checked 2026-11-22.
 * Videos: those that mastodon.social announces, https://github.com/mastodon/mastodon/discussions/26709, checked 2026-11-22.
 */
const DEFAULTS = {
  maxCharacters: 500,
  charactersReservedPerUrl: 23,
  maxMedia: 4,
  imageSizeLimit: 16_777_216,
  imageTypes: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
  videoSizeLimit: 103_809_024,
  videoMatrixLimit: 8_294_400,
  videoTypes: VIDEO_TYPES,
};

/** `/api/v2/instance`, with the names in camel case as masto hands them over. */
export const Instance = z.object({
  domain: z.string().min(1),
  configuration: z
    .object({
      statuses: z
        .object({
          maxCharacters: z.int().positive().default(DEFAULTS.maxCharacters),
          maxMediaAttachments: z.int().nonnegative().default(DEFAULTS.maxMedia),
          charactersReservedPerUrl: z.int().nonnegative().default(DEFAULTS.charactersReservedPerUrl),
        })
        .prefault({}),
      mediaAttachments: z
        .object({
          supportedMimeTypes: z.array(z.string()).default([...DEFAULTS.imageTypes, ...DEFAULTS.videoTypes]),
          imageSizeLimit: z.int().positive().default(DEFAULTS.imageSizeLimit),
          videoSizeLimit: z.int().positive().default(DEFAULTS.videoSizeLimit),
          videoMatrixLimit: z.int().positive().default(DEFAULTS.videoMatrixLimit),
        })
        .prefault({}),
    })
    .prefault({}),
});
export type Instance = z.infer<typeof Instance>;

/** What is stored with the account; accounts that were connected before Crier knew videos have nothing of them. */
const Announced = z.object({
  maxCharacters: z.int().positive(),
  charactersReservedPerUrl: z.int().nonnegative(),
  maxMedia: z.int().nonnegative(),
  imageSizeLimit: z.int().positive(),
  imageTypes: z.array(z.string()),
  videoSizeLimit: z.int().positive().default(DEFAULTS.videoSizeLimit),
  videoMatrixLimit: z.int().positive().default(DEFAULTS.videoMatrixLimit),
  videoTypes: z.array(z.string()).default(DEFAULTS.videoTypes),
});

export function announcedBy({ configuration: { statuses, mediaAttachments } }: Instance): z.infer<typeof Announced> {
  return {
    maxCharacters: statuses.maxCharacters,
    charactersReservedPerUrl: statuses.charactersReservedPerUrl,
    maxMedia: statuses.maxMediaAttachments,
    imageSizeLimit: mediaAttachments.imageSizeLimit,
    imageTypes: mediaAttachments.supportedMimeTypes.filter((type) => IMAGE_TYPES.includes(type)),
    videoSizeLimit: mediaAttachments.videoSizeLimit,
    videoMatrixLimit: mediaAttachments.videoMatrixLimit,
    videoTypes: mediaAttachments.supportedMimeTypes.filter((type) => VIDEO_TYPES.includes(type)),
  };
}

const MENTION = /(?<![=/\p{L}\p{N}_])@([a-z\d_]+(?:[a-z\d_.-]*[a-z\d_])?)@[\p{L}\p{N}_.-]*[\p{L}\p{N}_]/giu;

const overlaps = (one: TextRange, other: TextRange): boolean => one.start < other.end && other.start < one.end;

/**
 * Graphemes as Mastodon counts them: every web address as `reservedPerUrl`, a remote mention without its server
 * (https://docs.joinmastodon.org/user/posting/#text and app/validators/status_length_validator.rb, checked 2026-11-22).
 */
export function countStatus(text: string, reservedPerUrl: number): number {
  const urls = findUrls(text);
  const mentions = [...text.matchAll(MENTION)]
    .map((match) => ({ start: match.index, end: match.index + match[0].length }))
    .filter((mention) => !urls.some((url) => overlaps(url, mention)));
  const ranges = [...urls, ...mentions].sort((one, other) => one.start - other.start);
  const countable = replaceRanges(text, ranges, (part) =>
    part.startsWith('@') ? part.slice(0, part.indexOf('@', 1)) : 'x'.repeat(reservedPerUrl),
  );
  return countGraphemes(countable);
}

/** The server's own limits, or Mastodon's defaults for an account that was connected without them. */
export function limitsOf(announced: AnnouncedLimits | null): Limits {
  const parsed = Announced.safeParse(announced);
  const limits = parsed.success ? parsed.data : DEFAULTS;
  const { maxCharacters, charactersReservedPerUrl, maxMedia, imageTypes, videoTypes } = limits;
  return {
    text: [{ max: maxCharacters, unit: 'characters', count: (text) => countStatus(text, charactersReservedPerUrl) }],
    images:
      maxMedia > 0 && imageTypes.length > 0 ? { max: maxMedia, maxBytes: limits.imageSizeLimit, mimeTypes: imageTypes } : null,
    videos:
      maxMedia > 0 && videoTypes.length > 0
        ? {
            max: VIDEOS_PER_STATUS,
            maxBytes: limits.videoSizeLimit,
            mimeTypes: videoTypes,
            maxDurationMs: null,
            maxPixels: limits.videoMatrixLimit,
          }
        : null,
    mixedMedia: false,
    needsMedia: false,
  };
}
