// Makes days out of the pieces that say a day: which ones are meant, or why none is.
import { comingDate, comingDaysOfMonth, dayOfMonthAhead, nameDay, nextWeekday, weekdayInWeek } from './calendar.ts';
import type { DayChoice, Piece } from './piece.ts';
import { WEEKDAY_NAMES } from './words.ts';

type PieceOf<Kind extends Piece['kind']> = Extract<Piece, { kind: Kind }>;
type Choices = readonly DayChoice[] | string;

/** The pieces of one kind, for reading them with their type. */
export const piecesOf = <Kind extends Piece['kind']>(pieces: readonly Piece[], kind: Kind): PieceOf<Kind>[] =>
  pieces.filter((piece): piece is PieceOf<Kind> => piece.kind === kind);

/** Null where the pieces say no day; a sentence where they contradict each other or leave the day open. */
export function daysSaid(pieces: readonly Piece[], today: Temporal.PlainDate): Choices | null {
  const ruled = [...piecesOf(pieces, 'days'), ...piecesOf(pieces, 'month-day')];
  const [weekdays, numbers, weeks] = [piecesOf(pieces, 'weekday'), piecesOf(pieces, 'day-of-month'), piecesOf(pieces, 'week')];
  const [rule, weekday, number, week] = [ruled[0], weekdays[0], numbers[0], weeks[0]];
  if (ruled.length > 1 || weekdays.length > 1 || numbers.length > 1 || weeks.length > 1) return 'These are two different days.';
  if ((rule && (number || week)) || (number && week)) return 'These are two different days.';
  if (rule) {
    const choices = rule.kind === 'days' ? rule.from(today) : asList(comingDate(rule, today));
    if (weekday === undefined) return choices;
    const unit = rule.kind === 'days' ? rule.unit : undefined;
    return unit === undefined || unit === 'day' ? onlyOn(weekday, choices, today) : weekdayThen(weekday, choices, unit, today);
  }
  if (number?.bare && weekday === undefined) return `What is ${number.day}? Say “the ${number.day}th” for a day of the month.`;
  if (number) return weekday ? weekdayAndNumber(weekday, number, today) : numberChoices(number, today);
  if (week) return weekday ? weekdayOfWeek(weekday, week, today) : 'Which day of that week?';
  return weekday ? weekdayChoices(weekday, today) : null;
}

const asList = (choice: DayChoice | string): Choices => (typeof choice === 'string' ? choice : [choice]);
const choiceOf = (date: Temporal.PlainDate, today: Temporal.PlainDate): DayChoice => ({ date, label: nameDay(date, today) });

function onlyOn({ weekday }: PieceOf<'weekday'>, choices: Choices, today: Temporal.PlainDate): Choices {
  if (typeof choices === 'string') return choices;
  const agreeing = choices.filter(({ date }) => date.dayOfWeek === weekday).map(({ later: _, ...choice }) => choice);
  const [first] = choices;
  if (agreeing.length > 0 || first === undefined) return agreeing;
  if (choices.length === 1 && first.later?.dayOfWeek === weekday) {
    const note = `${nameDay(first.date, today)} is not a ${WEEKDAY_NAMES[weekday - 1]}, so this is ${first.later.year}.`;
    return [{ ...choiceOf(first.later, today), note }];
  }
  return `${nameDay(first.date, today)} is not a ${WEEKDAY_NAMES[weekday - 1]}.`;
}

function numberChoices({ day, monthsAhead }: PieceOf<'day-of-month'>, today: Temporal.PlainDate): Choices {
  if (monthsAhead !== undefined) {
    const date = dayOfMonthAhead(day, today, monthsAhead);
    return date === null ? `That month has no day ${day}.` : [choiceOf(date, today)];
  }
  const [date, later] = comingDaysOfMonth(day, today);
  return date === undefined ? `No month has a day ${day}.` : [{ ...choiceOf(date, today), ...(later && { later }) }];
}

