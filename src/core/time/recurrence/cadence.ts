// Reads how often: "every other Friday", "weekdays", "on the 15th of every month", "the first Tuesday of the month". Each pattern is
// one way to say it; the first in the list that is found is taken, and what stands around it is left for the others to read.
import { DAY_NUMBER, MONTH, monthOf, NUMBER_WORD, numberOf, ORDINAL_WORD, ordinalOf, WEEKDAY, weekdayOf } from '../words.ts';
import type { Cadence } from './rule.ts';
import { dayName, nthName, sayCadence } from './say.ts';

/** One thing the words may mean. */
export interface CadenceChoice {
  cadence: Cadence;
  notes: readonly string[];
}

/** Says no day: only a first date makes it whole. */
export interface Bare {
  unit: 'week' | 'month' | 'year';
  interval: number;
}

/** Several choices are a question; a sentence says why it cannot be. */
export type CadenceRead = readonly CadenceChoice[] | Bare | string;

export interface CadenceSaid {
  read: CadenceRead;
  index: number;
  until: number;
}

type Groups = Partial<Record<string, string>>;

interface Way {
  expression: RegExp;
  read: (groups: Groups) => CadenceRead;
}

const way = (source: string, read: Way['read']): Way => ({
  expression: new RegExp(`(?<![\\p{L}\\p{N}_/])(?:${source})(?![\\p{L}\\p{N}_]|[:/.\\-]\\d)`, 'iu'),
  read,
});

export const certain = (cadence: Cadence, ...notes: string[]): readonly CadenceChoice[] => [{ cadence, notes }];

// ------------------------------------------------------------------------------------------------------------- words

const EVERY = '(?:every|each)';
const AND = '(?:\\s*,\\s*(?:and\\s+)?|\\s+and\\s+|\\s*[&+/]\\s*)';
const NTH = '(?:first|second|third|fourth|fifth|last|[1-5](?:st|nd|rd|th))';
const NTHS = `(?<nths>${NTH}(?:${AND}(?:the\\s+)?${NTH})*)`;
const INTERVAL = `(?<interval>other|alternate|second|third|fourth|2nd|3rd|4th|\\d{1,3}|${NUMBER_WORD})`;
const MONTHS = `(?:monthly|quarterly|${EVERY}\\s+(?:quarter|(?:${INTERVAL}\\s+)?months?))`;
const OF_MONTHS = `(?:of|in)\\s+(?:the|a|${EVERY})\\s+(?:(?:${INTERVAL}\\s+)?months?|quarter)`;
const WEEKS = `(?<weeks>weekly|fortnightly|${EVERY}\\s+(?:fortnight|(?:${INTERVAL}\\s+)?weeks?))`;
const YEARS = `(?:yearly|annually|${EVERY}\\s+(?:${INTERVAL}\\s+)?years?)`;
const DAY = `(?:last(?:\\s+day)?|${DAY_NUMBER}(?:\\s+day)?)`;
const DAYS = `(?<days>${DAY}(?:${AND}(?:the\\s+)?${DAY})*)`;
const DATE = `(?:the\\s+)?(?:(?<day>${DAY_NUMBER})(?:\\s+of)?\\s*(?<month>${MONTH})|(?<monthFirst>${MONTH})\\.?\\s+(?:the\\s+)?(?<dayLast>${DAY_NUMBER}))\\.?`;
const NAMES = `${WEEKDAY}s?(?:${AND}${WEEKDAY}s?)*`;
const RANGE = `${WEEKDAY}s?(?:\\s+(?:to|through|thru)\\s+|\\s*[-–]\\s*)${WEEKDAY}s?`;
/** Not those of a length: `2 business days from now`. */
const NO_COUNT = `(?<!(?:\\d|${NUMBER_WORD}|an?)\\s+)`;
const WORKDAYS = `${NO_COUNT}(?:week|work|working\\s+|business\\s+)days?`;
const WEEKDAYS = `(?<weekdays>${RANGE}|${NAMES}|${WORKDAYS}|weekends?)`;
const PLURAL = '(?:mon|tues|wednes|thurs|fri|satur|sun)days';
const PLURALS = `(?<weekdays>${RANGE}|(?:${WEEKDAY}s?${AND})*${PLURAL}(?:${AND}${PLURAL})*|${NO_COUNT}(?:week|work|working\\s+|business\\s+)days|weekends)`;

const NTH_WORDS = ['first', 'second', 'third', 'fourth', 'fifth'];

const placeOf = (word: string): number => {
  const lower = word.toLowerCase();
  return lower === 'last' ? -1 : /^\d/.test(lower) ? Number.parseInt(lower, 10) : NTH_WORDS.indexOf(lower) + 1;
};

