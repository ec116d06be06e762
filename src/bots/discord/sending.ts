// Messages that the bot itself writes, changes and deletes, in channels, threads and direct messages: without an interaction, and so only
// where it has the right to. discord.js queues them by Discord's rate limits.
import { createHash, randomUUID } from 'node:crypto';
import { type RawFile, type REST, Routes } from 'discord.js';
import { z } from 'zod';
import { isMessageGone } from './refusals.ts';
import type { DiscordMessage } from './render.ts';
import type { Spot } from './spot.ts';

const Made = z.object({ id: z.string() });

/** A message as Discord's HTTP API takes it. */
export const bodyOf = ({ components, flags, allowedMentions, files }: DiscordMessage, moreFlags = 0): object => ({
  components,
  flags: flags | moreFlags,
  allowed_mentions: allowedMentions,
  // said outright: a message that is changed would keep the files it had
  attachments: (files ?? []).map(({ name }, index) => ({ id: index, filename: name })),
});

/** A request with a message in it, and its files. */
export const requestOf = (message: DiscordMessage, body: object = bodyOf(message)): { body: object; files?: RawFile[] } => ({
  body,
  ...(message.files === undefined ? {} : { files: [...message.files] }),
});

export interface To {
  channel: string;
  /** The message that is answered: Discord shows both together. Where it is gone, the answer stands alone. */
  answers?: string;
}

/**
 * What makes the same message known when it is sent again: Discord gives back the one that is there, for some minutes. discord.js sends
 * again by itself where no answer came. https://docs.discord.com/developers/resources/message#create-message (checked 2026-11-22)
 */
export const nonceFrom = (seed: string): string => createHash('sha256').update(seed).digest('hex').slice(0, NONCE_LENGTH);
const NONCE_LENGTH = 25;

/** The id of the new message. @throws DiscordAPIError: see refusals.ts. */
export async function post(
  rest: REST,
  { channel, answers }: To,
  message: DiscordMessage,
  nonce = nonceFrom(randomUUID()),
): Promise<string> {
  const reference =
    answers === undefined ? {} : { message_reference: { message_id: answers, channel_id: channel, fail_if_not_exists: false } };
  const body = { ...bodyOf(message), ...reference, nonce, enforce_nonce: true };
  return Made.parse(await rest.post(Routes.channelMessages(channel), requestOf(message, body))).id;
}

/** Several messages after each other, those behind the first as answers to it. Throws as `post`. */
export async function postAll(rest: REST, to: To, messages: readonly DiscordMessage[]): Promise<Spot> {
  const [head, ...more] = messages;
  if (!head) throw new Error('there is no message to post');
  const first = await post(rest, to, head);
  return { channel: to.channel, messages: [first, ...(await postMore(rest, to.channel, first, more))] };
}

/** What a message goes on with, as answers to it. Throws as `post`. */
export async function postMore(
  rest: REST,
  channel: string,
  first: string,
  messages: readonly DiscordMessage[],
): Promise<string[]> {
  const ids: string[] = [];
  for (const message of messages) ids.push(await post(rest, { channel, answers: first }, message));
  return ids;
}

/** @throws DiscordAPIError: see refusals.ts; `isMessageGone` where it was deleted. */
export async function edit(rest: REST, channel: string, id: string, message: DiscordMessage): Promise<void> {
  await rest.patch(Routes.channelMessage(channel, id), requestOf(message));
}

/**
 * Shows a card anew where it stands: its own message and those it goes on in, of which there may be more or fewer now. Returns where it
 * stands from now on. @throws as `edit`; `isMessageGone` where the card's own message was deleted.
 */
export async function rewrite(rest: REST, { channel, messages: ids }: Spot, messages: readonly DiscordMessage[]): Promise<Spot> {
  const [head, ...more] = messages;
  const [first, ...parts] = ids;
  if (head) await edit(rest, channel, first, head);
  return { channel, messages: [first, ...(await rewriteMore(rest, { channel, first, parts }, more))] };
}

/** The same for what is behind a card's own message. Throws as `edit`. */
export async function rewriteMore(
  rest: REST,
  { channel, first, parts }: { channel: string; first: string; parts: readonly string[] },
  messages: readonly DiscordMessage[],
): Promise<string[]> {
  const kept: string[] = [];
  for (const [index, message] of messages.entries()) {
    const id = parts[index];
    kept.push(
      (id !== undefined && (await editIfThere(rest, channel, id, message))) ||
        (await post(rest, { channel, answers: first }, message)),
    );
  }
  for (const surplus of parts.slice(messages.length)) await remove(rest, channel, surplus);
  return kept;
}

async function editIfThere(rest: REST, channel: string, id: string, message: DiscordMessage): Promise<string | null> {
  try {
    await edit(rest, channel, id, message);
    return id;
  } catch (error) {
    if (!isMessageGone(error)) throw error;
    return null;
  }
}

async function remove(rest: REST, channel: string, id: string): Promise<void> {
  try {
    await rest.delete(Routes.channelMessage(channel, id));
  } catch (error) {
    if (!isMessageGone(error)) throw error;
  }
}

/** A person's direct messages with the bot. The same channel every time. @throws DiscordAPIError. */
export async function directChannel(rest: REST, userId: string): Promise<string> {
  return Made.parse(await rest.post(Routes.userChannels(), { body: { recipient_id: userId } })).id;
}
