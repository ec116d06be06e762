// How public posts on TikTok did, and how many follow the account, where whoever runs Crier has the scopes for it (TIKTOK_FIGURES). TikTok tells
// nobody who kept a post, and no reach. Changes nothing.
import { z } from 'zod';
import { type AccountFigures, type PostFigures, UNTOLD, UNTOLD_ACCOUNT } from '../../core/figures.ts';
import type { AccountAccess, FiguresContext } from '../../core/platform.ts';
import { Refused } from '../api.ts';
import { type Client, clientFor } from './client.ts';
import { classifyTikTokError, codeOf } from './errors.ts';
import { wantsFigures } from './scopes.ts';
import { readStanding } from './status.ts';

/** https://developers.tiktok.com/doc/tiktok-api-v2-video-query (checked 2026-11-23). */
const MOST_IDS = 20;
const VIDEO_FIELDS = 'id,like_count,comment_count,share_count,view_count';

/**
 * Questions for the id of a post, in one look at an account. TikTok answers 30 a minute and token, which publishing needs too:
 * https://developers.tiktok.com/doc/content-posting-api-reference-get-video-status (checked 2026-11-23).
 */
const MOST_QUESTIONS = 10;

const Count = z
  .int()
  .nonnegative()
  .nullish()
  .transform((count) => count ?? null);
const Videos = z.object({
  videos: z
    .array(z.object({ id: z.string(), like_count: Count, comment_count: Count, share_count: Count, view_count: Count }))
    .default([]),
});

/** Posts that are private, somebody else's or gone are not in the answer; whether images are is not documented (unverified). */
export async function figures(context: FiguresContext): Promise<ReadonlyMap<string, PostFigures>> {
  const remoteIds = context.posts.map(({ remoteId }) => remoteId);
  const untold = new Map(remoteIds.map((id) => [id, UNTOLD]));
  if (!wantsFigures(context.app)) return untold;
  const client = clientFor(context);
  return unlessForbidden(async () => {
    const posts = await publicIds(client, remoteIds);
    const told = await readVideos(client, [...new Set(posts.values())]);
    return new Map(
      [...posts].flatMap(([remoteId, postId]) => {
        const found = told.get(postId);
        return found ? [[remoteId, found] as const] : [];
      }),
    );
  }, untold);
}

/**
 * By what Crier knows a post by: its id, or, where TikTok had not told one yet (it looked the post through, or somebody had to finish the
 * draft), its publish_id, for which TikTok is asked again. Without those that have no id (yet).
 */
async function publicIds(client: Client, remoteIds: readonly string[]): Promise<Map<string, string>> {
  const ids = new Map(remoteIds.filter(isPostId).map((id) => [id, id]));
  for (const publishId of remoteIds.filter((id) => !isPostId(id)).slice(0, MOST_QUESTIONS)) {
    const postId = await postIdOf(client, publishId);
    if (postId !== null) ids.set(publishId, postId);
  }
  return ids;
}

const isPostId = (remoteId: string): boolean => /^\d+$/.test(remoteId);

/** Null also for a publish_id that TikTok knows no more. */
async function postIdOf(client: Client, publishId: string): Promise<string | null> {
  try {
    const standing = await readStanding(client, publishId);
    return standing.kind === 'done' ? standing.postId : null;
  } catch (error) {
    if (isForbidden(error) || classifyTikTokError(error).kind !== 'rejected') throw error;
    return null;
  }
}

async function readVideos(client: Client, ids: readonly string[]): Promise<Map<string, PostFigures>> {
  const found = new Map<string, PostFigures>();
  for (let from = 0; from < ids.length; from += MOST_IDS) {
    const filters = { video_ids: ids.slice(from, from + MOST_IDS) };
    const { videos } = await client.post(`/v2/video/query/?fields=${VIDEO_FIELDS}`, { filters }, Videos);
    for (const { id, ...counts } of videos) found.set(id, figuresIn(counts));
  }
  return found;
}

const figuresIn = (counts: Omit<z.infer<typeof Videos>['videos'][number], 'id'>): PostFigures => ({
  ...UNTOLD,
  likes: counts.like_count,
  comments: counts.comment_count,
  shares: counts.share_count,
  views: counts.view_count,
});

/** https://developers.tiktok.com/doc/tiktok-api-v2-get-user-info and /bulletin/user-info-scope-migration (checked 2026-11-23). */
const Me = z.object({ user: z.object({ follower_count: Count }) });

export async function accountFigures(access: AccountAccess): Promise<AccountFigures> {
  if (!wantsFigures(access.app)) return UNTOLD_ACCOUNT;
  return unlessForbidden(async () => {
    const { user } = await clientFor(access).get('/v2/user/info/', { fields: 'follower_count' }, Me);
    return { ...UNTOLD_ACCOUNT, followers: user.follower_count };
  }, UNTOLD_ACCOUNT);
}

const FORBIDDEN = ['scope_not_authorized', 'scope_permission_missed'];
const isForbidden = (error: unknown): boolean => error instanceof Refused && FORBIDDEN.includes(codeOf(error.body));

/** A scope is missing where an account was connected before figures were wanted, or where somebody switched it off: no failure. */
async function unlessForbidden<T>(read: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!isForbidden(error)) throw error;
    return otherwise;
  }
}
