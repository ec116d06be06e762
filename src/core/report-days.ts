// Says a stretch of days in words: with weekdays for titles, without them within a sentence.
import { monthName, weekdayName } from './post-calendar.ts';
import type { ReportPeriod } from './report.ts';

interface Days {
  first: Temporal.PlainDate;
  /** Part of it. */
  last: Temporal.PlainDate;
}

/** `Mon 16 – Sun 22 November 2026`, `Sun 22 November 2026`: for titles. */
export const sayDays = (days: Pick<ReportPeriod, 'first' | 'last'>): string =>
  say(days, (date) => `${weekdayName(date)} ${date.day}`, ' – ');

/** `1–30 November 2026`, `28 October – 3 November 2026`, `22 November 2026`; of a whole month `November 2026`. */
export function nameDays(days: Days): string {
  if (isWholeMonth(days)) return `${monthName(days.first)} ${days.first.year}`;
  return say(days, ({ day }) => `${day}`, isOneMonth(days) ? '–' : ' – ');
}

/** What both ends have in common is said once. */
function say(days: Days, dayOf: (date: Temporal.PlainDate) => string, to: string): string {
  const { first, last } = days;
  const end = `${dayOf(last)} ${monthName(last)} ${last.year}`;
  if (first.equals(last)) return end;
  const month = isOneMonth(days) ? '' : ` ${monthName(first)}`;
  const year = first.year === last.year ? '' : ` ${first.year}`;
  return `${dayOf(first)}${month}${year}${to}${end}`;
}

const isOneMonth = ({ first, last }: Days): boolean => first.year === last.year && first.month === last.month;

const isWholeMonth = (days: Days): boolean => isOneMonth(days) && days.first.day === 1 && days.last.day === days.last.daysInMonth;
