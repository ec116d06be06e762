// Answering interactions: the first answer, `@original`, and follow-ups.
import { InteractionResponseType as Answer, MessageFlags } from 'discord.js';
import type { House } from '../house.ts';
import { done, ok, type Routes } from '../http.ts';
import type { Interaction } from '../interactions.ts';
import type { Message } from '../message-shape.ts';
import { BOT } from '../places.ts';
import { refusals } from '../refusals.ts';

export function interactionRoutes(house: House): Routes {
  const { interactions, messages } = house;
  const tokenOf = (param: (name: string) => string): string => {
    if (param('application') !== BOT.id) throw refusals.unknownWebhook();
    return param('token');
  };
  const webhook = '/webhooks/:application/:token';
  return {
    'POST /interactions/:interaction/:token/callback': async ({ param, body, files, query }) => {
      const { interaction, message } = await interactions.answer(param('interaction'), param('token'), body, files);
      return query.get('with_response') === 'true' ? ok(callbackResponse(interaction, message)) : done;
    },
    [`POST ${webhook}`]: async ({ param, body, files }) => ok(await interactions.followUp(tokenOf(param), body, files)),
    [`GET ${webhook}/messages/:message`]: ({ param }) => {
      const interaction = interactions.behind(tokenOf(param));
      const id = interactions.messageId(interaction, param('message'));
      return ok(messages.find(interaction.channel.id, id, true));
    },
    [`PATCH ${webhook}/messages/:message`]: async ({ param, body, files }) =>
      ok(await interactions.edit(tokenOf(param), param('message'), body, files)),
    [`DELETE ${webhook}/messages/:message`]: ({ param }) => {
      interactions.remove(tokenOf(param), param('message'));
      return done;
    },
  };
}

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback-interaction-callback-response-object (2026-11-22) */
function callbackResponse(interaction: Interaction, message: Message | null): object {
  const type = interaction.callback?.type;
  const flags = message?.flags ?? 0;
  const about = message && {
    response_message_id: message.id,
    response_message_loading: (flags & MessageFlags.Loading) !== 0,
    response_message_ephemeral: (flags & MessageFlags.Ephemeral) !== 0,
  };
  const shown = type === Answer.ChannelMessageWithSource || type === Answer.UpdateMessage;
  return {
    interaction: { id: interaction.id, type: interaction.kind, ...about },
    resource: { type, ...(message && shown ? { message } : {}) },
  };
}
