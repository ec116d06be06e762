// The log: JSON lines on stderr (stdout belongs to the chat), with secrets taken out. What to log is the callers' matter.
import { type DestinationStream, destination, type Logger, pino, stdSerializers } from 'pino';
import type { LogLevel } from './config.ts';

/** Field names whose values are never written, at the top and up to three levels down. */
const SECRETS = [
  'password',
  'secret',
  'token',
  'accessToken',
  'refreshToken',
  'access_token',
  'refresh_token',
  'client_secret',
  'accessJwt',
  'refreshJwt',
  'authorization',
  'Authorization',
  'cookie',
  'credentials',
  'encryptionKey',
  'oldEncryptionKeys',
  'databasePassword',
  'databaseUrl',
  'mongoUrl',
  'apiToken',
  'cronSecret',
];

/**
 * `user:password@` of a URL in any text, what stands behind `Bearer`, what answers an interaction of Discord for 15 minutes, tokens of
 * Slack (`xoxb-`, `xoxe.xoxp-`, `xapp-`), and its addresses that let in whoever knows them.
 */
const IN_TEXT: readonly (readonly [RegExp, string])[] = [
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/]*):[^\s/]+@/gi, '$1:[redacted]@'],
  [/\b(bearer|basic|dpop)\s+[\w.~+/=-]{8,}/gi, '$1 [redacted]'],
  [/(\/(?:interactions|webhooks)\/\d+\/)[\w.~-]{8,}/g, '$1[redacted]'],
  [/\b(xox[a-z](?:\.xox[a-z])?|xapp)-[\w%.-]+/gi, '$1-[redacted]'],
  [/(https:\/\/(?:hooks|files)\.slack(?:-gov)?\.com\/)[^\s"'\\<>]+/gi, '$1[redacted]'],
];

/** Takes out what is known for a secret by its form, wherever in a text it stands. */
export const redactText = (text: string): string =>
  IN_TEXT.reduce((redacted, [pattern, instead]) => redacted.replace(pattern, instead), text);

const nowInLog = (): string => Temporal.Now.instant().toString({ smallestUnit: 'millisecond' });

/** Lines that could not be written wait for room, this much of them; later ones are left out. Bytes. */
const MOST_WAITING = 1_000_000;

/**
 * Written as it is said, so that the last lines before an end are there. Where the disk is full or nobody reads, Crier goes on without a
 * log: whoever logs must not fail by it. What waits is written with the first line after there is room. @param file null for stderr
 */
export function logTo(file: string | null): DestinationStream {
  const common = { sync: true, maxLength: MOST_WAITING };
  const stream = destination(file === null ? { ...common, fd: 2 } : { ...common, dest: file, mode: 0o600 });
  let problem = '';
  let leftOut = 0;
  // without a listener it would be thrown where the line was logged, by whoever is in the middle of other work
  stream.on('error', (error: Error) => {
    problem = error.message;
  });
  stream.on('drop', () => {
    leftOut += 1;
  });
  stream.on('drain', () => {
    if (leftOut === 0) return;
    const line = {
      level: 'warn',
      time: nowInLog(),
      leftOut,
      problem,
      msg: 'the log could not be written, and lines were left out',
    };
    leftOut = 0;
    stream.write(`${JSON.stringify(line)}\n`);
  });
  return stream;
}

/** @param stream where lines go; stderr without one. */
export function openLog(level: LogLevel, stream: DestinationStream = logTo(null)): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${nowInLog()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: ['', '*.', '*.*.', '*.*.*.'].flatMap((above) => SECRETS.map((name) => `${above}${name}`)),
        censor: '[redacted]',
      },
      serializers: { error: stdSerializers.errWithCause, err: stdSerializers.errWithCause },
      // messages and stacks are free text: a driver may have put a URL with its password there
      hooks: { streamWrite: redactText },
    },
    stream,
  );
}
