// /schedule: a post for later, in one sentence.
import { postName } from '../../core/post.ts';
import { soundsRecurring } from '../../core/time/recurrence.ts';
import { draftForTime } from '../../core/usecases/draft-post.ts';
import { schedulePost } from '../../core/usecases/schedule-post.ts';
import { languageOf } from '../../core/when-options.ts';
import { showCard } from '../cards/show-card.ts';
import { type CommandCall, defineCommand } from '../command.ts';
import type { Reply } from '../reply.ts';
import { isBest } from './best-time.ts';
import { askForRest, composeForm } from './compose-form.ts';
import { orOfferSlot } from './over-cap.ts';
import { BESIDE, CAMPAIGN, fromSentence, MEDIA, readRequest, TARGETS, TEXT, WHEN } from './post-request.ts';
import { intoSlot } from './queue.ts';
import { choiceButtons, choiceLines, type ReadWhen, readWhen } from './read-when.ts';
import { scheduleRecurring } from './schedule-recurring.ts';

export const schedule = defineCommand({
  name: 'schedule',
  summary: 'Schedule a post for later',
  permission: 'write',
  arguments: [
    { ...WHEN, required: true },
    { ...TARGETS, required: true },
    { ...TEXT, required: true },
    MEDIA,
    CAMPAIGN,
    ...BESIDE,
  ],
  examples: [
    '/schedule tomorrow 9am to bluesky, mastodon: We are live!',
    '/schedule "We are live!" Friday 17:30 to all',
    '/schedule --campaign launch in 2 hours to bluesky: Doors open soon',
    '/schedule best to bluesky: Where is the wind today?',
    '/schedule every Monday 9am to bluesky, mastodon: A new week',
    '/schedule tomorrow 9am to all --thread --comment "Ask us anything": A long story ...',
    '/schedule Friday 9am to mastodon --mastodon visibility=unlisted: For those who follow us',
    '/schedule Monday noon to mastodon --image https://example.com/kite.jpg "A red kite": Look up!',
  ],
  fromText: fromSentence,
  run: async (call) => {
    const ask = askForRest(call, 'schedule');
    if (ask) return ask;
    const words = call.args.when ?? '';
    if (isBest(words)) return intoSlot(call, 'best');
    if (soundsRecurring(words, languageOf(call.actor))) return scheduleRecurring(call, words);
    const when = readWhen(call, words);
    return when.kind === 'ambiguous' ? keepAndAsk(call, when) : orOfferSlot(call, () => scheduleAt(call, when));
  },
  buttons: { form: async (call) => composeForm(call, 'schedule', {}) },
});

async function scheduleAt(call: CommandCall, when: Extract<ReadWhen, { kind: 'at' }>): Promise<Reply> {
  const { details, notes } = await schedulePost(call.deps, call.actor, { ...readRequest(call), at: when.at });
  return showCard(call, details, { headline: 'scheduled', notes: [...when.notes, ...notes] });
}

/** The post is kept as a draft while its time is in question, so that the answer is one press and nothing is typed twice. */
async function keepAndAsk(call: CommandCall, when: Extract<ReadWhen, { kind: 'ambiguous' }>): Promise<Reply> {
  const { details, notes } = await draftForTime(call.deps, call.actor, readRequest(call));
  const card = await showCard(call, details, {
    headline: 'kept as a draft',
    tone: 'warning',
    lines: [`"${when.text}" can mean more than one time. Which one?`, ...choiceLines(call, when)],
    notes,
  });
  return { ...card, buttons: [...choiceButtons(postName(details.post), 'at', when), ...(card.buttons ?? [])] };
}
