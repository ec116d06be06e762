// Where the card of a post goes: into the channel the first time, in place of the message that was pressed afterwards, and to its
// author where the channel is closed to Crier. The post remembers its card, under which its news is told.
import { CrierError } from '../../core/errors.ts';
import type { Line, Reply } from '../reply.ts';
import type { Front } from './front.ts';
import { showInModal } from './modals.ts';
import { isClosedChannel, type Message } from './outbox.ts';
import { isClosedThread, isMessageGone } from './outbox-errors.ts';
import { type Ask, isPerson, listenerOf } from './place.ts';
import { replacePrivately, sayPrivately } from './privately.ts';
import { isDeadToken, slackCodeOf } from './refusals.ts';
import { renderReply } from './render.ts';
import { readMessage, type Spot, writeMessage } from './spot.ts';

type CardOf = NonNullable<Reply['cardOf']>;

interface Card {
  ask: Ask;
  reply: Reply;
  cardOf: CardOf;
  messages: readonly Message[];
}

/** Shows a card where it was asked for, and brings the post's own card up to date where that is another message. */
export async function placeCard(front: Front, ask: Ask, reply: Reply, cardOf: CardOf): Promise<void> {
  const card: Card = { ask, reply, cardOf, messages: renderReply(reply) };
  const shown = await showOrWhisper(front, card);
  if (shown && cardOf.origin.message === null) {
    await front.deps.store.posts.setOrigin(cardOf.postId, { channel: shown.channel, message: writeMessage(shown) });
  }
  if (!ask.looksOnly) await refreshOwnCard(front, card, shown);
}

/** What the card tells is done, so that Slack not taking it must not look as if that had failed. */
async function showOrWhisper(front: Front, card: Card): Promise<Spot | null> {
  try {
    return await showCard(front, card);
  } catch (error) {
    if (!(error instanceof CrierError) || isDeadToken(error)) throw error;
    const { ask, reply, cardOf } = card;
    front.deps.log.warn({ err: error, post: cardOf.postId }, 'a card could not be shown where it belongs');
    const note = 'Slack did not take this card where it belongs, so you alone see it. It holds all the same.';
    await sayPrivately(front, listenerOf(ask), ask.place, { ...reply, notes: [...(reply.notes ?? []), note] });
    return null;
  }
}

/** The message it became; null where it is seen by one person alone, or nowhere. */
async function showCard(front: Front, card: Card): Promise<Spot | null> {
  const { ask, reply, cardOf } = card;
  const { place, way } = ask;
  const isNew = way === 'submit' && cardOf.origin.message === null;
  if (way === 'command' || way === 'mention' || isNew) return postCard(front, card);
  if (place.modal !== undefined || place.home) {
    await showInModal(front, ask, reply);
    return null;
  }
  if (place.message !== undefined) return replaceMessage(front, card, place.message);
  if (place.ephemeral) {
    await replacePrivately(front, listenerOf(ask), place, reply);
    return null;
  }
  return postCard(front, card);
}

async function replaceMessage(front: Front, card: Card, ts: string): Promise<Spot | null> {
  const { ask, reply } = card;
  const { origin } = card.cardOf;
  const { channel, thread = null } = ask.place;
  const isOwnCard = origin.channel === channel && origin.message !== null && readMessage(origin.message).ts === ts;
  // "Show" under a list or a piece of news: everybody else goes on reading that
  if (ask.looksOnly && !isOwnCard) {
    await sayPrivately(front, listenerOf(ask), ask.place, reply);
    return null;
  }
  try {
    await changePressed(front, card, ts);
    return { channel, ts, thread };
  } catch (error) {
    if (!isMessageGone(error)) throw error;
    return postCard(front, card);
  }
}

/** Slack's words for it, to a message and to a change of one: nothing changes there for anybody. */
const ARCHIVED = ['is_archived', 'is_inactive'];

/** Where the channel is closed to Crier by now, the answer to the press still changes the message for everyone. */
async function changePressed({ outbox }: Front, { ask, messages }: Card, ts: string): Promise<void> {
  const { channel, messageUrl } = ask.place;
  try {
    await outbox.update(ask.access, { channel, ts }, messages);
  } catch (error) {
    if (!isClosedChannel(error) || ARCHIVED.includes(slackCodeOf(error) ?? '') || messageUrl === undefined) throw error;
    // further messages stand in the thread, which no answer to a press reaches
    await outbox.respond(messageUrl, messages.slice(0, 1), { replaceOriginal: true, inChannel: true }).catch((refused) => {
      throw refused instanceof CrierError ? error : refused;
    });
  }
}

async function postCard(front: Front, { ask, messages }: Card): Promise<Spot> {
  const { outbox } = front;
  const { channel, thread = null } = ask.place;
  try {
    if (thread !== null) {
      try {
        return { ...(await outbox.post(ask.access, { channel, thread }, messages)), thread };
      } catch (error) {
        if (!isClosedThread(error)) throw error;
      }
    }
    return { ...(await outbox.post(ask.access, { channel }, messages)), thread: null };
  } catch (error) {
    if (!isClosedChannel(error) || isPerson(channel)) throw error;
    const spot = { ...(await outbox.post(ask.access, { channel: ask.userId }, messages)), thread: null };
    await sayWhyElsewhere(front, ask, slackCodeOf(error));
    return spot;
  }
}

/** The card is in the author's direct messages by now. */
async function sayWhyElsewhere(front: Front, ask: Ask, code: string | null): Promise<void> {
  const here: Line[] = ARCHIVED.includes(code ?? '')
    ? ['This channel is archived, so I sent the card to you directly. What becomes of the post is told there.']
    : [
        'Slack does not let me write in this channel, so I sent the card to you directly. What becomes of the post is told there.',
        ['Say ', { code: '/invite @Crier' }, ' here, and the next card comes into this channel.'],
      ];
  await sayPrivately(front, listenerOf(ask), ask.place, { tone: 'warning', lines: here, private: true });
}

/** Everybody sees what changed, wherever it was changed. That it cannot be shown is no reason to say that it failed. */
async function refreshOwnCard(front: Front, { ask, cardOf, messages }: Card, shown: Spot | null): Promise<void> {
  const { origin } = cardOf;
  if (origin.message === null) return;
  const own = { channel: origin.channel, ts: readMessage(origin.message).ts };
  if (shown && shown.channel === own.channel && shown.ts === own.ts) return;
  try {
    await front.outbox.update(ask.access, own, messages);
  } catch (error) {
    front.deps.log.warn({ err: error, ...own }, 'the card of a post could not be refreshed');
  }
}
