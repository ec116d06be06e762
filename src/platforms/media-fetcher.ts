// Fetches an image, a video or a document that a person named by URL or shared in a chat, within a size limit; what it is says read-media.ts.
// Stores nothing. A chat's own address of a file is never said to anybody.
import { createHash } from 'node:crypto';
import { CrierError, invalidInput } from '../core/errors.ts';
import type { Http } from '../core/http.ts';
import type { MediaFetcher, MediaSource } from '../core/ports.ts';
import { classifyTransport } from './failures.ts';
import { type MediaFacts, type NotMedia, readMedia, UnreadableMedia } from './read-media.ts';

export interface MediaFetcherOptions {
  http: Http;
  /** Bytes. */
  maxBytes: number;
  /** Milliseconds for the whole download. */
  timeoutMs: number;
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 100_000) / 10} MB`;

/** How a sentence names the file: as the person knows it. */
const nameOf = ({ name, headers, url }: MediaSource): string => name ?? (headers ? 'The file' : url);

/** The same at the beginning of a sentence about what is there. */
const fileOf = (source: MediaSource): string => (nameOf(source) === source.url ? `The file at ${source.url}` : nameOf(source));

function readUrl(text: string, source: MediaSource): URL {
  if (!URL.canParse(text)) throw invalidInput(`"${nameOf(source)}" is not a web address of an image, a video or a PDF.`);
  const url = new URL(text);
  if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  throw invalidInput(`${nameOf(source)} cannot be fetched: it must be at an http:// or https:// address.`);
}

/**
 * Reads a body and stops as soon as it passes the limit, whatever its Content-Length claimed. A video must not be in memory twice: where
 * the length is told, its bytes go straight to their place; else each piece is let go as soon as it is copied there.
 */
async function readWithin(response: Response, maxBytes: number, source: MediaSource): Promise<Uint8Array<ArrayBuffer>> {
  const tooBig = (): CrierError => invalidInput(`${fileOf(source)} is larger than ${megabytes(maxBytes)}; use a smaller one.`);
  const told = toldLength(response);
  if (told > maxBytes) {
    await response.body?.cancel();
    throw tooBig();
  }
  const place = new Uint8Array(told);
  const beyond: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    if (size + chunk.length > maxBytes) throw tooBig();
    if (beyond.length === 0 && size + chunk.length <= told) place.set(chunk, size);
    else beyond.push(chunk);
    size += chunk.length;
  }
  return beyond.length === 0 ? place.subarray(0, size) : joined(place, beyond, size);
}

/** Bytes; 0 where none is told, or that of the packed form. */
function toldLength({ headers }: Response): number {
  const told = headers.has('content-encoding') ? 0 : Number(headers.get('content-length') ?? 0);
  return Number.isSafeInteger(told) && told > 0 ? told : 0;
}

function joined(place: Uint8Array, beyond: Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let offset = size - beyond.reduce((sum, { length }) => sum + length, 0);
  bytes.set(place.subarray(0, offset));
  for (let chunk = beyond.shift(); chunk; chunk = beyond.shift()) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

const WHY_UNREADABLE: Readonly<Record<NotMedia, string>> = {
  unknown: 'is not a file Crier can read; it takes JPEG, PNG, WebP, GIF, AVIF, MP4, WebM, MOV and PDF.',
  'cut-off': 'is not whole, it ends too early: upload it anew and use that.',
  'no-picture': 'has sound and no picture: make a video of it first.',
};

async function inspect(bytes: Uint8Array, source: MediaSource): Promise<MediaFacts> {
  if (source.headers && isPage(bytes)) throw mayNotRead(source);
  try {
    return await readMedia(bytes);
  } catch (error) {
    if (!(error instanceof UnreadableMedia)) throw error;
    throw new CrierError('invalid-input', `${nameOf(source)} ${WHY_UNREADABLE[error.reason]}`, { cause: error });
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

const noFile = (source: MediaSource, status: number): CrierError =>
  invalidInput(
    source.headers
      ? `${nameOf(source)} could not be read from the chat: it answered ${status}.`
      : `There is no file at ${source.url}: the server answered ${status}.`,
  );

/** A transport failure as something the person can mend: what they named does not lead to a file. */
function explain(error: unknown, source: MediaSource): CrierError {
  const failure = classifyTransport(new URL(source.url).host, error);
  if (failure.kind === 'invalid-input') return failure;
  return new CrierError('invalid-input', `${fileOf(source)} could not be fetched. ${failure.userMessage}`, { cause: error });
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
    const response = await http.fetch(url, {
      signal,
      redirect: 'manual',
      headers: { ...own, accept: 'image/*, video/*, application/pdf' },
    });
    const location = response.headers.get('location');
    if (!REDIRECTS.includes(response.status) || location === null) return response;
    await response.body?.cancel();
    const next = readUrl(URL.parse(location, url)?.href ?? location, source);
    if (next.origin !== url.origin) own = {};
    url = next;
  }
  throw invalidInput(`${fileOf(source)} could not be fetched: its address leads from one to the next without end.`);
}

export function openMediaFetcher({ http, maxBytes, timeoutMs }: MediaFetcherOptions): MediaFetcher {
  async function download(source: MediaSource, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    try {
      const response = await follow(http, source, limited);
      if (response.ok) return await readWithin(response, maxBytes, source);
      await response.body?.cancel();
      throw noFile(source, response.status);
    } catch (error) {
      signal.throwIfAborted();
      throw explain(error, source);
    }
  }
  return {
    async fetch(source, signal) {
      readUrl(source.url, source);
      const bytes = await download(source, signal);
      const what = await inspect(bytes, source);
      return { bytes, hash: createHash('sha256').update(bytes).digest('hex'), ...what };
    },
  };
}
