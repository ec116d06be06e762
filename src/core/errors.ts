// The error class of Crier. Its kind says what may be done about it; anything that is not a CrierError is a bug, or, as a StoreFailure,
// the state of what Crier stands on.

export const ERROR_KINDS = [
  'invalid-input',
  'not-permitted',
  'not-found',
  'auth-expired',
  'auth-revoked',
  'rate-limited',
  'rejected',
  'unavailable',
  'outcome-unknown',
] as const;

/**
 * - `invalid-input`, `not-permitted`, `not-found`: the person can mend it; `userMessage` says how.
 * - `auth-expired`: a session that a refresh or a new login mends; `auth-revoked`: the network's own word that access is gone.
 * - `rate-limited`: the network refused for now; `retryAfterMs` where it said for how long.
 * - `rejected`: the network read the request and will never take it as it is.
 * - `unavailable`: the request certainly did not reach the network (refused connection, no such host, 503 before any work).
 * - `outcome-unknown`: it may have been applied (timeout, dropped connection, 5xx after sending).
 */
export type ErrorKind = (typeof ERROR_KINDS)[number];

export interface CrierErrorOptions {
  /** Milliseconds until the network wants to be asked again. */
  retryAfterMs?: number;
  /** The argument it is about, `when`: a form shows the sentence there. */
  field?: string;
  /** For the log; never a secret. */
  meta?: Record<string, unknown>;
  cause?: unknown;
}

export class CrierError extends Error {
  readonly kind: ErrorKind;
  /** One or two sentences for the person: what is wrong, and what to do instead. */
  readonly userMessage: string;
  readonly retryAfterMs: number | undefined;
  readonly field: string | undefined;
  readonly meta: Record<string, unknown>;

  constructor(kind: ErrorKind, userMessage: string, options: CrierErrorOptions = {}) {
    super(userMessage, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CrierError';
    this.kind = kind;
    this.userMessage = userMessage;
    this.retryAfterMs = options.retryAfterMs;
    this.field = options.field;
    this.meta = options.meta ?? {};
  }
}

/**
 * The database or the disk that Crier keeps things in cannot do its work just now. Nobody's mistake and no bug: it passes, or whoever runs
 * Crier mends it. Not a CrierError, since it says nothing about the network and nothing about what was asked for.
 */
export class StoreFailure extends Error {
  /** For the person: what is wrong, and what to do. */
  readonly userMessage: string;

  constructor(userMessage: string, options: { cause: unknown }) {
    super(userMessage, options);
    this.name = 'StoreFailure';
    this.userMessage = userMessage;
  }
}

export const invalidInput = (userMessage: string, meta?: Record<string, unknown>): CrierError =>
  new CrierError('invalid-input', userMessage, meta ? { meta } : {});

/** Bad input in one argument of a command. */
export const invalidArgument = (field: string, userMessage: string): CrierError =>
  new CrierError('invalid-input', userMessage, { field });

export const notFound = (userMessage: string): CrierError => new CrierError('not-found', userMessage);
