// Interactions on the test Discord: every way to answer, and every way to be too late.
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ButtonStyle,
  type Client,
  ComponentType,
  Events,
  type Interaction,
  MessageFlags,
} from 'discord.js';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clockAt, type TestClock } from '../clock.ts';
import { logIn, onCommand, onNext } from './log-in.ts';
import { ANN, BOB, ELSEWHERE, GUILD_A, GUILD_B } from './places.ts';
import { type DiscordServer, openDiscordServer } from './server.ts';

let discord: DiscordServer;
let client: Client<true>;
let clock: TestClock;
const picture = await sharp({ create: { width: 12, height: 8, channels: 3, background: 'red' } })
  .png()
  .toBuffer();

beforeEach(async () => {
  clock = clockAt('2026-03-02T08:00:00Z');
  discord = await openDiscordServer({ clock });
  client = await logIn(discord);
  await client.application.commands.set([
    {
      name: 'schedule',
      description: 'Schedule a post',
      options: [
        { name: 'when', description: 'When', type: ApplicationCommandOptionType.String, required: true, autocomplete: true },
        { name: 'media', description: 'A picture', type: ApplicationCommandOptionType.Attachment },
      ],
    },
    { name: 'connect', description: 'Connect', defaultMemberPermissions: '32', contexts: [0] },
    { name: 'Schedule this message', type: ApplicationCommandType.Message, integrationTypes: [0, 1] },
  ]);
});
afterEach(async () => {
  await client.destroy();
  await discord.close();
  expect(discord.troubles).toEqual([]);
});

const card = (label: string) => ({
  flags: MessageFlags.IsComponentsV2 as const,
  components: [
    { type: ComponentType.TextDisplay as const, content: 'A card' },
    {
      type: ComponentType.ActionRow as const,
      components: [
        { type: ComponentType.Button as const, style: ButtonStyle.Primary as const, label, custom_id: 'post/cancel/P1' },
      ],
    },
  ],
});

describe('a slash command', () => {
  it('carries options, a resolved file, the person with their permissions, and is answered', async () => {
    const asked = onCommand(client, async (interaction) => {
      const media = interaction.options.getAttachment('media', true);
      await interaction.reply(`${interaction.options.getString('when')} ${media.name} ${media.width}x${media.height}`);
      return interaction;
    });
    const sent = await discord.as(BOB).slash('schedule', { when: 'tomorrow', media: { name: 'cake.png', bytes: picture } });
    expect((await sent.reply()).content).toBe('tomorrow cake.png 12x8');
    expect((await sent.answer()).type).toBe(4);
    expect(await asked).toMatchObject({ locale: 'en-US', guildId: GUILD_A.id, channelId: GUILD_A.channels.social });
  });

  it('downloads its file until the address dies, and not with a changed one', async () => {
    const url = new Promise<string>((resolve) => {
      void onCommand(client, async (interaction) => {
        resolve(interaction.options.getAttachment('media', true).url);
        await interaction.reply('thanks');
      });
    });
    await discord.as(BOB).slash('schedule', { when: 'now', media: { name: 'my cake.png', bytes: picture } });
    const address = await url;
    const fetched = await fetch(address);
    expect(fetched.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await fetched.arrayBuffer()).equals(picture)).toBe(true);
    expect((await fetch(address.replace(/hm=../, 'hm=00'))).status).toBe(404);
    clock.forward({ hours: 25 });
    expect((await fetch(address)).status).toBe(404);
  });

  it('is answered privately: only that person sees it, and the channel does not', async () => {
    void onCommand(client, (interaction) => interaction.reply({ content: 'psst', flags: MessageFlags.Ephemeral }));
    await (await discord.as(ANN).slash('schedule', { when: 'now' })).reply();
    expect(discord.whispers(GUILD_A.channels.social, ANN).map((each) => each.content)).toEqual(['psst']);
    expect(discord.whispers(GUILD_A.channels.social, BOB)).toEqual([]);
    expect(discord.messages(GUILD_A.channels.social)).toEqual([]);
  });

  it('thinks, is edited, followed up, read and deleted through its token', async () => {
    const told = onCommand(client, async (interaction) => {
      await interaction.deferReply();
      await interaction.editReply({
        content: 'done',
        files: [{ attachment: picture, name: 'chart.png', description: 'A chart' }],
      });
      const more = await interaction.followUp({ content: 'more', flags: MessageFlags.Ephemeral });
      await interaction.webhook.editMessage(more, 'even more');
      const read = await interaction.fetchReply();
      await interaction.deleteReply();
      return read.attachments.first()?.description;
    });
    const sent = await discord.as(ANN).slash('schedule', { when: 'now' });
    expect((await sent.answer()).type).toBe(5);
    expect(await told).toBe('A chart');
    expect((await sent.followUps(1)).map((each) => each.content)).toEqual(['even more']);
    expect(discord.messages(GUILD_A.channels.social)).toEqual([]);
  });

  it('offers what the bot offers while the time is typed', async () => {
    void onNext(client, async (interaction) => {
      if (interaction.isAutocomplete())
        await interaction.respond([{ name: `as ${interaction.options.getFocused()}`, value: 'x' }]);
    });
    const typing = await discord.as(ANN).typing('schedule', { when: 'tom' }, 'when');
    expect(await typing.choices()).toEqual([{ name: 'as tom', value: 'x' }]);
  });

  it('returns the message it made, when asked to', async () => {
    const response = onCommand(client, (interaction) => interaction.reply({ ...card('Cancel'), withResponse: true }));
    await discord.as(ANN).slash('schedule', { when: 'now' });
    expect(await response).toMatchObject({ resource: { type: 4, message: { content: '' } } });
  });

  it('is not offered to those it is not for, nor with what it does not take', async () => {
    await expect(discord.as(BOB).slash('connect')).rejects.toThrow('bob is not offered connect');
    await expect(discord.as(ANN).inDm().slash('connect')).rejects.toThrow('not offered in that place');
    await expect(discord.as(ANN).slash('schedule')).rejects.toThrow('/schedule needs when');
    await expect(discord.as(ANN).slash('schedule', { when: 3 })).rejects.toThrow('when takes a string');
    await expect(discord.as(ANN).slash('schedul')).rejects.toThrow('no command schedul is registered');
  });

  it('works in the DM with the bot', async () => {
    const where = onCommand(client, async (interaction) => {
      await interaction.reply('here');
      return `${interaction.guildId} ${interaction.context} ${interaction.channel?.isDMBased()}`;
    });
    await discord.as(ANN).inDm().slash('schedule', { when: 'now' });
    expect(await where).toBe('null 1 true');
    await discord.until(() => discord.dms(ANN).find((each) => each.content === 'here'), 'the answer');
  });
});

