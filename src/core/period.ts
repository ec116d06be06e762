// Reads a stretch of days that somebody names, gone by or to come: 2026-11-01..2026-11-30. Times to post at are time/parse-when.ts'.
import { type CrierError, invalidArgument } from './errors.ts';

/** Null: open at that end. */
export interface Period {
  from: Temporal.Instant | null;
  /** Not itself part of it. */
  until: Temporal.Instant | null;
}

interface Days {
  first: Temporal.PlainDate;
  last: Temporal.PlainDate;
}

const BETWEEN = '..';
const NAMED: Readonly<Record<string, number>> = { yesterday: -1, today: 0, tomorrow: 1 };
const DATE = /^\d{4}(?:-\d{2}){0,2}$/;

/** Whether a word is meant as a period, right or wrong: what else is asked for beside it does not look so. */
export const looksLikePeriod = (word: string): boolean =>
  word.includes(BETWEEN) || DATE.test(word) || word.toLowerCase() in NAMED;

/**
 * `2026-11-22`, `2026-11`, `2026`, `today`, or two of them with `..` between, of which one may be left out; both ends are part of it.
 * @param today in the zone whose days are meant
 * @throws CrierError `invalid-input` about `period`, with what to write instead.
 */
export function readPeriod(text: string, today: Temporal.ZonedDateTime): Period {
  const word = text.replaceAll(/\s/g, '').toLowerCase();
  const [start = '', end = start, ...more] = word.split(BETWEEN);
  if (more.length > 0 || start + end === '') throw unreadable(text);
  const date = today.toPlainDate();
  const first = start === '' ? null : daysOf(start, date, text).first;
  const last = end === '' ? null : daysOf(end, date, text).last;
  if (first !== null && last !== null && Temporal.PlainDate.compare(first, last) > 0)
    throw invalidArgument('period', `${text} ends before it begins: write the earlier day first.`);
  const startOf = (day: Temporal.PlainDate): Temporal.Instant => day.toZonedDateTime(today.timeZoneId).toInstant();
  return { from: first && startOf(first), until: last && startOf(last.add({ days: 1 })) };
}

function daysOf(word: string, today: Temporal.PlainDate, said: string): Days {
  const ahead = NAMED[word];
  if (ahead !== undefined) return oneDay(today.add({ days: ahead }));
  if (!DATE.test(word)) throw unreadable(said);
  const [year = 0, month, day] = word.split('-').map(Number);
  try {
    const first = Temporal.PlainDate.from({ year, month: month ?? 1, day: day ?? 1 }, { overflow: 'reject' });
    if (day !== undefined) return oneDay(first);
    return { first, last: first.add(month === undefined ? { years: 1 } : { months: 1 }).subtract({ days: 1 }) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw invalidArgument('period', `There is no ${word} in the calendar.`);
  }
}

const oneDay = (date: Temporal.PlainDate): Days => ({ first: date, last: date });

const unreadable = (said: string): CrierError =>
  invalidArgument(
    'period',
    `I could not read "${said}" as days. Write a day like 2026-11-22, a month like 2026-11, or 2026-11-01..2026-11-30.`,
  );
