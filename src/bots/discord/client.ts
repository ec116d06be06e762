// The client of Discord: what it listens to, how little it remembers, how long it waits, and its voice in our log. Joining Discord is
// gateway.ts' matter, and what is done with what it hears app.ts'.
import { Client, Events, GatewayIntentBits, Options, Partials, type RateLimitData } from 'discord.js';
import type { Log } from '../../core/ports.ts';
import { DISCORD_API_URL, type DiscordConnection } from './connection.ts';
import { waitOf } from './failures.ts';
import { keepServersSlim } from './slim.ts';

/**
 * None of them is privileged: the content of messages that mention Crier, and of its direct messages, comes without.
 * https://docs.discord.com/developers/events/gateway#message-content-intent (checked 2026-11-22)
 */
const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];

const REQUEST_TIMEOUT_MS = 10_000;
/** Further tries after a 5xx or a timeout. Messages carry a nonce, so that a second try makes no second message. */
const RETRIES = 2;
/** Longer waits for a rate limit are the caller's: whoever waits in the same queue would wait as well. Milliseconds. */
const MAX_WAIT_MS = 20_000;

/**
 * Everything that interactions bring along is not kept. Servers and roles stay, and what passes by of channels: discord.js cannot do without.
 * https://discordjs.guide/miscellaneous/cache-customization.html
 */
const NOT_KEPT = {
  ApplicationCommandManager: 0,
  ApplicationEmojiManager: 0,
  AutoModerationRuleManager: 0,
  BaseGuildEmojiManager: 0,
  DMMessageManager: 0,
  EntitlementManager: 0,
  GuildBanManager: 0,
  GuildEmojiManager: 0,
  GuildForumThreadManager: 0,
  GuildInviteManager: 0,
  GuildMessageManager: 0,
  GuildScheduledEventManager: 0,
  GuildSoundboardSoundManager: 0,
  GuildStickerManager: 0,
  GuildTextThreadManager: 0,
  MessageManager: 0,
  PresenceManager: 0,
  ReactionManager: 0,
  ReactionUserManager: 0,
  StageInstanceManager: 0,
  SubscriptionManager: 0,
  ThreadManager: 0,
  ThreadMemberManager: 0,
  VoiceStateManager: 0,
};

/** Seconds. What of people and threads is kept in passing, goes again. */
const SWEEP_EVERY_S = 600;

export function openClient(connection: DiscordConnection, log: Log): Client {
  const isOther = ({ id }: { id: string }): boolean => id !== client.user?.id;
  const notUs = { maxSize: 0, keepOverLimit: (one: { id: string }): boolean => !isOther(one) };
  const sweepOthers = { interval: SWEEP_EVERY_S, filter: () => isOther };
  const { shards } = connection;
  const client: Client = new Client({
    intents: INTENTS,
    // a direct message comes from a channel that was never heard of
    partials: [Partials.Channel],
    ...(shards === 'auto' ? { shards: 'auto' } : { shards: shards.ids, shardCount: shards.count }),
    makeCache: Options.cacheWithLimits({ ...NOT_KEPT, GuildMemberManager: notUs, UserManager: notUs }),
    sweepers: {
      threads: { interval: SWEEP_EVERY_S, filter: () => () => true },
      users: sweepOthers,
      guildMembers: sweepOthers,
    },
    allowedMentions: { parse: [] },
    rest: {
      api: connection.apiUrl ?? DISCORD_API_URL,
      timeout: REQUEST_TIMEOUT_MS,
      retries: RETRIES,
      rejectOnRateLimit: isTooLong,
    },
  });
  client.rest.setToken(connection.token);
  keepServersSlim(client);
  bridgeLog(client, log);
  return client;
}

const isTooLong = (limit: RateLimitData): boolean => waitOf(limit) > MAX_WAIT_MS;

/** discord.js' debug lines are not written: one of them has most of the token. */
function bridgeLog(client: Client, log: Log): void {
  client.on(Events.Warn, (said) => log.warn({ part: 'discord.js' }, said));
  client.on(Events.Error, (error) => log.error({ part: 'discord.js', err: error }, 'discord.js met an error'));
  client.on(Events.ShardError, (error, shard) => log.warn({ err: error, shard }, 'the connection to Discord broke'));
  client.on(Events.ShardReconnecting, (shard) => log.info({ shard }, 'connecting to Discord again'));
  client.on(Events.ShardResume, (shard, replayed) => log.info({ shard, replayed }, 'Discord goes on where it stopped'));
}