function intervalOf(word: string | undefined, whole = ''): number {
  if (/quarter/i.test(whole)) return 3;
  if (/fortnight/i.test(whole)) return 2;
  if (word === undefined) return 1;
  if (/^(?:other|alternate)$/i.test(word)) return 2;
  return /^\d+$/.test(word) ? Number(word) : placeOf(word) > 0 ? placeOf(word) : numberOf(word);
}

const sorted = (numbers: readonly number[]): number[] => [...new Set(numbers)].sort((one, other) => one - other);
/** With the last at the end. */
const lastLast = (numbers: readonly number[]): number[] => {
  const ahead = sorted(numbers.filter((number) => number > 0));
  return numbers.includes(-1) ? [...ahead, -1] : ahead;
};

function weekdaysIn(words: string): number[] {
  if (/^weekend/i.test(words)) return [6, 7];
  if (new RegExp(`^${WORKDAYS}$`, 'i').test(words)) return [1, 2, 3, 4, 5];
  const days = [...words.matchAll(new RegExp(WEEKDAY, 'gi'))].map(([word]) => weekdayOf(word));
  const [from = 1, to = 1] = days;
  if (!new RegExp(`^${RANGE}$`, 'i').test(words)) return sorted(days);
  return sorted(Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, index) => ((from - 1 + index) % 7) + 1));
}

// ----------------------------------------------------------------------------------------------------------- readers

const NO_INTERVAL = 'Every how many? Say a number from 1 on.';

function weekly(words: string, interval: number): CadenceRead {
  if (interval < 1) return NO_INTERVAL;
  if (/^weekend$/i.test(words)) return 'Which day of the weekend? Say “every Saturday”, or “every Saturday and Sunday” for both.';
  return certain({ unit: 'week', interval, weekdays: weekdaysIn(words) });
}

/** "every second Friday" is every other one to most; "every third" may as well be the third of the month; "every first" only that. */
function everyNthWeekday({ interval: word = '', nth, weekdays = '' }: Groups): CadenceRead {
  const days = weekdaysIn(weekdays);
  const [weekday = 1] = days;
  const isOne = days.length === 1;
  if (nth !== undefined) {
    if (!isOne) return `Which days are “every ${nth} ${weekdays}”? Say “${nth} Monday of the month”.`;
    return certain(
      { unit: 'month-weekday', interval: 1, nth: [placeOf(nth)], weekday },
      'This is read as the one of each month.',
    );
  }
  if (new RegExp(`^(?:${WORKDAYS}|weekends?)$`, 'i').test(weekdays))
    return `Which days are “every ${word} ${weekdays}”? Say “every day”, “every weekday”, or name the days.`;
  const asWeeks = weekly(weekdays, intervalOf(word));
  if (!isOne || typeof asWeeks === 'string' || 'unit' in asWeeks || placeOf(word) < 1) return asWeeks;
  const ofMonth: Cadence = { unit: 'month-weekday', interval: 1, nth: [placeOf(word)], weekday };
  if (placeOf(word) === 2)
    return asWeeks.map(({ cadence }) => ({
      cadence,
      notes: [`“Every second” is every other one. For the one of each month, say “${sayCadence(ofMonth)}”.`],
    }));
  return [...asWeeks, { cadence: ofMonth, notes: [] }];
}

export function onDays(words: string, interval: number): CadenceRead {
  const days = lastLast(
    [...words.matchAll(new RegExp(`(?<last>last)|${DAY_NUMBER}`, 'gi'))].map(([word, last]) => (last ? -1 : ordinalOf(word))),
  );
  if (interval < 1) return NO_INTERVAL;
  const wrong = days.find((day) => day === 0 || day > 31);
  if (wrong !== undefined) return `No month has a day ${wrong}.`;
  const late = days.filter((day) => day > 28 || day === -1);
  if (late.length > 1) return `In short months the ${late.map(dayName).join(' and the ')} are one day: say only one of them.`;
  const [day = 0] = late;
  const note = day > 28 ? [`A month without a ${dayName(day)} takes its last day.`] : [];
  return certain({ unit: 'month', interval, days }, ...note);
}

function onNthWeekday(words: string, weekday: string, interval: number): CadenceRead {
  if (interval < 1) return NO_INTERVAL;
  const nth = lastLast([...words.matchAll(new RegExp(NTH, 'gi'))].map(([word]) => placeOf(word)));
  const note = nth.includes(5) ? [`A month without a ${nthName(5)} one is left out.`] : [];
  return certain({ unit: 'month-weekday', interval, nth, weekday: weekdayOf(weekday) }, ...note);
}

