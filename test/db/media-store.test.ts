// Files by their hash: written once and whole, and never handed out damaged.
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MediaStore } from '../../src/core/ports.ts';
import { openMediaStore } from '../../src/db/media-store.ts';

const BYTES = new TextEncoder().encode('a picture');
const HASH = createHash('sha256').update(BYTES).digest('hex');

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crier-media-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const filesIn = async (): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => entry.name);

const pathOf = (hash: string): string => join(folder, hash.slice(0, 2), hash);
/** Before any run of this test, and after the old file was last touched. */
const YESTERDAY = Temporal.Instant.from('2020-11-20T09:00:00Z');
const yes = async (): Promise<boolean> => true;

async function storeWithOldFile(): Promise<MediaStore> {
  const store = openMediaStore(folder);
  await store.put(HASH, BYTES);
  const old = new Date('2020-10-01T09:00:00Z');
  await utimes(pathOf(HASH), old, old);
  return store;
}

describe('a media store', () => {
  it('gives back the bytes it was given, also after it was opened anew', async () => {
    await openMediaStore(folder).put(HASH, BYTES);
    expect(await openMediaStore(folder).read(HASH)).toEqual(BYTES);
  });

  it('keeps the same bytes once, however many store them at the same moment', async () => {
    const store = openMediaStore(folder);
    await Promise.all([store.put(HASH, BYTES), store.put(HASH, BYTES), store.put(HASH, BYTES)]);
    expect(await filesIn()).toEqual([HASH]);
  });

  it('refuses bytes under a hash that is not theirs', async () => {
    await expect(openMediaStore(folder).put('0'.repeat(64), BYTES)).rejects.toThrow('do not have the hash');
    expect(await filesIn()).toEqual([]);
  });

  it('says so when a file is gone, or was damaged', async () => {
    const store = openMediaStore(folder);
    await expect(store.read(HASH)).rejects.toMatchObject({ kind: 'not-found' });
    await store.put(HASH, BYTES);
    await writeFile(join(folder, HASH.slice(0, 2), HASH), 'another picture');
    await expect(store.read(HASH)).rejects.toMatchObject({ kind: 'rejected' });
  });

  it('can read a file while it is being put aside, or put back', async () => {
    const store = openMediaStore(folder);
    await store.put(HASH, BYTES);
    await rename(pathOf(HASH), `${pathOf(HASH)}.leaving`);
    expect(await store.read(HASH)).toEqual(BYTES);
  });

  it.each(['../../etc/passwd', '', `${'0'.repeat(62)}/x`, 'A'.repeat(64)])('never makes a path of %j', async (hash) => {
    const store = openMediaStore(folder);
    await expect(store.read(hash)).rejects.toThrow('not a SHA-256');
    await expect(store.put(hash, BYTES)).rejects.toThrow('not a SHA-256');
    await expect(store.remove(hash, YESTERDAY, yes)).rejects.toThrow('not a SHA-256');
  });
});

describe('removing a file', () => {
  it('deletes one that nobody touched, and is content with one that is gone', async () => {
    const store = await storeWithOldFile();
    expect(await store.remove(HASH, YESTERDAY, yes)).toBe('gone');
    expect(await filesIn()).toEqual([]);
    expect(await store.remove(HASH, YESTERDAY, yes)).toBe('gone');
  });

  it('leaves alone one that was put again lately, though nothing tells of it yet', async () => {
    const store = await storeWithOldFile();
    await store.put(HASH, BYTES);
    expect((await stat(pathOf(HASH))).mtimeMs).toBeGreaterThan(YESTERDAY.epochMilliseconds);
    expect(await store.remove(HASH, YESTERDAY, yes)).toBe('kept');
    expect(await store.read(HASH)).toEqual(BYTES);
  });

  it('puts one back that is needed after all', async () => {
    const store = await storeWithOldFile();
    expect(await store.remove(HASH, YESTERDAY, async () => false)).toBe('kept');
    expect(await filesIn()).toEqual([HASH]);
  });

  it('never takes the bytes from somebody who puts them in that very moment', async () => {
    const store = await storeWithOldFile();
    const removed = await store.remove(HASH, YESTERDAY, async () => {
      await store.put(HASH, BYTES);
      return true;
    });
    expect(removed).toBe('gone');
    expect(await store.read(HASH)).toEqual(BYTES);
    expect(await filesIn()).toEqual([HASH]);
  });

  it('is finished by the next one where a process was killed in the middle of it', async () => {
    const store = await storeWithOldFile();
    await rename(pathOf(HASH), `${pathOf(HASH)}.leaving`);
    expect(await store.remove(HASH, YESTERDAY, yes)).toBe('gone');
    expect(await filesIn()).toEqual([]);
  });

  it('deletes nothing where it cannot be known whether the file is needed', async () => {
    const store = await storeWithOldFile();
    await expect(store.remove(HASH, YESTERDAY, () => Promise.reject(new Error('the database is away')))).rejects.toThrow('away');
    expect(await filesIn()).toEqual([HASH]);
  });
});
