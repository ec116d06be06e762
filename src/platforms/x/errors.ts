// What X's refusals mean to Crier, by status and code. X's words are shown, and never read.
// https://docs.x.com/x-api/fundamentals/response-codes-and-errors (checked 2026-11-22).
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import { classifyApi, type Refused } from '../api.ts';
import { retryAfterMs } from '../failures.ts';

/** RFC 9457 with a list of its own below it; older parts answer with that list alone. */
const Problem = z.object({
  title: z.string().optional(),
  detail: z.string().optional(),
  type: z.string().optional(),
  errors: z.array(z.object({ message: z.string().optional(), detail: z.string().optional() })).optional(),
});
type Problem = z.infer<typeof Problem>;

const problemIn = (body: unknown): Problem => Problem.safeParse(body).data ?? {};

/** `https://api.x.com/2/problems/usage-capped` -> `usage-capped`; `about:blank`, which says nothing beyond the status, -> ''. */
const codeOf = ({ type = '' }: Problem): string => /\/problems\/([\w-]+)$/.exec(type)?.[1] ?? '';

/** What is wrong in particular comes before what kind of thing it is. */
function messageOf(body: unknown): string {
  const { title, detail, errors } = problemIn(body);
  const [first] = errors ?? [];
  return first?.message ?? first?.detail ?? detail ?? title ?? '';
}

/** Limits over a day are told beside the one over 15 minutes, which is then not what one waits for. X's pages do not name them (unverified). */
const LONG_LIMITS = ['x-user-limit-24hour', 'x-app-limit-24hour'];

function rateLimited(sentence: string, { status, headers }: Refused, cause: unknown): CrierError {
  const long = LONG_LIMITS.find((name) => headers.get(`${name}-remaining`) === '0');
  const header = (name: string) => headers.get(long && name === 'x-rate-limit-reset' ? `${long}-reset` : name);
  const wait = retryAfterMs(header);
  return new CrierError('rate-limited', sentence, {
    cause,
    meta: { status },
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  });
}

const NO_CREDITS = "X has no credits left for Crier's app: whoever runs Crier buys some at console.x.com.";
const CAPPED = "X's monthly cap for Crier's app is used up: whoever runs Crier raises it at console.x.com.";

/**
 * A 401 says the same of a token whose two hours are over and of one that was taken back: which it is, refreshing tells. No credits (402,
 * `credits`) and a used-up cap (`usage-capped`) go by when somebody pays, not with the rate limit's window.
 */
function read(refused: Refused): CrierError | null {
  const { status, body } = refused;
  const code = codeOf(problemIn(body));
  const options = { cause: refused, meta: { status, ...(code === '' ? {} : { code }) } };
  if (status === 401) return new CrierError('auth-expired', 'X no longer accepts this login.', options);
  if (status === 402 || code === 'credits') return new CrierError('rate-limited', NO_CREDITS, options);
  if (code === 'usage-capped') return new CrierError('rate-limited', CAPPED, options);
  if (status === 429) return rateLimited(`X asks to slow down: ${messageOf(body) || 'too many requests'}`, refused, refused);
  return null;
}

export const classifyXError = (error: unknown): CrierError => classifyApi('X', error, { read, messageOf });
