// Reads the time of day and the zone that every occurrence has, out of the words that say neither how often nor how long. The
// words are read by `parseOnlyWhen`, as those of a single day.
import { tomorrowsIn } from '../languages/cadences.ts';
import { parseOnlyWhen } from '../parse-when.ts';
import type { WhenOptions } from '../when.ts';
import { nameWords, unreadWords } from './unread.ts';

export interface ClockChoice {
  time: Temporal.PlainTime;
  timeZone: string;
  /** What makes this reading different: `7am`. */
  label: string;
  notes: readonly string[];
}

const DEFAULT_TIME = '09:00';
/** `UTC+2` is the same all year and a place is not; within a zone's name it is none. */
const OFFSET = /(?<![\w/])(?:utc|gmt)?\s?[+−]\s?\d{1,2}(?::?\d\d)?(?!\w)|(?:utc|gmt)\s?-\s?\d/i;
const MIDNIGHT = /(?<!\p{L})(?:midnight|mitternacht|minuit|medianoche|mezzanotte|meia[- ]noite|middernacht)(?!\p{L})/iu;
/**
 * Days on which the same words are read, counted from now: a clock change disturbs the reading of one of them at most, and a weekday
 * or date that is left among the words fits one of them at most.
 */
const TRIAL_DAYS = [1, 3, 5];

export const defaultClock = ({ defaultTime, timeZone }: WhenOptions): ClockChoice => {
  const time = Temporal.PlainTime.from(defaultTime ?? DEFAULT_TIME);
  const usual = time.toString({ smallestUnit: 'minute' });
  return { time, timeZone, label: usual, notes: [`No time of day was said, so this is at the usual ${usual}.`] };
};

/** Null where the words say no time of day; several choices are a question; a sentence says why it cannot be. */
export function readClock(words: string, options: WhenOptions): readonly ClockChoice[] | string | null {
  if (unreadWords(words).length === 0) return null;
  if (OFFSET.test(words)) return 'An offset from UTC knows no summer time: name a city or a zone instead, “9am Berlin time”.';
  if (MIDNIGHT.test(words)) return 'Is midnight where the day begins or where it ends? Say 00:00 or 23:59.';
  for (const tomorrow of tomorrowsIn(options.locale)) {
    const readings = TRIAL_DAYS.map((days) =>
      readOn(`${tomorrow} ${words}`, { ...options, now: options.now.add({ hours: 24 * days }) }),
    );
    const sure = readings.filter((reading) => typeof reading !== 'string');
    const agreed = sure.find((one) => sure.filter((other) => keyOf(one) === keyOf(other)).length > 1);
    if (agreed) return agreed;
  }
  return `I could not read ${nameWords(words)} beside how often it recurs.`;
}

const keyOf = (choices: readonly ClockChoice[]): string => choices.map(({ time, timeZone }) => `${time} ${timeZone}`).join();

function readOn(text: string, options: WhenOptions): readonly ClockChoice[] | string {
  const when = parseOnlyWhen(text, options);
  if (when.kind === 'none') return when.reason;
  const unread = `${text.slice(0, when.index)} ${text.slice(when.index + when.text.length)}`;
  if (when.kind === 'past' || unreadWords(unread).length > 0) return 'This is more than a time of day.';
  const choices = when.kind === 'at' ? [{ at: when.at, label: '', notes: when.notes }] : when.choices;
  return choices.map((choice) => ({
    time: choice.at.toPlainTime(),
    timeZone: choice.at.timeZoneId,
    label: choice.label,
    notes: 'notes' in choice ? choice.notes : [],
  }));
}
