// Reads English posting times: the whole of a text (parseOnlyWhen) or one within a sentence (parseWhen). Asks or declines, never guesses.
import { languageOf } from './languages/table.ts';
import { readPieces } from './reading.ts';
import { type Cluster, clustersIn, isStrong, piecesOfCluster, unreadNeighbour, wordsOf } from './spot.ts';
import type { When, WhenOptions } from './when.ts';

const EXAMPLES = 'Try “tomorrow 9am”, “Monday at 14:30” or “in 2 hours”.';
const none = (reason: string): When => ({ kind: 'none', reason });

const quoted = (words: readonly string[]): string => {
  const shown = words.slice(0, 6).join(' ');
  return `“${shown.length > 60 ? `${shown.slice(0, 60)}…` : shown}”`;
};

/**
 * Reads the one time in a text, which may be a longer sentence: `index` and `text` say which characters it took. Pure; the clock and
 * the zone are handed in. Several times, or one with words beside it that belong to it and were not read, are `none`.
 * Wall times go through the zone: in a gap forward, of two the earlier, with a note.
 */
export function parseWhen(text: string, options: WhenOptions): When {
  // Which words belong to a time is known in English alone, so that in another language the text must be a time and no more.
  return languageOf(options.locale) === undefined ? findEnglish(text, options) : parseOnlyWhen(text, options);
}

function findEnglish(text: string, options: WhenOptions): When {
  const clusters = clustersIn(text, options);
  const [only, other] = clusters;
  if (only && !other && wordsLeft(text, clusters, options).length === 0) return read(only, text, options);
  const strong = clusters.filter(isStrong);
  const [cluster, second] = strong.length > 0 ? strong : clusters.filter((each) => endsInNow(each, text));
  if (cluster === undefined) {
    const broken = clusters.find(({ pieces }) => pieces.some(({ piece }) => piece.kind === 'broken'));
    return broken === undefined ? none(`There is no time in this. ${EXAMPLES}`) : read(broken, text, options);
  }
  if (second !== undefined) return none(`These are two times: ${said(cluster, text)} and ${said(second, text)}.`);
  // `Sun` may be the sun and `Mon` a name, but beside a time they may as well belong to it.
  const weekday = clusters.find((each) => each !== cluster && each.pieces.some(isCapitalWeekday));
  if (weekday !== undefined) return none(`These are two times: ${said(cluster, text)} and ${said(weekday, text)}.`);
  const shift = clusters.flatMap(({ pieces }) => pieces).find(({ piece }) => piece.kind === 'shift');
  if (shift !== undefined) return none(`Which day does “${shift.text}” count from?`);
  const neighbour = unreadNeighbour(text, cluster);
  if (neighbour !== undefined) return none(`I could not read “${neighbour}” beside ${said(cluster, text)}. ${EXAMPLES}`);
  return read(cluster, text, options);
}

/** Reads a text that is a time and nothing else, as where a command asks for one: a word left unread makes it `none`. */
export function parseOnlyWhen(text: string, options: WhenOptions): When {
  const { locale: _, ...english } = options;
  const foreign = inOwnLanguage(text, options);
  return foreign === null ? readWhole(text, english) : orEnglish(foreign, readWhole(text, english));
}

/** Another language is read only where every word of the text was understood. */
const inOwnLanguage = (text: string, options: WhenOptions): When | null =>
  languageOf(options.locale) === undefined ? null : readWhole(text, options);

/** English is read beside every language; where both read the text and differ, it is asked which was meant. */
function orEnglish(foreign: When, english: When): When {
  if (foreign.kind === 'none') return english;
  if (foreign.kind !== 'at' || english.kind !== 'at' || foreign.at.equals(english.at)) return foreign;
  const choices = [foreign, english].map(({ at }) => ({
    at,
    label: at.toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' '),
  }));
  return { kind: 'ambiguous', choices, index: foreign.index, text: foreign.text };
}

function readWhole(text: string, options: WhenOptions): When {
  const clusters = clustersIn(text, options);
  const [cluster, second] = clusters;
  const unread = wordsLeft(text, clusters, options);
  if (cluster === undefined)
    return none(unread.length === 0 ? `When? ${EXAMPLES}` : `${quoted(unread)} is no time I can read. ${EXAMPLES}`);
  if (second !== undefined || unread.length > 0) return none(`I could not read ${quoted(unread)} in this time. ${EXAMPLES}`);
  return read(cluster, text, options);
}

const isCapitalWeekday = ({ piece, text }: Cluster['pieces'][number]): boolean =>
  piece.kind === 'weekday' && /^\p{Lu}/u.test(text);

/** `Can we post this now?` ends in a time; in `we are now open` it is none. */
const endsInNow = ({ pieces, until }: Cluster, text: string): boolean =>
  pieces.length === 1 && pieces[0]?.piece.kind === 'duration' && /^[\s.!?]*$/.test(text.slice(until));

const said = ({ index, until }: Cluster, text: string): string => `“${text.slice(index, until)}”`;
const wordsLeft = (text: string, clusters: readonly Cluster[], options: WhenOptions): string[] =>
  wordsOf(
    clusters.reduceRight((rest, { index, until }) => `${rest.slice(0, index)} ${rest.slice(until)}`, text),
    options,
  );

/** Which characters of a text look like a time, whatever moment that is: the first place, or null. */
export function spotWhen(text: string): { index: number; text: string } | null {
  const cluster = clustersIn(text, ANY_OPTIONS).find(isStrong);
  return cluster === undefined ? null : { index: cluster.index, text: text.slice(cluster.index, cluster.until) };
}

/** Whether a text begins with words of a time, weak ones included (`Sun`, `Nov 24`): how `on Monday` is told from `on x`. */
export const startsWithWhen = (text: string): boolean => clustersIn(text, ANY_OPTIONS)[0]?.index === 0;

/** Whether a text is a time and nothing else, whatever moment that is. */
export function isOnlyWhen(text: string): boolean {
  const clusters = clustersIn(text, ANY_OPTIONS);
  return clusters.length === 1 && wordsLeft(text, clusters, ANY_OPTIONS).length === 0;
}

/** Where words stand does not depend on when they are said. */
const ANY_OPTIONS: WhenOptions = { now: Temporal.Instant.fromEpochMilliseconds(0), timeZone: 'UTC' };

function read(cluster: Cluster, text: string, options: WhenOptions): When {
  const reading = readPieces(piecesOfCluster(cluster), options);
  if (reading.kind === 'none') return reading;
  return { ...reading, index: cluster.index, text: text.slice(cluster.index, cluster.until) };
}
