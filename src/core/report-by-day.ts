// What went out on each day of a report (how days are said is report-days.ts), and how it did since. Pure.
import { engagementOf } from './figures.ts';
import type { PostResult, ReportDay, ReportPeriod } from './report.ts';
import { daysIn } from './report-stretch.ts';
import { addTold } from './report-totals.ts';

/** Each day of the period, also those without posts. */
export function daysOf(
  { first, last, timeZone }: Pick<ReportPeriod, 'first' | 'last' | 'timeZone'>,
  results: readonly PostResult[],
): ReportDay[] {
  const dates = Array.from({ length: daysIn(first, last) }, (_, index) => first.add({ days: index }));
  const starts = dates.map((date) => date.toZonedDateTime(timeZone).epochMilliseconds);
  const byDay = Map.groupBy(results, ({ publishedAt }) => lastNotAfter(starts, publishedAt.epochMilliseconds));
  return dates.map((date, index) => {
    const own = byDay.get(index) ?? [];
    return {
      date,
      posts: own.length,
      engagement: byPlatform(own, ({ figures }) => engagementOf(figures)),
      views: byPlatform(own, ({ figures }) => figures.views),
    };
  });
}

/** The place of the last start that is not after the moment; −1 where all of them are. */
function lastNotAfter(starts: readonly number[], moment: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= moment) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function byPlatform(results: readonly PostResult[], figureOf: (result: PostResult) => number | null): ReportDay['views'] {
  const sums: Record<string, number | null> = {};
  for (const result of results) sums[result.platform] = addTold(sums[result.platform] ?? null, figureOf(result));
  return sums;
}
