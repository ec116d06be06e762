// How posts and videos of a Page did: reactions, comments and shares. Views, reach and clicks are insights, which want a permission that
// Crier does not ask for.
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import { type PostFigures, UNTOLD } from '../../core/figures.ts';
import type { FiguresContext } from '../../core/platform.ts';
import { Refused, readBody } from '../api.ts';
import { isForbidden, isGone } from '../graph-errors.ts';
import { type Graph, GraphId, graphOf } from './client.ts';

/**
 * https://developers.facebook.com/docs/graph-api/batch-requests (checked 2026-11-22), where each post has an answer of its own. `?ids=`
 * is refused by this version (https://github.com/restfb/restfb/issues/1692, checked 2026-11-22), and in it one post that was gone
 * failed them all.
 */
const MOST_REQUESTS = 50;
/** Null where there was no time left for it. */
const Answers = z.array(z.object({ code: z.int(), body: z.string().nullable().default(null) }).nullable());
type Answer = z.infer<typeof Answers>[number];

/**
 * Counts alone, and nobody's name: https://developers.facebook.com/docs/graph-api/reference/object/reactions and /video/likes
 * (checked 2026-11-22). Of shares and reactions, the reference of a video says nothing.
 */
const COUNT = 'limit(0).summary(total_count)';
const POST_FIELDS = `reactions.${COUNT},comments.${COUNT},shares`;
const VIDEO_FIELDS = `likes.${COUNT},comments.${COUNT}`;

const Count = z.int().nonnegative();
const Edge = z.object({ summary: z.object({ total_count: Count.optional() }).optional() }).optional();
/** `shares` is not there where nobody shared it, or where that is not told: which, cannot be seen (unverified). */
const Node = z.object({ reactions: Edge, likes: Edge, comments: Edge, shares: z.object({ count: Count }).optional() });

const readNode = ({ reactions, likes, comments, shares }: z.infer<typeof Node>): PostFigures => ({
  ...UNTOLD,
  likes: (reactions ?? likes)?.summary?.total_count ?? null,
  comments: comments?.summary?.total_count ?? null,
  shares: shares?.count ?? null,
});

/** The id of a post names its Page too, `1042_77`; that of a video does not. */
const requestFor = (id: string) => ({
  method: 'GET',
  relative_url: `${GraphId.parse(id)}?fields=${id.includes('_') ? POST_FIELDS : VIDEO_FIELDS}`,
});

function askTogether(graph: Graph, ids: readonly string[]): Promise<Answer[]> {
  const form = new FormData();
  form.set('batch', JSON.stringify(ids.map(requestFor)));
  form.set('include_headers', 'false');
  return graph({ method: 'POST', path: '', form }, Answers);
}

/** Null for what is gone. @throws Refused for what says nothing of this post alone */
function readAnswer({ code, body }: NonNullable<Answer>): PostFigures | null {
  const read = readBody(body ?? '');
  if (code >= 200 && code < 300) return readNode(Node.parse(read));
  const refused = new Refused(code, new Headers(), read);
  if (isGone(refused)) return null;
  if (isForbidden(refused)) return UNTOLD;
  throw refused;
}

/** What there was no time for is asked for again, as long as each request brings something. @throws CrierError `unavailable` */
export async function figures(context: FiguresContext): Promise<ReadonlyMap<string, PostFigures>> {
  const graph = graphOf(context);
  const found = new Map<string, PostFigures>();
  let left = context.posts.map(({ remoteId }) => remoteId);
  while (left.length > 0) {
    const some = left.slice(0, MOST_REQUESTS);
    const answers = await askTogether(graph, some);
    const unanswered = some.filter((_, at) => !answers[at]);
    if (unanswered.length === some.length) throw new CrierError('unavailable', 'Facebook took too long to tell how posts did.');
    for (const [at, id] of some.entries()) {
      const answer = answers[at];
      const figuresOf = answer ? readAnswer(answer) : null;
      if (figuresOf) found.set(id, figuresOf);
    }
    left = [...left.slice(MOST_REQUESTS), ...unanswered];
  }
  return found;
}
