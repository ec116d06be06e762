// One resumable upload: opened, asked how far it is, and given piece after piece. What becomes public when is publish.ts' matter.
// https://developers.google.com/youtube/v3/guides/using_resumable_upload_protocol (checked 2026-11-22, in part)
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import type { MediaFile } from '../../core/platform.ts';
import { Refused, readBody } from '../api.ts';
import { through } from '../http.ts';
import { type Access, loginOf, sendToYouTube } from './client.ts';
import { outOfQuota, reasonOf } from './errors.ts';
import type { VideoResource } from './video.ts';

export interface Session {
  url: string;
  /** Bytes of the whole video. */
  total: number;
}

/** `open`: the next byte it waits for; `gone`: YouTube knows it no longer, or never did. */
export type Progress = { kind: 'open'; next: number } | { kind: 'done'; videoId: string } | { kind: 'gone' };

/** @returns the session's address. @throws as `send` does; CrierError `rate-limited` where the day's uploads are used up */
export async function openSession(access: Access, file: MediaFile, video: VideoResource): Promise<string> {
  try {
    const response = await sendToYouTube(access, {
      method: 'POST',
      path: '/upload/youtube/v3/videos',
      query: { uploadType: 'resumable', part: 'snippet,status' },
      headers: {
        'content-type': 'application/json; charset=UTF-8',
        'x-upload-content-length': String(file.size),
        'x-upload-content-type': file.mimeType,
      },
      json: video,
    });
    const location = response.headers.get('location');
    if (location !== null && URL.canParse(location)) return location;
    throw new CrierError('unavailable', 'YouTube did not say where the video is to be uploaded to.');
  } catch (error) {
    throw isDailyLimit(error) ? outOfQuota(error) : error;
  }
}

/**
 * Uploads have a limit per day of their own. Past it, YouTube says to slow down, and not for how long:
 * https://github.com/googleapis/google-api-python-client/issues/2753 (checked 2026-11-22)
 */
const isDailyLimit = (error: unknown): error is Refused =>
  error instanceof Refused &&
  error.status === 429 &&
  reasonOf(error) === 'rateLimitExceeded' &&
  !error.headers.has('retry-after');

/** @throws Refused, or what fetch throws */
export async function askProgress(access: Access, { url, total }: Session): Promise<Progress> {
  const response = await access.http.fetch(url, {
    method: 'PUT',
    headers: { authorization: authorizationOf(access), 'content-range': `bytes */${total}` },
    signal: access.signal,
    redirect: 'manual',
  });
  return readProgress(response);
}

/**
 * @param from the first byte's place in the whole. Where no byte is left to be sent, YouTube is asked to finish.
 * @throws Refused, or what fetch throws
 */
export async function putPiece(
  access: Access,
  { url, total }: Session,
  from: number,
  piece: Uint8Array<ArrayBuffer>,
): Promise<Progress> {
  const range = piece.length === 0 ? `bytes */${total}` : `bytes ${from}-${from + piece.length - 1}/${total}`;
  // without the time limit of an ordinary request, which is short for a slow line; in a Blob it leaves bit by bit, so that a slow line is
  // told from a dead one. 308 is no redirect here
  const response = await fetch(
    url,
    through(access.http.dispatcher, {
      method: 'PUT',
      headers: { authorization: authorizationOf(access), 'content-range': range },
      body: new Blob([piece]),
      signal: access.signal,
      redirect: 'manual',
    }),
  );
  return readProgress(response);
}

const authorizationOf = ({ credentials }: Access): string => `Bearer ${loginOf(credentials).accessToken}`;

const Video = z.object({ id: z.string().min(1) });

async function readProgress(response: Response): Promise<Progress> {
  const { status, headers, ok } = response;
  const body = readBody(await response.text());
  if (ok) return { kind: 'done', videoId: Video.parse(body).id };
  if (status === 308) return { kind: 'open', next: nextByte(headers.get('range')) };
  if (status === 404 || status === 410) return { kind: 'gone' };
  throw new Refused(status, headers, body);
}

/** `bytes=0-999999` -> 1000000; without the header nothing has arrived. */
const nextByte = (range: string | null): number => {
  const last = /-(\d+)$/.exec(range ?? '')?.[1];
  return last === undefined ? 0 : Number(last) + 1;
};
