// The English words times are made of, as regular-expression sources and what each word is worth. Knows no grammar.

export const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
export const WEEKDAY =
  '(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const SMALL = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
];
const TENS = ['twenty', 'thirty', 'forty', 'fifty'];
const SMALL_ORDINALS = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
  'twelfth',
  'thirteenth',
  'fourteenth',
  'fifteenth',
  'sixteenth',
  'seventeenth',
  'eighteenth',
  'nineteenth',
];

// Longer words come first, or `six` would be read out of `sixteen`.
const longestFirst = (words: readonly string[]): string => [...words].sort((one, other) => other.length - one.length).join('|');

/** A number from 0 to 59 in words. */
export const NUMBER_WORD = `(?:(?:${TENS.join('|')})(?:[- ](?:${longestFirst(SMALL.slice(1, 10))}))?|${longestFirst(SMALL)})`;
/** A place in a row in words, `first` to `thirty-first`. */
export const ORDINAL_WORD = `(?:(?:twenty|thirty)[- ](?:${longestFirst(SMALL_ORDINALS.slice(0, 9))})|${longestFirst(SMALL_ORDINALS)}|twentieth|thirtieth)`;
/** A number from 11 to 59 in words: what may stand for a day behind a month (`May twenty nine`), where `may one` is no date. */
export const BIG_NUMBER_WORD = `(?:(?:${TENS.join('|')})(?:[- ](?:${longestFirst(SMALL.slice(1, 10))}))?|${longestFirst(SMALL.slice(11))})`;
/** A year in digits or in words: `2027`, `two thousand and twenty seven`, `twenty twenty-seven`. */
export const YEAR_NUMBER = `(?:(?:19|20|21)\\d\\d(?!\\s?[:h]\\d)|two\\s+thousand(?:(?:\\s+and)?\\s+${NUMBER_WORD})?|twenty[\\s-](?:${BIG_NUMBER_WORD}))`;
/** A day of a month: `24`, `24th`, `twenty-fourth`. */
export const DAY_NUMBER = `(?:\\d{1,2}(?:st|nd|rd|th)?|${ORDINAL_WORD})`;

/** 1 (January) to 12 of a word matched by `MONTH`. */
export const monthOf = (word: string): number => MONTHS.indexOf(word.slice(0, 3).toLowerCase()) + 1;
/** 1 (Monday) to 7 of a word matched by `WEEKDAY`. */
export const weekdayOf = (word: string): number => WEEKDAYS.indexOf(word.slice(0, 3).toLowerCase()) + 1;

export const MONTH_NAMES = 'January February March April May June July August September October November December'.split(' ');
export const WEEKDAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** `first`, `2nd`, `last`, `second to last`, `third last`: a place counted from either end. */
export const NTH = `(?:second[\\s-]to[\\s-]last|next[\\s-]to[\\s-]last|(?:${longestFirst(SMALL_ORDINALS)}|\\d{1,2}(?:st|nd|rd|th))(?:[\\s-]+last)?|last|final)`;
/** What a word matched by `NTH` counts: from 1 on, or from -1 back. */
export function nthOf(word: string): number {
  const lower = word.toLowerCase().replace(/[\s-]+/g, ' ');
  if (lower === 'last' || lower === 'final') return -1;
  if (lower.endsWith(' to last')) return -2;
  const place = ordinalOf(lower.replace(/ last$/, ''));
  return lower.endsWith(' last') ? -place : place;
}

/** What a number in digits or matched by `NUMBER_WORD` is worth. */
export function numberOf(word: string): number {
  if (/^\d/.test(word)) return Number(word);
  const [first = '', last = ''] = word.toLowerCase().split(/[- ]/);
  const tens = TENS.indexOf(first);
  return tens < 0 ? SMALL.indexOf(first) : (tens + 2) * 10 + Math.max(0, SMALL.indexOf(last));
}

/** What a year matched by `YEAR_NUMBER` is. */
export function yearOf(word: string): number {
  if (/^\d/.test(word)) return Number(word);
  const [, tail = ''] = /^(?:two\s+thousand(?:\s+and)?|twenty)[\s-]*(.*)$/i.exec(word.replace(/\s+/g, ' ')) ?? [];
  return 2000 + (tail === '' ? 0 : numberOf(tail));
}

/** What a day number matched by `DAY_NUMBER` is worth. */
export function ordinalOf(word: string): number {
  if (/^\d/.test(word)) return Number.parseInt(word, 10);
  const lower = word.toLowerCase();
  if (lower === 'twentieth') return 20;
  if (lower === 'thirtieth') return 30;
  const [first = '', last] = lower.split(/[- ]/);
  return last === undefined
    ? SMALL_ORDINALS.indexOf(first) + 1
    : (TENS.indexOf(first) + 2) * 10 + SMALL_ORDINALS.indexOf(last) + 1;
}
