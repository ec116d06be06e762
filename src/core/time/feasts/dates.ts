// The dates of a feast in a year of the Gregorian calendar. Kept once found: the moon is not asked twice.
import { gregorianEaster, orthodoxEaster } from 'date-easter';
import { nextWeekday, nthWeekday } from '../calendar.ts';
import { lunarDay, sunEnters } from './hindu.ts';
import type { FeastRule } from './rule.ts';

type RuleOf<Kind extends FeastRule['kind']> = Extract<FeastRule, { kind: Kind }>;

const found = new WeakMap<FeastRule, Map<number, readonly Temporal.PlainDate[]>>();

/** None, one or two: a year of the moon is shorter than one of the sun. */
export function feastDates(rule: FeastRule, year: number): readonly Temporal.PlainDate[] {
  const years = found.get(rule) ?? new Map<number, readonly Temporal.PlainDate[]>();
  found.set(rule, years);
  const known = years.get(year);
  if (known !== undefined) return known;
  const dates = datesOf(rule, year);
  years.set(year, dates);
  return dates;
}

function datesOf(rule: FeastRule, year: number): readonly Temporal.PlainDate[] {
  switch (rule.kind) {
    case 'fixed':
      return [fixed(rule, year)];
    case 'nth-weekday': {
      const date = nthWeekday(Temporal.PlainYearMonth.from({ year, month: rule.month }), rule);
      return typeof date === 'string' ? [] : [date.add({ days: rule.plusDays ?? 0 })];
    }
    case 'easter': {
      const { year: own, month, day } = rule.church === 'western' ? gregorianEaster(year) : orthodoxEaster(year);
      return [new Temporal.PlainDate(own, month, day).add({ days: rule.plusDays })];
    }
    case 'calendar':
      return inCalendar(rule, year);
    case 'hindu':
      return lunarDay(rule, year).map((date) => date.add({ days: rule.plusDays ?? 0 }));
    case 'sun-enters':
      return [sunEnters(rule, year).add({ days: rule.plusDays ?? 0 })];
    case 'every-365-days':
      return everyYearOf365(rule, year);
  }
}

function fixed({ month, day, moves }: RuleOf<'fixed'>, year: number): Temporal.PlainDate {
  const date = new Temporal.PlainDate(year, month, day);
  if (moves === 'off-sunday') return date.dayOfWeek === 7 ? date.subtract({ days: 1 }) : date;
  if (moves === undefined || date.dayOfWeek < 6) return date;
  return date.dayOfWeek === 6 ? date.subtract({ days: 1 }) : date.add({ days: 1 });
}

/** The date in every year of the other calendar that touches this one. */
function inCalendar(rule: RuleOf<'calendar'>, year: number): Temporal.PlainDate[] {
  const [first, last] = [new Temporal.PlainDate(year, 1, 1), new Temporal.PlainDate(year, 12, 31)].map(
    (date) => date.withCalendar(rule.calendar).year,
  );
  const monthCode = `M${String(rule.month).padStart(2, '0')}`;
  return [...new Set([first, last])].flatMap((own) => {
    if (own === undefined) return [];
    const date = Temporal.PlainDate.from({ calendar: rule.calendar, year: own, monthCode, day: rule.day }).withCalendar(
      'iso8601',
    );
    const moved = rule.weekdayBefore === undefined ? date : nextWeekday(rule.weekdayBefore, date.subtract({ days: 8 }));
    const shifted = moved.add({ days: (rule.plusDays ?? 0) + (rule.moves?.[moved.dayOfWeek] ?? 0) });
    return shifted.year === year ? [shifted] : [];
  });
}

function everyYearOf365({ from }: RuleOf<'every-365-days'>, year: number): Temporal.PlainDate[] {
  const start = Temporal.PlainDate.from(from);
  const days = start.until(new Temporal.PlainDate(year, 1, 1)).days;
  const date = start.add({ days: Math.ceil(days / 365) * 365 });
  return date.year === year ? [date] : [];
}
