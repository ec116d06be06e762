// Answers to a message that was said to Crier. They stand under it for all to read, since a message has no answer for one person's eyes:
// what is for one person alone goes into their direct messages.
import { type REST, Routes } from 'discord.js';
import type { Log } from '../../core/ports.ts';
import type { Pause } from '../telling.ts';
import { openProgress } from './progress.ts';
import { isClosedChannel, isMessageGone } from './refusals.ts';
import type { DiscordMessage } from './render.ts';
import { edit, post } from './sending.ts';
import { inShort, type Said, sayAll, sayDirectly, sayInChannel, type Voice } from './voice.ts';

export interface MessageVoiceOptions {
  rest: REST;
  channel: string;
  /** The message that is answered. */
  message: string;
  userId: string;
  isDirect: boolean;
  log: Log;
  pause: Pause;
}

export function openMessageVoice(options: MessageVoiceOptions): Voice {
  const { rest, channel, message: answers, userId, isDirect, log, pause } = options;
  const here = { channel, ...(isDirect ? {} : { answers }) };
  /** The message that says how far it is. */
  let shown: string | null = null;
  const progress = openProgress({
    show: async (message) => {
      if (shown === null) shown = await post(rest, here, message);
      else await edit(rest, channel, shown, message);
    },
    pause,
    log,
  });

  /** Says it in place of what said how far it is; null where nothing did. */
  const takePlace = async (message: DiscordMessage): Promise<Said | null> => {
    const id = shown;
    shown = null;
    if (id === null) return null;
    try {
      await edit(rest, channel, id, message);
      return { channel, id };
    } catch (error) {
      if (!isMessageGone(error) && !isClosedChannel(error)) throw error;
      return null;
    }
  };
  const toAll = async (messages: readonly DiscordMessage[]) => {
    await progress.end();
    return sayAll(messages, async (message) => (await takePlace(message)) ?? sayInChannel(rest, { ...here, userId }, message));
  };
  const sayWhere = async (sentence: DiscordMessage): Promise<void> => {
    if (!(await takePlace(sentence))) await post(rest, here, sentence);
  };

  return {
    progress(message, whom) {
      if (whom === 'all' || isDirect) progress.say(message);
    },
    /** "Crier is typing". It is a courtesy, and no reason to fail. */
    async defer() {
      try {
        await rest.post(Routes.channelTyping(channel));
      } catch (error) {
        if (!isClosedChannel(error)) throw error;
      }
    },
    toAll,
    async toOne(messages) {
      if (isDirect) return void (await toAll(messages));
      await progress.end();
      if (await isTakenDirectly(messages, (message) => sayDirectly(rest, userId, message)))
        await sayWhere(inShort({ tone: 'plain', lines: ['I have sent it to you directly.'] }));
      else await sayWhere(inShort({ tone: 'warning', lines: [ONLY_BY_COMMAND] }));
    },
    replace: () => Promise.reject(new Error('nothing was pressed that could be replaced')),
    dismiss: () => Promise.reject(new Error('nothing was pressed that could be taken away')),
    showModal: async () => false,
  };
}

/** False where the person takes no direct messages. */
async function isTakenDirectly(
  messages: readonly DiscordMessage[],
  say: (message: DiscordMessage) => Promise<Said>,
): Promise<boolean> {
  try {
    await sayAll(messages, say);
    return true;
  } catch (error) {
    if (!isClosedChannel(error)) throw error;
    return false;
  }
}

const ONLY_BY_COMMAND =
  'That is for you alone, and Discord does not let me write to you directly. Type the command with a slash here: its answer is shown to you alone.';
