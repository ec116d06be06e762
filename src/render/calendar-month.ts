// The weeks of a month below each other, a cell for each day with the times of its posts and where they go.
import {
  type CalendarDay,
  type CalendarEntry,
  type CalendarNetwork,
  type PostCalendar,
  weekdayName,
} from '../core/post-calendar.ts';
import { INNER, MARGIN, type Part, WIDTH } from './calendar-frame.ts';
import type { Look } from './calendar-look.ts';
import { stateMark } from './calendar-marks.ts';
import { element, line, rect, text } from './svg.ts';

/** More of a day are counted. */
const MONTH_ENTRIES = 5;

const CELL = INNER / 7;
const HEAD = 46;
const ENTRY = 38;
const DATE = 48;
const SMALLEST = 132;

export function drawMonth({ days }: PostCalendar, y: number, look: Look): Part {
  const heads = days.slice(0, 7).map(({ date }, column) => {
    const style = { size: 24, fill: look.muted, weight: 600, anchor: 'middle' } as const;
    return text(weekdayName(date), MARGIN + (column + 0.5) * CELL, y + 30, style);
  });
  let [top, drawn] = [y + HEAD, heads.join('')];
  for (let from = 0; from < days.length; from += 7) {
    const week = drawWeekOf(days.slice(from, from + 7), top, look);
    drawn += week.drawn;
    top += week.height;
  }
  return { height: top - y, drawn: drawn + drawGrid(y + HEAD, top, look) };
}

/** Every week is as high as its fullest day. */
function drawWeekOf(days: readonly CalendarDay[], y: number, look: Look): Part {
  const rows = Math.max(...days.map(({ entries }) => Math.min(entries.length, MONTH_ENTRIES)));
  const height = Math.max(SMALLEST, DATE + rows * ENTRY + 10);
  const cells = days.map((day, column) => drawCell(day, { x: MARGIN + column * CELL, y, width: CELL, height }, look));
  return { height, drawn: cells.join('') + line(MARGIN, y, WIDTH - MARGIN, y, look.line, 2) };
}

const drawGrid = (top: number, bottom: number, look: Look): string =>
  [1, 2, 3, 4, 5, 6].map((column) => line(MARGIN + column * CELL, top, MARGIN + column * CELL, bottom, look.line, 2)).join('');

function drawCell(day: CalendarDay, box: { x: number; y: number; width: number; height: number }, look: Look): string {
  const { date, isToday, isWithin, entries } = day;
  const behind = isToday ? look.todaySoft : date.dayOfWeek > 5 || !isWithin ? look.quiet : look.page;
  const shown = entries.slice(0, entries.length > MONTH_ENTRIES ? MONTH_ENTRIES - 1 : MONTH_ENTRIES);
  const left = entries.length - shown.length;
  const drawn = [
    ...shown.map((entry, index) => drawEntry(entry, box.x + 6, box.y + DATE + index * ENTRY, look)),
    ...(left > 0
      ? [
          text(`+${left} more`, box.x + 14, box.y + DATE + shown.length * ENTRY + 24, {
            size: 21,
            weight: 600,
            fill: look.muted,
          }),
        ]
      : []),
  ].join('');
  return [rect(box, behind), drawDate(day, box, look), isWithin ? drawn : element('g', { opacity: 0.55 }, drawn)].join('');
}

function drawDate({ date, isToday, isWithin, isPast }: CalendarDay, { x, y }: { x: number; y: number }, look: Look): string {
  const plate = isToday ? rect({ x: x + 7, y: y + 7, width: 46, height: 36 }, look.today, 10) : '';
  const fill = isToday ? look.upon : isWithin && !isPast ? look.ink : look.muted;
  return plate + text(String(date.day), x + 30, y + 33, { size: 25, weight: isWithin ? 600 : 400, fill, anchor: 'middle' });
}

function drawEntry({ state, time, networks }: CalendarEntry, x: number, y: number, look: Look): string {
  const width = CELL - 12;
  const where = shortly(networks);
  const size = where.length > 5 ? 15.5 : 18.5;
  return [
    rect({ x, y, width, height: ENTRY - 5 }, look.states[state].soft, 8),
    stateMark(state, x + 16, y + (ENTRY - 5) / 2, 9.5, look),
    text(time, x + 31, y + 24, { size: 20.5, weight: 600, fill: look.ink }),
    text(where, x + width - 6, y + 23.5, { size, fill: look.badgeInk, anchor: 'end' }),
  ].join('');
}

/** `BL`, `BL MA`, `BL +2`: there is room for five letters, and for six that are smaller. */
function shortly([first, ...rest]: readonly CalendarNetwork[]): string {
  const labels = [first, ...rest].flatMap((network) => network?.label ?? []);
  const both = labels.join(' ');
  return labels.length <= 2 && both.length <= 5 ? both : `${labels[0] ?? ''} +${rest.length}`;
}
