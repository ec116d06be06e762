// Reads a time of day alone, as a rule that repeats has one: `9am`, `noon`, `17:30`, `in the evening`. Knows no day and no zone.
import { type ClockChoice, clockSaid } from './clock-choice.ts';
import { clustersIn, piecesOfCluster, wordsOf } from './spot.ts';
import type { WhenOptions } from './when.ts';

const KINDS = ['clock', 'midnight', 'day-part'];

/**
 * The times of day a text may mean: one is sure, several are a question. Midnight is where a day ends, one of `daysOn`.
 * A sentence says why it is none.
 */
export function parseTimeOfDay(text: string, options: WhenOptions): readonly ClockChoice[] | string {
  const clusters = clustersIn(text, options);
  const [cluster] = clusters;
  const taken = cluster === undefined ? text : `${text.slice(0, cluster.index)} ${text.slice(cluster.until)}`;
  const pieces = cluster === undefined ? [] : piecesOfCluster(cluster);
  if (clusters.length !== 1 || wordsOf(taken, options).length > 0 || !pieces.every(({ kind }) => KINDS.includes(kind))) {
    return `“${text.trim()}” is no time of day. Try “9am” or “14:30”.`;
  }
  const said = clockSaid(pieces, true, options);
  return typeof said === 'string' ? said : (said?.choices ?? []);
}

/** The same as one wall time, `{ time: '09:00' }`, of every day alike. A sentence says why it is none, or what it may mean. */
export function wallTimeSaid(text: string, options: WhenOptions): { time: string } | string {
  const said = text.trim();
  const choices = parseTimeOfDay(text, options);
  if (typeof choices === 'string') return choices;
  const [choice, other] = choices;
  if (choice?.daysOn !== 0 || (other && other.daysOn !== 0))
    return `Is “${said}” where the day begins or where it ends? Say 00:00 or 23:59.`;
  if (other) return `“${said}” can be ${choice.label} or ${other.label}: say which.`;
  if (choice.time.second !== 0) return `“${said}” is not on the minute.`;
  return { time: choice.time.toString({ smallestUnit: 'minute' }) };
}
