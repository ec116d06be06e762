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

const redactText = (text: string): string =>
  IN_TEXT.reduce((redacted, [pattern, instead]) => redacted.replace(pattern, instead), text);

/** Written as it is said, so that the last lines before an end are there. @param file null for stderr */
export const logTo = (file: string | null): DestinationStream =>
  file === null ? destination({ fd: 2, sync: true }) : destination({ dest: file, sync: true, mode: 0o600 });

/** @param stream where lines go; stderr without one. */
export function openLog(level: LogLevel, stream: DestinationStream = logTo(null)): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${Temporal.Now.instant().toString({ smallestUnit: 'millisecond' })}"`,
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
