// A piece of a time: what one parser read out of some characters. Pieces say what was said, not yet which moment it is.
import { type Parser, ParsingResult } from 'chrono-node/en';
import type { Grain, WhenOptions } from './when.ts';

/**
 * A day a piece may mean. Where it has gone by, `later` is taken instead (and said), or else `next` is offered.
 */
export interface DayChoice {
  date: Temporal.PlainDate;
  label: string;
  later?: Temporal.PlainDate;
  next?: Temporal.PlainDate;
  note?: string;
}

/** Which days are meant, seen from a day; or, as a sentence, why none is. */
export type DaysFrom = (today: Temporal.PlainDate) => readonly DayChoice[] | string;

export type Modifier = 'this' | 'next' | 'coming' | 'last';
export type DayPart =
  | 'first thing'
  | 'morning'
  | 'lunchtime'
  | 'afternoon'
  | 'close of business'
  | 'evening'
  | 'night'
  | 'end of day';

/**
 * - `instant`: a moment that no zone changes. `wall`: a whole date and time, to be read in the zone.
 * - `duration`: time from now. One with hours, minutes or seconds is exact, as is `a day from right now`; one of weeks and longer
 *   names a day.
 * - `shift`: what counts from the day said behind it (`2 days after`); joined to it by a refiner. `unit` is the coarsest it counts in.
 * - `days`: days by a rule of its own; `isYearly` comes every year and did not say which. One with a `unit` of weeks or longer may have a weekday beside it that says which day then. `month-day`, `weekday`, `day-of-month`, `week`: what can combine (`Friday the 27th`).
 * - `clock`: a time of day. `certain`: 9am, 17:30, 09:00; not: 9, 9:30. `colon`: written as on a 24-hour clock. A `bare` number is a
 *   clock only where the words around it leave nothing else; `spoken` has its minutes in words. Hour 24 is midnight at the end of
 *   the day.
 * - `several`: pieces that another language's reader found as one.
 * - `day-part`: a `isRough` one, `late evening`, has no hour of its own.
 * - `broken`: certainly meant as a time, and impossible.
 */
export type Piece =
  | { kind: 'instant'; at: Temporal.Instant; grain: Grain }
  | { kind: 'wall'; wall: Temporal.PlainDateTime }
  | { kind: 'duration'; duration: Temporal.Duration; isExact?: boolean; note?: string }
  | { kind: 'shift'; move: (date: Temporal.PlainDate) => Temporal.PlainDate; unit: 'day' | 'week' | 'month' }
  | { kind: 'days'; from: DaysFrom; clock24?: boolean; isToday?: boolean; unit?: 'day' | 'week' | 'month'; isYearly?: boolean }
  | { kind: 'month-day'; month: number; day: number; year?: number; clock24?: boolean }
  | { kind: 'weekday'; weekday: number; modifier?: Modifier; weeksOn?: number; note?: string }
  | { kind: 'day-of-month'; day: number; monthsAhead?: number; bare?: boolean }
  | { kind: 'week'; weeksAhead: number }
  | {
      kind: 'clock';
      hour: number;
      minute: number;
      second: number;
      certain: boolean;
      colon?: boolean;
      bare?: boolean;
      spoken?: boolean;
      note?: string;
    }
  | { kind: 'midnight' }
  | { kind: 'day-part'; part: DayPart; today?: boolean; isRough?: boolean }
  | { kind: 'zone'; timeZone: string; offset?: string; abbreviation?: string; note?: string }
  | { kind: 'several'; pieces: readonly Piece[] }
  | { kind: 'broken'; reason: string };

/** chrono's result, carrying a piece through its refiners. */
export class PieceResult extends ParsingResult {
  readonly piece: Piece;

  constructor(reference: ParsingResult['reference'], index: number, text: string, piece: Piece) {
    super(reference, index, text);
    this.piece = piece;
  }

  /** Index behind the last character. */
  get until(): number {
    return this.index + this.text.length;
  }
}

/** What the named groups of a pattern caught. */
export type Groups = Partial<Record<string, string>>;

// chrono goes on behind a refused match with the rest of the text alone, so `\b` or a lookbehind would take the cut for a start.
export const isInsideWord = (text: string, index: number): boolean =>
  /[\p{L}\p{N}_$#£€%+]$|\d[:/.-]$/u.test(text.slice(Math.max(0, index - 2), index));

/**
 * Behind a word there is no letter or digit. The letters are ranges, not `\\p{L}`: a pattern without Unicode's tables is ready
 * at once, where one with them takes a millisecond to compile, and there are hundreds.
 */
export const WORD_ENDS = '(?![a-z0-9_\\u00aa\\u00b5\\u00ba\\u00c0-\\u1fff\\u2c00-\\u2dff\\u3040-\\uffef])';
/** Behind a piece there is no `:30` or `/4` either, that would make it another thing. */
const ENDS_THERE = `${WORD_ENDS}(?![:/.\\-]\\d|\\s?%)`;

/**
 * A chrono parser from a regular expression (any case, whole words) and a function from its named groups to a piece; null declines.
 */
export function definePiece(
  source: string,
  read: (groups: Groups, options: WhenOptions) => Piece | null,
): (options: WhenOptions) => Parser {
  const expression = new RegExp(`(?:${source})${ENDS_THERE}`, source.includes('\\p{') ? 'iu' : 'i');
  return (options) => ({
    pattern: () => expression,
    extract: (context, match) => {
      const index = match.index ?? 0;
      if (isInsideWord(context.text, index)) return null;
      const piece = read(match.groups ?? {}, options);
      return piece && new PieceResult(context.reference, index, match[0], piece);
    },
  });
}

export const broken = (reason: string): Piece => ({ kind: 'broken', reason });
