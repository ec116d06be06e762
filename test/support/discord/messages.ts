// The messages: kept, shown as JSON with addresses signed at that moment, and announced to the gateway when they come, change or go.
import { type APIUser, MessageFlags, MessageType } from 'discord.js';
import type { Clock } from '../../../src/core/clock.ts';
import type { MessageBody } from './bodies.ts';
import type { Changes } from './changes.ts';
import { type Composed, compose } from './compose.ts';
import type { Files, StoredFile, Upload } from './files.ts';
import { type KeptMessage, type Message, withAddresses } from './message-shape.ts';
import { BOT } from './places.ts';
import { refusals } from './refusals.ts';
import { wireChannel, wireMember, wireUser } from './wire.ts';
import type { Channel, World } from './world.ts';

export interface Draft {
  channel: Channel;
  authorId: string;
  body: MessageBody;
  uploads: readonly Upload[];
  /** Only this person sees it. */
  seenBy?: string;
  interaction?: Record<string, unknown>;
  /** The answer is still to come: what "thinking" shows. */
  loading?: boolean;
  /** The prefix of paths in a refusal. */
  at?: readonly string[];
}
export interface Change {
  body: MessageBody;
  uploads: readonly Upload[];
  at?: readonly string[];
}

export interface Messages {
  create: (draft: Draft) => Promise<Message>;
  edit: (messageId: string, change: Change) => Promise<Message>;
  remove: (messageId: string) => void;
  /** The message in that channel; one only some person sees counts only with `whispered`. */
  find: (channelId: string, messageId: string, whispered?: boolean) => Message;
  /** Every message of a channel, oldest first, also those only one person sees. */
  all: (channelId: string) => (Message & { seenBy: string | null })[];
}

const SETTABLE = MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2 | MessageFlags.SuppressNotifications;

