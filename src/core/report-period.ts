// Which time a report is about, as people say it: this week, the last 30 days, 2026-11-01..2026-11-30; and with what it is compared.
// Pure. Days are those of a zone, however many hours they have; period.ts reads the days that are written as dates.
import type { DigestPeriod } from './digest.ts';
import { type CrierError, invalidArgument } from './errors.ts';
import { nearest } from './near-miss.ts';
import { looksLikePeriod, readPeriod } from './period.ts';
import { startOfSpan } from './post-calendar.ts';
import type { ReportPeriod } from './report.ts';
import { nameDays } from './report-days.ts';
import { asDays, daysIn, directlyBefore, inMonthBefore, monthFrom, periodOf, type Stretch } from './report-stretch.ts';

export { sayDays } from './report-days.ts';

/** Those worth a button, in the order of their length; `id` is what `readReportPeriod` takes. */
export const REPORT_PERIODS = [
  { id: 'today', label: 'Today' },
  { id: 'yesterday', label: 'Yesterday' },
  { id: 'week', label: 'This week' },
  { id: 'last-week', label: 'Last week' },
  { id: 'last-7-days', label: 'Last 7 days' },
  { id: 'month', label: 'This month' },
  { id: 'last-month', label: 'Last month' },
  { id: 'last-30-days', label: 'Last 30 days' },
  { id: 'last-90-days', label: 'Last 90 days' },
] as const;

const MOST_DAYS = 366;
/** There was nothing that Crier posts to. */
const EARLIEST = Temporal.PlainDate.from('2000-01-01');
const LAST_SO_MANY = /^(?:(?:last|past) )?(\d{1,6}) ?(d|days?|w|weeks?)$/;
const NAMES_A_TIME = /^(?:(?:this|last|past) )?(?:\d+ ?(?:d|w)|(?:\d+ ?)?(?:days?|weeks?|months?|quarters?|years?))$/;
const SYNONYMS: Readonly<Record<string, string>> = {
  'this week': 'week',
  'this month': 'month',
  'past week': 'last 7 days',
  'past month': 'last 30 days',
};

/** Whether words are meant as a period, right or wrong, and nothing else beside it. */
export function looksLikeReportPeriod(words: string): boolean {
  const dates = asDates(words);
  return (looksLikePeriod(dates) && !/\s/.test(dates)) || NAMES_A_TIME.test(asWords(words));
}

/**
 * `today`, `yesterday`, `week` and `month` (so far), `last week`, `last month`, `last 30 days` (today is one of them), or days as
 * `readPeriod` takes them, with both ends. Dashes for blanks are taken too, so that ids read back.
 * @param now in the zone whose days are meant
 * @param firstDayOfWeek 1 (Monday) to 7
 * @throws CrierError `invalid-input` about `period`, with what to write instead.
 */
export function readReportPeriod(text: string, now: Temporal.ZonedDateTime, firstDayOfWeek: number): ReportPeriod {
  const words = SYNONYMS[asWords(text)] ?? asWords(text);
  const named = stretchNamed(words, now.toPlainDate(), firstDayOfWeek);
  if (named) return periodOf(named, now);
  const dates = asDates(text);
  if (!looksLikePeriod(dates)) throw unreadable(text, words);
  return periodOf(stretchBetween(dates, now), now);
}

/**
 * The whole days before the day that a digest is told: the day, the seven days, or from that day of the month before.
 * @param dayOfMonth of a monthly one, as it was asked for: 31 is the last day of a shorter month. Null, and for a preview on
 * another day: that of `day`
 */
export function digestPeriod(
  period: DigestPeriod,
  day: Temporal.PlainDate,
  now: Temporal.ZonedDateTime,
  dayOfMonth: number | null = null,
): ReportPeriod {
  const last = day.subtract({ days: 1 });
  if (period === 'monthly') {
    const isItsDay = dayOfMonth !== null && day.day === Math.min(dayOfMonth, day.daysInMonth);
    const wanted = isItsDay ? dayOfMonth : day.day;
    const [first, before] = [inMonthBefore(day, 1, wanted), inMonthBefore(day, 2, wanted)];
    return periodOf({ ...asDays(first, last), before }, now);
  }
  const days = period === 'daily' ? 1 : 7;
  const isTold = day.equals(now.toPlainDate());
  const stretch = directlyBefore(asDays(day.subtract({ days }), last));
  return periodOf(isTold ? { ...stretch, name: period === 'daily' ? 'yesterday' : 'the past week' } : stretch, now);
}