/** `in 3 weeks on Friday` is a day of that week; `two months from today on Tuesday` is the first Tuesday from then on. */
function weekdayThen(
  { weekday }: PieceOf<'weekday'>,
  choices: Choices,
  unit: 'week' | 'month',
  today: Temporal.PlainDate,
): Choices {
  if (typeof choices === 'string') return choices;
  return choices.flatMap(({ date }) => {
    if (unit === 'month') return [choiceOf(nextWeekday(weekday, date.subtract({ days: 1 })), today)];
    return weekdayInWeek(weekday, 0, date).map((each) => choiceOf(each, today));
  });
}

/** `Friday the 27th`: the coming 27th that is a Friday, and said where that is not the coming 27th. */
function weekdayAndNumber({ weekday }: PieceOf<'weekday'>, number: PieceOf<'day-of-month'>, today: Temporal.PlainDate): Choices {
  const choices = numberChoices(number, today);
  if (typeof choices === 'string') return choices;
  const agreeing = choices.filter(({ date }) => date.dayOfWeek === weekday);
  if (agreeing.length > 0 || number.monthsAhead !== undefined) return onlyOn({ kind: 'weekday', weekday }, choices, today);
  for (let ahead = 1; ahead <= 12; ahead++) {
    const date = dayOfMonthAhead(number.day, today, ahead);
    if (date?.dayOfWeek === weekday) {
      return [
        { ...choiceOf(date, today), note: `The next ${number.day}th that is a ${WEEKDAY_NAMES[weekday - 1]} is this one.` },
      ];
    }
  }
  return `The ${number.day}th is not a ${WEEKDAY_NAMES[weekday - 1]} within a year.`;
}

function weekdayOfWeek(
  { weekday, modifier }: PieceOf<'weekday'>,
  { weeksAhead }: PieceOf<'week'>,
  today: Temporal.PlainDate,
): Choices {
  if (modifier !== undefined) return 'These are two different days.';
  const [mondayBased, sundayBased] = weekdayInWeek(weekday, weeksAhead, today);
  // Said on a Sunday, next week may be the one that begins tomorrow or the one after it. On other days only Sunday itself differs,
  // and the coming one is nobody's `Sunday next week`.
  const choices = today.dayOfWeek === 7 ? [mondayBased, sundayBased] : [mondayBased];
  return choices.filter((date) => date !== undefined).map((date) => choiceOf(date, today));
}

function weekdayChoices({ weekday, modifier, weeksOn = 0, note }: PieceOf<'weekday'>, today: Temporal.PlainDate): Choices {
  const coming = nextWeekday(weekday, today);
  const isToday = today.dayOfWeek === weekday;
  if (modifier === 'last') return [{ ...choiceOf(coming.subtract({ days: isToday ? 14 : 7 }), today), next: coming }];
  if (modifier === 'coming') return [choiceOf(coming, today)];
  if (modifier === 'this') return isToday ? [{ ...choiceOf(today, today), next: coming }] : [choiceOf(coming, today)];
  if (modifier === 'next') return nextChoices(weekday, coming, today);
  if (weeksOn > 0) return [{ ...choiceOf(coming.add({ weeks: weeksOn }), today), ...(note && { note }) }];
  return isToday ? [{ date: today, label: 'today' }, choiceOf(coming, today)] : [choiceOf(coming, today)];
}

/** `next Friday` is the coming one to some and the one in next week to others; where these differ, both are offered. */
function nextChoices(weekday: number, coming: Temporal.PlainDate, today: Temporal.PlainDate): DayChoice[] {
  const others = weekdayInWeek(weekday, 1, today).filter((date) => !date.equals(coming));
  const [other] = others;
  const name = WEEKDAY_NAMES[weekday - 1];
  if (other === undefined) return [choiceOf(coming, today)];
  return [
    { date: coming, label: `this ${name}, ${nameDay(coming, today)}` },
    { date: other, label: `${name} in a week, ${nameDay(other, today)}` },
  ];
}
