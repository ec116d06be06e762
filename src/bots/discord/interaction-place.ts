// What an interaction says of where it was, and the voice that answers it.
import {
  type BaseInteraction,
  InteractionContextType,
  type Message,
  MessageFlags,
  PermissionFlagsBits,
  type PermissionsBitField,
} from 'discord.js';
import { PERMISSIONS } from './connection.ts';
import { serverOf } from './entrance.ts';
import type { Front } from './front.ts';
import { type InteractionVoiceOptions, openInteractionVoice } from './interaction-voice.ts';
import type { Place } from './place.ts';
import type { Voice } from './voice.ts';

/** An interaction that can be answered; one with a component or a form from a message has that message. */
export type Answerable = BaseInteraction & { token: string; message?: Message | null };

export function placeOf(interaction: Answerable): Place {
  return {
    channel: channelOf(interaction),
    message: messageOf(interaction),
    kind: kindOf(interaction),
    missing: kindOf(interaction) === 'server' ? missingIn(interaction) : [],
  };
}

export const voiceFor = ({ rest, deps, pause }: Front, interaction: Answerable, later: InteractionVoiceOptions['later']): Voice =>
  openInteractionVoice({
    rest,
    log: deps.log,
    asked: interaction,
    userId: interaction.user.id,
    channel: channelOf(interaction),
    message: messageOf(interaction),
    later,
    isAmongTwo: kindOf(interaction) === 'direct',
    takesModal: !interaction.isModalSubmit(),
    pause,
  });

/** Commands that make posts are answered by a card for all, and some say so themselves; what others answer is mostly for who asked. */
export function isPublic({ commands }: Front, name: string): boolean {
  const command = commands.find(name);
  return command?.public === true || command?.permission === 'write';
}

function kindOf(interaction: BaseInteraction): Place['kind'] {
  if (serverOf(interaction) !== null) return 'server';
  return interaction.guildId === null && interaction.context !== InteractionContextType.PrivateChannel ? 'direct' : 'elsewhere';
}

function channelOf({ channelId }: BaseInteraction): string {
  if (channelId === null) throw new Error('the interaction names no channel');
  return channelId;
}

export const messageOf = ({ message }: Answerable): Place['message'] =>
  message ? { id: message.id, ephemeral: message.flags.has(MessageFlags.Ephemeral) } : null;

/** https://docs.discord.com/developers/topics/permissions#permissions-in-threads (checked 2026-11-22) */
function missingIn({
  appPermissions,
  channel,
}: { appPermissions: PermissionsBitField } & Pick<BaseInteraction, 'channel'>): string[] {
  const writing = channel?.isThread() ? 'SendMessagesInThreads' : 'SendMessages';
  return PERMISSIONS.filter(({ permission }) => permission === 'ViewChannel' || permission === writing)
    .filter(({ permission }) => !appPermissions.has(PermissionFlagsBits[permission]))
    .map(({ title }) => title);
}
