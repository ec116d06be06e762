// Settles which time of day a clock piece means: morning or afternoon, and at which end of a day midnight is.

import { piecesOf } from './day.ts';
import { hourOfPart, inPart } from './day-hours.ts';
import type { Piece } from './piece.ts';
import type { WhenOptions } from './when.ts';

/** A time of day a piece may mean, `daysOn` days after the day said. */
export interface ClockChoice {
  time: Temporal.PlainTime;
  daysOn: number;
  label: string;
  note?: string;
}

export interface ClockSaid {
  choices: readonly ClockChoice[];
  /** Both halves of the day are possible, and no day was said that could settle it. */
  isOpen: boolean;
  hasSeconds: boolean;
}

export type Clock = Extract<Piece, { kind: 'clock' }>;

/** Null where no time of day is said; a sentence where it cannot be one. `hasDay`: a day is said that the clock belongs to. */
export function clockSaid(pieces: readonly Piece[], hasDay: boolean, options: WhenOptions): ClockSaid | string | null {
  const clocks = piecesOf(pieces, 'clock');
  const midnights = piecesOf(pieces, 'midnight');
  const parts = piecesOf(pieces, 'day-part');
  const [clock, part] = [clocks[0], parts[0]];
  if (clocks.length + midnights.length > 1) return 'These are two times of day.';
  if (parts.length > 1 && new Set(parts.map((each) => each.part)).size > 1) return 'These are two parts of a day.';
  if (midnights.length > 0) return midnight(hasDay && !piecesOf(pieces, 'days').some(isToday), part?.part);
  const said = { isOpen: false, hasSeconds: (clock?.second ?? 0) > 0 };
  if (clock === undefined && part?.isRough) return `Say the hour too: “${part.part} at 8”.`;
  if (clock === undefined) return part === undefined ? null : { ...said, choices: [hourOfPart(part.part, options)] };
  const refusal = clock.bare ? whyNotBare(clock, pieces) : null;
  if (refusal !== null) return refusal;
  if (part !== undefined) {
    const choice = inPart(clock, part.part);
    return typeof choice === 'string' ? choice : { ...said, choices: [choice] };
  }
  if (clock.certain || usesClock24(pieces)) return { ...said, choices: [noted(exactly(clock, clock.hour), clock.note)] };
  // 12:00 in figures is noon on both kinds of clock.
  if (clock.hour === 12 && clock.colon) return { ...said, choices: [afternoon(clock)] };
  return { ...said, choices: hasDay ? onSomeDay(clock, options) : [morning(clock), afternoon(clock)], isOpen: !hasDay };
}

const noted = (choice: ClockChoice, note: string | undefined): ClockChoice => (note === undefined ? choice : { ...choice, note });
const isToday = (piece: Extract<Piece, { kind: 'days' }>): boolean => piece.isToday === true;
const usesClock24 = (pieces: readonly Piece[]): boolean => pieces.some((piece) => 'clock24' in piece && piece.clock24 === true);

/** A bare number beside a weekday or a month may as well be a day or a year. */
function whyNotBare({ hour, minute }: Clock, pieces: readonly Piece[]): string | null {
  const isAlone = pieces.length === 1 && minute === 0;
  if (isAlone || pieces.some((piece) => piece.kind === 'day-part' || (piece.kind === 'days' && hour < 24))) return null;
  if (pieces.some((piece) => piece.kind === 'month-day' && hour <= 12 && minute === 0)) return null;
  return `Is ${hour}${minute === 0 ? '' : minute} a time of day? Say “at ${hour}${minute === 0 ? '' : `:${minute}`}”.`;
}

/** The clock at an hour of the 24-hour clock; 24 is midnight as the day ends. */
export function exactly(clock: Clock, hour: number): ClockChoice {
  const time = new Temporal.PlainTime(hour % 24, clock.minute, clock.second);
  const minutes = clock.minute === 0 ? '' : `:${String(clock.minute).padStart(2, '0')}`;
  return { time, daysOn: hour === 24 ? 1 : 0, label: `${hour % 12 || 12}${minutes}${hour % 24 < 12 ? 'am' : 'pm'}` };
}

const afternoon = (clock: Clock): ClockChoice => exactly(clock, (clock.hour % 12) + 12);
/** 12 at night is where the day ends. */
const morning = (clock: Clock): ClockChoice => exactly(clock, clock.hour === 12 ? 24 : clock.hour);

const assumed = (choice: ClockChoice): ClockChoice[] => [{ ...choice, note: `Without am or pm, this is ${choice.label}.` }];

/** Without am or pm: hours in which people post are taken, and said; the rest is asked. */
function onSomeDay(clock: Clock, { dateOrder }: WhenOptions): ClockChoice[] {
  const { hour, colon } = clock;
  const both = [morning(clock), afternoon(clock)];
  if (clock.spoken) return both;
  if (hour >= 6 && hour <= 11) return assumed(morning(clock));
  if (hour === 12) return both;
  // `3:30` may be a 24-hour clock's where dates are not written the American way; `at 3` is not.
  return colon !== true || dateOrder === 'MDY' ? assumed(afternoon(clock)) : both;
}

function midnight(isOtherDay: boolean, part: string | undefined): ClockSaid | string {
  if (part !== undefined && part !== 'night') return `Midnight is not in the ${part}.`;
  const [start, end] = [0, 24].map((hour) => exactly({ kind: 'clock', hour, minute: 0, second: 0, certain: true }, hour));
  const choices = [start && { ...start, label: 'as the day begins' }, end && { ...end, label: 'as the day ends' }];
  const known = choices.filter((choice) => choice !== undefined);
  return { choices: isOtherDay ? known : known.slice(1), isOpen: false, hasSeconds: false };
}
