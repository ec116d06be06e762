// Arithmetic on calendar days: the coming one of a kind. Knows no clock, no zone and no words.
import type { DayChoice } from './piece.ts';
import { MONTH_NAMES, WEEKDAY_NAMES } from './words.ts';

export interface MonthDay {
  day: number;
  month: number;
  year?: number;
}

/** `Friday 27 November`, with the year where it is not that of `today`. */
export function nameDay(date: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const year = date.year === today.year ? '' : ` ${date.year}`;
  return `${WEEKDAY_NAMES[date.dayOfWeek - 1]} ${date.day} ${MONTH_NAMES[date.month - 1]}${year}`;
}

/** The date, or null where the calendar has none such. */
export function dateOf({ year, month, day }: Required<MonthDay>): Temporal.PlainDate | null {
  if (month < 1 || month > 12 || day < 1) return null;
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  return day > first.daysInMonth ? null : first.with({ day });
}

/** The date meant by a day and month, in its year or, without one, the next time it comes; or a sentence saying there is none. */
export function comingDate(said: MonthDay, today: Temporal.PlainDate): DayChoice | string {
  const name = `${said.day} ${MONTH_NAMES[said.month - 1] ?? ''}`.trim();
  if (said.year !== undefined) {
    const date = dateOf({ ...said, year: said.year });
    return date === null ? `There is no ${name} ${said.year}.` : { date, label: nameDay(date, today) };
  }
  const [date, later] = comingYears(said, today);
  if (date === undefined) return `There is no ${name}.`;
  const hasGoneBy = date.year > today.year && dateOf({ ...said, year: today.year }) !== null;
  return {
    date,
    label: nameDay(date, today),
    ...(later && { later }),
    ...(hasGoneBy && { note: `${name} has gone by this year, so this is ${date.year}.` }),
  };
}

/** The next two dates on this day and month from today on. 29 February may be eight years away (1896, 2096). */
function comingYears(said: MonthDay, today: Temporal.PlainDate): Temporal.PlainDate[] {
  const found: Temporal.PlainDate[] = [];
  for (let year = today.year; year <= today.year + 16 && found.length < 2; year++) {
    const date = dateOf({ ...said, year });
    if (date !== null && Temporal.PlainDate.compare(date, today) >= 0) found.push(date);
  }
  return found;
}

/** The next two months' days with this number from today on; a month without one is left out. */
export function comingDaysOfMonth(day: number, today: Temporal.PlainDate): Temporal.PlainDate[] {
  const found: Temporal.PlainDate[] = [];
  for (let ahead = 0; ahead <= 13 && found.length < 2; ahead++) {
    const date = dayOfMonthAhead(day, today, ahead);
    if (date !== null && Temporal.PlainDate.compare(date, today) >= 0) found.push(date);
  }
  return found;
}

export const dayOfMonthAhead = (day: number, today: Temporal.PlainDate, monthsAhead: number): Temporal.PlainDate | null => {
  const { year, month } = today.toPlainYearMonth().add({ months: monthsAhead });
  return dateOf({ year, month, day });
};

/** The first day after `today` with this weekday (1 is Monday). */
export const nextWeekday = (weekday: number, today: Temporal.PlainDate): Temporal.PlainDate =>
  today.add({ days: ((weekday - today.dayOfWeek + 6) % 7) + 1 });

/** The weekday in the week so many weeks ahead: once where weeks start on Monday, once on Sunday. */
export function weekdayInWeek(weekday: number, weeksAhead: number, today: Temporal.PlainDate): Temporal.PlainDate[] {
  const mondayBased = today.add({ days: weekday - today.dayOfWeek + 7 * weeksAhead });
  const sundayBased = today.add({ days: (weekday % 7) - (today.dayOfWeek % 7) + 7 * weeksAhead });
  return mondayBased.equals(sundayBased) ? [mondayBased] : [mondayBased, sundayBased];
}

export interface NthWeekday {
  /** From 1 on, or from -1, the last, back. */
  nth: number;
  weekday: number;
}

/** The nth weekday of a month, or a sentence saying that the month has not so many. */
export function nthWeekday(month: Temporal.PlainYearMonth, { nth, weekday }: NthWeekday): Temporal.PlainDate | string {
  const first = nextWeekday(weekday, month.toPlainDate({ day: 1 }).subtract({ days: 1 }));
  const count = 1 + Math.floor((month.daysInMonth - first.day) / 7);
  const place = nth < 0 ? count + 1 + nth : nth;
  if (place >= 1 && place <= count) return first.add({ weeks: place - 1 });
  return `${MONTH_NAMES[month.month - 1]} ${month.year} has only ${count} ${WEEKDAY_NAMES[weekday - 1]}s.`;
}

/** The nth day of a month, from its end where `nth` is negative. */
export function nthDay(month: Temporal.PlainYearMonth, nth: number): Temporal.PlainDate | string {
  const day = nth < 0 ? month.daysInMonth + 1 + nth : nth;
  if (day >= 1 && day <= month.daysInMonth) return month.toPlainDate({ day });
  return `${MONTH_NAMES[month.month - 1]} ${month.year} has only ${month.daysInMonth} days.`;
}

/** The day a rule gives for a named month, this year or, where it has gone by, next year. */
export function comingInMonth(
  month: number,
  rule: (month: Temporal.PlainYearMonth) => Temporal.PlainDate | string,
  today: Temporal.PlainDate,
): readonly DayChoice[] | string {
  const inYear = (year: number) => rule(Temporal.PlainYearMonth.from({ year, month }));
  const [date, nextYears] = [inYear(today.year), inYear(today.year + 1)];
  if (typeof date === 'string') return date;
  if (Temporal.PlainDate.compare(date, today) >= 0) {
    return [{ date, label: nameDay(date, today), ...(typeof nextYears !== 'string' && { later: nextYears }) }];
  }
  if (typeof nextYears === 'string') return nextYears;
  const note = `This year's was on ${nameDay(date, today)}, so this is ${nextYears.year}.`;
  return [{ date: nextYears, label: nameDay(nextYears, today), note }];
}

/** So many days on that are not Saturday, Sunday or otherwise free. */
export function addWorkingDays(
  from: Temporal.PlainDate,
  count: number,
  isFree: (date: Temporal.PlainDate) => boolean,
): Temporal.PlainDate {
  let date = from;
  for (let left = count; left > 0; ) {
    date = date.add({ days: 1 });
    if (date.dayOfWeek <= 5 && !isFree(date)) left -= 1;
  }
  return date;
}
