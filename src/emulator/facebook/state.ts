// What the emulated Facebook remembers: people, the Pages they manage, photos, videos, posts and comments. No rules.
import { z } from 'zod';
import { type Grants, openGrants } from '../grants.ts';
import type { NetworkContext } from '../network.ts';
import { openTables, type Table, type Tables } from '../tables.ts';

const User = z.object({ id: z.string(), name: z.string() });
const Page = z.object({ id: z.string(), name: z.string(), ownerId: z.string() });
const Photo = z.object({
  id: z.string(),
  pageId: z.string(),
  alt: z.string(),
  size: z.number(),
  width: z.number(),
  height: z.number(),
  /** Null while no post has it. */
  postId: z.string().nullable(),
  at: z.string(),
});
const Video = z.object({
  id: z.string(),
  pageId: z.string(),
  sessionId: z.string(),
  /** Bytes in all, and those that are there. */
  size: z.number(),
  received: z.number(),
  title: z.string(),
  description: z.string(),
  /** When its upload was ended: it is public from then on, as soon as it is processed. Null before. */
  endedAt: z.string().nullable(),
  /** Whether the bytes are a video; null while nobody has looked. */
  isVideo: z.boolean().nullable(),
  /** How often it was asked for since: the first time it is still being processed. */
  looks: z.number(),
  postId: z.string(),
});
const Post = z.object({
  /** `1042_77`. */
  id: z.string(),
  pageId: z.string(),
  message: z.string(),
  link: z.string().nullable(),
  photoIds: z.array(z.string()),
  at: z.string(),
});
const Comment = z.object({ id: z.string(), postId: z.string(), pageId: z.string(), message: z.string(), at: z.string() });

export type StoredPage = z.infer<typeof Page>;
export type StoredPhoto = z.infer<typeof Photo>;
export type StoredVideo = z.infer<typeof Video>;
export type StoredPost = z.infer<typeof Post>;

export interface FacebookState {
  grants: Grants;
  users: Table<z.infer<typeof User>>;
  pages: Table<StoredPage>;
  photos: Table<StoredPhoto>;
  videos: Table<StoredVideo>;
  posts: Table<StoredPost>;
  comments: Table<z.infer<typeof Comment>>;
  blobs: Tables['blobs'];
  /** An id like Facebook's: digits, and greater than every one before. */
  nextId: () => string;
  close: () => void;
}

/** Seconds: an hour for what the page gives, about 60 days for what it is exchanged for, for ever for a Page. */
export const SHORT = 3600;
export const LONG = 5_184_000;

/** @throws CrierError `invalid-input` where the journal is damaged. */
export function openState(context: NetworkContext): FacebookState {
  const tables = openTables(context);
  const users = tables.table('users', User);
  const pages = tables.table('pages', Page);
  const photos = tables.table('photos', Photo);
  const videos = tables.table('videos', Video);
  const posts = tables.table('posts', Post);
  const comments = tables.table('comments', Comment);
  const rows = [users, pages, photos, posts, comments].flatMap((table) => table.all().map(({ id }) => id));
  const ofVideos = videos.all().flatMap(({ id, sessionId, postId }) => [id, sessionId, postId]);
  const taken = [...rows, ...ofVideos].flatMap((id) => id.split('_').map(BigInt));
  let last = taken.reduce((most, each) => (each > most ? each : most), 0n);
  return {
    grants: openGrants(tables, context.clock, { access: SHORT, refresh: null, rotates: false }),
    users,
    pages,
    photos,
    videos,
    posts,
    comments,
    blobs: tables.blobs,
    nextId: () => {
      const fresh = BigInt(context.clock.now().epochMilliseconds) * 100n;
      last = fresh > last ? fresh : last + 1n;
      return String(last);
    },
    close: tables.close,
  };
}

export const photoPath = (id: string): string => `/photos/${id}`;
export const videoPath = (id: string): string => `/videos/${id}/source`;
/** Where a person sees it; what Facebook itself calls a reel is any video by now. */
export const pathOfPost = (id: string): string => `/${id.replace('_', '/posts/')}/`;
export const pathOfVideo = (id: string): string => `/reel/${id}/`;

/** Videos that people see: ended, and really videos. */
export const publicVideos = ({ videos }: FacebookState): (StoredVideo & { endedAt: string })[] =>
  videos
    .all()
    .flatMap((video) => (video.endedAt !== null && video.isVideo === true ? [{ ...video, endedAt: video.endedAt }] : []));
