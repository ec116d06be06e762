// Crier's data folder (`.crier/`): that it is Crier's, that one Crier at a time uses it, and the secrets made in it.
// What other parts keep below it (database, media) is theirs.
import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { CrierError, invalidInput } from './core/errors.ts';

/** How the folder is laid out; raised when an older Crier could not read what a newer one keeps. */
const LAYOUT = 1;
const MARKER = 'crier.json';
const SECRETS = 'secrets.json';
const LOCK = 'crier.lock';
const HOLDER = 'crier.pid';
/** What a new volume or a desktop puts into an empty folder, and what a first start that was interrupted leaves. */
const COUNTS_AS_EMPTY = ['lost+found', '.DS_Store', `${MARKER}.new`];

const Marker = z.object({
  app: z.literal('crier'),
  /** Of the Crier that made it. */
  version: z.string(),
  layout: z.number().int(),
  /** Names the secrets that belong here, so that lost ones are not silently made anew. */
  secretsFingerprint: z.string().optional(),
});
type Marker = z.infer<typeof Marker>;

const Secrets = z.object({
  databasePassword: z.string().min(16),
  /** 64 hex digits. */
  encryptionKey: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Secrets = z.infer<typeof Secrets>;

export interface DataFolder {
  /** Absolute. */
  path: string;
  /** The folder's own password and key, made at the first call. @throws CrierError where they were made once and are gone. */
  secrets: () => Promise<Secrets>;
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
    return { path: folder, secrets: () => openSecrets(folder), close: unlock };
  } catch (error) {
    throw withoutPermission(folder, error) ?? error;
  }
}

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

async function readMarker(folder: string): Promise<Marker> {
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

/** Undefined for text that is not JSON. */
async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const writeMarker = (folder: string, marker: Marker): Promise<void> => writeJson(join(folder, MARKER), marker);

/** Whole or not at all, also when the machine stops in between. */
async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
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

async function openSecrets(folder: string): Promise<Secrets> {
  const marker = await readMarker(folder);
  const file = join(folder, SECRETS);
  const isThere = (await readdir(folder)).includes(SECRETS);
  if (!isThere && marker.secretsFingerprint !== undefined) {
    throw invalidInput(
      `${file} is gone, and what is stored in ${folder} cannot be read without it. Put it back from a backup, ` +
        'or set CRIER_DATA_DIR to a new folder to start empty. Nothing was changed.',
    );
  }
  if (!isThere)
    await writeJson(file, {
      databasePassword: randomBytes(24).toString('base64url'),
      encryptionKey: randomBytes(32).toString('hex'),
    });
  const secrets = Secrets.safeParse(await readJson(file));
  if (!secrets.success)
    throw invalidInput(`${file} is damaged. Put it back from a backup, or set CRIER_DATA_DIR to a new folder.`);
  const secretsFingerprint = fingerprintOf(secrets.data);
  if (marker.secretsFingerprint === undefined) await writeMarker(folder, { ...marker, secretsFingerprint });
  else if (marker.secretsFingerprint !== secretsFingerprint) {
    throw invalidInput(`${file} belongs to another data folder, or was changed. Put the one back that was made in ${folder}.`);
  }
  return secrets.data;
}

const fingerprintOf = (secrets: Secrets): string =>
  createHash('sha256').update(`${secrets.databasePassword} ${secrets.encryptionKey}`).digest('hex').slice(0, 16);

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
