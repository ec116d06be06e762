// Where an answer goes: a card and what is public for everyone, a form into a modal, all else for the person who asked. What it says is
// the command's matter, and how it looks render.ts'.
import type { Reply } from '../reply.ts';
import type { Outcome } from '../run.ts';
import { openForm } from './form-open.ts';
import type { Front } from './front.ts';
import type { Ask } from './place.ts';
import { placeCard } from './place-card.ts';
import { isMessageGone } from './refusals.ts';
import { renderFor } from './stamp.ts';

export async function answer(front: Front, ask: Ask, outcome: Outcome): Promise<void> {
  const { reply } = outcome;
  if (reply.form) return openForm(front, ask, reply, reply.form);
  if (reply.cardOf && !reply.private) return placeCard(front, ask, reply, reply.cardOf);
  return placeWords(ask, outcome);
}

/** A reply that is no card. */
async function placeWords(ask: Ask, { reply, refused, bug }: Outcome): Promise<void> {
  const { way, place, voice, actor } = ask;
  const messages = renderFor(actor.workspace.teamId, reply);
  const isDeclined = refused || bug;
  const isForAll = !reply.private && !isDeclined;
  const isPublic = isForAll && reply.public === true && place.kind !== 'elsewhere';
  // a message cannot be shown to one person alone, and what went wrong with a mention is no secret of theirs
  if (way === 'mention' && (isForAll || isDeclined)) return void (await voice.toAll(messages));
  const isOwn = place.message?.ephemeral || place.kind === 'direct';
  if (way === 'press' && !isDeclined && (isForAll || isOwn)) return replaceWords(ask, reply);
  if (isPublic) return void (await voice.toAll(messages));
  return voice.toOne(messages);
}

/** Another page of a list. What has no room in the message follows it. */
async function replaceWords({ voice, actor, place }: Ask, reply: Reply): Promise<void> {
  const messages = renderFor(actor.workspace.teamId, reply);
  const [head, ...more] = messages;
  const isForAll = place.message !== null && !place.message.ephemeral;
  // each press would leave its further messages behind: what does not fit into one is said below instead
  if (reply.public && isForAll && more.length > 0) return void (await voice.toAll(messages));
  const follow = async (messages: typeof more): Promise<void> => {
    if (messages.length === 0) return;
    if (isForAll) await voice.toAll(messages);
    else await voice.toOne(messages);
  };
  if (!head) return;
  try {
    await voice.replace(head);
  } catch (error) {
    if (!isMessageGone(error)) throw error;
    return follow([head, ...more]);
  }
  await follow(more);
}
