// How often a digest comes, as people type it, "daily 9am", "every monday 9:30", "monthly 1st", and said back in words that are read as
// the same. What posts recur by is time/recurrence.ts' matter, whose readers are used here.
import type { Cadence, DigestPeriod } from './digest.ts';
import { type CrierError, invalidArgument } from './errors.ts';
import { nearest } from './near-miss.ts';
import { findForeignCadence } from './time/languages/cadences.ts';
import { type CadenceRead, findCadence } from './time/recurrence/cadence.ts';
import { dayName } from './time/recurrence/say.ts';
import { clustersIn, piecesOfCluster } from './time/spot.ts';
import { wallTimeSaid } from './time/time-of-day.ts';
import type { WhenOptions } from './time/when.ts';
import { ORDINAL_WORD, ordinalOf, WEEKDAY, WEEKDAY_NAMES, weekdayOf } from './time/words.ts';
import type { Workspace } from './workspace.ts';

const EXAMPLES = 'Write it like: daily 9am, weekly monday 9am, or monthly 1st 9am.';
/** What people type is a few words. */
const LONGEST = 100;
const LAST_DAY = 31;
/** Every month has this many days. */
const SHORTEST_MONTH = 28;

/** The habits that a workspace's times are read by. */
type Habits = Pick<Workspace, 'timeZone' | 'defaultTime' | 'dateOrder' | 'language'>;

/** How often, with the words that are left for the time of day. */
interface Read {
  period: DigestPeriod;
  day: number | null;
  rest: string;
}

const refusal = (sentence: string): CrierError => invalidArgument('cadence', sentence);

/** `every day at 09:00`, `every Monday at 09:00`, `on the 1st of every month at 09:00`: what `readCadence` reads as the same. */
export function sayCadence({ period, day, wallTime }: Cadence): string {
  return `${sayDays(period, day ?? 1)} at ${wallTime}`;
}

function sayDays(period: DigestPeriod, day: number): string {
  if (period === 'daily') return 'every day';
  if (period === 'weekly') return `every ${WEEKDAY_NAMES[day - 1]}`;
  return `on the ${dayName(day)}${day > SHORTEST_MONTH ? ', or the last day,' : ''} of every month`;
}

/**
 * Without a day, a week is meant to begin on Monday and a month on its first; without a time it is the workspace's usual one.
 * @throws CrierError `invalid-input` about `cadence`, with what to type instead.
 */
export function readCadence(text: string, workspace: Habits): Cadence {
  const words = text.trim().replace(/,?\s*or the last day,?/i, '');
  if (words === '') throw refusal(`How often? ${EXAMPLES}`);
  if (words.length > LONGEST) throw refusal(`That is too long for how often. ${EXAMPLES}`);
  const { timeZone, dateOrder, language, defaultTime } = workspace;
  // a time of day alone is read the same on every day
  const now = Temporal.Instant.fromEpochMilliseconds(0);
  const options: WhenOptions = { now, timeZone, dateOrder, ...(language === null ? {} : { locale: language }) };
  const { period, day, rest } = readDays(words, options.locale);
  const wallTime = isBlank(rest) ? defaultTime : readTime(rest, options);
  return { period, day, wallTime };
}

const isBlank = (rest: string): boolean => /^[\s,;.@]*(?:(?:on|at)[\s,;.]*)?$/i.test(rest);

// -------------------------------------------------------------------------------------------------------------- days

function readDays(words: string, locale: string | undefined): Read {
  const said = findForeignCadence(words, locale) ?? findCadence(words);
  if (said === null) return readPlainWeekday(words);
  const rest = `${words.slice(0, said.index)} ${words.slice(said.until)}`;
  if (typeof said.read === 'string') throw refusedRead(words.slice(said.index, said.until), said.read);
  return readFound(said.read, rest);
}

/** `monday 9am`: here that can only be every one. */
function readPlainWeekday(words: string): Read {
  if (weekdaysIn(words).length > 0) return { period: 'weekly', ...takeWeekday(words) };
  const near = nearest(/^\p{L}+/u.exec(words)?.[0] ?? '', ['daily', 'weekly', 'monthly', ...WEEKDAY_NAMES]);
  throw refusal(`“${words}” does not say how often. ${near ? `Did you mean ${near}? ` : ''}${EXAMPLES}`);
}

const TOO_OFTEN = /hour|minute|second|\bmins?\b|\bhrs?\b/i;
const ONLY = 'A digest comes every day, on one day of the week, or on one day of the month';

function refusedRead(said: string, sentence: string): CrierError {
  if (TOO_OFTEN.test(said) || sentence.includes('once a day'))
    return refusal(`A digest comes once a day at most; /analytics has the figures at any time. ${EXAMPLES}`);
  return refusal(sentence.startsWith('No month') ? `${sentence} ${EXAMPLES}` : `${ONLY}. ${EXAMPLES}`);
}

