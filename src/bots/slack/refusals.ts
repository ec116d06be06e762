// What Slack's own refusals mean, told by their codes. What is done about one is its caller's matter.
import { WebAPIPlatformError } from '@slack/web-api';
import { CrierError } from '../../core/errors.ts';

/**
 * The bot token is of no use any more: the app was removed, or its access taken.
 * https://docs.slack.dev/reference/methods/auth.test#errors (checked 2026-11-22)
 */
const DEAD_TOKEN = ['account_inactive', 'invalid_auth', 'not_authed', 'token_expired', 'token_revoked'];

/** Slack's code of a refusal (`is_archived`), also where a CrierError carries it; null for any other error. */
export function slackCodeOf(error: unknown): string | null {
  if (error instanceof WebAPIPlatformError) return error.data.error;
  return error instanceof CrierError && typeof error.meta.slack === 'string' ? error.meta.slack : null;
}

export const isDeadToken = (error: unknown): boolean => DEAD_TOKEN.includes(slackCodeOf(error) ?? '');
