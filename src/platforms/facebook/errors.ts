// What the Graph API's errors mean, by their codes and never by their prose. Says nothing of what is done about them.
import { z } from 'zod';
import { CrierError, type ErrorKind } from '../../core/errors.ts';
import { classifyApi, Refused } from '../api.ts';
import { retryAfterMs } from '../failures.ts';

/** https://developers.facebook.com/docs/graph-api/guides/error-handling (checked 2026-11-22). */
const GraphError = z.object({
  error: z.object({
    message: z.string().default(''),
    code: z.number().optional(),
    error_subcode: z.number().optional(),
    is_transient: z.boolean().default(false),
    error_user_title: z.string().optional(),
    error_user_msg: z.string().optional(),
    /** Of an upload: from where Facebook wants it. */
    error_data: z.unknown().optional(),
  }),
});
type GraphError = z.infer<typeof GraphError>['error'];

export function graphErrorIn(error: unknown): GraphError | null {
  const read = error instanceof Refused ? GraphError.safeParse(error.body) : null;
  return read?.success ? read.data.error : null;
}

/** Access token, and API session. */
const LOGIN = [190, 102];
/**
 * The subcode of a login that came to its end by time; every other one takes a person: a password, a removed app, a checkpoint.
 */
const EXPIRED = 463;
/**
 * App, user, Page, application limit, custom; and the business use cases, of which 80001 is a Page's:
 * https://developers.facebook.com/docs/graph-api/overview/rate-limiting/ (checked 2026-11-22).
 */
const LIMITED = [4, 17, 32, 341, 613];
const isLimited = (code: number): boolean => LIMITED.includes(code) || (code >= 80_000 && code <= 80_014);
/** A permission was not given, or was taken back; so was the person's task at the Page. */
const isForbidden = (code: number): boolean => code === 3 || code === 10 || (code >= 200 && code <= 299);
/** The statuses that errors with codes come with; others say themselves what they mean. */
const REFUSALS = [400, 403, 404];
/** Unknown, and service: "wait and retry". */
const PASSING = [1, 2];

/** Null where no code decides. 506 (the same post again), 368 (blocked) and 100 (unacceptable) are refusals like any other. */
function kindOf({ code, error_subcode: subcode, is_transient: isTransient }: GraphError, status: number): ErrorKind | null {
  if (code === undefined) return null;
  if (LOGIN.includes(code)) return subcode === EXPIRED ? 'auth-expired' : 'auth-revoked';
  if (isLimited(code)) return 'rate-limited';
  if (isForbidden(code)) return 'auth-revoked';
  if (isTransient || PASSING.includes(code)) return 'outcome-unknown';
  return REFUSALS.includes(status) ? 'rejected' : null;
}

const SENTENCES: Partial<Record<ErrorKind, string>> = {
  'auth-expired': 'Facebook says that this login has expired',
  'auth-revoked': 'Facebook no longer lets Crier post to this Page',
  'rate-limited': 'Facebook asks to slow down',
  'outcome-unknown': 'Facebook answered with an error',
  rejected: 'Facebook refused it',
};

/** Facebook's words for people where it has some, else its words for developers. */
const wordsOf = ({ error_user_title: title, error_user_msg: forPeople, message }: GraphError): string =>
  [title, forPeople ?? message].filter((part) => part !== undefined && part !== '').join(': ');

/** By business: what is used up, and minutes until it is not. */
const Usage = z.record(z.string(), z.array(z.object({ estimated_time_to_regain_access: z.number().default(0) })));

/** Milliseconds: Retry-After, or the longest of the minutes in X-Business-Use-Case-Usage. */
function waitMs(headers: Headers): number | undefined {
  const told = retryAfterMs((name) => headers.get(name));
  if (told !== undefined) return told;
  const minutes = usageIn(headers.get('x-business-use-case-usage') ?? '');
  return minutes > 0 ? minutes * 60_000 : undefined;
}

function usageIn(header: string): number {
  try {
    const usage = Usage.safeParse(JSON.parse(header));
    if (!usage.success) return 0;
    return Math.max(0, ...Object.values(usage.data).flatMap((uses) => uses.map((use) => use.estimated_time_to_regain_access)));
  } catch (error) {
    if (error instanceof SyntaxError) return 0;
    throw error;
  }
}

function read(refused: Refused): CrierError | null {
  const said = graphErrorIn(refused);
  const kind = said && kindOf(said, refused.status);
  if (!said || !kind) return null;
  const words = wordsOf(said);
  const wait = kind === 'rate-limited' ? waitMs(refused.headers) : undefined;
  return new CrierError(kind, `${SENTENCES[kind]}${words === '' ? '.' : `: ${words}`}`, {
    cause: refused,
    meta: { status: refused.status, code: said.code, subcode: said.error_subcode },
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  });
}

function messageOf(body: unknown): string {
  const said = GraphError.safeParse(body);
  return said.success ? wordsOf(said.data.error) : '';
}

/** What no code of Facebook's decides is left to the status. */
export const classifyFacebookError = (error: unknown): CrierError => classifyApi('Facebook', error, { read, messageOf });

/** Facebook has no such object, or shows it no more: code 100 with subcode 33. */
export function isGone(error: unknown): boolean {
  const said = graphErrorIn(error);
  return said?.code === 100 && said.error_subcode === 33;
}
