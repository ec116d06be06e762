// What the picture of a report shows, as data: tiles with figures, bars over days or posts, and how the networks compare. Drawing it is
// src/render's matter; the same in words, for whoever does not see it, is made here.

/** A figure with its change against the time before. */
export interface ChartTile {
  label: string;
  /** `1,204`, `3.1 %`, `–` where nothing is told. */
  value: string;
  /** `+12 %`, `−3`; null where there is nothing to compare with. */
  change: string | null;
  direction: 'up' | 'down' | 'same' | null;
}

export interface ChartSeries {
  /** Platform id: its colour. */
  id: string;
  name: string;
  /** One for each label; null where nothing is told. */
  values: readonly (number | null)[];
}

export interface ReportChart {
  title: string;
  /** The days that are meant, and the zone. */
  subtitle: string;
  tiles: readonly ChartTile[];
  bars: {
    /** What is counted: `Engagement a day`, `Engagement a post`. */
    title: string;
    /** `days` stand upright and are stacked by network; `posts` lie, each with its words. */
    kind: 'days' | 'posts';
    labels: readonly string[];
    series: readonly ChartSeries[];
  };
  /** Below the bars; null where there is one network, or none. */
  networks: {
    title: string;
    rows: readonly { id: string; name: string; value: number | null; shown: string; change: string | null }[];
  } | null;
  /** What has to be known to read it: how old figures are, what is not told. */
  notes: readonly string[];
}
