// What counts from a day said behind it: "2 weeks after", "the day before", "third Tuesday after". A refiner joins the two.
import { nextWeekday } from '../calendar.ts';
import { coarsestUnit, LENGTH, lengthOf } from '../length.ts';
import { broken, definePiece } from '../piece.ts';
import { NTH, nthOf, WEEKDAY, weekdayOf } from '../words.ts';

const SIDE = '(?:from|after|following|(?<before>before|prior\\s+to|ahead\\s+of))';

/** "2 weeks from", "the day after", "a week on". */
export const durationFromDay = definePiece(
  `(?:${LENGTH}|(?<unit>(?:the\\s+)?(?:day|week)))\\s+(?:${SIDE}|(?<on>on)(?=\\s+[a-z]))`,
  ({ length, hm, unit, before, on }) => {
    if (on !== undefined && length === undefined) return null;
    const duration = lengthOf(length ?? `1 ${unit?.replace(/^the\s+/i, '')}`, hm);
    if (typeof duration === 'string') return broken(duration);
    if (duration.seconds !== 0) return broken('Hours and minutes count from now or from a clock, not from a day.');
    const shift = before === undefined ? duration : duration.negated();
    return { kind: 'shift', move: (date) => date.add(shift), unit: coarsestUnit(duration) };
  },
);

/** "the third Tuesday after", "the Monday before". */
export const weekdayFromDay = definePiece(
  `(?:the\\s+)?(?:(?<nth>${NTH})\\s+)?(?<weekday>${WEEKDAY})\\s+(?:after|following|(?<before>before))(?!\\s+(?:next|that))`,
  ({ nth, weekday = '', before }) => {
    const weeks = nthOf(nth ?? 'first') - 1;
    if (weeks < 0) return null;
    const wanted = weekdayOf(weekday);
    const move = (date: Temporal.PlainDate) =>
      before === undefined
        ? nextWeekday(wanted, date).add({ weeks })
        : nextWeekday(wanted, date.subtract({ days: 8 })).subtract({ weeks });
    return { kind: 'shift', unit: 'day', move };
  },
);

/** "the eve of". */
export const eveOf = definePiece('(?:on\\s+)?the\\s+eve\\s+of', () => ({
  kind: 'shift',
  unit: 'day',
  move: (date) => date.subtract({ days: 1 }),
}));
