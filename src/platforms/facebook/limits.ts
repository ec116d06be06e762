// What a post of a Page may be. Figures only; what Facebook says of a post that is past them is errors.ts'.
import type { NetworkOptions, PlatformOption } from '../../core/network-options.ts';
import type { Limits } from '../../core/platform.ts';
import { countGraphemes, findUrls } from '../../core/text.ts';

/**
 * As Facebook itself has said since 2011 and today's scheduling tools name it, https://docs.letmepost.dev/platforms/facebook
 * (checked 2026-11-22); its own reference has no figure.
 */
const MAX_TEXT = 63_206;

/**
 * https://docs.letmepost.dev/platforms/facebook (checked 2026-11-22); Facebook's own reference has no figure (unverified
 * there).
 */
const MAX_PHOTOS = 10;

/** "Less than 10MB": https://developers.facebook.com/docs/graph-api/reference/photo/ (a copy, checked 2026-11-22). */
const MAX_PHOTO_BYTES = 9_999_999;

/**
 * GIF is left out, since Facebook shows a moving one still ("animated photos are not supported", the same page), and WebP,
 * since the list of formats does not name it: https://developers.facebook.com/docs/graph-api/photo-uploads (unverified).
 */
const PHOTO_TYPES = ['image/jpeg', 'image/png'];

/**
 * What error 1363023 says: https://developers.facebook.com/documentation/video-api/reference/error-codes (checked 2026-11-22).
 */
const MAX_VIDEO_BYTES = 2_000_000_000;

/**
 * "Less than 255 characters. Special characters may count as more than 1": the reference of `title` for ad videos, which Page
 * videos share, https://developers.facebook.com/docs/marketing-api/reference/ad-account/advideos (a copy, checked 2026-11-22).
 */
const MAX_TITLE = 254;

export const limitsOf = (): Limits => ({
  text: [{ max: MAX_TEXT, unit: 'characters', count: countGraphemes }],
  images: { max: MAX_PHOTOS, maxBytes: MAX_PHOTO_BYTES, mimeTypes: PHOTO_TYPES },
  videos: {
    max: 1,
    maxBytes: MAX_VIDEO_BYTES,
    mimeTypes: ['video/mp4', 'video/quicktime'],
    maxDurationMs: null,
    maxPixels: null,
  },
  mixedMedia: false,
  needsMedia: false,
});

/** The value of `link` that asks for no preview. */
const NO_LINK = 'none';

export const OPTIONS: readonly PlatformOption[] = [
  {
    name: 'title',
    label: 'title of the video',
    example: 'title=Our launch',
    choices: null,
    problem: (value) => (value.length > MAX_TITLE ? `is longer than ${MAX_TITLE} characters` : null),
  },
  {
    name: 'link',
    label: 'link to show a preview of',
    example: 'link=https://example.com/launch',
    choices: null,
    problem: (value) =>
      value.toLowerCase() === NO_LINK || isWebAddress(value)
        ? null
        : `has to be a web address like https://example.com, or ${NO_LINK} for a post without a preview`,
  },
];

const isWebAddress = (value: string): boolean => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);

/**
 * What Facebook is to show a preview of: what was asked for, else the first address in the text; null for none. The text stays
 * as it is.
 */
export function previewOf(text: string, { link }: NetworkOptions): string | null {
  if (link?.toLowerCase() === NO_LINK) return null;
  if (link !== undefined) return link;
  const [first] = findUrls(text);
  return first ? text.slice(first.start, first.end) : null;
}
