// What people do in Discord: type commands, press, choose, fill in, and talk. Each becomes the documented gateway event.
// https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object (2026-11-22)
import { randomUUID } from 'node:crypto';
import { ApplicationCommandType, ComponentType, InteractionType as Kind } from 'discord.js';
import type { Component } from './bodies.ts';
import type { RegisteredCommand } from './commands.ts';
import { eachComponent } from './component-checks.ts';
import type { StoredFile, Upload } from './files.ts';
import type { House } from './house.ts';
import type { Message } from './message-shape.ts';
import { checkHowMany, type Filled, fillIn } from './modals.ts';
import { BOT, GUILD_A, type Person, type Place } from './places.ts';
import { type OpenModal, type Sent, sent } from './sent.ts';
import { chosenEntities, offered, surroundings, type Where } from './surroundings.ts';
import { readTyped, type Typed } from './typed.ts';

export interface As {
  /** The same person in that server's #social, or in that channel or thread of it. */
  at: (place: Place, channelId?: string) => As;
  /** The same person in their DM with the bot. */
  inDm: () => As;
  /** Sends a slash command: `schedule`, or `settings timezone` for a subcommand. */
  slash: (name: string, typed?: Typed) => Promise<Sent>;
  /** Types on in one option, which asks for what to offer there. */
  typing: (name: string, typed: Typed, focused: string) => Promise<Sent>;
  /** Picks a message command from a message's menu. */
  contextMenu: (name: string, message: Message) => Promise<Sent>;
  /** Presses a button by its label or custom id. `stale` presses what an old view of the message still shows. */
  press: (message: Message, button: string, options?: { stale?: boolean }) => Promise<Sent>;
  /** Chooses in a select menu. */
  select: (message: Message, customId: string, values: readonly string[]) => Promise<Sent>;
  /** Fills a modal in and submits it. */
  submit: (modal: OpenModal, filled?: Filled) => Promise<Sent>;
  /** Says something; `mention` is how the bot is addressed. */
  say: (text: string, options?: { files?: readonly Upload[]; replyTo?: Message }) => Promise<Message>;
}

export const mention = `<@${BOT.id}>`;

const ATTACHMENT_LIMIT_BYTES = 10 * 1024 * 1024;
const PRESSABLE: readonly number[] = [
  ComponentType.Button,
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.ChannelSelect,
  ComponentType.MentionableSelect,
];

