// Slack's libraries log through this into Crier's log. What they do at all is theirs.
import { type Logger, LogLevel } from '@slack/web-api';
import type { Log } from '../../core/ports.ts';

/**
 * Their debug lines repeat whole requests with what people typed, which may be a secret, so none of them is written. Their `info`
 * is of interest only when something is looked for.
 */
export function logForSdk(log: Log, part: string): Logger {
  const write =
    (level: 'debug' | 'warn' | 'error') =>
    (...said: unknown[]): void => {
      const error = said.find((one) => one instanceof Error);
      const words = said.filter((one) => typeof one === 'string').join(' ');
      log[level]({ part, ...(error ? { err: error } : {}) }, words || `${part} says nothing more`);
    };
  return {
    debug: () => {},
    info: write('debug'),
    warn: write('warn'),
    error: write('error'),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}
