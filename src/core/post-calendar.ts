// A week or a month of posts as data: what a picture of it and its words both say. Nothing is read or drawn here.
import type { PostState } from './post.ts';

export const CALENDAR_SPANS = ['week', 'month'] as const;
export type CalendarSpan = (typeof CALENDAR_SPANS)[number];

/** `coming`: a post that recurs will have one there; it is no post of its own yet. */
export type CalendarState = Exclude<PostState, 'draft' | 'canceled'> | 'coming';

export interface CalendarNetwork {
  /** Platform id. */
  id: string;
  /** `Bluesky`. */
  name: string;
  /** Two or three letters, `BS`; each its own within one calendar. */
  label: string;
}

export interface CalendarEntry {
  /** Wall time in the calendar's zone, `09:00`. */
  time: string;
  state: CalendarState;
  /** In the order of the calendar's networks. */
  networks: CalendarNetwork[];
  /** The first words, on one line. */
  text: string;
  /** `P12`; of what is coming, the post it recurs from. */
  post: string;
}

export interface CalendarDay {
  date: Temporal.PlainDate;
  isToday: boolean;
  isPast: boolean;
  /** False for the days of other months that fill a month's first and last week. */
  isWithin: boolean;
  /** By time. */
  entries: CalendarEntry[];
}

export interface PostCalendar {
  span: CalendarSpan;
  /** The first of its month; of a week the day it begins with. */
  start: Temporal.PlainDate;
  /** Whole weeks. */
  days: CalendarDay[];
  /** IANA zone all of it is told in. */
  timeZone: string;
  /** All that posts of it go to, each once. */
  networks: CalendarNetwork[];
  /** The one it is about; null for all. */
  only: CalendarNetwork | null;
  /** Posts that are not in it, since there are too many. */
  left: number;
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
];

/** `Mon`. */
export const weekdayName = ({ dayOfWeek }: Temporal.PlainDate): string => DAYS[dayOfWeek - 1] ?? '';
export const monthName = ({ month }: Temporal.PlainDate): string => MONTHS[month - 1] ?? '';

/** `November 2026`, `23 to 29 November 2026`, `28 December 2026 to 3 January 2027`. */
export function calendarTitle({ span, start }: Pick<PostCalendar, 'span' | 'start'>): string {
  if (span === 'month') return `${monthName(start)} ${start.year}`;
  const end = start.add({ days: 6 });
  const first = [
    `${start.day}`,
    ...(start.month === end.month ? [] : [monthName(start)]),
    ...(start.year === end.year ? [] : [`${start.year}`]),
  ];
  return `${first.join(' ')} to ${end.day} ${monthName(end)} ${end.year}`;
}

/** The day its span begins with. @param firstDay of the week, 1 (Monday) to 7 */
export const startOfSpan = (span: CalendarSpan, date: Temporal.PlainDate, firstDay: number): Temporal.PlainDate =>
  span === 'month' ? date.with({ day: 1 }) : startOfWeek(date, firstDay);

const startOfWeek = (date: Temporal.PlainDate, firstDay: number): Temporal.PlainDate =>
  date.subtract({ days: (date.dayOfWeek - firstDay + 7) % 7 });

/** The dates of the whole weeks that hold the span. */
export function datesOf(span: CalendarSpan, start: Temporal.PlainDate, firstDay: number): Temporal.PlainDate[] {
  const first = startOfWeek(start, firstDay);
  const last = span === 'week' ? start.add({ days: 6 }) : start.add({ months: 1 }).subtract({ days: 1 });
  const days = first.until(last, { largestUnit: 'days' }).days + 1;
  return Array.from({ length: Math.ceil(days / 7) * 7 }, (_, index) => first.add({ days: index }));
}

/** Two letters for each network, or three: of a short second name (`fb`), else of its own. Each is told from the others. */
export function labelNetworks(platforms: readonly { id: string; name: string; aliases: readonly string[] }[]): CalendarNetwork[] {
  const taken = new Set<string>();
  return platforms.map(({ id, name, aliases }) => {
    const short = aliases.find((alias) => alias.length <= 2);
    const letters = name.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();
    const choices = [...(short ? [short.toUpperCase()] : []), letters.slice(0, 2), letters.slice(0, 3)];
    const numbered = Array.from({ length: platforms.length }, (_, index) => `${letters.slice(0, 1)}${index + 1}`);
    const label = [...choices, ...numbered].find((choice) => !taken.has(choice)) ?? letters;
    taken.add(label);
    return { id, name, label };
  });
}
