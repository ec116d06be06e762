// Days with the days they are compared with, and the moments that makes of them. Which days somebody means is report-period.ts'. Pure.
import type { ReadSpan, ReportPeriod } from './report.ts';
import { nameDays } from './report-days.ts';

/** Days with where the time before begins that they are compared with. */
export interface Stretch extends Pick<ReportPeriod, 'id' | 'name' | 'first' | 'last'> {
  before: Temporal.PlainDate;
}

export function monthFrom(first: Temporal.PlainDate): Stretch {
  const last = first.with({ day: first.daysInMonth });
  return { ...asDays(first, last), id: first.toPlainYearMonth().toString(), before: first.subtract({ months: 1 }) };
}

/** Named and written by its dates. */
export const asDays = (first: Temporal.PlainDate, last: Temporal.PlainDate): Omit<Stretch, 'before'> => ({
  id: first.equals(last) ? first.toString() : `${first}..${last}`,
  name: nameDays({ first, last }),
  first,
  last,
});

export const directlyBefore = (stretch: Omit<Stretch, 'before'>): Stretch => ({
  ...stretch,
  before: stretch.first.subtract({ days: daysIn(stretch.first, stretch.last) }),
});

export function inMonthBefore(day: Temporal.PlainDate, months: number, wanted: number): Temporal.PlainDate {
  const month = day.with({ day: 1 }).subtract({ months });
  return month.with({ day: Math.min(wanted, month.daysInMonth) });
}

/**
 * What is compared is earlier by whole days of the clock, and so are the moments up to which posts count and as of which figures are
 * read. Months are of different lengths: one that is not over is compared from its beginning on, with all of a shorter one at the most;
 * one that is over is compared with all of the other, whose figures are read as long after its end.
 */
export function periodOf({ before, ...stretch }: Stretch, now: Temporal.ZonedDateTime): ReportPeriod {
  const { first, last } = stretch;
  const startOf = (date: Temporal.PlainDate): Temporal.Instant => date.toZonedDateTime(now.timeZoneId).toInstant();
  const from = startOf(first);
  const isOver = Temporal.PlainDate.compare(last, now.toPlainDate()) < 0;
  const asOf = now.subtract({ days: isOver ? daysIn(first, last) : daysIn(before, first) - 1 }).toInstant();
  const soFar = Temporal.Instant.compare(asOf, from) < 0 ? asOf : from;
  const compared: ReadSpan = { from: startOf(before), until: isOver ? from : soFar, asOf };
  const span: ReadSpan = { from, until: startOf(last.add({ days: 1 })), asOf: now.toInstant() };
  return { ...stretch, timeZone: now.timeZoneId, span, before: compared };
}

/** Both are counted. */
export const daysIn = (first: Temporal.PlainDate, last: Temporal.PlainDate): number =>
  first.until(last, { largestUnit: 'days' }).days + 1;
