// What Discord's refusals mean, told by their codes. What is done about one is its caller's matter.
// https://docs.discord.com/developers/topics/opcodes-and-status-codes#json (checked 2026-11-22)
import { RESTJSONErrorCodes as Code, DiscordAPIError } from 'discord.js';

/** Discord's code of a refusal; null for any other error. */
export const discordCodeOf = (error: unknown): number | null => (error instanceof DiscordAPIError ? Number(error.code) : null);

const isAmong = (codes: readonly number[]) => (error: unknown) => codes.some((code) => code === discordCodeOf(error));

/** The interaction cannot be answered any more: the first answer came after three seconds, or the token is older than fifteen minutes. */
export const isTooLate = isAmong([Code.UnknownInteraction, Code.UnknownWebhook, Code.InvalidWebhookToken]);

/** It has its first answer already: by an earlier try of the same request that was broken off. */
export const isAnswered = isAmong([Code.InteractionHasAlreadyBeenAcknowledged]);

/** The message was deleted. */
export const isMessageGone = isAmong([Code.UnknownMessage]);

/** Crier may not write there: it lacks the right, does not see the channel, or there is no such channel any more. */
export const isClosedChannel = isAmong([
  Code.UnknownChannel,
  Code.UnknownGuild,
  Code.MissingAccess,
  Code.MissingPermissions,
  Code.CannotSendMessagesInNonTextChannel,
  Code.CannotSendMessagesToThisUser,
  Code.InvalidActionOnArchivedThread,
  Code.ThreadLocked,
]);

/** The person is not in the server, or the server is not there (any more) for Crier. */
export const isNotThere = isAmong([Code.UnknownMember, Code.UnknownUser, Code.UnknownGuild, Code.MissingAccess]);
