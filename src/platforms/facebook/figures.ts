// How posts and videos of a Page did, and how the Page itself stands. Views and reach, of posts and of the Page, are insights, where the person gave
// that permission; clicks, and how often a video was seen, are not asked for.
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import { type AccountFigures, type PostFigures, UNTOLD } from '../../core/figures.ts';
import type { AccountAccess, FiguresContext } from '../../core/platform.ts';
import { Refused, readBody } from '../api.ts';
import { DayInsights, lastDayOf, unlessUntold } from '../day-insights.ts';
import { isForbidden, isGone } from '../graph-errors.ts';
import { type Graph, GraphId, graphOf } from './client.ts';
import { classifyFacebookError } from './errors.ts';

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

/** What is asked of a post or video: its counts, or how often it was seen. */
interface Question {
  id: string;
  of: 'counts' | 'insights';
}

/**
 * The metrics of posts that are left in 2026: https://developers.facebook.com/docs/graph-api/reference/insights (unverified). Which ones videos have is
 * not known, so that these are asked for none.
 */
const POST_SEEN = { views: 'post_media_view', reach: 'post_total_media_view_unique' };
const Insights = z.object({ data: z.array(z.object({ name: z.string(), values: z.array(z.object({ value: Count })) })) });

/** The id of a post names its Page too, `1042_77`; that of a video does not. */
const isPost = (id: string): boolean => id.includes('_');

const questionsOn = (id: string): Question[] => [{ id, of: 'counts' }, ...(isPost(id) ? [{ id, of: 'insights' } as const] : [])];

const addressOf = ({ id, of }: Question): string =>
  of === 'insights'
    ? `${GraphId.parse(id)}/insights?metric=${POST_SEEN.views},${POST_SEEN.reach}`
    : `${GraphId.parse(id)}?fields=${isPost(id) ? POST_FIELDS : VIDEO_FIELDS}`;

function askTogether(graph: Graph, questions: readonly Question[]): Promise<Answer[]> {
  const form = new FormData();
  form.set('batch', JSON.stringify(questions.map((question) => ({ method: 'GET', relative_url: addressOf(question) }))));
  form.set('include_headers', 'false');
  return graph({ method: 'POST', path: '', form }, Answers);
}

type Told = Partial<PostFigures>;

/** Null for what is gone. @throws Refused for what says nothing of this post alone */
function readAnswer({ of }: Question, { code, body }: NonNullable<Answer>): Told | null {
  const read = readBody(body ?? '');
  if (code >= 200 && code < 300) return of === 'counts' ? readNode(Node.parse(read)) : readSeen(Insights.parse(read));
  const refused = new Refused(code, new Headers(), read);
  if (isGone(refused)) return of === 'counts' ? null : {};
  if (isForbidden(refused)) return of === 'counts' ? UNTOLD : {};
  if (of === 'insights' && isRejected(refused)) return {};
  throw refused;
}

function readSeen({ data }: z.infer<typeof Insights>): Told {
  const countOf = (metric: string): number | null => data.find(({ name }) => name === metric)?.values[0]?.value ?? null;
  return { views: countOf(POST_SEEN.views), reach: countOf(POST_SEEN.reach) };
}

/** As for a metric that there is not any more. */
const isRejected = (error: unknown): boolean => classifyFacebookError(error).kind === 'rejected';

/** What there was no time for is asked for again, as long as each request brings something. @throws CrierError `unavailable` */
export async function figures(context: FiguresContext): Promise<ReadonlyMap<string, PostFigures>> {
  const graph = graphOf(context);
  const told = { counts: new Map<string, Told>(), insights: new Map<string, Told>() };
  let left = context.posts.flatMap(({ remoteId }) => questionsOn(remoteId));
  while (left.length > 0) {
    const some = left.slice(0, MOST_REQUESTS);
    const answers = await askTogether(graph, some);
    const unanswered = some.filter((_, at) => !answers[at]);
    if (unanswered.length === some.length) throw new CrierError('unavailable', 'Facebook took too long to tell how posts did.');
    for (const [at, question] of some.entries()) {
      const answer = answers[at];
      const read = answer ? readAnswer(question, answer) : null;
      if (read) told[question.of].set(question.id, read);
    }
    left = [...left.slice(MOST_REQUESTS), ...unanswered];
  }
  return new Map([...told.counts].map(([id, counts]) => [id, { ...UNTOLD, ...counts, ...told.insights.get(id) }]));
}

/** https://developers.facebook.com/docs/graph-api/reference/page (unverified). */
const Page = z.object({ followers_count: Count.optional() });

/**
 * How often what the Page shows was played or displayed, and to how many; the names before these ended in 2025 and 2026. That a Page wants a
 * hundred likes for it, and `read_insights` beside `pages_read_engagement`:
 * https://developers.facebook.com/docs/graph-api/reference/insights and https://developers.facebook.com/documentation/pages-api/platforminsights/page
 * (checked 2026-11-23 in part).
 */
const SEEN = { views: 'page_media_view', reach: 'page_total_media_view_unique' };

/** Two requests: in one, a missing permission for insights would take the followers along. */
export async function accountFigures(access: AccountAccess): Promise<AccountFigures> {
  const graph = graphOf(access);
  const path = `/${GraphId.parse(access.account.remoteId)}`;
  const query = { metric: `${SEEN.views},${SEEN.reach}`, period: 'day' };
  const [page, insights] = await Promise.all([
    graph({ path, query: { fields: 'followers_count' } }, Page),
    unlessUntold(graph({ path: `${path}/insights`, query }, DayInsights), isRejected),
  ]);
  const now = access.clock.now();
  return {
    followers: page.followers_count ?? null,
    views: lastDayOf(insights, SEEN.views, now),
    reach: lastDayOf(insights, SEEN.reach, now),
  };
}
