// Settles which time of day a clock piece means: morning or afternoon, and at which end of a day midnight is.
import { piecesOf } from './day.ts';
import type { DayPart, Piece } from './piece.ts';

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

type Clock = Extract<Piece, { kind: 'clock' }>;

/** The hours of a part of the day, first and last. Night's small hours belong to another date, so they are asked about. */
const HOURS: Readonly<Record<DayPart, readonly [number, number]>> = {
  morning: [1, 11],
  afternoon: [12, 19],
  evening: [16, 23],
  night: [18, 23],
};

/** Null where no time of day is said; a sentence where it cannot be one. `hasDay`: a day is said that the clock belongs to. */
export function clockSaid(pieces: readonly Piece[], hasDay: boolean): ClockSaid | string | null {
  const clocks = piecesOf(pieces, 'clock');
  const midnights = piecesOf(pieces, 'midnight');
  const parts = piecesOf(pieces, 'day-part');
  const [clock, part] = [clocks[0], parts[0]];
  if (clocks.length + midnights.length > 1) return 'These are two times of day.';
  if (parts.length > 1) return 'These are two parts of a day.';
  if (midnights.length > 0) return midnight(hasDay && !piecesOf(pieces, 'days').some(isToday), part?.part);
  if (clock === undefined) return part === undefined ? null : `Say the hour too: “${part.part} at 8”.`;
  if (clock.bare) {
    const refusal = whyNotBare(clock, pieces);
    if (refusal !== null) return refusal;
  }
  const said = { isOpen: false, hasSeconds: clock.second > 0 };
  if (part !== undefined) {
    const choice = inPart(clock, part.part);
    return typeof choice === 'string' ? choice : { ...said, choices: [choice] };
  }
  if (clock.certain || usesClock24(pieces)) return { ...said, choices: [exactly(clock, clock.hour)] };
  return { ...said, choices: hasDay ? onSomeDay(clock) : [morning(clock), afternoon(clock)], isOpen: !hasDay };
}

const isToday = (piece: Extract<Piece, { kind: 'days' }>): boolean => piece.isToday === true;
const usesClock24 = (pieces: readonly Piece[]): boolean => pieces.some((piece) => 'clock24' in piece && piece.clock24 === true);

/** A bare number beside a weekday or a month may as well be a day or a year. */
function whyNotBare({ hour }: Clock, pieces: readonly Piece[]): string | null {
  if (pieces.length === 1 || pieces.some((piece) => piece.kind === 'day-part' || (piece.kind === 'days' && hour < 24)))
    return null;
  if (pieces.some((piece) => piece.kind === 'month-day' && hour <= 12)) return null;
  return `Is ${hour} an hour? Say “at ${hour}”.`;
}

function exactly(clock: Clock, hour: number): ClockChoice {
  const time = new Temporal.PlainTime(hour % 24, clock.minute, clock.second);
  const minutes = clock.minute === 0 ? '' : `:${String(clock.minute).padStart(2, '0')}`;
  return { time, daysOn: hour === 24 ? 1 : 0, label: `${hour % 12 || 12}${minutes}${hour % 24 < 12 ? 'am' : 'pm'}` };
}

const afternoon = (clock: Clock): ClockChoice => exactly(clock, (clock.hour % 12) + 12);
/** 12 at night is where the day ends. */
const morning = (clock: Clock): ClockChoice => exactly(clock, clock.hour === 12 ? 24 : clock.hour);

/** Without am or pm: hours in which people post are taken, and said; the rest is asked. */
function onSomeDay(clock: Clock): ClockChoice[] {
  const { hour, minute, colon } = clock;
  const assumed = (choice: ClockChoice): ClockChoice[] => [{ ...choice, note: `Without am or pm, this is ${choice.label}.` }];
  if (hour >= 8 && hour <= 11) return assumed(morning(clock));
  if (hour === 12 && colon === true && minute > 0) return assumed(afternoon(clock));
  // `3:30` may be a 24-hour clock's; `at 3` is not.
  if (hour <= 5 && colon !== true) return assumed(afternoon(clock));
  return [morning(clock), afternoon(clock)];
}

function inPart(clock: Clock, part: DayPart): ClockChoice | string {
  const hours = clock.certain ? [clock.hour] : [clock.hour % 12, (clock.hour % 12) + 12];
  const [from, until] = HOURS[part];
  const fitting = hours.filter((hour) => hour >= from && hour <= until);
  const [hour] = fitting;
  return hour === undefined
    ? `Is that ${exactly(clock, clock.hour).label.slice(0, -2)} in the ${part}? Say it with am or pm.`
    : exactly(clock, hour);
}

function midnight(isOtherDay: boolean, part: DayPart | undefined): ClockSaid | string {
  if (part !== undefined && part !== 'night') return `Midnight is not in the ${part}.`;
  const [start, end] = [0, 24].map((hour) => exactly({ kind: 'clock', hour, minute: 0, second: 0, certain: true }, hour));
  const choices = [start && { ...start, label: 'as the day begins' }, end && { ...end, label: 'as the day ends' }];
  const known = choices.filter((choice) => choice !== undefined);
  return { choices: isOtherDay ? known : known.slice(1), isOpen: false, hasSeconds: false };
}
