// Discord as one chat: the client, joining and staying, the ways in and the ways out, put together for main.ts.
import type { Chat, Deps } from '../../core/ports.ts';
import type { Entrance, News } from '../../core/store.ts';
import type { Actor } from '../../core/workspace.ts';
import type { Reply } from '../reply.ts';
import type { Commands } from '../run.ts';
import type { SayingChat } from '../saying-chat.ts';
import { openDiscordApp } from './app.ts';
import { openClient } from './client.ts';
import { type DiscordConnection, inviteLink } from './connection.ts';
import { openGateway } from './gateway.ts';
import { registerCommands } from './register.ts';
import { sayIn } from './say-in.ts';
import { sayDirectly } from './say-to.ts';
import { followServers } from './servers.ts';
import { openTell } from './tell.ts';

export interface DiscordOptions {
  connection: DiscordConnection;
  commands: Commands;
  deps: Deps;
  enter: (entrance: Entrance) => Promise<Actor>;
  /** Of servers seen for the first time. */
  timeZone: string;
  renderNews: (news: News) => Reply;
  newsCard: (news: News) => Promise<Reply>;
}

export interface DiscordChat extends Chat, SayingChat {
  name: 'discord';
  /** By a direct message. @throws where Discord cannot be reached, or they take none. */
  sayTo: SayingChat['sayTo'];
  /**
   * Connects, and registers the commands where they changed. Resolves also where Discord cannot be reached yet.
   * @throws CrierError `invalid-input` where Discord refuses the token.
   */
  start: () => Promise<void>;
  /** Takes nothing any more, and resolves when all that was taken is done. */
  stop: () => Promise<void>;
  /** Resolves when the last card is refreshed; nothing is sent after that. */
  close: () => Promise<void>;
  /** @throws where Discord cannot be heard. */
  check: () => Promise<void>;
  /** How it stands, in a line, once it has started. */
  standing: () => string;
}

export function openDiscord(options: DiscordOptions): DiscordChat {
  const { connection, commands, deps, renderNews, newsCard } = options;
  const { store, log, platforms } = deps;
  const client = openClient(connection, log);
  const { rest } = client;
  const servers = followServers({ client, store, log });
  const app = openDiscordApp({ ...options, client });
  const telling = openTell({ rest, store, renderNews, newsCard, log });
  const guildId = connection.developmentGuildId;
  const register = (applicationId: string): Promise<boolean> =>
    registerCommands({ rest, applicationId, commands: commands.all, platforms: platforms.all(), guildId, log });
  const gateway = openGateway({ client, token: connection.token, register, log });

  return {
    name: 'discord',
    tell: telling.tell,
    sayTo: (whom, reply) => sayDirectly(rest, whom, reply),
    sayIn: (place, reply, key) => sayIn({ rest, log }, place, reply, key),
    start: gateway.start,
    async stop() {
      // still connected: what was taken is answered, and its news told, with the same token
      await app.stop();
      await servers.idle();
    },
    async close() {
      await telling.drain();
      await gateway.stop();
    },
    async check() {
      if (!gateway.isConnected()) throw new Error('not all shards are connected');
    },
    standing() {
      const application = gateway.application();
      if (!application) return 'Discord cannot be reached yet; the log says why';
      const { size } = client.guilds.cache;
      const count = size === 1 ? 'one server' : `${size} servers`;
      return `${application.name} in ${count}; invite it with ${inviteLink(application.id)}`;
    },
  };
}
