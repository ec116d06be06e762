// From candidates for a moment to what is answered: one is sure, several are a question, none ahead is the past.
import { nameDay } from './calendar.ts';
import type { ClockChoice } from './clock-choice.ts';
import type { DayChoice, Piece } from './piece.ts';
import { type Placed, placeWall } from './wall-time.ts';
import type { Grain, WhenChoice, WhenOptions } from './when.ts';

export type Reading =
  | { kind: 'at'; at: Temporal.ZonedDateTime; grain: Grain; notes: string[] }
  | { kind: 'ambiguous'; choices: WhenChoice[] }
  | { kind: 'past'; at: Temporal.ZonedDateTime; next: Temporal.ZonedDateTime | null }
  | { kind: 'none'; reason: string };

export const none = (reason: string): Reading => ({ kind: 'none', reason });

const isGone = (at: Temporal.ZonedDateTime, { now }: WhenOptions): boolean => Temporal.Instant.compare(at.toInstant(), now) < 0;

export const single = ({ at, notes }: Placed, grain: Grain, options: WhenOptions): Reading =>
  isGone(at, options) ? { kind: 'past', at, next: null } : { kind: 'at', at, grain, notes: [...notes] };

export type Zone = Extract<Piece, { kind: 'zone' }>;

export interface Candidate extends Placed {
  labels: readonly (string | undefined)[];
  /** The same with its day's `later` and `next`. */
  later: Candidate | null;
  next: Temporal.ZonedDateTime | null;
}

/** Of an open clock's moments the next one is taken where it is today and in the hours in which people post; else both are asked. */
export function settleOpen(all: readonly Candidate[], grain: Grain, options: WhenOptions): Reading {
  const ahead = all
    .filter(({ at }) => !isGone(at, options))
    .sort((one, other) => Temporal.ZonedDateTime.compare(one.at, other.at));
  const [first] = ahead;
  if (first === undefined) return none('That time has gone by.');
  const isSure =
    first.labels[0] === 'today' && first.at.hour >= 8 && first.at.hour <= 19 && !(first.at.hour === 12 && first.at.minute === 0);
  const label = first.labels[1] ?? '';
  return isSure
    ? { kind: 'at', at: first.at, grain, notes: [`Without am or pm, this is ${label} today.`, ...first.notes] }
    : settle(ahead.slice(0, 2), grain, options);
}

export function candidates(day: DayChoice, clock: ClockChoice, zone: Zone | undefined, options: WhenOptions): Candidate[] {
  const place = (date: Temporal.PlainDate) =>
    placeWall(date.add({ days: clock.daysOn }).toPlainDateTime(clock.time), zone, options.timeZone);
  const laters = day.later && place(day.later);
  const nexts = day.next && place(day.next);
  return place(day.date).map((placed, index) => {
    const notes = [day.note, clock.note, zone?.note].filter((note) => note !== undefined);
    const labels = [day.label, clock.label, placed.label];
    const later = laters?.[index];
    const gone = `That has gone by for today, so this is on ${day.later ? nameDay(day.later, day.date) : ''}.`;
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
export function settle(all: readonly Candidate[], grain: Grain, options: WhenOptions): Reading {
  const current = all.map((each) => (each.later !== null && isGone(each.at, options) ? each.later : each));
  const ahead = distinct(current.filter(({ at }) => !isGone(at, options)));
  const [first, second] = ahead;
  if (first && second) return { kind: 'ambiguous', choices: ahead.map((each) => ({ at: each.at, label: labelOf(each, ahead) })) };
  if (first) return { kind: 'at', at: first.at, grain, notes: [...first.notes, ...otherIsGone(first, distinct(current))] };
  const [last] = current.toSorted((one, other) => Temporal.ZonedDateTime.compare(other.at, one.at));
  if (last === undefined) return none('This says no moment.');
  return { kind: 'past', at: last.at, next: last.next };
}

/** Where the clock alone has settled which reading is meant, that is said. */
function otherIsGone(left: Candidate, all: readonly Candidate[]): string[] {
  const label = labelOf(left, all);
  return all.length > 1 && label !== '' ? [`This is taken as ${label}: the other reading has gone by.`] : [];
}

const distinct = (all: readonly Candidate[]): Candidate[] => [
  ...new Map(all.map((each) => [each.at.epochMilliseconds, each])).values(),
];

/** Only what differs among the choices is worth saying. */
function labelOf(candidate: Candidate, all: readonly Candidate[]): string {
  const differing = candidate.labels.filter((_, part) => new Set(all.map(({ labels }) => labels[part])).size > 1);
  return differing.filter((label) => label !== undefined && label !== '').join(', ');
}