function onDate({ day, month, monthFirst, dayLast, interval }: Groups): CadenceRead {
  const [number, inMonth] = [ordinalOf(day ?? dayLast ?? ''), monthOf(month ?? monthFirst ?? '')];
  // a leap year, which has every date there is
  const longest = Temporal.PlainYearMonth.from({ year: 2028, month: inMonth }).daysInMonth;
  if (number < 1 || number > longest) return `There is no day ${number} in that month.`;
  const every = intervalOf(interval);
  if (every < 1) return NO_INTERVAL;
  const note = inMonth === 2 && number === 29 ? ['A year without 29 February takes 28 February.'] : [];
  return certain({ unit: 'year', interval: every, month: inMonth, day: number }, ...note);
}

const bare = (unit: Bare['unit'], interval: number): CadenceRead => (interval < 1 ? NO_INTERVAL : { unit, interval });

const WAYS: readonly Way[] = [
  way(
    `(?:hourly|${EVERY}\\s+(?:${INTERVAL}\\s+)?(?:hours?|minutes?|seconds|mins?|hrs?))`,
    () => 'A post can recur once a day at most.',
  ),
  way('bi-?weekly|bi-?monthly|semi-?\\w+ly|(?:twice|\\w+\\s+times)\\s+(?:a|per)\\s+\\w+', () => TWO_MEANINGS),
  way(`(?:(?:on|${EVERY})\\s+)?(?:the\\s+)?${NTHS}\\s+(?<weekday>${WEEKDAY})s?\\s+(?<months>${OF_MONTHS})`, readNth),
  way(`(?<months>${MONTHS}),?\\s+(?:on\\s+)?(?:the\\s+)?${NTHS}\\s+(?<weekday>${WEEKDAY})`, readNth),
  way(`(?:on\\s+)?(?:the\\s+)?${DAYS}\\s+(?<months>of\\s+${EVERY}\\s+(?:(?:${INTERVAL}\\s+)?months?|quarter))`, readDays),
  way(`${EVERY}\\s+(?:the\\s+)?${DAYS}\\s+of\\s+(?:the|a)\\s+month`, readDays),
  way(`(?<months>${MONTHS}),?\\s+(?:on\\s+(?:the\\s+)?|the\\s+)${DAYS}`, readDays),
  way(`${YEARS}(?:\\s+on)?\\s+${DATE}`, onDate),
  way(`(?:on\\s+)?${DATE}\\s+${YEARS}`, onDate),
  way(`${EVERY}\\s+${DATE}`, onDate),
  way(`${WEEKS},?\\s+(?:on\\s+)?${WEEKDAYS}`, readWeeks),
  way(`(?:on\\s+)?${WEEKDAYS}\\s+${WEEKS}`, readWeeks),
  way(`${EVERY}\\s+(?:${INTERVAL}|(?<nth>first|1st|fifth|5th|last))\\s+${WEEKDAYS}`, everyNthWeekday),
  way(`${EVERY}\\s+${WEEKDAYS}`, ({ weekdays = '' }) => weekly(weekdays, 1)),
  way(`${EVERY}\\s+${INTERVAL}\\s+days?`, ({ interval }) => daily(intervalOf(interval))),
  way(`(?:daily|${EVERY}\\s?day|${EVERY}(?=\\s+(?:morning|afternoon|evening|night)))`, () => daily(1)),
  way(`${EVERY}\\s+(?:the\\s+)?(?<days>\\d{1,2}(?:st|nd|rd|th)|(?:twenty|thirty)[- ]${ORDINAL_WORD})`, readDays),
  way(`(?:on\\s+)?${PLURALS}`, ({ weekdays = '' }) => weekly(weekdays, 1)),
  way(WEEKS, ({ interval, weeks }) => bare('week', intervalOf(interval, weeks))),
  way(`(?<months>${MONTHS})`, ({ interval, months }) => bare('month', intervalOf(interval, months))),
  way(YEARS, ({ interval }) => bare('year', intervalOf(interval))),
];

const TWO_MEANINGS =
  'That can be meant in more than one way. Say “every 2 weeks on Monday”, or name the days: “every Monday and Thursday”.';

function daily(interval: number): CadenceRead {
  return interval < 1 ? NO_INTERVAL : certain({ unit: 'day', interval });
}

function readNth({ nths = '', weekday = '', interval, months }: Groups): CadenceRead {
  return onNthWeekday(nths, weekday, intervalOf(interval, months));
}

function readDays({ days = '', interval, months }: Groups): CadenceRead {
  return onDays(days, intervalOf(interval, months));
}

function readWeeks({ weekdays = '', interval, weeks }: Groups): CadenceRead {
  return weekly(weekdays, intervalOf(interval, weeks));
}

/** The first way of saying how often that is found, or null where there is none. */
export function findCadence(text: string): CadenceSaid | null {
  for (const { expression, read } of WAYS) {
    const match = expression.exec(text);
    if (match) return { read: read(match.groups ?? {}), index: match.index, until: match.index + match[0].length };
  }
  return null;
}
