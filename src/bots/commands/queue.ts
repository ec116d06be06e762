// /queue: a post for the next free slot of its networks.
import { invalidArgument } from '../../core/errors.ts';
import type { SlotKind } from '../../core/usecases/choose-slot.ts';
import { queuePost } from '../../core/usecases/queue-post.ts';
import { showCard } from '../cards/show-card.ts';
import { type CommandCall, defineCommand } from '../command.ts';
import type { Reply } from '../reply.ts';
import { askForRest, composeForm } from './compose-form.ts';
import { BESIDE, CAMPAIGN, fromSentence, MEDIA, readRequest, TARGETS, TEXT } from './post-request.ts';

export const queue = defineCommand({
  name: 'queue',
  summary: 'Schedule a post for the next free slot',
  permission: 'write',
  arguments: [{ ...TARGETS, required: true }, { ...TEXT, required: true }, MEDIA, CAMPAIGN, ...BESIDE],
  examples: ['/queue to bluesky, mastodon: One of these days', '/queue "One of these days" to all'],
  fromText: fromSentence,
  run: async (call) => {
    const { when } = call.args;
    if (when !== undefined)
      throw invalidArgument('when', `/queue finds the time by itself. For "${when}" say the same with /schedule.`);
    return askForRest(call, 'queue') ?? intoSlot(call, 'queue');
  },
  buttons: { form: async (call) => composeForm(call, 'queue', {}) },
});

/** The card says when, and its notes why then. */
export async function intoSlot(call: CommandCall, kind: SlotKind): Promise<Reply> {
  const { details, notes } = await queuePost(call.deps, call.actor, { ...readRequest(call), kind });
  return showCard(call, details, { headline: 'scheduled', notes });
}
