// From the pieces of one time to the moment they mean: one, several to ask about, one gone by, or none.
import { type ClockSaid, clockSaid } from './clock-choice.ts';
import { daysSaid, piecesOf } from './day.ts';
import { coarsestUnit } from './length.ts';
import type { DayChoice, Piece } from './piece.ts';
import { type Candidate, candidates, none, type Reading, settle, settleOpen, single, type Zone } from './settle.ts';
import { placeWall } from './wall-time.ts';
import type { WhenOptions } from './when.ts';

/** Reads pieces that stand together, all of them: a piece that does not fit makes it `none`. */
export function readPieces(pieces: readonly Piece[], options: WhenOptions): Reading {
  const [broken] = piecesOf(pieces, 'broken');
  if (broken) return none(broken.reason);
  if (piecesOf(pieces, 'shift').length > 0) return none('Which day does that count from?');
  if (piecesOf(pieces, 'zone').length > 1) return none('These are two time zones.');
  const [zone] = piecesOf(pieces, 'zone');
  const [instant] = piecesOf(pieces, 'instant');
  if (instant) return pieces.length > 1 ? none('Beside an exact moment nothing else can stand.') : exactMoment(instant, options);
  const [wall] = piecesOf(pieces, 'wall');
  if (wall)
    return pieces.length > (zone ? 2 : 1)
      ? none('Beside a whole date and time only a zone can stand.')
      : wallMoment(wall.wall, zone, options);
  return lengthFromNow(pieces, options) ?? dayAndClock(pieces, options);
}

/** A length that says a moment by itself; null where it says a day, or none is said. */
function lengthFromNow(pieces: readonly Piece[], options: WhenOptions): Reading | null {
  const [duration, second] = piecesOf(pieces, 'duration');
  if (duration === undefined) return null;
  if (second !== undefined) return none('These are two lengths of time.');
  const others = pieces.filter((piece) => piece !== duration && !(piece.kind === 'days' && piece.isToday));
  const isMoment = duration.isExact || duration.duration.seconds !== 0 || duration.duration.blank;
  if (isMoment && others.length > 0)
    return none('A length of hours or minutes counts from now: nothing else can stand beside it.');
  if (isMoment) return fromNow(duration, options);
  if (duration.duration.years !== 0 && piecesOf(pieces, 'clock').length > 0) {
    return none('A length of years names no day precisely enough for a time of day: say the date.');
  }
  const isDays = coarsestUnit(duration.duration) === 'day' && pieces.length === 1;
  return isDays ? daysFromNow(duration.duration, options) : null;
}

/** `in 2 days` is a multiple of 24 hours to some and a day like any other to others. */
function daysFromNow(duration: Temporal.Duration, options: WhenOptions): Reading {
  const now = options.now.toZonedDateTimeISO(options.timeZone);
  const date = now.toPlainDate().add(duration);
  const usual = Temporal.PlainTime.from(options.defaultTime ?? DEFAULT_TIME);
  const soon = now.toPlainTime().round({ smallestUnit: 'second' });
  const times = [
    { time: soon, label: `at this time of day, ${soon.toString({ smallestUnit: 'minute' })}` },
    { time: usual, label: `at the usual ${usual.toString({ smallestUnit: 'minute' })}` },
  ];
  const all = times.flatMap(({ time, label }) => candidates({ date, label: '' }, { time, daysOn: 0, label }, undefined, options));
  return settle(all, 'minute', options);
}

function exactMoment({ at, grain }: Extract<Piece, { kind: 'instant' }>, options: WhenOptions): Reading {
  return single({ at: at.toZonedDateTimeISO(options.timeZone), notes: [] }, grain, options);
}

function wallMoment(wall: Temporal.PlainDateTime, zone: Zone | undefined, options: WhenOptions): Reading {
  const placed = placeWall(wall, zone, options.timeZone);
  return settle(
    placed.map((each) => ({ ...each, labels: [each.label], next: null, later: null })),
    wall.second === 0 ? 'minute' : 'second',
    options,
  );
}

