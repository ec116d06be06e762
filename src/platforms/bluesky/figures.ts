// How posts did and how many follow the account, from the app's view of them. Bluesky counts no views, and tells of nobody's reach or clicks.
import { z } from 'zod';
import { type PostFigures, UNTOLD_ACCOUNT } from '../../core/figures.ts';
import type { Platform } from '../../core/platform.ts';
import { openSession } from './session.ts';

/** https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/getPosts.json (maxLength, checked 2026-11-22). */
const MOST_URIS = 25;

/** Each of them optional: app.bsky.feed.defs#postView, in the lexicons of @atproto/api (checked 2026-11-22). */
const Count = z
  .int()
  .nonnegative()
  .optional()
  .transform((count) => count ?? null);
const PostView = z.object({
  uri: z.string(),
  likeCount: Count,
  replyCount: Count,
  repostCount: Count,
  quoteCount: Count,
  bookmarkCount: Count,
});
const Answer = z.object({ posts: z.array(PostView) });

/** A quote shares a post as a repost does. */
const sharesOf = ({ repostCount, quoteCount }: z.infer<typeof PostView>): number | null =>
  repostCount === null ? null : repostCount + (quoteCount ?? 0);

const asFigures = (post: z.infer<typeof PostView>): PostFigures => ({
  likes: post.likeCount,
  comments: post.replyCount,
  shares: sharesOf(post),
  saves: post.bookmarkCount,
  views: null,
  reach: null,
  clicks: null,
});

export const figures: NonNullable<Platform['figures']> = async (context) => {
  const { agent, options, run } = openSession(context);
  const all = context.posts.map(({ remoteId }) => remoteId);
  const found = new Map<string, PostFigures>();
  for (let from = 0; from < all.length; from += MOST_URIS) {
    const uris = all.slice(from, from + MOST_URIS);
    const { data } = await run(() => agent.app.bsky.feed.getPosts({ uris }, options));
    for (const post of Answer.parse(data).posts) found.set(post.uri, asFigures(post));
  }
  return found;
};

/** Optional: app.bsky.actor.defs#profileViewDetailed, in the lexicons of @atproto/api (checked 2026-11-23). */
const Profile = z.object({ followersCount: Count });

/** By the did, which stays where the handle changes. */
export const accountFigures: NonNullable<Platform['accountFigures']> = async (access) => {
  const { agent, did, options, run } = openSession(access);
  const { data } = await run(() => agent.app.bsky.actor.getProfile({ actor: did }, options));
  return { ...UNTOLD_ACCOUNT, followers: Profile.parse(data).followersCount };
};
