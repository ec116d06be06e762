// The way to X's API: its hosts, what is stored of a login, and what its refusals mean. Knows nothing of posts.
// https://docs.x.com/x-api/fundamentals/response-codes-and-errors (checked 2026-11-22, as every page of docs.x.com named in this folder).
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import type { AccountAccess } from '../../core/platform.ts';
import { type ApiRequest, ask, classifyApi, type Refused, send } from '../api.ts';
import { retryAfterMs } from '../failures.ts';
import { openHosts } from '../hosts.ts';

export const HOME = 'https://x.com';

/** `site` has the pages that people see. */
export const hostsOf = openHosts(HOME, { site: HOME, api: 'https://api.x.com' });

/** `refreshToken` is null where the person did not give `offline.access`. */
export const StoredLogin = z.object({ accessToken: z.string().min(1), refreshToken: z.string().min(1).nullable() });
export type StoredLogin = z.infer<typeof StoredLogin>;

/** @throws CrierError `auth-revoked` where what is stored is no login of X */
export function readLogin(credentials: unknown): StoredLogin {
  const parsed = StoredLogin.safeParse(credentials);
  if (parsed.success) return parsed.data;
  throw new CrierError('auth-revoked', 'The stored X login cannot be used. Connect the account again with /connect x.', {
    cause: parsed.error,
  });
}

export interface Client {
  ask: <T>(request: Request, schema: z.ZodType<T>) => Promise<T>;
  send: (request: Request) => Promise<Response>;
}
type Request = Omit<ApiRequest, 'url' | 'bearer'> & {
  /** `/2/tweets`. */
  path: string;
};

/** Requests as an account. @throws CrierError `auth-revoked`, as `readLogin` */
export function clientFor(access: Pick<AccountAccess, 'http' | 'signal' | 'account' | 'credentials'>): Client {
  const { accessToken: bearer } = readLogin(access.credentials);
  return openClient(access, access.account.service, bearer);
}

export function openClient(way: Pick<AccountAccess, 'http' | 'signal'>, service: string, bearer: string): Client {
  const { api } = hostsOf(service);
  const whole = ({ path, ...request }: Request): ApiRequest => ({ ...request, url: `${api}${path}`, bearer });
  return { ask: (request, schema) => ask(way, whole(request), schema), send: (request) => send(way, whole(request)) };
}

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
