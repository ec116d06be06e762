// A server of Discord as large as busy ones are, as GUILD_CREATE tells of it to an app without privileged intents: of its members only
// the app itself. https://docs.discord.com/developers/events/gateway-events#guild-create
import { ChannelType, PermissionFlagsBits } from 'discord.js';
import { BOT } from '../../test/support/discord/places.ts';

const CHANNELS = 50;
const VOICE_CHANNELS = 10;
const THREADS = 10;
const ROLES = 30;
const OVERWRITES = 4;
const EMOJIS = 50;
const STICKERS = 10;

const DISCORD_EPOCH_IDS = 280_000_000_000n;
let made = 0n;
/** Snowflakes, each once. */
const nextId = (): string => {
  made += 1n;
  return ((DISCORD_EPOCH_IDS << 22n) + (made << 22n)).toString();
};
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));
const JOINED = '2026-01-05T09:00:00.000000+00:00';
const bits = (PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages).toString();

export interface BusyServer {
  id: string;
  channels: { id: string }[];
  [more: string]: unknown;
}

export function busyServer(index: number): BusyServer {
  const id = nextId();
  const roles = times(ROLES, (position) => ({
    id: position === 0 ? id : nextId(),
    name: position === 0 ? '@everyone' : `Role ${position} of server ${index}`,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    position,
    permissions: bits,
    managed: false,
    mentionable: false,
    flags: 0,
    icon: null,
    unicode_emoji: null,
  }));
  const channel = (position: number, type: ChannelType) => ({
    id: nextId(),
    type,
    guild_id: id,
    name: `channel-${position}-of-server-${index}`,
    topic: `What channel ${position} is about, in the hundred characters or so that people write about such things.`,
    position,
    parent_id: null,
    nsfw: false,
    rate_limit_per_user: 0,
    last_message_id: nextId(),
    flags: 0,
    permission_overwrites: roles.slice(0, OVERWRITES).map((role) => ({ id: role.id, type: 0, allow: bits, deny: '0' })),
  });
  const channels = [
    ...times(CHANNELS, (position) => channel(position, ChannelType.GuildText)),
    ...times(VOICE_CHANNELS, (position) => ({
      ...channel(position, ChannelType.GuildVoice),
      bitrate: 64_000,
      user_limit: 0,
      rtc_region: null,
    })),
  ];
  return {
    ...ABOUT,
    id,
    name: `Server ${index}`,
    owner_id: nextId(),
    joined_at: JOINED,
    large: true,
    member_count: 2_000,
    members: [
      {
        user: { id: BOT.id, username: BOT.username, discriminator: '0', global_name: null, avatar: null, bot: true },
        roles: [],
        joined_at: JOINED,
        deaf: false,
        mute: false,
        flags: 0,
      },
    ],
    roles,
    channels,
    threads: times(THREADS, (position) => thread(id, channels[position]?.id ?? id, position)),
    emojis: times(EMOJIS, (position) => ({
      id: nextId(),
      name: `emoji_${position}`,
      roles: [],
      require_colons: true,
      managed: false,
      animated: false,
      available: true,
    })),
    stickers: times(STICKERS, (position) => ({
      id: nextId(),
      name: `sticker ${position}`,
      description: 'A sticker',
      tags: 'sticker',
      type: 2,
      format_type: 1,
      available: true,
      guild_id: id,
    })),
  };
}

/** What somebody says to others there, as Discord tells it to an app that is not meant: without its content. */
export const messageIn = ({ id, channels }: BusyServer, round: number): Record<string, unknown> => ({
  id: nextId(),
  type: 0,
  channel_id: channels[round % channels.length]?.id ?? id,
  channel_type: ChannelType.GuildText,
  guild_id: id,
  author: { id: nextId(), username: `person-${round}`, discriminator: '0', global_name: 'Person', avatar: null },
  member: { roles: [], joined_at: JOINED, deaf: false, mute: false, flags: 0 },
  content: '',
  timestamp: JOINED,
  edited_timestamp: null,
  tts: false,
  mention_everyone: false,
  mentions: [],
  mention_roles: [],
  attachments: [],
  embeds: [],
  components: [],
  pinned: false,
  flags: 0,
});

const thread = (guildId: string, parentId: string, position: number) => ({
  id: nextId(),
  type: ChannelType.PublicThread,
  guild_id: guildId,
  parent_id: parentId,
  owner_id: nextId(),
  name: `Thread ${position}`,
  message_count: 5,
  member_count: 5,
  rate_limit_per_user: 0,
  last_message_id: nextId(),
  flags: 0,
  thread_metadata: {
    archived: false,
    locked: false,
    auto_archive_duration: 4320,
    archive_timestamp: JOINED,
    create_timestamp: JOINED,
  },
});

const ABOUT = {
  preferred_locale: 'en-US',
  unavailable: false,
  icon: null,
  splash: null,
  discovery_splash: null,
  banner: null,
  description: null,
  features: ['COMMUNITY', 'NEWS', 'THREADS_ENABLED'],
  afk_channel_id: null,
  afk_timeout: 300,
  application_id: null,
  system_channel_id: null,
  system_channel_flags: 0,
  rules_channel_id: null,
  public_updates_channel_id: null,
  safety_alerts_channel_id: null,
  vanity_url_code: null,
  incidents_data: null,
  premium_progress_bar_enabled: false,
  verification_level: 1,
  default_message_notifications: 1,
  explicit_content_filter: 2,
  mfa_level: 0,
  nsfw_level: 0,
  premium_tier: 0,
  voice_states: [],
  presences: [],
  stage_instances: [],
  guild_scheduled_events: [],
  soundboard_sounds: [],
};
