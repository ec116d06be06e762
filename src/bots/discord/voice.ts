// How one request is answered, whichever way it came: for all who read there, for the one who asked, in place of what was pressed, or by
// a form. Where an answer goes is answer.ts' to say; here is only what can be said at all.
import type { APIModalInteractionResponseCallbackData, REST } from 'discord.js';
import type { Line, Reply } from '../reply.ts';
import { isClosedChannel } from './refusals.ts';
import { type DiscordMessage, renderReply } from './render.ts';
import { directChannel, post } from './sending.ts';
import type { Spot } from './spot.ts';

export interface Voice {
  /** Says that it takes longer. Nothing happens where it was answered already. */
  defer: () => Promise<void>;
  /**
   * Shows how far it is, where the answer will be; for a press in a message of its own, since what was pressed stays until then. What is
   * for one person's eyes is not shown where all read it.
   */
  progress: (message: DiscordMessage, whom: 'all' | 'one') => void;
  /** Where the messages stand then: in direct messages where the channel is closed to Crier. */
  toAll: (messages: readonly DiscordMessage[]) => Promise<Spot>;
  /** @throws where nobody can be reached. */
  toOne: (messages: readonly DiscordMessage[]) => Promise<void>;
  /** In place of the message whose component was used. @throws DiscordAPIError, `isMessageGone` where it was deleted. */
  replace: (message: DiscordMessage) => Promise<void>;
  /** Takes the message away whose component was used: one that was said to this person alone. */
  dismiss: () => Promise<void>;
  /** False where a form cannot be shown (any more): it can only be the first answer. */
  showModal: (modal: APIModalInteractionResponseCallbackData) => Promise<boolean>;
}

export interface Said {
  channel: string;
  id: string;
}

/** Says them one after the other; `say` may come to say them somewhere else on the way. */
export async function sayAll(
  messages: readonly DiscordMessage[],
  say: (message: DiscordMessage) => Promise<Said>,
): Promise<Spot> {
  const said: Said[] = [];
  for (const message of messages) said.push(await say(message));
  const [first, ...more] = said;
  if (!first) throw new Error('there is no message to say');
  const going = more.filter(({ channel }) => channel === first.channel);
  return { channel: first.channel, messages: [first.id, ...going.map(({ id }) => id)] };
}

/** To a person alone. @throws DiscordAPIError, `isClosedChannel` where they take no direct messages. */
export async function sayDirectly(rest: REST, userId: string, message: DiscordMessage): Promise<Said> {
  const channel = await directChannel(rest, userId);
  return { channel, id: await post(rest, { channel }, message) };
}

/** In the channel, or to the person alone where it is closed to Crier: `elsewhere` is said to them first then. */
export async function sayInChannel(
  rest: REST,
  to: { channel: string; answers?: string; userId: string },
  message: DiscordMessage,
): Promise<Said> {
  try {
    return { channel: to.channel, id: await post(rest, to, message) };
  } catch (error) {
    if (!isClosedChannel(error)) throw error;
    await sayDirectly(rest, to.userId, inShort({ tone: 'warning', lines: [whyHere(to.channel)] }));
    return sayDirectly(rest, to.userId, message);
  }
}

/** A reply of a few words as the one message that it is. */
export function inShort(reply: Reply): DiscordMessage {
  const [message] = renderReply(reply);
  if (!message) throw new Error('a reply is at least one message');
  return message;
}

const whyHere = (channel: string): Line => [
  'Discord does not let me write in ',
  { url: `https://discord.com/channels/@me/${channel}`, text: 'the channel where you asked' },
  ', so I answer here. An admin of the server can give me the permissions "View Channel" and "Send Messages" there.',
];
