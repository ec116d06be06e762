// The bytes of uploaded images and videos, by a name the network chose: files in a directory, or memory.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BufferSource, Input, MP4, QTFF, WEBM } from 'mediabunny';
import sharp from 'sharp';

export interface Blobs {
  /** Names are made by the network, never by a client: they become file names. */
  put: (name: string, bytes: Uint8Array<ArrayBuffer>) => void;
  get: (name: string) => Uint8Array<ArrayBuffer> | undefined;
}

export function openBlobs(directory: string | null): Blobs {
  if (directory === null) {
    const blobs = new Map<string, Uint8Array<ArrayBuffer>>();
    return { put: (name, bytes) => void blobs.set(name, bytes), get: (name) => blobs.get(name) };
  }
  mkdirSync(directory, { recursive: true });
  return {
    put: (name, bytes) => {
      const file = join(directory, name);
      writeFileSync(`${file}.new`, bytes);
      renameSync(`${file}.new`, file);
    },
    get: (name) => {
      const file = join(directory, name);
      return existsSync(file) ? new Uint8Array(readFileSync(file)) : undefined;
    },
  };
}

export interface MediaFacts {
  mimeType: string;
  /** Pixels. */
  width: number;
  height: number;
  /** Null for an image. */
  durationMs: number | null;
}

const MIME_TYPES: Partial<Record<string, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  heif: 'image/avif',
};

/** What a network sees in the bytes; null for what is neither an image nor a video. */
export async function readMediaFacts(bytes: Uint8Array<ArrayBuffer>): Promise<MediaFacts | null> {
  return (await readImageFacts(bytes)) ?? (await readVideoFacts(bytes));
}

async function readImageFacts(bytes: Uint8Array<ArrayBuffer>): Promise<MediaFacts | null> {
  // sharp has one error for everything it cannot read, and here that is an answer: not an image
  const metadata = await sharp(bytes)
    .metadata()
    .then(
      (read) => read,
      () => undefined,
    );
  const mimeType = metadata ? MIME_TYPES[metadata.format] : undefined;
  return metadata && mimeType ? { mimeType, width: metadata.width, height: metadata.height, durationMs: null } : null;
}

const CONTAINERS = new Map<unknown, string>([
  [MP4, 'video/mp4'],
  [QTFF, 'video/quicktime'],
  [WEBM, 'video/webm'],
]);

async function readVideoFacts(bytes: Uint8Array<ArrayBuffer>): Promise<MediaFacts | null> {
  using input = new Input({ source: new BufferSource(bytes), formats: [MP4, QTFF, WEBM] });
  if (!(await input.canRead())) return null;
  const mimeType = CONTAINERS.get(await input.getFormat());
  const track = await input.getPrimaryVideoTrack();
  if (!mimeType || !track) return null;
  const [width, height] = [await track.getDisplayWidth(), await track.getDisplayHeight()];
  return { mimeType, width, height, durationMs: Math.round((await input.computeDuration()) * 1000) };
}
