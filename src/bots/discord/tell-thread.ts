// The thread of a post: begun under its card by the first news, reused by all that follow. Where there is none to be had, the card is
// answered in its channel. A thread that Discord has archived opens by itself when something is said in it, unless it was locked:
// https://docs.discord.com/developers/topics/threads#active-&-archived-threads (checked 2026-11-22)
import { type REST, Routes } from 'discord.js';
import { type Post, postName } from '../../core/post.ts';
import { cutText } from '../shown-text.ts';
import { isNoPlaceForThread, isNoReply, isShutThread, isThreadThere, isUnknownChannel } from './failures.ts';
import type { To } from './sending.ts';

/** https://docs.discord.com/developers/resources/channel#start-thread-from-message (checked 2026-11-22) */
export const NAME_LENGTH = 100;

/** `P12 · We are live`. */
export const threadName = (post: Pick<Post, 'number' | 'text'>): string => {
  const words = post.text.replace(/\s+/g, ' ').trim();
  return cutText(words === '' ? postName(post) : `${postName(post)} · ${words}`, NAME_LENGTH);
};

export interface UnderCard {
  channel: string;
  /** The card's own message. */
  message: string;
  /** Of the thread, where it is still to be begun. */
  name: string;
}

/** Says it in the card's thread, else in answer to the card. @throws what `say` throws, where that is no reason to say it elsewhere */
export async function sayUnder(rest: REST, card: UnderCard, say: (to: To) => Promise<void>): Promise<void> {
  if (await sayInThread(rest, card, say)) return;
  try {
    await say({ channel: card.channel, answers: card.message });
  } catch (error) {
    if (!isNoReply(error)) throw error;
    await say({ channel: card.channel });
  }
}

/** False where there is no thread to be had. */
async function sayInThread(rest: REST, card: UnderCard, say: (to: To) => Promise<void>): Promise<boolean> {
  // a thread that begins at a message has that message's id
  const thread = { channel: card.message };
  try {
    await say(thread);
    return true;
  } catch (error) {
    if (!isShutThread(error)) throw error;
    if (!isUnknownChannel(error)) return false;
  }
  if (!(await begin(rest, card))) return false;
  try {
    await say(thread);
    return true;
  } catch (error) {
    if (!isShutThread(error)) throw error;
    return false;
  }
}

async function begin(rest: REST, { channel, message, name }: UnderCard): Promise<boolean> {
  try {
    await rest.post(Routes.threads(channel, message), { body: { name } });
    return true;
  } catch (error) {
    if (isThreadThere(error)) return true;
    if (!isNoPlaceForThread(error)) throw error;
    return false;
  }
}
