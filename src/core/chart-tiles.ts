// The figures that a report's picture begins with, each against the time before. The bars below them are chart-bars.ts'.
import { directionOf, sayChange, sayDifference, sayFigure, sayRate, sayRateChange, sayShortFigure } from './figure-words.ts';
import type { Report } from './report.ts';
import type { ChartTile } from './report-chart.ts';

const MOST = 6;
/** Longer numbers have no room in a tile. */
const LONGEST = 1_000_000;

/** Posts and engagement always, and of the others what is told; at most six. */
export function tilesOf({ totals, before, followers }: Report): ChartTile[] {
  const figure = (label: string, now: number | null, then: number | null): ChartTile => {
    const change = sayChange(now, then);
    return { label, value: sayTile(now), change, direction: change === null ? null : directionOf(now, then) };
  };
  const posts: ChartTile = {
    label: 'Posts',
    value: sayTile(totals.posts),
    change: totals.posts === 0 && before.posts === 0 ? null : sayDifference(totals.posts - before.posts),
    direction: totals.posts === 0 && before.posts === 0 ? null : directionOf(totals.posts, before.posts),
  };
  const rate: ChartTile = {
    label: 'Engagement rate',
    value: sayRate(totals.rate),
    change: sayRateChange(totals.rate, before.rate),
    direction: directionOf(totals.rate, before.rate),
  };
  const told = [
    ...(totals.views === null ? [] : [figure('Views', totals.views, before.views)]),
    ...(totals.reach === null ? [] : [figure('Reach', totals.reach, before.reach)]),
    ...(totals.rate === null ? [] : [rate]),
    ...(followers.now === null ? [] : [followersOf(followers)]),
    ...(totals.clicks === null ? [] : [figure('Clicks', totals.clicks, before.clicks)]),
  ];
  return [posts, figure('Engagement', totals.engagement, before.engagement), ...told].slice(0, MOST);
}

const followersOf = ({ now, change }: Report['followers']): ChartTile => ({
  label: 'Followers',
  value: sayTile(now),
  change: sayDifference(change),
  direction: directionOf(change, 0),
});

const sayTile = (value: number | null): string =>
  value !== null && Math.abs(value) >= LONGEST ? sayShortFigure(value) : sayFigure(value);
