// How posts on Threads did, by the insights of each, since Threads tells of one post at a time, and how the account itself stands. Changes nothing.
import { z } from 'zod';
import { type AccountFigures, type PostFigures, UNTOLD, UNTOLD_ACCOUNT } from '../../core/figures.ts';
import type { AccountAccess, FiguresContext } from '../../core/platform.ts';
import { DayInsights, lastDayOf, totalOf } from '../day-insights.ts';
import { isForbidden, isGone } from '../graph-errors.ts';
import { type Client, clientFor } from './client.ts';

/** https://developers.facebook.com/documentation/threads/insights (checked 2026-11-22): all there are of a post. */
const METRICS = 'views,likes,replies,reposts,quotes,shares';

/** The page above; the list is empty for what somebody else wrote. */
const Insights = z.object({
  data: z.array(z.object({ name: z.string(), values: z.array(z.object({ value: z.number() })).default([]) })),
});
type Insights = z.infer<typeof Insights>;

/** Posts asked for side by side: one after another, many of them would take minutes. */
const ABREAST = 8;

/** Without the scope `threads_manage_insights` nothing is told of any post, which is no error. */
export async function figures(context: FiguresContext): Promise<ReadonlyMap<string, PostFigures>> {
  const client = clientFor(context);
  const ids = context.posts.map(({ remoteId }) => remoteId);
  const told = new Map<string, PostFigures>();
  try {
    for (let first = 0; first < ids.length; first += ABREAST) {
      const some = ids.slice(first, first + ABREAST);
      const read = await Promise.all(some.map((id) => readPost(client, id)));
      for (const [id, post] of read) if (post) told.set(id, post);
    }
  } catch (error) {
    if (!isForbidden(error)) throw error;
    return new Map(ids.map((id) => [id, UNTOLD]));
  }
  return told;
}

/** Null for a post that is gone. */
async function readPost(client: Client, id: string): Promise<[string, PostFigures | null]> {
  try {
    return [id, figuresIn(await client.get(`${id}/insights`, { metric: METRICS }, Insights))];
  } catch (error) {
    if (isGone(error)) return [id, null];
    throw error;
  }
}

/** Every way of passing a post on is a share here: reposts, quotes, and what Threads itself calls shares. */
function figuresIn({ data }: Insights): PostFigures {
  const values = new Map(data.flatMap(({ name, values: [last] }) => (last ? [[name, Math.max(0, last.value)] as const] : [])));
  const passedOn = ['reposts', 'quotes', 'shares'].flatMap((name) => values.get(name) ?? []);
  return {
    ...UNTOLD,
    views: values.get('views') ?? null,
    likes: values.get('likes') ?? null,
    comments: values.get('replies') ?? null,
    shares: passedOn.length === 0 ? null : passedOn.reduce((sum, value) => sum + value, 0),
  };
}

/**
 * One request, without days: it then tells of yesterday and today, and `followers_count` takes none. `views` are those of the profile by
 * https://developers.facebook.com/documentation/threads/insights (checked 2026-11-23 as a public repository keeps it), and nearly the sum of those
 * of the posts by one who added them up (unverified). Threads counts no people. Without the scope `threads_manage_insights` nothing is told.
 */
export async function accountFigures(access: AccountAccess): Promise<AccountFigures> {
  const client = clientFor(access);
  try {
    const insights = await client.get(`${client.userId}/threads_insights`, { metric: 'views,followers_count' }, DayInsights);
    return {
      ...UNTOLD_ACCOUNT,
      followers: totalOf(insights, 'followers_count'),
      views: lastDayOf(insights, 'views', access.clock.now()),
    };
  } catch (error) {
    if (!isForbidden(error)) throw error;
    return UNTOLD_ACCOUNT;
  }
}