export function personKit(house: House, person: Person, given?: Where): As {
  const { world, messages, interactions, gateway, nextId, files } = house;
  const at = (place: Place, channelId = place.channels.social): Where => ({
    channel: world.channel(channelId),
    guild: world.guild(place.id),
  });
  const where = given ?? at(GUILD_A);
  const { channel } = where;
  const store = (upload: Upload): Promise<StoredFile> => files.add(upload, { folder: channel.id, ephemeral: true });
  const resolved = (stored: readonly StoredFile[], ids: readonly string[] = []): object => {
    const attachments = Object.fromEntries(stored.map((file) => [file.id, files.attachment(file)]));
    const all = { ...chosenEntities(house, where, ids), ...(stored.length > 0 ? { attachments } : {}) };
    return Object.keys(all).length > 0 ? { resolved: all } : {};
  };

  function send(kind: number, data: object, options: { command?: RegisteredCommand; message?: Message } = {}): Sent {
    const [id, token] = [nextId(), randomUUID().replaceAll('-', '')];
    const { command, message } = options;
    const payload = {
      ...{ id, token, type: kind, application_id: BOT.id, version: 1, data, entitlements: [], locale: person.locale },
      ...{ channel_id: channel.id, attachment_size_limit: ATTACHMENT_LIMIT_BYTES },
      ...surroundings(house, where, person, command),
      ...(message ? { message } : {}),
    };
    const onlyByPerson = where.guild !== null && !where.guild.members.has(BOT.id);
    const about = { id, token, kind, channel, userId: person.id, messageId: message?.id ?? null, onlyByPerson, payload };
    const interaction = interactions.begin(about);
    gateway.dispatch('INTERACTION_CREATE', payload, channel.guildId);
    return sent(house, interaction);
  }

  async function typed(line: string, values: Typed, focused?: string): Promise<Sent> {
    const [name = '', ...words] = line.split(' ');
    const command = offered(house, where, person, name, ApplicationCommandType.ChatInput);
    const read = await readTyped(command, words, values, { store, ...(focused === undefined ? {} : { focused }) });
    const kind = focused === undefined ? Kind.ApplicationCommand : Kind.ApplicationCommandAutocomplete;
    return send(kind, { ...named(command), options: read.options, ...resolved(read.files) }, { command });
  }

  /** The message as it is now, and the component in it, or with `stale` as this person still sees it. */
  function pressed(
    message: Message,
    wanted: (component: Component) => boolean,
    what: string,
    stale = false,
  ): { now: Message; component: Component } {
    const now = messages.find(message.channel_id, message.id, true);
    const seen = [...eachComponent((stale ? message : now).components)].map(({ component }) => component);
    const component = seen.find((each) => PRESSABLE.includes(each.type) && wanted(each));
    if (!component)
      throw new Error(`the message shows no ${what}; it shows ${seen.flatMap((each) => each.custom_id ?? []).join(', ')}`);
    if (component.disabled) throw new Error(`${what} is disabled`);
    return { now, component };
  }

  return {
    at: (place, channelId) => personKit(house, person, at(place, channelId)),
    inDm: () => personKit(house, person, { channel: world.dmWith(person.id, nextId), guild: null }),
    slash: (name, values = {}) => typed(name, values),
    typing: (name, values, focused) => typed(name, values, focused),
    contextMenu: async (name, message) => {
      const command = offered(house, where, person, name, ApplicationCommandType.Message);
      return send(
        Kind.ApplicationCommand,
        { ...named(command), target_id: message.id, resolved: { messages: { [message.id]: message } } },
        { command },
      );
    },
    press: async (message, button, options) => {
      const wanted = (each: Component): boolean => each.custom_id === button || each.label === button;
      const { now, component } = pressed(message, wanted, `button ${button}`, options?.stale);
      const { custom_id, id, type } = component;
      return send(Kind.MessageComponent, { custom_id, id, component_type: type }, { message: now });
    },
    select: async (message, customId, values) => {
      const { now, component } = pressed(message, (each) => each.custom_id === customId, `select ${customId}`);
      const { id, type, options } = component;
      const stranger = values.find(
        (value) => type === ComponentType.StringSelect && !options?.some((option) => option.value === value),
      );
      if (stranger !== undefined) throw new Error(`${customId} does not offer ${stranger}`);
      checkHowMany(component, values.length);
      const data = {
        custom_id: customId,
        id,
        component_type: type,
        values,
        ...resolved([], type === ComponentType.StringSelect ? [] : values),
      };
      return send(Kind.MessageComponent, data, { message: now });
    },
    submit: async (modal, filled = {}) => {
      const { files: stored, entityIds, ...data } = await fillIn(modal.form, filled, store);
      const { messageId } = modal.from;
      const message = messageId === null ? undefined : messages.find(modal.from.channel.id, messageId, true);
      return send(Kind.ModalSubmit, { ...data, ...resolved(stored, entityIds) }, message ? { message } : {});
    },
    say: (text, { files: uploads = [], replyTo } = {}) => {
      const reference = replyTo ? { message_reference: { message_id: replyTo.id } } : {};
      return messages.create({ channel, authorId: person.id, body: { content: text, ...reference }, uploads });
    },
  };
}

const named = ({ id, name, type, guild_id }: RegisteredCommand): object => ({
  id,
  name,
  type,
  ...(guild_id ? { guild_id } : {}),
});
