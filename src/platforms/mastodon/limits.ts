// What one Mastodon server takes, as it announces it, and how Mastodon counts a status. Asks nothing over the network itself.
import { z } from 'zod';
import type { AnnouncedLimits } from '../../core/account.ts';
import type { Limits } from '../../core/platform.ts';
import { countGraphemes, findUrls, replaceRanges, type TextRange } from '../../core/text.ts';

const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'];

/** Mastodon's own defaults, for servers that leave something out: https://docs.joinmastodon.org/entities/Instance/, checked 2026-11-22. */
const DEFAULTS = {
  maxCharacters: 500,
  charactersReservedPerUrl: 23,
  maxMedia: 4,
  imageSizeLimit: 16_777_216,
  imageTypes: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
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
          supportedMimeTypes: z.array(z.string()).default(DEFAULTS.imageTypes),
          imageSizeLimit: z.int().positive().default(DEFAULTS.imageSizeLimit),
        })
        .prefault({}),
    })
    .prefault({}),
});
export type Instance = z.infer<typeof Instance>;

/** What is stored with the account. */
const Announced = z.object({
  maxCharacters: z.int().positive(),
  charactersReservedPerUrl: z.int().nonnegative(),
  maxMedia: z.int().nonnegative(),
  imageSizeLimit: z.int().positive(),
  imageTypes: z.array(z.string()),
});

export function announcedBy({ configuration: { statuses, mediaAttachments } }: Instance): z.infer<typeof Announced> {
  return {
    maxCharacters: statuses.maxCharacters,
    charactersReservedPerUrl: statuses.charactersReservedPerUrl,
    maxMedia: statuses.maxMediaAttachments,
    imageSizeLimit: mediaAttachments.imageSizeLimit,
    imageTypes: mediaAttachments.supportedMimeTypes.filter((type) => IMAGE_TYPES.includes(type)),
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
  const { maxCharacters, charactersReservedPerUrl, maxMedia, imageSizeLimit, imageTypes } = parsed.success
    ? parsed.data
    : DEFAULTS;
  return {
    text: [{ max: maxCharacters, unit: 'characters', count: (text) => countStatus(text, charactersReservedPerUrl) }],
    images: maxMedia > 0 && imageTypes.length > 0 ? { max: maxMedia, maxBytes: imageSizeLimit, mimeTypes: imageTypes } : null,
    needsMedia: false,
  };
}
