// "2 days after" + "tomorrow": a length that counts from the day behind it becomes one piece with that day.
import type { ParsingResult, Refiner } from 'chrono-node/en';
import { daysSaid } from '../day.ts';
import { type Piece, PieceResult } from '../piece.ts';

const DAY_KINDS: readonly Piece['kind'][] = ['days', 'month-day', 'weekday', 'day-of-month'];

const shifted = (duration: Temporal.Duration, day: Piece): Piece => ({
  kind: 'days',
  from: (today) => {
    const choices = daysSaid([day], today);
    if (choices === null || typeof choices === 'string') return choices ?? 'Which day does that count from?';
    return choices.map(({ date, label }) => ({ date: date.add(duration), label: `counted from ${label}` }));
  },
});

function join(context: { text: string }, shift: ParsingResult, day: ParsingResult | undefined): PieceResult | null {
  if (!(shift instanceof PieceResult) || !(day instanceof PieceResult)) return null;
  if (shift.piece.kind !== 'shift' || !DAY_KINDS.includes(day.piece.kind)) return null;
  const { duration } = shift.piece;
  if (duration.seconds !== 0 || !/^\s+$/.test(context.text.slice(shift.until, day.index))) return null;
  const text = context.text.slice(shift.index, day.until);
  return new PieceResult(shift.reference, shift.index, text, shifted(duration, day.piece));
}

export const joinShift: Refiner = {
  refine: (context, results) => {
    const joined: ParsingResult[] = [];
    for (let place = 0; place < results.length; place++) {
      const result = results[place];
      if (result === undefined) continue;
      const whole = join(context, result, results[place + 1]);
      joined.push(whole ?? result);
      if (whole !== null) place++;
    }
    return joined;
  },
};
