// The languages times are read in beside English: chrono's own reader of each, and the words that change nothing.

import * as de from 'chrono-node/de';
import { Chrono } from 'chrono-node/en';
import * as es from 'chrono-node/es';
import * as fr from 'chrono-node/fr';
import * as it from 'chrono-node/it';
import * as ja from 'chrono-node/ja';
import * as nl from 'chrono-node/nl';
import * as pt from 'chrono-node/pt';
import * as ru from 'chrono-node/ru';
import * as uk from 'chrono-node/uk';
import * as zh from 'chrono-node/zh';

export interface Language {
  reader: Chrono;
  /** Words that may stand between the pieces of a time, as the source of a regular expression. */
  small: string;
  /** Words that make a weekday one gone by; chrono reads such a day as the plain one. */
  last: RegExp;
  /** `9:00` is written on a 24-hour clock. */
  clock24: boolean;
  /** Words are not set apart by spaces. */
  isUnspaced?: boolean;
}

/** Numeric dates and ISO are read by our own parsers, which know the workspace's order of day and month. */
const withoutNumbers = ({ parsers, refiners }: Chrono): Chrono =>
  new Chrono({ parsers: parsers.filter((parser) => !/Slash|ISO|YearMonthDay/.test(parser.constructor.name)), refiners });

/** Traditional and simplified characters, whichever the writer uses. */
const bothScripts = (one: Chrono, other: Chrono): Chrono =>
  new Chrono({ parsers: [...one.parsers, ...other.parsers], refiners: one.refiners });

const LANGUAGES: Readonly<Record<string, () => Language>> = {
  de: () => ({
    reader: withoutNumbers(de.casual),
    small: 'um|am|gegen|ab|den|der|dem|uhr',
    last: /letzt|vorig|vergangen/i,
    clock24: true,
  }),
  es: () => ({ reader: withoutNumbers(es.casual), small: 'a|las|la|el|sobre', last: /pasad|[uú]ltim/i, clock24: false }),
  fr: () => ({ reader: withoutNumbers(fr.casual), small: 'à|a|le|la|vers|heures?', last: /derni[eè]r|pass[eé]/i, clock24: true }),
  it: () => ({ reader: withoutNumbers(it.casual), small: 'alle|all|il|la|verso', last: /scors|passat|ultim/i, clock24: true }),
  ja: () => ({
    reader: withoutNumbers(ja.casual),
    small: 'の|に',
    last: /先週|先月|先々|前の|昨/,
    clock24: true,
    isUnspaced: true,
  }),
  nl: () => ({ reader: withoutNumbers(nl.casual), small: 'om|op|rond|de|uur', last: /vorig|afgelopen|laatst/i, clock24: true }),
  pt: () => ({ reader: withoutNumbers(pt.casual), small: 'às|as|a|o|na|no', last: /passad|[uú]ltim/i, clock24: true }),
  ru: () => ({ reader: withoutNumbers(ru.casual), small: 'в|во|на|к', last: /прошл|последн/i, clock24: true }),
  uk: () => ({ reader: withoutNumbers(uk.casual), small: 'о|об|в|у|на', last: /минул|останн/i, clock24: true }),
  zh: () => ({
    reader: withoutNumbers(bothScripts(zh.casual, zh.hans.casual)),
    small: '的|在',
    last: /上周|上星期|上禮拜|上礼拜|上个|上個|上週|昨/,
    clock24: false,
    isUnspaced: true,
  }),
};

const made = new Map<string, Language>();

/** Codes of the languages times are read in, English first. */
export const LANGUAGE_CODES: readonly string[] = ['en', ...Object.keys(LANGUAGES)];

/** The language of a locale, `de` of `de-AT`; undefined for English and for what chrono does not read. */
export function languageOf(locale: string | undefined): Language | undefined {
  const code = locale?.split(/[-_]/)[0]?.toLowerCase() ?? '';
  const make = Object.hasOwn(LANGUAGES, code) ? LANGUAGES[code] : undefined;
  const language = made.get(code) ?? make?.();
  if (language !== undefined) made.set(code, language);
  return language;
}
