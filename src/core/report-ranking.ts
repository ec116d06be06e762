// Which posts of a report did best and which worst. Pure.
import { engagementOf } from './figures.ts';
import type { PostResult, Report } from './report.ts';

const AT_MOST = 5;
/** A younger post has not had its time yet: it may be among the best, and says nothing among the worst. */
const RIPE_AFTER_HOURS = 24;

/**
 * By engagement, of those that tell it: the best first, the worst first. No post is in both, one that did as well as the best is none of
 * the weakest, and one that did worse than those is none of the best; with few posts the better half is the top.
 */
export function rank(results: readonly PostResult[], asOf: Temporal.Instant): Pick<Report, 'top' | 'weakest' | 'young'> {
  const ripeUntil = asOf.subtract({ hours: RIPE_AFTER_HOURS }).epochMilliseconds;
  const isRipe = ({ publishedAt }: PostResult): boolean => publishedAt.epochMilliseconds <= ripeUntil;
  const ranked = results
    .map((result) => ({ result, engagement: engagementOf(result.figures) }))
    .filter((each): each is { result: PostResult; engagement: number } => each.engagement !== null)
    .sort((one, other) => other.engagement - one.engagement || compareTies(one.result, other.result));
  const weakest = ranked
    .slice(Math.ceil(ranked.length / 2))
    .filter(({ result, engagement }) => isRipe(result) && engagement < (ranked[0]?.engagement ?? 0))
    .reverse()
    .slice(0, AT_MOST)
    .map(({ result }) => result);
  const end = ranked.findIndex(({ result }) => weakest.includes(result));
  const top = ranked.slice(0, Math.min(end === -1 ? ranked.length : end, AT_MOST)).map(({ result }) => result);
  const young = ranked
    .map(({ result }) => result)
    .filter((result) => !isRipe(result) && !top.includes(result))
    .slice(0, AT_MOST);
  return { top, weakest, young };
}

/** Of as much engagement, that which more saw, then the earlier. */
function compareTies(one: PostResult, other: PostResult): number {
  const views = (other.figures.views ?? -1) - (one.figures.views ?? -1);
  return views || Temporal.Instant.compare(one.publishedAt, other.publishedAt) || (one.deliveryId < other.deliveryId ? -1 : 1);
}
