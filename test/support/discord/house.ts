// The parts of the test Discord, put together, as the routes and the people get them.
import { GatewayIntentBits } from 'discord.js';
import type { Clock } from '../../../src/core/clock.ts';
import type { Changes } from './changes.ts';
import { type Commands, openCommands } from './commands.ts';
import { type Files, openFiles } from './files.ts';
import { type Gateway, openGateway } from './gateway.ts';
import { type Interactions, openInteractions } from './interactions.ts';
import { type Messages, openMessages } from './messages.ts';
import { APPLICATION_FLAGS, BOT } from './places.ts';
import { shardOf, snowflakes } from './snowflakes.ts';
import { wireGuildCreate, wireUser } from './wire.ts';
import { botSees, openWorld, type World } from './world.ts';

export interface House {
  clock: Clock;
  nextId: () => string;
  world: World;
  files: Files;
  messages: Messages;
  commands: Commands;
  interactions: Interactions;
  gateway: Gateway;
  changes: Changes;
}

export function openHouse(options: {
  clock: Clock;
  changes: Changes;
  token: () => string;
  baseUrl: () => string;
  socketUrl: (path: string) => string;
  heartbeatIntervalMs: number;
  allowedIntents: number;
}): House {
  const { clock, changes, baseUrl, socketUrl } = options;
  const nextId = snowflakes(clock);
  const world = openWorld();
  const files = openFiles({ clock, nextId, baseUrl });
  const gateway = openGateway({ ...options, nextId, resumeUrl: () => socketUrl('/resume'), ready: readyFor(world) });
  const messages = openMessages({
    clock,
    nextId,
    world,
    files,
    changes,
    announce: (event, data, channel) => {
      if (botSees(world, channel)) gateway.dispatch(event, data, channel.guildId);
    },
  });
  const interactions = openInteractions({ clock, world, messages, changes });
  return { clock, nextId, world, files, messages, commands: openCommands(nextId), interactions, gateway, changes };
}

/** READY names a shard's servers as unavailable; GUILD_CREATE then brings each. */
const readyFor =
  (world: World) =>
  ([shard, count]: [number, number], intents: number): { data: object; guilds: { id: string; data: object }[] } => {
    const here = [...world.guilds.values()].filter((guild) => world.botIsIn(guild.id) && shardOf(guild.id, count) === shard);
    const stubs = here.map(({ id }) => ({ id, unavailable: true }));
    const everyone = (intents & GatewayIntentBits.GuildMembers) !== 0;
    const data = { user: wireUser(world.user(BOT.id)), guilds: stubs, application: { id: BOT.id, flags: APPLICATION_FLAGS } };
    return { data, guilds: here.map((guild) => ({ id: guild.id, data: wireGuildCreate(world, guild, everyone) })) };
  };
