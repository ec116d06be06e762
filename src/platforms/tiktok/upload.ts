// Sends a video to TikTok in chunks, all but the last one: with that, TikTok makes the post. Goes on where an earlier try stopped.
// https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide (checked 2026-11-22).
import { CrierError } from '../../core/errors.ts';
import type { MediaFile, PublishContext } from '../../core/platform.ts';
import { Refused, readBody } from '../api.ts';
import { through } from '../http.ts';
import { inVideoTurn } from '../video-turns.ts';
import { codeOf } from './errors.ts';

/** Bytes: TikTok takes 5 to 64 MB, and what is left over goes with the last one. Those of its own example. */
const CHUNK = 10_000_000;

/** What an upload is announced with. A video of less than two chunks goes as a whole. */
export function sourceOf(size: number): { video_size: number; chunk_size: number; total_chunk_count: number } {
  const count = Math.max(1, Math.floor(size / CHUNK));
  return { video_size: size, chunk_size: count === 1 ? size : CHUNK, total_chunk_count: count };
}

export interface LastChunk {
  from: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/** @param uploaded bytes TikTok has already */
export function sendAllButLast(context: PublishContext, file: MediaFile, url: string, uploaded: number): Promise<LastChunk> {
  return inVideoTurn(context.signal, async () => {
    const bytes = await file.read();
    const { chunk_size: size, total_chunk_count: count } = sourceOf(bytes.length);
    const last = (count - 1) * size;
    for (let from = Math.min(Math.floor(uploaded / size) * size, last); from < last; from += size) {
      await putChunk(context, { url, file, total: bytes.length, from, bytes: bytes.slice(from, from + size) });
    }
    return { from: last, bytes: bytes.slice(last) };
  });
}

interface Chunk extends LastChunk {
  url: string;
  file: Pick<MediaFile, 'mimeType'>;
  total: number;
}

/** TikTok knows the address no longer, or never did: nothing of this chunk was taken. */
export class UploadGone extends CrierError {
  constructor(status: number) {
    super('unavailable', 'TikTok has closed the upload of this video; the next try begins it anew.', { meta: { status } });
  }
}

const CREATED = 201;
const EXPIRED = 403;
const UNKNOWN = 404;

/**
 * Whether TikTok says that it has all of it now (201). Without the time limit of an ordinary request, which is short for a slow line; in a
 * Blob the bytes leave bit by bit, so that a slow line is told from a dead one.
 * @throws UploadGone, Refused, or what fetch throws
 */
export async function putChunk(context: PublishContext, { url, file, total, from, bytes }: Chunk): Promise<boolean> {
  const { http, signal } = context;
  const headers = { 'content-type': file.mimeType, 'content-range': `bytes ${from}-${from + bytes.length - 1}/${total}` };
  // the body's own type is left empty, as fetch would put it in place of the header
  const request: RequestInit = { method: 'PUT', headers, body: new Blob([bytes]), signal, redirect: 'error' };
  const response = await fetch(url, through(http.dispatcher, request));
  const { status, ok, headers: told } = response;
  const body = readBody(await response.text());
  // with a code of its own, a refusal says more than its status
  if ((status === EXPIRED || status === UNKNOWN) && codeOf(body) === '') throw new UploadGone(status);
  if (!ok) throw new Refused(status, told, body);
  return status === CREATED;
}
