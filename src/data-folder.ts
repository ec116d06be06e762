// Crier's data folder (`.crier/`): that it is Crier's, and that one Crier at a time uses it. Its secrets are folder-secrets.ts';
// what other parts keep below it (database, media) is theirs.
import { chmod, mkdir, readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { CrierError, invalidInput } from './core/errors.ts';
import { LAYOUT, MARKER, readJson, readMarker, writeJson, writeMarker } from './folder-files.ts';
import { openSecrets, renewKey, type Secrets } from './folder-secrets.ts';

export type { Secrets } from './folder-secrets.ts';

const LOCK = 'crier.lock';
const HOLDER = 'crier.pid';
/** What a new volume or a desktop puts into an empty folder, and what a first start that was interrupted leaves. */
const COUNTS_AS_EMPTY = ['lost+found', '.DS_Store', `${MARKER}.new`];

export interface DataFolder {
  /** Absolute. */
  path: string;
  /** The folder's own password and key, made at the first call. @throws CrierError where they were made once and are gone. */
  secrets: () => Promise<Secrets>;
  /** Gives the folder a new key. @param sealAnew seals everything with it; where it fails, both keys are kept. */
  renewKey: <T>(sealAnew: (secrets: Secrets) => Promise<T>) => Promise<T>;
  /** Lets another Crier have the folder. */
  close: () => void;
}

/**
 * Opens the folder, or makes it where there is none (mode 0700).
 * @param version Crier's own.
 * @throws CrierError `invalid-input`, with the cure, and without touching anything: for a folder that is not Crier's, is of a
 * newer layout, is damaged, cannot be written, or is in use.
 */
export async function openDataFolder(path: string, version: string): Promise<DataFolder> {
  const folder = resolve(path);
  try {
    if (await isNew(folder)) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeMarker(folder, { app: 'crier', version, layout: LAYOUT });
    } else {
      await readMarker(folder);
    }
    const unlock = await lock(folder);
    return {
      path: folder,
      secrets: () => openSecrets(folder),
      renewKey: (sealAnew) => renewKey(folder, sealAnew),
      close: unlock,
    };
  } catch (error) {
    throw withoutPermission(folder, error) ?? error;
  }
}

/** Whether there is a data folder of Crier's already. */
export const hasDataFolder = async (path: string): Promise<boolean> =>
  (await entriesOf(resolve(path)))?.includes(MARKER) ?? false;

async function isNew(folder: string): Promise<boolean> {
  const entries = await entriesOf(folder);
  if (entries === null) return true;
  if (entries.includes(MARKER)) return false;
  if (entries.every((name) => COUNTS_AS_EMPTY.includes(name))) return true;
  throw invalidInput(
    `${folder} is not empty and not a data folder of Crier (it has no ${MARKER}). Nothing was changed. ` +
      'Set CRIER_DATA_DIR to an empty or a new folder.',
  );
}

/** Null where there is no such folder. */
async function entriesOf(folder: string): Promise<string[] | null> {
  try {
    if ((await stat(folder)).isDirectory()) return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    if (codeOf(error) !== 'ENOTDIR') throw error;
  }
  throw invalidInput(
    `The data folder cannot be ${folder}, because that is, or lies below, a file. Set CRIER_DATA_DIR to a folder.`,
  );
}

/**
 * SQLite's file lock: the system lets go of it when the process ends, however it ends, so there are no stale ones; a number in a
 * file could by now be another process'. The file itself stays empty.
 */
async function lock(folder: string): Promise<() => void> {
  const file = new DatabaseSync(join(folder, LOCK));
  try {
    file.exec('begin exclusive');
  } catch (error) {
    file.close();
    if (resultCodeOf(error) === BUSY) throw await heldByOther(folder);
    if (resultCodeOf(error) === NOT_A_DATABASE)
      throw invalidInput(`${join(folder, LOCK)} was changed by something else. Delete that file.`);
    throw error;
  }
  // by name: opening the file once more and closing it would let go of the lock
  await chmod(join(folder, LOCK), 0o600);
  await writeJson(join(folder, HOLDER), { pid: process.pid });
  return () => {
    if (file.isOpen) file.close();
  };
}

// SQLite's result codes, https://sqlite.org/rescode.html (checked 2026-11-22)
const BUSY = 5;
const READ_ONLY = 8;
const CANNOT_OPEN = 14;
const NOT_A_DATABASE = 26;

const resultCodeOf = (error: unknown): unknown => (error instanceof Error && 'errcode' in error ? error.errcode : undefined);

async function heldByOther(folder: string): Promise<CrierError> {
  const holder = z.object({ pid: z.number() }).safeParse(await readJson(join(folder, HOLDER)));
  const who = holder.success ? `process ${holder.data.pid}` : 'another process';
  return invalidInput(
    `A Crier that is running already uses ${folder}: ${who}. Stop it first (Ctrl-C where it runs), or set CRIER_DATA_DIR to another folder.`,
  );
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

/** The system's refusals, in words; null for any other error. */
function withoutPermission(folder: string, error: unknown): CrierError | null {
  const isRefused = ['EACCES', 'EPERM', 'EROFS'].includes(String(codeOf(error)));
  if (!isRefused && resultCodeOf(error) !== CANNOT_OPEN && resultCodeOf(error) !== READ_ONLY) return null;
  return new CrierError(
    'invalid-input',
    `Crier may not read and write in ${folder}. Give the user it runs as that right, or set CRIER_DATA_DIR to another folder.`,
    { cause: error },
  );
}
