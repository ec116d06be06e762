// The world as JSON, in the shapes of API v10.
import {
  type APIGuildMember,
  type APIRole,
  type APIUser,
  ChannelType,
  GuildDefaultMessageNotifications,
  GuildExplicitContentFilter,
  GuildMFALevel,
  GuildNSFWLevel,
  GuildPremiumTier,
  GuildVerificationLevel,
} from 'discord.js';
import { BOT } from './places.ts';
import type { Channel, Guild, Member, Role, User, World } from './world.ts';

export const wireUser = (user: User): APIUser => ({
  id: user.id,
  username: user.username,
  discriminator: '0',
  global_name: user.globalName,
  avatar: null,
  ...(user.bot ? { bot: true } : {}),
});

export const wireMember = (world: World, member: Member): Omit<APIGuildMember, 'flags'> & { flags: number } => ({
  user: wireUser(world.user(member.userId)),
  nick: null,
  avatar: null,
  roles: member.roleIds,
  joined_at: member.joinedAt,
  premium_since: null,
  deaf: false,
  mute: false,
  pending: false,
  flags: 0,
});

export const wireRole = (role: Role, position: number): Omit<APIRole, 'flags'> & { flags: number } => ({
  id: role.id,
  name: role.name,
  color: 0,
  colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
  hoist: false,
  position,
  permissions: role.permissions.toString(),
  managed: role.managed,
  mentionable: false,
  flags: 0,
  ...(role.managed ? { tags: { bot_id: BOT.id } } : {}),
});

export type WireChannel = { id: string; type: ChannelType } & Record<string, unknown>;

export function wireChannel(world: World, channel: Channel): WireChannel {
  if (channel.kind === 'dm') {
    const recipients = channel.recipientId === null ? [] : [wireUser(world.user(channel.recipientId))];
    return { id: channel.id, type: ChannelType.DM, recipients, last_message_id: null, flags: 0 };
  }
  const { id, guildId, name, parentId } = channel;
  if (channel.kind === 'text') {
    const permission_overwrites = channel.overwrites.map(({ allow, deny, ...rest }) => ({
      ...rest,
      allow: allow.toString(),
      deny: deny.toString(),
    }));
    const more = { position: 0, permission_overwrites, nsfw: false, rate_limit_per_user: 0, topic: null, last_message_id: null };
    return { id, type: ChannelType.GuildText, guild_id: guildId, name, parent_id: parentId, flags: 0, ...more };
  }
  const thread_metadata = {
    archived: channel.archived,
    locked: channel.locked,
    auto_archive_duration: 4320,
    archive_timestamp: channel.madeAt,
    create_timestamp: channel.madeAt,
  };
  const counts = { message_count: 0, member_count: 1, total_message_sent: 0, rate_limit_per_user: 0, last_message_id: null };
  const owner = { owner_id: channel.ownerId, guild_id: guildId, parent_id: parentId, flags: 0 };
  return { id, type: ChannelType.PublicThread, name, ...owner, thread_metadata, ...counts };
}

const channelsOf = (world: World, guild: Guild, kind: Channel['kind']): WireChannel[] =>
  [...world.channels.values()]
    .filter((channel) => channel.guildId === guild.id && channel.kind === kind && !channel.archived)
    .map((channel) => wireChannel(world, channel));

const NOTHING_SPECIAL = {
  icon: null,
  splash: null,
  discovery_splash: null,
  banner: null,
  description: null,
  features: [],
  emojis: [],
  stickers: [],
  afk_channel_id: null,
  afk_timeout: 300,
  application_id: null,
  system_channel_id: null,
  system_channel_flags: 0,
  rules_channel_id: null,
  public_updates_channel_id: null,
  safety_alerts_channel_id: null,
  vanity_url_code: null,
  hub_type: null,
  incidents_data: null,
  premium_progress_bar_enabled: false,
  verification_level: GuildVerificationLevel.None,
  default_message_notifications: GuildDefaultMessageNotifications.OnlyMentions,
  explicit_content_filter: GuildExplicitContentFilter.Disabled,
  mfa_level: GuildMFALevel.None,
  nsfw_level: GuildNSFWLevel.Default,
  premium_tier: GuildPremiumTier.None,
};

export const wireGuild = (guild: Guild): Record<string, unknown> => ({
  id: guild.id,
  name: guild.name,
  owner_id: guild.ownerId,
  preferred_locale: guild.locale,
  roles: [...guild.roles.values()].map(wireRole),
  ...NOTHING_SPECIAL,
});

/** The larger guild of GUILD_CREATE. Without the privileged intents it names no member but the bot itself. */
export function wireGuildCreate(world: World, guild: Guild, everyone: boolean): Record<string, unknown> {
  const members = [...guild.members.values()].filter((member) => everyone || member.userId === BOT.id);
  return {
    ...wireGuild(guild),
    joined_at: guild.members.get(BOT.id)?.joinedAt,
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    members: members.map((member) => wireMember(world, member)),
    channels: channelsOf(world, guild, 'text'),
    threads: channelsOf(world, guild, 'thread'),
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
