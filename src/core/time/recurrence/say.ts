// Says a rule in words. What it says reads back as the same rule.
import { MONTH_NAMES, WEEKDAY_NAMES } from '../words.ts';
import { type Cadence, type Recurrence, readRule } from './rule.ts';

const listed = (words: readonly string[]): string => words.join(', ').replace(/, ([^,]*)$/, ' and $1');

const NTH_NAMES = ['first', 'second', 'third', 'fourth', 'fifth'];

const ordinal = (day: number): string => {
  const suffix = day % 100 >= 11 && day % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${suffix}`;
};

export const nthName = (nth: number): string => (nth === -1 ? 'last' : (NTH_NAMES[nth - 1] ?? ordinal(nth)));
export const dayName = (day: number): string => (day === -1 ? 'last day' : ordinal(day));

const dateName = (date: Temporal.PlainDate): string => `${date.day} ${MONTH_NAMES[date.month - 1]} ${date.year}`;

function timeName(time: Temporal.PlainTime): string {
  if (time.equals(new Temporal.PlainTime(12))) return 'noon';
  return time.toString({ smallestUnit: time.second === 0 ? 'minute' : 'second' });
}

const isWeekdays = (weekdays: readonly number[]): boolean => weekdays.join() === '1,2,3,4,5';

const every = (interval: number, unit: string): string => (interval === 1 ? `every ${unit}` : `every ${interval} ${unit}s`);

export function sayCadence(cadence: Cadence): string {
  const { interval } = cadence;
  switch (cadence.unit) {
    case 'day':
      return every(interval, 'day');
    case 'week': {
      const days = isWeekdays(cadence.weekdays) ? 'weekday' : listed(cadence.weekdays.map((day) => `${WEEKDAY_NAMES[day - 1]}`));
      return interval === 1 ? `every ${days}` : `${every(interval, 'week')} on ${days}${days === 'weekday' ? 's' : ''}`;
    }
    case 'month':
      return inMonths(interval, listed(cadence.days.map(dayName)));
    case 'month-weekday':
      return inMonths(interval, `${listed(cadence.nth.map(nthName))} ${WEEKDAY_NAMES[cadence.weekday - 1]}`);
    case 'year':
      return `${every(interval, 'year')} on ${cadence.day} ${MONTH_NAMES[cadence.month - 1]}`;
  }
}

const inMonths = (interval: number, days: string): string =>
  interval === 1 ? `on the ${days} of every month` : `${every(interval, 'month')} on the ${days}`;

const zoneName = (timeZone: string): string =>
  timeZone === 'UTC' ? 'UTC' : timeZone.includes('/') ? `in ${timeZone}` : `${timeZone} time`;

function untilName(until: Temporal.PlainDateTime): string {
  const time = until.toPlainTime();
  const date = dateName(until.toPlainDate());
  return time.equals(END_OF_DAY) ? ` until ${date}` : ` until ${date} at ${timeName(time)}`;
}

export const END_OF_DAY = new Temporal.PlainTime(23, 59, 59);

/**
 * `every Monday at 09:00 in Europe/Berlin until 31 December 2026`. Where the first decides which weeks, months or days are meant,
 * or how many are left, it is said too.
 */
export function sayRecurrence(rule: Recurrence): string {
  const { cadence, until, count } = readRule(rule);
  const start = Temporal.PlainDateTime.from(rule.start);
  const ends = until === null ? '' : untilName(until);
  const times = count === null ? '' : `, ${count === 1 ? '1 time' : `${count} times`}`;
  const starting = cadence.interval > 1 || count !== null ? `, starting ${dateName(start.toPlainDate())}` : '';
  return `${sayCadence(cadence)} at ${timeName(start.toPlainTime())} ${zoneName(rule.timeZone)}${ends}${starting}${times}`;
}
