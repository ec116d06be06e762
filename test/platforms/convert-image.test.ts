// Making an image into a JPEG that a network takes, by the real sharp.
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { convertImage } from '../../src/platforms/convert-image.ts';

const JPEG = { mimeType: 'image/jpeg', maxBytes: 1_000_000, maxWidth: 10_000, minWidth: 320 };

/** Noise, which no JPEG makes small. The same each time. */
async function noise(width: number, height: number): Promise<Uint8Array> {
  const pixels = new Uint8Array(width * height * 3);
  for (let index = 0, seed = 1; index < pixels.length; index++) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    pixels[index] = seed >> 16;
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

it('gives a JPEG of the same dimensions, and the same bytes each time', async () => {
  const png = await noise(400, 300);
  const [one, other] = [await convertImage(png, JPEG), await convertImage(png, JPEG)];
  expect(one).toMatchObject({ mimeType: 'image/jpeg', width: 400, height: 300, durationMs: null, hash: other.hash });
  expect((await sharp(one.bytes).metadata()).format).toBe('jpeg');
});

it('makes it smaller until it fits', async () => {
  const { bytes, width } = await convertImage(await noise(800, 600), { ...JPEG, maxBytes: 100_000 });
  expect(bytes.length).toBeLessThanOrEqual(100_000);
  expect(width).toBeLessThan(800);
});

it('makes it no wider than the network takes', async () => {
  expect(await convertImage(await noise(800, 600), { ...JPEG, maxWidth: 400 })).toMatchObject({ width: 400, height: 300 });
});

it('gives up where it would be too small a picture', async () => {
  await expect(convertImage(await noise(800, 600), { ...JPEG, maxBytes: 5_000 })).rejects.toMatchObject({
    kind: 'rejected',
    userMessage: expect.stringContaining('use a smaller one'),
  });
});

it('puts what is transparent on white', async () => {
  const clear = await sharp({ create: { width: 8, height: 8, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    .png()
    .toBuffer();
  const { bytes } = await convertImage(clear, JPEG);
  const { dominant } = await sharp(bytes).stats();
  expect(Math.min(dominant.r, dominant.g, dominant.b)).toBeGreaterThan(240);
});

it('turns it as a viewer would, and keeps nothing of what the camera wrote', async () => {
  const turned = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#369' } })
    .withMetadata({ orientation: 6, exif: { IFD0: { Artist: 'Ann' } } })
    .jpeg()
    .toBuffer();
  const { bytes, width, height } = await convertImage(turned, JPEG);
  expect([width, height]).toEqual([20, 40]);
  expect((await sharp(bytes).metadata()).exif).toBeUndefined();
});
