// What was written in Discord, as it will be posted: people, roles and channels by their names, emoji as themselves.
import { type Guild, Routes } from 'discord.js';
import { z } from 'zod';
import type { RawArgs } from '../command.ts';
import { askEntrance } from './entrance.ts';
import type { Front } from './front.ts';
import { isClosedChannel } from './refusals.ts';
import { idsIn, plainText } from './text-in.ts';

/** Names people by their ids, which must arrive as Discord writes them: `/settings roles <@123> approver`. */
const NAMES_PEOPLE = /^\s*\/?settings\b/i;

/** Of people and of channels that are asked about, for a text that names many. */
const MOST_NAMES = 10;

async function namesOf(
  ids: readonly string[],
  ask: (id: string) => Promise<string | undefined>,
): Promise<Map<string, string | undefined>> {
  return new Map(await Promise.all(ids.slice(0, MOST_NAMES).map(async (id) => [id, await ask(id)] as const)));
}

export async function readSpoken(front: Front, guild: Guild | null, text: string): Promise<string> {
  if (NAMES_PEOPLE.test(text)) return text;
  const { users, channels } = idsIn(text);
  const people = await namesOf(users, (id) => nameOf(front, guild, id));
  const places = await namesOf(channels, (id) => channelNameOf(front, guild, id));
  return plainText(text, {
    user: (id) => people.get(id),
    role: (id) => guild?.roles.cache.get(id)?.name,
    channel: (id) => places.get(id),
  });
}

/** The same for what was typed into the options of a command. */
export async function readSpokenArgs(front: Front, guild: Guild | null, command: string, args: RawArgs): Promise<RawArgs> {
  if (NAMES_PEOPLE.test(command)) return args;
  const read = Object.entries(args).map(async ([name, text]) => [name, await readSpoken(front, guild, text)] as const);
  return Object.fromEntries(await Promise.all(read));
}

async function nameOf({ rest, timeZone }: Front, guild: Guild | null, userId: string): Promise<string | undefined> {
  if (guild === null) return undefined;
  return (await askEntrance(rest, { teamId: guild.id, userId }, timeZone))?.userName;
}

/** https://docs.discord.com/developers/resources/channel#channel-object (checked 2026-11-22) */
const Channel = z.object({ name: z.string(), guild_id: z.string() });

/** Undefined for a channel that Crier does not see, and for one of another server. */
async function channelNameOf({ rest }: Front, guild: Guild | null, channelId: string): Promise<string | undefined> {
  try {
    const { name, guild_id: guildId } = Channel.parse(await rest.get(Routes.channel(channelId)));
    return guildId === guild?.id ? name : undefined;
  } catch (error) {
    if (!isClosedChannel(error)) throw error;
    return undefined;
  }
}
