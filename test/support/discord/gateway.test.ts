// The gateway of the test Discord, driven by the real discord.js.
import { type Client, Events, GatewayIntentBits, type Interaction, Status } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { clientFor, logIn } from './log-in.ts';
import { mention } from './people.ts';
import { ANN, BOB, GUILD_A, GUILD_B, place } from './places.ts';
import { type DiscordServer, type DiscordServerOptions, openDiscordServer } from './server.ts';

let discord: DiscordServer;
let client: Client | undefined;
const open = async (options: DiscordServerOptions): Promise<void> => {
  await discord.close();
  discord = await openDiscordServer(options);
};

beforeEach(async () => {
  discord = await openDiscordServer();
});
afterEach(async () => {
  await client?.destroy();
  client = undefined;
  await discord.close();
  expect(discord.troubles).toEqual([]);
});

const eager = { ws: { buildIdentifyThrottler: () => ({ waitForIdentify: async () => undefined }) } };
/** A client destroyed between IDENTIFY and READY would never come to rest, so tests wait for it. */
const shardReady = (bot: Client): Promise<void> => next((resolve) => bot.once(Events.ShardReady, () => resolve(undefined)));
const next = <T>(wait: (resolve: (value: T) => void) => void): Promise<T> => new Promise(wait);

describe('logging in', () => {
  it('identifies, is ready, and knows both servers, their channels and roles', async () => {
    const bot = await logIn(discord, { presence: { status: 'idle' } });
    client = bot;
    expect(bot.user.username).toBe('Crier');
    expect(bot.guilds.cache.map((guild) => guild.name)).toEqual(['Bakery', 'Library']);
    const bakery = bot.guilds.cache.get(GUILD_A.id);
    expect(bakery?.channels.cache.map((channel) => channel.name)).toEqual(['social', 'random', 'board', 'news']);
    expect(bakery?.roles.cache.get(GUILD_A.roles.marketing)?.name).toBe('Marketing');
    expect(bakery?.members.cache.map((member) => member.user.username)).toEqual(['Crier']);
    const [session] = discord.gateway.sessions();
    expect(session?.shard).toEqual([0, 1]);
    expect(session?.identify.presence).toMatchObject({ status: 'idle' });
    expect(session?.identify.intents).toBe(bot.options.intents.bitfield);
  });

  it('refuses a wrong token', async () => {
    client = clientFor(discord);
    await expect(client.login('wrong')).rejects.toMatchObject({ code: 'TokenInvalid' });
  });

  it('closes with 4004 when the token changed since the gateway was asked for', async () => {
    const socket = new WebSocket(`${discord.url.replace('http', 'ws')}/gateway?v=10&encoding=json`);
    socket.on('message', () => socket.send(JSON.stringify({ op: 2, d: { token: 'old', intents: 1, properties: {} } })));
    expect(await next<number>((resolve) => socket.on('close', resolve))).toBe(4004);
  });

  it('closes with 4014 for a privileged intent that is not switched on', async () => {
    client = clientFor(discord, { intents: [GatewayIntentBits.Guilds, GatewayIntentBits.MessageContent] });
    const closed = next<number>((resolve) => client?.once(Events.ShardDisconnect, (event) => resolve(event.code)));
    client.on(Events.ShardError, () => undefined);
    const login = client.login(discord.token).catch((error: unknown) => error);
    expect(await closed).toBe(4014);
    expect(await login).toBeDefined();
  });

  it('runs two shards, each with its own server', async () => {
    await open({ shards: 2 });
    const bot = await logIn(discord, { shards: 'auto' });
    client = bot;
    expect(discord.gateway.sessions().map((session) => session.shard)).toEqual([
      [0, 2],
      [1, 2],
    ]);
    expect(bot.guilds.cache.get(GUILD_A.id)?.shardId).toBe(0);
    expect(bot.guilds.cache.get(GUILD_B.id)?.shardId).toBe(1);
    const said = next<string>((resolve) =>
      bot.on(Events.MessageCreate, (message) => resolve(`${message.guild?.shardId} ${message.content}`)),
    );
    await discord.as(ANN).at(GUILD_B).say(`${mention} hello`);
    expect(await said).toBe(`1 ${mention} hello`);
  });

  it('refuses a shard that does not exist, an unknown version, and compressed transport', async () => {
    const closeOf = async (query: string, shard?: [number, number]): Promise<number> => {
      const socket = new WebSocket(`${discord.url.replace('http', 'ws')}/gateway?${query}`);
      const d = { token: discord.token, intents: 1, shard };
      socket.on('message', () => socket.send(JSON.stringify({ op: 2, d })));
      return next<number>((resolve) => socket.on('close', resolve));
    };
    expect(await closeOf('v=10&encoding=json', [2, 2])).toBe(4010);
    expect(await closeOf('v=6&encoding=json')).toBe(4012);
    expect(await closeOf('v=10&encoding=json&compress=zlib-stream')).toBe(4002);
  });
});

