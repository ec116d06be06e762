// Keeps a network's state as a list of events: each is written to a file, one JSON line, before it is applied.
import { appendFileSync, closeSync, existsSync, ftruncateSync, mkdirSync, openSync, readFileSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { invalidInput } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';

export interface Journal<Event> {
  /** Writes the event, then applies it. @throws where it could not be written; it is then not applied. */
  commit: (event: Event) => void;
  close: () => void;
}

export interface JournalOptions<Event> {
  /** Null: nothing is written. */
  file: string | null;
  schema: z.ZodType<Event>;
  apply: (event: Event) => void;
  log: Log;
}

/**
 * Applies what the file holds and opens it for more. A last line without its end was being written when the process died, so
 * nobody was told of it: it is dropped with a warning.
 * @throws CrierError `invalid-input`, naming file and line, for any other damage.
 */
export function openJournal<Event>({ file, schema, apply, log }: JournalOptions<Event>): Journal<Event> {
  if (file === null) return { commit: apply, close: () => {} };
  mkdirSync(dirname(file), { recursive: true });
  const stored = existsSync(file) ? dropTornLine(file, log) : '';
  for (const [index, line] of stored.split('\n').slice(0, -1).entries()) apply(readEvent(line, schema, file, index + 1));

  const descriptor = openSync(file, 'a');
  let length = Buffer.byteLength(stored);
  let open = true;
  return {
    commit: (event) => {
      // A request may outlive the server; by then the descriptor may be another file's.
      if (!open) throw new Error(`${file} is closed`);
      const line = `${JSON.stringify(event)}\n`;
      try {
        appendFileSync(descriptor, line);
      } catch (error) {
        // Half a line would be taken for damage once another line stands behind it.
        ftruncateSync(descriptor, length);
        throw error;
      }
      length += Buffer.byteLength(line);
      apply(event);
    },
    close: () => {
      open = false;
      closeSync(descriptor);
    },
  };
}

function dropTornLine(file: string, log: Log): string {
  const content = readFileSync(file);
  const whole = content.subarray(0, content.lastIndexOf('\n') + 1);
  if (whole.length < content.length) {
    log.warn({ file, bytes: content.length - whole.length }, 'dropped the last line of an emulated network, torn by a crash');
    truncateSync(file, whole.length);
  }
  return whole.toString('utf8');
}

function readEvent<Event>(line: string, schema: z.ZodType<Event>, file: string, number: number): Event {
  try {
    return schema.parse(JSON.parse(line));
  } catch (cause) {
    const error = invalidInput(
      `Line ${number} of ${file} is not what the emulated network wrote there. Mend that line, or move the file away to start with an empty network.`,
      { file, line: number },
    );
    error.cause = cause;
    throw error;
  }
}
