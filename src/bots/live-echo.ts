// The time understood so far in a line that is still being typed. It says what a sent line would mean, and does nothing.
import { describeWhen } from '../core/time/format.ts';
import { parseOnlyWhen } from '../core/time/parse-when.ts';
import { type Actor, zoneOf } from '../core/workspace.ts';
import { readPostSentence } from './commands/post-sentence.ts';

const SCHEDULE = /^\/schedule\s+(?<sentence>[\s\S]+)$/i;
const MOVE = /^\/post\s+\S+\s+move\s+(?<when>[\s\S]+)$/i;

/** `/schedule tomorrow 9am` -> `Tue 24 Nov 2026, 09:00 CET · in 14 hours`; null where there is nothing to say yet. */
export function describeTyping(line: string, actor: Actor, now: Temporal.Instant): string | null {
  const words = timeWords(line);
  if (!words) return null;
  const { dateOrder, defaultTime } = actor.workspace;
  const when = parseOnlyWhen(words, { now, timeZone: zoneOf(actor), dateOrder, defaultTime });
  switch (when.kind) {
    case 'at':
      return describeWhen(when.at, now);
    case 'ambiguous':
      return when.choices.map(({ at, label }) => `${label}: ${describeWhen(at, now)}`).join('  or  ');
    case 'past':
      return `${describeWhen(when.at, now)}: that has gone by`;
    case 'none':
      return null;
  }
}

function timeWords(line: string): string | undefined {
  const sentence = SCHEDULE.exec(line)?.groups?.sentence;
  if (sentence === undefined) return MOVE.exec(line)?.groups?.when;
  return readPostSentence(sentence).when ?? sentence;
}
