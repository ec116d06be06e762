// What a failed call of Slack means for the message it was about: @slack/web-api's errors and response_url's answers -> CrierError,
// and which codes say that a channel or a thread is of no use any more. The codes themselves are read by refusals.ts.
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { CrierError } from '../../core/errors.ts';
import { isDeadToken, slackCodeOf } from './refusals.ts';

/**
 * Slack's word that nothing can be written in this conversation as things are. For a direct message it means that the person cannot
 * be reached. https://docs.slack.dev/reference/methods/chat.postMessage#errors, and those of chat.update, chat.postEphemeral and
 * conversations.open (checked 2026-11-22)
 */
const CLOSED = new Set([
  'access_denied',
  'cannot_dm_bot',
  'channel_not_found',
  'channel_type_not_supported',
  'ekm_access_denied',
  'is_archived',
  'is_inactive',
  'messages_tab_disabled',
  'no_permission',
  'not_in_channel',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'user_disabled',
  'user_not_found',
  'user_not_in_channel',
]);

/** The thread cannot be written in; its channel may be. */
const THREAD_CLOSED = new Set([
  'cannot_reply_to_message',
  'restricted_action_non_threadable_channel',
  'restricted_action_thread_locked',
  'thread_not_found',
]);

const BLOCKS_REFUSED = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long']);

/** Said in a 200 instead of a 429; `message_limit_exceeded` is that of a free team. */
const RATE_LIMITED = new Set(['message_limit_exceeded', 'rate_limited', 'ratelimited']);

/** "It's possible some aspect of the operation succeeded before the error was raised." */
const MAYBE_DONE = new Set(['fatal_error', 'internal_error']);

const NOT_NOW = new Set(['org_login_required', 'request_timeout', 'service_unavailable', 'team_added_to_org']);

/** A connection that never came to be: nothing can have been sent through it. Codes of Node and undici. */
const NEVER_CONNECTED = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Milliseconds to wait where Slack said "too many" and not for how long. */
const UNSAID_WAIT_MS = 5_000;

const LATER = 'Slack did not take this just now. It is tried again; nothing of yours is lost.';

const isOneOf =
  (codes: ReadonlySet<string>) =>
  (error: unknown): boolean =>
    codes.has(slackCodeOf(error) ?? '');

/** Slack does not let Crier write in that channel (or to that person) at all: archived, Crier not in it, gone, deactivated. */
export const isClosedChannel = isOneOf(CLOSED);
/** The thread's first message is gone, or nobody may answer there. */
export const isClosedThread = isOneOf(THREAD_CLOSED);
/** The message that was to be changed is not there any more. */
export const isMessageGone = isOneOf(new Set(['message_not_found']));
/** A response_url that has been used five times or is older than thirty minutes: say it with `whisper` instead. */
export const isSpentUrl = isOneOf(new Set(['expired_url', 'used_url']));
/** The blocks are what Slack does not like, not the message. */
export const areBlocksRefused = isOneOf(BLOCKS_REFUSED);

/**
 * The blocks name a picture that Slack does not show: it is still looking through it, or has lost it. It says so as `invalid_blocks`
 * with `invalid slack file [json-pointer:/blocks/0/slack_file]`; https://github.com/slackapi/python-slack-sdk/issues/1658 (checked 2026-11-23)
 */
export function isPictureRefused(error: unknown): boolean {
  const refused = error instanceof CrierError ? error.cause : error;
  if (!areBlocksRefused(error) || !(refused instanceof WebAPIPlatformError)) return false;
  const { messages = [] } = refused.data.response_metadata ?? {};
  return messages.some((message) => /slack[ _]file/i.test(message));
}

/** What a refusal with this code means. @param retryAfterMs where Slack said for how long */
export function refusal(code: string, options: { retryAfterMs?: number; cause?: unknown } = {}): CrierError {
  const about = { meta: { slack: code }, cause: options.cause };
  if (RATE_LIMITED.has(code)) {
    return new CrierError('rate-limited', LATER, { ...about, retryAfterMs: options.retryAfterMs ?? UNSAID_WAIT_MS });
  }
  if (isDeadToken(options.cause)) {
    return new CrierError('auth-revoked', 'Crier is no longer installed in this Slack workspace: install it again.', about);
  }
  if (MAYBE_DONE.has(code)) return new CrierError('outcome-unknown', LATER, about);
  if (NOT_NOW.has(code)) return new CrierError('unavailable', LATER, about);
  if (CLOSED.has(code)) {
    const cure = 'Invite it with /invite @Crier, or use another channel.';
    return new CrierError('rejected', `Slack does not let Crier write there (${code}). ${cure}`, about);
  }
  return new CrierError('rejected', `Slack refused this (${code}).`, about);
}

/** What a failure without an answer of Slack means: whether the request can have reached it. */
export function brokenOff(error: Error): CrierError {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    if (current instanceof CrierError) return current;
    if ('code' in current && typeof current.code === 'string' && NEVER_CONNECTED.has(current.code)) {
      return new CrierError('unavailable', LATER, { cause: error });
    }
  }
  return new CrierError('outcome-unknown', LATER, { cause: error });
}

/** Anything a call of the Web API threw, as a CrierError; what is neither Slack's nor the network's comes back as it is: a bug. */
export function readFailure(error: unknown): unknown {
  if (error instanceof WebAPIRateLimitedError) {
    return refusal('rate_limited', { retryAfterMs: error.retryAfter * 1_000, cause: error });
  }
  if (error instanceof WebAPIPlatformError) {
    const seconds = error.data.response_metadata?.retryAfter;
    const wait = seconds === undefined ? {} : { retryAfterMs: seconds * 1_000 };
    return refusal(error.data.error, { ...wait, cause: error });
  }
  if (error instanceof WebAPIHTTPError) return badStatus(error.statusCode, error);
  if (error instanceof WebAPIRequestError) return brokenOff(error.original);
  return error;
}

/** An HTTP status that Slack's API has no meaning for: a proxy, or Slack being down. */
export function badStatus(status: number, cause?: unknown): CrierError {
  const about = { meta: { status }, cause };
  if (status >= 500) return new CrierError('outcome-unknown', LATER, about);
  return new CrierError('rejected', `Slack's API answered with HTTP ${status}.`, about);
}
