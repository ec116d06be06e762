// Files by their hash, in a folder and in a bucket: written once and whole, never handed out damaged, and deleted under nobody's hands.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MediaParts, MediaStore } from '../../src/core/ports.ts';
import { hashOf, nameOf } from '../../src/db/media-names.ts';
import { bucketPlace, folderPlace, type StorePlace } from './media-stores.ts';

const BYTES = new TextEncoder().encode('a picture');
const HASH = hashOf(BYTES);

/** The files of these tests are written while they run. */
const LONG_AGO = Temporal.Instant.from('2020-11-20T09:00:00Z');
const WHEN_ALL_IS_OLD = Temporal.Instant.from('2100-01-01T00:00:00Z');
const yes = async (): Promise<boolean> => true;
const no = async (): Promise<boolean> => false;

async function bytesOf(parts: AsyncIterable<Uint8Array>): Promise<string> {
  return Buffer.concat(await Array.fromAsync(parts)).toString();
}

describe.each<{ kind: string; openPlace: () => Promise<StorePlace> }>([
  { kind: 'a folder', openPlace: folderPlace },
  { kind: 'a bucket', openPlace: bucketPlace },
])('media in $kind', ({ openPlace }) => {
  let place: StorePlace;
  let store: MediaStore & MediaParts;
  beforeEach(async () => {
    place = await openPlace();
    store = place.open();
  });
  afterEach(() => place.close());

  it('are given back as they were given, also to another process', async () => {
    await store.put(HASH, BYTES);
    expect(await place.open().read(HASH)).toEqual(BYTES);
  });

  it('are kept once, however many store the same bytes at the same moment', async () => {
    await Promise.all([store.put(HASH, BYTES), store.put(HASH, BYTES), store.put(HASH, BYTES)]);
    expect(await place.names()).toEqual([HASH]);
  });

  it('are refused under a hash that is not theirs', async () => {
    await expect(store.put('0'.repeat(64), BYTES)).rejects.toThrow('do not have the hash');
    expect(await place.names()).toEqual([]);
  });

  it('that are gone or damaged are told as such', async () => {
    const other = new TextEncoder().encode('another one');
    await store.put(hashOf(other), other);
    await expect(store.read(HASH)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(store.size(HASH)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(store.part(HASH, 0, 1)).rejects.toMatchObject({ kind: 'not-found' });
    await store.put(HASH, BYTES);
    await place.overwrite(nameOf(HASH), other);
    await expect(store.read(HASH)).rejects.toMatchObject({ kind: 'rejected' });
  });

  it('can be had while they are put aside, or put back', async () => {
    await store.put(HASH, BYTES);
    await place.putAside(HASH);
    expect(await store.read(HASH)).toEqual(BYTES);
    expect(await store.size(HASH)).toBe(BYTES.length);
    expect(await bytesOf(await store.part(HASH, 2, 8))).toBe('picture');
  });

  it('can be had in parts', async () => {
    await store.put(HASH, BYTES);
    expect(await store.size(HASH)).toBe(9);
    expect(await bytesOf(await store.part(HASH, 0, 8))).toBe('a picture');
    expect(await bytesOf(await store.part(HASH, 2, 4))).toBe('pic');
    expect(await bytesOf(await store.part(HASH, 8, 8))).toBe('e');
  });

  it.each(['../../etc/passwd', '', `${'0'.repeat(62)}/x`, 'A'.repeat(64)])('never get a name like %j', async (hash) => {
    await expect(store.read(hash)).rejects.toThrow('not a SHA-256');
    await expect(store.put(hash, BYTES)).rejects.toThrow('not a SHA-256');
    await expect(store.remove(hash, LONG_AGO, yes)).rejects.toThrow('not a SHA-256');
    await expect(store.size(hash)).rejects.toThrow('not a SHA-256');
    await expect(store.part(hash, 0, 0)).rejects.toThrow('not a SHA-256');
  });

  describe('that are removed', () => {
    beforeEach(() => store.put(HASH, BYTES));

    it('are gone where nobody touched them, and so are those that were gone', async () => {
      expect(await store.remove(HASH, WHEN_ALL_IS_OLD, yes)).toBe('gone');
      expect(await place.names()).toEqual([]);
      expect(await store.remove(HASH, WHEN_ALL_IS_OLD, yes)).toBe('gone');
    });

    it('stay where they were put lately, though nothing tells of it yet', async () => {
      expect(await store.remove(HASH, LONG_AGO, yes)).toBe('kept');
      expect(await store.read(HASH)).toEqual(BYTES);
    });

    it('are put back where they are needed after all', async () => {
      expect(await store.remove(HASH, WHEN_ALL_IS_OLD, no)).toBe('kept');
      expect(await place.names()).toEqual([HASH]);
    });

    it('stay with whoever puts the same bytes in that very moment', async () => {
      const removed = await store.remove(HASH, WHEN_ALL_IS_OLD, async () => {
        await place.open().put(HASH, BYTES);
        return true;
      });
      expect(removed).toBe('gone');
      expect(await store.read(HASH)).toEqual(BYTES);
      expect(await place.names()).toEqual([HASH]);
    });

    it('are gone at the next removal where a process was killed in the middle of one', async () => {
      await place.putAside(HASH);
      expect(await store.remove(HASH, WHEN_ALL_IS_OLD, yes)).toBe('gone');
      expect(await place.names()).toEqual([]);
    });

    it('come back at the next removal where a process was killed in the middle of one, and they are needed', async () => {
      await place.putAside(HASH);
      expect(await store.remove(HASH, WHEN_ALL_IS_OLD, no)).toBe('kept');
      expect(await place.names()).toEqual([HASH]);
    });

    it('stay where it cannot be known whether they are needed', async () => {
      const away = () => Promise.reject(new Error('the database is away'));
      await expect(store.remove(HASH, WHEN_ALL_IS_OLD, away)).rejects.toThrow('away');
      expect(await store.read(HASH)).toEqual(BYTES);
    });
  });
});
