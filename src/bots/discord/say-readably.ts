// A message whose components Discord refuses is a mistake of ours; the person gets the words at least.
import { ComponentType, type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Log } from '../../core/ports.ts';
import { cutText } from '../shown-text.ts';
import { isBadBody } from './failures.ts';
import type { DiscordMessage } from './render.ts';
import { nonceFrom, post, type To } from './sending.ts';

/** https://docs.discord.com/developers/resources/message#create-message (checked 2026-11-22) */
const CONTENT_LENGTH = 2000;

const Made = z.object({ id: z.string() });

/** The words of a message, without its buttons. */
const textOf = ({ components }: DiscordMessage): string =>
  components
    .flatMap((container) => container.components)
    .flatMap((block) => (block.type === ComponentType.Section ? block.components : [block]))
    .flatMap((block) => (block.type === ComponentType.TextDisplay ? [block.content] : []))
    .join('\n');

/** The id of the new message. Throws as `post`, but for a refusal of what is in the message. */
export async function postReadably(rest: REST, log: Log, to: To, message: DiscordMessage, nonce: string): Promise<string> {
  try {
    return await post(rest, to, message, nonce);
  } catch (error) {
    if (!isBadBody(error)) throw error;
    log.error({ err: error, components: message.components }, 'Discord refused a message, which goes as plain text');
    const body = { content: cutText(textOf(message), CONTENT_LENGTH), allowed_mentions: message.allowedMentions, nonce };
    return Made.parse(await rest.post(Routes.channelMessages(to.channel), { body: { ...body, enforce_nonce: true } })).id;
  }
}

/** Several messages, those behind the first as answers to it. Said again with the same seed, they are the same messages to Discord. */
export async function postAllReadably(
  { rest, log }: { rest: REST; log: Log },
  to: To,
  messages: readonly DiscordMessage[],
  seed: string,
): Promise<void> {
  let first: string | undefined;
  for (const [part, message] of messages.entries()) {
    const there = first === undefined ? to : { channel: to.channel, answers: first };
    const id = await postReadably(rest, log, there, message, nonceFrom(`${seed}/${part}`));
    first ??= id;
  }
}
