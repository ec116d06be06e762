// Parts of a day: "this morning", "in the evening", "tonight", "tomorrow night". They settle am or pm; alone they are no time.
import { type DayPart, definePiece } from '../piece.ts';

const partOf = (word: string): DayPart => {
  const lower = word.toLowerCase();
  return lower === 'morning' || lower === 'afternoon' || lower === 'evening' ? lower : 'night';
};

export const dayPart = definePiece(
  '(?:(?<this>this)\\s+(?:early\\s+|late\\s+)?|(?:in|during|at)\\s+(?:the\\s+)?|early\\s+|late\\s+)?(?<part>morning|afternoon|evening|night)',
  ({ this: isToday, part = '' }) => ({ kind: 'day-part', part: partOf(part), today: isToday !== undefined }),
);

export const tonight = definePiece('tonight|tonite', () => ({ kind: 'day-part', part: 'night', today: true }));
