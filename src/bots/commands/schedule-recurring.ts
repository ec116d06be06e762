// /schedule for what recurs: "every Monday 9am". Which rule is meant is asked by a form of the rules in words, so that nothing is
// stored while it is open.
import { invalidArgument } from '../../core/errors.ts';
import { describeWhen } from '../../core/time/format.ts';
import { sayRecurrence } from '../../core/time/recurrence/say.ts';
import { parseRecurrence, type RecurringTime } from '../../core/time/recurrence.ts';
import { scheduleSeries } from '../../core/usecases/schedule-series.ts';
import { whenOptions } from '../../core/when-options.ts';
import { showCard } from '../cards/show-card.ts';
import type { CommandCall } from '../command.ts';
import type { Reply } from '../reply.ts';
import { readRequest } from './post-request.ts';

/** @throws CrierError `invalid-input` for words that could not be read, and as `scheduleSeries`. */
export async function scheduleRecurring(call: CommandCall, words: string): Promise<Reply> {
  const { deps, actor } = call;
  const reading = parseRecurrence(words, whenOptions(actor, deps.clock.now()));
  if (reading.kind === 'none') throw invalidArgument('when', reading.reason);
  if (reading.kind === 'ambiguous') return askWhichRule(call, words, reading.choices);
  const { rule, first } = reading;
  const { details, notes } = await scheduleSeries(deps, actor, { ...readRequest(call), rule, first });
  return showCard(call, details, { headline: 'scheduled', notes: [...reading.notes, ...notes] });
}

function askWhichRule({ args, deps }: CommandCall, words: string, choices: readonly RecurringTime[]): Reply {
  const { when: _, ...carried } = args;
  const now = deps.clock.now();
  const said = choices.map(({ rule, first }) => ({ words: sayRecurrence(rule), first }));
  return {
    tone: 'warning',
    title: 'Which one?',
    lines: [
      `"${words}" can be meant in more than one way.`,
      ...said.map((each) => `${each.words}: first ${describeWhen(each.first, now)}`),
    ],
    private: true,
    form: {
      title: 'Schedule a post',
      command: 'schedule',
      fields: [
        {
          name: 'when',
          label: 'When',
          kind: 'choice',
          required: true,
          choices: said.map((each) => ({ value: each.words, label: each.words })),
        },
      ],
      carried,
      inOneLine: `/schedule ${said[0]?.words ?? ''} to ${args.targets ?? 'all'}: ${args.text ?? ''}`,
    },
  };
}
