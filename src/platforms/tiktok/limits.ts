// What TikTok takes in one post, what a post can say beside its text, and what is worth knowing beforehand. Makes no request.
import { z } from 'zod';
import type { AnnouncedLimits } from '../../core/account.ts';
import type { NetworkOptions, PlatformOption } from '../../core/network-options.ts';
import type { Limits, Platform } from '../../core/platform.ts';

/** TikTok's own example calls 4,194,304 bytes 4 MB: https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide */
const MEGABYTE = 1_048_576;

/** In UTF-16: https://developers.tiktok.com/doc/content-posting-api-reference-direct-post (checked 2026-11-22). */
const CAPTION = 2_200;
/** In UTF-16: https://developers.tiktok.com/doc/content-posting-api-reference-photo-post (checked 2026-11-22), as is 35 photos. */
const DESCRIPTION = 4_000;
const TITLE = 90;
const PHOTOS = 35;

/** The media transfer guide above (checked 2026-11-22): JPEG and WebP of 20 MB; MP4, WebM and MOV of 4 GB and 4096 pixels a side. */
const IMAGE_BYTES = 20 * MEGABYTE;
/** "1080p", the same page; read as 1080 x 1920 either way up (unverified). */
const PHOTO_SIDES = { short: 1_080, long: 1_920 };
const VIDEO_BYTES = 4_096 * MEGABYTE;
const VIDEO_SIDE = 4_096;
/** The longest that can be sent at all; what an account may post comes with `max_video_post_duration_sec`. */
const LONGEST_MS = 10 * 60_000;

const PRIVACY = ['PUBLIC_TO_EVERYONE', 'MUTUAL_FOLLOW_FRIENDS', 'FOLLOWER_OF_CREATOR', 'SELF_ONLY'] as const;

/** What an account told of itself when it was connected. */
const Announced = z.object({ maxSeconds: z.number().positive().nullable() });
export type Announced = z.infer<typeof Announced>;

export const isForInbox = ({ as }: NetworkOptions): boolean => as === 'inbox';

/** A text of more than 2,200 is for photos alone, and a title says that it is one of those. */
export function limitsOf(announced: AnnouncedLimits | null, options: NetworkOptions = {}): Limits {
  const seconds = Announced.safeParse(announced).data?.maxSeconds ?? null;
  // who finishes it in the app can cut it there
  const longest = seconds === null || isForInbox(options) ? LONGEST_MS : seconds * 1000;
  return {
    text: [{ max: options.title === undefined ? CAPTION : DESCRIPTION, unit: 'characters', count: (text) => text.length }],
    images: { max: PHOTOS, maxBytes: IMAGE_BYTES, mimeTypes: ['image/jpeg', 'image/webp'], within: PHOTO_SIDES },
    videos: {
      max: 1,
      maxBytes: VIDEO_BYTES,
      mimeTypes: ['video/mp4', 'video/quicktime', 'video/webm'],
      maxDurationMs: longest,
      maxPixels: VIDEO_SIDE * VIDEO_SIDE,
    },
    mixedMedia: false,
    needsMedia: 'any',
  };
}

const onOff = (name: string): PlatformOption => ({ name, label: name, example: `${name}=off`, choices: ['on', 'off'] });

export const OPTIONS: readonly PlatformOption[] = [
  { name: 'privacy', label: 'privacy', example: 'privacy=SELF_ONLY', choices: PRIVACY },
  { name: 'as', label: 'as', example: 'as=inbox', choices: ['post', 'inbox'] },
  {
    name: 'title',
    label: 'title',
    example: 'title="Our launch"',
    choices: null,
    problem: (value) => (value.length > TITLE ? `is longer than ${TITLE} characters` : null),
  },
  onOff('comments'),
  onOff('duet'),
  onOff('stitch'),
];

/** A draft for the inbox has no privacy of its own, and a video's none of the text either. */
export const remarksOn: NonNullable<Platform['remarks']> = ({ text, options: given }) => {
  if (isForInbox(given)) {
    const inbox = 'TikTok puts it into the inbox of its app, where whoever has the account finishes and posts it.';
    return text.trim() === '' ? [inbox] : [`${inbox} A video goes there without the text.`];
  }
  if (given.privacy === 'SELF_ONLY') return ['On TikTok, only the account itself will see it.'];
  if (given.privacy !== undefined) return [];
  return ['On TikTok it is for everyone; from a private account, without a privacy given, for the account itself alone.'];
};