export function openMessages(options: {
  clock: Clock;
  nextId: () => string;
  world: World;
  files: Files;
  changes: Changes;
  announce: (event: string, data: object, channel: Channel) => void;
}): Messages {
  const { clock, nextId, world, files, changes, announce } = options;
  const kept = new Map<string, KeptMessage>();

  const stamp = (): string => clock.now().toString({ fractionalSecondDigits: 6 }).replace('Z', '+00:00');

  function show(message: KeptMessage, whole = true): Message {
    const { files: held, seenBy: _, ...rest } = message;
    const thread = world.channels.get(message.id);
    const attachments = held.map(files.attachment);
    const components = withAddresses(message.components, attachments);
    const replied = message.message_reference && (kept.get(message.message_reference.message_id) ?? null);
    return {
      ...rest,
      attachments,
      components,
      flags: rest.flags | (thread ? MessageFlags.HasThread : 0),
      ...(thread ? { thread: wireChannel(world, thread) } : {}),
      ...(replied === undefined || !whole ? {} : { referenced_message: replied && show(replied, false) }),
    };
  }

  function tell(event: string, message: KeptMessage, channel: Channel): void {
    const guild = channel.guildId === null ? undefined : world.guilds.get(channel.guildId);
    const member = guild?.members.get(message.author.id);
    const { user: _, ...partial } = member ? wireMember(world, member) : { user: undefined };
    const channel_type = wireChannel(world, channel).type;
    if (message.seenBy === null)
      announce(event, { ...show(message), ...guildOf(channel), channel_type, ...(member ? { member: partial } : {}) }, channel);
    changes.happened();
  }

  function get(messageId: string): KeptMessage {
    const message = kept.get(messageId);
    if (!message) throw refusals.unknownMessage();
    return message;
  }

  function sameNonce(body: MessageBody, authorId: string): KeptMessage | undefined {
    if (!body.enforce_nonce || body.nonce === undefined || body.nonce === null) return undefined;
    const since = clock.now().subtract({ minutes: 5 });
    return [...kept.values()].find(
      (each) => each.nonce === body.nonce && each.author.id === authorId && Temporal.Instant.compare(each.timestamp, since) >= 0,
    );
  }

  /** The message a draft becomes. An unknown message cannot be answered, unless the draft does not mind. */
  function drafted(draft: Draft, made: Composed, held: StoredFile[]): KeptMessage {
    const { channel, body } = draft;
    const reference = body.message_reference?.message_id;
    if (reference !== undefined && !kept.has(reference) && body.message_reference?.fail_if_not_exists !== false)
      throw refusals.unknownMessage();
    const hidden = draft.seenBy === undefined ? 0 : MessageFlags.Ephemeral;
    return {
      id: nextId(),
      channel_id: channel.id,
      type: reference ? MessageType.Reply : draft.interaction?.type === 2 ? MessageType.ChatInputCommand : MessageType.Default,
      author: wireUser(world.user(draft.authorId)),
      content: made.content,
      timestamp: stamp(),
      edited_timestamp: null,
      tts: false,
      pinned: false,
      mention_everyone: false,
      // a reply also mentions whom it answers
      mentions: usersOf([...made.mentionedUsers, ...authorOf(reference)]),
      mention_roles: made.mentionedRoles,
      embeds: made.embeds,
      components: made.components,
      flags: made.flags | hidden | (draft.loading ? MessageFlags.Loading : 0),
      files: held,
      seenBy: draft.seenBy ?? null,
      ...(body.nonce === undefined || body.nonce === null ? {} : { nonce: body.nonce }),
      ...(reference
        ? { message_reference: { type: 0, channel_id: channel.id, message_id: reference, ...guildOf(channel) } }
        : {}),
      ...(draft.interaction ? { interaction_metadata: draft.interaction, application_id: BOT.id, webhook_id: BOT.id } : {}),
    };
  }

  async function create(draft: Draft): Promise<Message> {
    const { channel, body, uploads, at } = draft;
    const again = sameNonce(body, draft.authorId);
    if (again) return show(again);
    const made = draft.loading ? EMPTY : compose(body, { uploads, allowedFlags: SETTABLE, ...(at ? { at } : {}) });
    const where = { folder: channel.id, ephemeral: false };
    const held = await Promise.all(made.uploads.map((upload) => files.add(upload, where)));
    const message = drafted(draft, made, held);
    kept.set(message.id, message);
    tell('MESSAGE_CREATE', message, channel);
    return show(message);
  }

  const authorOf = (messageId: string | undefined): string[] => {
    const author = messageId === undefined ? undefined : kept.get(messageId)?.author.id;
    return author === undefined ? [] : [author];
  };

  const usersOf = (ids: readonly string[]): APIUser[] =>
    ids.flatMap((id) => {
      const user = world.users.get(id);
      return user ? [wireUser(user)] : [];
    });

  async function edit(messageId: string, change: Change): Promise<Message> {
    const before = get(messageId);
    const { body, uploads, at } = change;
    const made = compose(body, { uploads, before, allowedFlags: SETTABLE, ...(at ? { at } : {}) });
    const where = { folder: before.channel_id, ephemeral: false };
    const held = await Promise.all(made.uploads.map((upload) => files.add(upload, where)));
    const first = (before.flags & MessageFlags.Loading) !== 0;
    const after: KeptMessage = {
      ...before,
      content: made.content,
      embeds: made.embeds,
      components: made.components,
      flags: made.flags,
      mentions: usersOf(made.mentionedUsers),
      mention_roles: made.mentionedRoles,
      files: [...made.kept, ...held],
      edited_timestamp: first ? null : stamp(),
    };
    kept.set(messageId, after);
    const channel = world.channel(after.channel_id);
    tell('MESSAGE_UPDATE', after, channel);
    return show(after);
  }

  return {
    create,
    edit,
    remove: (messageId) => {
      const message = get(messageId);
      const channel = world.channel(message.channel_id);
      kept.delete(messageId);
      for (const file of message.files) files.lose(file.id);
      if (message.seenBy === null)
        announce('MESSAGE_DELETE', { id: messageId, channel_id: channel.id, ...guildOf(channel) }, channel);
      changes.happened();
    },
    find: (channelId, messageId, whispered = false) => {
      const message = get(messageId);
      if (message.channel_id !== channelId || (message.seenBy !== null && !whispered)) throw refusals.unknownMessage();
      return show(message);
    },
    all: (channelId) =>
      [...kept.values()]
        .filter((message) => message.channel_id === channelId)
        .map((message) => ({ ...show(message), seenBy: message.seenBy })),
  };
}

const EMPTY = {
  content: '',
  embeds: [],
  components: [],
  flags: 0,
  kept: [],
  uploads: [],
  mentionedUsers: [],
  mentionedRoles: [],
} satisfies Composed;

const guildOf = (channel: Channel): { guild_id?: string } => (channel.guildId === null ? {} : { guild_id: channel.guildId });
