// "2 days after" + "tomorrow": what counts from the day behind it becomes one piece with that day.
import type { ParsingResult, Refiner } from 'chrono-node/en';
import { daysSaid } from '../day.ts';
import { broken, type Piece, PieceResult } from '../piece.ts';

const DAY_KINDS: readonly Piece['kind'][] = ['days', 'month-day', 'weekday', 'day-of-month'];

const shifted = ({ move, unit }: Extract<Piece, { kind: 'shift' }>, day: Piece): Piece => ({
  kind: 'days',
  unit,
  from: (today) => {
    const choices = daysSaid([day], today);
    if (choices === null || typeof choices === 'string') return choices ?? 'Which day does that count from?';
    return choices.map(({ date, label }) => ({ date: move(date), label: `counted from ${label}` }));
  },
});

function join(context: { text: string }, shift: ParsingResult, day: ParsingResult | undefined): PieceResult | null {
  if (!(shift instanceof PieceResult) || !(day instanceof PieceResult)) return null;
  if (shift.piece.kind !== 'shift' || !DAY_KINDS.includes(day.piece.kind)) return null;
  if (!/^\s+(?:the\s+)?$/i.test(context.text.slice(shift.until, day.index))) return null;
  const text = context.text.slice(shift.index, day.until);
  const isYearly = (day.piece.kind === 'days' && day.piece.isYearly) || (day.piece.kind === 'month-day' && !day.piece.year);
  // A year from this Christmas, or from the last one?
  const piece = isYearly && /year|yr/i.test(shift.text) ? broken(`“${text}” counts from which year? Say the date.`) : null;
  return new PieceResult(shift.reference, shift.index, text, piece ?? shifted(shift.piece, day.piece));
}

/** From the last to the first, so that "the day before two weeks after Easter" is joined from within. */
export const joinShift: Refiner = {
  refine: (context, results) => {
    const backwards: ParsingResult[] = [];
    for (const result of results.toReversed()) {
      const whole = join(context, result, backwards.at(-1));
      if (whole !== null) backwards.pop();
      backwards.push(whole ?? result);
    }
    return backwards.reverse();
  },
};
