// An answer on its way: a card for everyone, a form into a modal, a public reply into the channel, all else for the person who asked.
// What it says is the command's matter, how it looks render.ts', and which way it goes route.ts'.
import type { Line, Reply } from '../reply.ts';
import type { Outcome } from '../run.ts';
import { handOver, placeOf } from './files-out.ts';
import { openForm } from './form-open.ts';
import type { Front } from './front.ts';
import { refreshHome } from './home.ts';
import { showInModal } from './modals.ts';
import { isClosedChannel, type Message, type Posted } from './outbox.ts';
import { isClosedThread, isMessageGone } from './outbox-errors.ts';
import { type Ask, isDirect, listenerOf } from './place.ts';
import { placeCard } from './place-card.ts';
import { replacePrivately, sayPrivately } from './privately.ts';
import { slackCodeOf } from './refusals.ts';
import { renderReply } from './render.ts';
import { isForAllThere, type Route, routeOf, showsPictures } from './route.ts';

export async function answer(front: Front, ask: Ask, outcome: Outcome): Promise<void> {
  const progress = (await ask.progress?.end()) ?? null;
  const route = routeOf(ask, outcome);
  try {
    await take(front, ask, outcome, { route, progress });
  } catch (error) {
    if (route !== 'post' || !outcome.reply.public || !isClosedChannel(error)) throw error;
    await take(front, ask, withWhyAlone(outcome, slackCodeOf(error)), { route: 'alone', progress });
  }
  if (route !== 'form' && ask.place.home && !outcome.refused && !outcome.bug) await refreshHome(front, ask);
}

interface Course {
  route: Route;
  /** The message that told how far it was: the answer takes its place where it belongs there. */
  progress: Posted | null;
}

async function take(front: Front, ask: Ask, outcome: Outcome, { route, progress }: Course): Promise<void> {
  const { reply, pictures } = await handOver(front, ask.access, outcome.reply, {
    showsPictures: showsPictures(route, ask.place),
    place: placeOf(ask),
    aloneTo: isForAllThere(route, ask, outcome) ? null : ask.userId,
  });
  const messages = renderReply(reply, pictures);
  if (progress && takesPlace(route, ask, progress)) return replaceWords(front, ask, progress, messages);
  const isDeclined = outcome.refused || outcome.bug;
  await go(front, ask, { route, reply, messages, isDeclined });
  if (progress) await removeProgress(front, ask, progress);
}

interface Departure {
  route: Route;
  reply: Reply;
  messages: readonly Message[];
  isDeclined: boolean;
}

async function go(front: Front, ask: Ask, { route, reply, messages, isDeclined }: Departure): Promise<void> {
  const { place } = ask;
  if (reply.form) return openForm(front, ask, reply, reply.form);
  if (route === 'card' && reply.cardOf) return placeCard(front, ask, reply, reply.cardOf);
  if (route === 'modal') return showInModal(front, ask, reply, { above: isDeclined });
  if (route === 'post') return postWords(front, ask, messages);
  if (route === 'replace-alone') return replacePrivately(front, listenerOf(ask), place, reply);
  if (route === 'replace' && place.message !== undefined)
    return replaceWords(front, ask, { channel: place.channel, ts: place.message }, messages);
  return sayPrivately(front, listenerOf(ask), place, reply, () => [...messages]);
}

const takesPlace = (route: Route, { place }: Ask, { channel }: Posted): boolean =>
  route === 'post' ? channel === place.channel : route === 'alone' && isDirect(channel);

async function postWords({ outbox }: Front, { access, place }: Ask, messages: readonly Message[]): Promise<void> {
  const { channel, thread } = place;
  try {
    await outbox.post(access, { channel, ...(thread === undefined ? {} : { thread }) }, messages);
  } catch (error) {
    if (thread === undefined || !isClosedThread(error)) throw error;
    await outbox.post(access, { channel }, messages);
  }
}

/** Another page of a list that everybody sees, another period of a report. */
async function replaceWords(front: Front, ask: Ask, at: Posted, messages: readonly Message[]): Promise<void> {
  try {
    await front.outbox.update(ask.access, at, messages);
  } catch (error) {
    if (!isMessageGone(error)) throw error;
    await postWords(front, ask, messages);
  }
}

/** That it stays is no reason to say that the command failed. */
async function removeProgress(front: Front, { access }: Ask, at: Posted): Promise<void> {
  try {
    await front.call(() => access.client.chat.delete(at));
  } catch (error) {
    front.deps.log.warn({ err: error, ...at }, 'how far a command was could not be taken back');
  }
}

/** A public reply that Slack lets nobody else see. */
function withWhyAlone(outcome: Outcome, code: string | null): Outcome {
  const why: Line[] =
    code === 'is_archived'
      ? ['This channel is archived, so only you see this.']
      : [
          [
            'Slack does not let me write in this channel, so only you see this. Say ',
            { code: '/invite @Crier' },
            ' here, and the next one is for everybody.',
          ],
        ];
  return { ...outcome, reply: { ...outcome.reply, notes: [...(outcome.reply.notes ?? []), ...why] } };
}
