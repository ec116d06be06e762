// Bars that stand for days or weeks, stacked by network. Few of them say their sum; many have an axis instead.
import { dayTotals } from '../core/chart-bars.ts';
import { sayShortFigure, UNKNOWN } from '../core/figure-words.ts';
import { monthName, weekdayName } from '../core/post-calendar.ts';
import type { DayBars } from '../core/report-chart.ts';
import { type ChartOption, drawChart } from './echart.ts';
import type { ReportLook } from './report-look.ts';
import type { Box } from './svg.ts';

/** As many have room for a number each, and for the name of their weekday. */
const FEW = 10;
/** Between the middles of two dates below the bars. */
const ROOM_FOR_DATE = 52;
const SIZE = 21;
/** Of the highest bar: what is lower can hardly be seen. */
const SLIVER = 0.02;

export function drawDayBars(bars: DayBars, box: Box, colours: ReadonlyMap<string, string>, look: ReportLook): string {
  const areFew = bars.labels.length <= FEW;
  const left = areFew ? 0 : axisWidth(bars);
  const ticks = ticksOf(bars, box.width - left);
  const option: ChartOption = {
    grid: { left, right: 0, top: 34, bottom: 62 },
    xAxis: {
      type: 'category',
      data: [...bars.labels],
      axisTick: { show: false },
      axisLine: { lineStyle: { color: look.muted, width: 1.5 } },
      z: 10,
      axisLabel: {
        interval: (index) => ticks[index] !== null,
        formatter: (_, index) => ticks[index] ?? '',
        fontSize: SIZE,
        lineHeight: 25,
        color: look.muted,
        margin: 10,
        hideOverlap: false,
      },
    },
    yAxis: {
      type: 'value',
      min: 0,
      ...(areFew ? { max: mostOf(bars) } : {}),
      splitNumber: 3,
      axisLabel: { show: !areFew, fontSize: SIZE, color: look.muted, formatter: (value) => sayShortFigure(value) },
      splitLine: { show: !areFew, lineStyle: { color: look.line, width: 1.5 } },
    },
    series: [...stack(bars, colours, look), ...(areFew ? [sums(bars, look)] : [])],
  };
  return drawChart(option, box);
}

/** The uppermost part of each bar is round. */
function stack({ series, labels }: Pick<DayBars, 'series' | 'labels'>, colours: ReadonlyMap<string, string>, look: ReportLook) {
  const seen = mostOf({ series, labels }) * SLIVER;
  const tops = labels.map((_, at) => series.findLastIndex(({ values }) => (values[at] ?? 0) > seen));
  const isWide = labels.length <= FEW;
  return series.map(({ id, name, values }, index) => ({
    type: 'bar' as const,
    name,
    stack: 'all',
    silent: true,
    barMaxWidth: 76,
    barCategoryGap: isWide ? '24%' : '18%',
    itemStyle: { color: colours.get(id) ?? look.muted, borderColor: look.page, borderWidth: series.length > 1 ? 1.5 : 0 },
    data: values.map((value, at) => ({
      value: value || '-',
      ...(tops[at] === index ? { itemStyle: { borderRadius: isWide ? [7, 7, 0, 0] : [3, 3, 0, 0] } } : {}),
    })),
  }));
}

/** Above each bar; a dash where posts went out and no figure is known, nothing where none did. */
function sums({ series, labels, posts }: DayBars, look: ReportLook) {
  const said = dayTotals(series, labels.length).map((total, at) =>
    total === null ? (posts[at] ? UNKNOWN : '') : sayShortFigure(total),
  );
  return {
    type: 'bar' as const,
    stack: 'all',
    silent: true,
    data: labels.map(() => 0),
    label: {
      show: true,
      position: 'top' as const,
      formatter: ({ dataIndex }: { dataIndex: number }) => said[dataIndex] ?? '',
      fontSize: 22,
      fontWeight: 600,
      color: look.ink,
      textBorderWidth: 0,
    },
  };
}

/** Two lines below each bar that has one; null for those between. The month is said where it begins to be meant. */
function ticksOf({ dates }: DayBars, width: number): (string | null)[] {
  if (dates.length <= FEW && isDaily(dates)) return dates.map((date) => `${weekdayName(date)}\n${date.day}`);
  const step = stepFor(dates.length, width);
  const shown = dates.map((date, at) => (at % step === 0 ? date : null));
  return shown.map((date, at) => {
    if (!date) return null;
    const before = shown.slice(0, at).findLast((each) => each !== null);
    return before?.month === date.month ? `${date.day}\n ` : `${date.day}\n${monthName(date).slice(0, 3)}`;
  });
}

const isDaily = ([first, second]: readonly Temporal.PlainDate[]): boolean =>
  !first || !second || first.until(second, { largestUnit: 'days' }).days === 1;

const stepFor = (count: number, width: number): number =>
  [1, 2, 3, 5, 7, 10, 14].find((step) => (step * width) / count >= ROOM_FOR_DATE) ?? 20;

function axisWidth({ series, labels }: DayBars): number {
  return 16 + 13 * sayShortFigure(Math.ceil(mostOf({ series, labels }) * 1.2)).length;
}

const mostOf = ({ series, labels }: Pick<DayBars, 'series' | 'labels'>): number =>
  Math.max(...dayTotals(series, labels.length).map((total) => total ?? 0));
