// Reads what recurs: "every Monday at 9am", "weekdays 8:30 until Christmas", "the first Tuesday of the month at noon". Asks or declines
// rather than guesses, like parse-when.ts. The rule it makes is recurrence/rule.ts's; when it comes round is occurrences.ts's.
import { findForeignCadence, soundsForeignRecurring } from './languages/cadences.ts';
import { isOnlyWhen } from './parse-when.ts';
import { type Bounds, type Edge, readBounds } from './recurrence/bounds.ts';
import { type Bare, type CadenceChoice, type CadenceSaid, findCadence } from './recurrence/cadence.ts';
import { type ClockChoice, defaultClock, readClock } from './recurrence/clock.ts';
import { nextOccurrences } from './recurrence/occurrences.ts';
import { type Recurrence, writeRule } from './recurrence/rule.ts';
import { END_OF_DAY, sayRecurrence } from './recurrence/say.ts';
import { nameWords, unreadWords } from './recurrence/unread.ts';
import type { WhenOptions } from './when.ts';

export interface RecurringTime {
  rule: Recurrence;
  /** The first occurrence. */
  first: Temporal.ZonedDateTime;
  /** What was assumed or moved, as sentences for the person. */
  notes: string[];
}

/**
 * - `recurring`: one sure reading.
 * - `ambiguous`: several make sense; ask. Each choice is named by its rule in words, `sayRecurrence(rule)`, which reads back as it.
 * - `none`: does not recur, or words that belong to it could not be read; `reason` says which, for the person.
 */
export type RecurrenceReading =
  | ({ kind: 'recurring' } & RecurringTime)
  | { kind: 'ambiguous'; choices: RecurringTime[] }
  | { kind: 'none'; reason: string };

const EXAMPLES = 'Try “every Monday at 9am”, “weekdays at 8:30” or “on the 1st of every month at noon”.';
const none = (reason: string): RecurrenceReading => ({ kind: 'none', reason });

/** What people type is a few words. */
const LONGEST = 300;
/** More readings than this are no question one can answer. */
const MOST_CHOICES = 6;

const RECURRING_WORD =
  /(?<![\p{L}\p{N}])(?:every|each|daily|weekly|monthly|yearly|annually|hourly|quarterly|fortnightly|bi-?weekly)(?![\p{L}\p{N}])/iu;

/** The language of the locale first, English beside it. */
const findIn = (text: string, locale: string | null | undefined): CadenceSaid | null =>
  findForeignCadence(text, locale) ?? findCadence(text);

/** Whether a text is meant to recur, read or not, in English or the locale's language: then `parseRecurrence` has the better answer. */
export function soundsRecurring(text: string, locale?: string | null): boolean {
  const start = text.slice(0, LONGEST);
  return RECURRING_WORD.test(start) || soundsForeignRecurring(start, locale) || findIn(start, locale) !== null;
}

/** Whether a text begins by saying how often, so that `on Mondays` is told from `on x`. */
export const startsRecurring = (text: string): boolean => findCadence(text.slice(0, LONGEST))?.index === 0;

/** Whether a text says when something recurs and nothing else, whatever moments that is. */
export function isOnlyRecurrence(text: string): boolean {
  const said = text.length > LONGEST ? null : findCadence(text);
  if (said === null) return false;
  const bounds = readBounds([text.slice(0, said.index), text.slice(said.until)], ANY_OPTIONS);
  return typeof bounds !== 'string' && (unreadWords(bounds.rest).length === 0 || isOnlyWhen(bounds.rest));
}

const ANY_OPTIONS: WhenOptions = { now: Temporal.Instant.fromEpochMilliseconds(0), timeZone: 'UTC' };

/** Reads a text that says only when something recurs. Pure; the clock and the zone are handed in. */
export function parseRecurrence(text: string, options: WhenOptions): RecurrenceReading {
  if (text.length > LONGEST) return none(`That is too long for a time. ${EXAMPLES}`);
  const said = findIn(text, options.locale);
  if (said === null) return none(`${nameWords(text)} does not say how often. ${EXAMPLES}`);
  if (typeof said.read === 'string') return none(said.read);
  const bounds = readBounds([text.slice(0, said.index), text.slice(said.until)], options);
  if (typeof bounds === 'string') return none(bounds);
  const clocks = clocksOf(bounds, options);
  if (typeof clocks === 'string') return none(clocks);
  return settle(combine({ cadences: said.read, bounds, clocks }, options));
}

