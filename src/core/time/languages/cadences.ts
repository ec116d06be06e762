// Reads how often in the language of a locale: every day, workday, named weekday, every other week on one, a day of every month.
// All else is declined: what is left beside it is read as the time of day, where no word may stay unread.
import { type CadenceRead, type CadenceSaid, certain, onDays } from '../recurrence/cadence.ts';
import { CADENCE_WORDS, type CadenceWords } from './cadence-words.ts';

type Groups = Partial<Record<string, string>>;

interface Way {
  expression: RegExp;
  read: (groups: Groups) => CadenceRead;
}

interface Reader {
  ways: readonly Way[];
  recurring: RegExp;
}

const standing = (source: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}_/-])(?:${source})(?![\\p{L}\\p{N}_-]|[:/.,]\\d)`, 'iu');

const WORKDAYS = [1, 2, 3, 4, 5];

function readerOf(words: CadenceWords): Reader {
  const { and, every, adverb, otherWeek } = words;
  const weekday = `(?:${words.weekdays.join('|')})`;
  const listOf = (name: string, again = ''): string =>
    `(?<weekdays>${name}(?:(?:\\s*,\\s*(?:${and}\\s+)?|\\s+${and}\\s+|\\s*[&+/]\\s*)${again}${name})*)`;
  const weekdaysIn = (text = ''): number[] =>
    words.weekdays.flatMap((name, index) => (new RegExp(`(?<!\\p{L})${name}`, 'iu').test(text) ? [index + 1] : []));
  const onWeekdays = ({ weekdays }: Groups): CadenceRead =>
    certain({ unit: 'week', interval: 1, weekdays: weekdaysIn(weekdays) });
  const way = (source: string, read: Way['read']): Way => ({ expression: standing(source), read });
  return {
    recurring: standing(words.recurring),
    ways: [
      way(words.hourly, () => 'A post can recur once a day at most.'),
      way(words.monthDay, ({ day }) => onDayOfMonth(Number(day))),
      way(otherWeek(`(?<weekdays>${weekday})`), ({ weekdays }) =>
        certain({ unit: 'week', interval: 2, weekdays: weekdaysIn(weekdays) }, 'This is read as every other week.'),
      ),
      way(words.workday, () => certain({ unit: 'week', interval: 1, weekdays: WORKDAYS })),
      ...(words.workdayOrSaturday === undefined ? [] : [way(words.workdayOrSaturday, withOrWithoutSaturday)]),
      way(`${every}\\s+${listOf(weekday, `(?:${every}\\s+)?`)}`, onWeekdays),
      ...(adverb === undefined ? [] : [way(listOf(`(?:${adverb(weekday)})`), onWeekdays)]),
      way(words.day, () => certain({ unit: 'day', interval: 1 })),
    ],
  };
}

const onDayOfMonth = (day: number): CadenceRead => (day < 1 || day > 31 ? `No month has a day ${day}.` : onDays(`${day}`, 1));

/** A `Werktag` or `jour ouvrable` is any day but Sunday to the law, and Monday to Friday to most offices. */
const withOrWithoutSaturday = (): CadenceRead =>
  [WORKDAYS, [...WORKDAYS, 6]].map((weekdays) => ({ cadence: { unit: 'week' as const, interval: 1, weekdays }, notes: [] }));

const codeOf = (locale: string | null | undefined): string => locale?.split(/[-_]/)[0]?.toLowerCase() ?? '';
const wordsOf = (locale: string | null | undefined): CadenceWords | undefined => {
  const code = codeOf(locale);
  return Object.hasOwn(CADENCE_WORDS, code) ? CADENCE_WORDS[code] : undefined;
};

const made = new Map<CadenceWords, Reader>();

function readerFor(locale: string | null | undefined): Reader | undefined {
  const words = wordsOf(locale);
  if (words === undefined) return undefined;
  const reader = made.get(words) ?? readerOf(words);
  made.set(words, reader);
  return reader;
}

/** `todos los días 15` is the 15th, `jeden Tag 15 Uhr` an hour: a bare number right behind it may be either. */
const BARE_NUMBER = /^,?\s+(?<number>\d{1,2})\.?(?=[\s,]|$)(?!\s*(?:uhr|uur|h|heures?|horas?|ore|[ap]\.?\s?m\.?)(?![\p{L}]))/iu;

/** The first way of saying how often in the language of a locale, or null: English, and languages without such words, have none. */
export function findForeignCadence(text: string, locale: string | null | undefined): CadenceSaid | null {
  for (const { expression, read } of readerFor(locale)?.ways ?? []) {
    const match = expression.exec(text);
    if (match === null) continue;
    const until = match.index + match[0].length;
    const number = BARE_NUMBER.exec(text.slice(until))?.groups?.number;
    const doubt = `Is the ${number} behind “${match[0]}” a day or a time of day? Write a time of day as 18:00.`;
    return { read: number === undefined ? read(match.groups ?? {}) : doubt, index: match.index, until };
  }
  return null;
}

/** Whether a text has a word by which that language says that something recurs, read or not. */
export const soundsForeignRecurring = (text: string, locale: string | null | undefined): boolean =>
  readerFor(locale)?.recurring.test(text) ?? false;

/** The words for tomorrow in which a time of day may be read: those of the locale's language, and English beside it. */
export function tomorrowsIn(locale: string | undefined): readonly string[] {
  const words = wordsOf(locale);
  return words === undefined ? ['tomorrow'] : [words.tomorrow, 'tomorrow'];
}