/** From now, to the next whole second, so that it is never before what was asked. */
function fromNow({ duration, note }: Extract<Piece, { kind: 'duration' }>, options: WhenOptions): Reading {
  const at = options.now
    .toZonedDateTimeISO(options.timeZone)
    .add(duration)
    .round({ smallestUnit: 'second', roundingMode: 'ceil' });
  return single(
    { at, notes: note === undefined ? [] : [note] },
    duration.seconds % 60 === 0 && !duration.blank ? 'minute' : 'second',
    options,
  );
}

function dayAndClock(all: readonly Piece[], options: WhenOptions): Reading {
  const pieces = withBareDays(all);
  const [zone] = piecesOf(pieces, 'zone');
  const today = options.now.toZonedDateTimeISO(zone?.timeZone ?? options.timeZone).toPlainDate();
  const said = daysAndToday(pieces, today);
  if (typeof said === 'string') return none(said);
  const clock = clockSaid(pieces, said !== null, options);
  if (typeof clock === 'string') return none(clock);
  if (clock === null) return said === null ? none('This is only a time zone.') : atDefaultTime(said, zone, options);
  // Without a day, a time of day is the next one that comes.
  const days = said ?? [{ date: today, label: 'today', later: today.add({ days: 1 }) }];
  const grain = clock.hasSeconds ? 'second' : 'minute';
  if (clock.isOpen && said === null) return settleOpen(openCandidates(today, clock, zone, options), grain, options);
  return settle(
    days.flatMap((day) => clock.choices.flatMap((choice) => candidates(day, choice, zone, options))),
    grain,
    options,
  );
}

/** A length of whole days as the day it ends on. */
const asDay = (piece: Piece): Piece =>
  piece.kind === 'duration'
    ? {
        kind: 'days',
        unit: coarsestUnit(piece.duration),
        from: (today) => [{ date: today.add(piece.duration), label: '', ...(piece.note && { note: piece.note }) }],
      }
    : piece;

/** `Friday 23 at 4`: where a time of day is said besides, a bare number beside a weekday is a day of the month. */
function withBareDays(pieces: readonly Piece[]): readonly Piece[] {
  const clocks = piecesOf(pieces, 'clock');
  if (clocks.length < 2 || piecesOf(pieces, 'weekday').length === 0) return pieces;
  return pieces.map((piece) =>
    piece.kind === 'clock' && piece.bare && piece.minute === 0 ? { kind: 'day-of-month', day: piece.hour, bare: true } : piece,
  );
}

/** The days said, where `this evening` says one too. */
function daysAndToday(pieces: readonly Piece[], today: Temporal.PlainDate): readonly DayChoice[] | string | null {
  const said = daysSaid(pieces.map(asDay), today);
  if (!piecesOf(pieces, 'day-part').some((part) => part.today) || typeof said === 'string') return said;
  const isOther = said?.some(({ date }) => !date.equals(today)) ?? false;
  return isOther ? 'These are two different days.' : [{ date: today, label: 'today', next: today.add({ days: 1 }) }];
}

const DEFAULT_TIME = '09:00';

function atDefaultTime(days: readonly DayChoice[], zone: Zone | undefined, options: WhenOptions): Reading {
  const time = Temporal.PlainTime.from(options.defaultTime ?? DEFAULT_TIME);
  const label = time.toString({ smallestUnit: 'minute' });
  const choice = { time, daysOn: 0, label, note: `No time of day was said, so this is at the usual ${label}.` };
  return settle(
    days.flatMap((day) => candidates(day, choice, zone, options)),
    'day',
    options,
  );
}

/** Where a clock without am or pm and without a day may be: both halves of today and of tomorrow. */
const openCandidates = (today: Temporal.PlainDate, clock: ClockSaid, zone: Zone | undefined, options: WhenOptions): Candidate[] =>
  [0, 1].flatMap((days) => {
    const day = { date: today.add({ days }), label: days === 0 ? 'today' : 'tomorrow' };
    return clock.choices.flatMap((choice) => candidates(day, choice, zone, options));
  });
