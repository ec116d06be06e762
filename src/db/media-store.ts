// Media files on disk, each under the SHA-256 of its bytes. What is known about them (type, size, alt text) is in the database.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { CrierError, notFound } from '../core/errors.ts';
import type { MediaStore } from '../core/ports.ts';
import { sayingFullDisk } from './failures.ts';

const HASH = /^[0-9a-f]{64}$/;

/** @param folder made when the first file comes. */
export function openMediaStore(folder: string): MediaStore {
  return {
    put: async (hash, bytes) => put(pathOf(folder, hash), hash, bytes),
    read: async (hash) => read(pathOf(folder, hash), hash),
    remove: async (hash, untouchedSince, isUnneeded) => remove(pathOf(folder, hash), untouchedSince, isUnneeded),
  };
}

/** Spread over 256 folders by the hash's first byte. @throws Error (a bug) for what is not a hash: it must never become a path. */
function pathOf(folder: string, hash: string): string {
  if (!HASH.test(hash)) throw new Error(`not a SHA-256 in lower-case hex: ${JSON.stringify(hash)}`);
  return join(resolve(folder), hash.slice(0, 2), hash);
}

/**
 * Written beside its place and renamed, so that a file that is there is whole. One that is there is touched: `remove` leaves alone
 * what was put lately, though nothing in the database tells of it yet.
 */
async function put(path: string, hash: string, bytes: Uint8Array): Promise<void> {
  if (hashOf(bytes) !== hash) throw new Error(`these bytes do not have the hash ${hash}`);
  const now = new Date();
  if (await orNull(utimes(path, now, now).then(() => true))) return;
  await sayingFullDisk(mkdir(dirname(path), { recursive: true, mode: 0o700 }));
  const unfinished = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    await sayingFullDisk(writeFile(unfinished, bytes, { mode: 0o600, flush: true }));
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
  }
}

const asideOf = (path: string): string => `${path}.leaving`;

/**
 * First the file is put aside, where no `put` finds it, and only then it is looked at for the last time. A `put` of the same bytes
 * came either before that, and its touch is seen here, or after it, and writes the file anew. What was put aside by a process that
 * was killed is found there by the next one.
 */
async function remove(
  path: string,
  untouchedSince: Temporal.Instant,
  isUnneeded: () => Promise<boolean>,
): Promise<'gone' | 'kept'> {
  const aside = asideOf(path);
  if (await isTouched(path, untouchedSince)) return 'kept';
  await orNull(rename(path, aside));
  let mayGo = false;
  try {
    mayGo = !(await isTouched(aside, untouchedSince)) && (await isUnneeded());
  } finally {
    // onto the same bytes, should they have been put anew meanwhile
    if (!mayGo) await orNull(rename(aside, path));
  }
  if (mayGo) await rm(aside, { force: true });
  return mayGo ? 'gone' : 'kept';
}

async function isTouched(path: string, since: Temporal.Instant): Promise<boolean> {
  const found = await orNull(stat(path));
  return found !== null && found.mtimeMs >= since.epochMilliseconds;
}

/**
 * Also where it is being put aside, or put back, at this moment.
 * @throws CrierError `not-found` where the file is gone, `rejected` where the disk changed it.
 */
async function read(path: string, hash: string): Promise<Uint8Array<ArrayBuffer>> {
  const found = (await orNull(readFile(path))) ?? (await orNull(readFile(asideOf(path)))) ?? (await orNull(readFile(path)));
  if (found === null) {
    throw notFound(
      `A media file of this post is no longer in Crier's data folder (${hash.slice(0, 8)}). Add the file to the post again.`,
    );
  }
  const bytes = new Uint8Array(found);
  if (hashOf(bytes) === hash) return bytes;
  throw new CrierError(
    'rejected',
    `A media file of this post was damaged on disk (${hash.slice(0, 8)}). Add the file to the post again.`,
  );
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Null where there is no such file. */
async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
