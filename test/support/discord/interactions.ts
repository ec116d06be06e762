// Interactions: what a person did, how the bot answered, and whether it still may.
// Three seconds for the first answer, fifteen minutes for the rest, once each:
// https://docs.discord.com/developers/interactions/receiving-and-responding (2026-11-22)
import { InteractionResponseType as Answer, InteractionType as Kind, MessageFlags } from 'discord.js';
import type { Clock } from '../../../src/core/clock.ts';
import { CallbackBody, type Choice, ChoicesBody, MessageBody, ModalBody, readBody } from './bodies.ts';
import type { Changes } from './changes.ts';
import { checkModal } from './component-checks.ts';
import type { Upload } from './files.ts';
import type { Message } from './message-shape.ts';
import type { Messages } from './messages.ts';
import { BOT } from './places.ts';
import { checkCount, checkLength, openProblems, refusals } from './refusals.ts';
import { wireUser } from './wire.ts';
import type { Channel, World } from './world.ts';

/** What the bot said first. */
export interface Callback {
  type: number;
  /** Real milliseconds since the interaction was sent. */
  ms: number;
  choices: Choice[];
  modal: ModalBody | null;
}
export interface Interaction {
  id: string;
  token: string;
  kind: number;
  channel: Channel;
  userId: string;
  /** The message the pressed component is on, or from which the modal was opened. */
  messageId: string | null;
  sentAt: Temporal.Instant;
  sentAtMs: number;
  /** The app is not in that server; a person brought it along. */
  onlyByPerson: boolean;
  /** As it goes over the gateway. */
  payload: Record<string, unknown>;
  callback: Callback | null;
  /** What `@original` is. */
  originalId: string | null;
  /** How often `@original` was edited through the token. */
  edits: number;
  followupIds: string[];
}

export interface Interactions {
  begin: (
    given: Pick<Interaction, 'id' | 'token' | 'kind' | 'channel' | 'userId' | 'messageId' | 'onlyByPerson' | 'payload'>,
  ) => Interaction;
  /** POST callback. Refuses unknown (10062), late (10062) and second (40060) answers. Returns the message where one came of it. */
  answer: (
    id: string,
    token: string,
    body: unknown,
    uploads: readonly Upload[],
  ) => Promise<{ interaction: Interaction; message: Message | null }>;
  /** The interaction behind a webhook token. Refuses unknown (10015) and dead (50027) ones. */
  behind: (token: string) => Interaction;
  followUp: (token: string, body: unknown, uploads: readonly Upload[]) => Promise<Message>;
  /** The id of a message that belongs to the interaction; `@original` is the first answer. */
  messageId: (interaction: Interaction, name: string) => string;
  edit: (token: string, name: string, body: unknown, uploads: readonly Upload[]) => Promise<Message>;
  remove: (token: string, name: string) => void;
}

const FIRST_ANSWER = { seconds: 3 };
const TOKEN_LIFE = { minutes: 15 };
/** Where only a person installed the app. */
const FOLLOW_UPS_OUTSIDE = 5;
const MAY_ANSWER: Record<number, readonly number[]> = {
  [Kind.ApplicationCommand]: [Answer.ChannelMessageWithSource, Answer.DeferredChannelMessageWithSource, Answer.Modal],
  [Kind.MessageComponent]: [4, 5, 6, 7, 9],
  [Kind.ApplicationCommandAutocomplete]: [Answer.ApplicationCommandAutocompleteResult],
  [Kind.ModalSubmit]: [4, 5, 6, 7],
};

