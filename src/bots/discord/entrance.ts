// Who speaks: a person of a server, as what they did says it, or as Discord says when it is asked. It decides no role but that admins of
// a server are admins here.
import { type BaseInteraction, PermissionFlagsBits, type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Entrance } from '../../core/store.ts';
import type { Role } from '../../core/workspace.ts';
import { isNotThere } from './refusals.ts';

/** Whoever manages a server manages Crier in it. https://docs.discord.com/developers/topics/permissions (checked 2026-11-22) */
const ADMIN = PermissionFlagsBits.Administrator | PermissionFlagsBits.ManageGuild;

const roleOf = (permissions: bigint): Role | null => ((permissions & ADMIN) === 0n ? null : 'admin');

/** The server somebody is in while they ask, where Crier is in it too; null elsewhere. */
export const serverOf = ({ authorizingIntegrationOwners, guildId }: BaseInteraction): string | null =>
  guildId !== null && authorizingIntegrationOwners.guildId === guildId ? guildId : null;

/** From an interaction itself; null where it was not in a server that Crier is in, or where Discord has not told of the server yet. */
export function entranceOf(interaction: BaseInteraction, timeZone: string): Entrance | null {
  const { guild, member, memberPermissions, user, locale } = interaction;
  const teamId = serverOf(interaction);
  if (teamId === null || !guild?.available || member === null) return null;
  const isWhole = 'displayName' in member;
  return {
    chat: 'discord',
    teamId,
    teamName: guild.name,
    userId: user.id,
    userName: isWhole ? member.displayName : (member.nick ?? user.displayName),
    role: roleOf(memberPermissions?.bitfield ?? 0n),
    groups: isWhole ? [...member.roles.cache.keys()] : member.roles,
    timeZone,
    profile: { timeZone: null, locale },
  };
}

const DiscordRole = z.object({ id: z.string(), permissions: z.string() });
/** https://docs.discord.com/developers/resources/guild#guild-object (checked 2026-11-22) */
const Server = z.object({ id: z.string(), name: z.string(), owner_id: z.string(), roles: z.array(DiscordRole) });
const Member = z.object({
  nick: z.string().nullish(),
  roles: z.array(z.string()),
  user: z.object({ id: z.string(), username: z.string(), global_name: z.string().nullish() }),
});

/**
 * By asking Discord, for what says nothing of a person's rights: mentions, and all that is said in direct messages. Null where the
 * person is not in that server, or Crier is not. @throws DiscordAPIError where Discord does not answer.
 */
export async function askEntrance(
  rest: REST,
  who: { teamId: string; userId: string; locale?: string },
  timeZone: string,
): Promise<Entrance | null> {
  try {
    const [server, member] = await Promise.all([
      rest.get(Routes.guild(who.teamId)).then((said) => Server.parse(said)),
      rest.get(Routes.guildMember(who.teamId, who.userId)).then((said) => Member.parse(said)),
    ]);
    return {
      chat: 'discord',
      teamId: server.id,
      teamName: server.name,
      userId: who.userId,
      userName: member.nick ?? member.user.global_name ?? member.user.username,
      role: server.owner_id === who.userId ? 'admin' : roleOf(permissionsOf(server, member.roles)),
      groups: member.roles,
      timeZone,
      ...(who.locale === undefined ? {} : { profile: { timeZone: null, locale: who.locale } }),
    };
  } catch (error) {
    if (!isNotThere(error)) throw error;
    return null;
  }
}

/** In the server as a whole: what everyone may, and what each of the person's roles adds. */
const permissionsOf = ({ id, roles }: z.infer<typeof Server>, own: readonly string[]): bigint =>
  roles.reduce((all, role) => (role.id === id || own.includes(role.id) ? all | BigInt(role.permissions) : all), 0n);
