// What is said to Crier in plain words: mentions in servers, and direct messages. "This" is the message that is answered.
import type { Guild } from 'discord.js';
import { z } from 'zod';
import { fillFromMessage, type PlainWords, plainWordsHelp, readPlainWords } from '../plain-words.ts';
import { type Outcome, refuse } from '../run.ts';
import { refuseSecret } from '../secrets.ts';
import { answer } from './answer.ts';
import { type Asker, answerInTime, callOf, type Front, take } from './front.ts';
import { openMessageVoice } from './message-voice.ts';
import { SCHEDULE_MESSAGE } from './options.ts';
import { type Attached, mediaOf } from './options-read.ts';
import type { Ask, Place } from './place.ts';
import { renderReply } from './render.ts';
import { readSpoken } from './spoken.ts';

const File = z.object({ url: z.string(), filename: z.string(), description: z.string().nullish() });

const Words = z.object({ content: z.string(), attachments: z.array(File).default([]) });

/** https://docs.discord.com/developers/resources/message#message-object (checked 2026-11-22) */
export const SpokenMessage = Words.extend({
  id: z.string(),
  type: z.number(),
  channel_id: z.string(),
  guild_id: z.string().optional(),
  webhook_id: z.string().optional(),
  author: z.object({ id: z.string(), bot: z.boolean().optional() }),
  referenced_message: Words.nullish(),
});
export type SpokenMessage = z.infer<typeof SpokenMessage>;
type Words = z.infer<typeof Words>;

/** Messages that a person has written, by itself or in answer to another; all other types tell that something happened. */
const WRITTEN = [0, 19];
const LOOKS = /^\/post\s+\S+(?:\s+show)?\s*$/i;

/** Begins what a mention or a direct message asks for. Messages of bots are left alone, and mentions within a text that is said to others. */
export function onMessage(front: Front, botId: string, message: SpokenMessage): void {
  const { id, channel_id: channel, author, guild_id: guildId, content } = message;
  if (author.bot || message.webhook_id !== undefined || !WRITTEN.includes(message.type)) return;
  const isDirect = guildId === undefined;
  // an answer to one of Crier's messages mentions it too, and is said to people
  if (!isDirect && !new RegExp(`<@!?${botId}>`).test(content)) return;
  const text = withoutMention(content, botId);
  const place: Place = { channel, message: null, kind: isDirect ? 'direct' : 'server', missing: [] };
  const about = { rest: front.rest, log: front.deps.log, pause: front.pause };
  const voice = openMessageVoice({ ...about, channel, message: id, userId: author.id, isDirect });
  const secret = refuseSecret(text, front.deps.platforms);
  if (secret) {
    answerInTime(front, { id, name: 'mention', voice }, async () => void (await voice.toAll(renderReply(secret))));
    return;
  }
  const who = { userId: author.id, teamId: guildId ?? null, entrance: null };
  take(front, { id, name: 'mention', who, voice }, async (actor, said) => {
    const { outcome, ...heard } = await hear(front, { actor, place, voice: said }, message, text);
    await answer(front, { actor, way: 'mention', place, voice: said, ...heard }, outcome);
  });
}

/** `<@42> schedule ...` without the mention that was for Crier. */
const withoutMention = (text: string, botId: string): string => text.replace(new RegExp(`^\\s*<@!?${botId}>[\\s:,]*`), '').trim();

type Heard = { outcome: Outcome } & Pick<Ask, 'files' | 'looksOnly'>;

async function hear(front: Front, asker: Asker, message: SpokenMessage, text: string): Promise<Heard> {
  const guild = front.guildOf(message.guild_id ?? null);
  const spoken = await readSpoken(front, guild, text);
  const words = readPlainWords(spoken, { platforms: front.deps.platforms, commands: front.commands.all });
  if (!words) return { outcome: { reply: plainWordsHelp(), refused: true, bug: false } };
  const meant = words.aboutMessage ? (message.referenced_message ?? null) : null;
  if (words.aboutMessage && !meant) return { outcome: NO_MESSAGE };
  if (meant && meant.content === '' && meant.attachments.length === 0) return { outcome: UNREADABLE };
  const files = [...message.attachments, ...(meant?.attachments ?? [])].map((file) => mediaOf(attachedOf(file)));
  const call = callOf(front, { ...asker, files });
  const looksOnly = LOOKS.test(words.line);
  return { outcome: await runWords(front, guild, words, meant, call), files, looksOnly };
}

async function runWords(
  front: Front,
  guild: Guild | null,
  words: PlainWords,
  meant: Words | null,
  call: ReturnType<typeof callOf>,
): Promise<Outcome> {
  const filled = meant && fillFromMessage(words, front.commands, await readSpoken(front, guild, meant.content));
  return filled ? front.commands.run(filled.command, filled.args, call) : front.commands.runLine(words.line, call);
}

const attachedOf = ({ url, filename, description }: z.infer<typeof File>): Attached => ({
  url,
  name: filename,
  description: description ?? null,
});

const MENU = `its menu, then "Apps", then "${SCHEDULE_MESSAGE}"`;
const NO_MESSAGE = refuse(`Which message do you mean? Say it in answer to that message, or open ${MENU}.`);

/** https://docs.discord.com/developers/events/gateway#message-content-intent (checked 2026-11-22) */
const UNREADABLE = refuse(`Discord does not let me read that message. Open ${MENU}: that shows it to me.`);
