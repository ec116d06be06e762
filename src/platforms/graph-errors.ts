// What the errors of Meta's Graph API mean where Facebook, Instagram and Threads say them. By code and subcode alone; Meta's words are shown,
// and never read. Which codes only one network has, or means otherwise, that network says.
import { z } from 'zod';
import { CrierError, type ErrorKind } from '../core/errors.ts';
import { classifyApi, Refused } from './api.ts';
import { retryAfterMs } from './failures.ts';

/** https://developers.facebook.com/docs/graph-api/guides/error-handling (checked 2026-11-22). */
const ErrorBody = z.object({
  error: z.object({
    message: z.string().default(''),
    code: z.number(),
    error_subcode: z.number().optional(),
    is_transient: z.boolean().default(false),
    error_user_msg: z.string().optional(),
    /** Of an upload to Facebook: from where it wants it. */
    error_data: z.unknown().optional(),
  }),
});
type GraphError = z.infer<typeof ErrorBody>['error'];

type Kinds = Readonly<Record<number, ErrorKind>>;

/** https://developers.facebook.com/docs/graph-api/guides/error-handling and /docs/graph-api/overview/rate-limiting (checked 2026-11-22). */
const BY_CODE: Kinds = {
  // unknown, or the service is down: it may have been applied
  [-1]: 'outcome-unknown',
  1: 'outcome-unknown',
  2: 'outcome-unknown',
  // a file was not there in time, or no more
  [-2]: 'unavailable',
  3: 'rejected',
  // calls of the app, of the account, of a Page, of one's own kind, of the platform; and posts per day
  4: 'rate-limited',
  9: 'rate-limited',
  17: 'rate-limited',
  32: 'rate-limited',
  341: 'rate-limited',
  613: 'rate-limited',
  10: 'auth-revoked',
  24: 'unavailable',
  102: 'auth-expired',
  190: 'auth-expired',
  9004: 'unavailable',
  9007: 'unavailable',
};

/**
 * Where a subcode says more than its code: of logins from the page above, of seven digits from
 * https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes (checked 2026-11-22). Threads answers
 * some of the latter too: https://github.com/gitroomhq/postiz-app/issues/1364 (checked 2026-11-22).
 */
const BY_SUBCODE: Kinds = {
  // the app was taken off the account, the account must be confirmed, the password was changed, the token is no more
  458: 'auth-revoked',
  459: 'auth-revoked',
  460: 'auth-revoked',
  464: 'auth-revoked',
  467: 'auth-revoked',
  463: 'auth-expired',
  // a file came too slowly, expired or could not be fetched; the container failed, is gone or is not ready
  2207003: 'unavailable',
  2207020: 'unavailable',
  2207032: 'unavailable',
  2207053: 'unavailable',
  2207006: 'unavailable',
  2207008: 'unavailable',
  2207027: 'unavailable',
  2207052: 'unavailable',
  2207042: 'rate-limited',
  // taken for spam, an account that is restricted, and what is wrong with the post itself
  2207051: 'rejected',
  2207050: 'rejected',
  2207057: 'rejected',
  2207023: 'rejected',
  2207028: 'rejected',
  2207040: 'rejected',
  2207026: 'rejected',
  2207004: 'rejected',
  2207005: 'rejected',
  2207009: 'rejected',
  2207010: 'rejected',
};

const FETCH_FAILED = [2207003, 2207052];

/** Null for what is no such error. */
export function graphErrorIn(error: unknown): GraphError | null {
  const parsed = error instanceof Refused ? ErrorBody.safeParse(error.body) : null;
  return parsed?.success ? parsed.data.error : null;
}

/** Business use cases have a number each: 80001 is a Page's, 80002 Instagram's (the page on rate limits, above). */
const isUseCase = (code: number): boolean => code >= 80_000 && code <= 80_014;
/** Permissions have a number each. */
const isPermission = (code: number): boolean => code === 10 || (code >= 200 && code < 300);

/** Something that needs a permission that was not given, or is no more. */
export const isForbidden = (error: unknown): boolean => isPermission(graphErrorIn(error)?.code ?? 0);

/** A container, post or video that Meta does not know (any more): 24 by its table of subcodes, 100 with 33 by the Graph API (unverified). */
export function isGone(error: unknown): boolean {
  const said = graphErrorIn(error);
  if (!said) return error instanceof Refused && error.status === 404;
  return said.code === 24 || (said.code === 100 && said.error_subcode === 33);
}

