// A report as a picture, 720 units wide drawn at one and a half, and as high as it needs. What is in it is core's: report-chart.ts.
import type { ReportChart } from '../core/report-chart.ts';
import type { Theme } from '../core/workspace.ts';
import type { Part } from './calendar-frame.ts';
import { PLAIN_FAMILY } from './fonts.ts';
import { toPng } from './png.ts';
import { drawDayBars } from './report-day-bars.ts';
import { coloursOf, REPORT_LOOKS, type ReportLook } from './report-look.ts';
import { drawHeading, drawNetworks, drawNotes, drawTiles, drawTitle, INNER, MARGIN, WIDTH } from './report-parts.ts';
import { drawPostBars, POST_ROW } from './report-post-bars.ts';
import { element, rect, text } from './svg.ts';

/** Pixels for each unit: a phone shows a picture of 1080 pixels sharp. */
const SCALE = 1.5;
const DAYS_HEIGHT = 330;
const EMPTY_HEIGHT = 130;

export function reportSvg(chart: ReportChart, theme: Theme): string {
  const look = REPORT_LOOKS[theme];
  const ids = new Set([...chart.bars.series.map(({ id }) => id), ...(chart.networks?.rows.map(({ id }) => id) ?? [])]);
  const colours = coloursOf([...ids], look);
  const { networks } = chart;
  const parts = [
    (y: number) => drawTitle(chart, y, look),
    (y: number) => drawTiles(chart.tiles, y, look),
    () => ({ height: 16, drawn: '' }),
    (y: number) => drawBars(chart, y, colours, look),
    ...(networks ? [(y: number) => drawNetworks(networks, y, colours, look)] : []),
    ...(chart.notes.length > 0 ? [(y: number) => drawNotes(chart.notes, y, look)] : []),
  ];
  let [height, drawn] = [MARGIN - 6, ''];
  for (const draw of parts) {
    const part: Part = draw(height);
    height += part.height;
    drawn += part.drawn;
  }
  // Even, so that it is whole pixels.
  height = 2 * Math.ceil((height + MARGIN - 8) / 2);
  const size = { width: WIDTH * SCALE, height: height * SCALE, viewBox: `0 0 ${WIDTH} ${height}` };
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', ...size, 'font-family': PLAIN_FAMILY },
    rect({ x: 0, y: 0, width: WIDTH, height }, look.page),
    drawn,
  );
}

function drawBars({ bars }: ReportChart, y: number, colours: ReadonlyMap<string, string>, look: ReportLook): Part {
  const heading = drawHeading(bars.title, y, look);
  const top = y + heading.height;
  if (bars.empty !== null)
    return { height: heading.height + EMPTY_HEIGHT + 24, drawn: heading.drawn + drawEmpty(bars.empty, top, look) };
  const height = bars.kind === 'days' ? DAYS_HEIGHT : bars.labels.length * POST_ROW;
  const box = { x: MARGIN, y: top, width: INNER, height };
  const drawn = bars.kind === 'days' ? drawDayBars(bars, box, colours, look) : drawPostBars(bars, box, colours, look);
  return { height: heading.height + height + 24, drawn: heading.drawn + drawn };
}

function drawEmpty(words: string, y: number, look: ReportLook): string {
  const box = { x: MARGIN, y, width: INNER, height: EMPTY_HEIGHT };
  const frame = { stroke: look.line, 'stroke-width': 2, 'stroke-dasharray': '8 8' };
  const style = { size: 24, fill: look.muted, anchor: 'middle' } as const;
  return rect(box, 'none', 12, frame) + text(words, WIDTH / 2, y + EMPTY_HEIGHT / 2 + 9, style);
}

/** PNG. */
export const drawReport = (chart: ReportChart, theme: Theme): Promise<Uint8Array<ArrayBuffer>> => toPng(reportSvg(chart, theme));
