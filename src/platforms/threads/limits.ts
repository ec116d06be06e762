// What Threads takes, how it counts, and what a post can say for it. Sources: "posts" is https://developers.facebook.com/documentation/threads/
// posts, "attachments" is https://developers.facebook.com/documentation/threads/create-posts/text-attachments, "collection" is Meta's own
// requests, https://github.com/fbsamples/threads_api (postman), "media" is https://ayrshare.com/docs/media-guidelines/threads, which has
// what "posts" says under "Media Specifications" (all checked 2026-11-22, that part of "posts" itself unverified).
import type { NetworkOptions, PlatformOption } from '../../core/network-options.ts';
import type { ImageLimit, Limits, VideoLimit } from '../../core/platform.ts';
import { countBytes, findUrls } from '../../core/text.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20E3/u;

/**
 * 500 characters, where an emoji counts as its bytes in UTF-8 (posts). What else is a character is not said: UTF-16 units, as they are never
 * fewer than by another count.
 */
function countCharacters(text: string): number {
  let count = 0;
  for (const { segment } of graphemes.segment(text)) count += EMOJI.test(segment) ? countBytes(segment) : segment.length;
  return count;
}

/**
 * Different web addresses, with a scheme or a `www.`; one below the text counts where it is another (attachments). Whether the same one with
 * https:// is another, is not said: it counts as one more.
 */
function countLinks(text: string, below: string): number {
  const whole = text.replace(/(?<![\p{L}\p{N}@./:])www\./giu, 'http://www.');
  const links = findUrls(whole).map(({ start, end }) => whole.slice(start, end));
  return new Set(below === '' ? links : [...links, below]).size;
}

/** JPEG and PNG up to 8 MB, 10:1; under 320 and over 1440 pixels across Threads scales the image itself, so there is no least width (media). */
const IMAGE: ImageLimit = {
  max: 20,
  maxBytes: 8_000_000,
  mimeTypes: ['image/jpeg', 'image/png'],
  aspect: { min: 1 / 10, max: 10, words: '1:10 to 10:1' },
};

/** MP4 and MOV up to 1 GB and 5 minutes, 0.01:1 to 10:1 (media). */
const VIDEO: VideoLimit = {
  max: 20,
  maxBytes: 1_000_000_000,
  mimeTypes: ['video/mp4', 'video/quicktime'],
  maxDurationMs: 300_000,
  maxPixels: null,
  aspect: { min: 0.01, max: 10, words: '0.01:1 to 10:1' },
};

/** Images and videos of a carousel together (collection, `children`). */
const CAROUSEL_MAX = 20;

/** For all accounts the same. "More than 5 links will fail" (attachments); a card of a link is for posts without files (collection). */
export function limitsOf(_: unknown, { link = '' }: NetworkOptions = {}): Limits {
  return {
    text: [
      { max: 500, unit: 'characters', count: countCharacters },
      { max: 5, unit: 'links', count: (text) => countLinks(text, link) },
    ],
    images: link === '' ? IMAGE : null,
    videos: link === '' ? VIDEO : null,
    mixedMedia: true,
    maxFiles: CAROUSEL_MAX,
    needsMedia: false,
  };
}

/** Alternative text of an image or a video (unverified); longer ones are shortened rather than refused. */
export const ALT_TEXT_MAX = 1000;

/** 1 to 50 characters, neither periods nor ampersands (unverified in "posts"; https://docs.rs/crate/late/0.0.1055, checked 2026-11-22). */
const TOPIC_MAX = 50;

export const OPTIONS: readonly PlatformOption[] = [
  {
    name: 'topic',
    label: 'topic',
    example: 'topic=Cooking',
    choices: null,
    problem: (value) => {
      if ([...value].length > TOPIC_MAX) return `is longer than ${TOPIC_MAX} characters`;
      return /[.&]/.test(value) ? 'cannot have a period or an ampersand' : null;
    },
  },
  {
    name: 'link',
    label: 'link below the text',
    example: 'link=https://example.com/launch',
    choices: null,
    problem: (value) => (isWebAddress(value) ? null : 'is no web address: write it with https:// at the beginning'),
  },
  {
    name: 'replies',
    label: 'circle of who can reply',
    example: 'replies=followers_only',
    // of https://developers.facebook.com/documentation/threads/reply-management (checked 2026-11-22) those that mean something for a post
    choices: ['everyone', 'accounts_you_follow', 'mentioned_only', 'followers_only'],
  },
];

const isWebAddress = (value: string): boolean => /^https?:\/\//i.test(value) && URL.canParse(value);
