// How posts on Instagram did and how the account itself stands: likes, comments and followers are their own, the rest is insights, where the
// person gave that permission.
import { z } from 'zod';
import type { AccountFigures, PostFigures } from '../../core/figures.ts';
import type { AccountAccess, FiguresContext } from '../../core/platform.ts';
import { DayInsights, dayBefore, totalOf, unlessUntold } from '../day-insights.ts';
import { isForbidden, isGone } from '../graph-errors.ts';
import { type Client, clientFor } from './client.ts';
import { classifyInstagramError } from './errors.ts';

const Count = z.int().nonnegative();

/** Posts that are asked for side by side. */
const AT_ONCE = 5;

/** https://developers.facebook.com/docs/instagram-platform/reference/instagram-media (checked 2026-11-22). */
const Post = z.object({
  media_product_type: z.string().default(''),
  like_count: Count.nullable().default(null),
  comments_count: Count.nullable().default(null),
});
type Post = z.infer<typeof Post>;
const FIELDS = 'media_product_type,like_count,comments_count';

/** What is not known is not there, instead of a 0. */
const Insights = z.object({ data: z.array(z.object({ name: z.string(), values: z.array(z.object({ value: Count })) })) });

/**
 * Which there are of stories, and which of all else: one that there is not spoils the others.
 * https://developers.facebook.com/docs/instagram-platform/reference/instagram-media/insights (checked 2026-11-22).
 */
const METRICS = { story: 'reach,views,shares', other: 'reach,views,shares,saved' };

/**
 * By name; empty where there are none. That permission is one that a person may leave out; a story has insights for a day, and none
 * below five viewers (same page).
 */
async function readInsights(client: Client, id: string, { media_product_type: type }: Post): Promise<Map<string, number>> {
  const metric = type === 'STORY' ? METRICS.story : METRICS.other;
  try {
    const { data } = await client.get(`${id}/insights`, { metric }, Insights);
    return new Map(data.flatMap(({ name, values: [first] }) => (first ? [[name, first.value] as const] : [])));
  } catch (error) {
    if (isForbidden(error) || classifyInstagramError(error).kind === 'rejected') return new Map();
    throw error;
  }
}

/** Null for one that is gone. */
async function readPost(client: Client, id: string): Promise<Post | null> {
  try {
    return await client.get(id, { fields: FIELDS }, Post);
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/** Null for one that is gone. */
async function readFigures(client: Client, id: string): Promise<PostFigures | null> {
  const post = await readPost(client, id);
  if (!post) return null;
  const insights = await readInsights(client, id, post);
  const told = (name: string): number | null => insights.get(name) ?? null;
  return {
    likes: post.like_count,
    comments: post.comments_count,
    shares: told('shares'),
    saves: told('saved'),
    views: told('views'),
    reach: told('reach'),
    clicks: null,
  };
}

/** Two requests a post, some posts at a time: what this API has no documented way for is to ask for several by their ids. */
export async function figures(context: FiguresContext): Promise<ReadonlyMap<string, PostFigures>> {
  const client = clientFor(context);
  const found = new Map<string, PostFigures>();
  const ids = context.posts.map(({ remoteId }) => remoteId);
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    const read = await Promise.all(some.map(async (id) => [id, await readFigures(client, id)] as const));
    for (const [id, told] of read) if (told) found.set(id, told);
  }
  return found;
}

/** https://developers.facebook.com/docs/instagram-platform/reference/instagram-user (unverified). */
const Account = z.object({ followers_count: Count.optional() });

/**
 * Of the day that is over, in all: `views` has no values day by day. Two requests, of which the second needs the permission for insights.
 * https://developers.facebook.com/documentation/instagram-platform/api-reference/instagram-user/insights (checked 2026-11-23 in part).
 */
export async function accountFigures(access: AccountAccess): Promise<AccountFigures> {
  const client = clientFor(access);
  const query = { metric: 'reach,views', period: 'day', metric_type: 'total_value', ...dayBefore(access.clock.now()) };
  const [account, insights] = await Promise.all([
    client.get(client.userId, { fields: 'followers_count' }, Account),
    unlessUntold(
      client.get(`${client.userId}/insights`, query, DayInsights),
      (error) => classifyInstagramError(error).kind === 'rejected',
    ),
  ]);
  return {
    followers: account.followers_count ?? null,
    views: totalOf(insights, 'views'),
    reach: totalOf(insights, 'reach'),
  };
}
