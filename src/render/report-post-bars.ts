// Bars that lie for posts, each below its name and its first words. The bars are ECharts', the words of people ours: they may run from right
// to left, and end where there is no more room.
import { dayTotals } from '../core/chart-bars.ts';
import { sayFigure } from '../core/figure-words.ts';
import type { PostBars } from '../core/report-chart.ts';
import { type ChartOption, drawChart } from './echart.ts';
import type { ReportLook } from './report-look.ts';
import { type Box, roughWidth, text } from './svg.ts';
import { textBox } from './text-box.ts';

/** Of each: a line of words, and the bar below it. */
export const POST_ROW = 82;
const BAR = 28;
/** How far the middle of the bar is below that of its row. */
const LOWER = 15;
const SIZE = 22;
/** The name never takes more than this part of the line. */
const NAME_PART = 0.5;
/** Half-bold letters, as a part of what `roughWidth` says. */
const WIDER = 0.97;
const GAP = 12;

export function drawPostBars(bars: PostBars, box: Box, colours: ReadonlyMap<string, string>, look: ReportLook): string {
  const totals = dayTotals(bars.series, bars.labels.length);
  const room = Math.max(...totals.map((total) => roughWidth(sayFigure(total), SIZE))) + 24;
  const option: ChartOption = {
    grid: { left: 0, right: room, top: LOWER, bottom: 0 },
    xAxis: { type: 'value', min: 0, max: Math.max(1, ...totals.map((total) => total ?? 0)), show: false },
    yAxis: {
      type: 'category',
      inverse: true,
      data: [...bars.labels],
      axisLabel: { show: false },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: look.muted, width: 1.5 } },
      show: false,
    },
    series: [
      ...bars.series.map(({ id, name, values }) => ({
        type: 'bar' as const,
        name,
        stack: 'all',
        silent: true,
        barWidth: BAR,
        itemStyle: { color: colours.get(id) ?? look.muted, borderRadius: [0, 6, 6, 0] },
        data: values.map((value) => value ?? 0),
      })),
      {
        type: 'bar',
        stack: 'all',
        silent: true,
        data: totals.map(() => 0),
        label: {
          show: true,
          position: 'right',
          distance: 8,
          formatter: ({ dataIndex }) => sayFigure(totals[dataIndex] ?? null),
          fontSize: SIZE,
          fontWeight: 600,
          color: look.ink,
          textBorderWidth: 0,
        },
      },
    ],
  };
  const words = bars.labels.map((label, at) =>
    drawWords(label, bars.words[at] ?? '', { ...box, y: box.y + at * POST_ROW }, look),
  );
  return words.join('') + drawChart(option, { ...box, height: box.height + LOWER });
}

function drawWords(label: string, words: string, { x, y, width }: Box, look: ReportLook): string {
  const name = Math.min(roughWidth(label, SIZE) * WIDER, width * NAME_PART);
  const style = { size: SIZE, weight: 600, fill: look.ink } as const;
  const named =
    name < width * NAME_PART
      ? text(label, x, y + 27, style)
      : textBox(label, { x, y, width: name, height: 36 }, 27, style, look.page);
  const rest = { x: x + name + GAP, y, width: width - name - GAP, height: 36 };
  return named + textBox(words, rest, 27, { size: SIZE, fill: look.muted }, look.page);
}
