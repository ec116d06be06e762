// What both media stores hold in common: how files are named, and what is said where one cannot be had.
import { createHash } from 'node:crypto';
import { CrierError, notFound, StoreFailure } from '../core/errors.ts';

const HASH = /^[0-9a-f]{64}$/;

/**
 * `ab/ab12…`: spread over 256 folders by the hash's first byte. The same in a folder and in a bucket, so that files can be copied from
 * one to the other as they are.
 * @throws Error (a bug) for what is not a hash: it must never become a path.
 */
export function nameOf(hash: string): string {
  if (!HASH.test(hash)) throw new Error(`not a SHA-256 in lower-case hex: ${JSON.stringify(hash)}`);
  return `${hash.slice(0, 2)}/${hash}`;
}

/** Where a file lies while it is decided whether it goes. */
export const asideOf = (name: string): string => `${name}.leaving`;

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** @throws Error (a bug) */
export function requireHash(hash: string, bytes: Uint8Array): void {
  if (hashOf(bytes) !== hash) throw new Error(`these bytes do not have the hash ${hash}`);
}

/** @throws CrierError `rejected` where what is stored is no longer what was stored. */
export function undamaged(hash: string, bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (hashOf(bytes) === hash) return bytes;
  throw new CrierError(
    'rejected',
    `A media file of this post was damaged where it is stored (${hash.slice(0, 8)}). Add the file to the post again.`,
  );
}

/** @param where `in Crier's data folder` */
export const isGone = (hash: string, where: string): CrierError =>
  notFound(`A media file of this post is no longer ${where} (${hash.slice(0, 8)}). Add the file to the post again.`);

/** For whoever adds a file. */
export const cannotKeep = (cause: unknown): StoreFailure =>
  new StoreFailure(
    'Crier cannot reach the place where it keeps media files just now, so this was not done. Please try again in a minute, or without the files.',
    { cause },
  );

/** For whoever wants a file. Certainly nothing was posted, and it may go well later. */
export const isAway = (cause: unknown): CrierError =>
  new CrierError(
    'unavailable',
    'Crier cannot reach the place where it keeps media files just now. Please tell whoever runs Crier if this lasts.',
    { cause },
  );
