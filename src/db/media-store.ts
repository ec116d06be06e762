// Media files on disk, each under the SHA-256 of its bytes. What is known about them (type, size, alt text) is in the database.
import { createHash, randomBytes } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { CrierError, notFound } from '../core/errors.ts';
import type { MediaStore } from '../core/ports.ts';

const HASH = /^[0-9a-f]{64}$/;

/** @param folder made when the first file comes. */
export function openMediaStore(folder: string): MediaStore {
  return {
    put: async (hash, bytes) => put(pathOf(folder, hash), hash, bytes),
    read: async (hash) => read(pathOf(folder, hash), hash),
  };
}

/** Spread over 256 folders by the hash's first byte. @throws Error (a bug) for what is not a hash: it must never become a path. */
function pathOf(folder: string, hash: string): string {
  if (!HASH.test(hash)) throw new Error(`not a SHA-256 in lower-case hex: ${JSON.stringify(hash)}`);
  return join(resolve(folder), hash.slice(0, 2), hash);
}

/** Written beside its place and renamed, so that a file that is there is whole. */
async function put(path: string, hash: string, bytes: Uint8Array): Promise<void> {
  if (hashOf(bytes) !== hash) throw new Error(`these bytes do not have the hash ${hash}`);
  if (await isThere(path)) return;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(unfinished, bytes, { mode: 0o600, flush: true });
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** @throws CrierError `not-found` where the file is gone, `rejected` where the disk changed it. */
async function read(path: string, hash: string): Promise<Uint8Array<ArrayBuffer>> {
  if (!(await isThere(path))) {
    throw notFound(
      `A media file of this post is no longer in Crier's data folder (${hash.slice(0, 8)}). Add the file to the post again.`,
    );
  }
  const bytes = new Uint8Array(await readFile(path));
  if (hashOf(bytes) === hash) return bytes;
  throw new CrierError(
    'rejected',
    `A media file of this post was damaged on disk (${hash.slice(0, 8)}). Add the file to the post again.`,
  );
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