describe('staying connected', () => {
  it('answers heartbeats, also those it asks for', async () => {
    const bot = await logIn(discord);
    client = bot;
    discord.gateway.requestHeartbeat();
    await discord.until(() => (discord.gateway.heartbeats() >= 1 ? true : undefined), 'a heartbeat');
  });

  it('is left by a client whose heartbeats get no answer, which then resumes', async () => {
    await open({ heartbeatIntervalMs: 40 });
    client = await logIn(discord);
    discord.gateway.acknowledge(false);
    await discord.until(() => (discord.gateway.sessions()[0]?.connected === false ? true : undefined), 'the client to leave');
    discord.gateway.acknowledge(true);
    await discord.until(() => discord.gateway.sessions().find((session) => session.resumes > 0), 'a resume');
  });

  it.each([
    ['a cut connection', (at: DiscordServer) => at.gateway.drop()],
    ['close code 4000', (at: DiscordServer) => at.gateway.drop({ code: 4000 })],
    ['a request to reconnect', (at: DiscordServer) => at.gateway.askToReconnect()],
  ])('replays what was missed after %s', async (_, disturb) => {
    const bot = await logIn(discord);
    client = bot;
    const heard: string[] = [];
    bot.on(Events.MessageCreate, (message) => void heard.push(message.content));
    disturb(discord);
    await discord.until(() => (discord.gateway.sessions()[0]?.connected === false ? true : undefined), 'the loss');
    await discord.as(ANN).say(`${mention} one`);
    await discord.as(BOB).say(`${mention} two`);
    await discord.until(() => (discord.gateway.sessions()[0]?.resumes === 1 ? true : undefined), 'a resume');
    await discord.as(BOB).say(`${mention} three`);
    await expect.poll(() => heard).toEqual([`${mention} one`, `${mention} two`, `${mention} three`]);
    expect(bot.ws.status).toBe(Status.Ready);
  });

  it('starts a new session where the old one is gone', async () => {
    client = await logIn(discord, eager);
    const ready = shardReady(client);
    const before = discord.gateway.sessions()[0]?.id;
    discord.gateway.forget();
    discord.gateway.drop();
    const after = await discord.until(() => discord.gateway.sessions()[0], 'a new session');
    expect(after.id).not.toBe(before);
    expect(after.resumes).toBe(0);
    await ready;
  });

  it('tells a client that its session is over, or to resume it', async () => {
    client = await logIn(discord, eager);
    const ready = shardReady(client);
    const resumed = next<void>((resolve) => client?.once(Events.ShardResume, () => resolve()));
    discord.gateway.invalidate({ resumable: true });
    await resumed;
    expect(discord.gateway.sessions()[0]?.resumes).toBe(1);
    discord.gateway.invalidate();
    await discord.until(() => (discord.gateway.started() === 2 ? true : undefined), 'a new session');
    await ready;
  });

  it('can be out of reach for a while', async () => {
    const bot = await logIn(discord);
    client = bot;
    const refused = next<string>((resolve) => bot.once(Events.ShardError, (error) => resolve(error.message)));
    discord.gateway.accept(false);
    discord.gateway.drop();
    expect(await refused).toContain('503');
    discord.gateway.accept(true);
    await discord.until(() => discord.gateway.sessions().find((session) => session.resumes > 0), 'a resume');
  });

  it('delivers an interaction a second time when a test asks for it', async () => {
    const bot = await logIn(discord);
    client = bot;
    await bot.application.commands.create({ name: 'help', description: 'Help' });
    const seen: Interaction[] = [];
    bot.on(Events.InteractionCreate, (interaction) => void seen.push(interaction));
    const asked = await discord.as(ANN).slash('help');
    asked.again();
    await expect.poll(() => seen.map((interaction) => interaction.id)).toEqual([asked.id, asked.id]);
  });

  it('tells of servers that add and remove the bot', async () => {
    const bot = await logIn(discord);
    client = bot;
    const joined = next<string>((resolve) => bot.once(Events.GuildCreate, (guild) => resolve(guild.name)));
    discord.addGuild(place('School', 5_000, { ownerId: BOB.id, memberIds: [BOB.id] }));
    expect(await joined).toBe('School');
    const left = next<string>((resolve) => bot.once(Events.GuildDelete, (guild) => resolve(guild.name)));
    discord.removeGuild(GUILD_B.id);
    expect(await left).toBe('Library');
  });
});

describe('what a bot reads without the message content intent', () => {
  it('shows content where the bot is mentioned, replied to, or written to directly, and nowhere else', async () => {
    const bot = await logIn(discord);
    client = bot;
    const heard: string[] = [];
    bot.on(Events.MessageCreate, (message) => void heard.push(`${message.inGuild() ? 'server' : 'dm'}: ${message.content}`));
    const social = await bot.channels.fetch(GUILD_A.channels.social);
    if (!social?.isSendable()) throw new Error('#social is not there');
    const own = await social.send('I am here');
    await discord.as(ANN).say('nobody asked you');
    await discord.as(ANN).say(`${mention} hello`, { files: [{ name: 'note.txt', bytes: Buffer.from('hi') }] });
    const shown = discord.messages(GUILD_A.channels.social).find((each) => each.id === own.id);
    await discord.as(ANN).say('thanks', shown ? { replyTo: shown } : {});
    await discord.as(ANN).at(GUILD_A, GUILD_A.channels.board).say(`${mention} in secret`);
    await discord.as(ANN).inDm().say('psst');
    await expect
      .poll(() => heard)
      .toEqual(['server: I am here', 'server: ', `server: ${mention} hello`, 'server: thanks', 'dm: psst']);
  });
});