const asWords = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, ' ')
    .replace(/^the /, '');
const asDates = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replaceAll(/\s*\.\.\s*/g, '..');

function stretchNamed(words: string, today: Temporal.PlainDate, firstDayOfWeek: number): Stretch | null {
  const week = startOfSpan('week', today, firstDayOfWeek);
  const month = today.with({ day: 1 });
  const yesterday = today.subtract({ days: 1 });
  switch (words) {
    case 'today':
      return directlyBefore({ id: 'today', name: 'today', first: today, last: today });
    case 'yesterday':
      return directlyBefore({ id: 'yesterday', name: 'yesterday', first: yesterday, last: yesterday });
    case 'week':
      return { id: 'week', name: 'this week', first: week, last: today, before: week.subtract({ days: 7 }) };
    case 'last week': {
      const first = week.subtract({ days: 7 });
      return directlyBefore({ id: 'last-week', name: 'last week', first, last: week.subtract({ days: 1 }) });
    }
    case 'month':
      return { id: 'month', name: 'this month', first: month, last: today, before: month.subtract({ months: 1 }) };
    case 'last month':
      return { ...monthFrom(month.subtract({ months: 1 })), id: 'last-month', name: 'last month' };
    default:
      return lastSoMany(words, today);
  }
}

function lastSoMany(words: string, today: Temporal.PlainDate): Stretch | null {
  const [, count, unit = ''] = LAST_SO_MANY.exec(words) ?? [];
  if (count === undefined) return null;
  const days = Number(count) * (unit.startsWith('w') ? 7 : 1);
  if (days < 1 || days > MOST_DAYS) throw tooLong(`the last ${days} days`);
  if (days === 1) return directlyBefore({ id: 'today', name: 'today', first: today, last: today });
  const name = `the last ${days} days`;
  return directlyBefore({ id: `last-${days}-days`, name, first: today.subtract({ days: days - 1 }), last: today });
}

/** A month is compared with the month before, all other days with as many days before them. */
function stretchBetween(dates: string, now: Temporal.ZonedDateTime): Stretch {
  const { from, until } = readPeriod(dates, now);
  if (from === null || until === null)
    throw invalidArgument('period', `Say both the first and the last day: 2026-11-01..2026-11-30, or 2026-11-01..today.`);
  const dateOf = (at: Temporal.Instant): Temporal.PlainDate => at.toZonedDateTimeISO(now.timeZoneId).toPlainDate();
  const [first, end] = [dateOf(from), dateOf(until).subtract({ days: 1 })];
  const today = now.toPlainDate();
  if (Temporal.PlainDate.compare(first, today) > 0)
    throw invalidArgument('period', `${dates} has not begun yet: write days that are past, or today.`);
  if (Temporal.PlainDate.compare(first, EARLIEST) < 0)
    throw invalidArgument('period', `There is nothing from before ${EARLIEST.year}: write a later first day.`);
  const last = earlier(end, today);
  if (daysIn(first, last) > MOST_DAYS) throw tooLong(dates);
  if (/^\d{4}-\d{2}$/.test(dates)) return { ...monthFrom(first), last, name: nameDays({ first, last }) };
  return directlyBefore({ ...asDays(first, last), id: dates });
}

const earlier = (one: Temporal.PlainDate, other: Temporal.PlainDate): Temporal.PlainDate =>
  Temporal.PlainDate.compare(one, other) < 0 ? one : other;

const tooLong = (said: string): CrierError =>
  invalidArgument('period', `A report is about 1 to ${MOST_DAYS} days: ${said} cannot be one. Write fewer, like last 30 days.`);

function unreadable(said: string, words: string): CrierError {
  const names = REPORT_PERIODS.map(({ id }) => id.replaceAll('-', ' '));
  const near = nearest(words, names);
  const examples = 'today, week, month, last 30 days, a month like 2026-11, or days like 2026-11-01..2026-11-30';
  return invalidArgument(
    'period',
    `I could not read "${said}" as days. ${near ? `Did you mean ${near}?` : `Write ${examples}.`}`,
  );
}
