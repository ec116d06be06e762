// A recurrence: an RRULE (RFC 5545, section 3.3.10) on the wall clock of a zone; and the few shapes of rule that Crier makes and
// says. When a rule comes round is occurrences.ts's matter.
import { RRuleTemporal } from 'rrule-temporal';

export interface Recurrence {
  /** `FREQ=WEEKLY;BYDAY=MO`. Its UNTIL is a wall time of `timeZone`, like `start`. */
  rrule: string;
  /** Wall time of the first occurrence, `2026-11-23T09:00:00`; every occurrence has its time of day. */
  start: string;
  /** IANA zone. */
  timeZone: string;
}

/**
 * How often. Weekdays run from 1 (Monday) to 7. A day of the month is 1 to 31 or -1 for the last; a month without it takes its
 * last day, so that no month is left out. `nth` is 1 to 5 or -1; a month without a fifth is left out.
 */
export type Cadence =
  | { unit: 'day'; interval: number }
  | { unit: 'week'; interval: number; weekdays: readonly number[] }
  | { unit: 'month'; interval: number; days: readonly number[] }
  | { unit: 'month-weekday'; interval: number; nth: readonly number[]; weekday: number }
  | { unit: 'year'; interval: number; month: number; day: number };

export interface Pattern {
  cadence: Cadence;
  /** The last wall time at which it may come round. */
  until: Temporal.PlainDateTime | null;
  count: number | null;
}

const CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
/** Every month has this many days. */
const SHORTEST_MONTH = 28;

const codeOf = (weekday: number): string => CODES[weekday - 1] ?? 'MO';
const weekdayOf = (code: string): number => CODES.findIndex((each) => code.endsWith(each)) + 1;

/** The days up to `day` that some months lack, of which the last that a month has is taken. */
const orLastDay = (day: number): number[] =>
  Array.from({ length: day - SHORTEST_MONTH + 1 }, (_, index) => SHORTEST_MONTH + index);

function monthDays(days: readonly number[]): string[] {
  const late = days.find((day) => day > SHORTEST_MONTH);
  if (late === undefined) return [`BYMONTHDAY=${days.join(',')}`];
  const early = days.filter((day) => day <= SHORTEST_MONTH);
  const places = [...early.map((_, index) => index + 1), -1];
  return [`BYMONTHDAY=${[...new Set([...early, ...orLastDay(late)])].join(',')}`, `BYSETPOS=${places.join(',')}`];
}

function partsOf(cadence: Cadence): string[] {
  switch (cadence.unit) {
    case 'day':
      return ['FREQ=DAILY'];
    case 'week':
      return ['FREQ=WEEKLY', `BYDAY=${cadence.weekdays.map(codeOf).join(',')}`];
    case 'month':
      return ['FREQ=MONTHLY', ...monthDays(cadence.days)];
    case 'month-weekday':
      return ['FREQ=MONTHLY', `BYDAY=${cadence.nth.map((nth) => `${nth}${codeOf(cadence.weekday)}`).join(',')}`];
    case 'year':
      return ['FREQ=YEARLY', `BYMONTH=${cadence.month}`, ...monthDays([cadence.day]).map(inFebruary(cadence))];
  }
}

/** Only 29 February is missing in some years: every other date keeps its one day. */
const inFebruary =
  ({ month, day }: { month: number; day: number }) =>
  (part: string): string =>
    month === 2 ? part : part.startsWith('BYSETPOS') ? 'BYSETPOS=-1' : `BYMONTHDAY=${day}`;

const compact = (wall: Temporal.PlainDateTime): string => wall.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '');

export function writeRule({ cadence, until, count }: Pattern): string {
  const [frequency, ...by] = partsOf(cadence);
  return [
    frequency,
    ...(cadence.interval > 1 ? [`INTERVAL=${cadence.interval}`] : []),
    ...by,
    ...(until === null ? [] : [`UNTIL=${compact(until)}Z`]),
    ...(count === null ? [] : [`COUNT=${count}`]),
  ].join(';');
}

/** The rule on a clock that never changes: UTC stands in for the wall clock, so that no time of day is ever missing on it. */
export const onWallClock = ({ rrule, start }: Pick<Recurrence, 'rrule' | 'start'>): RRuleTemporal<Temporal.ZonedDateTime> =>
  new RRuleTemporal({
    rruleString: rrule,
    dtstart: Temporal.PlainDateTime.from(start).toZonedDateTime('UTC'),
    temporal: Temporal,
  });

/** What a rule of ours says. @throws Error (a bug) for a rule that `writeRule` did not write. */
export function readRule(rule: Recurrence): Pattern {
  const { freq, interval = 1, byDay = [], byMonthDay = [], byMonth = [], bySetPos, until, count } = onWallClock(rule).options();
  const ends = { until: until?.toPlainDateTime() ?? null, count: count ?? null };
  const days = bySetPos === undefined ? byMonthDay : [...byMonthDay.slice(0, bySetPos.length - 1), Math.max(...byMonthDay)];
  switch (freq) {
    case 'DAILY':
      return { cadence: { unit: 'day', interval }, ...ends };
    case 'WEEKLY':
      return { cadence: { unit: 'week', interval, weekdays: byDay.map(weekdayOf) }, ...ends };
    case 'MONTHLY': {
      if (byDay.length === 0) return { cadence: { unit: 'month', interval, days }, ...ends };
      const nth = byDay.map((code) => Number.parseInt(code, 10));
      return { cadence: { unit: 'month-weekday', interval, nth, weekday: weekdayOf(byDay[0] ?? '') }, ...ends };
    }
    case 'YEARLY':
      return { cadence: { unit: 'year', interval, month: Number(byMonth[0]), day: days[0] ?? 1 }, ...ends };
    default:
      throw new Error(`a rule that comes round more than once a day: ${rule.rrule}`);
  }
}
