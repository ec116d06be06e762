// Files by their hash: written once and whole, and never handed out damaged.
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

  it.each(['../../etc/passwd', '', `${'0'.repeat(62)}/x`, 'A'.repeat(64)])('never makes a path of %j', async (hash) => {
    const store = openMediaStore(folder);
    await expect(store.read(hash)).rejects.toThrow('not a SHA-256');
    await expect(store.put(hash, BYTES)).rejects.toThrow('not a SHA-256');
  });
});
