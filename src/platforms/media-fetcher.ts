// Fetches an image that a person named by URL or shared in a chat, within a size limit, and reads from its bytes what it is.
// Stores nothing. A chat's own address of a file is never said to anybody.
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { CrierError, invalidInput } from '../core/errors.ts';
import type { Http } from '../core/http.ts';
import type { MediaFetcher, MediaSource } from '../core/ports.ts';
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

/** How a sentence names the file: as the person knows it. */
const nameOf = ({ name, headers, url }: MediaSource): string => name ?? (headers ? 'The file' : url);

/** The same at the beginning of a sentence about an image. */
const imageOf = (source: MediaSource): string => (nameOf(source) === source.url ? `The image at ${source.url}` : nameOf(source));

function readUrl(text: string, source: MediaSource): URL {
  if (!URL.canParse(text)) throw invalidInput(`"${nameOf(source)}" is not a web address of an image.`);
  const url = new URL(text);
  if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  throw invalidInput(`${nameOf(source)} cannot be fetched: an image must be at an http:// or https:// address.`);
}

/** Reads a body and stops as soon as it passes the limit, whatever its Content-Length claimed. */
async function readWithin(response: Response, maxBytes: number, source: MediaSource): Promise<Uint8Array<ArrayBuffer>> {
  const tooBig = (): CrierError => invalidInput(`${imageOf(source)} is larger than ${megabytes(maxBytes)}; use a smaller one.`);
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

async function inspect(bytes: Uint8Array, source: MediaSource): Promise<{ mimeType: string; width: number; height: number }> {
  if (source.headers && isPage(bytes)) throw mayNotRead(source);
  const notAnImage = `${nameOf(source)} is not an image Crier can read; it takes JPEG, PNG, WebP, GIF and AVIF.`;
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

/**
 * Slack answers 200 with its login page where the token may not read files (checked 2026-11-22):
 * https://gist.github.com/ErikKalkoken/f3ab28617d5099531ded865d111dbac1, https://docs.slack.dev/reference/scopes/files.read
 */
const isPage = (bytes: Uint8Array): boolean =>
  /^\s*<(?:!doctype html|html)/i.test(Buffer.from(bytes.subarray(0, 200)).toString());

const mayNotRead = (source: MediaSource): CrierError =>
  invalidInput(`${nameOf(source)} could not be read from the chat: the app may lack the permission to read files.`);

const noImage = (source: MediaSource, status: number): CrierError =>
  invalidInput(
    source.headers
      ? `${nameOf(source)} could not be read from the chat: it answered ${status}.`
      : `There is no image at ${source.url}: the server answered ${status}.`,
  );

/** A transport failure as something the person can mend: what they named does not lead to an image. */
function explain(error: unknown, source: MediaSource): CrierError {
  const failure = classifyTransport(new URL(source.url).host, error);
  if (failure.kind === 'invalid-input') return failure;
  return new CrierError('invalid-input', `${imageOf(source)} could not be fetched. ${failure.userMessage}`, { cause: error });
}

const REDIRECTS = [301, 302, 303, 307, 308];
const MOST_REDIRECTS = 5;

/**
 * Follows redirects itself: fetch would take headers other than `authorization` along to any host, and what a chat's file wants to
 * see is for that chat's own host alone. Once dropped they stay dropped.
 */
async function follow(http: Http, source: MediaSource, signal: AbortSignal): Promise<Response> {
  let url = readUrl(source.url, source);
  let own = source.headers ?? {};
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const response = await http.fetch(url, { signal, redirect: 'manual', headers: { ...own, accept: 'image/*' } });
    const location = response.headers.get('location');
    if (!REDIRECTS.includes(response.status) || location === null) return response;
    await response.body?.cancel();
    const next = readUrl(URL.parse(location, url)?.href ?? location, source);
    if (next.origin !== url.origin) own = {};
    url = next;
  }
  throw invalidInput(`${imageOf(source)} could not be fetched: its address leads from one to the next without end.`);
}

export function openMediaFetcher({ http, maxBytes, timeoutMs }: MediaFetcherOptions): MediaFetcher {
  async function download(source: MediaSource, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    try {
      const response = await follow(http, source, limited);
      if (response.ok) return await readWithin(response, maxBytes, source);
      await response.body?.cancel();
      throw noImage(source, response.status);
    } catch (error) {
      signal.throwIfAborted();
      throw explain(error, source);
    }
  }
  return {
    async fetchImage(source, signal) {
      readUrl(source.url, source);
      const bytes = await download(source, signal);
      const what = await inspect(bytes, source);
      return { bytes, hash: createHash('sha256').update(bytes).digest('hex'), ...what };
    },
  };
}
