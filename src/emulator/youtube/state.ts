// What the emulated YouTube remembers: channels, uploads under way, videos with their thumbnails, and comments.
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type Grants, openGrants } from '../grants.ts';
import type { NetworkContext } from '../network.ts';
import { openTables, type Table, type Tables } from '../tables.ts';

const Channel = z.object({
  /** `UC` and 22 characters. */
  id: z.string(),
  name: z.string(),
  title: z.string(),
  /** By phone: without it there are no long videos and no thumbnails of one's own. */
  isVerified: z.boolean(),
});
export type Channel = z.infer<typeof Channel>;

export const Snippet = z.object({
  title: z.string(),
  description: z.string().default(''),
  tags: z.array(z.string()).optional(),
  categoryId: z.string().default('22'),
});
export const PRIVACIES = ['public', 'unlisted', 'private'] as const;
export const Status = z.object({
  privacyStatus: z.enum(PRIVACIES).default('public'),
  selfDeclaredMadeForKids: z.boolean().optional(),
  embeddable: z.boolean().default(true),
  license: z.enum(['youtube', 'creativeCommon']).default('youtube'),
  publicStatsViewable: z.boolean().default(true),
});

const Upload = z.object({
  /** The upload_id of its address. */
  id: z.string(),
  channelId: z.string(),
  snippet: Snippet,
  status: Status,
  mimeType: z.string(),
  total: z.number(),
  received: z.number(),
  openedAt: z.string(),
  /** Once it is whole. */
  videoId: z.string().nullable(),
});
export type Upload = z.infer<typeof Upload>;

const Video = z.object({
  /** 11 characters. */
  id: z.string(),
  channelId: z.string(),
  snippet: Snippet,
  status: Status,
  publishedAt: z.string(),
  mimeType: z.string(),
  size: z.number(),
  durationMs: z.number(),
  thumbnail: z.object({ mimeType: z.string(), size: z.number() }).nullable(),
});
export type Video = z.infer<typeof Video>;

const Comment = z.object({
  id: z.string(),
  videoId: z.string(),
  channelId: z.string(),
  text: z.string(),
  publishedAt: z.string(),
});

export interface YouTubeState {
  channels: Table<Channel>;
  uploads: Table<Upload>;
  videos: Table<Video>;
  comments: Table<z.infer<typeof Comment>>;
  grants: Grants;
  blobs: Tables['blobs'];
  close: () => void;
}

/** An access token is good for an hour; refresh tokens live until they are taken back and are given once. */
const LIFETIMES = { access: 3_600, refresh: 10 * 365 * 86_400, rotates: false } as const;

export function openState(context: NetworkContext): YouTubeState {
  const tables = openTables(context);
  return {
    channels: tables.table('channels', Channel),
    uploads: tables.table('uploads', Upload),
    videos: tables.table('videos', Video),
    comments: tables.table('comments', Comment),
    grants: openGrants(tables, context.clock, LIFETIMES),
    blobs: tables.blobs,
    close: tables.close,
  };
}

/** As many characters of YouTube's ids. */
export const makeId = (length: number): string => randomBytes(length).toString('base64url').slice(0, length);

export const uploadsOf = ({ id }: Pick<Channel, 'id'>): string => `UU${id.slice(2)}`;

/** Whole seconds, as YouTube tells them. */
export const seconds = (now: Temporal.Instant): string => now.toString({ smallestUnit: 'second' });
