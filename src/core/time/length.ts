// How long a length of time is: "an hour and a half", "three-quarters of an hour", "1h30", "a couple of days". Knows no moment.
import { NUMBER_WORD, numberOf } from './words.ts';

const UNIT =
  '(?:seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|wks?|w|fortnights?|months?|mos?|years?|yrs?|y)(?![a-z])';
const AMOUNT =
  `(?:half\\s+an?|half|(?:three[-\\s])quarters?\\s+of\\s+an?|(?:a\\s+)?quarter\\s+of\\s+an?|(?:an?\\s+)?(?:couple|pair)(?:\\s+of)?(?:\\s+more)?|` +
  `(?:an?\\s+)?few(?:\\s+more)?|an?|(?:${NUMBER_WORD}|\\d{1,6})\\s+and\\s+an?\\s+half|(?:${NUMBER_WORD})(?:\\s+more)?|[13]/[24]|\\d{1,6}(?:\\.\\d{1,3})?(?:\\s+more)?)`;
const CHUNK = `${AMOUNT}[\\s-]*${UNIT}(?:\\s+and\\s+a\\s+(?:half|quarter))?`;

/** Named groups `length` and, for `1h30`, `hm`: what `lengthOf` takes. */
export const LENGTH = `(?<length>(?:about\\s+|exactly\\s+)?(?:(?<hm>\\d{1,2}h\\d\\d)m?|${CHUNK}(?:(?:\\s*,\\s*|\\s+)(?:and\\s+)?${CHUNK}|\\d{1,6}${UNIT}){0,5}))`;

const SECONDS = { second: 1, minute: 60, hour: 3600, day: 86_400 } as const;
type Unit = keyof typeof SECONDS | 'week' | 'month' | 'year';

function unitOf(word: string): { unit: Unit; times: number } {
  const lower = word.toLowerCase();
  if (lower.startsWith('fortnight')) return { unit: 'week', times: 2 };
  if (lower.startsWith('mo')) return { unit: 'month', times: 1 };
  const units: Readonly<Record<string, Unit>> = { s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week', y: 'year' };
  return { unit: units[lower.charAt(0)] ?? 'minute', times: 1 };
}

function amountOf(words: string): number {
  const lower = words.toLowerCase().replace(/\s+more$/, '');
  if (/and an? half$/.test(lower)) return numberOf(lower.replace(/\s+and an? half$/, '')) + 0.5;
  if (lower.startsWith('half')) return 0.5;
  if (/^three.quarter/.test(lower)) return 0.75;
  if (/^(a\s+)?quarter/.test(lower)) return 0.25;
  if (/^(an?\s+)?(couple|pair)/.test(lower)) return 2;
  if (/few$/.test(lower)) return 3;
  if (/^an?$/.test(lower)) return 1;
  const [above, below] = lower.split('/');
  return below === undefined ? numberOf(lower) : Number(above) / Number(below);
}

/** Longer than this is a slip of the finger, not a posting time. */
const MOST_YEARS = 20;
const chunks = new RegExp(`(${AMOUNT})[\\s-]*(${UNIT})(?:\\s+and\\s+a\\s+(half|quarter))?`, 'giu');

/** The length said, or why it cannot be. Only hours, minutes, seconds and days have halves. */
export function lengthOf(text: string, hoursAndMinutes: string | undefined): Temporal.Duration | string {
  const parts = hoursAndMinutes === undefined ? text : hoursAndMinutes.replace(/h/i, 'h ').concat('m');
  const fields = { years: 0, months: 0, weeks: 0, days: 0, seconds: 0 };
  for (const [, amount = '', word = '', more] of parts.matchAll(chunks)) {
    const { unit, times } = unitOf(word);
    const value = (amountOf(amount) + (more === undefined ? 0 : more.toLowerCase() === 'half' ? 0.5 : 0.25)) * times;
    if (unit === 'second' || unit === 'minute' || unit === 'hour') fields.seconds += Math.round(value * SECONDS[unit]);
    else if (Number.isInteger(value)) fields[`${unit}s`] += value;
    else if (unit === 'day') fields.seconds += Math.round(value * SECONDS.day);
    else return `A part of a ${unit} is not clear: say it in days or hours.`;
  }
  const years = fields.years + fields.months / 12 + fields.weeks / 52 + fields.days / 365 + fields.seconds / (SECONDS.day * 365);
  return years > MOST_YEARS ? `That is more than ${MOST_YEARS} years away.` : Temporal.Duration.from(fields);
}

/** The coarsest unit a length counts in, as far as it decides what may stand beside it. */
export const coarsestUnit = ({ years, months, weeks }: Temporal.Duration): 'day' | 'week' | 'month' =>
  years + months !== 0 ? 'month' : weeks !== 0 ? 'week' : 'day';
