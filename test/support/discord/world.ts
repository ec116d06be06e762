// What is there: servers, channels, threads, people, and who may do what where. It knows no HTTP and no gateway.
// Permissions are computed as https://docs.discord.com/developers/topics/permissions says (2026-11-22).
import { PermissionFlagsBits as may } from 'discord.js';
import { ANN, BOB, BOT, type Person, type Place } from './places.ts';
import { refusals } from './refusals.ts';

export interface Role {
  id: string;
  name: string;
  permissions: bigint;
  managed: boolean;
}
export interface Member {
  userId: string;
  roleIds: string[];
  joinedAt: string;
}
export interface Guild {
  id: string;
  name: string;
  ownerId: string;
  locale: string;
  roles: Map<string, Role>;
  members: Map<string, Member>;
}
export interface Overwrite {
  /** A role or a member. */
  id: string;
  type: 0 | 1;
  allow: bigint;
  deny: bigint;
}
export interface Channel {
  id: string;
  kind: 'text' | 'thread' | 'dm';
  guildId: string | null;
  name: string;
  overwrites: Overwrite[];
  /** Of a thread: the channel it hangs under. */
  parentId: string | null;
  /** Of a DM: the person. */
  recipientId: string | null;
  ownerId: string | null;
  archived: boolean;
  locked: boolean;
  madeAt: string;
}
export interface User {
  id: string;
  username: string;
  globalName: string | null;
  locale: string;
  bot: boolean;
  /** Whether the bot may write to them. */
  dmsOpen: boolean;
}

export interface World {
  users: Map<string, User>;
  guilds: Map<string, Guild>;
  channels: Map<string, Channel>;
  addPerson: (person: Person) => void;
  /** Builds a server; without the bot in it, only its people see it. */
  addGuild: (place: Place, options?: { withBot?: boolean }) => Guild;
  guild: (id: string) => Guild;
  channel: (id: string) => Channel;
  user: (id: string) => User;
  /** What a member may do in a channel, or in the server where no channel is given. */
  permissions: (guild: Guild, userId: string, channel?: Channel) => bigint;
  botIsIn: (guildId: string) => boolean;
  dmWith: (userId: string, nextId: () => string) => Channel;
}

const EVERYONE =
  may.ViewChannel |
  may.SendMessages |
  may.SendMessagesInThreads |
  may.CreatePublicThreads |
  may.ReadMessageHistory |
  may.AttachFiles |
  may.EmbedLinks |
  may.UseApplicationCommands;
const ALL = Object.values(may).reduce((sum, bit) => sum | bit, 0n);
const LONG_AGO = '2026-01-05T09:00:00.000000+00:00';

const user = (person: Person, bot = false): User => ({ ...person, bot, dmsOpen: true });

export function openWorld(): World {
  const bot = user({ id: BOT.id, username: BOT.username, globalName: BOT.username, locale: 'en-US' }, true);
  const world: World = {
    users: new Map([bot, user(ANN), user(BOB)].map((each) => [each.id, each])),
    guilds: new Map(),
    channels: new Map(),
    addPerson: (person) => void world.users.set(person.id, user(person)),
    addGuild: (place, options) => addGuild(world, place, options?.withBot ?? true),
    guild: (id) => found(world.guilds.get(id), refusals.unknownGuild),
    channel: (id) => found(world.channels.get(id), refusals.unknownChannel),
    user: (id) => found(world.users.get(id), refusals.unknownUser),
    permissions,
    botIsIn: (guildId) => world.guilds.get(guildId)?.members.has(BOT.id) ?? false,
    dmWith: (userId, nextId) => {
      const there = [...world.channels.values()].find((channel) => channel.recipientId === userId);
      if (there) return there;
      const made = channelOf({ id: nextId(), kind: 'dm', guildId: null, name: '', recipientId: userId });
      world.channels.set(made.id, made);
      return made;
    },
  };
  return world;
}

function found<T>(thing: T | undefined, otherwise: () => Error): T {
  if (thing === undefined) throw otherwise();
  return thing;
}

export const channelOf = (given: Pick<Channel, 'id' | 'kind' | 'guildId' | 'name'> & Partial<Channel>): Channel => ({
  overwrites: [],
  parentId: null,
  recipientId: null,
  ownerId: null,
  archived: false,
  locked: false,
  madeAt: LONG_AGO,
  ...given,
});

function addGuild(world: World, place: Place, withBot: boolean): Guild {
  const { roles: ids, channels } = place;
  const role = (id: string, name: string, permissions: bigint, managed = false): [string, Role] => [
    id,
    { id, name, permissions, managed },
  ];
  const member = (userId: string, ...roleIds: string[]): [string, Member] => [userId, { userId, roleIds, joinedAt: LONG_AGO }];
  const guild: Guild = {
    id: place.id,
    name: place.name,
    ownerId: place.ownerId,
    locale: 'en-US',
    roles: new Map([
      role(place.id, '@everyone', EVERYONE),
      role(ids.crier, 'Crier', EVERYONE, true),
      role(ids.marketing, 'Marketing', 0n),
      role(ids.admin, 'Admin', may.Administrator),
    ]),
    members: new Map(place.memberIds.map((id) => (id === place.ownerId ? member(id, ids.admin) : member(id, ids.marketing)))),
  };
  if (withBot) guild.members.set(BOT.id, { userId: BOT.id, roleIds: [ids.crier], joinedAt: LONG_AGO });
  world.guilds.set(guild.id, guild);
  const text = (id: string, name: string, denied = 0n): void => {
    const overwrites: Overwrite[] = denied === 0n ? [] : [{ id: ids.crier, type: 0, allow: 0n, deny: denied }];
    world.channels.set(id, channelOf({ id, kind: 'text', guildId: guild.id, name, overwrites }));
  };
  text(channels.social, 'social');
  text(channels.random, 'random');
  text(channels.board, 'board', may.ViewChannel);
  text(channels.news, 'news', may.SendMessages | may.SendMessagesInThreads | may.CreatePublicThreads);
  return guild;
}

function permissions(guild: Guild, userId: string, channel?: Channel): bigint {
  const member = guild.members.get(userId);
  if (!member) return 0n;
  const roleIds = [guild.id, ...member.roleIds];
  const base = roleIds.reduce((sum, id) => sum | (guild.roles.get(id)?.permissions ?? 0n), 0n);
  if (guild.ownerId === userId || (base & may.Administrator) !== 0n) return ALL;
  return channel ? overwritten(base, channel.overwrites, roleIds, userId) : base;
}

function overwritten(base: bigint, overwrites: readonly Overwrite[], roleIds: readonly string[], userId: string): bigint {
  const [everyone] = roleIds;
  const steps = [
    overwrites.filter((each) => each.id === everyone),
    overwrites.filter((each) => each.type === 0 && each.id !== everyone && roleIds.includes(each.id)),
    overwrites.filter((each) => each.type === 1 && each.id === userId),
  ];
  return steps.reduce((sum, step) => {
    const deny = step.reduce((bits, each) => bits | each.deny, 0n);
    const allow = step.reduce((bits, each) => bits | each.allow, 0n);
    return (sum & ~deny) | allow;
  }, base);
}

/** Whether the bot hears of what is said there. */
export function botSees(world: World, channel: Channel): boolean {
  if (channel.guildId === null) return true;
  const above = channel.parentId === null ? channel : world.channel(channel.parentId);
  return (world.permissions(world.guild(channel.guildId), BOT.id, above) & may.ViewChannel) !== 0n;
}
