// What the picture of a report shows, as data: tiles with figures, bars over days or posts, and how the networks compare. Drawing it is
// src/render's matter; the same in words, for whoever does not see it, is made here.
import { barsOf, dayTotals, measureOf } from './chart-bars.ts';
import { notesOf } from './chart-notes.ts';
import { tilesOf } from './chart-tiles.ts';
import { type Direction, sayChange, sayFigure } from './figure-words.ts';
import type { Platforms } from './ports.ts';
import type { Report, ReportScope } from './report.ts';
import { sayDays } from './report-days.ts';
import { shorten } from './text.ts';

/** Letters of a post in what is said of a picture. */
const WORDS = 60;

/** A figure with its change against the time before. */
export interface ChartTile {
  label: string;
  /** `1,204`, `3.1 %`, `–` where nothing is told. */
  value: string;
  /** `+12 %`, `−3`; null where there is nothing to compare with. */
  change: string | null;
  direction: Direction | null;
}

export interface ChartSeries {
  /** Platform id: its colour. */
  id: string;
  name: string;
  /** One for each label; null where nothing is told, or nothing went out. */
  values: readonly (number | null)[];
}

interface Bars {
  /** What is counted: `Engagement a day`, `Engagement a post`. */
  title: string;
  /** One for each bar, as it is read out: `Mon 23 Nov`, `23–29 Nov`, `P12 · Bluesky`. */
  labels: readonly string[];
  /** The most first; none where nothing went out. */
  series: readonly ChartSeries[];
  /** Said in place of bars, where there is nothing to draw; else null. */
  empty: string | null;
}

/** Upright, stacked by network. */
export interface DayBars extends Bars {
  kind: 'days';
  /** The days, or the first days of the weeks. */
  dates: readonly Temporal.PlainDate[];
  /** How many went out then: what has no value and no post is no gap in the figures. */
  posts: readonly number[];
}

/** Lying, each with its words. */
export interface PostBars extends Bars {
  kind: 'posts';
  /** The first words of each, on one line. */
  words: readonly string[];
}

export type ChartBars = DayBars | PostBars;

export interface ReportChart {
  title: string;
  /** The days that are meant, and the zone. */
  subtitle: string;
  tiles: readonly ChartTile[];
  bars: ChartBars;
  /** Below the bars; null where there is one network, or none. */
  networks: {
    title: string;
    rows: readonly { id: string; name: string; value: number | null; shown: string; change: string | null }[];
  } | null;
  /** What has to be known to read it: how old figures are, what is not told. */
  notes: readonly string[];
}

export function chartOf(report: Report, platforms: Pick<Platforms, 'get'>): ReportChart {
  const { period } = report;
  const title = [upperFirst(period.name), ...scopeWords(report.scope, platforms)].join(' · ');
  const tiles = tilesOf(report);
  return {
    title,
    subtitle: `${sayDays(period)} · ${period.timeZone}`,
    tiles,
    bars: barsOf(report, platforms),
    networks: networksOf(report),
    notes: notesOf(report, tiles, platforms),
  };
}

function networksOf({ networks, totals: all }: Report): ReportChart['networks'] {
  if (networks.length < 2) return null;
  const measure = measureOf({ totals: all });
  const rows = networks.map(({ key, name, totals, before }) => {
    const value = totals[measure];
    const change = before === null ? null : sayChange(value, before[measure]);
    return { id: key, name, value, shown: sayFigure(value), change };
  });
  const byValue = rows.toSorted((one, other) => (other.value ?? -1) - (one.value ?? -1));
  return { title: `${upperFirst(measure)} by network`, rows: byValue };
}

function scopeWords(scope: ReportScope, platforms: Pick<Platforms, 'get'>): string[] {
  if (scope.kind === 'all') return [];
  if (scope.kind === 'network') return [platforms.get(scope.platform).name];
  if (scope.kind === 'campaign') return [`Campaign ${scope.name}`];
  return [`${scope.account.handle} on ${platforms.get(scope.account.platform).name}`];
}

const upperFirst = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1);

/** The main figures in two or three sentences, for whoever does not see the picture. */
export function chartAltText(chart: ReportChart): string {
  const { title, subtitle, tiles, bars, networks } = chart;
  const figures = tiles.map(({ label, value, change }) => `${label} ${value}${change === null ? '' : ` (${change})`}`);
  const compared = networks?.rows.map(({ name, shown }) => `${name} ${shown}`) ?? [];
  return [
    `${title} (${subtitle}): ${figures.join(', ')}.`,
    bars.empty ?? mostOf(chart),
    ...(networks && bars.empty === null ? [`${networks.title}: ${compared.join(', ')}.`] : []),
  ].join(' ');
}

function mostOf({ bars }: ReportChart): string {
  const totals = dayTotals(bars.series, bars.labels.length);
  const most = Math.max(...totals.map((total) => total ?? 0));
  const at = totals.indexOf(most);
  const words = bars.kind === 'posts' && bars.words[at] ? `, "${shorten(bars.words[at], WORDS)}"` : '';
  return `${bars.title}: at most ${sayFigure(most)} (${bars.labels[at] ?? ''}${words}).`;
}

/** The same bars for a chat that shows no pictures; none where nothing is known, or nothing went out. */
export function chartBars({ bars }: ReportChart): { label: string; value: number | null }[] {
  const totals = dayTotals(bars.series, bars.labels.length);
  return totals.every((total) => total === null) ? [] : bars.labels.map((label, at) => ({ label, value: totals[at] ?? null }));
}