describe('deadlines', () => {
  it('refuses a first answer after three seconds', async () => {
    const refused = onCommand(client, async (interaction) => {
      clock.forward({ milliseconds: 3_001 });
      await interaction.reply('late');
    });
    await discord.as(ANN).slash('schedule', { when: 'now' });
    expect(await refused).toMatchObject({ code: 10062, status: 404 });
  });

  it('refuses a second first answer', async () => {
    const both: Interaction[] = [];
    client.on(Events.InteractionCreate, (interaction) => void both.push(interaction));
    const sent = await discord.as(ANN).slash('schedule', { when: 'now' });
    sent.again();
    await expect.poll(() => both.length).toBe(2);
    const outcomes = await Promise.allSettled(both.map(async (each) => each.isChatInputCommand() && each.reply('me')));
    expect(outcomes.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find((each) => each.status === 'rejected')?.reason).toMatchObject({ code: 40060 });
    expect(discord.messages(GUILD_A.channels.social)).toHaveLength(1);
  });

  it('refuses everything after fifteen minutes, while ordinary messages still go out', async () => {
    const refused = onCommand(client, async (interaction) => {
      await interaction.reply('ok');
      clock.forward({ minutes: 16 });
      const channel = await client.channels.fetch(GUILD_A.channels.social);
      if (channel?.isSendable()) await channel.send('still here');
      await interaction.followUp('late');
    });
    await discord.as(ANN).slash('schedule', { when: 'now' });
    expect(await refused).toMatchObject({ code: 50027, status: 401 });
    expect(discord.messages(GUILD_A.channels.social).map((each) => each.content)).toEqual(['ok', 'still here']);
  });
});

describe('the message menu', () => {
  it('hands over the message with its files', async () => {
    const said = await discord
      .as(BOB)
      .say('Fresh bread', { files: [{ name: 'bread.png', bytes: picture, description: 'Bread' }] });
    const seen = onNext(client, async (interaction) => {
      if (!interaction.isMessageContextMenuCommand()) return undefined;
      await interaction.reply({ content: 'ok', flags: MessageFlags.Ephemeral });
      return [interaction.targetMessage.content, interaction.targetMessage.attachments.first()?.description];
    });
    await discord.as(ANN).contextMenu('Schedule this message', said);
    expect(await seen).toEqual(['Fresh bread', 'Bread']);
  });

  it('works where the bot is not, for a person who installed it', async () => {
    const there = discord.as(ANN).at(ELSEWHERE);
    const said = await discord.as(BOB).at(ELSEWHERE).say('Fresh bread');
    const seen = onNext(client, async (interaction) => {
      if (!interaction.isMessageContextMenuCommand()) return undefined;
      await interaction.reply({ content: 'ok', flags: MessageFlags.Ephemeral });
      return [
        interaction.inRawGuild(),
        interaction.authorizingIntegrationOwners.userId,
        interaction.authorizingIntegrationOwners.guildId,
      ];
    });
    await (await there.contextMenu('Schedule this message', said)).reply();
    expect(await seen).toEqual([true, ANN.id, null]);
    await expect(there.slash('schedule', { when: 'now' })).rejects.toThrow('cannot be installed by a person');
    expect(discord.gateway.sessions()[0]?.seq).toBe(4);
  });

  it('keeps the two servers apart', async () => {
    void onCommand(client, (interaction) => interaction.reply('only here'));
    await (await discord.as(ANN).at(GUILD_B).slash('schedule', { when: 'now' })).reply();
    expect(discord.messages(GUILD_A.channels.social)).toEqual([]);
    expect(discord.messages(GUILD_B.channels.social)).toHaveLength(1);
  });
});
