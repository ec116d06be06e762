// What only the folder has: dates of files, and a place where nothing is mounted.
import { mkdir, rename } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashOf } from '../../src/db/media-names.ts';
import { openMediaStore } from '../../src/db/media-store.ts';
import { ageInFolder, folderPlace } from './media-stores.ts';

const BYTES = new TextEncoder().encode('a picture');
const HASH = hashOf(BYTES);
const YESTERDAY = Temporal.Instant.from('2020-11-20T09:00:00Z');
const yes = async (): Promise<boolean> => true;

let place: Awaited<ReturnType<typeof folderPlace>>;
beforeEach(async () => {
  place = await folderPlace();
  await place.open().put(HASH, BYTES);
  await ageInFolder(place.folder, HASH, YESTERDAY.subtract({ hours: 24 }));
});
afterEach(() => place.close());

it('an old file goes, and one that is put again stays', async () => {
  const store = place.open();
  await store.put(HASH, BYTES);
  expect(await store.remove(HASH, YESTERDAY, yes)).toBe('kept');
  await ageInFolder(place.folder, HASH, YESTERDAY.subtract({ hours: 24 }));
  expect(await store.remove(HASH, YESTERDAY, yes)).toBe('gone');
});

describe('a media folder that is not there', () => {
  it.each([
    { where: 'at all', make: async () => {} },
    { where: 'as it was, and an empty one in its place', make: () => mkdir(place.folder) },
  ])('$where is said to be away, and its files not to be gone', async ({ make }) => {
    const elsewhere = `${place.folder}-elsewhere`;
    const store = openMediaStore(place.folder);
    await rename(place.folder, elsewhere);
    await make();
    await expect(store.read(HASH)).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(store.size(HASH)).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(store.remove(HASH, YESTERDAY, yes)).rejects.toMatchObject({ kind: 'unavailable' });
    await rename(elsewhere, place.folder);
    expect(await store.read(HASH)).toEqual(BYTES);
  });
});
