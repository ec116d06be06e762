// The bytes of uploaded images, by a name the network chose: files in a directory, or memory.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

export interface ImageFacts {
  mimeType: string;
  /** Pixels. */
  width: number;
  height: number;
}

const MIME_TYPES: Partial<Record<string, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  heif: 'image/avif',
};

/** Type and dimensions as read from the bytes; null for what is not an image. */
export async function readImageFacts(bytes: Uint8Array<ArrayBuffer>): Promise<ImageFacts | null> {
  // sharp has one error for everything it cannot read, and here that is an answer: not an image
  const metadata = await sharp(bytes)
    .metadata()
    .then(
      (read) => read,
      () => undefined,
    );
  const mimeType = metadata ? MIME_TYPES[metadata.format] : undefined;
  return metadata && mimeType ? { mimeType, width: metadata.width, height: metadata.height } : null;
}
