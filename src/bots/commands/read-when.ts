// Reads a time a person typed in a command, in their zone and by the workspace's habits.
import { invalidArgument } from '../../core/errors.ts';
import { describeWhen, formatMoment, formatRelative } from '../../core/time/format.ts';
import { parseOnlyWhen } from '../../core/time/parse-when.ts';
import { soundsRecurring } from '../../core/time/recurrence.ts';
import type { When } from '../../core/time/when.ts';
import { languageOf, whenOptions } from '../../core/when-options.ts';
import { timeSubject } from '../cards/post-buttons.ts';
import type { Call } from '../command.ts';
import type { Button } from '../reply.ts';

/** Said to words that recur where one time is asked for. */
export const ONCE_ONLY =
  'A post that is there already goes out at one time. For one that recurs, schedule it anew: /schedule every Monday 9am to bluesky: Hello';

export type ReadWhen = Extract<When, { kind: 'at' | 'ambiguous' }>;

/** @throws CrierError `invalid-input` about `when`, for a time gone by (with the next one of its kind) and for what is no time. */
export function readWhen({ deps, actor }: Call, text: string): ReadWhen {
  if (soundsRecurring(text, languageOf(actor))) throw invalidArgument('when', ONCE_ONLY);
  const now = deps.clock.now();
  const when = parseOnlyWhen(text, whenOptions(actor, now));
  if (when.kind === 'at' || when.kind === 'ambiguous') return when;
  if (when.kind === 'none') throw invalidArgument('when', when.reason);
  const next = when.next ? `the next such time is ${formatMoment(when.next)}` : 'choose a later time';
  throw invalidArgument('when', `${formatMoment(when.at)} has gone by (${formatRelative(when.at, now)}): ${next}.`);
}

/** One button per reading; `name` is the button of /post that takes the choice. */
export const choiceButtons = (post: string, name: 'at' | 'move-at', when: Extract<When, { kind: 'ambiguous' }>): Button[] =>
  when.choices.map(({ at, label }, index) => ({
    label,
    command: 'post',
    name,
    subject: timeSubject(post, at),
    ...(index === 0 ? { style: 'primary' as const } : {}),
  }));

/** What each choice of an ambiguous time would be. */
export const choiceLines = ({ deps }: Call, when: Extract<When, { kind: 'ambiguous' }>): string[] =>
  when.choices.map(({ at, label }) => `${label}: ${describeWhen(at, deps.clock.now())}`);
