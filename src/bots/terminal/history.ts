// The lines a person typed, kept in a file between sessions. Lines that may hold a secret never get here.
import { readFile, rename, writeFile } from 'node:fs/promises';
import pLimit from 'p-limit';
import type { Log } from '../../core/ports.ts';

/** Lines kept. */
export const HISTORY_SIZE = 500;

export interface History {
  /** Newest first, as readline has it. */
  entries: string[];
  /** Stores these lines instead of the earlier ones; newest first. A failure is logged: it must not stop the chat. */
  save: (entries: readonly string[]) => void;
  /** Resolves once all that was saved is written. */
  settled: () => Promise<void>;
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

async function readEntries(file: string, log: Log): Promise<string[]> {
  try {
    const text = await readFile(file, 'utf8');
    return text.split('\n').filter(Boolean).reverse().slice(0, HISTORY_SIZE);
  } catch (error) {
    if (!isMissing(error)) log.warn({ err: error, file }, 'history could not be read');
    return [];
  }
}

/** Opens the history in `file`, oldest line first there, readable by its owner only; null keeps none. */
export async function openHistory(file: string | null, log: Log): Promise<History> {
  const oneByOne = pLimit(1);
  const write = async (entries: readonly string[]): Promise<void> => {
    if (file === null) return;
    try {
      const text = entries.slice(0, HISTORY_SIZE).toReversed().join('\n');
      await writeFile(`${file}.new`, `${text}\n`, { mode: 0o600 });
      await rename(`${file}.new`, file);
    } catch (error) {
      log.warn({ err: error, file }, 'history could not be written');
    }
  };
  let last: Promise<void> = Promise.resolve();
  return {
    entries: file === null ? [] : await readEntries(file, log),
    save: (entries) => {
      const lines = [...entries];
      last = oneByOne(() => write(lines));
    },
    settled: () => last,
  };
}
