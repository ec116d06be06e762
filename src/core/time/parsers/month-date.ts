// Dates with a month's name, in either order: Nov 24, 24th of November 2026, March first, 2019-sep-1.
import { definePiece, type Groups, type Piece } from '../piece.ts';
import { DAY_NUMBER, MONTH, monthOf, ordinalOf } from '../words.ts';

/** A year has four digits. `Nov 24 2030` is a year and no clock: a clock is written with a colon. */
const YEAR = '(?:\\s*[-/.,]?\\s*(?:of\\s+)?(?<year>(?:19|20|21)\\d\\d)(?!\\s?[:h]))?';

const readDate = ({ day = '', month = '', year }: Groups): Piece => ({
  kind: 'month-day',
  day: ordinalOf(day),
  month: monthOf(month),
  ...(year !== undefined && { year: Number(year) }),
});

export const dayBeforeMonth = definePiece(
  `(?:the\\s+)?(?<day>${DAY_NUMBER})(?:\\s+(?:day\\s+)?of\\s+|\\s*[-/.]?\\s*)(?<month>${MONTH})\\.?${YEAR}`,
  readDate,
);

export const monthBeforeDay = definePiece(
  `(?<month>${MONTH})\\.?(?:\\s*[-/,]\\s*|\\s*)(?:the\\s+)?(?<day>${DAY_NUMBER})${YEAR}`,
  readDate,
);

export const yearBeforeMonth = definePiece(
  `(?<year>(?:19|20|21)\\d\\d)[-/.\\s](?<month>${MONTH})[-/.\\s](?<day>\\d{1,2})`,
  readDate,
);
