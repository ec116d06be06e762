// /draft: a post without a time, to be scheduled later.
import { postName } from '../../core/post.ts';
import { soundsRecurring } from '../../core/time/recurrence.ts';
import { draftPost } from '../../core/usecases/draft-post.ts';
import { languageOf } from '../../core/when-options.ts';
import { showCard } from '../cards/show-card.ts';
import { defineCommand } from '../command.ts';
import type { Line } from '../reply.ts';
import { askForRest } from './compose-form.ts';
import { BESIDE, CAMPAIGN, fromSentence, MEDIA, readRequest, TARGETS, TEXT } from './post-request.ts';

export const draft = defineCommand({
  name: 'draft',
  summary: 'Keep a post without a time',
  permission: 'write',
  arguments: [{ ...TARGETS, required: true }, { ...TEXT, required: true }, MEDIA, CAMPAIGN, ...BESIDE],
  examples: ['/draft to bluesky: Something about kites', '/draft to all --campaign launch: We are live!'],
  fromText: fromSentence,
  run: async (call) => {
    const ask = askForRest(call, 'draft');
    if (ask) return ask;
    const details = await draftPost(call.deps, call.actor, readRequest(call));
    const { when } = call.args;
    const isOnce = when !== undefined && !soundsRecurring(when, languageOf(call.actor));
    const move = `/post ${postName(details.post)} move ${isOnce ? when : 'tomorrow 9am'}`;
    const notes: Line[] = [
      ...(when === undefined ? [] : [`A draft has no time, so "${when}" is left out.`]),
      ['Schedule it: ', { code: move }],
    ];
    return showCard(call, details, { headline: 'kept as a draft', notes });
  },
});
