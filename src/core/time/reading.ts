// From the pieces of one time to the moment they mean: one, several to ask about, one gone by, or none.
import { type ClockChoice, type ClockSaid, clockSaid } from './clock-choice.ts';
import { daysSaid, piecesOf } from './day.ts';
import type { DayChoice, Piece } from './piece.ts';
import { type Placed, placeWall } from './wall-time.ts';
import type { Grain, WhenChoice, WhenOptions } from './when.ts';

export type Reading =
  | { kind: 'at'; at: Temporal.ZonedDateTime; grain: Grain; notes: string[] }
  | { kind: 'ambiguous'; choices: WhenChoice[] }
  | { kind: 'past'; at: Temporal.ZonedDateTime; next: Temporal.ZonedDateTime | null }
  | { kind: 'none'; reason: string };

const none = (reason: string): Reading => ({ kind: 'none', reason });
const isGone = (at: Temporal.ZonedDateTime, { now }: WhenOptions): boolean => Temporal.Instant.compare(at.toInstant(), now) < 0;

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
  const durations = piecesOf(pieces, 'duration');
  const [duration] = durations;
  if (duration && (pieces.length === 1 || duration.duration.seconds !== 0 || durations.length > 1)) {
    return pieces.length > 1
      ? none('A length of hours or minutes counts from now: nothing else can stand beside it.')
      : fromNow(duration.duration, options);
  }
  return dayAndClock(pieces, options);
}

type Zone = Extract<Piece, { kind: 'zone' }> | undefined;

function exactMoment({ at, grain }: Extract<Piece, { kind: 'instant' }>, options: WhenOptions): Reading {
  return single({ at: at.toZonedDateTimeISO(options.timeZone), notes: [] }, grain, options);
}

function wallMoment(wall: Temporal.PlainDateTime, zone: Zone, options: WhenOptions): Reading {
  const placed = placeWall(wall, zone, options.timeZone);
  return settle(
    placed.map((each) => ({ ...each, labels: [each.label], next: null, later: null })),
    wall.second === 0 ? 'minute' : 'second',
    options,
  );
}

const single = ({ at, notes }: Placed, grain: Grain, options: WhenOptions): Reading =>
  isGone(at, options) ? { kind: 'past', at, next: null } : { kind: 'at', at, grain, notes: [...notes] };

/** From now, to the next whole second, so that it is never before what was asked. */
function fromNow(duration: Temporal.Duration, options: WhenOptions): Reading {
  const at = options.now
    .toZonedDateTimeISO(options.timeZone)
    .add(duration)
    .round({ smallestUnit: 'second', roundingMode: 'ceil' });
  return single({ at, notes: [] }, duration.seconds % 60 === 0 && !duration.blank ? 'minute' : 'second', options);
}

interface Candidate extends Placed {
  labels: readonly (string | undefined)[];
  /** The same with its day's `later` and `next`. */
  later: Candidate | null;
  next: Temporal.ZonedDateTime | null;
}

function dayAndClock(pieces: readonly Piece[], options: WhenOptions): Reading {
  const [zone] = piecesOf(pieces, 'zone');
  const today = options.now.toZonedDateTimeISO(zone?.timeZone ?? options.timeZone).toPlainDate();
  const said = daysWithDurations(pieces, today);
  if (typeof said === 'string') return none(said);
  const clock = clockSaid(pieces, said !== null);
  if (typeof clock === 'string') return none(clock);
  if (clock === null) return said === null ? none('This is only a time zone.') : atDefaultTime(said, zone, options);
  const days = said ?? [{ date: today, label: 'today', next: today.add({ days: 1 }) }];
  const grain = clock.hasSeconds ? 'second' : 'minute';
  if (clock.isOpen && said === null) return settleOpen(openCandidates(today, clock, zone, options), grain, options);
  return settle(
    days.flatMap((day) => clock.choices.flatMap((choice) => candidates(day, choice, zone, options))),
    grain,
    options,
  );
}

