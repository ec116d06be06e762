// What a failed call of Discord means for what it was about: whatever discord.js throws -> CrierError, and which refusals close a
// thread, a reply or a person to us. Codes that the ways in care for are refusals.ts'.
import { RESTJSONErrorCodes as Code, DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { CrierError } from '../../core/errors.ts';

const isAmong =
  (...codes: readonly number[]) =>
  (error: unknown): boolean =>
    error instanceof DiscordAPIError && codes.some((code) => code === error.code);

/** For a thread: it was never begun, or is gone. */
export const isUnknownChannel = isAmong(Code.UnknownChannel);

/** Another piece of news has begun it meanwhile. */
export const isThreadThere = isAmong(Code.ThreadAlreadyCreatedForMessage);

/** Nothing can be said in this thread; its channel may be open. */
export const isShutThread = isAmong(
  Code.InvalidActionOnArchivedThread,
  Code.MissingAccess,
  Code.MissingPermissions,
  Code.ThreadLocked,
  Code.UnknownChannel,
);

/**
 * No thread can be begun: in direct messages, in a thread, where Crier lacks the right, where the message is gone, or where there are
 * too many already. https://docs.discord.com/developers/resources/channel#start-thread-from-message (checked 2026-11-22)
 */
export const isNoPlaceForThread = isAmong(
  Code.CannotExecuteActionOnDMChannel,
  Code.CannotExecuteActionOnSystemMessage,
  Code.CannotExecuteActionOnThisChannelType,
  Code.InvalidMessageType,
  Code.MaximumActiveAnnouncementThreads,
  Code.MaximumActiveThreads,
  Code.MissingAccess,
  Code.MissingPermissions,
  Code.TitleWasBlockedByAutomaticModeration,
  Code.UnknownChannel,
  Code.UnknownMessage,
);

/** Crier may write in the channel, and not read what it would answer. */
export const isNoReply = isAmong(Code.CannotReplyWithoutPermissionToReadMessageHistory);

/** They take no direct messages of Crier's, share no server with it any more, or are gone. */
export const isUnreachable = isAmong(
  Code.CannotSendMessagesToThisUser,
  Code.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds,
  Code.InvalidRecipients,
  Code.MissingAccess,
  Code.UnknownChannel,
  Code.UnknownUser,
);

/** What is in the message is what Discord does not like. */
export const isBadBody = isAmong(Code.InvalidFormBodyOrContentType);

/** Said again, it would be refused again: by Discord itself, or by a filter that the server has set up. */
export const isHopeless = isAmong(
  Code.CannotSendAnEmptyMessage,
  Code.ExplicitContentCannotBeSentToTheDesiredRecipient,
  Code.InvalidFormBodyOrContentType,
  Code.MessageWasBlockedByAutomaticModeration,
  Code.MessageBlockedByHarmfulLinksFilter,
);

/** The bot's token is of no use any more: it was reset in the portal. */
export const isDeadToken = (error: unknown): boolean => error instanceof DiscordAPIError && error.status === 401;

/** A connection that never came to be: nothing can have been sent through it. Codes of Node and undici. */
const NEVER_CONNECTED = ['EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT'];
const BROKEN_OFF = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_SOCKET'];

const LATER = 'Discord did not take this just now. It is tried again; nothing of yours is lost.';

/** Anything a call of Discord threw, as a CrierError; what is neither Discord's nor the network's comes back as it is: a bug. */
export function readFailure(error: unknown): unknown {
  if (error instanceof RateLimitError) {
    const retryAfterMs = waitOf(error);
    return new CrierError('rate-limited', LATER, { retryAfterMs, meta: { route: error.route }, cause: error });
  }
  if (error instanceof DiscordAPIError) return refusal(error);
  if (error instanceof HTTPError) {
    return new CrierError('outcome-unknown', LATER, { meta: { status: error.status }, cause: error });
  }
  return error instanceof Error ? (brokenOff(error) ?? error) : error;
}

/** Milliseconds until Discord wants to be asked again: whichever of its limits is the longest. */
export const waitOf = (limit: Pick<RateLimitError, 'retryAfter' | 'timeToReset' | 'sublimitTimeout'>): number =>
  Math.max(limit.retryAfter, limit.timeToReset, limit.sublimitTimeout);

function refusal(error: DiscordAPIError): CrierError {
  const about = { meta: { discord: error.code, status: error.status }, cause: error };
  return isDeadToken(error)
    ? new CrierError('auth-revoked', 'Discord refuses DISCORD_TOKEN. Make a new one on the page "Bot" of the application.', about)
    : new CrierError('rejected', `Discord refused this (${error.code}).`, about);
}

function brokenOff(error: Error): CrierError | null {
  const codes: unknown[] = [];
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    if ('code' in current) codes.push(current.code);
  }
  const isOf = (known: readonly unknown[]): boolean => codes.some((code) => known.includes(code));
  if (isOf(NEVER_CONNECTED)) return new CrierError('unavailable', LATER, { cause: error });
  const isBroken = error.name === 'AbortError' || isOf(BROKEN_OFF);
  return isBroken ? new CrierError('outcome-unknown', LATER, { cause: error }) : null;
}
