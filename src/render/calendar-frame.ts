// What is above and below the days of a calendar: what it shows, and what its signs and letters mean.
import { type CalendarState, calendarTitle, type PostCalendar } from '../core/post-calendar.ts';
import type { Look } from './calendar-look.ts';
import { stateMark } from './calendar-marks.ts';
import { rect, roughWidth, text } from './svg.ts';
import { textBox } from './text-box.ts';

export const WIDTH = 1200;
export const MARGIN = 36;
export const INNER = WIDTH - 2 * MARGIN;

/** A part of the picture, from its own top. */
export interface Part {
  height: number;
  drawn: string;
}

const STATES: readonly CalendarState[] = [
  ...(['scheduled', 'coming', 'publishing', 'retrying', 'published'] as const),
  ...(['partly published', 'held', 'unconfirmed', 'failed'] as const),
];
const WORDS: Partial<Record<CalendarState, string>> = { coming: 'recurs then' };

const stateWords = (state: CalendarState): string => WORDS[state] ?? state;

export function drawTop(calendar: PostCalendar, y: number, look: Look): Part {
  const { only, timeZone, days, left } = calendar;
  const count = days.reduce((sum, { entries, isWithin }) => sum + (isWithin ? entries.length : 0), 0);
  const said = [
    count === 0 ? 'Nothing planned' : `${count}${left > 0 ? ` of ${count + left}` : ''} ${count + left === 1 ? 'post' : 'posts'}`,
    `times in ${timeZone}`,
    only === null ? 'all networks' : `${only.name} only`,
  ];
  const title = text(calendarTitle(calendar), MARGIN, y + 50, { size: 46, weight: 600, fill: look.ink });
  const box = { x: MARGIN, y: y + 64, width: INNER, height: 40 };
  return { height: 122, drawn: title + textBox(said.join(' · '), box, 28, { size: 25, fill: look.muted }, look.page) };
}

const SIZE = 22;
const ROW = 38;

/** Signs and letters that occur, in as many rows as they take. */
export function drawLegend({ days, networks }: PostCalendar, y: number, look: Look): Part {
  const used = new Set(days.flatMap(({ entries }) => entries.map(({ state }) => state)));
  const states = STATES.filter((state) => used.has(state)).map((state): Item => {
    const words = stateWords(state);
    return {
      width: 34 + roughWidth(words, SIZE),
      draw: (x, top) => stateMark(state, x + 12, top + 16, 11, look) + text(words, x + 34, top + 24, styleOf(look)),
    };
  });
  const letters = networks.map(({ label, name }): Item => {
    const wide = badgeWidth(label, SIZE - 2);
    return {
      width: wide + 10 + roughWidth(name, SIZE),
      draw: (x, top) => drawBadge(label, x, top + 2, SIZE - 2, look) + text(name, x + wide + 10, top + 24, styleOf(look)),
    };
  });
  const first = flow(states, y + 16);
  const second = flow(letters, first.y);
  return { height: second.y - y + 12, drawn: first.drawn + second.drawn };
}

const styleOf = (look: Look) => ({ size: SIZE, fill: look.muted });

interface Item {
  width: number;
  draw: (x: number, top: number) => string;
}

const GAP = 30;

/** One behind the other, and into a new row where there is no room. */
function flow(items: readonly Item[], top: number): { y: number; drawn: string } {
  let [x, y, drawn] = [MARGIN, top, ''];
  for (const { width, draw } of items) {
    if (x > MARGIN && x + width > WIDTH - MARGIN) [x, y] = [MARGIN, y + ROW];
    drawn += draw(x, y);
    x += width + GAP;
  }
  return { y: items.length === 0 ? top : y + ROW, drawn };
}

export const badgeWidth = (label: string, size: number): number => Math.round(label.length * size * 0.72 + size * 0.75);

/** A network's letters on a plate. */
export function drawBadge(label: string, x: number, y: number, size: number, look: Look): string {
  const box = { x, y, width: badgeWidth(label, size), height: Math.round(size * 1.5) };
  const style = { size, weight: 600, fill: look.badgeInk, anchor: 'middle' } as const;
  return rect(box, look.badge, 6) + text(label, x + box.width / 2, y + size * 1.11, style);
}