/** The days said, where `in 2 days` and `this evening` say one too. */
function daysWithDurations(pieces: readonly Piece[], today: Temporal.PlainDate): readonly DayChoice[] | string | null {
  const said = daysSaid(pieces, today);
  const durations = piecesOf(pieces, 'duration');
  const [duration] = durations;
  const saysToday = piecesOf(pieces, 'day-part').some((part) => part.today);
  if (duration)
    return said !== null || durations.length > 1 || saysToday
      ? 'These are two different days.'
      : [{ date: today.add(duration.duration), label: '' }];
  if (!saysToday) return said;
  if (typeof said === 'string') return said;
  const isOther = said?.some(({ date }) => !date.equals(today)) ?? false;
  return isOther ? 'These are two different days.' : [{ date: today, label: 'today', next: today.add({ days: 1 }) }];
}

const DEFAULT_TIME = '09:00';

function atDefaultTime(days: readonly DayChoice[], zone: Zone, options: WhenOptions): Reading {
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
const openCandidates = (today: Temporal.PlainDate, clock: ClockSaid, zone: Zone, options: WhenOptions): Candidate[] =>
  [0, 1].flatMap((days) => {
    const day = { date: today.add({ days }), label: days === 0 ? 'today' : 'tomorrow' };
    return clock.choices.flatMap((choice) => candidates(day, choice, zone, options));
  });

/** One of an open clock's moments is sure only where it is this afternoon or evening and the other one was this morning. */
function settleOpen(all: readonly Candidate[], grain: Grain, options: WhenOptions): Reading {
  const ahead = all
    .filter(({ at }) => !isGone(at, options))
    .sort((one, other) => Temporal.ZonedDateTime.compare(one.at, other.at));
  const [first] = ahead;
  if (first === undefined) return none('That time has gone by.');
  const isToday = first.labels[0] === 'today';
  const isSure = isToday && first.at.hour >= 13 && first.at.hour <= 19 && all.indexOf(first) === 1;
  const label = first.labels[1] ?? '';
  return isSure
    ? { kind: 'at', at: first.at, grain, notes: [`Without am or pm, this is ${label} today.`, ...first.notes] }
    : settle(ahead.slice(0, 2), grain, options);
}

function candidates(day: DayChoice, clock: ClockChoice, zone: Zone, options: WhenOptions): Candidate[] {
  const place = (date: Temporal.PlainDate) =>
    placeWall(date.add({ days: clock.daysOn }).toPlainDateTime(clock.time), zone, options.timeZone);
  const laters = day.later && place(day.later);
  const nexts = day.next && place(day.next);
  return place(day.date).map((placed, index) => {
    const notes = [...(day.note ? [day.note] : []), ...(clock.note ? [clock.note] : [])];
    const labels = [day.label, clock.label, placed.label];
    const later = laters?.[index];
    const gone = `That has gone by for today, so this is on ${day.later?.toString() ?? ''}.`;
    return {
      at: placed.at,
      notes: [...notes, ...placed.notes],
      labels,
      later: later ? { at: later.at, notes: [...notes, gone, ...later.notes], labels, later: null, next: null } : null,
      next: nexts?.[index]?.at ?? null,
    };
  });
}

/** One moment ahead is the answer; several are a question; none is the past. */
function settle(all: readonly Candidate[], grain: Grain, options: WhenOptions): Reading {
  const current = all.map((each) => (each.later !== null && isGone(each.at, options) ? each.later : each));
  const ahead = distinct(current.filter(({ at }) => !isGone(at, options)));
  const [first, second] = ahead;
  if (first && second) return { kind: 'ambiguous', choices: ahead.map((each) => ({ at: each.at, label: labelOf(each, ahead) })) };
  if (first) return { kind: 'at', at: first.at, grain, notes: [...first.notes] };
  const [last] = current.toSorted((one, other) => Temporal.ZonedDateTime.compare(other.at, one.at));
  if (last === undefined) return none('This says no moment.');
  return { kind: 'past', at: last.at, next: last.next };
}

const distinct = (all: readonly Candidate[]): Candidate[] => [
  ...new Map(all.map((each) => [each.at.epochMilliseconds, each])).values(),
];

/** Only what differs among the choices is worth saying. */
function labelOf(candidate: Candidate, all: readonly Candidate[]): string {
  const differing = candidate.labels.filter((_, part) => new Set(all.map(({ labels }) => labels[part])).size > 1);
  return differing.filter((label) => label !== undefined && label !== '').join(', ');
}
