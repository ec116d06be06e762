// Whether the bot may do a thing in a channel, and how Discord refuses where it may not.
import { PermissionFlagsBits as may } from 'discord.js';
import type { House } from '../house.ts';
import { BOT } from '../places.ts';
import { refusals } from '../refusals.ts';
import type { Channel, Guild } from '../world.ts';

/** The server the bot is in; an unknown one is 10004, one without the bot 50001. */
export function guildFor({ world }: House, guildId: string): Guild {
  const guild = world.guild(guildId);
  if (!world.botIsIn(guildId)) throw refusals.missingAccess();
  return guild;
}

/** The channel, once the bot may see it and do all of `needs` there. Threads go by the channel above them. */
export function channelFor(
  house: House,
  channelId: string,
  needs: { write?: boolean; attach?: boolean; thread?: boolean } = {},
): Channel {
  const channel = house.world.channel(channelId);
  if (channel.guildId === null) {
    if (needs.write && !dmOpen(house, channel)) throw refusals.cannotWriteToUser();
    return channel;
  }
  const above = channel.parentId === null ? channel : house.world.channel(channel.parentId);
  const guild = guildFor(house, channel.guildId);
  const has = house.world.permissions(guild, BOT.id, above);
  if ((has & may.ViewChannel) === 0n) throw refusals.missingAccess();
  const writing = channel.kind === 'thread' ? may.SendMessagesInThreads : may.SendMessages;
  const asked: [boolean | undefined, bigint][] = [
    [needs.write, writing],
    [needs.attach, may.AttachFiles],
    [needs.thread, may.CreatePublicThreads],
  ];
  if (asked.some(([needed, bit]) => needed && (has & bit) === 0n)) throw refusals.missingPermissions();
  if (needs.write && channel.archived && channel.locked) throw refusals.threadArchived();
  // writing into an archived thread opens it again
  if (needs.write) channel.archived = false;
  return channel;
}

/** A person can be written to while they allow it and share a server with the bot. */
function dmOpen({ world }: House, channel: Channel): boolean {
  const id = channel.recipientId ?? '';
  const shared = [...world.guilds.values()].some((guild) => guild.members.has(id) && guild.members.has(BOT.id));
  return shared && world.user(id).dmsOpen;
}
