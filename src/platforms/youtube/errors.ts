// What YouTube's refusals mean, by their reasons: https://developers.google.com/youtube/v3/docs/errors (checked 2026-11-22, in part).
// Never by their prose, which is shown to people alone.
import { z } from 'zod';
import { CrierError, type CrierErrorOptions } from '../../core/errors.ts';
import { classifyApi, type Refused } from '../api.ts';
import { retryAfterMs } from '../failures.ts';

const Body = z.object({
  error: z.object({
    message: z.string().catch(''),
    errors: z.array(z.object({ reason: z.string().catch('') })).catch([]),
  }),
});

/** `quotaExceeded`; '' where the body names none. */
export const reasonOf = ({ body }: Refused): string => Body.safeParse(body).data?.error.errors[0]?.reason ?? '';

/** Some sentences come with links in HTML. */
const messageOf = (body: unknown): string => (Body.safeParse(body).data?.error.message ?? '').replace(/<[^>]*>/g, '');

/** The channel or its Google account is gone, or may not be used any more. */
const GONE: Partial<Record<string, string>> = {
  youtubeSignupRequired: 'This Google account has no YouTube channel any more.',
  authenticatedUserAccountClosed: 'This YouTube account was closed.',
  authenticatedUserAccountSuspended: 'YouTube suspended this account.',
  channelClosed: 'This YouTube channel was closed.',
  channelSuspended: 'YouTube suspended this channel.',
};

const CURES: Partial<Record<string, string>> = {
  insufficientPermissions:
    'Crier was not given what YouTube needs for this. Connect the channel again with /connect youtube, and leave every box ticked.',
  accessNotConfigured:
    'The YouTube Data API v3 is not switched on in the Google Cloud project: whoever runs Crier switches it on, and then retry.',
  uploadLimitExceeded: 'This channel has uploaded as many videos as YouTube takes from it in 24 hours.',
};

const QUOTA = new Set(['quotaExceeded', 'dailyLimitExceeded']);
const PACE = new Set(['rateLimitExceeded', 'userRateLimitExceeded']);
/** Refused with this for 24 hours: https://gitlab.gnome.org/GNOME/shotwell/-/issues/5019 cites YouTube's news (checked 2026-11-22). */
const UPLOAD_LIMIT_MS = 24 * 3_600_000;

export function classifyYouTubeError(error: unknown): CrierError {
  return classifyApi('YouTube', error, { read, messageOf });
}

function read(refused: Refused): CrierError | null {
  const { status, headers, body } = refused;
  const reason = reasonOf(refused);
  const options: CrierErrorOptions = { cause: refused, meta: { status, code: reason } };
  const gone = GONE[reason];
  if (gone !== undefined) return new CrierError('auth-revoked', `${gone} Connect one with /connect youtube.`, options);
  if (status === 401) return new CrierError('auth-expired', 'The YouTube login has expired.', options);
  if (QUOTA.has(reason)) return outOfQuota(refused);
  const cure = CURES[reason];
  if (reason === 'uploadLimitExceeded')
    return new CrierError('rate-limited', cure ?? '', { ...options, retryAfterMs: UPLOAD_LIMIT_MS });
  if (cure !== undefined) return new CrierError('rejected', cure, options);
  if (status !== 403 || !PACE.has(reason)) return null;
  const wait = retryAfterMs((name) => headers.get(name));
  const limited = wait === undefined ? options : { ...options, retryAfterMs: wait };
  return new CrierError('rate-limited', `YouTube asks to slow down: ${messageOf(body)}`, limited);
}

/**
 * The project's quota of the day is used up. It is whole again at midnight Pacific Time:
 * https://developers.google.com/youtube/data/determine_quota_cost (checked 2026-11-22).
 */
export function outOfQuota(refused: Refused): CrierError {
  const { status, headers } = refused;
  const date = Date.parse(headers.get('date') ?? '');
  const now = Temporal.Instant.fromEpochMilliseconds(Number.isNaN(date) ? Date.now() : date);
  const midnight = now.toZonedDateTimeISO('America/Los_Angeles').startOfDay().add({ days: 1 }).toInstant();
  return new CrierError(
    'rate-limited',
    "YouTube's quota of the day is used up for Crier's Google Cloud project; there is a new one at midnight Pacific Time.",
    { cause: refused, meta: { status, code: reasonOf(refused) }, retryAfterMs: midnight.since(now).total('milliseconds') },
  );
}
