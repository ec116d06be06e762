// The sentences that reports, digests and threads have in common: when it was, what posts got, and how that compares.
import { sayChange, sayFigure, sayRate } from '../../core/figure-words.ts';
import { engagementOf, type PostFigures } from '../../core/figures.ts';
import type { PostResult, Report, ReportPeriod, Totals } from '../../core/report.ts';
import { shorten } from '../../core/text.ts';
import { counted } from '../../core/words.ts';
import type { Span } from '../reply.ts';

/** What engagement is the sum of, in the order it is said. */
const ENGAGEMENT = [
  ['likes', 'like'],
  ['comments', 'comment'],
  ['shares', 'share'],
  ['saves', 'save'],
] as const;
/** Of a post's text, where it stands alone. */
const FIRST_WORDS = 60;

/** `this week`, `in the last 30 days`, `on 22 November 2026`: behind what happened then. */
export function within({ name, first, last }: Pick<ReportPeriod, 'name' | 'first' | 'last'>): string {
  if (/^the /.test(name)) return `in ${name}`;
  if (!/\d{4}$/.test(name)) return name;
  if (!/^\d/.test(name)) return `in ${name}`;
  return first.equals(last) ? `on ${name}` : `in the days ${name}`;
}

/** What it is compared with: `last week by the same time`, `the 30 days before`. */
export function timeBefore({ id, timeZone, before }: Pick<ReportPeriod, 'id' | 'timeZone' | 'before'>): string {
  const soFar = SO_FAR[id];
  if (soFar !== undefined) return soFar;
  const from = before.from.toZonedDateTimeISO(timeZone);
  const { days } = from.until(before.until.toZonedDateTimeISO(timeZone), {
    largestUnit: 'days',
    roundingMode: 'ceil',
    smallestUnit: 'days',
  });
  if (days === 1) return 'the day before';
  return days === 7 ? 'the week before' : `the ${days} days before`;
}

const SO_FAR: Readonly<Record<string, string>> = {
  today: 'yesterday by the same time',
  week: 'last week by the same time',
  month: 'last month by the same time',
};

/** `12 % more than last week by the same time`, of a few `3 more than ...`; null where there is nothing to compare with. */
export function sayComparison(totals: Totals, before: Totals, period: ReportPeriod): string | null {
  if (totals.engagement === null || before.engagement === null || before.engagement === 0) return null;
  const change = sayChange(totals.engagement, before.engagement)?.replace(/^[+\-−±]/, '');
  if (change === undefined) return null;
  if (/^0(?: |$)/.test(change)) return `about as much as ${timeBefore(period)}`;
  const less = change.endsWith('%') ? 'less' : 'fewer';
  return `${change} ${totals.engagement > before.engagement ? 'more' : less} than ${timeBefore(period)}`;
}

/** `41 likes, comments and shares`: of the kinds that there were some of; `1 like`; `no likes or shares`, of those that are told. */
function sayEngagement({ engagement, ...figures }: Totals): string {
  const told = ENGAGEMENT.filter(([name]) => figures[name] !== null);
  if (engagement === null || engagement === 0)
    return `no ${listed(
      told.map(([name]) => name),
      'or',
    )}`;
  const some = told.filter(([name]) => figures[name] !== 0);
  return `${sayFigure(engagement)} ${listed(some.map(([name, one]) => (engagement === 1 ? one : name)))}`;
}

/** `4 posts went out and got 312 likes, comments and shares, 12 % more than the day before.` */
export function whatHappened({ totals, before, period }: Pick<Report, 'totals' | 'before' | 'period'>): string {
  const posts = `${counted(totals.posts, 'post')} went out`;
  if (totals.engagement === null) return `${posts}. No figures of ${totals.posts === 1 ? 'it' : 'them'} are known yet.`;
  const comparison = sayComparison(totals, before, period);
  return `${posts} and got ${sayEngagement(totals)}${comparison === null ? '' : `, ${comparison}`}.`;
}

/** `engagement 41 (30 likes, 5 comments, 6 shares), 620 views`, by what a list is ranked; `2 likes, 180 views`. */
export function sayRanked(figures: PostFigures): string {
  const parts = ENGAGEMENT.flatMap(([name, one]) => (figures[name] === 0 ? [] : sayCount(figures[name], one)));
  const sum = `engagement ${sayFigure(engagementOf(figures))}`;
  const engagement = parts.length === 0 ? sum : parts.length === 1 ? parts.join() : `${sum} (${parts.join(', ')})`;
  return [engagement, ...sayCount(figures.views, 'view')].join(', ');
}

/** `30 likes, 5 comments, 6 shares, 620 views`; `no figures yet` where nothing is told. */
export function sayFigures(figures: PostFigures): string {
  const parts = ENGAGEMENT.flatMap(([name, one]) => sayCount(figures[name], one));
  const all = [...parts, ...sayCount(figures.views, 'view'), ...sayCount(figures.reach, 'person reached', 'people reached')];
  const clicks = sayCount(figures.clicks, 'click');
  return [...all, ...clicks].join(', ') || 'no figures yet';
}

function sayCount(count: number | null, one: string, many = `${one}s`): string[] {
  return count === null ? [] : [`${sayFigure(count)} ${count === 1 ? one : many}`];
}

/** `P3 · Bluesky · The red kite is back`, as a link where there is one. */
export function postLine({ post, text, url }: PostResult, networkName: string, letters = FIRST_WORDS): Span {
  const words = [`P${post}`, networkName, shorten(text, letters)].filter((part) => part !== '').join(' · ');
  return url === null ? words : { url, text: words };
}

/** `3 posts, engagement 55, rate 5.4 %`. */
export function sayTotals(totals: Totals): string {
  const rate = totals.rate === null ? [] : [`rate ${sayRate(totals.rate)}`];
  return [counted(totals.posts, 'post'), `engagement ${sayFigure(totals.engagement)}`, ...rate].join(', ');
}

/** `1,204 followers, 13 more than before`; null where nobody tells them. */
export function sayFollowers({ now, change }: Report['followers']): string | null {
  if (now === null) return null;
  const moved =
    change === null
      ? ''
      : change === 0
        ? ', as many as before'
        : `, ${sayFigure(Math.abs(change))} ${change > 0 ? 'more' : 'fewer'} than before`;
  return `${sayFigure(now)} ${now === 1 ? 'follower' : 'followers'}${moved}`;
}

/** `a`, `a and b`, `a, b and c`. */
export const listed = (words: readonly string[], joint: 'and' | 'or' = 'and'): string =>
  [words.slice(0, -1).join(', '), ...words.slice(-1)].filter((part) => part !== '').join(` ${joint} `);

export const capitalized = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
