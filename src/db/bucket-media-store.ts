// Media files in a bucket, each under the SHA-256 of its bytes: what several processes share without a folder. What is known of the files is
// in the database; how requests are made is the bucket's matter.
import type { MediaParts, MediaStore } from '../core/ports.ts';
import { type Bucket, BucketRefusal } from './bucket.ts';
import { asideOf, cannotKeep, hashOf, isAway, isGone, nameOf, requireHash, undamaged } from './media-names.ts';

const touchOf = (name: string): string => `${name}.touched`;
const NOTHING = new Uint8Array();
const HASH_OF_NOTHING = hashOf(NOTHING);

export function openBucketMediaStore(bucket: Bucket): MediaStore & MediaParts {
  return {
    put: async (hash, bytes) => reachably(() => put(bucket, hash, bytes), cannotKeep),
    read: async (hash) => undamaged(hash, await reachably(() => read(bucket, hash))),
    remove: async (hash, untouchedSince, isUnneeded) => remove(bucket, nameOf(hash), untouchedSince, isUnneeded),
    size: async (hash) => (await reachably(() => wherever(hash, (name) => bucket.state(name)))).size,
    part: async (hash, first, last) => {
      const range = { first, last };
      const { body } = await reachably(() => wherever(hash, (name) => bucket.get(name, range)));
      return body ?? ReadableStream.from([]);
    },
  };
}

/**
 * First a mark, which says when the file was last put, and only then the file itself, where it is not there: see `remove`. An object is
 * written whole or not at all, and one that arrives with other bytes is refused.
 */
async function put(bucket: Bucket, hash: string, bytes: Uint8Array): Promise<void> {
  const name = nameOf(hash);
  requireHash(hash, bytes);
  await bucket.put(touchOf(name), NOTHING, HASH_OF_NOTHING);
  const found = await bucket.state(name);
  if (found?.size !== bytes.byteLength) await bucket.put(name, bytes, hash);
}

/**
 * S3 cannot rename, and where it can delete on a condition, that is the ETag, which is the same for the same bytes whoever put them. So the
 * order must do it: `put` writes its mark and then looks for the file; `remove` deletes the file and then looks for the mark. Whichever
 * comes first, at least one of them sees the other: a mark that came before is seen here, and the file is put back; to one that comes
 * after, the file is gone already, and `put` writes it anew. That needs a server whose reads see every write that was acknowledged
 * before, overwriting and deleting too, as those of AWS do: https://disaster-recovery.workshop.aws/en/services/storage/s3.html (2026-11-22)
 *
 * A copy is put aside before, for `read` in that moment and for the next `remove` where this process is killed in between. It stays where
 * nobody can say whether the deleting was done, since it may still be done later.
 */
async function remove(
  bucket: Bucket,
  name: string,
  untouchedSince: Temporal.Instant,
  isUnneeded: () => Promise<boolean>,
): Promise<'gone' | 'kept'> {
  const isTouched = async (object: string): Promise<boolean> => {
    const found = await bucket.state(object);
    return found !== null && Temporal.Instant.compare(found.changedAt, untouchedSince) >= 0;
  };
  if ((await isTouched(touchOf(name))) || (await isTouched(name))) return 'kept';
  const bytes = await bytesOf(await bucket.get(name));
  const kept = bytes ?? (await bytesOf(await bucket.get(asideOf(name))));
  if (bytes) {
    await bucket.put(asideOf(name), bytes, hashOf(bytes));
    await bucket.remove(name);
  }
  let mayGo = false;
  try {
    mayGo = !(await isTouched(touchOf(name))) && (await isUnneeded());
  } finally {
    if (!mayGo && kept) await bucket.put(name, kept, hashOf(kept));
  }
  await bucket.remove(asideOf(name));
  // a `put` that has just written its mark found no file, and its file's own date tells of it
  if (mayGo) await bucket.remove(touchOf(name));
  return mayGo ? 'gone' : 'kept';
}

/** @throws CrierError `not-found` where the file is gone. */
async function read(bucket: Bucket, hash: string): Promise<Uint8Array<ArrayBuffer>> {
  return wherever(hash, async (name) => bytesOf(await bucket.get(name)));
}

const bytesOf = async (answer: Response | null): Promise<Uint8Array<ArrayBuffer> | null> =>
  answer && new Uint8Array(await answer.arrayBuffer());

/** Also where it is being put aside, or put back, at this moment. @throws CrierError `not-found` */
async function wherever<T>(hash: string, take: (name: string) => Promise<T | null>): Promise<T> {
  const name = nameOf(hash);
  const found = (await take(name)) ?? (await take(asideOf(name))) ?? (await take(name));
  if (found === null) throw isGone(hash, "in Crier's bucket");
  return found;
}

/** Whatever the server or the way to it is in trouble with may be over later. @throws what is `said` of that, else CrierError `unavailable` */
async function reachably<T>(ask: () => Promise<T>, said: (cause: unknown) => Error = isAway): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    // fetch throws a TypeError where no answer came, and a DOMException where none came in time
    const isTrouble = error instanceof BucketRefusal || error instanceof TypeError || error instanceof DOMException;
    throw isTrouble ? said(error) : error;
  }
}
