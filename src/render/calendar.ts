// A calendar as a picture, 1200 pixels wide and as high as its days need. What is in it is read elsewhere.
import type { PostCalendar } from '../core/post-calendar.ts';
import type { Theme } from '../core/workspace.ts';
import { drawLegend, drawTop, MARGIN, WIDTH } from './calendar-frame.ts';
import { LOOKS } from './calendar-look.ts';
import { drawMonth } from './calendar-month.ts';
import { drawWeek } from './calendar-week.ts';
import { PLAIN_FAMILY } from './fonts.ts';
import { toPng } from './png.ts';
import { element, line, rect } from './svg.ts';

export function calendarSvg(calendar: PostCalendar, theme: Theme): string {
  const look = LOOKS[theme];
  const top = drawTop(calendar, MARGIN - 8, look);
  const daysAt = MARGIN - 8 + top.height;
  const days = (calendar.span === 'week' ? drawWeek : drawMonth)(calendar, daysAt, look);
  const legendAt = daysAt + days.height;
  const legend = drawLegend(calendar, legendAt, look);
  const height = Math.ceil(legendAt + legend.height + 12);
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width: WIDTH, height, viewBox: `0 0 ${WIDTH} ${height}`, 'font-family': PLAIN_FAMILY },
    rect({ x: 0, y: 0, width: WIDTH, height }, look.page),
    top.drawn,
    days.drawn,
    line(MARGIN, legendAt, WIDTH - MARGIN, legendAt, look.line, 2),
    legend.drawn,
  );
}

/** PNG. */
export const drawCalendar = (calendar: PostCalendar, theme: Theme): Promise<Uint8Array<ArrayBuffer>> =>
  toPng(calendarSvg(calendar, theme));