/** A first moment with a time of day gives that time to all; an end with one does not say which of the two was meant. */
function clocksOf({ rest, starting, until }: Bounds, options: WhenOptions): readonly ClockChoice[] | string {
  const clocks = readClock(rest, options);
  const startTimes = starting.filter(({ hasTime }) => hasTime);
  if (typeof clocks === 'string') return clocks;
  if (clocks !== null) return startTimes.length > 0 ? 'These are two times of day.' : clocks;
  if (startTimes.length > 0)
    return startTimes.map(({ at, label }) => ({ time: at.toPlainTime(), timeZone: at.timeZoneId, label, notes: [] }));
  if (until.some(({ hasTime }) => hasTime))
    return 'Is that the time it goes out, or the time it ends? Say the time it goes out first.';
  return [defaultClock(options)];
}

interface Parts {
  cadences: readonly CadenceChoice[] | Bare;
  bounds: Bounds;
  clocks: readonly ClockChoice[];
}

/** Every way the parts can be put together. */
function combine({ cadences, bounds, clocks }: Parts, options: WhenOptions): (RecurringTime | string)[] {
  const starts = bounds.starting.length > 0 ? bounds.starting : [null];
  const ends = bounds.until.length > 0 ? bounds.until : [null];
  return starts.flatMap((start) =>
    clocks
      .filter(({ time }) => !start?.hasTime || start.at.toPlainTime().equals(time))
      .flatMap((clock) =>
        ends.flatMap((end) => cadencesFrom(cadences, start).map((each) => build(each, { clock, start, end, bounds }, options))),
      ),
  );
}

/** "weekly" says a day only together with a first one. */
function cadencesFrom(said: readonly CadenceChoice[] | Bare, start: Edge | null): readonly (CadenceChoice | string)[] {
  if (!('unit' in said)) return said;
  const { unit, interval } = said;
  if (start === null) return [WHICH_DAY[unit]];
  const { dayOfWeek, day, month } = start.at;
  if (unit === 'week') return [{ cadence: { unit, interval, weekdays: [dayOfWeek] }, notes: [] }];
  if (unit === 'month') return [day > 28 ? WHICH_DAY.month : { cadence: { unit, interval, days: [day] }, notes: [] }];
  return [{ cadence: { unit, interval, month, day }, notes: [] }];
}

const WHICH_DAY: Record<Bare['unit'], string> = {
  week: 'Which day of the week? Say “every Monday”, or “every 2 weeks on Monday”.',
  month: 'Which day of the month? Say “on the 1st of every month”, or “on the first Monday of every month”.',
  year: 'Which day of the year? Say “every year on 24 November”.',
};

interface Placing {
  clock: ClockChoice;
  start: Edge | null;
  end: Edge | null;
  bounds: Bounds;
}

function build(said: CadenceChoice | string, placing: Placing, { now }: WhenOptions): RecurringTime | string {
  if (typeof said === 'string') return said;
  const { clock, start, bounds } = placing;
  const { cadence, notes } = said;
  const { timeZone, time } = clock;
  const from = start?.at.toPlainDate() ?? now.toZonedDateTimeISO(timeZone).toPlainDate();
  // the first of a longer interval is the first there is; what follows is counted from it
  const each = writeRule({ cadence: { ...cadence, interval: 1 }, until: null, count: null });
  const [first] = nextOccurrences({ rrule: each, start: from.toPlainDateTime(time).toString(), timeZone }, now, 1);
  if (first === undefined) return 'There is no such day.';
  const until = endOf(placing, first.wall);
  const rule: Recurrence = {
    rrule: writeRule({ cadence, until, count: bounds.count }),
    start: first.wall.toString({ smallestUnit: 'second' }),
    timeZone,
  };
  if (until !== null && Temporal.PlainDateTime.compare(first.wall, until) > 0) return 'It would end before it begins.';
  return { rule, first: first.at, notes: [...notes, ...clock.notes, ...first.notes] };
}

/** "for 10 weeks" ends the day before the same day ten weeks on; "until Friday" takes Friday in. */
function endOf({ clock, end, bounds }: Placing, first: Temporal.PlainDateTime): Temporal.PlainDateTime | null {
  if (bounds.lasting !== null) return first.toPlainDate().add(bounds.lasting).subtract({ days: 1 }).toPlainDateTime(END_OF_DAY);
  if (end === null) return null;
  return end.hasTime ? end.at.withTimeZone(clock.timeZone).toPlainDateTime() : end.at.toPlainDate().toPlainDateTime(END_OF_DAY);
}

function settle(all: readonly (RecurringTime | string)[]): RecurrenceReading {
  const readings = all.filter((each) => typeof each !== 'string');
  const distinct = [...new Map(readings.map((each) => [sayRecurrence(each.rule), each])).values()];
  const [only, second] = distinct;
  if (only === undefined) return none(all.find((each) => typeof each === 'string') ?? `When? ${EXAMPLES}`);
  if (second === undefined) return { kind: 'recurring', ...only };
  if (distinct.length > MOST_CHOICES) return none(`That can mean too many things. ${EXAMPLES}`);
  return { kind: 'ambiguous', choices: distinct };
}
