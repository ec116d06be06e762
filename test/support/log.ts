// A log that keeps what was written, for tests that ask about it.
import type { Log } from '../../src/core/ports.ts';

export interface KeptLog extends Log {
  lines: { level: string; message: string; fields: object }[];
}

export function keptLog(): KeptLog {
  const lines: KeptLog['lines'] = [];
  const write = (level: string) => (fields: object, message: string) => void lines.push({ level, message, fields });
  return { lines, debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
