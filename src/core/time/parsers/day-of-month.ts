// A day of a month that is not named: the 20th, on the 15, the 20th day of next month.
import { broken, definePiece, type Groups, type Piece } from '../piece.ts';
import { BIG_NUMBER_WORD, numberOf, ORDINAL_WORD, ordinalOf } from '../words.ts';

const MONTHS_AHEAD = '(?:\\s+(?:day\\s+)?of\\s+(?:the\\s+)?(?<month>this|next|current|following)\\s+month)?';

function readDay({ day = '', word, month }: Groups): Piece {
  const number = word === undefined ? ordinalOf(day) : numberOf(word);
  if (number < 1 || number > 31) return broken(`No month has a day ${number}.`);
  if (month === undefined) return { kind: 'day-of-month', day: number };
  return { kind: 'day-of-month', day: number, monthsAhead: ['this', 'current'].includes(month.toLowerCase()) ? 0 : 1 };
}

export const ordinalDay = definePiece(`(?:(?:on\\s+)?the\\s+)?(?<day>\\d{1,2}(?:st|nd|rd|th))${MONTHS_AHEAD}`, readDay);
export const ordinalWordDay = definePiece(`(?:on\\s+)?the\\s+(?<day>${ORDINAL_WORD})${MONTHS_AHEAD}`, readDay);
export const numberDay = definePiece(
  `(?:on\\s+the|the|on)\\s+(?:(?<day>\\d{1,2})|(?<word>${BIG_NUMBER_WORD}))${MONTHS_AHEAD}`,
  readDay,
);
/** "20 of next month": a number with its month needs no article. */
export const numberOfNearMonth = definePiece(`(?<day>\\d{1,2})${MONTHS_AHEAD.slice(0, -1)}`, readDay);
