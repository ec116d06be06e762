// The small files in Crier's data folder: JSON, written whole or not at all, and the marker that says whose folder it is.
import { open, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { invalidInput } from './core/errors.ts';

/** How the folder is laid out; raised when an older Crier could not read what a newer one keeps. */
export const LAYOUT = 1;
export const MARKER = 'crier.json';

const Marker = z.object({
  app: z.literal('crier'),
  /** Of the Crier that made it. */
  version: z.string(),
  layout: z.number().int(),
  /** Names the secrets that belong here, so that lost ones are not silently made anew. */
  secretsFingerprint: z.string().optional(),
});
export type Marker = z.infer<typeof Marker>;

/** @throws CrierError `invalid-input` where it is damaged, or of a newer layout. */
export async function readMarker(folder: string): Promise<Marker> {
  const marker = Marker.safeParse(await readJson(join(folder, MARKER)));
  if (!marker.success) {
    throw invalidInput(
      `${join(folder, MARKER)} is damaged or was not written by Crier, so the folder is left alone. ` +
        'Restore it from a backup, or set CRIER_DATA_DIR to a new folder to start empty.',
    );
  }
  if (marker.data.layout > LAYOUT) {
    throw invalidInput(
      `${folder} was written by a newer Crier (layout ${marker.data.layout}, this one knows ${LAYOUT}). ` +
        'Update Crier, or set CRIER_DATA_DIR to another folder. Nothing was changed.',
    );
  }
  return marker.data;
}

export const writeMarker = (folder: string, marker: Marker): Promise<void> => writeJson(join(folder, MARKER), marker);

/** Undefined for text that is not JSON. */
export async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Whole or not at all, also when the machine stops in between; and there for good when this returns. */
export async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
  await flushFolder(dirname(file));
}

/** A rename is on the disk only when its folder is; Windows has no such thing. https://man7.org/linux/man-pages/man2/fsync.2.html (2026-11-22) */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
