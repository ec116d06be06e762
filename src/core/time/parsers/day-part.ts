// Parts of a day: "this morning", "in the evening", "tonight", "tomorrow lunchtime", "end of day", "first thing". Beside a clock
// they settle am or pm; alone they stand for an hour that is said in the answer.
import { type DayPart, definePiece } from '../piece.ts';

const PARTS: Readonly<Record<string, DayPart>> = {
  morning: 'morning',
  afternoon: 'afternoon',
  evening: 'evening',
  night: 'night',
  lunch: 'lunchtime',
  lunchtime: 'lunchtime',
};

export const dayPart = definePiece(
  '(?:(?<this>this)\\s+|(?:in|during|at)\\s+(?:the\\s+)?)?(?:(?<rough>early|late)\\s+(?:in\\s+the\\s+)?)?(?<part>morning|afternoon|evening|night|lunch[\\s-]?time)',
  ({ this: isToday, rough, part = '' }) => ({
    kind: 'day-part',
    part: PARTS[part.toLowerCase().replace(/[\s-]/g, '')] ?? 'night',
    today: isToday !== undefined,
    isRough: rough !== undefined,
  }),
);

export const tonight = definePiece('(?:late\\s+)?(?:tonight|tonite)', () => ({ kind: 'day-part', part: 'night', today: true }));

/** "first thing Monday", "first thing tomorrow morning". */
export const firstThing = definePiece('first\\s+thing(?:\\s+(?:in\\s+the\\s+)?morning)?', () => ({
  kind: 'day-part',
  part: 'first thing',
}));

/** "end of day", "by the end of tomorrow", "eod": the last second of the day; "close of business" is an hour of work. */
export const endOfDay = definePiece(
  '(?:(?:at|by)\\s+)?(?:the\\s+)?(?:end\\s+of\\s+(?:the\\s+)?day|eod|end\\s+of(?:\\s+the)?(?=\\s+(?:this\\s+)?(?:today|tomorrow|tmrw|tmr|mon|tue|wed|thu|fri|sat|sun)))',
  () => ({ kind: 'day-part', part: 'end of day' }),
);
export const closeOfBusiness = definePiece(
  '(?:(?:at|by)\\s+)?(?:the\\s+)?(?:cob|close\\s+of\\s+(?:business|play)|end\\s+of\\s+(?:the\\s+)?(?:business|work(?:ing)?)\\s+day)',
  () => ({
    kind: 'day-part',
    part: 'close of business',
  }),
);
