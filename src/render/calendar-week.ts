// The days of a week below each other, so that the first words of each post can be read on a phone.
import { type CalendarDay, type CalendarEntry, type PostCalendar, weekdayName } from '../core/post-calendar.ts';
import { badgeWidth, drawBadge, INNER, MARGIN, type Part, WIDTH } from './calendar-frame.ts';
import type { Look } from './calendar-look.ts';
import { stateMark } from './calendar-marks.ts';
import { line, rect, text } from './svg.ts';
import { textBox } from './text-box.ts';

/** More of a day are counted. */
const WEEK_ENTRIES = 6;

const ENTRY = 54;
const PADDING = 14;
const SMALLEST = 92;
const ENTRIES_AT = MARGIN + 172;
const RIGHT = WIDTH - MARGIN - 16;
const BADGES = 3;

export function drawWeek({ days }: PostCalendar, y: number, look: Look): Part {
  let [top, drawn] = [y, ''];
  for (const day of days) {
    const row = drawDay(day, top, look);
    drawn += row.drawn;
    top += row.height;
  }
  return { height: top - y, drawn };
}

function drawDay(day: CalendarDay, y: number, look: Look): Part {
  const shown = day.entries.slice(0, day.entries.length > WEEK_ENTRIES ? WEEK_ENTRIES - 1 : WEEK_ENTRIES);
  const left = day.entries.length - shown.length;
  const rows = shown.length + (left > 0 ? 1 : 0);
  const height = Math.max(SMALLEST, rows * ENTRY + 2 * PADDING);
  const behind = day.isToday ? look.todaySoft : day.date.dayOfWeek > 5 ? look.quiet : look.page;
  const first = y + (height - Math.max(1, rows) * ENTRY) / 2;
  const entries = shown.map((entry, index) => drawEntry(entry, first + index * ENTRY, behind, day, look));
  const more = { size: 26, fill: look.muted, weight: 600 } as const;
  return {
    height,
    drawn: [
      rect({ x: MARGIN, y, width: INNER, height }, behind),
      line(MARGIN, y, WIDTH - MARGIN, y, look.line, 2),
      drawDate(day, y + height / 2, look),
      ...entries,
      ...(left > 0 ? [text(`+${left} more`, ENTRIES_AT + 42, first + shown.length * ENTRY + 36, more)] : []),
      ...(rows === 0 ? [text('nothing planned', ENTRIES_AT, y + height / 2 + 9, { size: 25, fill: look.muted })] : []),
    ].join(''),
  };
}

/** The weekday and the day; today on a plate. */
function drawDate({ date, isToday, isPast }: CalendarDay, middle: number, look: Look): string {
  const plate = isToday ? rect({ x: MARGIN + 12, y: middle - 30, width: 140, height: 60 }, look.today, 14) : '';
  const fill = isToday ? look.upon : isPast ? look.muted : look.ink;
  const weekday = text(weekdayName(date), MARGIN + 26, middle + 10, { size: 27, weight: isToday ? 600 : 400, fill });
  return plate + weekday + text(String(date.day), MARGIN + 140, middle + 12, { size: 34, weight: 600, fill, anchor: 'end' });
}

function drawEntry(entry: CalendarEntry, y: number, behind: string, { isPast }: CalendarDay, look: Look): string {
  const middle = y + ENTRY / 2;
  const badges = drawBadges(entry, ENTRIES_AT + 130, middle, look);
  const box = { x: badges.end, y, width: RIGHT - badges.end, height: ENTRY };
  const ink = isPast ? look.muted : look.ink;
  return [
    stateMark(entry.state, ENTRIES_AT + 14, middle, 13.5, look),
    text(entry.time, ENTRIES_AT + 42, middle + 9.5, { size: 28, weight: 600, fill: ink }),
    badges.drawn,
    textBox(entry.text, box, ENTRY / 2 + 9.5, { size: 27, fill: ink }, behind),
  ].join('');
}

function drawBadges({ networks }: CalendarEntry, x: number, middle: number, look: Look): { end: number; drawn: string } {
  const shown = networks.slice(0, networks.length > BADGES ? BADGES - 1 : BADGES);
  const left = networks.length - shown.length;
  let [at, drawn] = [x, ''];
  for (const label of [...shown.map((network) => network.label), ...(left > 0 ? [`+${left}`] : [])]) {
    drawn += drawBadge(label, at, middle - 16, 21, look);
    at += badgeWidth(label, 21) + 6;
  }
  return { end: at + 10, drawn };
}
