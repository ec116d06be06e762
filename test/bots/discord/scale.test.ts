// Many servers: shards in one process and in several, and which servers Crier is in, whatever happens while it looks away.
import { type Client, GatewayDispatchEvents } from 'discord.js';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openClient } from '../../../src/bots/discord/client.ts';
import type { Shards } from '../../../src/bots/discord/connection.ts';
import { type Gateway, openGateway } from '../../../src/bots/discord/gateway.ts';
import { followServers, type Servers } from '../../../src/bots/discord/servers.ts';
import { closeNewsrooms, type Newsroom, openNewsroom } from '../../core/usecases/newsroom.ts';
import { mention } from '../../support/discord/people.ts';
import { ANN, GUILD_A, GUILD_B, type Place, place } from '../../support/discord/places.ts';
import { type DiscordServer, openDiscordServer } from '../../support/discord/server.ts';
import { keptLog } from '../../support/log.ts';

interface Process {
  client: Client;
  gateway: Gateway;
  servers: Servers;
}

let discord: DiscordServer;
let newsroom: Newsroom;
const running: Process[] = [];

beforeEach(async () => {
  newsroom = await openNewsroom({ connect: false });
  discord = await openDiscordServer({ shards: 2 });
});
afterEach(async () => {
  for (const { gateway, servers } of running.splice(0)) {
    await gateway.stop();
    await servers.idle();
  }
  await discord.close();
  expect(discord.troubles).toEqual([]);
});
afterAll(closeNewsrooms);

/** Another process of Crier, once it is connected. */
async function start(shards: Shards = 'auto'): Promise<Process> {
  const log = keptLog();
  const { token, apiUrl } = discord;
  const client = openClient({ token, apiUrl, developmentGuildId: null, shards }, log);
  const servers = followServers({ client, store: newsroom.store, log });
  const gateway = openGateway({ client, token, register: async () => {}, log });
  const process = { client, gateway, servers };
  running.push(process);
  await gateway.start();
  await servers.idle();
  return process;
}

/** A workspace of that server, in which Crier is. */
async function enter({ id: teamId, name: teamName }: Place): Promise<void> {
  await newsroom.enter({ chat: 'discord', teamId, teamName, userId: ANN.id, userName: ANN.globalName });
  await newsroom.store.workspaces.setPresent('discord', teamId, true);
}

const presence = async (): Promise<object> => Object.fromEntries(await newsroom.store.workspaces.presence('discord'));

const namesIn = ({ client }: Process): string[] => client.guilds.cache.map(({ name }) => name);

describe('shards', () => {
  it('are all in one process where nothing else is said, as many as Discord recommends', async () => {
    const all = await start();
    expect(discord.gateway.sessions().map(({ shard }) => shard)).toEqual([
      [0, 2],
      [1, 2],
    ]);
    expect(namesIn(all)).toEqual(['Bakery', 'Library']);
    expect(all.gateway.isConnected()).toBe(true);
  });

  it('can be run by several processes: each hears of its own servers alone', async () => {
    const first = await start({ ids: [0], count: 2 });
    const second = await start({ ids: [1], count: 2 });
    expect([namesIn(first), namesIn(second)]).toEqual([['Bakery'], ['Library']]);
    const heard: string[] = [];
    const hear =
      (who: string) =>
      ({ guild_id: id }: { guild_id: string }) =>
        void heard.push(`${who}: ${id === GUILD_A.id ? 'Bakery' : 'Library'}`);
    first.client.ws.on(GatewayDispatchEvents.MessageCreate, hear('first'));
    second.client.ws.on(GatewayDispatchEvents.MessageCreate, hear('second'));
    for (const server of [GUILD_A, GUILD_B]) await discord.as(ANN).at(server).say(`${mention} show my posts`);
    await vi.waitFor(() => expect(heard).toHaveLength(2));
    expect(heard.toSorted()).toEqual(['first: Bakery', 'second: Library']);
  });

  it('that lose their connection make their process not ready, and resume', async () => {
    const all = await start();
    discord.gateway.drop({ shard: 1 });
    await vi.waitFor(() => expect(all.gateway.isConnected()).toBe(false));
    await vi.waitFor(() => expect(all.gateway.isConnected()).toBe(true));
    expect(discord.gateway.sessions().map(({ resumes }) => resumes)).toEqual([0, 1]);
  });
});

describe('a server', () => {
  it('that removes Crier has its posts held, and finds them again when it is back', async () => {
    await enter(GUILD_A);
    await enter(GUILD_B);
    await start();
    discord.removeGuild(GUILD_A.id);
    await vi.waitFor(async () => expect(await presence()).toMatchObject({ [GUILD_A.id]: false, [GUILD_B.id]: true }));
    discord.addGuild(GUILD_A);
    await vi.waitFor(async () => expect(await presence()).toMatchObject({ [GUILD_A.id]: true, [GUILD_B.id]: true }));
  });

  it('that is merely out of order has not removed Crier', async () => {
    await enter(GUILD_A);
    await enter(GUILD_B);
    const { servers, client } = await start();
    discord.gateway.dispatch('GUILD_DELETE', { id: GUILD_A.id, unavailable: true }, GUILD_A.id);
    await vi.waitFor(() => expect(client.guilds.cache.get(GUILD_A.id)?.available).toBe(false));
    await servers.idle();
    expect(await presence()).toMatchObject({ [GUILD_A.id]: true, [GUILD_B.id]: true });
  });

  it('that removed Crier, or added it again, while it was not running, is known at the start', async () => {
    const away = place('Away', 20_000, { ownerId: ANN.id, memberIds: [ANN.id] });
    await enter(GUILD_A);
    await enter(away);
    await newsroom.store.workspaces.setPresent('discord', GUILD_A.id, false);
    await start();
    expect(await presence()).toMatchObject({ [GUILD_A.id]: true, [away.id]: false });
  });

  it('of another process’ shard is that one’s business', async () => {
    await enter(GUILD_A);
    await enter(GUILD_B);
    await newsroom.store.workspaces.setPresent('discord', GUILD_B.id, false);
    await start({ ids: [0], count: 2 });
    expect(await presence()).toMatchObject({ [GUILD_A.id]: true, [GUILD_B.id]: false });
  });

  it('that removed Crier while a connection was lost is known once it is there again', async () => {
    await enter(GUILD_A);
    const { gateway } = await start();
    await gateway.stop();
    discord.removeGuild(GUILD_A.id);
    expect(await presence()).toMatchObject({ [GUILD_A.id]: true });
    await start();
    expect(await presence()).toMatchObject({ [GUILD_A.id]: false });
  });
});
