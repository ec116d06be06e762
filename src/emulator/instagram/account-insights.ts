// How the emulated Instagram tells how often an account was seen: in all, of the days that are asked for.
// https://developers.facebook.com/documentation/instagram-platform/api-reference/instagram-user/insights (checked 2026-11-23 in part).
import type { Context } from 'hono';
import { invalid } from '../graph.ts';
import { seenBetween } from '../growth.ts';
import { dayAround } from '../pacific-days.ts';
import type { IgAccount, InstagramState } from './state.ts';

const METRICS = ['reach', 'views'] as const;

/** @throws GraphError 100 for what there is not: other metrics, periods, or values day by day, which `views` has not */
export function accountInsights(c: Context, state: InstagramState, { id }: IgAccount): object[] {
  const { metric = '', period, metric_type: type } = c.req.query();
  if (period !== 'day') throw invalid('period must be day');
  if (type !== 'total_value') throw invalid('views should be specified with parameter metric_type=total_value');
  const own = state.media.all().filter(({ accountId }) => accountId === id);
  const seen = seenBetween(
    id,
    own.map((post) => ({ id: post.id, at: post.createdAt })),
    stretchOf(c, state),
  );
  return metric.split(',').map((asked) => {
    const name = METRICS.find((each) => each === asked);
    if (name === undefined) throw invalid(`metric must be one of ${METRICS.join(', ')}`);
    return { name, period, title: name, description: name, total_value: { value: seen[name] }, id: `${id}/insights/${name}/day` };
  });
}

/** Whole days, those of `since` and `until` both with it, as far as they have come; without them the last 24 hours. */
function stretchOf(c: Context, { clock }: InstagramState): [Temporal.Instant, Temporal.Instant] {
  const { since, until } = c.req.query();
  const now = clock.now();
  if (since === undefined || until === undefined) return [now.subtract({ hours: 24 }), now];
  const [from] = dayAround(instantOf(since));
  const [, end] = dayAround(instantOf(until));
  return [from, Temporal.Instant.compare(end, now) < 0 ? end : now];
}

/** @throws GraphError 100 */
function instantOf(seconds: string): Temporal.Instant {
  if (!/^\d{1,11}$/.test(seconds)) throw invalid('since and until are seconds since 1970');
  return Temporal.Instant.fromEpochMilliseconds(Number(seconds) * 1000);
}
