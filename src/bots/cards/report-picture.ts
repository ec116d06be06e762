// The chart of a report as a file of a reply, with the same in words. What it shows is core/report-chart.ts', drawing it src/render's.
import { chartAltText, chartBars, chartOf } from '../../core/build-chart.ts';
import type { Deps } from '../../core/ports.ts';
import type { Report } from '../../core/report.ts';
import type { Workspace } from '../../core/workspace.ts';
import type { Line, ReplyFile } from '../reply.ts';

export interface DrawnReport {
  files: readonly ReplyFile[];
  /** That it could not be drawn. */
  notes: readonly Line[];
}

/** Nothing where nobody draws here, and nothing but a note where drawing failed: the words say it all. */
export async function drawReport(
  { pictures, platforms, log }: Pick<Deps, 'pictures' | 'platforms' | 'log'>,
  { pictures: theme }: Pick<Workspace, 'pictures'>,
  report: Report,
): Promise<DrawnReport> {
  if (!pictures) return { files: [], notes: [] };
  try {
    const chart = chartOf(report, platforms);
    const bytes = await pictures.report(chart, theme);
    const { first, last } = report.period;
    const name = `analytics-${first}${first.equals(last) ? '' : `-${last}`}.png`;
    return { files: [{ name, mimeType: 'image/png', bytes, altText: chartAltText(chart), bars: chartBars(chart) }], notes: [] };
  } catch (error) {
    log.error({ err: error }, 'a report could not be drawn');
    return { files: [], notes: ['The picture could not be drawn. The log says why.'] };
  }
}
