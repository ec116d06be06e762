// What the picture of a report shows, as data: tiles with figures, bars over days or posts, and how the networks compare. Types alone;
// build-chart.ts makes one, and src/render draws it.
import type { Direction } from './figure-words.ts';

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
