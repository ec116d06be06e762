// What YouTube takes: the description, the video, its thumbnail, and what a post can say of the video. Makes no request.
import { z } from 'zod';
import type { AnnouncedLimits } from '../../core/account.ts';
import type { PlatformOption } from '../../core/network-options.ts';
import type { Limits } from '../../core/platform.ts';
import { countBytes } from '../../core/text.ts';

/** The figures of texts and tags: https://developers.google.com/youtube/v3/docs/videos (checked 2026-11-22). */
const DESCRIPTION_BYTES = 5_000;
export const TITLE_LENGTH = 100;
const TAGS_LENGTH = 500;

/** https://developers.google.com/youtube/v3/docs/videos/insert (checked 2026-11-22): 256 GB. */
const VIDEO_BYTES = 256 * 1024 ** 3;
/**
 * JPEG or PNG of up to 2 MB: https://developers.google.com/youtube/v3/docs/thumbnails/set. The same page at its newer address says 50 MB:
 * https://developers.google.com/youtube/data/reference/rest/v3/thumbnails/set (both checked 2026-11-22).
 */
const THUMBNAIL_BYTES = 2 * 1024 ** 2;

/**
 * 15 minutes until the channel is verified, 12 hours after that: https://support.google.com/youtube/answer/71673. Which it is says
 * `status.longUploadsStatus` of the channel: https://developers.google.com/youtube/v3/docs/channels.
 */
const MINUTE_MS = 60_000;
const SHORT_MS = 15 * MINUTE_MS;
const LONG_MS = 12 * 60 * MINUTE_MS;

const Announced = z.object({ longUploads: z.string().nullable() });

const countAngleBrackets = (text: string): number => text.match(/[<>]/g)?.length ?? 0;

export function limitsOf(announced: AnnouncedLimits | null): Limits {
  const longUploads = Announced.safeParse(announced).data?.longUploads ?? null;
  const isShort = longUploads === 'eligible' || longUploads === 'disallowed';
  return {
    text: [
      { max: DESCRIPTION_BYTES, unit: 'bytes', count: countBytes },
      { max: 0, unit: 'of the characters < and >', count: countAngleBrackets },
    ],
    images: { max: 1, maxBytes: THUMBNAIL_BYTES, mimeTypes: ['image/jpeg', 'image/png'] },
    videos: {
      max: 1,
      maxBytes: VIDEO_BYTES,
      mimeTypes: ['video/mp4', 'video/quicktime', 'video/webm'],
      maxDurationMs: isShort ? SHORT_MS : LONG_MS,
      maxPixels: null,
    },
    mixedMedia: true,
    needsMedia: 'video',
  };
}

/**
 * Those that a video can be given, by YouTube's ids. https://developers.google.com/youtube/v3/docs/videoCategories/list lists them per
 * region; these are in all (unverified).
 */
export const CATEGORIES = {
  film: '1',
  autos: '2',
  music: '10',
  pets: '15',
  sports: '17',
  travel: '19',
  gaming: '20',
  people: '22',
  comedy: '23',
  entertainment: '24',
  news: '25',
  howto: '26',
  education: '27',
  science: '28',
  nonprofits: '29',
} as const;

/** `a, b c` -> `a`, `b c` */
export const readTags = (tags: string): string[] =>
  tags
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');

/** Commas between tags count, and so do two quotation marks around one with a space. */
export const countTags = (tags: readonly string[]): number =>
  tags.reduce((sum, tag) => sum + tag.length + (/\s/.test(tag) ? 2 : 0), Math.max(0, tags.length - 1));

const tagsProblem = (value: string): string | null => {
  const used = countTags(readTags(value));
  if (countAngleBrackets(value) > 0) return 'cannot have < or >';
  return used > TAGS_LENGTH ? `take ${used} characters as YouTube counts, and ${TAGS_LENGTH} are the most` : null;
};

/** In UTF-16 units, which is never less than what else YouTube may mean by characters. */
const titleProblem = (value: string): string | null => {
  if (countAngleBrackets(value) > 0) return 'cannot have < or >';
  return value.length > TITLE_LENGTH ? `is longer than ${TITLE_LENGTH} characters` : null;
};

export const OPTIONS: readonly PlatformOption[] = [
  { name: 'title', label: 'title', example: 'title="Our launch"', choices: null, problem: titleProblem },
  { name: 'privacy', label: 'privacy', example: 'privacy=unlisted', choices: ['public', 'unlisted', 'private'] },
  { name: 'tags', label: 'tags', example: 'tags="launch, our product"', choices: null, problem: tagsProblem },
  { name: 'category', label: 'category', example: 'category=education', choices: Object.keys(CATEGORIES) },
  { name: 'made-for-kids', label: 'made-for-kids', example: 'made-for-kids=no', choices: ['yes', 'no'] },
];
