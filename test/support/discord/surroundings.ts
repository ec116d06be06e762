// Who did it and where, and what they were offered there: the part of an interaction that is not about what was done.
// https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object (2026-11-22)
import { InteractionContextType, PermissionFlagsBits as may } from 'discord.js';
import type { RegisteredCommand } from './commands.ts';
import type { House } from './house.ts';
import { BOT, type Person } from './places.ts';
import { wireChannel, wireMember, wireRole, wireUser } from './wire.ts';
import type { Channel, Guild } from './world.ts';

/** Where a person is while they do something. Without a server it is their DM with the bot. */
export interface Where {
  channel: Channel;
  guild: Guild | null;
}

const IN_DM = may.AttachFiles | may.EmbedLinks | may.MentionEveryone | may.UseExternalEmojis;

/** The command as this person is offered it there; fails with a sentence where they would not find it. */
export function offered(house: House, where: Where, person: Person, name: string, type: number): RegisteredCommand {
  const command = house.commands.offered(where.guild?.id ?? null, name, type);
  if (!command) throw new Error(`no command ${name} is registered there`);
  const withBot = where.guild === null || where.guild.members.has(BOT.id);
  if (!withBot && !command.integration_types.includes(1)) throw new Error(`${name} cannot be installed by a person`);
  const context = where.guild === null ? InteractionContextType.BotDM : InteractionContextType.Guild;
  if (command.contexts !== null && !command.contexts.includes(context)) throw new Error(`${name} is not offered in that place`);
  const needed = command.default_member_permissions;
  if (where.guild === null || needed === null) return command;
  const has = house.world.permissions(where.guild, person.id, where.channel);
  const admin = (has & may.Administrator) !== 0n;
  if (!admin && (needed === '0' || (has & BigInt(needed)) !== BigInt(needed)))
    throw new Error(`${person.username} is not offered ${name}`);
  return command;
}

/** Who and where: the part of the payload that differs between servers, DMs and servers without the bot. */
export function surroundings({ world }: House, { channel, guild }: Where, person: Person, command?: RegisteredCommand): object {
  const user = wireUser(world.user(person.id));
  if (guild === null) {
    const owners = { '0': '0' };
    const context = InteractionContextType.BotDM;
    return {
      user,
      channel: wireChannel(world, channel),
      app_permissions: IN_DM.toString(),
      context,
      authorizing_integration_owners: owners,
    };
  }
  const above = channel.parentId === null ? channel : world.channel(channel.parentId);
  const permissions = world.permissions(guild, person.id, above).toString();
  const member = guild.members.get(person.id);
  if (!member) throw new Error(`${person.username} is not in ${guild.name}`);
  const withBot = guild.members.has(BOT.id);
  const byPerson = !withBot || command?.integration_types.includes(1);
  return {
    guild: { id: guild.id, locale: guild.locale, features: [] },
    guild_id: guild.id,
    guild_locale: guild.locale,
    member: { ...wireMember(world, member), permissions },
    channel: { ...wireChannel(world, channel), permissions },
    app_permissions: withBot ? world.permissions(guild, BOT.id, above).toString() : '0',
    context: InteractionContextType.Guild,
    authorizing_integration_owners: { ...(withBot ? { '0': guild.id } : {}), ...(byPerson ? { '1': person.id } : {}) },
  };
}

/** What select menus let one choose, in full, by the ids that were chosen. */
export function chosenEntities({ world }: House, { guild }: Where, ids: readonly string[]): Record<string, object> {
  const pick = <T>(find: (id: string) => T | undefined): Record<string, T> =>
    Object.fromEntries(
      ids.flatMap((id) => {
        const found = find(id);
        return found === undefined ? [] : [[id, found]];
      }),
    );
  const memberOf = (id: string): object | undefined => {
    const member = guild?.members.get(id);
    if (!guild || !member) return undefined;
    const { user: _, ...rest } = wireMember(world, member);
    return { ...rest, permissions: world.permissions(guild, id).toString() };
  };
  const all: Record<string, object> = {
    users: pick((id) => (world.users.has(id) ? wireUser(world.user(id)) : undefined)),
    members: pick(memberOf),
    roles: pick((id) => {
      const role = guild?.roles.get(id);
      return role && wireRole(role, 1);
    }),
    channels: pick((id) => (world.channels.has(id) ? wireChannel(world, world.channel(id)) : undefined)),
  };
  return Object.fromEntries(Object.entries(all).filter(([, some]) => Object.keys(some).length > 0));
}
