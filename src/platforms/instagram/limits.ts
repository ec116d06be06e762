// What Instagram takes, and how it counts. Sources: "media" is https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/
// reference/ig-user/media, "guide" is https://developers.facebook.com/docs/instagram-platform/content-publishing (both checked 2026-11-22).
import type { NetworkOptions, PlatformOption } from '../../core/network-options.ts';
import type { ImageLimit, Limits, VideoLimit } from '../../core/platform.ts';

const SHAPES = ['feed', 'reel', 'story'] as const;
export type Shape = (typeof SHAPES)[number];

export const OPTIONS: readonly PlatformOption[] = [{ name: 'as', label: 'kind of post', example: 'as=story', choices: SHAPES }];

export const shapeOf = ({ as = 'feed' }: NetworkOptions): Shape => SHAPES.find((shape) => shape === as) ?? 'feed';

/**
 * Caption: 2,200 characters, 30 hashtags and 20 @ tags (media, `caption`). Which characters is not said: UTF-16 units, as they are never
 * fewer than by another count.
 */
const TEXT: Limits['text'] = [
  { max: 2200, unit: 'characters', count: (text) => text.length },
  { max: 30, unit: 'hashtags', count: (text) => countMatches(text, /#[\p{L}\p{N}_]/gu) },
  { max: 20, unit: 'mentions', count: (text) => countMatches(text, /(?<![\p{L}\p{N}_.])@[\p{L}\p{N}_]/gu) },
];

const countMatches = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;

/** Items of a carousel, at most (media, `children`). */
const CAROUSEL_MAX = 10;

/**
 * JPEG alone, up to 8 MB, 4:5 to 1.91:1 (media, "Image Specifications"). Under 320 and over 1440 pixels across Instagram scales the image
 * itself, so there is no least width.
 */
const FEED_IMAGE: ImageLimit = {
  max: CAROUSEL_MAX,
  maxBytes: 8_000_000,
  mimeTypes: ['image/jpeg'],
  aspect: { min: 4 / 5, max: 1.91, words: '4:5 to 1.91:1' },
};

/** Any aspect; 9:16 is recommended (media, "Story Image Specifications"). */
const STORY_IMAGE: ImageLimit = { max: 1, maxBytes: 8_000_000, mimeTypes: ['image/jpeg'] };

/** 3 seconds to 15 minutes, 300 MB, 0.01:1 to 10:1 (media, "Reel Specifications"); every lone video is a reel (guide). */
const REEL: VideoLimit = {
  max: 1,
  maxBytes: 300_000_000,
  mimeTypes: ['video/mp4', 'video/quicktime'],
  maxDurationMs: 15 * 60_000,
  minDurationMs: 3000,
  maxPixels: null,
  aspect: { min: 0.01, max: 10, words: '0.01:1 to 10:1' },
};

/** 3 to 60 seconds, 100 MB, 0.1:1 to 10:1 (media, "Story Video Specifications"). */
const STORY_VIDEO: VideoLimit = {
  ...REEL,
  maxBytes: 100_000_000,
  maxDurationMs: 60_000,
  aspect: { min: 0.1, max: 10, words: '0.1:1 to 10:1' },
};

const LIMITS: Readonly<Record<Shape, Limits>> = {
  feed: {
    text: TEXT,
    images: FEED_IMAGE,
    // in a carousel, where no figures of their own are documented
    videos: { ...REEL, max: CAROUSEL_MAX },
    mixedMedia: true,
    maxFiles: CAROUSEL_MAX,
    needsMedia: 'any',
  },
  reel: { text: TEXT, images: null, videos: REEL, mixedMedia: false, maxFiles: 1, needsMedia: 'video' },
  story: { text: TEXT, images: STORY_IMAGE, videos: STORY_VIDEO, mixedMedia: false, maxFiles: 1, needsMedia: 'any' },
};

/** Of professional accounts all are the same. */
export const limitsOf = (_: unknown, options: NetworkOptions = {}): Limits => LIMITS[shapeOf(options)];

/** Alternative text of an image (media, `alt_text`); longer ones are shortened rather than refused. */
export const ALT_TEXT_MAX = 1000;

/** `caption` is no parameter of story containers (media, "Request Syntax"). */
export const remarksOn = ({ options, text }: { text: string; options: NetworkOptions }): string[] =>
  shapeOf(options) === 'story' && text.trim() !== ''
    ? ['A story on Instagram shows no text: only the image or the video goes out.']
    : [];
