// Which servers Crier is in: their workspaces are present, and those of servers it was removed from hold their posts. Told while it is
// connected, and compared whenever it connects anew, since nobody tells what happened in between.
import { type Client, Events, GatewayDispatchEvents, type Guild, ShardClientUtil } from 'discord.js';
import pLimit from 'p-limit';
import pRetry from 'p-retry';
import { z } from 'zod';
import type { Log } from '../../core/ports.ts';
import type { Store } from '../../core/store.ts';

export interface ServersOptions {
  client: Client;
  store: Pick<Store, 'workspaces'>;
  log: Log;
}

export interface Servers {
  /** Resolves when all that was heard is written down. */
  idle: () => Promise<void>;
}

/** https://docs.discord.com/developers/events/gateway-events#ready (checked 2026-11-22) */
const Ready = z.object({
  guilds: z.array(z.object({ id: z.string() })),
  shard: z.tuple([z.number(), z.number()]).default([0, 1]),
});
type Ready = z.infer<typeof Ready>;

/** A database that is away for a moment: the next comparison comes only with the next connection. */
const RETRIES = 8;

export function followServers({ client, store, log }: ServersOptions): Servers {
  const { workspaces } = store;
  const inOrder = pLimit(1);
  const running = new Set<Promise<void>>();

  const write = (work: () => Promise<void>): void => {
    const begun = inOrder(() => pRetry(work, { retries: RETRIES }))
      .catch((error) => log.error({ err: error }, 'which servers of Discord Crier is in could not be written down'))
      .finally(() => running.delete(begun));
    running.add(begun);
  };

  const compare = async ({ guilds, shard: [shard, count] }: Ready): Promise<void> => {
    const there = new Set(guilds.map(({ id }) => id));
    for (const [teamId, wasPresent] of await workspaces.presence('discord')) {
      const isPresent = there.has(teamId);
      if (isPresent === wasPresent || ShardClientUtil.shardIdForGuildId(teamId, count) !== shard) continue;
      await workspaces.setPresent('discord', teamId, isPresent);
      log.info({ teamId, isPresent }, 'Crier was added to a server of Discord, or removed, while it was not connected');
    }
  };

  // the packets themselves: discord.js has no event for all servers of a shard, and keeps servers that it was never told the end of
  client.ws.on(GatewayDispatchEvents.Ready, (packet) => write(() => compare(Ready.parse(packet))));
  client.on(Events.GuildCreate, ({ id, name }: Guild) => {
    log.info({ teamId: id, name }, 'Crier was added to a server of Discord');
    write(() => workspaces.setPresent('discord', id, true));
  });
  // not where the server is merely out of order: that is GuildUnavailable
  client.on(Events.GuildDelete, ({ id, name }: Guild) => {
    log.warn({ teamId: id, name }, 'Crier was removed from a server of Discord; its posts are held until it is there again');
    write(() => workspaces.setPresent('discord', id, false));
  });

  return {
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
