// Finds the pieces of times in a text and which of them stand together. Says nothing about which moment they mean.
import { Chrono, type Refiner } from 'chrono-node/en';
import { foreignPieces } from './languages/pieces.ts';
import { languageOf } from './languages/table.ts';
import { neutralParsers, parsers } from './parsers/index.ts';
import { type Piece, PieceResult } from './piece.ts';
import { joinShift } from './refiners/join-shift.ts';
import { keepLongest } from './refiners/keep-longest.ts';
import type { WhenOptions } from './when.ts';
import { MONTH, NUMBER_WORD, ORDINAL_WORD, WEEKDAY } from './words.ts';

/** Pieces with nothing but small words between them. */
export interface Cluster {
  pieces: readonly PieceResult[];
  index: number;
  until: number;
}

/** Small words that may stand between the pieces of a time and change nothing. */
const SMALL = String.raw`\s|[,;@.()·~–—-]|(?:on|at|by|the|for|around|about|sometime|my time|local time)(?![\p{L}\p{N}])`;
const onlySmall = (more: string): RegExp => new RegExp(`^(?:${SMALL}${more && `|(?:${more})(?![\\p{L}\\p{N}])`})*$`, 'iu');
const ONLY_SMALL = onlySmall('');
const smallOf = new Map<string, RegExp>();

/** What a text may be that changes nothing of a time. In unspaced languages small words touch what follows them. */
function isSmall(text: string, { locale }: WhenOptions): boolean {
  const language = languageOf(locale);
  if (language === undefined) return ONLY_SMALL.test(text);
  const known = smallOf.get(language.small) ?? onlySmall(language.small);
  smallOf.set(language.small, known);
  return known.test(text);
}
const LEADING = /(?:(?<![\p{L}\p{N}])(?:on|at|by|for|from|around|about)\s+|@\s*)(?:the\s+)?$/iu;

/** The words of a text that are more than small ones. */
export const wordsOf = (text: string, options: WhenOptions): string[] =>
  text
    .split(/\s+/)
    .filter((word) => word !== '' && !isSmall(word, options))
    .map((word) => word.replace(/^[,;(]+|[,;)]+$/g, ''));

/** Texts are read up to here: a time is a few words, and what people paste is not. */
const LONGEST = 1000;

/** All pieces, in their order. In another language, its own reader and what is written the same everywhere. */
function piecesIn(text: string, options: WhenOptions): PieceResult[] {
  const language = languageOf(options.locale);
  const used = language === undefined ? parsers : neutralParsers;
  const foreign = language === undefined ? [] : foreignPieces(text.slice(0, LONGEST), options, language);
  const addForeign: Refiner = { refine: (_context, results) => [...foreign, ...results] };
  const chrono = new Chrono({
    parsers: used.map((parser) => parser(options)),
    refiners: [addForeign, keepLongest, joinShift],
  });
  const reference = new Date(options.now.epochMilliseconds);
  return chrono.parse(plain(text.slice(0, LONGEST)), reference).filter((result) => result instanceof PieceResult);
}

const STAND_INS: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '′': "'",
  '“': '"',
  '”': '"',
  '″': '"',
  '–': '-',
  '—': '-',
  '−': '-',
  '\u2009': ' ',
  '\u202f': ' ',
};

/**
 * The text with every character outside of Latin 1 replaced by one within, so that places stay the same. Patterns are compiled once for
 * such texts and once for all others: a single curly quote would cost the first reader a tenth of a second.
 */
function plain(text: string): string {
  if (!/[^\0-\xff]/.test(text)) return text;
  const units = Array.from({ length: text.length }, (_, index) => text.charAt(index));
  return units
    .map((unit) => (unit <= '\xff' ? unit : (STAND_INS[unit] ?? (/[\p{L}\p{N}\p{Cs}]/u.test(unit) ? 'ÿ' : '¤'))))
    .join('');
}