export interface GraphErrors {
  classify: (error: unknown) => CrierError;
  /** Why something that the network worked on came to nothing; `unavailable` where no table knows the subcode. */
  failure: (subcode: number | undefined, words: string) => CrierError;
  /** A file could not be fetched. */
  unfetched: (meta: Record<string, unknown>) => CrierError;
}

/** The statuses that errors with codes come with; others say themselves what they mean. */
const REFUSALS = [400, 403, 404];

/**
 * @param network as people know it
 * @param own what codes and subcodes mean there alone
 */
export function openGraphErrors(network: string, own: { codes?: Kinds; subcodes?: Kinds } = {}): GraphErrors {
  const bySubcode: Kinds = { ...BY_SUBCODE, ...own.subcodes };
  const byCode: Kinds = { ...BY_CODE, ...own.codes };

  /** Null where no code decides. */
  const kindOf = (
    { code, error_subcode: subcode = 0, is_transient: isTransient }: GraphError,
    status: number,
  ): ErrorKind | null => {
    const known = bySubcode[subcode] ?? byCode[code];
    if (known) return known;
    if (isUseCase(code)) return 'rate-limited';
    if (isPermission(code)) return 'auth-revoked';
    if (isTransient) return 'outcome-unknown';
    return REFUSALS.includes(status) ? 'rejected' : null;
  };

  const read = (refused: Refused): CrierError | null => {
    const said = graphErrorIn(refused);
    const kind = said && kindOf(said, refused.status);
    if (!said || !kind) return null;
    const { code, error_subcode: subcode } = said;
    const wait = kind === 'rate-limited' ? waitMs(refused) : undefined;
    return new CrierError(kind, sentenceFor(network, kind, subcode, wordsOf(said)), {
      cause: refused,
      meta: { status: refused.status, code, ...(subcode === undefined ? {} : { subcode }) },
      ...(wait === undefined ? {} : { retryAfterMs: wait }),
    });
  };

  return {
    classify: (error) => classifyApi(network, error, { read, messageOf }),
    failure: (subcode, words) => {
      const kind = bySubcode[subcode ?? 0] ?? 'unavailable';
      return new CrierError(kind, sentenceFor(network, kind, subcode, words), { meta: { subcode } });
    },
    unfetched: (meta) => new CrierError('unavailable', notFetched(network), { meta }),
  };
}

/** Meta's words for people where it has some, else its words for developers. */
const wordsOf = ({ message, error_user_msg: forPeople }: GraphError): string => forPeople?.trim() || message;

function messageOf(body: unknown): string {
  const parsed = ErrorBody.safeParse(body);
  return parsed.success ? wordsOf(parsed.data.error) : '';
}

const BEGINNINGS: Partial<Record<ErrorKind, string>> = {
  'auth-expired': 'says that this login has expired',
  'auth-revoked': 'no longer lets Crier use this account',
  'rate-limited': 'takes no more for now',
  rejected: 'refused it',
  unavailable: 'could not take it yet',
};

function sentenceFor(network: string, kind: ErrorKind, subcode: number | undefined, words: string): string {
  if (subcode !== undefined && FETCH_FAILED.includes(subcode)) return notFetched(network);
  return `${network} ${BEGINNINGS[kind] ?? 'answered with an error'}${words === '' ? '.' : `: ${words.slice(0, 300)}`}`;
}

const notFetched = (network: string): string =>
  `${network} could not fetch a file from Crier: its PUBLIC_URL has to be reachable from outside, which npm run doctor checks.`;

/** By id of the business: `[{ "type": "instagram", "estimated_time_to_regain_access": 19 }]`, in minutes (the page on rate limits, above). */
const Usage = z.record(z.string(), z.array(z.object({ estimated_time_to_regain_access: z.number().default(0) })));

function waitMs({ headers }: Refused): number | undefined {
  const asked = retryAfterMs((name) => headers.get(name));
  if (asked !== undefined) return asked;
  const told = Usage.safeParse(readJson(headers.get('x-business-use-case-usage') ?? ''));
  if (!told.success) return undefined;
  const minutes = Object.values(told.data).flatMap((uses) => uses.map((use) => use.estimated_time_to_regain_access));
  const longest = Math.max(0, ...minutes);
  return longest === 0 ? undefined : longest * 60_000;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
