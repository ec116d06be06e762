// Days that are named by their distance from today, and now.
import { definePiece } from '../piece.ts';

const DISTANCES: Readonly<Record<string, number>> = {
  today: 0,
  tomorrow: 1,
  tmrw: 1,
  tmr: 1,
  tomorow: 1,
  tommorow: 1,
  tomorrows: 1,
  tommorrow: 1,
};

export const namedDay = definePiece(
  '(?<after>(?:the\\s+)?day\\s+after\\s+)?(?<name>today|tomorrows?|tmrw|tmr|tomorow|tommorow|tommorrow|2moro|2morrow)|(?<next>(?:the\\s+)?(?:next|following)\\s+day)|(?<yesterday>yesterday)',
  ({ after, name = '', next, yesterday }) => {
    const distance = yesterday ? -1 : next ? 1 : (DISTANCES[name.toLowerCase()] ?? 0) + (after ? 1 : 0);
    const tomorrowIfToday = (today: Temporal.PlainDate) => (distance === 0 ? { next: today.add({ days: 1 }) } : {});
    return {
      kind: 'days',
      isToday: distance === 0,
      from: (today) => [{ date: today.add({ days: distance }), label: 'that day', ...tomorrowIfToday(today) }],
    };
  },
);

export const rightNow = definePiece(
  '(?:right\\s+|just\\s+)?now|immediately|straight\\s+away|right\\s+away|asap|as\\s+soon\\s+as\\s+possible|at\\s+(?:this|the\\s+present)\\s+(?:time|moment)|at\\s+the\\s+moment|at\\s+present',
  () => ({
    kind: 'duration',
    duration: new Temporal.Duration(0, 0, 0, 0, 0, 0, 0),
  }),
);
