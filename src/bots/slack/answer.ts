// Where an answer goes: a card for everyone, a form into a modal, all else for the person who asked. What it says is the command's
// matter, and how it looks render.ts'.
import type { Reply } from '../reply.ts';
import type { Outcome } from '../run.ts';
import { handOverFiles } from './files-out.ts';
import { openForm } from './form-open.ts';
import type { Front } from './front.ts';
import { refreshHome } from './home.ts';
import { showInModal } from './modals.ts';
import { isMessageGone } from './outbox-errors.ts';
import { type Ask, listenerOf } from './place.ts';
import { placeCard } from './place-card.ts';
import { replacePrivately, sayPrivately } from './privately.ts';
import { renderReply } from './render.ts';

export async function answer(front: Front, ask: Ask, whole: Outcome): Promise<void> {
  const outcome = await handOverFiles(front, ask, whole);
  const { reply } = outcome;
  if (reply.form) return openForm(front, ask, reply, reply.form);
  if (reply.cardOf && !reply.private) await placeCard(front, ask, reply, reply.cardOf);
  else await placeWords(front, ask, outcome);
  if (ask.place.home && !outcome.refused && !outcome.bug) await refreshHome(front, ask);
}

/** A reply that is no card. */
async function placeWords(front: Front, ask: Ask, { reply, refused, bug }: Outcome): Promise<void> {
  const { place, way } = ask;
  const isDeclined = refused || bug;
  const isForAll = !reply.private && !isDeclined;
  if (place.modal !== undefined || (place.home && way === 'press')) return showInModal(front, ask, reply, { above: isDeclined });
  if (way === 'mention' && isForAll) return postWords(front, ask, reply);
  if (way === 'press' && !isDeclined && place.ephemeral) return replacePrivately(front, listenerOf(ask), place, reply);
  if (way === 'press' && isForAll && place.message !== undefined) return replaceWords(front, ask, place.message, reply);
  return sayPrivately(front, listenerOf(ask), place, reply);
}

async function postWords({ outbox }: Front, { access, place }: Ask, reply: Reply): Promise<void> {
  const { channel, thread } = place;
  await outbox.post(access, { channel, ...(thread === undefined ? {} : { thread }) }, renderReply(reply));
}

/** Another page of a list that everybody sees. */
async function replaceWords(front: Front, ask: Ask, ts: string, reply: Reply): Promise<void> {
  try {
    await front.outbox.update(ask.access, { channel: ask.place.channel, ts }, renderReply(reply));
  } catch (error) {
    if (!isMessageGone(error)) throw error;
    await postWords(front, ask, reply);
  }
}
