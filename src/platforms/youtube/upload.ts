// Brings a post's video to YouTube, going on where an earlier try stopped, up to its last piece or with it. What a try leaves for the next
// is here; what makes a post public is publish.ts' matter.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import type { MediaFile, PublishContext } from '../../core/platform.ts';
import { inVideoTurn } from '../video-turns.ts';
import { askProgress, openSession, type Progress, putPiece } from './session.ts';
import type { VideoResource } from './video.ts';

/** Every piece but the last must be a multiple of 256 KiB. */
export const PIECE_BYTES = 32 * 256 * 1024;

/** What a try leaves for the next. */
export type Left = z.infer<typeof Left>;
export const Left = z.object({
  /** Of the file and all that is said of it: an upload of something else is not gone on with. */
  fingerprint: z.string(),
  url: z.string(),
  total: z.number(),
  /** Who may see it in the end. */
  privacy: z.string(),
  /** Uploaded for nobody's eyes, and shown in a step of its own. */
  isStaged: z.boolean(),
  /** Known once it is uploaded whole. */
  videoId: z.string().nullable(),
  hasThumbnail: z.boolean(),
});

export interface Wanted {
  file: MediaFile;
  video: VideoResource;
  privacy: string;
  isStaged: boolean;
}

/** How far it is: all but `bytes`, which begin at `from`; or uploaded whole. */
export type Reached =
  | { kind: 'last-piece'; left: Left; from: number; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'whole'; left: Left };

export const EXPIRED = 'YouTube no longer knows this upload; it begins anew at the next try.';

/** @throws CrierError `unavailable` where the upload broke off; Refused, or what fetch throws */
export async function uploadVideo(context: PublishContext, wanted: Wanted): Promise<Reached> {
  const known = readLeft(context, wanted);
  if (known?.videoId != null) return { kind: 'whole', left: known };
  const standing = known && (await askProgress(context, known));
  if (known && standing?.kind === 'done') return whole(context, known, standing.videoId);
  if (known && standing?.kind === 'open') return sendPieces(context, wanted, known, standing.next);
  return sendPieces(context, wanted, await begin(context, wanted), 0);
}

function readLeft({ handles }: PublishContext, wanted: Wanted): Left | null {
  const left = Left.safeParse(handles);
  return left.success && left.data.fingerprint === fingerprintOf(wanted) ? left.data : null;
}

const fingerprintOf = ({ file, video, isStaged }: Wanted): string =>
  createHash('sha256')
    .update(JSON.stringify([file.hash, video, isStaged]))
    .digest('hex');

async function begin(context: PublishContext, wanted: Wanted): Promise<Left> {
  const { file, video, privacy, isStaged } = wanted;
  const url = await openSession(context, file, video);
  const fresh = { fingerprint: fingerprintOf(wanted), url, total: file.size, privacy, isStaged };
  const left: Left = { ...fresh, videoId: null, hasThumbnail: false };
  await context.saveHandles(left);
  return left;
}

async function whole(context: PublishContext, left: Left, videoId: string): Promise<Reached> {
  const done = { ...left, videoId };
  await context.saveHandles(done);
  return { kind: 'whole', left: done };
}

/** Stops before the last piece, unless that makes nothing public. */
function sendPieces(context: PublishContext, { file, isStaged }: Wanted, left: Left, start: number): Promise<Reached> {
  return inVideoTurn(context.signal, async () => {
    const bytes = await file.read();
    let from = start;
    while (isStaged || bytes.length - from > PIECE_BYTES) {
      const progress = await putPiece(context, left, from, bytes.slice(from, from + PIECE_BYTES));
      if (progress.kind === 'done') return whole(context, left, progress.videoId);
      from = await goOn(context, progress, from);
    }
    return { kind: 'last-piece', left, from, bytes: bytes.slice(from) };
  });
}

/** YouTube may keep less than it was sent, but has to get on. */
async function goOn(
  { saveHandles }: PublishContext,
  progress: Exclude<Progress, { kind: 'done' }>,
  from: number,
): Promise<number> {
  if (progress.kind === 'open' && progress.next > from) return progress.next;
  if (progress.kind === 'open') throw new CrierError('unavailable', 'YouTube does not take more of the video just now.');
  await saveHandles({});
  throw new CrierError('unavailable', EXPIRED);
}
