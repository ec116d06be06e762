// Answers to a message that was said to Crier. They stand under it for all to read, since a message has no answer for one person's eyes:
// what is for one person alone goes into their direct messages.
import { type REST, Routes } from 'discord.js';
import { isClosedChannel } from './refusals.ts';
import type { DiscordMessage } from './render.ts';
import { post } from './sending.ts';
import { inShort, type Said, sayAll, sayDirectly, sayInChannel, type Voice } from './voice.ts';

export interface MessageVoiceOptions {
  rest: REST;
  channel: string;
  /** The message that is answered. */
  message: string;
  userId: string;
  isDirect: boolean;
}

export function openMessageVoice({ rest, channel, message: answers, userId, isDirect }: MessageVoiceOptions): Voice {
  const toAll = (messages: readonly DiscordMessage[]) =>
    sayAll(messages, (message) => sayInChannel(rest, { channel, userId, ...(isDirect ? {} : { answers }) }, message));
  return {
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
      if (isDirect) await toAll(messages);
      else if (await isTakenDirectly(messages, (message) => sayDirectly(rest, userId, message)))
        await post(rest, { channel, answers }, inShort({ tone: 'plain', lines: ['I have sent it to you directly.'] }));
      else await post(rest, { channel, answers }, inShort({ tone: 'warning', lines: [ONLY_BY_COMMAND] }));
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
