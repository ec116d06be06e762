// Holidays by name, with which one is meant: "next Easter", "thanksgiving 2027", "Diwali in 2 years", "Mother's Day".
import type { Parser } from 'chrono-node/en';
import { feastDays, type NamedFeast, type Said } from '../feasts/coming.ts';
import { countryDates, countryNameAt, DIFFERING_NAMES } from '../feasts/country.ts';
import { feastDates } from '../feasts/dates.ts';
import { FEAST_NAME, feastAt } from '../feasts/names.ts';
import { LENGTH, lengthOf } from '../length.ts';
import { isInsideWord, PieceResult, WORD_ENDS } from '../piece.ts';
import type { WhenOptions } from '../when.ts';
import { YEAR_NUMBER, yearOf } from '../words.ts';

const BEFORE =
  /(?:(?:on\s+)?(?:the\s+)?(?<modifier>this|next|coming|upcoming|following|last|past|previous)\s+|(?:on\s+)?the\s+)$/iu;
const BEHIND = new RegExp(
  `(?:,?\\s+(?:(?:of|in)\\s+)?(?:(?<year>${YEAR_NUMBER})|(?<relative>this|next|last)\\s+year)|\\s+(?:(?<in>in)\\s+)?${LENGTH}(?:\\s+(?<behind>from\\s+now|hence|later|ago))?)${WORD_ENDS}`,
  'iy',
);

/** A feast by its name at a place of a text, or null. */
function namedAt(text: string, index: number, options: WhenOptions): { feast: NamedFeast; length: number } | null {
  const { country } = options;
  const own = country ? countryNameAt(text, index, country, options.now.toZonedDateTimeISO('UTC').year) : null;
  ANY_NAME_HERE.lastIndex = index;
  const known = ANY_NAME_HERE.test(text) ? feastAt(text, index) : null;
  if (known !== null && known.length >= (own?.length ?? 0)) {
    const { rule, elsewhere, ...feast } = known.feast;
    const here = (country && elsewhere?.[country.toUpperCase()]) || rule;
    return { length: known.length, feast: { ...feast, datesIn: (year) => feastDates(here, year) } };
  }
  if (own !== null && country) return { length: own.length, feast: { datesIn: (year) => countryDates(own, country, year) } };
  DIFFERING.lastIndex = index;
  const name = DIFFERING.exec(text)?.[0];
  return name === undefined ? null : { length: name.length, feast: { datesIn: (year) => differing(name, options, year) } };
}

const DIFFERING = new RegExp(`(?:${DIFFERING_NAMES})${WORD_ENDS}`, 'iy');

function differing(name: string, { country }: WhenOptions, year: number): readonly Temporal.PlainDate[] | string {
  if (!country)
    return `${name} is on another day in other countries: say the date, or set the country once: /settings country GB.`;
  const dates = countryDates(name, country, year);
  return dates.length > 0 ? dates : `I know no ${name} of the country ${country.toUpperCase()}: say the date.`;
}

const RELATIVE: Readonly<Record<string, number>> = { this: 0, next: 1, last: -1 };
const MODIFIERS: Readonly<Record<string, string>> = { next: 'next', last: 'last', past: 'last', previous: 'last' };

/** What stands behind the name; null where it is no more than the name. */
function saidBehind(text: string, index: number): { said: Said; length: number } | null {
  BEHIND.lastIndex = index;
  const match = BEHIND.exec(text);
  const groups: Partial<Record<string, string>> = match?.groups ?? {};
  if (match === null || (groups.length !== undefined && !groups.in && !groups.behind)) return null;
  const length = groups.length === undefined ? undefined : lengthOf(groups.length, groups.hm);
  if (typeof length === 'string') return null;
  const isBack = groups.behind?.toLowerCase() === 'ago';
  return {
    length: match[0].length,
    said: {
      year: groups.year === undefined ? undefined : yearOf(groups.year),
      yearsAhead: groups.relative === undefined ? undefined : RELATIVE[groups.relative.toLowerCase()],
      length: isBack ? length?.negated() : length,
    },
  };
}

const ANY_NAME = new RegExp(`(?:${FEAST_NAME}|${DIFFERING_NAMES})${WORD_ENDS}`, 'i');
const ANY_NAME_HERE = new RegExp(ANY_NAME.source, 'iy');
const ANY_WORD = /\p{L}+/u;

export const feast = (options: WhenOptions): Parser => ({
  // With a country, its own names are looked for at every word.
  pattern: () => (options.country ? ANY_WORD : ANY_NAME),
  extract: (context, match) => {
    const start = match.index ?? 0;
    if (isInsideWord(context.text, start)) return null;
    const named = namedAt(context.text, start, options);
    if (named === null) return null;
    const before = BEFORE.exec(context.text.slice(Math.max(0, start - 24), start));
    const behind = saidBehind(context.text, start + named.length);
    const modifier = MODIFIERS[before?.groups?.modifier?.toLowerCase() ?? ''];
    const index = start - (before?.[0].length ?? 0);
    const text = context.text.slice(index, start + named.length + (behind?.length ?? 0));
    return new PieceResult(context.reference, index, text, {
      kind: 'days',
      isYearly: behind === null,
      from: (today) => feastDays(named.feast, { modifier, ...behind?.said }, today),
    });
  },
});
