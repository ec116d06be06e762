// Weekdays with what may stand before and behind them, and weeks that only a weekday makes a day.
import { definePiece, type Modifier } from '../piece.ts';
import { WEEKDAY, weekdayOf } from '../words.ts';

const MODIFIERS: Readonly<Record<string, Modifier>> = {
  this: 'this',
  next: 'next',
  coming: 'coming',
  upcoming: 'coming',
  following: 'coming',
  last: 'last',
  past: 'last',
  previous: 'last',
};

export const weekday = definePiece(
  `(?:(?<modifier>this\\s+(?:coming|upcoming)|this|next|coming|upcoming|following|last|past|previous)\\s+)?(?<weekday>${WEEKDAY})\\.?(?<after>\\s+after\\s+next)?`,
  ({ modifier, weekday: word = '', after }) => {
    const said = modifier?.toLowerCase().split(/\s+/).at(-1);
    const known = said === undefined ? undefined : MODIFIERS[said];
    if (after !== undefined && known !== undefined) return null;
    return { kind: 'weekday', weekday: weekdayOf(word), ...(known && { modifier: known }), afterNext: after !== undefined };
  },
);

export const week = definePiece(
  '(?:(?:of|in)\\s+)?(?:the\\s+)?(?<which>this|next|following|current)\\s+week',
  ({ which = '' }) => ({
    kind: 'week',
    weeksAhead: ['this', 'current'].includes(which.toLowerCase()) ? 0 : 1,
  }),
);
