// The conversation in Discord: slash commands with typed options, presses and modals, through the real discord.js client.
import { ComponentType } from 'discord.js';
import { z } from 'zod';
import { readArguments } from '../../../src/bots/arguments.ts';
import { commands } from '../../../src/bots/commands/index.ts';
import { optionsOf } from '../../../src/bots/discord/option-names.ts';
import { openCommands, splitLine } from '../../../src/bots/run.ts';
import { PUBLISHED } from '../../core/usecases/newsroom.ts';
import type { Component } from '../../support/discord/bodies.ts';
import type { Message } from '../../support/discord/message-shape.ts';
import { ANN, GUILD_A } from '../../support/discord/places.ts';
import type { OpenModal, Sent } from '../../support/discord/sent.ts';
import type { Typed } from '../../support/discord/typed.ts';
import { componentsIn } from '../discord/component-rules.ts';
import { type DiscordDesk, openDiscordDesk } from '../discord/discord-desk.ts';
import { readText } from '../discord/read-markdown.ts';
import { type Filled, type Front, inOneRow, type Picture } from './front.ts';

const { social } = GUILD_A.channels;

export async function openDiscordFront(): Promise<Front> {
  const desk = await openDiscordDesk();
  const { discord, ann } = desk;
  let modal: OpenModal | null = null;
  let changed: Message[] = [];

  /** Does something, and keeps what has changed of all that Ann sees. */
  async function see(deed: () => Promise<Sent | null>): Promise<void> {
    const before = new Map(shownIn(desk).map((message) => [message.id, JSON.stringify(message)]));
    const sent = await deed();
    const answer = await sent?.answer();
    await desk.idle();
    modal = answer?.modal && sent ? await sent.modal() : null;
    changed = shownIn(desk).filter((message) => before.get(message.id) !== JSON.stringify(message));
  }
  async function press(label: string): Promise<void> {
    const on = shownIn(desk).findLast((message) => hasButton(message, label));
    if (!on) throw new Error(`nothing that is shown has a button "${label}"`);
    const option = optionOn(on, label);
    await see(() => (option ? ann.select(on, option.menu, [option.value]) : ann.press(on, label)));
    // what takes something away is asked about first; Slack's own dialog does the same there
    const sure = changed.flatMap(labelsOn).find((each) => each.startsWith('Yes, '));
    if (sure !== undefined) await press(sure);
  }
  /** Discord closes a form whatever is answered: what was refused, or goes on, is behind a button. */
  async function openForm(): Promise<OpenModal> {
    const label = ['Open the form again', 'Open the form'].find((each) => changed.some((message) => hasButton(message, each)));
    if (modal === null && label !== undefined) await press(label);
    if (modal === null) throw new Error('no form is open');
    return modal;
  }

  return {
    say: (line, picture) =>
      see(() => {
        const { name, typed } = typedFor(line, picture);
        return ann.slash(name, typed);
      }),
    press,
    fill: async (values) => {
      const form = await openForm();
      await see(() => ann.submit(form, filledIn(form, values)));
    },
    publishDue: () => see(() => desk.settle(PUBLISHED).then(() => null)),
    lastReplyText: () => inOneRow([...changed, ...(modal ? [modal.form] : [])].map(wordsOf).join('\n')),
    everythingShown: () => JSON.stringify(discord.calls()),
    newsroom: desk.newsroom,
    log: desk.log,
    workspaceId: (await desk.enter(GUILD_A)).workspace.id,
    ownWords: { [`@${GUILD_A.name.toLowerCase()}`]: '@team', [GUILD_A.id]: 'team', [ANN.id]: 'ann' },
    problems: () => discord.troubles,
    close: desk.close,
  };
}

/** In the channel, in the threads of its messages, and for Ann alone; the newest last. */
function shownIn({ discord }: DiscordDesk): Message[] {
  const inChannel = discord.messages(social);
  const inThreads = inChannel.flatMap(({ id }) => discord.thread(id));
  return [...inChannel, ...inThreads, ...discord.whispers(social, ANN)].sort((one, other) =>
    BigInt(one.id) < BigInt(other.id) ? -1 : 1,
  );
}

const wordsOf = ({ components }: { components: readonly Component[] }): string => readText(components);

const labelsOn = ({ components }: Message): string[] =>
  componentsIn(components).flatMap((each) =>
    each.type === ComponentType.Button && typeof each.label === 'string' ? [each.label] : [],
  );

const Choices = z.object({ custom_id: z.string(), options: z.array(z.object({ label: z.string(), value: z.string() })) });

/** What is chosen from a menu by this label. */
function optionOn({ components }: Message, label: string): { menu: string; value: string } | undefined {
  for (const component of componentsIn(components)) {
    const { data } = Choices.safeParse(component);
    const option = data?.options.find((each) => each.label === label);
    if (data && option) return { menu: data.custom_id, value: option.value };
  }
  return undefined;
}

const hasButton = (message: Message, label: string): boolean =>
  labelsOn(message).includes(label) || optionOn(message, label) !== undefined;

const known = openCommands(commands);

/** A line as it is typed into the options of its command. */
function typedFor(line: string, picture?: Picture): { name: string; typed: Typed } {
  const { name, text } = splitLine(line) ?? { name: '', text: '' };
  const command = known.find(name);
  if (!command) throw new Error(`there is no command /${name}`);
  const args = readArguments(command, text);
  const options = optionsOf(command).filter(({ part }) => part === undefined);
  const stranger = Object.keys(args).find((each) => !options.some(({ argument }) => argument.name === each));
  if (stranger !== undefined) throw new Error(`/${name} has no option for ${stranger}`);
  const words = options.flatMap(({ name: option, argument }) => {
    const value = args[argument.name];
    return value === undefined ? [] : [[option, value] as const];
  });
  const shared = picture ? { media: { name: picture.name, bytes: picture.bytes }, 'media-text': picture.altText } : {};
  return { name, typed: { ...Object.fromEntries(words), ...shared } };
}

/** By custom id: what is typed, and of choices the one that begins so. */
function filledIn({ form }: OpenModal, values: Filled): Record<string, string | string[]> {
  const labels = form.components.filter(({ type }) => type === ComponentType.Label);
  return Object.fromEntries(
    Object.entries(values).map(([label, value]) => {
      const input = labels.find((each) => each.label === label)?.component;
      if (!input?.custom_id) throw new Error(`no field "${label}" among ${labels.map((each) => each.label).join(', ')}`);
      if (!input.options) return [input.custom_id, value];
      const option = input.options.find((each) => each.label.startsWith(value));
      if (!option) throw new Error(`"${label}" does not offer "${value}"`);
      return [input.custom_id, [option.value]];
    }),
  );
}
