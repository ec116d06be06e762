// Both places for media files, opened anew for each test, with what a test does behind the store's back.
import { mkdtemp, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MediaParts, MediaStore } from '../../src/core/ports.ts';
import { type Bucket, openBucket } from '../../src/db/bucket.ts';
import { openBucketMediaStore } from '../../src/db/bucket-media-store.ts';
import { hashOf, nameOf } from '../../src/db/media-names.ts';
import { openMediaStore } from '../../src/db/media-store.ts';
import { startS3Server } from '../support/s3-server.ts';

export interface StorePlace {
  /** A store over the same files, as another process would have it. */
  open: () => MediaStore & MediaParts;
  /** The names of all that lies there, but the marks that say when a file was put. */
  names: () => Promise<string[]>;
  overwrite: (name: string, bytes: Uint8Array) => Promise<void>;
  /** What `remove` has done when its process is killed before it decides. */
  putAside: (hash: string) => Promise<void>;
  close: () => Promise<void>;
}

export async function folderPlace(): Promise<StorePlace & { folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'crier-media-'));
  const pathOf = (name: string): string => join(folder, name);
  return {
    folder,
    open: () => openMediaStore(folder),
    names: async () =>
      (await readdir(folder, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => entry.name),
    overwrite: (name, bytes) => writeFile(pathOf(name), bytes),
    putAside: (hash) => rename(pathOf(nameOf(hash)), pathOf(`${nameOf(hash)}.leaving`)),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** As long ago as a test says. The bucket's server keeps no date but that of the writing. */
export async function ageInFolder(folder: string, hash: string, then: Temporal.Instant): Promise<void> {
  const at = new Date(then.epochMilliseconds);
  await utimes(join(folder, nameOf(hash)), at, at);
}

export async function bucketPlace(): Promise<StorePlace & { bucket: Bucket; url: string }> {
  const server = await startS3Server();
  const bucket = openBucket(server.bucket, { fetch });
  const { endpoint, bucket: name, prefix } = server.bucket;
  const putAside = async (hash: string): Promise<void> => {
    const bytes = new Uint8Array((await (await bucket.get(nameOf(hash)))?.arrayBuffer()) ?? []);
    await bucket.put(`${nameOf(hash)}.leaving`, bytes, hashOf(bytes));
    await bucket.remove(nameOf(hash));
  };
  return {
    bucket,
    url: endpoint,
    open: () => openBucketMediaStore(openBucket(server.bucket, { fetch })),
    names: async () => {
      const listed = await (await fetch(`${endpoint}/${name}?list-type=2`)).text();
      const keys = [...listed.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key = '']) => key);
      const ours = keys.filter((key) => !key.endsWith('.touched'));
      if (!ours.every((key) => key.startsWith(prefix))) throw new Error(`outside of the prefix: ${ours.join(', ')}`);
      return ours.map((key) => key.slice(key.lastIndexOf('/') + 1));
    },
    overwrite: (object, bytes) => bucket.put(object, bytes, hashOf(bytes)),
    putAside,
    close: server.close,
  };
}
