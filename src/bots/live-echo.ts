// The time understood so far in a line that is still being typed. It says what a sent line would mean, and does nothing.
import { describeWhen } from '../core/time/format.ts';
import { parseOnlyWhen } from '../core/time/parse-when.ts';
import { sayRecurrence } from '../core/time/recurrence/say.ts';
import { parseRecurrence, soundsRecurring } from '../core/time/recurrence.ts';
import type { WhenOptions } from '../core/time/when.ts';
import { whenOptions } from '../core/when-options.ts';
import type { Actor } from '../core/workspace.ts';
import { readPostSentence } from './commands/post-sentence.ts';

const SCHEDULE = /^\/schedule\s+(?<sentence>[\s\S]+)$/i;
const MOVE = /^\/post\s+\S+\s+move\s+(?<when>[\s\S]+)$/i;

/** `/schedule tomorrow 9am` -> `Tue 24 Nov 2026, 09:00 CET · in 14 hours`; null where there is nothing to say yet. */
export function describeTyping(line: string, actor: Actor, now: Temporal.Instant): string | null {
  const words = timeWords(line);
  if (!words) return null;
  const options = whenOptions(actor, now);
  // only /schedule takes what recurs
  if (soundsRecurring(words, options.locale)) return SCHEDULE.test(line) ? describeRecurring(words, options) : null;
  const when = parseOnlyWhen(words, options);
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

/** `/schedule every Monday` -> `every Monday at 09:00 in Europe/Berlin · first Mon 23 Nov 2026, 09:00 CET · in 23 hours`. */
function describeRecurring(words: string, options: WhenOptions): string | null {
  const reading = parseRecurrence(words, options);
  switch (reading.kind) {
    case 'recurring':
      return `${sayRecurrence(reading.rule)} · first ${describeWhen(reading.first, options.now)}`;
    case 'ambiguous':
      return reading.choices.map(({ rule }) => sayRecurrence(rule)).join('  or  ');
    case 'none':
      return null;
  }
}

function timeWords(line: string): string | undefined {
  const sentence = SCHEDULE.exec(line)?.groups?.sentence;
  if (sentence === undefined) return MOVE.exec(line)?.groups?.when;
  return readPostSentence(sentence).when ?? sentence;
}
