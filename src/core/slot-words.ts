// A week's slots as people write them, "Mon-Fri 09:00, 12:30; Sat 10:00", and back in words that are read as the same slots.
import { invalidArgument } from './errors.ts';
import { type DaySlots, SLOT_MINUTES, type WeekSlots } from './slots.ts';
import { wallTimeSaid } from './time/time-of-day.ts';
import type { WhenOptions } from './time/when.ts';
import { WEEKDAY, weekdayOf } from './time/words.ts';

const EXAMPLE = 'Write them like: Mon-Fri 09:00, 12:30; Sat 10:00';
const NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const DAY_MINUTES = 24 * 60;

const RANGE = `(?<from>${WEEKDAY})s?\\s*(?:-|–|—|to|through|thru)\\s*(?<to>${WEEKDAY})s?`;
/** The days that a piece of the text begins with. */
const DAYS = new RegExp(
  `^(?:on\\s+|every\\s+|each\\s+)?(?:${RANGE}|(?<days>daily|day|everyday)|(?<workdays>(?:week|work(?:ing)?\\s?)days?)|(?<weekend>weekends?)|(?<one>${WEEKDAY})s?)(?![\\p{L}\\p{N}])[.:]?\\s*`,
  'iu',
);

/** Whether a text names days: what stands before a colon may be a network or the days. */
export const isOnlyDays = (text: string): boolean => {
  const match = DAYS.exec(text.trim());
  return match !== null && match[0].length === text.trim().length;
};

/**
 * Days and times: each time belongs to the days before it, and without any to every day. `options` say how times are read.
 * @throws CrierError `invalid-input` about `value`, naming what could not be read.
 */
export function readWeekSlots(text: string, options: WhenOptions): WeekSlots {
  const times = new Map<number, Set<string>>();
  let days: number[] = [];
  let hasTimes = true;
  for (const piece of piecesOf(text)) {
    const match = DAYS.exec(piece);
    if (match) days = hasTimes ? daysIn(match) : [...days, ...daysIn(match)];
    if (match) hasTimes = false;
    for (const said of clocksIn(piece.slice(match?.[0].length ?? 0))) {
      if (days.length === 0) days = EVERY_DAY;
      hasTimes = true;
      const time = readTime(said, options);
      for (const day of days) times.set(day, (times.get(day) ?? new Set()).add(time));
    }
  }
  if (times.size === 0) throw invalidArgument('value', `Say at which times posts go out. ${EXAMPLE}`);
  if (!hasTimes) throw invalidArgument('value', `At which times on ${nameDays(sorted(days))}? ${EXAMPLE}`);
  return apart(inDays(times));
}

const piecesOf = (text: string): string[] =>
  text
    .split(/[,;\n&]|\s+and\s+/i)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');

/** `09:00 12:30` -> two; `9 am` stays one. */
const clocksIn = (text: string): string[] =>
  text
    .trim()
    .split(/(?<=\d|\dh|m\.?|noon)\s+(?=\d|noon)/i)
    .filter((clock) => clock !== '');

function daysIn({ groups = {} }: RegExpExecArray): number[] {
  const { from, to, days, workdays, weekend, one } = groups;
  if (days !== undefined) return EVERY_DAY;
  if (workdays !== undefined) return [1, 2, 3, 4, 5];
  if (weekend !== undefined) return [6, 7];
  if (from === undefined || to === undefined) return [weekdayOf(one ?? '')];
  const length = ((weekdayOf(to) - weekdayOf(from) + 7) % 7) + 1;
  return Array.from({ length }, (_, index) => ((weekdayOf(from) - 1 + index) % 7) + 1);
}

function readTime(said: string, options: WhenOptions): string {
  const read = wallTimeSaid(said, options);
  if (typeof read === 'string') throw invalidArgument('value', `${read} ${EXAMPLE}`);
  return read.time;
}

/** Days with the same times are said together. */
function inDays(times: ReadonlyMap<number, ReadonlySet<string>>): WeekSlots {
  const byTimes = new Map<string, DaySlots>();
  for (const weekday of sorted([...times.keys()])) {
    const ofDay = [...(times.get(weekday) ?? [])].sort();
    const alike = byTimes.get(ofDay.join()) ?? { weekdays: [], times: ofDay };
    alike.weekdays.push(weekday);
    byTimes.set(ofDay.join(), alike);
  }
  return [...byTimes.values()];
}

/** @throws CrierError `invalid-input` where two are so near that one post would take both. */
function apart(slots: WeekSlots): WeekSlots {
  const minutes = slots.flatMap(({ weekdays, times }) =>
    weekdays.flatMap((weekday) => times.map((time) => (weekday - 1) * DAY_MINUTES + minuteOf(time))),
  );
  const inOrder = sorted(minutes);
  inOrder.forEach((minute, index) => {
    const next = inOrder[index + 1] ?? (inOrder[0] ?? 0) + 7 * DAY_MINUTES;
    if (next - minute >= SLOT_MINUTES) return;
    const [one, other] = [minute, next].map((each) => clockOf(each % DAY_MINUTES));
    throw invalidArgument('value', `${one} and ${other} are too near: slots are at least ${SLOT_MINUTES} minutes apart.`);
  });
  return slots;
}

const sorted = (numbers: readonly number[]): number[] => [...new Set(numbers)].sort((one, other) => one - other);
const minuteOf = (time: string): number => Temporal.PlainTime.from(time).since('00:00').total('minutes');
const clockOf = (minute: number): string =>
  Temporal.PlainTime.from('00:00').add({ minutes: minute }).toString({ smallestUnit: 'minute' });

/** `Mon-Fri 09:00, 12:30; Sat 10:00`: what `readWeekSlots` reads as the same slots. */
export const sayWeekSlots = (slots: WeekSlots): string =>
  slots.map(({ weekdays, times }) => `${nameDays(weekdays)} ${times.join(', ')}`).join('; ');

function nameDays(weekdays: readonly number[]): string {
  if (weekdays.length === 7) return 'daily';
  const runs: number[][] = [];
  for (const day of weekdays) {
    const last = runs.at(-1);
    if (last?.at(-1) === day - 1) last.push(day);
    else runs.push([day]);
  }
  const name = (day: number | undefined): string => NAMES[(day ?? 1) - 1] ?? '';
  return runs.map((run) => (run.length > 2 ? `${name(run[0])}-${name(run.at(-1))}` : run.map(name).join(', '))).join(', ');
}
