// The answers to an interaction as Discord's HTTP API takes them: the first one, and what follows it for fifteen minutes.
// https://docs.discord.com/developers/interactions/receiving-and-responding (checked 2026-11-22)
import {
  InteractionResponseType as Answer,
  type APIModalInteractionResponseCallbackData,
  MessageFlags,
  type REST,
  Routes,
} from 'discord.js';
import { z } from 'zod';
import type { DiscordMessage } from './render.ts';
import { bodyOf, requestOf } from './sending.ts';

/** What is answered: an interaction, by what lets one answer it. */
export interface Asked {
  id: string;
  token: string;
  applicationId: string;
}

export interface Wire {
  /** The first answer, as a message. Its id. */
  reply: (message: DiscordMessage, privately: boolean) => Promise<string>;
  /** The first answer, in place of the message whose component was used. */
  update: (message: DiscordMessage) => Promise<void>;
  /** The first answer: that it takes longer. */
  defer: (how: 'message' | 'private message' | 'update') => Promise<void>;
  showModal: (modal: APIModalInteractionResponseCallbackData) => Promise<void>;
  /** What the first answer shows, or the message whose component was used. Its id. */
  edit: (message: DiscordMessage) => Promise<string>;
  deleteFirst: () => Promise<void>;
  /** A further message. Its id. */
  follow: (message: DiscordMessage, privately: boolean) => Promise<string>;
  /** What a further message shows. Its id. */
  editFurther: (id: string, message: DiscordMessage) => Promise<string>;
  deleteFurther: (id: string) => Promise<void>;
}

const Made = z.object({ id: z.string() });
const FirstAnswer = z.object({ resource: z.object({ message: Made }) });

/** Every function throws DiscordAPIError: see refusals.ts. */
export function openWire(rest: REST, { id, token, applicationId }: Asked): Wire {
  const further = (message: string) => Routes.webhookMessage(applicationId, token, message);
  const original = further('@original');
  const answer = (type: Answer, data?: unknown, message?: DiscordMessage): Promise<unknown> =>
    rest.post(Routes.interactionCallback(id, token), {
      auth: false,
      body: { type, ...(data === undefined ? {} : { data }) },
      ...(message?.files === undefined ? {} : { files: [...message.files] }),
      query: new URLSearchParams({ with_response: 'true' }),
    });
  const flagOf = (privately: boolean): number => (privately ? MessageFlags.Ephemeral : 0);
  return {
    reply: async (message, privately) =>
      FirstAnswer.parse(await answer(Answer.ChannelMessageWithSource, bodyOf(message, flagOf(privately)), message)).resource
        .message.id,
    update: async (message) => void (await answer(Answer.UpdateMessage, bodyOf(message), message)),
    defer: async (how) => {
      if (how === 'update') await answer(Answer.DeferredMessageUpdate);
      else await answer(Answer.DeferredChannelMessageWithSource, { flags: flagOf(how === 'private message') });
    },
    showModal: async (modal) => void (await answer(Answer.Modal, modal)),
    edit: async (message) => Made.parse(await rest.patch(original, { auth: false, ...requestOf(message) })).id,
    deleteFirst: async () => void (await rest.delete(original, { auth: false })),
    follow: async (message, privately) =>
      Made.parse(
        await rest.post(Routes.webhook(applicationId, token), {
          auth: false,
          ...requestOf(message, bodyOf(message, flagOf(privately))),
        }),
      ).id,
    editFurther: async (message, shown) =>
      Made.parse(await rest.patch(further(message), { auth: false, ...requestOf(shown) })).id,
    deleteFurther: async (message) => void (await rest.delete(further(message), { auth: false })),
  };
}
