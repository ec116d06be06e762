// Makes of a report what its picture shows, and the same in words for whoever does not see it. Pure.
import { barsOf, dayTotals, measureOf } from './chart-bars.ts';
import { notesOf } from './chart-notes.ts';
import { tilesOf } from './chart-tiles.ts';
import { sayChange, sayFigure } from './figure-words.ts';
import type { Platforms } from './ports.ts';
import type { Report, ReportScope } from './report.ts';
import type { ReportChart } from './report-chart.ts';
import { sayDays } from './report-days.ts';
import { shorten } from './text.ts';

/** Letters of a post in what is said of a picture. */
const WORDS = 60;

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
