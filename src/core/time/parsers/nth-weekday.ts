// The nth weekday of a month: the last Friday of October, second Monday of next month, first Tuesday in October 2027.
import { comingNthWeekday, nthWeekday } from '../calendar.ts';
import { type DaysFrom, definePiece, type Groups, type Piece } from '../piece.ts';
import { MONTH, monthOf, WEEKDAY, weekdayOf } from '../words.ts';

const NTH: Readonly<Record<string, number>> = {
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  last: -1,
};

const SOURCE =
  '(?:the\\s+)?(?:(?<nth>first|second|third|fourth|fifth|last)|(?<number>[1-5])(?:st|nd|rd|th))\\s+' +
  `(?<weekday>${WEEKDAY})\\s+(?:of|in)\\s+(?:(?:the\\s+)?(?<relative>this|next|current|following)\\s+month|(?<month>${MONTH})\\.?(?:,?\\s+(?:of\\s+)?(?<year>(?:19|20|21)\\d\\d)(?!\\s?[:h]))?)`;

export const nthWeekdayOfMonth = definePiece(SOURCE, readNth);

function readNth({ nth, number, weekday = '', relative, month, year }: Groups): Piece {
  const rule = { nth: number === undefined ? (NTH[nth?.toLowerCase() ?? ''] ?? 1) : Number(number), weekday: weekdayOf(weekday) };
  return {
    kind: 'days',
    from: relative === undefined ? ofNamedMonth(rule, monthOf(month ?? ''), year) : ofNearMonth(rule, relative),
  };
}

type Rule = Parameters<typeof nthWeekday>[1];

const ofNearMonth =
  (rule: Rule, relative: string): DaysFrom =>
  (today) => {
    const monthsAhead = ['this', 'current'].includes(relative.toLowerCase()) ? 0 : 1;
    const date = nthWeekday(today.toPlainYearMonth().add({ months: monthsAhead }), rule);
    return typeof date === 'string' ? date : [{ date, label: date.toString() }];
  };

const ofNamedMonth =
  (rule: Rule, month: number, year: string | undefined): DaysFrom =>
  (today) => {
    if (year === undefined) return comingNthWeekday(month, rule, today);
    const date = nthWeekday(Temporal.PlainYearMonth.from({ year: Number(year), month }), rule);
    return typeof date === 'string' ? date : [{ date, label: date.toString() }];
  };
