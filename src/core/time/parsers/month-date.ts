// Dates with a month's name, in either order: Nov 24, 24th of November 2026, March first, 2019-sep-1.
import { definePiece, type Groups, type Piece } from '../piece.ts';
import { BIG_NUMBER_WORD, DAY_NUMBER, MONTH, monthOf, numberOf, ordinalOf, YEAR_NUMBER, yearOf } from '../words.ts';

/** A year has four digits or is said in words. `Nov 24 2030` is a year and no clock: a clock is written with a colon. */
const YEAR = `(?:\\s*[-/.,]?\\s*(?:(?:of|in)\\s+)?(?<year>${YEAR_NUMBER}))?`;
const COMING = '(?:(?:next|this|the|coming)\\s+)?';

// `twenty second` is an ordinal, `twenty two` is not.
const isOrdinal = (word: string): boolean => !new RegExp(`^${BIG_NUMBER_WORD}$`, 'i').test(word);

const readDate = ({ day = '', month = '', year }: Groups): Piece => ({
  kind: 'month-day',
  day: isOrdinal(day) ? ordinalOf(day) : numberOf(day),
  month: monthOf(month),
  ...(year !== undefined && { year: yearOf(year) }),
});

export const dayBeforeMonth = definePiece(
  `${COMING}(?<day>${DAY_NUMBER})(?:\\s+(?:day\\s+)?of\\s+|\\s*[-/.]?\\s*)(?<month>${MONTH})\\.?${YEAR}`,
  readDate,
);

export const monthBeforeDay = definePiece(
  `(?:(?:next|this|coming)\\s+)?(?<month>${MONTH})\\.?(?:\\s*[-/,]\\s*|\\s*)(?:the\\s+)?(?<day>${DAY_NUMBER}|${BIG_NUMBER_WORD})${YEAR}`,
  readDate,
);

/** `2026-Nov-24`, `2026/24/Nov`, and below `Nov-2026-24`: with the year in an unusual place, four digits tell it. */
export const yearBeforeMonth = definePiece(
  `(?<year>(?:19|20|21)\\d\\d)(?<mark>[-/.\\s])(?:(?<month>${MONTH})\\k<mark>(?<day>\\d{1,2})|(?<otherDay>\\d{1,2})\\k<mark>(?<otherMonth>${MONTH}))`,
  ({ year, month, day, otherDay, otherMonth }) => readDate({ year, month: month ?? otherMonth, day: day ?? otherDay }),
);
export const yearWithinDate = definePiece(
  `(?:(?<month>${MONTH})[-/](?<year>(?:19|20|21)\\d\\d)[-/](?<day>\\d{1,2})|(?<otherDay>\\d{1,2})[-/](?<otherYear>(?:19|20|21)\\d\\d)[-/](?<otherMonth>${MONTH}))`,
  ({ year, month, day, otherDay, otherYear, otherMonth }) =>
    readDate({ year: year ?? otherYear, month: month ?? otherMonth, day: day ?? otherDay }),
);
