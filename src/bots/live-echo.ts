// The time understood so far in words that are still being typed. It says what they would mean once sent, and does nothing.
import { describeWhen } from '../core/time/format.ts';
import { parseOnlyWhen } from '../core/time/parse-when.ts';
import { sayRecurrence } from '../core/time/recurrence/say.ts';
import { parseRecurrence, soundsRecurring } from '../core/time/recurrence.ts';
import type { WhenOptions } from '../core/time/when.ts';
import { whenOptions } from '../core/when-options.ts';
import type { Actor } from '../core/workspace.ts';
import { readPostSentence } from './commands/post-sentence.ts';
import { ONCE_ONLY } from './commands/read-when.ts';

export interface TimeEcho {
  /** What it means, a line for each way it can be meant; or, where it is no time, why not. */
  lines: string[];
  /** Whether it could be read. */
  isTime: boolean;
  /** The one moment it means; null where it recurs, is one of several, or has gone by. */
  at: Temporal.Instant | null;
}

const SCHEDULE = /^\/schedule\s+(?<sentence>[\s\S]+)$/i;
const MOVE = /^\/post\s+\S+\s+move\s+(?<when>[\s\S]+)$/i;

/** `/schedule tomorrow 9am` -> `Tue 24 Nov 2026, 09:00 CET · in 14 hours`; null where there is nothing to say yet. */
export function describeTyping(line: string, actor: Actor, now: Temporal.Instant): string | null {
  const words = timeWords(line);
  if (!words) return null;
  const { lines, isTime } = echoTime(words, { actor, now, takesRecurring: SCHEDULE.test(line) });
  return isTime ? lines.join('  or  ') : null;
}

/** What words for a time mean to this person. `takesRecurring`: whether "every Monday" can be meant here. */
export function echoTime(
  words: string,
  { actor, now, takesRecurring }: { actor: Actor; now: Temporal.Instant; takesRecurring: boolean },
): TimeEcho {
  const options = whenOptions(actor, now);
  if (soundsRecurring(words, options.locale)) return takesRecurring ? echoRecurring(words, options) : unread(ONCE_ONLY);
  const when = parseOnlyWhen(words, options);
  switch (when.kind) {
    case 'at':
      return { lines: [describeWhen(when.at, now)], isTime: true, at: when.at.toInstant() };
    case 'ambiguous':
      return read(when.choices.map(({ at, label }) => `${label}: ${describeWhen(at, now)}`));
    case 'past':
      return read([`${describeWhen(when.at, now)}: that has gone by`]);
    case 'none':
      return unread(when.reason);
  }
}

/** `every Monday` -> `every Monday at 09:00 in Europe/Berlin · first Mon 23 Nov 2026, 09:00 CET · in 23 hours`. */
function echoRecurring(words: string, options: WhenOptions): TimeEcho {
  const reading = parseRecurrence(words, options);
  switch (reading.kind) {
    case 'recurring':
      return read([`${sayRecurrence(reading.rule)} · first ${describeWhen(reading.first, options.now)}`]);
    case 'ambiguous':
      return read(reading.choices.map(({ rule }) => sayRecurrence(rule)));
    case 'none':
      return unread(reading.reason);
  }
}

const read = (lines: string[]): TimeEcho => ({ lines, isTime: true, at: null });
const unread = (reason: string): TimeEcho => ({ lines: [reason], isTime: false, at: null });

function timeWords(line: string): string | undefined {
  const sentence = SCHEDULE.exec(line)?.groups?.sentence;
  if (sentence === undefined) return MOVE.exec(line)?.groups?.when;
  return readPostSentence(sentence).when ?? sentence;
}
