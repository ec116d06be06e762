// How posts on Threads did: the insights of each, since Threads tells of one post at a time. Changes nothing.
import { z } from 'zod';
import { type PostFigures, UNTOLD } from '../../core/figures.ts';
import type { FiguresContext } from '../../core/platform.ts';
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