/** The pieces, grouped where only small words are between them. */
export function clustersIn(text: string, options: WhenOptions): Cluster[] {
  const groups: PieceResult[][] = [];
  for (const piece of piecesIn(text, options)) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last && isSmall(text.slice(last.until, piece.index), options)) group.push(piece);
    else groups.push([piece]);
  }
  return groups.flatMap((pieces) => asCluster(text, pieces));
}

function asCluster(text: string, pieces: readonly PieceResult[]): Cluster[] {
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (first === undefined || last === undefined) return [];
  const lead = LEADING.exec(text.slice(Math.max(0, first.index - 24), first.index))?.[0].length ?? 0;
  return [{ pieces, index: first.index - lead, until: last.until }];
}

/** In a sentence these are no time by themselves: a number, a zone, `sun`, `the second`, `now`. */
function isWeak({ piece, text }: PieceResult): boolean {
  if (piece.kind === 'clock') return piece.bare === true;
  if (piece.kind === 'weekday') return /^(?:sun|sat|wed|mon)$/i.test(text);
  if (piece.kind === 'day-part') return piece.today !== true && piece.part !== 'end of day';
  if (piece.kind === 'day-of-month') return piece.bare === true || !/^on|\d|^the\s+(?:twenty|thirty)/i.test(text);
  if (piece.kind === 'duration') return piece.duration.blank && /now$|^immediately|^at /i.test(text);
  return piece.kind === 'zone' || piece.kind === 'shift' || piece.kind === 'broken';
}

/** A number is no time, and a part of the day is none in a sentence; `one in the morning` is. */
export const isStrong = ({ pieces }: Cluster): boolean =>
  !pieces.every(isWeak) || ['clock', 'day-part'].every((kind) => pieces.some(({ piece }) => piece.kind === kind));

/** Words that belong to a time. One of these right beside what was read means that not all of it was read. */
const TIMELY = new RegExp(
  `^(?:${MONTH}\\.?|${WEEKDAY}s?|${NUMBER_WORD}|${ORDINAL_WORD}|(?!1:1$)\\d\\S*|next|this|last|of|every|each|other|daily|weekly|monthly|yearly|before|after|until|till|past|half|quarter|mid|early|late|closest|nearest|same|time|or|not|except|maybe|times|week\\w*|months?|years?|days?|hours?|minutes?|ago|later|hence|eve|business|working|ish|o['’]?clock|[ap]\\.?m\\.?|ist|between|through)$`,
  'i',
);

/** Feasts, and what makes a weekday one (Black Friday, Maundy Thursday): with these beside it, a day is not the one its name says. */
const FESTIVE =
  /^(?:christmas|xmas|thanksgiving|easter|halloween|hallowe'en|pentecost|passover|ramadan|diwali|hanukkah|eid|new|year['’]?s|valentine['’]?s?|black|good|cyber|giving|ash|palm|maundy|holy|boxing|trinity|white|whit|clean|shrove|super|lazarus|lunar|puja|orthodox|independence|labou?r|memorial|mother['’]?s|father['’]?s|martin|king['’]?s?)$/i;

const TRAILING_SMALL = new RegExp(`(?:${SMALL})+$`, 'iu');
const STARTING_SMALL = new RegExp(`^(?:${SMALL})+`, 'iu');

/** The word beside the cluster that shows it to be only a part of a longer time, if there is one. */
export function unreadNeighbour(text: string, { index, until }: Cluster): string | undefined {
  const before = text.slice(0, index).replace(TRAILING_SMALL, '').split(/\s+/).at(-1);
  // A sentence that ends here has nothing more to say about the time.
  const after = /^[.!?](?:\s|$)/.test(text.slice(until))
    ? undefined
    : text.slice(until).replace(STARTING_SMALL, '').split(/\s+/)[0];
  const plain = (word: string) => word.replace(/[.,;:!?]+$/, '');
  return [before, after].find((word) => word !== undefined && (TIMELY.test(plain(word)) || FESTIVE.test(plain(word))));
}

export const piecesOfCluster = ({ pieces }: Cluster): Piece[] =>
  pieces.flatMap(({ piece }) => (piece.kind === 'several' ? piece.pieces : [piece]));
