// Fetches an image a person named by URL, within a size limit, and reads from its bytes what it is. Stores nothing.
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { CrierError, invalidInput } from '../core/errors.ts';
import type { Http } from '../core/http.ts';
import type { MediaFetcher } from '../core/ports.ts';
import { classifyTransport } from './failures.ts';

export interface MediaFetcherOptions {
  http: Http;
  /** Bytes. */
  maxBytes: number;
  /** Milliseconds for the whole download. */
  timeoutMs: number;
}

/** sharp's name of a format -> MIME type; avif files are read as `heif` with av1 compression. */
const MIME_TYPES: Readonly<Record<string, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
};

const megabytes = (bytes: number): string => `${Math.round(bytes / 100_000) / 10} MB`;

function readUrl(text: string): URL {
  if (!URL.canParse(text)) throw invalidInput(`"${text}" is not a web address of an image.`);
  const url = new URL(text);
  if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  throw invalidInput(`${text} cannot be fetched: an image must be at an http:// or https:// address.`);
}

/** Reads a body and stops as soon as it passes the limit, whatever its Content-Length claimed. */
async function readWithin(response: Response, maxBytes: number, url: string): Promise<Uint8Array<ArrayBuffer>> {
  const tooBig = (): CrierError => invalidInput(`The image at ${url} is larger than ${megabytes(maxBytes)}; use a smaller one.`);
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) {
    await response.body?.cancel();
    throw tooBig();
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw tooBig();
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

async function inspect(bytes: Uint8Array, url: string): Promise<{ mimeType: string; width: number; height: number }> {
  const notAnImage = `${url} is not an image Crier can read; it takes JPEG, PNG, WebP, GIF and AVIF.`;
  try {
    // decoding the pixels, not only the header, finds files that were cut off
    const image = sharp(bytes, { failOn: 'error', limitInputPixels: 100_000_000 });
    const metadata = await image.metadata();
    await image.stats();
    const format = metadata.format === 'heif' && metadata.compression === 'av1' ? 'avif' : metadata.format;
    const mimeType = MIME_TYPES[format];
    if (mimeType === undefined) throw invalidInput(notAnImage);
    const { width, height } = metadata.autoOrient;
    return { mimeType, width, height };
  } catch (error) {
    if (error instanceof CrierError) throw error;
    throw new CrierError('invalid-input', notAnImage, { cause: error });
  }
}

/** A transport failure as something the person can mend: the URL they gave does not lead to an image. */
function explain(error: unknown, url: string): CrierError {
  const failure = classifyTransport(new URL(url).host, error);
  if (failure.kind === 'invalid-input') return failure;
  return new CrierError('invalid-input', `The image at ${url} could not be fetched. ${failure.userMessage}`, { cause: error });
}

export function openMediaFetcher({ http, maxBytes, timeoutMs }: MediaFetcherOptions): MediaFetcher {
  async function download(url: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    try {
      const response = await http.fetch(url, { signal: limited, headers: { accept: 'image/*' } });
      if (response.ok) return await readWithin(response, maxBytes, url);
      await response.body?.cancel();
      throw invalidInput(`There is no image at ${url}: the server answered ${response.status}.`);
    } catch (error) {
      signal.throwIfAborted();
      throw explain(error, url);
    }
  }
  return {
    async fetchImage(text, signal) {
      const url = readUrl(text).href;
      const bytes = await download(url, signal);
      const what = await inspect(bytes, url);
      return { bytes, hash: createHash('sha256').update(bytes).digest('hex'), ...what };
    },
  };
}
