// Reads English posting times: the whole of a text (parseWhen) or one within a sentence (findWhen). Asks or declines, never guesses.
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
 * Reads a text that is only a time. Pure; the clock and the zone are handed in.
 * Wall times go through the zone: in a gap forward, of two the earlier, with a note. A word left unread makes it `none`.
 */
export function parseWhen(text: string, options: WhenOptions): When {
  const clusters = clustersIn(text, options);
  const [cluster, second] = clusters;
  const taken = clusters.reduceRight((rest, { index, until }) => `${rest.slice(0, index)} ${rest.slice(until)}`, text);
  const unread = wordsOf(taken);
  if (cluster === undefined)
    return none(unread.length === 0 ? `When? ${EXAMPLES}` : `${quoted(unread)} is no time I can read. ${EXAMPLES}`);
  if (second !== undefined || unread.length > 0) return none(`I could not read ${quoted(unread)} in this time. ${EXAMPLES}`);
  return read(cluster, text, options);
}

/** Finds the one time in a longer sentence. Several, or one with words beside it that belong to it and were not read, are `none`. */
export function findWhen(text: string, options: WhenOptions): When {
  const [cluster, second] = clustersIn(text, options).filter(isStrong);
  if (cluster === undefined) return none(`There is no time in this. ${EXAMPLES}`);
  const words = (each: Cluster) => `“${text.slice(each.index, each.until)}”`;
  if (second !== undefined) return none(`These are two times: ${words(cluster)} and ${words(second)}.`);
  const neighbour = unreadNeighbour(text, cluster);
  if (neighbour !== undefined) return none(`I could not read “${neighbour}” beside ${words(cluster)}. ${EXAMPLES}`);
  return read(cluster, text, options);
}

/** Which characters of a text look like a time, whatever moment that is: the first place, or null. */
export function spotWhen(text: string): { index: number; text: string } | null {
  const cluster = clustersIn(text, ANY_OPTIONS).find(isStrong);
  return cluster === undefined ? null : { index: cluster.index, text: text.slice(cluster.index, cluster.until) };
}

/** Whether a text begins with words of a time, weak ones included (`Sun`, `Nov 24`): how `on Monday` is told from `on x`. */
export const startsWithWhen = (text: string): boolean => clustersIn(text, ANY_OPTIONS)[0]?.index === 0;

/** Whether a text is a time and nothing else, whatever moment that is. */
export function isOnlyWhen(text: string): boolean {
  const [cluster, second] = clustersIn(text, ANY_OPTIONS);
  if (cluster === undefined || second !== undefined) return false;
  return wordsOf(`${text.slice(0, cluster.index)} ${text.slice(cluster.until)}`).length === 0;
}

/** Where words stand does not depend on when they are said. */
const ANY_OPTIONS: WhenOptions = { now: Temporal.Instant.fromEpochMilliseconds(0), timeZone: 'UTC' };

function read(cluster: Cluster, text: string, options: WhenOptions): When {
  const reading = readPieces(piecesOfCluster(cluster), options);
  if (reading.kind === 'none') return reading;
  return { ...reading, index: cluster.index, text: text.slice(cluster.index, cluster.until) };
}
