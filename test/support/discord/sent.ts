// An interaction a person sent, to await what the bot makes of it.
import { InteractionResponseType as Answer } from 'discord.js';
import type { Choice, ModalBody } from './bodies.ts';
import type { House } from './house.ts';
import type { Callback, Interaction } from './interactions.ts';
import type { Message } from './message-shape.ts';

export interface Sent {
  id: string;
  token: string;
  interaction: Interaction;
  /** Sends the very same interaction once more, as a replay after a resume might. */
  again: () => void;
  /** The first answer: its type and how long it took. */
  answer: () => Promise<Callback>;
  /** The message answered with; after "thinking" or a deferred update, the message once it is edited. */
  reply: () => Promise<Message>;
  /** What autocomplete offers. */
  choices: () => Promise<Choice[]>;
  /** The modal that opened. */
  modal: () => Promise<OpenModal>;
  /** The message after so many edits of `@original`. */
  edited: (times: number) => Promise<Message>;
  /** So many follow-ups, in order. */
  followUps: (count: number) => Promise<Message[]>;
}
export interface OpenModal {
  form: ModalBody;
  from: Interaction;
}

const DEFERRED: readonly number[] = [Answer.DeferredChannelMessageWithSource, Answer.DeferredMessageUpdate];

export function sent(house: House, interaction: Interaction): Sent {
  const { changes, messages, gateway } = house;
  const guildId = interaction.channel.guildId;
  const show = (id: string): Message => messages.find(interaction.channel.id, id, true);
  const answered = (): Promise<Callback> =>
    changes.until(() => interaction.callback ?? undefined, 'an answer to the interaction');
  const edited = async (times: number): Promise<Message> => {
    await changes.until(() => (interaction.edits >= times ? true : undefined), `${times} edits of the answer`);
    return show(interaction.originalId ?? '');
  };
  return {
    id: interaction.id,
    token: interaction.token,
    interaction,
    again: () => gateway.dispatch('INTERACTION_CREATE', interaction.payload, guildId),
    answer: answered,
    reply: async () => {
      const { type } = await answered();
      if (DEFERRED.includes(type)) return edited(1);
      if (interaction.originalId === null) throw new Error(`the bot answered with type ${type}, which is no message`);
      return show(interaction.originalId);
    },
    choices: async () => (await answered()).choices,
    modal: async () => {
      const { type, modal } = await answered();
      if (!modal) throw new Error(`the bot answered with type ${type}, which is no modal`);
      return { form: modal, from: interaction };
    },
    edited,
    followUps: async (count) => {
      const ids = await changes.until(
        () => (interaction.followupIds.length >= count ? interaction.followupIds : undefined),
        `${count} follow-ups`,
      );
      return ids.slice(0, count).map(show);
    },
  };
}
