// What X takes in one post, how it counts the text, and what it bills for it. Asks nothing over the network.
import twitterText from 'twitter-text';
import { z } from 'zod';
import type { AnnouncedLimits } from '../../core/account.ts';
import type { ImageLimit, Limits, Platform, VideoLimit } from '../../core/platform.ts';

const MEGABYTE = 1_048_576;

/** https://docs.x.com/fundamentals/counting-characters */
const MAX_LENGTH = 280;
/** With X Premium: https://publer.com/docs/posting/create-posts/content-types/platform-specific-formats/twitter-x-long-form-posts (checked 2026-11-22). */
const MAX_LENGTH_PREMIUM = 25_000;
const LONG_POSTERS = ['Premium', 'PremiumPlus'];

/** "Posts created via the API are limited to a maximum of 1 cashtag": https://docs.x.com/x-api/posts/manage-tweets/integrate */
const MAX_CASHTAGS = 1;

/** https://docs.x.com/x-api/media/quickstart/best-practices: 4 photos, or 1 animated GIF, or 1 video; 5 MB a photo, 15 MB a GIF. */
const IMAGES: ImageLimit = {
  max: 4,
  maxBytes: 5 * MEGABYTE,
  mimeTypes: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
  loneGifBytes: 15 * MEGABYTE,
};

/**
 * The same page: 512 MB, 0.5 to 140 seconds, 1:3 to 3:1. A later edition of it has 8 GB and 20 minutes, with Premium 16 GB and 125 minutes; the
 * lower figures are sure to be taken. It names 1280 x 1024 as the most too, and 1080p as what subscribers upload, so dimensions are left to X.
 */
const VIDEOS: VideoLimit = {
  max: 1,
  maxBytes: 512 * MEGABYTE,
  mimeTypes: ['video/mp4', 'video/quicktime'],
  maxDurationMs: 140_000,
  maxPixels: null,
  minDurationMs: 500,
  aspect: { min: 1 / 3, max: 3, words: '1:3 to 3:1' },
};

/** As X counts: most characters 1, emoji and CJK 2, a URL 23, after Unicode's NFC. */
export const countWeighted = (text: string): number => twitterText.parseTweet(text).weightedLength;

const countCashtags = (text: string): number => twitterText.extractCashtags(text).length;

/** What the account's own page says of it: `None`, `Basic`, `Premium`, `PremiumPlus`; null where X did not say. */
const Announced = z.object({ subscription: z.string().nullable() });
export type Announced = z.infer<typeof Announced>;

export function limitsOf(announced: AnnouncedLimits | null): Limits {
  const subscription = Announced.safeParse(announced).data?.subscription ?? '';
  const max = LONG_POSTERS.includes(subscription) ? MAX_LENGTH_PREMIUM : MAX_LENGTH;
  return {
    text: [
      { max, unit: 'characters', count: countWeighted },
      { max: MAX_CASHTAGS, unit: 'cashtags', count: countCashtags },
    ],
    images: IMAGES,
    videos: VIDEOS,
    mixedMedia: false,
    needsMedia: false,
  };
}

/** https://docs.x.com/x-api/getting-started/pricing: "Post: Create" and "Post: Create (with URL)". */
const PRICE = '$0.015';
const PRICE_WITH_URL = '$0.20';

export const remarksOn: NonNullable<Platform['remarks']> = ({ text }) =>
  twitterText.extractUrls(text).length > 0
    ? [`X bills this post at about ${PRICE_WITH_URL}, as it has a link (without: ${PRICE}).`]
    : [`X bills this post at about ${PRICE}.`];