function readFound(read: Exclude<CadenceRead, string>, rest: string): Read {
  if ('unit' in read) {
    if (read.interval !== 1 || read.unit === 'year') throw refusal(`${ONLY}. ${EXAMPLES}`);
    return read.unit === 'week' ? { period: 'weekly', ...takeWeekday(rest) } : { period: 'monthly', ...takeMonthDay(rest) };
  }
  const [choice, other] = read;
  if (!choice || other || choice.cadence.interval !== 1) throw refusal(`${ONLY}. ${EXAMPLES}`);
  const { cadence } = choice;
  switch (cadence.unit) {
    case 'day':
      return { period: 'daily', day: null, rest };
    case 'week':
      return { period: 'weekly', day: oneDay(cadence.weekdays), rest };
    case 'month': {
      const [day = 1, second] = cadence.days;
      if (second !== undefined) throw refusal(`${ONLY}: make one digest for each. ${EXAMPLES}`);
      return { period: 'monthly', day: day === -1 ? LAST_DAY : day, rest };
    }
    default:
      throw refusal(`${ONLY}. ${EXAMPLES}`);
  }
}

function oneDay(weekdays: readonly number[]): number {
  const [day = 1, ...more] = weekdays;
  if (more.length === 0) return day;
  const [first, second] = weekdays.map((weekday) => `“weekly ${WEEKDAY_NAMES[weekday - 1]?.toLowerCase()}”`);
  const rest = more.length === 1 ? '' : ' and so on';
  throw refusal(`${ONLY}: make one digest for each, ${first}, ${second}${rest}, or one that comes daily.`);
}

const A_WEEKDAY = new RegExp(`(?<![\\p{L}\\p{N}])(?:on\\s+)?(${WEEKDAY})s?(?![\\p{L}\\p{N}])`, 'giu');

const weekdaysIn = (words: string): number[] => [...words.matchAll(A_WEEKDAY)].map(([, word = '']) => weekdayOf(word));

function takeWeekday(words: string): Pick<Read, 'day' | 'rest'> {
  const days = [...new Set(weekdaysIn(words))];
  return { day: oneDay(days), rest: words.replace(A_WEEKDAY, ' ') };
}

const NAMED_DAY = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:on\\s+)?(?:the\\s+)?(?:(?<last>last)(?:\\s+day)?|(?<day>\\d{1,2}(?:st|nd|rd|th)|${ORDINAL_WORD})(?:\\s+day)?)(?![\\p{L}\\p{N}])`,
  'iu',
);
/** A number by itself that is no time of day: not `9am`, `9:30`, `17h` or `at 9`. */
const BARE_DAY =
  /(?<![\p{L}\p{N}:.])(?<!(?:at|@)\s*)(?:on\s+)?(?:the\s+)?(?<day>\d{1,2})(?![\p{L}\p{N}]|[:.]\d|\s*(?:[ap]\.?m|h\b|o['’]?clock|uhr))/iu;

function takeMonthDay(words: string): Pick<Read, 'day' | 'rest'> {
  const match = NAMED_DAY.exec(words) ?? BARE_DAY.exec(words);
  if (!match) return { day: 1, rest: words };
  const day = match.groups?.last === undefined ? ordinalOf(match.groups?.day ?? '') : LAST_DAY;
  if (day < 1 || day > LAST_DAY) throw refusal(`No month has a day ${day}. ${EXAMPLES}`);
  return { day, rest: `${words.slice(0, match.index)} ${words.slice(match.index + match[0].length)}` };
}

// -------------------------------------------------------------------------------------------------------------- time

function readTime(rest: string, options: WhenOptions): string {
  const read = wallTimeSaid(rest, options);
  if (typeof read !== 'string') return read.time;
  const pieces = clustersIn(rest, options).flatMap(piecesOfCluster);
  if (pieces.some(({ kind }) => kind === 'zone'))
    throw refusal(
      `Digests come by the clock of the workspace, ${options.timeZone}, which an admin changes with /settings timezone. Leave the zone out.`,
    );
  if (pieces.filter(({ kind }) => kind === 'clock').length > 1)
    throw refusal(`“${rest.trim()}” are two times, and a digest comes at one: make a second digest for the other. ${EXAMPLES}`);
  const near = nearWeekday(rest);
  throw refusal(near ? `There is no day “${near.word}”. Did you mean ${near.name}? ${EXAMPLES}` : `${read} ${EXAMPLES}`);
}

function nearWeekday(rest: string): { word: string; name: string } | null {
  for (const word of rest.match(/\p{L}{4,}/gu) ?? []) {
    const name = nearest(word, WEEKDAY_NAMES);
    if (name) return { word, name };
  }
  return null;
}
