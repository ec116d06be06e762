// Where the card of a post goes: into the channel the first time, in place of the message that was pressed afterwards. The post remembers
// its card, under which its news is told.
import type { Line, Reply } from '../reply.ts';
import type { Front } from './front.ts';
import type { Ask } from './place.ts';
import { isClosedChannel, isMessageGone } from './refusals.ts';
import { type DiscordMessage, renderReply } from './render.ts';
import { directChannel, postAll, rewrite, rewriteMore } from './sending.ts';
import { readMessage, type Spot, writeMessage } from './spot.ts';
import { renderFor } from './stamp.ts';

type CardOf = NonNullable<Reply['cardOf']>;

/** A card that everybody sees. `isNew`: by a message that was not there before. `isOwn`: it is the post's own card, or in its place. */
interface Shown {
  spot: Spot;
  isNew: boolean;
  isOwn: boolean;
}

/** Shows a card where it was asked for, and brings the post's own card up to date where that is another message. */
export async function placeCard(front: Front, ask: Ask, reply: Reply, cardOf: CardOf): Promise<void> {
  const messages = renderFor(ask.actor.workspace.teamId, reply);
  const own = ownCard(cardOf);
  const shown = await showCard(front, ask, own, messages);
  if (shown && (own === null || (shown.isOwn && !isSame(shown.spot, own)))) await remember(front, cardOf, shown.spot);
  if (shown?.isNew) await sayWhatIsMissing(ask, shown.spot);
  if (own && !ask.looksOnly && !shown?.isOwn) await refreshOwnCard(front, cardOf, own, messages);
}

const ownCard = ({ origin }: CardOf): Spot | null =>
  origin.message === null ? null : { channel: origin.channel, messages: readMessage(origin.message) };

const isSame = (one: Spot, other: Spot): boolean => one.channel === other.channel && writeMessage(one) === writeMessage(other);

const remember = ({ deps }: Front, { postId }: CardOf, spot: Spot): Promise<void> =>
  deps.store.posts.setOrigin(postId, { channel: spot.channel, message: writeMessage(spot) });

/** Null where one person alone sees it. */
async function showCard(front: Front, ask: Ask, own: Spot | null, messages: readonly DiscordMessage[]): Promise<Shown | null> {
  const { way, place, voice } = ask;
  if (way === 'command' || way === 'mention' || (way === 'submit' && own === null))
    return { spot: await showAnew(front, ask, messages), isNew: true, isOwn: false };
  if (place.message === null || place.message.ephemeral || place.kind === 'elsewhere') {
    await showPrivately(ask, messages);
    return null;
  }
  const isOwn = own?.channel === place.channel && own.messages[0] === place.message.id;
  // "Show" under a list or a piece of news: everybody else goes on reading that
  if (ask.looksOnly && !isOwn) {
    await voice.toOne(messages);
    return null;
  }
  return {
    ...(await showInPlace(front, ask, { id: place.message.id, parts: isOwn ? own.messages.slice(1) : [] }, messages)),
    isOwn,
  };
}

/** What belongs to a person's own server is told in their direct messages where Crier is not in the server they are in. */
async function showAnew({ rest }: Front, { voice, place, actor }: Ask, messages: readonly DiscordMessage[]): Promise<Spot> {
  if (place.kind !== 'elsewhere') return voice.toAll(messages);
  const spot = await postAll(rest, { channel: await directChannel(rest, actor.member.userId) }, messages);
  await voice.toOne(renderReply({ tone: 'good', lines: ['The card is in your direct messages with me, and so is its news.'] }));
  return spot;
}

async function showPrivately({ voice, place }: Ask, messages: readonly DiscordMessage[]): Promise<void> {
  const [head, ...more] = messages;
  if (place.message?.ephemeral && head) {
    await voice.replace(head);
    if (more.length > 0) await voice.toOne(more);
  } else await voice.toOne(messages);
}

async function showInPlace(
  front: Front,
  { voice, place }: Ask,
  card: { id: string; parts: readonly string[] },
  messages: readonly DiscordMessage[],
): Promise<Pick<Shown, 'spot' | 'isNew'>> {
  const [head, ...more] = messages;
  if (!head) throw new Error('a card is at least one message');
  try {
    await voice.replace(head);
  } catch (error) {
    // closed: the interaction is over, and Crier alone may not change what stands there
    if (!isMessageGone(error) && !isClosedChannel(error)) throw error;
    return { spot: await voice.toAll(messages), isNew: true };
  }
  const { channel } = place;
  const parts = await showParts(front, { channel, first: card.id, parts: card.parts }, more);
  return { spot: { channel, messages: [card.id, ...parts] }, isNew: false };
}

/** What a card goes on with. Where Crier may not write, that stays as it was: the card itself says what holds. */
async function showParts(
  { rest, deps }: Front,
  card: { channel: string; first: string; parts: readonly string[] },
  messages: readonly DiscordMessage[],
): Promise<string[]> {
  try {
    return await rewriteMore(rest, card, messages);
  } catch (error) {
    if (!isClosedChannel(error)) throw error;
    deps.log.warn({ err: error, ...card }, 'what a card goes on with could not be shown anew');
    return [...card.parts];
  }
}

/** The card is an answer to a command, which needs no right; what becomes of the post is told by messages, which do. */
async function sayWhatIsMissing({ voice, place }: Ask, spot: Spot): Promise<void> {
  if (place.missing.length === 0 || spot.channel !== place.channel) return;
  const line: Line = [
    `I am not allowed to write in this channel, so I tell you in your direct messages what becomes of the post. An admin of the server can allow it in the channel's settings, under "Permissions": ${place.missing.join(', ')}.`,
  ];
  await voice.toOne(renderReply({ tone: 'warning', lines: [line], private: true }));
}

/** Everybody sees what changed, wherever it was changed. That it cannot be shown is no reason to say that it failed. */
async function refreshOwnCard(front: Front, cardOf: CardOf, own: Spot, messages: readonly DiscordMessage[]): Promise<void> {
  try {
    const spot = await rewrite(front.rest, own, messages);
    if (!isSame(spot, own)) await remember(front, cardOf, spot);
  } catch (error) {
    front.deps.log.warn({ err: error, ...own }, 'the card of a post could not be refreshed');
  }
}
