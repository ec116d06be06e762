// The bars of a report: of its posts where there are few, else of its days, and of weeks where there are many days. Pure.
import { UNKNOWN } from './figure-words.ts';
import { engagementOf } from './figures.ts';
import type { Platforms } from './ports.ts';
import { monthName, weekdayName } from './post-calendar.ts';
import type { PostResult, Report, ReportDay } from './report.ts';
import type { ChartBars, ChartSeries, DayBars, PostBars } from './report-chart.ts';
import { shorten } from './text.ts';

/** As many lie below each other and can still be read on a phone. */
const MOST_POSTS = 8;
/** More days than this are drawn by week. */
const MOST_DAYS = 62;
const WORDS = 80;

type Measure = 'engagement' | 'views';

/** Engagement, or views where no network tells the former. */
export const measureOf = ({ totals }: Pick<Report, 'totals'>): Measure =>
  totals.engagement === null && totals.views !== null ? 'views' : 'engagement';

export function barsOf(report: Report, platforms: Pick<Platforms, 'get'>): ChartBars {
  const isOfPosts = report.top.length > 0 && (report.days.length === 1 || knowsAll(report));
  return isOfPosts ? postBars(report, platforms) : dayBars(report);
}

/** Whether there are few, and those that are named are all that tell figures: there may be some between the best and the weakest. */
const knowsAll = ({ top, weakest, young, totals, unread }: Report): boolean =>
  totals.posts <= MOST_POSTS && top.length + weakest.length + young.length >= totals.posts - unread;

/** The sum of each bar; null where nothing of it is known. */
export const dayTotals = (series: readonly Pick<ChartSeries, 'values'>[], count: number): (number | null)[] =>
  Array.from({ length: count }, (_, at) => sum(series.map(({ values }) => values[at] ?? null)));

function postBars(report: Report, platforms: Pick<Platforms, 'get'>): PostBars {
  const areAll = knowsAll(report);
  const engagementOfOne = ({ figures }: PostResult): number => engagementOf(figures) ?? 0;
  const ranked = areAll ? [...report.top, ...report.young, ...report.weakest] : report.top;
  const shown = ranked.toSorted((one, other) => engagementOfOne(other) - engagementOfOne(one));
  const title = areAll ? 'a post' : `of the best ${shown.length}`;
  const series = report.networks
    .map(({ key, name }) => ({
      id: key,
      name,
      values: shown.map((each) => (each.platform === key ? engagementOf(each.figures) : null)),
    }))
    .filter(({ id }) => shown.some(({ platform }) => platform === id));
  return {
    kind: 'posts',
    title: titleOf('engagement', title, series),
    labels: shown.map((each) => `P${each.post} · ${accountName(each, report, platforms)}`),
    words: shown.map(({ text }) => shorten(text, WORDS)),
    series,
    empty: emptyWords(report, 'engagement', series),
  };
}

/** The network; the account where there are more of that network. */
function accountName(
  { platform, accountId }: PostResult,
  { accounts, health }: Report,
  platforms: Pick<Platforms, 'get'>,
): string {
  const { name } = platforms.get(platform);
  const there = health.filter(({ account }) => account.platform === platform && accounts.some(({ key }) => key === account.id));
  const handle = there.find(({ account }) => account.id === accountId)?.account.handle;
  return there.length > 1 && handle ? `${handle} on ${name}` : name;
}

function dayBars(report: Report): DayBars {
  const measure = measureOf(report);
  const size = report.days.length > MOST_DAYS ? 7 : 1;
  const stretches = Array.from({ length: Math.ceil(report.days.length / size) }, (_, at) =>
    report.days.slice(at * size, (at + 1) * size),
  );
  const series = report.networks.map(({ key, name }) => ({
    id: key,
    name,
    values: stretches.map((days) => sum(days.map((day) => day[measure][key] ?? null))),
  }));
  return {
    kind: 'days',
    title: titleOf(measure, size === 1 ? 'a day' : 'a week', series),
    labels: stretches.map(stretchLabel),
    dates: stretches.flatMap(([first]) => first?.date ?? []),
    posts: stretches.map((days) => days.reduce((count, { posts }) => count + posts, 0)),
    series,
    empty: emptyWords(report, measure, series),
  };
}

const titleOf = (measure: Measure, of: string, series: readonly ChartSeries[]): string => {
  const [only, ...others] = series;
  const what = `${measure === 'views' ? 'Views' : 'Engagement'} ${of}`;
  return only && others.length === 0 ? `${what} on ${only.name}` : what;
};

function emptyWords({ totals }: Report, measure: Measure, series: readonly ChartSeries[]): string | null {
  if (totals.posts === 0) return 'Nothing went out in this time.';
  const known = series.flatMap(({ values }) => values).filter((value) => value !== null);
  if (known.length === 0) return 'No figures are known yet.';
  if (known.some((value) => value > 0)) return null;
  return measure === 'views' ? 'No views so far.' : 'No likes, comments, shares or saves so far.';
}

function stretchLabel(days: readonly ReportDay[]): string {
  const [first, last] = [days[0]?.date, days.at(-1)?.date];
  if (!first || !last) return UNKNOWN;
  if (first.equals(last)) return `${weekdayName(first)} ${first.day} ${shortMonth(first)}`;
  const from = first.month === last.month ? `${first.day}–` : `${first.day} ${shortMonth(first)} – `;
  return `${from}${last.day} ${shortMonth(last)}`;
}

const shortMonth = (date: Temporal.PlainDate): string => monthName(date).slice(0, 3);

function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}
