// /publish: a post that goes out at once.
import { invalidArgument } from '../../core/errors.ts';
import { schedulePost } from '../../core/usecases/schedule-post.ts';
import { zoneOf } from '../../core/workspace.ts';
import { showCard } from '../cards/show-card.ts';
import { defineCommand } from '../command.ts';
import { askForRest } from './compose-form.ts';
import { orOfferSlot } from './over-cap.ts';
import { BESIDE, CAMPAIGN, fromSentence, MEDIA, readRequest, TARGETS, TEXT } from './post-request.ts';

export const publish = defineCommand({
  name: 'publish',
  summary: 'Publish a post right now',
  permission: 'write',
  arguments: [{ ...TARGETS, required: true }, { ...TEXT, required: true }, MEDIA, CAMPAIGN, ...BESIDE],
  examples: ['/publish to bluesky, mastodon: We are live!', '/publish "We are live!" to all'],
  fromText: fromSentence,
  run: async (call) => {
    const { when } = call.args;
    if (when !== undefined) throw invalidArgument('when', `/publish posts at once. For "${when}" say the same with /schedule.`);
    const ask = askForRest(call, 'publish');
    if (ask) return ask;
    const at = call.deps.clock.now().toZonedDateTimeISO(zoneOf(call.actor));
    return orOfferSlot(call, async () => {
      const { details, notes } = await schedulePost(call.deps, call.actor, { ...readRequest(call), at });
      return showCard(call, details, { headline: 'goes out now', notes });
    });
  },
});
