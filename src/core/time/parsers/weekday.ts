// Weekdays with what may stand before and behind them, and weeks that only a weekday makes a day.
import { nameDay, nextWeekday } from '../calendar.ts';
import { definePiece, type Modifier } from '../piece.ts';
import { NUMBER_WORD, numberOf, WEEKDAY, weekdayOf } from '../words.ts';

const MODIFIERS: Readonly<Record<string, Modifier>> = {
  this: 'this',
  next: 'next',
  coming: 'coming',
  upcoming: 'coming',
  following: 'next',
  last: 'last',
  past: 'last',
  previous: 'last',
};

const MODIFIER = '(?:(?<modifier>this\\s+(?:coming|upcoming)|this|next|coming|upcoming|following|last|past|previous)\\s+)?';

/** "Friday", "this Friday", "Friday after next", "Monday week" (the one a week after the coming one). */
export const weekday = definePiece(
  `${MODIFIER}(?<weekday>${WEEKDAY})\\.?(?:(?<after>\\s+after\\s+next)|\\s+(?:(?<week>week)|(?<fortnight>fortnight))(?![a-z]))?`,
  ({ modifier, weekday: word = '', after, week, fortnight }) => {
    const said = modifier?.toLowerCase().split(/\s+/).at(-1);
    const known = said === undefined ? undefined : MODIFIERS[said];
    const weeksOn = fortnight ? 2 : week || after ? 1 : 0;
    if (weeksOn > 0 && known !== undefined) return null;
    const note = after && '“After next” is counted from the coming one.';
    return { kind: 'weekday', weekday: weekdayOf(word), weeksOn, ...(known && { modifier: known }), ...(note && { note }) };
  },
);

/** "two Fridays from now", "in 3 Mondays", "2 sundays later": of those to come, today's not counted. */
export const weekdaysFromNow = definePiece(
  `(?:(?<in>in)\\s+)?(?<count>an?\\s+couple\\s+of|\\d{1,2}|${NUMBER_WORD})\\s+(?<weekday>${WEEKDAY})(?:['’]?s)?(?:\\s+(?<behind>from\\s+(?:right\\s+)?now|later|hence|from\\s+today|['’]?\\s*time))?`,
  ({ in: before, count = '', weekday: word = '', behind }) => {
    if (before === undefined && behind === undefined) return null;
    const weeks = (/couple/i.test(count) ? 2 : numberOf(count)) - 1;
    if (weeks < 0) return null;
    return {
      kind: 'days',
      from: (today) => {
        const coming = nextWeekday(weekdayOf(word), today);
        // Where the coming one is only days away, some count it and some count from it.
        const isNear = weeks > 0 && coming.since(today).days <= 3;
        const dates = [weeks, ...(isNear ? [weeks + 1] : [])].map((each) => coming.add({ weeks: each }));
        return dates.map((date) => ({ date, label: nameDay(date, today) }));
      },
    };
  },
);

export const week = definePiece(
  '(?:(?:of|in)\\s+)?(?:the\\s+)?(?<which>this|next|following|coming|current)\\s+week|(?:of\\s+)?the\\s+week\\s+(?<after>after\\s+next)',
  ({ which = '', after }) => ({
    kind: 'week',
    weeksAhead: after ? 2 : ['this', 'current'].includes(which.toLowerCase()) ? 0 : 1,
  }),
);