export function openInteractions(options: { clock: Clock; world: World; messages: Messages; changes: Changes }): Interactions {
  const { clock, world, messages, changes } = options;
  const byToken = new Map<string, Interaction>();
  const answering = new Set<string>();
  const past = (interaction: Interaction, life: Temporal.DurationLike): boolean =>
    Temporal.Instant.compare(clock.now(), interaction.sentAt.add(life)) > 0;

  function write(
    interaction: Interaction,
    body: MessageBody,
    more: { uploads: readonly Upload[]; loading?: boolean; at?: readonly string[] },
  ): Promise<Message> {
    const onlyFor = ((body.flags ?? 0) & MessageFlags.Ephemeral) === 0 ? {} : { seenBy: interaction.userId };
    const from = { id: interaction.id, type: interaction.kind, user: wireUser(world.user(interaction.userId)) };
    const owners = interaction.payload.authorizing_integration_owners;
    const about = interaction.messageId === null ? {} : { interacted_message_id: interaction.messageId };
    const metadata = { ...from, authorizing_integration_owners: owners, ...about };
    return messages.create({ channel: interaction.channel, authorId: BOT.id, body, interaction: metadata, ...onlyFor, ...more });
  }

  function checkType(interaction: Interaction, type: number): void {
    const allowed = (MAY_ANSWER[interaction.kind] ?? []).filter(
      (each) => ![6, 7].includes(each) || interaction.messageId !== null,
    );
    if (allowed.includes(type)) return;
    const problems = openProblems();
    problems.note(['type'], 'BASE_TYPE_CHOICES', `Value must be one of {${allowed.join(', ')}}.`);
    problems.throwIfAny();
  }

  async function perform(
    interaction: Interaction,
    type: number,
    data: unknown,
    uploads: readonly Upload[],
  ): Promise<{ message: Message | null; callback: Callback }> {
    const at = ['data'];
    const callback: Callback = { type, ms: performance.now() - interaction.sentAtMs, choices: [], modal: null };
    switch (type) {
      case Answer.ChannelMessageWithSource:
        return { callback, message: await write(interaction, readBody(MessageBody, data, at), { uploads, at }) };
      case Answer.DeferredChannelMessageWithSource: {
        const body = readBody(MessageBody, data, at);
        refuseFlags(body.flags ?? 0);
        return { callback, message: await write(interaction, body, { uploads: [], loading: true }) };
      }
      case Answer.UpdateMessage:
        return {
          callback,
          message: await messages.edit(interaction.messageId ?? '', { body: readBody(MessageBody, data, at), uploads, at }),
        };
      case Answer.ApplicationCommandAutocompleteResult:
        return { callback: { ...callback, choices: readChoices(data) }, message: null };
      case Answer.Modal: {
        const modal = readBody(ModalBody, data, at);
        checkModal(modal);
        return { callback: { ...callback, modal }, message: null };
      }
      default:
        return { callback, message: null };
    }
  }

  function behind(token: string): Interaction {
    const interaction = byToken.get(token);
    if (!interaction?.callback) throw refusals.unknownWebhook();
    if (past(interaction, TOKEN_LIFE)) throw refusals.invalidWebhookToken();
    return interaction;
  }

  function messageId(interaction: Interaction, name: string): string {
    const id = name === '@original' ? interaction.originalId : name;
    if (id === null || (id !== interaction.originalId && !interaction.followupIds.includes(id))) throw refusals.unknownMessage();
    return id;
  }

  async function edit(token: string, name: string, body: unknown, uploads: readonly Upload[]): Promise<Message> {
    const interaction = behind(token);
    const id = messageId(interaction, name);
    const message = await messages.edit(id, { body: readBody(MessageBody, body), uploads });
    if (id === interaction.originalId) interaction.edits += 1;
    changes.happened();
    return message;
  }

  return {
    begin: (given) => {
      const started = {
        sentAt: clock.now(),
        sentAtMs: performance.now(),
        callback: null,
        originalId: null,
        edits: 0,
        followupIds: [],
      };
      const interaction: Interaction = { ...given, ...started };
      byToken.set(given.token, interaction);
      return interaction;
    },
    answer: async (id, token, body, uploads) => {
      const interaction = byToken.get(token);
      if (!interaction || interaction.id !== id) throw refusals.unknownInteraction();
      if (interaction.callback) throw refusals.alreadyAcknowledged();
      if (past(interaction, FIRST_ANSWER)) throw refusals.unknownInteraction();
      const { type, data } = readBody(CallbackBody, body);
      checkType(interaction, type);
      // two answers at once: the first one counts, also while it is still being read
      if (answering.has(token)) throw refusals.alreadyAcknowledged();
      answering.add(token);
      const performed = perform(interaction, type, data, uploads).finally(() => answering.delete(token));
      const { message, callback } = await performed;
      interaction.callback = callback;
      interaction.originalId = message?.id ?? (type === Answer.DeferredMessageUpdate ? interaction.messageId : null);
      changes.happened();
      return { interaction, message };
    },
    behind,
    followUp: async (token, body, uploads) => {
      const interaction = behind(token);
      const thinking = interaction.callback?.type === Answer.DeferredChannelMessageWithSource && interaction.edits === 0;
      // the first follow-up after "thinking" becomes the answer itself
      if (thinking && interaction.originalId !== null) return edit(token, '@original', body, uploads);
      if (interaction.onlyByPerson && interaction.followupIds.length >= FOLLOW_UPS_OUTSIDE) throw refusals.tooManyFollowUps();
      const message = await write(interaction, readBody(MessageBody, body), { uploads });
      interaction.followupIds.push(message.id);
      changes.happened();
      return message;
    },
    messageId,
    edit,
    remove: (token, name) => messages.remove(messageId(behind(token), name)),
  };
}

/** "Thinking" may be ephemeral and nothing else; components come with the edit. */
function refuseFlags(flags: number): void {
  const problems = openProblems();
  if ((flags & ~MessageFlags.Ephemeral) !== 0)
    problems.note(['data', 'flags'], 'INTERACTION_CALLBACK_INVALID_FLAGS', 'Only EPHEMERAL can be set on a deferred response.');
  problems.throwIfAny();
}

function readChoices(data: unknown): Choice[] {
  const { choices } = readBody(ChoicesBody, data, ['data']);
  const problems = openProblems();
  const at = ['data', 'choices'];
  checkCount(problems, at, choices.length, { min: 0, max: 25 });
  for (const [index, choice] of choices.entries()) {
    checkLength(problems, [...at, index, 'name'], choice.name, { min: 1, max: 100 });
    checkLength(problems, [...at, index, 'value'], String(choice.value), { min: 1, max: 100 });
  }
  problems.throwIfAny();
  return choices;
}
