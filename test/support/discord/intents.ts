// Which events a session hears by its intents, and what of a message it may read.
// https://docs.discord.com/developers/events/gateway#list-of-intents (2026-11-22)
import { GatewayIntentBits as Intent } from 'discord.js';
import { withoutContent } from './message-shape.ts';
import { BOT } from './places.ts';

export const PRIVILEGED = Intent.GuildMembers | Intent.GuildPresences | Intent.MessageContent;

/** Whether an event reaches a session with these intents. Interactions reach everyone. */
export function intentsAllow(event: string, intents: number, inDm: boolean): boolean {
  if (event.startsWith('MESSAGE_')) return (intents & (inDm ? Intent.DirectMessages : Intent.GuildMessages)) !== 0;
  if (event.startsWith('GUILD_MEMBER_')) return (intents & Intent.GuildMembers) !== 0;
  if (/^(GUILD|CHANNEL|THREAD)_/.test(event)) return (intents & Intent.Guilds) !== 0;
  return true;
}

/**
 * The event as that session reads it: without the message content intent only DMs, the bot's own messages and those that mention it
 * keep their content. That holds for each message by itself, also for the one that is answered: the intent "controls data within message
 * objects everywhere". https://docs.discord.com/developers/gateway/you-might-not-need-a-privileged-intent (2026-11-22)
 */
export function seenWith(event: string, data: object, intents: number, inDm: boolean): object {
  if (!event.startsWith('MESSAGE_') || inDm || (intents & Intent.MessageContent) !== 0) return data;
  const seen = isReadable(data) || event === 'MESSAGE_DELETE' ? data : withoutContent(data);
  if (!('referenced_message' in seen)) return seen;
  const { referenced_message: answered } = seen;
  if (typeof answered !== 'object' || answered === null || isReadable(answered)) return seen;
  return { ...seen, referenced_message: withoutContent(answered) };
}

function isReadable(message: object): boolean {
  const isBot = (user: unknown): boolean => typeof user === 'object' && user !== null && 'id' in user && user.id === BOT.id;
  const own = 'author' in message && isBot(message.author);
  return own || ('mentions' in message && Array.isArray(message.mentions) && message.mentions.some(isBot));
}
