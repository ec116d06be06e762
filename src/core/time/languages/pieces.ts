// From what chrono reads in another language to our pieces. Only what chrono knows for certain is taken; what it implies is not.
import { ParsingResult } from 'chrono-node/en';
import { type DayPart, type Piece, PieceResult } from '../piece.ts';
import type { WhenOptions } from '../when.ts';
import type { Language } from './table.ts';

type Components = ParsingResult['start'];

/** The results of a language's reader that settle what they say; the others are left out, and so are words unread. */
export function foreignPieces(text: string, options: WhenOptions, language: Language): PieceResult[] {
  const today = options.now.toZonedDateTimeISO(options.timeZone);
  const results = read(text, language, today);
  // With its own hour, half past three at night, a date alone is told from a part of a day, for which chrono implies a fixed hour.
  const quiet = results.some(({ start }) => !start.isCertain('hour')) ? read(text, language, today.with(QUIET)) : results;
  return results.flatMap((result) => {
    const other = quiet.find(({ index }) => index === result.index) ?? result;
    const pieces = isWhole(text, result, language) ? piecesFrom(result, other, language, today) : null;
    if (pieces === null || pieces.length === 0) return [];
    const [only] = pieces;
    const piece: Piece = pieces.length === 1 && only ? only : { kind: 'several', pieces };
    return [new PieceResult(result.reference, result.index, result.text, piece)];
  });
}

const QUIET = { hour: 3, minute: 33, second: 0, millisecond: 0 };

const read = (text: string, { reader }: Language, at: Temporal.ZonedDateTime): ParsingResult[] =>
  reader
    .parse(text, { instant: new Date(at.epochMilliseconds), timezone: at.offsetNanoseconds / 60e9 })
    .filter((result) => result instanceof ParsingResult);

/** chrono finds words within words (`fr` in `früh`), ranges, and weekdays whose `last` it drops. */
function isWhole(text: string, { index, text: own, end }: ParsingResult, { isUnspaced, last }: Language): boolean {
  if (end || last.test(text)) return false;
  if (isUnspaced) return true;
  return !/[\p{L}\p{N}_’'-]$/u.test(text.slice(0, index)) && !/^[\p{L}\p{N}_-]|^[:.]\d/u.test(text.slice(index + own.length));
}

function piecesFrom(
  result: ParsingResult,
  quiet: ParsingResult,
  language: Language,
  today: Temporal.ZonedDateTime,
): Piece[] | null {
  const { start, text } = result;
  if (result.tags().has('result/relativeDateAndTime')) {
    return [{ kind: 'instant', at: Temporal.Instant.fromEpochMilliseconds(start.date().getTime()), grain: 'minute' }];
  }
  if (isNightInDaylight(result)) return null;
  const day = dayPieces(start, text, today.toPlainDate());
  const clock = start.isCertain('hour') ? [clockPiece(start, text, language)] : partPieces(quiet);
  return day === null || clock === null ? null : [...day, ...clock];
}

/** chrono puts every hour of a night in the afternoon: `heute Nacht um 1` becomes 13:00. Which night one at night is in, is not sure. */
function isNightInDaylight(result: ParsingResult): boolean {
  const hour = result.start.isCertain('hour') ? (result.start.get('hour') ?? 0) : 0;
  const isNight = [...result.tags()].some((tag) => /evening|tonight/.test(tag)) || /[晚夜]/.test(result.text);
  return isNight && hour > 12 && hour < 17;
}

/** None where no day is said; null where what chrono made of it cannot be trusted. */
function dayPieces(start: Components, text: string, today: Temporal.PlainDate): Piece[] | null {
  const value = (name: Parameters<Components['get']>[0]) => start.get(name) ?? 0;
  const date = new Temporal.PlainDate(value('year'), value('month'), value('day'));
  if (start.isCertain('day')) {
    if (!start.isCertain('year')) return [{ kind: 'month-day', month: date.month, day: date.day }];
    const isFar = Math.abs(today.until(date).days) > 366;
    // An hour behind a month, `24. November 18 Uhr`, is no year of two digits.
    if (isFar && !text.includes(String(date.year))) return null;
    const isToday = date.equals(today);
    return [
      { kind: 'days', isToday, from: () => [{ date, label: date.toString(), ...(isToday && { next: date.add({ days: 1 }) }) }] },
    ];
  }
  if (start.isCertain('weekday')) {
    const weekday = value('weekday') === 0 ? 7 : value('weekday');
    return [{ kind: 'weekday', weekday, ...(today.until(date).days > 7 && { modifier: 'next' }) }];
  }
  return start.isCertain('month') || start.isCertain('year') ? null : [];
}

/** Without its own sign of morning or evening a time is certain only where it is written as on a 24-hour clock. */
function clockPiece(start: Components, text: string, { clock24 }: Language): Piece {
  const hour = start.get('hour') ?? 0;
  const colon = /\d:\d/.test(text);
  const written24 = clock24 && (colon || /\d\s?(?:uhr|h\b|heures?|uur|時)/i.test(text));
  const certain = start.isCertain('meridiem') || start.isCertain('second') || written24 || hour > 12 || hour === 0;
  return { kind: 'clock', hour, minute: start.get('minute') ?? 0, second: start.get('second') ?? 0, certain, colon };
}

/** A part of the day that stands without an hour; null where an hour is implied and nothing says by what. */
function partPieces(quiet: ParsingResult): Piece[] | null {
  const { start } = quiet;
  const hour = start.get('hour');
  const said = [...quiet.tags()].map((tag) => tag.replace('casualReference/', ''));
  if (said.includes('noon')) return [{ kind: 'clock', hour: 12, minute: 0, second: 0, certain: true }];
  if (said.includes('midnight')) return [{ kind: 'midnight' }];
  const part = PARTS.find(([tag]) => said.includes(tag))?.[1];
  if (part !== undefined) return [{ kind: 'day-part', part: part === 'evening' && (hour ?? 0) >= 22 ? 'night' : part }];
  const isDateAlone =
    (hour === 12 && start.get('meridiem') === null) || (hour === QUIET.hour && start.get('minute') === QUIET.minute);
  return isDateAlone ? [] : null;
}

const PARTS: readonly (readonly [string, DayPart])[] = [
  ['morning', 'morning'],
  ['afternoon', 'afternoon'],
  ['evening', 'evening'],
  ['tonight', 'night'],
];
