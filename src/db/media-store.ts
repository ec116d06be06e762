// Media files in a folder, each under the SHA-256 of its bytes. What is known about them (type, size, alt text) is in the database.
import { randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { MediaParts, MediaStore } from '../core/ports.ts';
import { sayingFullDisk } from './failures.ts';
import { asideOf, isAway, isGone, nameOf, requireHash, undamaged } from './media-names.ts';

/** @param folder made when the first file comes. */
export function openMediaStore(folder: string): MediaStore & MediaParts {
  const pathOf = (hash: string): string => join(resolve(folder), nameOf(hash));
  return {
    put: async (hash, bytes) => put(pathOf(hash), hash, bytes),
    read: async (hash) => undamaged(hash, new Uint8Array(await wherever(folder, pathOf(hash), hash, (path) => readFile(path)))),
    remove: async (hash, untouchedSince, isUnneeded) => {
      const path = pathOf(hash);
      // `gone` would be believed
      if (await isBare(folder)) throw isAway(new Error(`nothing is in ${folder}`));
      return remove(path, untouchedSince, isUnneeded);
    },
    size: async (hash) => (await wherever(folder, pathOf(hash), hash, (path): Promise<Stats> => stat(path))).size,
    part: async (hash, first, last) => {
      const handle = await wherever(folder, pathOf(hash), hash, (path): Promise<FileHandle> => open(path));
      return handle.createReadStream({ start: first, end: last });
    },
  };
}

/**
 * Written beside its place and renamed, so that a file that is there is whole. One that is there is touched: `remove` leaves alone
 * what was put lately, though nothing in the database tells of it yet.
 */
async function put(path: string, hash: string, bytes: Uint8Array): Promise<void> {
  requireHash(hash, bytes);
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
 * @throws CrierError `not-found` where the file is gone, `unavailable` where the folder cannot be read or is not the one it was.
 */
async function wherever<T>(folder: string, path: string, hash: string, take: (path: string) => Promise<T>): Promise<T> {
  let found: T | null;
  try {
    found = (await orNull(take(path))) ?? (await orNull(take(asideOf(path)))) ?? (await orNull(take(path)));
    if (found === null && (await isBare(folder))) throw new Error(`nothing is in ${folder}`);
  } catch (error) {
    throw isAway(error);
  }
  if (found === null) throw isGone(hash, "in Crier's media folder");
  return found;
}

/** Once a file was put into it, a folder is never empty again: this is the bare place where one is to be mounted, or none at all. */
const isBare = async (folder: string): Promise<boolean> => ((await orNull(readdir(folder))) ?? []).length === 0;

/** Null where there is no such file. */
async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
