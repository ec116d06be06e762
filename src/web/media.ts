// /media/: files of the media store for whoever has a link that was signed here, networks that pull them above all. There is no list, and
// nothing else can be reached.
import { getRequestListener } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Clock } from '../core/clock.ts';
import { CrierError } from '../core/errors.ts';
import type { Log, MediaParts } from '../core/ports.ts';
import { rangeOf } from './byte-range.ts';
import type { MediaLinkReader, NamedMedia } from './media-links.ts';
import type { Mount } from './server.ts';

export interface MediaOptions {
  links: Pick<MediaLinkReader, 'read'>;
  files: MediaParts;
  clock: Clock;
  log: Log;
}

const UNKNOWN = 'There is nothing here.';
const OVER = 'This link has expired. /post in the chat shows the post with a new one.';
const GONE = 'This file is no longer kept.';
const AWAY = 'Crier cannot reach this file just now. Please try again in a minute.';
const OTHER_METHOD = 'Ask with GET or HEAD.';
/** Milliseconds. */
const LONGEST_CACHE = 86_400_000;

/** Below `/media/`, with its own headers: others may show these files in their pages, and a file that claims to be a page runs nothing. */
export function mediaMount(options: MediaOptions): Mount {
  const app = new Hono();
  app.use(
    secureHeaders({ crossOriginResourcePolicy: 'cross-origin', contentSecurityPolicy: { defaultSrc: ["'none'"], sandbox: [] } }),
  );
  app.get('/media/:until/:signature/:file', (context) => serve(options, context));
  app.all('/media/:until/:signature/:file', (context) => context.text(OTHER_METHOD, 405, { Allow: 'GET, HEAD' }));
  app.notFound((context) => context.text(UNKNOWN, 404));
  app.onError((error, context) => {
    options.log.error({ err: error }, 'a media file could not be served');
    return context.text('Something went wrong in Crier. Its log says what.', 500);
  });
  return { prefix: '/media/', listener: getRequestListener(app.fetch, { overrideGlobalObjects: false }) };
}

async function serve({ links, files, clock, log }: MediaOptions, context: Context): Promise<Response> {
  const { until = '', signature = '', file = '' } = context.req.param();
  const media = links.read({ until, signature, file });
  if (!media) return context.text(UNKNOWN, 404);
  const left = media.until.since(clock.now()).total('milliseconds');
  if (left <= 0) return context.text(OVER, 410);
  try {
    return await answer(files, media, left, context.req.raw);
  } catch (error) {
    if (!(error instanceof CrierError)) throw error;
    if (error.kind === 'not-found') return context.text(GONE, 404);
    log.warn({ err: error, hash: media.hash }, 'a media file could not be served just now');
    return context.text(AWAY, 503, { 'Retry-After': '60' });
  }
}

/** RFC 9110: 13.1.2 for what the asker has already, 14 for ranges. @param left milliseconds for which the link holds */
async function answer(files: MediaParts, { hash, mimeType }: NamedMedia, left: number, request: Request): Promise<Response> {
  const etag = `"${hash}"`;
  const headers = new Headers({
    ETag: etag,
    'Cache-Control': `private, max-age=${Math.floor(Math.min(left, LONGEST_CACHE) / 1000)}`,
    'Accept-Ranges': 'bytes',
    'X-Robots-Tag': 'noindex',
  });
  if (knows(request.headers.get('If-None-Match'), etag)) return new Response(null, { status: 304, headers });
  const size = await files.size(hash);
  const range = rangeOf(request.headers, etag, size);
  if (range === 'nowhere') {
    headers.set('Content-Range', `bytes */${size}`);
    return new Response(null, { status: 416, headers });
  }
  const { first, last } = range ?? { first: 0, last: size - 1 };
  headers.set('Content-Type', mimeType);
  headers.set('Content-Length', String(last - first + 1));
  if (range) headers.set('Content-Range', `bytes ${first}-${last}/${size}`);
  const hasBody = request.method !== 'HEAD' && size > 0;
  const body = hasBody ? ReadableStream.from(await files.part(hash, first, last)) : null;
  return new Response(body, { status: range ? 206 : 200, headers });
}

/** Several may be named, weakly too. */
const knows = (named: string | null, etag: string): boolean =>
  (named ?? '').split(',').some((each) => [etag, `W/${etag}`, '*'].includes(each.trim()));
