// A day of a month that is not named: the 20th, on the 15, the 20th of next month.
import { broken, definePiece, type Groups, type Piece } from '../piece.ts';
import { ORDINAL_WORD, ordinalOf } from '../words.ts';

const MONTHS_AHEAD = '(?:\\s+of\\s+(?:the\\s+)?(?<month>this|next|current|following)\\s+month)?';

function readDay({ day = '', month }: Groups): Piece {
  const number = ordinalOf(day);
  if (number < 1 || number > 31) return broken(`No month has a day ${number}.`);
  if (month === undefined) return { kind: 'day-of-month', day: number };
  return { kind: 'day-of-month', day: number, monthsAhead: ['this', 'current'].includes(month.toLowerCase()) ? 0 : 1 };
}

export const ordinalDay = definePiece(`(?:(?:on\\s+)?the\\s+)?(?<day>\\d{1,2}(?:st|nd|rd|th))${MONTHS_AHEAD}`, readDay);
export const ordinalWordDay = definePiece(`(?:on\\s+)?the\\s+(?<day>${ORDINAL_WORD})${MONTHS_AHEAD}`, readDay);
export const numberDay = definePiece(`(?:on\\s+the|the|on)\\s+(?<day>\\d{1,2})${MONTHS_AHEAD}`, readDay);
