// Buttons, selects and modals on the test Discord.
import { ButtonStyle, type Client, ComponentType, MessageFlags, TextInputStyle } from 'discord.js';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { logIn, onCommand, onNext } from './log-in.ts';
import { ANN, BOB, GUILD_A } from './places.ts';
import { type DiscordServer, openDiscordServer } from './server.ts';

let discord: DiscordServer;
let client: Client<true>;
const picture = await sharp({ create: { width: 12, height: 8, channels: 3, background: 'red' } })
  .png()
  .toBuffer();

beforeEach(async () => {
  discord = await openDiscordServer();
  client = await logIn(discord);
  await client.application.commands.set([{ name: 'schedule', description: 'Schedule a post' }]);
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

describe('components and modals', () => {
  it('presses a button that updates the card for all, and chooses in a select', async () => {
    void onCommand(client, (interaction) => interaction.reply(card('Cancel')));
    const shown = await (await discord.as(ANN).slash('schedule')).reply();
    void onNext(client, async (interaction) => {
      if (!interaction.isButton()) return;
      const options = [
        { label: 'One', value: '1' },
        { label: 'Two', value: '2' },
      ];
      const menu = { type: ComponentType.StringSelect as const, custom_id: 'pick', options };
      await interaction.update({ components: [{ type: ComponentType.ActionRow as const, components: [menu] }] });
    });
    const updated = await (await discord.as(BOB).press(shown, 'Cancel')).reply();
    expect(updated.id).toBe(shown.id);
    await expect(discord.as(BOB).press(shown, 'Cancel')).rejects.toThrow('shows no button Cancel; it shows pick');
    const values = onNext(client, async (interaction) => {
      if (!interaction.isStringSelectMenu()) return undefined;
      await interaction.deferUpdate();
      await interaction.editReply({ components: card('Again').components });
      return interaction.values;
    });
    const after = await (await discord.as(BOB).select(updated, 'pick', ['2'])).reply();
    expect(await values).toEqual(['2']);
    expect(JSON.stringify(after.components)).toContain('Again');
    const stale = await discord.as(BOB).press(shown, 'Cancel', { stale: true });
    expect(stale.interaction.messageId).toBe(shown.id);
  });

  const form = {
    custom_id: 'form',
    title: 'Schedule',
    components: [
      { type: ComponentType.TextDisplay as const, content: 'What shall go out?' },
      {
        type: ComponentType.Label as const,
        label: 'Text',
        component: {
          type: ComponentType.TextInput as const,
          custom_id: 'text',
          style: TextInputStyle.Paragraph,
          max_length: 300,
        },
      },
      {
        type: ComponentType.Label as const,
        label: 'Where',
        component: {
          type: ComponentType.StringSelect as const,
          custom_id: 'targets',
          max_values: 2,
          options: [
            { label: 'Bluesky', value: 'bluesky', default: true },
            { label: 'Mastodon', value: 'mastodon' },
          ],
        },
      },
      {
        type: ComponentType.Label as const,
        label: 'Files',
        component: { type: ComponentType.FileUpload as const, custom_id: 'files', required: false, max_values: 4 },
      },
    ],
  };

  it('opens a modal, which is filled in with text, choices and files', async () => {
    void onCommand(client, (interaction) => interaction.showModal(form));
    const modal = await (await discord.as(ANN).slash('schedule')).modal();
    expect(modal.form.title).toBe('Schedule');
    const read = onNext(client, async (interaction) => {
      if (!interaction.isModalSubmit()) return undefined;
      const files = interaction.fields.getUploadedFiles('files');
      await interaction.reply('got it');
      const names = files?.map((file) => `${file.name} ${file.width}`);
      return [interaction.fields.getTextInputValue('text'), interaction.fields.getStringSelectValues('targets'), names];
    });
    const filled = { text: 'We are live', targets: ['mastodon', 'bluesky'], files: [{ name: 'cake.png', bytes: picture }] };
    const submitted = await discord.as(ANN).submit(modal, filled);
    expect((await submitted.reply()).content).toBe('got it');
    expect(await read).toEqual(['We are live', ['mastodon', 'bluesky'], ['cake.png 12']]);
  });

  it('lets nobody submit what the client itself would refuse', async () => {
    void onCommand(client, (interaction) => interaction.showModal(form));
    const modal = await (await discord.as(ANN).slash('schedule')).modal();
    const submit = (filled: Parameters<ReturnType<DiscordServer['as']>['submit']>[1]) => discord.as(ANN).submit(modal, filled);
    await expect(submit({})).rejects.toThrow('text is required');
    await expect(submit({ text: 'x'.repeat(301) })).rejects.toThrow('text takes at most 300 characters');
    await expect(submit({ text: 'x', targets: ['x'] })).rejects.toThrow('targets does not offer x');
    await expect(submit({ text: 'x', nothing: 'x' })).rejects.toThrow('the modal has no field nothing');
  });

  it('refuses a modal in answer to a modal, and an update where there is no message', async () => {
    void onCommand(client, (interaction) => interaction.showModal(form));
    const modal = await (await discord.as(ANN).slash('schedule')).modal();
    const refused = onNext(client, async (interaction) => {
      if (!interaction.isModalSubmit()) return undefined;
      const first = await interaction.deferUpdate().catch((error: unknown) => error);
      await interaction.reply('fine');
      return first;
    });
    await discord.as(ANN).submit(modal, { text: 'hello' });
    expect(await refused).toMatchObject({ code: 50035, rawError: { errors: { type: {} } } });
  });

  it('names the roles that were chosen, in a message and in a modal', async () => {
    const menu = { type: ComponentType.RoleSelect as const, custom_id: 'roles', max_values: 2 };
    const rows = [{ type: ComponentType.ActionRow as const, components: [menu] }];
    const question = { content: 'Who may approve?', flags: MessageFlags.Ephemeral as const, components: rows };
    void onCommand(client, (interaction) => interaction.reply(question));
    const asked = await (await discord.as(ANN).slash('schedule')).reply();
    const chosen = onNext(client, async (interaction) => {
      if (!interaction.isRoleSelectMenu()) return undefined;
      const label = { type: ComponentType.Label as const, label: 'And who may post?', component: menu };
      await interaction.showModal({ custom_id: 'more', title: 'Roles', components: [label] });
      return interaction.roles.map((role) => role.name);
    });
    const modal = await (await discord.as(ANN).select(asked, 'roles', [GUILD_A.roles.marketing])).modal();
    expect(await chosen).toEqual(['Marketing']);
    const submitted = onNext(client, async (interaction) => {
      if (!interaction.isModalSubmit() || !interaction.isFromMessage()) return undefined;
      await interaction.update({ content: 'Saved', components: [] });
      return interaction.fields.getSelectedRoles('roles')?.map((role) => role?.name);
    });
    const after = await (await discord.as(ANN).submit(modal, { roles: [GUILD_A.roles.admin] })).reply();
    expect(await submitted).toEqual(['Admin']);
    expect([after.id, after.content]).toEqual([asked.id, 'Saved']);
  });
});
