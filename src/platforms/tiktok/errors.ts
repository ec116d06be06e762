// What TikTok's error codes and fail reasons mean to Crier. By code alone; TikTok's words are shown, and never read.
import { z } from 'zod';
import { CrierError, type CrierErrorOptions, type ErrorKind } from '../../core/errors.ts';
import { classifyApi, type Refused } from '../api.ts';
import { retryAfterMs } from '../failures.ts';

const Body = z.object({ error: z.object({ code: z.string(), message: z.string().catch('') }) });

const UNAUDITED =
  'TikTok has not audited the app that Crier posts with, and takes public posts from audited apps alone. ' +
  'Give the post privacy=SELF_ONLY (the account has to be a private one then), or send it to the inbox of the TikTok app with as=inbox.';
const MISSING_SCOPE =
  'Crier was not given what TikTok needs for this. Connect the account again with /connect tiktok, and leave everything switched on.';

interface Meaning {
  kind: ErrorKind;
  /** Null: TikTok's own words are told. */
  sentence: string | null;
  /** Milliseconds until it makes sense to try again. */
  waitMs?: number;
}

/** Caps are over 24 hours, and TikTok does not say when they are over: with three tries this far apart, the last is past them. */
const CAP_MS = 8 * 3_600_000;
const capped = (sentence: string): Meaning => ({ kind: 'rate-limited', sentence, waitMs: CAP_MS });
const rejected = (sentence: string | null): Meaning => ({ kind: 'rejected', sentence });

/**
 * https://developers.tiktok.com/doc/tiktok-api-v2-error-handling, and the tables of the posting API's own pages, such as
 * https://developers.tiktok.com/doc/content-posting-api-reference-photo-post and
 * https://developers.tiktok.com/doc/content-posting-api-reference-direct-post (all checked 2026-11-22).
 */
const BY_CODE = new Map<string, Meaning>([
  // the same code for a token whose time is over and for one that was taken back: which it is, refreshing tells
  ['access_token_invalid', { kind: 'auth-expired', sentence: 'TikTok no longer accepts this login.' }],
  // the login may still be good for what was allowed, such as drafts
  ['scope_not_authorized', rejected(MISSING_SCOPE)],
  ['scope_permission_missed', rejected(MISSING_SCOPE)],
  ['rate_limit_exceeded', { kind: 'rate-limited', sentence: 'TikTok asks to slow down.' }],
  ['spam_risk_too_many_posts', capped('This TikTok account has posted as much as TikTok takes from apps in 24 hours.')],
  [
    'spam_risk_too_many_pending_share',
    capped(
      'Five drafts of the last 24 hours wait in the inbox of the TikTok app, and TikTok takes no more: post or delete some.',
    ),
  ],
  [
    'reached_active_user_cap',
    capped("As many accounts as TikTok allows Crier's app have posted today; whoever runs Crier asks TikTok for more."),
  ],
  ['spam_risk_user_banned_from_posting', rejected('TikTok does not let this account post at present.')],
  ['unaudited_client_can_only_post_to_private_accounts', rejected(UNAUDITED)],
  [
    'url_ownership_unverified',
    rejected(
      'TikTok fetches images only from addresses whose owner it knows: whoever runs Crier adds its PUBLIC_URL under "URL properties" of the app at developers.tiktok.com.',
    ),
  ],
  [
    'privacy_level_option_mismatch',
    rejected('TikTok does not offer this privacy to the account: choose another one, or leave privacy out.'),
  ],
  ['app_version_check_failed', rejected("The account's TikTok app is too old for this: update it (31.8 or newer), and retry.")],
  ['internal_error', { kind: 'outcome-unknown', sentence: null }],
]);

const RESTRICTIONS = 'it takes MP4, MOV and WebM of 360 to 4096 pixels a side, and JPEG and WebP of up to 1080 x 1920 pixels';

/** https://developers.tiktok.com/doc/content-posting-api-reference-get-video-status (checked 2026-11-22). */
const BY_REASON = new Map<string, Meaning>([
  ['file_format_check_failed', rejected(`TikTok could not read a file: ${RESTRICTIONS}.`)],
  ['duration_check_failed', rejected('The video is longer or shorter than TikTok takes from this account.')],
  ['frame_rate_check_failed', rejected('TikTok takes videos of 23 to 60 frames per second, and this one has another rate.')],
  ['picture_size_check_failed', rejected(`A file has more or fewer pixels than TikTok takes: ${RESTRICTIONS}.`)],
  ['internal', { kind: 'unavailable', sentence: 'TikTok failed while it worked on the post.' }],
  ['video_pull_failed', { kind: 'unavailable', sentence: 'TikTok could not fetch the video from Crier.' }],
  [
    'photo_pull_failed',
    {
      kind: 'unavailable',
      sentence: 'TikTok could not fetch an image from Crier: its PUBLIC_URL has to be reachable from outside, by https.',
    },
  ],
  ['publish_cancelled', rejected('The post was stopped at TikTok.')],
  ['auth_removed', { kind: 'auth-revoked', sentence: "Crier's access was taken back in TikTok while it posted." }],
  ['spam_risk_too_many_posts', BY_CODE.get('spam_risk_too_many_posts') ?? rejected(null)],
  ['spam_risk_user_banned_from_posting', BY_CODE.get('spam_risk_user_banned_from_posting') ?? rejected(null)],
  ['spam_risk_text', rejected('TikTok takes the text for spam, and does not want it sent again.')],
  ['spam_risk', rejected('TikTok takes the post for spam, and does not want it sent again.')],
]);

export function classifyTikTokError(error: unknown): CrierError {
  return classifyApi('TikTok', error, { read, messageOf });
}

/** `ok` is none; '' where the body names none. */
export const codeOf = (body: unknown): string => Body.safeParse(body).data?.error.code ?? '';

const messageOf = (body: unknown): string => Body.safeParse(body).data?.error.message ?? '';

function read(refused: Refused): CrierError | null {
  const { status, headers, body } = refused;
  const code = codeOf(body);
  const meaning = BY_CODE.get(code) ?? (status < 300 ? rejected(null) : null);
  if (meaning === null) return null;
  const wait = retryAfterMs((name) => headers.get(name)) ?? meaning.waitMs;
  const limited = meaning.kind === 'rate-limited' && wait !== undefined;
  return told(meaning, messageOf(body), {
    cause: refused,
    meta: { status, code },
    ...(limited ? { retryAfterMs: wait } : {}),
  });
}

function told({ kind, sentence }: Meaning, words: string, options: CrierErrorOptions): CrierError {
  const said = words === '' ? '.' : `: ${words.slice(0, 300)}`;
  const usual = kind === 'outcome-unknown' ? 'TikTok answered with an error' : 'TikTok refused it';
  return new CrierError(kind, sentence ?? `${usual}${said}`, options);
}

/** Why a post came to nothing after TikTok had all of it; what is in no table may go better with another try. */
export function failureFor(reason: string): CrierError {
  const meaning = BY_REASON.get(reason) ?? { kind: 'unavailable', sentence: `TikTok could not make a post of it (${reason}).` };
  const wait = meaning.waitMs === undefined ? {} : { retryAfterMs: meaning.waitMs };
  return told(meaning, '', { meta: { reason }, ...wait });
}
