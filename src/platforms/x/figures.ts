// How posts on X did, and how many follow the account: the figures that everybody sees. What only the author sees of a post, X tells for
// 30 days; it is not asked for.
import { z } from 'zod';
import { type AccountFigures, type PostFigures, UNTOLD, UNTOLD_ACCOUNT } from '../../core/figures.ts';
import type { AccountAccess, FiguresContext } from '../../core/platform.ts';
import { clientFor } from './client.ts';

/** https://docs.x.com/x-api/posts/lookup (checked 2026-11-22). */
const MOST_IDS = 100;

const Count = z.int().nonnegative().nullable().default(null);
/** https://docs.x.com/x-api/fundamentals/metrics and /enterprise-api/fundamentals/fields (checked 2026-11-22). */
const Metrics = z.object({
  like_count: Count,
  reply_count: Count,
  retweet_count: Count,
  quote_count: Count,
  bookmark_count: Count,
  impression_count: Count,
});
/** Neither of the two is there where it would be empty. */
const Lookup = z.object({
  data: z.array(z.object({ id: z.string(), public_metrics: Metrics.optional() })).default([]),
  errors: z.array(z.object({ resource_id: z.string().optional(), type: z.string().default('') })).default([]),
});

/** A repost with words of one's own is counted apart, and X itself shows the sum of both. */
const sumOf = (reposts: number | null, quotes: number | null): number | null =>
  reposts === null && quotes === null ? null : (reposts ?? 0) + (quotes ?? 0);

const readMetrics = (metrics: z.infer<typeof Metrics>): PostFigures => ({
  ...UNTOLD,
  likes: metrics.like_count,
  comments: metrics.reply_count,
  shares: sumOf(metrics.retweet_count, metrics.quote_count),
  saves: metrics.bookmark_count,
  views: metrics.impression_count,
});

/** Each look is billed: whoever runs Crier has to want it. */
const isWanted = ({ app }: Pick<AccountAccess, 'app'>): boolean => app?.options?.figures === 'true';

/**
 * Left out is only what X says it cannot find; of a post that it keeps to itself, as where an account is suspended, nothing is known.
 * X bills each post that it tells of at $0.005, once within a UTC day: https://docs.x.com/x-api/getting-started/pricing (checked
 * 2026-11-22).
 */
export async function figures(context: FiguresContext): Promise<ReadonlyMap<string, PostFigures>> {
  if (!isWanted(context)) return new Map(context.posts.map(({ remoteId }) => [remoteId, UNTOLD]));
  const client = clientFor(context);
  const found = new Map<string, PostFigures>();
  const ids = context.posts.map(({ remoteId }) => remoteId);
  for (let from = 0; from < ids.length; from += MOST_IDS) {
    const some = ids.slice(from, from + MOST_IDS);
    const query = { ids: some.join(','), 'tweet.fields': 'public_metrics' };
    const { data, errors } = await client.ask({ path: '/2/tweets', query }, Lookup);
    const gone = errors.filter(({ type }) => type.endsWith('/resource-not-found')).map(({ resource_id: id }) => id);
    for (const id of some) if (!gone.includes(id)) found.set(id, UNTOLD);
    for (const { id, public_metrics: metrics } of data) if (metrics) found.set(id, readMetrics(metrics));
  }
  return found;
}

/** https://docs.x.com/x-api/users/lookup/quickstart/authenticated-lookup (checked 2026-11-22). */
const Me = z.object({ data: z.object({ public_metrics: z.object({ followers_count: Count }).optional() }) });

/**
 * X bills a user that it tells of at $0.010, mostly once within a UTC day, however often it is asked:
 * https://docs.x.com/x-api/getting-started/pricing (checked 2026-11-23).
 */
export async function accountFigures(access: AccountAccess): Promise<AccountFigures> {
  if (!isWanted(access)) return UNTOLD_ACCOUNT;
  const { data } = await clientFor(access).ask({ path: '/2/users/me', query: { 'user.fields': 'public_metrics' } }, Me);
  return { ...UNTOLD_ACCOUNT, followers: data.public_metrics?.followers_count ?? null };
}
