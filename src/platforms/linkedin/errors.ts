// What LinkedIn's refusals mean, by status and code. It makes no request.
import { z } from 'zod';
import { CrierError, type ErrorKind } from '../../core/errors.ts';
import { classifyApi, type Refused } from '../api.ts';

/**
 * Either form: `code` beside the status, or `errorDetails` with a code for each input
 * (https://github.com/Arisamiga/Linkedin-RSS/issues/5 has one as it came, checked 2026-11-22).
 */
const ErrorBody = z.object({
  message: z.string().default(''),
  code: z.string().optional(),
  serviceErrorCode: z.number().optional(),
  errorDetails: z.object({ inputErrors: z.array(z.object({ code: z.string().optional() })).default([]) }).optional(),
});
type ErrorBody = z.infer<typeof ErrorBody>;

function readBody(body: unknown): ErrorBody {
  const parsed = ErrorBody.safeParse(body);
  return parsed.success ? parsed.data : { message: '' };
}

const codesIn = ({ code, errorDetails }: ErrorBody): string[] =>
  [code, ...(errorDetails?.inputErrors ?? []).map((each) => each.code)].filter((each) => each !== undefined);

/**
 * The access token is over, which a refresh may mend, or is none (any more): of several accounts by one login, another may have
 * renewed it. Where there is nothing to refresh with, `refresh` says that the login is over. `serviceErrorCode` is what some
 * resources say alone.
 */
const EXPIRED = { codes: ['EXPIRED_ACCESS_TOKEN', 'INVALID_ACCESS_TOKEN'], serviceErrorCodes: [65602, 65600] };

/** `serviceErrorCode` of a token that its owner took back. */
const REVOKED = 65601;

/**
 * The file is there and LinkedIn has not worked it up yet: its Videos API names the first, and nothing was posted
 * (https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/videos-api, code unverified).
 */
const NOT_READY = ['MEDIA_ASSET_WAITING_UPLOAD', 'MEDIA_ASSET_PROCESSING'];

const hasExpired = (codes: readonly string[], serviceErrorCode = 0): boolean =>
  codes.some((code) => EXPIRED.codes.includes(code)) || EXPIRED.serviceErrorCodes.includes(serviceErrorCode);

function readRefusal(refused: Refused): CrierError | null {
  const body = readBody(refused.body);
  const codes = codesIn(body);
  const { status } = refused;
  const say = (kind: ErrorKind, sentence: string) =>
    new CrierError(kind, sentence, { cause: refused, meta: { status, code: codes[0] ?? body.serviceErrorCode } });
  if (status === 401 && hasExpired(codes, body.serviceErrorCode))
    return say('auth-expired', 'The LinkedIn login has run out. Connect the account again with /connect linkedin.');
  if (status === 401 && (codes.includes('REVOKED_ACCESS_TOKEN') || body.serviceErrorCode === REVOKED))
    return say(
      'auth-revoked',
      'LinkedIn no longer accepts this login: it was taken back there. Connect it again with /connect linkedin.',
    );
  if (status === 426 || codes.includes('NONEXISTENT_VERSION') || codes.includes('VERSION_MISSING'))
    return say(
      'rejected',
      'LinkedIn no longer speaks the version of its API that this Crier uses: whoever runs Crier sets LINKEDIN_VERSION to a newer one, a recent month written as YYYYMM, and restarts it. After that, try again.',
    );
  if (codes.includes('DUPLICATE_POST'))
    return say(
      'rejected',
      'LinkedIn has a post with this text already and takes no second one: change the text, or leave it at that.',
    );
  if (codes.some((code) => NOT_READY.includes(code)))
    return say('unavailable', 'LinkedIn is still processing a file of this post; it will be tried again.');
  if (status === 403)
    return say(
      'rejected',
      'LinkedIn does not let this login do that (403). For a Page you have to be its admin; else connect again with /connect linkedin, and allow all that Crier asks for.',
    );
  return null;
}

/**
 * Codes as LinkedIn's answers have them: 401 with 65601 REVOKED_ACCESS_TOKEN
 * (https://github.com/decioferreira/omniauth-linkedin-oauth2/issues/81) or 65600
 * (https://github.com/xcarpentier/react-native-linkedin/issues/80), 426 NONEXISTENT_VERSION
 * (https://github.com/n8n-io/n8n/issues/14737), 403 ACCESS_DENIED with 100
 * (https://github.com/linkedin-developers/linkedin-api-python-client/issues/47), 429 with 101
 * (https://github.com/Automattic/wp-calypso/issues/32007), all checked 2026-11-22. 65602 EXPIRED_ACCESS_TOKEN is unverified.
 */
export const classifyLinkedInError = (error: unknown): CrierError =>
  classifyApi('LinkedIn', error, { read: readRefusal, messageOf: (body) => readBody(body).message });
