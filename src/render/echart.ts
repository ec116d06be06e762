// ECharts on the server: an option in, SVG out, to be put into a picture of ours. What is drawn is its callers' matter.
// How: https://echarts.apache.org/handbook/en/how-to/cross-platform/server/ (unverified).
import { BarChart, type BarSeriesOption } from 'echarts/charts';
import { GridComponent, type GridComponentOption } from 'echarts/components';
import { type ComposeOption, init, setPlatformAPI, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { PLAIN_FAMILY } from './fonts.ts';
import { type Box, element, roughWidth } from './svg.ts';

export type ChartOption = ComposeOption<BarSeriesOption | GridComponentOption>;

use([BarChart, GridComponent, SVGRenderer]);
// Without a canvas ECharts goes by the widths of another font.
setPlatformAPI({ measureText: (words = '', font = '') => ({ width: roughWidth(words, sizeOf(font)) }) });

/** @param font as CSS says it, `600 22px Noto Sans` */
const sizeOf = (font: string): number => Number(/([\d.]+)px/.exec(font)?.[1] ?? 12);

/** Words in it must be drawable (fonts.ts). The same option makes the same SVG: nothing moves, and nothing is numbered. */
export function drawChart(option: ChartOption, box: Box): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: box.width, height: box.height });
  try {
    chart.setOption({ animation: false, backgroundColor: 'transparent', textStyle: { fontFamily: PLAIN_FAMILY }, ...option });
    return element('svg', { ...box, viewBox: `0 0 ${box.width} ${box.height}` }, contentOf(chart.renderToSVGString()));
  } finally {
    chart.dispose();
  }
}

/** What is inside of its outermost element, without styles for pointers and the classes they are for, which count up with each chart. */
const contentOf = (svg: string): string =>
  svg
    .replace(/^.*?<svg[^>]*>/s, '')
    .replace(/<\/svg>\s*$/, '')
    .replaceAll(/<style.*?<\/style>/gs, '')
    .replaceAll(/ (?:class|ecmeta_\w+|pointer-events)="[^"]*"/g, '');
