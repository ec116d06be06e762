// A country and a language as people write them: by code or by English name.
import { invalidArgument } from '../errors.ts';
import { nearest } from '../near-miss.ts';
import { LANGUAGE_CODES } from '../time/languages/table.ts';

const NONE = ['none', 'no', 'off'];
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** English names, lower case, to codes. */
function named(codes: readonly string[], type: 'region' | 'language'): ReadonlyMap<string, string> {
  const names = new Intl.DisplayNames('en', { type, fallback: 'none' });
  return new Map(codes.flatMap((code) => (names.of(code) ? [[names.of(code)?.toLowerCase() ?? '', code] as const] : [])));
}

/** The code in use now: `GB` for `UK`. */
const today = (code: string): string => new Intl.Locale(`und-${code}`).region ?? code;

const countries = (): ReadonlyMap<string, string> =>
  named(
    LETTERS.flatMap((first) => LETTERS.map((second) => today(first + second))),
    'region',
  );

function find(value: string, byName: ReadonlyMap<string, string>, code: string): string | undefined {
  return [...byName.values()].includes(code) ? code : byName.get(value.trim().toLowerCase());
}

/** ISO 3166-1 alpha-2, or null for "none". @throws CrierError `invalid-input`, with the nearest name. */
export function readCountry(value: string): string | null {
  if (NONE.includes(value.trim().toLowerCase())) return null;
  const byName = countries();
  const code = value.trim().toUpperCase();
  const country = find(value, byName, /^[A-Z]{2}$/.test(code) ? today(code) : code);
  if (country) return country;
  const near = nearest(value.trim().toLowerCase(), [...byName.keys()]);
  throw invalidArgument(
    'value',
    `"${value.trim()}" is not a country. ${near ? `Did you mean ${byName.get(near)}?` : 'Say it by its two letters: GB, DE, US.'}`,
  );
}

/** One of the languages times are read in, or null for English alone. @throws CrierError `invalid-input`, with what there is. */
export function readLanguage(value: string): string | null {
  const wanted = value.trim().toLowerCase();
  const language = find(wanted, named(LANGUAGE_CODES, 'language'), wanted);
  if (language === 'en' || NONE.includes(wanted)) return null;
  if (language) return language;
  throw invalidArgument('value', `Times cannot be read in "${value.trim()}". There are ${LANGUAGE_CODES.join(', ')}.`);
}
