// What a failure of the database, or of a full disk, is called before people, while Crier runs and where it cannot start. Only the
// server's state counts: a statement that is wrong is a bug and stays what it is. Codes: https://www.postgresql.org/docs/18/errcodes-appendix.html (2026-11-22)
import { CrierError, StoreFailure } from '../core/errors.ts';

const AWAY =
  'Crier cannot reach its database just now, so this may not have been done. Please try again in a minute; /posts shows what is there. What is scheduled already stays, and goes out once the database is back.';
const FULL =
  'The disk of Crier’s database is full, so this could not be saved. Please tell whoever runs Crier, and try again when there is room.';
const FULL_FOR_FILES =
  'The disk on which Crier keeps images is full, so this one could not be kept. Please tell whoever runs Crier, and try again when there is room.';
const BUSY = 'Crier’s database has no connection free for this just now. Please try again in a moment.';

const NO_CONNECTION = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/** The driver's own words, which carry no code (pg 8.23.1, `client.js` and `pg-pool/index.js`). */
const ENDED = /^Connection terminated|^Client (has encountered a connection error|was closed) and is not queryable/;
const NO_TURN = 'timeout exceeded when trying to connect';

/** The database's state in an error, itself or as the cause of a cause; null where it is about something else. */
function sentenceOf(error: unknown): string | null {
  for (const { code, message } of causesOf(error)) {
    if (code === '53100') return FULL;
    if (code.startsWith('53') || message === NO_TURN) return BUSY;
    // connections that fail, a server that stops or starts, one that takes none, one that became a read-only copy
    if (/^(08...|57P..|25006)$/.test(code) || NO_CONNECTION.has(code) || ENDED.test(message)) return AWAY;
    if (code === '55000' && message.includes('not currently accepting connections')) return AWAY;
  }
  return null;
}

interface Cause {
  code: string;
  message: string;
}

function* causesOf(error: unknown): Generator<Cause> {
  for (let current = error; current instanceof Error; current = current.cause) {
    yield { code: 'code' in current ? String(current.code) : '', message: current.message };
    // a host with several addresses: each was tried
    if (current instanceof AggregateError) for (const each of current.errors) yield* causesOf(each);
  }
}

/** The same functions, which throw a StoreFailure where the database cannot do its work just now; all else that they throw stays. */
export function sayingFailures<T extends object>(part: T): T {
  return new Proxy(part, {
    get(target, name): unknown {
      const found: unknown = Reflect.get(target, name);
      if (typeof found === 'function') return (...given: unknown[]): unknown => settled(Reflect.apply(found, target, given));
      return typeof found === 'object' && found !== null ? sayingFailures(found) : found;
    },
  });
}

const settled = (result: unknown): unknown =>
  result instanceof Promise
    ? result.catch((error: unknown) => {
        const sentence = sentenceOf(error);
        throw sentence === null ? error : new StoreFailure(sentence, { cause: error });
      })
    : result;

const NO_ROOM = new Set(['ENOSPC', 'EDQUOT']);

/** Writing a file. @throws StoreFailure where the disk is full */
export async function sayingFullDisk<T>(writing: Promise<T>): Promise<T> {
  try {
    return await writing;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && NO_ROOM.has(String(error.code)))) throw error;
    throw new StoreFailure(FULL_FOR_FILES, { cause: error });
  }
}

/**
 * Why the database cannot be opened, as one sentence for whoever starts Crier, with what to check. Never a password.
 * @param url `postgres://user:password@host:port/database`
 * @returns null for what is none of the known reasons
 */
export function startFailure(error: unknown, url: string): CrierError | null {
  const where = placeOf(url);
  for (const cause of causesOf(error)) {
    const sentence = startSentence(cause, where);
    if (sentence !== null) return new CrierError('unavailable', sentence, { cause: error });
  }
  return null;
}

interface Place {
  at: string;
  user: string;
  name: string;
}

function placeOf(url: string): Place {
  const { hostname, port, username, pathname, searchParams } = new URL(url);
  const host = hostname || searchParams.get('host') || 'localhost';
  const user = decodeURIComponent(username) || searchParams.get('user') || '';
  const name = decodeURIComponent(pathname.slice(1)) || user;
  return { at: `PostgreSQL at ${host}:${port || '5432'}`, user, name };
}

function startSentence({ code, message }: Cause, { at, user, name }: Place): string | null {
  if (code === 'ECONNREFUSED')
    return `${at} does not answer: the connection was refused. Check that it runs, and that DATABASE_URL names its host and port.`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `${at} does not answer: there is no host of this name. Check the host in DATABASE_URL.`;
  if (NO_CONNECTION.has(code) || ENDED.test(message) || message === NO_TURN)
    return `${at} does not answer: the connection broke off or timed out. Check host and port in DATABASE_URL, and any firewall between.`;
  if (code === '28P01' || code === '28000' || message.startsWith('SASL: SCRAM'))
    return `${at} does not let the user ${user} in. Check user and password in DATABASE_URL, and pg_hba.conf on the server.`;
  if (code === '3D000') return `${at} has no database ${name}. Make it (createdb ${name}), or name another in DATABASE_URL.`;
  if (code === '42501')
    return `${at} does not let the user ${user} make tables in the database ${name}. Make it the owner: alter database "${name}" owner to "${user}".`;
  if (code === '53100') return `${at} has no room left on its disk. Make room there, and start Crier again.`;
  if (code.startsWith('53')) return `${at} has no connection left. Raise its max_connections, or run fewer processes against it.`;
  if (code === '25006') return `${at} is a read-only copy. Let DATABASE_URL name the primary server.`;
  if (code.startsWith('57P') || code === '55000')
    return `${at} takes no connections just now: it is starting, stopping, or closed to them. Start Crier again when it is ready.`;
  return null;
}
