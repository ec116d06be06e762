// Channels, commands and refusals of the test Discord, over the real discord.js REST client.
import { type Client, REST, Routes } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clockAt, type TestClock } from '../clock.ts';
import { logIn, refusal } from './log-in.ts';
import { ANN, BOB, BOT, ELSEWHERE, GUILD_A, GUILD_B } from './places.ts';
import { type DiscordServer, openDiscordServer } from './server.ts';

const { social, board, news } = GUILD_A.channels;
let discord: DiscordServer;
let rest: REST;
let clock: TestClock;
let client: Client | undefined;

beforeEach(async () => {
  clock = clockAt('2026-03-02T08:00:00Z');
  discord = await openDiscordServer({ clock });
  rest = new REST({ api: discord.apiUrl, offset: 5 }).setToken(discord.token);
});
afterEach(async () => {
  await client?.destroy();
  client = undefined;
  rest.clearHashSweeper();
  rest.clearHandlerSweeper();
  await discord.close();
  expect(discord.troubles).toEqual([]);
});

const post = (channelId: string, body: unknown): Promise<unknown> => rest.post(Routes.channelMessages(channelId), { body });

describe('messages', () => {
  it('are posted with files, read, edited, listed and deleted', async () => {
    client = await logIn(discord);
    const channel = await client.channels.fetch(social);
    if (!channel?.isSendable()) throw new Error('#social is not there');
    const file = { attachment: Buffer.from('a,b'), name: 'figures.csv', description: 'Figures' };
    const message = await channel.send({ content: `Hello <@${BOB.id}>`, files: [file], allowedMentions: { parse: [] } });
    expect(discord.messages(social)).toMatchObject([
      { content: `Hello <@${BOB.id}>`, mentions: [], attachments: [{ description: 'Figures' }] },
    ]);
    await message.edit('Changed');
    expect((await channel.messages.fetch({ message: message.id, force: true })).content).toBe('Changed');
    expect(await channel.messages.fetch({ limit: 5 })).toHaveLength(1);
    await message.delete();
    expect(await refusal(rest.get(Routes.channelMessage(social, message.id)))).toMatchObject({ code: 10008 });
  });

  it('carry a thread, which holds its own messages', async () => {
    client = await logIn(discord);
    const channel = await client.channels.fetch(social);
    if (!channel?.isSendable()) throw new Error('#social is not there');
    const message = await channel.send('A post');
    const thread = await message.startThread({ name: 'P1' });
    expect(thread.id).toBe(message.id);
    await thread.send('Published');
    expect(discord.thread(message.id).map((each) => each.content)).toEqual(['Published']);
    expect(discord.messages(social).map((each) => each.thread?.name)).toEqual(['P1']);
    expect(await refusal(message.startThread({ name: 'again' }))).toMatchObject({ code: 160004 });
    discord.archiveThread(thread.id, { locked: true });
    expect(await refusal(thread.send('more'))).toMatchObject({ code: 50083 });
  });

  it('reach a person directly, unless they do not want that', async () => {
    client = await logIn(discord);
    const ann = await client.users.fetch(ANN.id);
    await ann.send('psst');
    expect(discord.dms(ANN).map((each) => each.content)).toEqual(['psst']);
    discord.closeDms(ANN);
    expect(await refusal(ann.send('again'))).toMatchObject({ code: 50007, status: 403 });
  });

  it('are not made twice with an enforced nonce', async () => {
    const body = { content: 'once', nonce: '42', enforce_nonce: true };
    expect(await post(social, body)).toEqual(await post(social, body));
    expect(discord.messages(social)).toHaveLength(1);
    clock.forward({ minutes: 6 });
    await post(social, body);
    expect(discord.messages(social)).toHaveLength(2);
  });

  it('stay those of their author', async () => {
    const said = await discord.as(BOB).say('mine');
    expect(await refusal(rest.patch(Routes.channelMessage(social, said.id), { body: { content: 'x' } }))).toMatchObject({
      code: 50005,
    });
  });
});

describe('permissions', () => {
  it.each([
    ['an unknown channel', '123456789012345678', 10003, 404],
    ['a channel it may not see', board, 50001, 403],
    ['a channel it may not write in', news, 50013, 403],
    ['a server it is not in', ELSEWHERE.channels.social, 50001, 403],
  ])('refuses %s', async (_, channelId, code, status) => {
    expect(await refusal(post(channelId, { content: 'x' }))).toMatchObject({ code, status });
  });

  it('refuses a wrong token with 401, and the bot is out once the token is reset', async () => {
    discord.resetToken('another');
    expect(await refusal(rest.get(Routes.user()))).toMatchObject({ status: 401 });
  });

  it('shows servers, members and roles', async () => {
    expect(await rest.get(Routes.guildMember(GUILD_A.id, BOB.id))).toMatchObject({ roles: [GUILD_A.roles.marketing] });
    expect(await rest.get(Routes.guildRoles(GUILD_A.id))).toHaveLength(4);
    expect(await refusal(rest.get(Routes.guildMember(GUILD_A.id, '123456789012345678')))).toMatchObject({ code: 10013 });
    expect(await refusal(rest.get(Routes.guild(ELSEWHERE.id)))).toMatchObject({ code: 50001 });
  });
});

describe('registering commands', () => {
  const help = { name: 'help', description: 'Help' };

  it('overwrites in bulk, everywhere and per server, and changes only what changed', async () => {
    await rest.put(Routes.applicationCommands(BOT.id), { body: [help, { name: 'plan', description: 'Plan' }] });
    const [before] = discord.commandsOf(null);
    await rest.put(Routes.applicationCommands(BOT.id), { body: [help, { name: 'plan', description: 'The plan' }] });
    expect(discord.commandsOf(null)).toMatchObject([{ name: 'help', version: before?.version }, { description: 'The plan' }]);
    await rest.put(Routes.applicationGuildCommands(BOT.id, GUILD_B.id), { body: [help] });
    expect(discord.commandsOf(GUILD_B.id)).toHaveLength(1);
    expect(discord.commandsOf(GUILD_A.id)).toEqual([]);
    expect(await rest.get(Routes.applicationCommands(BOT.id))).toHaveLength(2);
    expect(await refusal(rest.put(Routes.applicationGuildCommands(BOT.id, ELSEWHERE.id), { body: [] }))).toMatchObject({
      code: 50001,
    });
  });

  const option = (name: string, required = false) => ({ name, description: 'x', type: 3, required });
  it.each([
    ['capitals in a name', { ...help, name: 'Help' }, 'APPLICATION_COMMAND_INVALID_NAME'],
    ['no description', { name: 'help' }, 'Must be between 1 and 100 in length.'],
    ['26 options', { ...help, options: Array.from({ length: 26 }, (_, at) => option(`o${at}`)) }, 'Must be between 0 and 25'],
    [
      'a required option behind an optional one',
      { ...help, options: [option('a'), option('b', true)] },
      'OPTIONS_REQUIRED_INVALID',
    ],
  ])('refuses %s', async (_, command, words) => {
    const { code, raw } = await refusal(rest.put(Routes.applicationCommands(BOT.id), { body: [command] }));
    expect(code).toBe(50035);
    expect(JSON.stringify(raw)).toContain(words);
  });
});
