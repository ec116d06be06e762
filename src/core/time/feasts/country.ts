// The holidays of a country by its own names for them, out of date-holidays: loaded when a country's holiday is first asked for.
import { createRequire } from 'node:module';
import type Holidays from 'date-holidays';
import { WORD_ENDS } from '../piece.ts';

/** The library forgets a country's own language once it was asked in another. */
interface Country {
  holidays: Holidays;
  language: string;
}

let library: typeof Holidays | undefined;

/** The library's data are a megabyte: nobody who names no holiday waits for it. Loading a module is no I/O of ours. */
function holidaysOf(country: string): Country {
  const loaded: typeof Holidays = library ?? createRequire(import.meta.url)('date-holidays');
  library = loaded;
  const holidays = new loaded(country, { types: ['public', 'bank', 'optional', 'observance'] });
  return { holidays, language: holidays.getLanguages()[0] ?? 'en' };
}

export interface CountryDay {
  name: string;
  date: Temporal.PlainDate;
  isPublic: boolean;
}

const countries = new Map<string, Country>();
const years = new Map<string, readonly CountryDay[]>();

/** The holidays of a country in a year, in the order of their dates; none for a code that is no country's. */
export function countryDays(country: string, year: number): readonly CountryDay[] {
  const code = country.toUpperCase();
  const key = `${code} ${year}`;
  const known = years.get(key);
  if (known !== undefined) return known;
  const { holidays, language: own } = countries.get(code) ?? holidaysOf(code);
  countries.set(code, { holidays, language: own });
  const days = [own, 'en']
    .flatMap((language) => holidays.getHolidays(year, language) ?? [])
    .filter(({ substitute }) => !substitute)
    .map(({ name, date, type }) => ({ name, date: Temporal.PlainDate.from(date.slice(0, 10)), isPublic: type === 'public' }));
  years.set(key, days);
  return days;
}

export const isPublicHoliday = (date: Temporal.PlainDate, country: string): boolean =>
  countryDays(country, date.year).some((day) => day.isPublic && day.date.equals(date));

/** `Mother's Day`, `mothers day` and `Mothers’ Day` are one name. */
export const plainName = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .replace(/[\s-]+/g, ' ')
    .replace(/^labor /, 'labour ')
    .trim();

/** The days of a name in a year of a country; none where it knows no such name. */
export const countryDates = (name: string, country: string, year: number): Temporal.PlainDate[] => {
  const wanted = plainName(name);
  const dates = countryDays(country, year).filter((day) => plainName(day.name) === wanted);
  return [...new Map(dates.map(({ date }) => [date.toString(), date])).values()];
};

/** Names of holidays that fall on another day in nearly every country: without one, the day is asked. */
export const DIFFERING_NAMES =
  "mother(?:['’]?s?['’]?)\\s+day|mothering\\s+sunday|father(?:['’]?s?['’]?)\\s+day|independence\\s+day|labou?r\\s+day|national\\s+day|" +
  "republic\\s+day|constitution\\s+day|victory\\s+day|liberation\\s+day|unity\\s+day|children['’]?s['’]?\\s+day|teachers?['’]?s?\\s+day|" +
  "flag\\s+day|arbor\\s+day|vesak(?:\\s+day)?|buddha\\s+day|(?:early\\s+may|spring|summer)\\s+bank\\s+holiday|family\\s+day|heroes[’']?\\s+day|onam|thiruvonam";

const patterns = new Map<string, RegExp>();
const escaped = (name: string): string =>
  name
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/['’]/g, "['’]?")
    .replace(/\s+/g, '\\s+');

/** The name of a holiday of a country that stands at a place of a text. Years before and after have the same names. */
export function countryNameAt(text: string, index: number, country: string, year: number): string | null {
  const key = `${country} ${year}`;
  const names = () =>
    [...new Set(countryDays(country, year).map(({ name }) => name))].sort((one, other) => other.length - one.length);
  const pattern = patterns.get(key) ?? new RegExp(`(?:${names().map(escaped).join('|') || '(?!)'})${WORD_ENDS}`, 'iy');
  patterns.set(key, pattern);
  pattern.lastIndex = index;
  return pattern.exec(text)?.[0] ?? null;
}
