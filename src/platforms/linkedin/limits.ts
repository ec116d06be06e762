// What LinkedIn takes in one post, how it counts, and what a post can say beside its text. It asks nothing over the network.
import type { AnnouncedLimits } from '../../core/account.ts';
import type { NetworkOptions, PlatformOption } from '../../core/network-options.ts';
import type { Limits } from '../../core/platform.ts';
import { countGraphemes, findUrls } from '../../core/text.ts';
import { asShown } from './little-text.ts';

/**
 * The Posts API names an error for what is too long (FIELD_LENGTH_TOO_LONG) and no number; 3,000 is what LinkedIn's own editor
 * takes, and what its older API named. How it counts is not said (unverified): here by UTF-16 units, the count that is never too
 * low, and a mention by its name.
 */
const MAX_TEXT = 3000;

/**
 * "minimum of 2 images and maximum of 20 images":
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/multiimage-post-api, checked 2026-11-22.
 */
const MAX_IMAGES = 20;

/**
 * JPG, PNG and GIF (of up to 250 frames), and fewer pixels than these, width times height; LinkedIn says so in its Images API and
 * names no bytes: https://cdn.cdata.com/help/CLM/jdbc/pg_sp-uploadimage.htm repeats it, checked 2026-11-22.
 */
const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/gif'];
const IMAGE_PIXELS_BELOW = 36_152_320;

/** Bytes; Crier's own, since LinkedIn names none: an image of all the pixels above is smaller as a rule. */
const MAX_IMAGE_BYTES = 20_000_000;

/**
 * MP4, three seconds to 30 minutes, up to 500 MB; less than 75 kB is not wanted either, which Crier does not check:
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/videos-api (unverified).
 */
const VIDEO = { maxBytes: 500_000_000, minDurationMs: 3000, maxDurationMs: 30 * 60_000, mimeTypes: ['video/mp4'] };

/**
 * PDF, up to 100 MB and 300 pages, which Crier does not count (PPT and DOC are taken too, which Crier does not read):
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/documents-api (unverified), and the same figures in
 * https://www.ayrshare.com/docs/media-guidelines/linkedin, checked 2026-11-22.
 */
const DOCUMENT = { maxBytes: 100_000_000, mimeTypes: ['application/pdf'] };

/** Characters of a link's, a video's or a document's title (unverified). */
export const MAX_TITLE = 400;

/**
 * Characters of the first comment:
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/comments-api (unverified).
 */
export const MAX_COMMENT = 1250;

/**
 * Characters of an alt text:
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/multiimage-post-api (unverified).
 */
export const MAX_ALT_TEXT = 4086;

export const limitsOf = (_announced: AnnouncedLimits | null): Limits => ({
  text: [{ max: MAX_TEXT, unit: 'characters', count: (text) => asShown(text).length }],
  images: { max: MAX_IMAGES, maxBytes: MAX_IMAGE_BYTES, mimeTypes: IMAGE_TYPES, maxPixels: IMAGE_PIXELS_BELOW - 1 },
  videos: { max: 1, maxPixels: null, ...VIDEO },
  documents: DOCUMENT,
  mixedMedia: false,
  needsMedia: false,
});

export const OPTIONS: readonly PlatformOption[] = [
  {
    name: 'visibility',
    label: 'visibility',
    example: 'visibility=connections',
    choices: ['public', 'connections'],
  },
  {
    name: 'title',
    label: 'title',
    example: 'title="Our launch"',
    choices: null,
    problem: (title) => (countGraphemes(title) > MAX_TITLE ? `is longer than ${MAX_TITLE} characters` : null),
  },
];

/**
 * "does not support url scraping": whoever posts by the API says the card's title
 * (https://learn.microsoft.com/en-us/linkedin/marketing/integrations/ads/advertising-targeting/version/article-ads-integrations,
 * checked 2026-11-22).
 */
export function remarksOn({ text, options }: { text: string; options: NetworkOptions }): string[] {
  const hasLink = findUrls(text).length > 0;
  if (options.title === undefined)
    return hasLink ? ['LinkedIn shows no card for a link by itself: the option title=... makes one of the first link.'] : [];
  return hasLink ? [] : ['LinkedIn shows a title on the card of a link, or of a video: this text has no link.'];
}
