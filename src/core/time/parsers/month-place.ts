// A place within a month: the last Friday of October, second Monday of next month, the fifth last day of May, the end of the month.
import { comingInMonth, nthDay, nthWeekday } from '../calendar.ts';
import { type DaysFrom, definePiece, type Groups, type Piece } from '../piece.ts';
import { MONTH, monthOf, NTH, nthOf, WEEKDAY, weekdayOf, YEAR_NUMBER, yearOf } from '../words.ts';

/** Named groups `relative`, `month` and `year`: which month. */
const IN_MONTH =
  '(?:of|in)\\s+(?:(?:the\\s+)?(?<relative>this|next|current|following|coming)\\s+month|(?<same>the\\s+month)|' +
  `(?<month>${MONTH})\\.?(?:,?\\s+(?:(?:of|in)\\s+)?(?<year>${YEAR_NUMBER}))?)`;

/** The day of a month by a rule, or a sentence saying that this month has none such. */
type Rule = (month: Temporal.PlainYearMonth) => Temporal.PlainDate | string;

const daysIn = (rule: Rule, { relative, month, year }: Groups): DaysFrom =>
  month === undefined ? inNearMonth(rule, relative) : inNamedMonth(rule, monthOf(month), year);

const inNearMonth =
  (rule: Rule, relative: string | undefined): DaysFrom =>
  (today) => {
    const isThis = relative === undefined || ['this', 'current'].includes(relative.toLowerCase());
    const date = rule(today.toPlainYearMonth().add({ months: isThis ? 0 : 1 }));
    const next = isThis ? rule(today.toPlainYearMonth().add({ months: 1 })) : '';
    return typeof date === 'string' ? date : [{ date, label: date.toString(), ...(typeof next !== 'string' && { next }) }];
  };

const inNamedMonth =
  (rule: Rule, month: number, year: string | undefined): DaysFrom =>
  (today) => {
    if (year === undefined) return comingInMonth(month, rule, today);
    const date = rule(Temporal.PlainYearMonth.from({ year: yearOf(year), month }));
    return typeof date === 'string' ? date : [{ date, label: date.toString() }];
  };

const days = (rule: Rule, groups: Groups): Piece => ({ kind: 'days', from: daysIn(rule, groups) });

export const nthWeekdayOfMonth = definePiece(
  `(?:the\\s+)?(?<nth>${NTH})\\s+(?<weekday>${WEEKDAY})\\s+${IN_MONTH}`,
  ({ nth = '', weekday = '', ...month }) =>
    days((each) => nthWeekday(each, { nth: nthOf(nth), weekday: weekdayOf(weekday) }), month),
);

export const nthDayOfMonth = definePiece(`(?:the\\s+)?(?<nth>${NTH})\\s+day\\s+${IN_MONTH}`, ({ nth = '', ...month }) =>
  days((each) => nthDay(each, nthOf(nth)), month),
);

/** "1st week of October on Friday": said only where the nth such weekday lies in the nth calendar week too. */
export const weekdayOfNthWeek = definePiece(
  `(?:the\\s+)?(?<nth>${NTH})\\s+week\\s+${IN_MONTH},?\\s+on\\s+(?<weekday>${WEEKDAY})`,
  ({ nth = '', weekday = '', ...month }) =>
    days((each) => {
      const place = nthOf(nth);
      const date = nthWeekday(each, { nth: place, weekday: weekdayOf(weekday) });
      if (typeof date === 'string' || place < 0) return date;
      const first = each.toPlainDate({ day: 1 });
      const week = Math.ceil((date.day + first.dayOfWeek - 1) / 7);
      return week === place ? date : 'Weeks of a month are counted in two ways: say the day itself.';
    }, month),
);

/** "end of the month", "EOM", "start of next month", "the end of November". */
export const edgeOfMonth = definePiece(
  `(?:(?:at\\s+)?(?:the\\s+)?(?:(?<end>end)|beginning|start)\\s+${IN_MONTH}|(?<eom>eom))`,
  ({ end, eom, ...month }) => days((each) => nthDay(each, (end ?? eom) ? -1 : 1), month),
);

/** "next month" with a time of day beside it: its first day, and said. */
export const wholeMonth = definePiece('(?:in\\s+)?next\\s+(?<unit>month|year)', ({ unit = '' }) => {
  const isYear = unit.toLowerCase() === 'year';
  return {
    kind: 'days',
    unit: 'month',
    from: (today) => {
      const date = isYear ? today.with({ month: 1, day: 1 }).add({ years: 1 }) : today.with({ day: 1 }).add({ months: 1 });
      return [{ date, label: date.toString(), note: `No day was said, so this is the first of next ${unit.toLowerCase()}.` }];
    },
  };
});

/** The Roman calendar's middle of a month: the 15th of March, May, July and October, the 13th of the others. */
export const ides = definePiece(`(?:on\\s+)?the\\s+ides\\s+${IN_MONTH}`, (month) =>
  days((each) => each.toPlainDate({ day: [3, 5, 7, 10].includes(each.month) ? 15 : 13 }), month),
);
