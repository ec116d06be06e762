// Images that a network would refuse as they are, on their way out: what it is given, and what becomes of the file that was made.
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { MediaFile, Platform } from '../../src/core/platform.ts';
import { cleanUpMedia } from '../../src/core/usecases/clean-up-media.ts';
import { openMediaStore } from '../../src/db/media-store.ts';
import { convertImage } from '../../src/platforms/convert-image.ts';
import { scriptedNetwork } from '../support/scripted-network.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

let bench: Workbench;
let folder: string;
let mediaStore: ReturnType<typeof openMediaStore>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crier-converted-'));
  mediaStore = openMediaStore(folder);
});
afterEach(async () => {
  await bench.close();
  await rm(folder, { recursive: true });
});

/** A workbench whose network takes JPEG alone, and the files that it was given. */
async function openWithJpegOnly(pulls: Platform['capabilities']['pulls']) {
  const given: MediaFile[] = [];
  const network = scriptedNetwork();
  const { platform } = network;
  network.platform = {
    ...platform,
    capabilities: { ...platform.capabilities, pulls },
    limits: () => ({ ...platform.limits(null), images: { max: 1, maxBytes: 1_000_000, mimeTypes: ['image/jpeg'] } }),
    publish: async (context) => {
      given.push(...context.media);
      return platform.publish(context);
    },
  };
  bench = await openWorkbench({ network, parts: { mediaStore, convertImage } });
  return given;
}

async function schedulePng() {
  const bytes = new Uint8Array(
    await sharp({ create: { width: 64, height: 48, channels: 3, background: '#369' } })
      .png()
      .toBuffer(),
  );
  const hash = createHash('sha256').update(bytes).digest('hex');
  await mediaStore.put(hash, bytes);
  const facts = { hash, mimeType: 'image/png', size: bytes.length, width: 64, height: 48, durationMs: null, altText: 'Blue' };
  const media = await bench.store.media.add({ ...facts, workspaceId: bench.actor.workspace.id });
  return { media, post: await bench.schedule({ mediaIds: [media.id] }) };
}

it('goes out as what the network takes, under the id and with the words of what was scheduled', async () => {
  const given = await openWithJpegOnly('nothing');
  const { media, post } = await schedulePng();
  await bench.work();
  expect((await bench.read(post)).deliveries).toMatchObject([{ state: 'published' }]);
  expect(given).toMatchObject([{ id: media.id, mimeType: 'image/jpeg', width: 64, height: 48, altText: 'Blue' }]);
  expect((await sharp(await given[0]?.read()).metadata()).format).toBe('jpeg');
});

it('is kept for a network that fetches it, for as long as a link to it is good, and removed after that', async () => {
  const given = await openWithJpegOnly('everything');
  await schedulePng();
  await bench.work();
  const hash = given[0]?.hash ?? '';
  const { clock, store, log } = bench;
  const cleanUp = () => cleanUpMedia({ clock, store, mediaStore, log }, 30);
  clock.forward({ hours: 48 });
  await cleanUp();
  expect((await mediaStore.read(hash)).length).toBe(given[0]?.size);
  clock.forward({ hours: 6 * 24 });
  expect((await cleanUp()).removed).toBe(1);
});
