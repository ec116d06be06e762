// Makes an image into a JPEG that a network takes, by sharp. The same bytes always give the same bytes, so that a second try sends what the
// first one sent. Which images are made is core/media-conversion.ts'.
import { createHash } from 'node:crypto';
import sharp, { type OutputInfo } from 'sharp';
import { CrierError } from '../core/errors.ts';
import type { Conversion } from '../core/media-conversion.ts';
import type { FetchedFile } from '../core/ports.ts';

/** Tried one after the other, the best first. */
const QUALITIES = [90, 82, 74, 66] as const;
/** By how much width and height shrink where no quality is enough. */
const STEP = 0.85;

/** Turned as its EXIF says, in sRGB, on white where it was transparent, without metadata. @throws CrierError `rejected` where it cannot fit */
export async function convertImage(
  bytes: Uint8Array,
  { mimeType, maxBytes, maxWidth, minWidth }: Conversion,
): Promise<FetchedFile> {
  const upright = sharp(bytes, { failOn: 'error' }).autoOrient().flatten({ background: '#ffffff' }).toColourspace('srgb');
  const { data, info } = await upright.png({ compressionLevel: 1 }).toBuffer({ resolveWithObject: true });
  const widest = Math.min(info.width, maxWidth);
  for (let width = widest; width >= Math.min(minWidth, widest); width = Math.floor(width * STEP)) {
    for (const quality of QUALITIES) {
      const made = await sharp(data).resize({ width }).jpeg({ quality, mozjpeg: false }).toBuffer({ resolveWithObject: true });
      if (made.data.length <= maxBytes) return asFile(made, mimeType);
    }
  }
  throw new CrierError('rejected', `An image could not be made small enough, below ${maxBytes} bytes: use a smaller one.`);
}

function asFile({ data, info }: { data: Buffer; info: OutputInfo }, mimeType: string): FetchedFile {
  const bytes = new Uint8Array(data);
  const hash = createHash('sha256').update(bytes).digest('hex');
  return { bytes, hash, mimeType, width: info.width, height: info.height, durationMs: null };
}
