// A video that is uploaded and that nobody may see yet: its thumbnail, its status, and the step that shows it.
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import type { MediaFile, PublishContext } from '../../core/platform.ts';
import { type Access, askYouTube, sendToYouTube } from './client.ts';
import { classifyYouTubeError } from './errors.ts';
import type { Left } from './upload.ts';

/** https://developers.google.com/youtube/v3/docs/thumbnails/set (checked 2026-11-22). Setting it twice does no harm. */
export async function setThumbnail(
  context: PublishContext,
  { left, videoId, thumbnail }: { left: Left; videoId: string; thumbnail: MediaFile },
): Promise<void> {
  if (left.hasThumbnail) return;
  const request = {
    method: 'POST',
    path: '/upload/youtube/v3/thumbnails/set',
    query: { videoId },
    headers: { 'content-type': thumbnail.mimeType },
    bytes: await thumbnail.read(),
  } as const;
  try {
    await sendToYouTube(context, request);
  } catch (error) {
    throw explainThumbnail(error);
  }
  await context.saveHandles({ ...left, hasThumbnail: true });
}

/** Why YouTube refuses a thumbnail of its own, it does not say by a code; the one documented reason is worth naming. */
function explainThumbnail(error: unknown): unknown {
  const failure = classifyYouTubeError(error);
  if (failure.kind !== 'rejected' || failure.meta.status !== 403 || failure.meta.code === 'insufficientPermissions') return error;
  const cure =
    'YouTube takes no thumbnail from this channel. Verify the channel at youtube.com/verify and retry, or post the video without the image.';
  return new CrierError('rejected', cure, { cause: error, meta: failure.meta });
}

/** What a change of the status has to repeat, as it would be reset otherwise: https://developers.google.com/youtube/v3/docs/videos/update. */
const Status = z.object({
  embeddable: z.boolean().optional(),
  license: z.string().optional(),
  publicStatsViewable: z.boolean().optional(),
  selfDeclaredMadeForKids: z.boolean().optional(),
});
const Videos = z.object({
  items: z
    .array(
      z.object({ id: z.string(), status: Status.extend({ uploadStatus: z.string().optional(), privacyStatus: z.string() }) }),
    )
    .default([]),
});

/** Null where there is no such video. */
export async function findVideo(access: Access, videoId: string): Promise<z.infer<typeof Videos>['items'][number] | null> {
  const query = { part: 'status', id: videoId };
  return (await askYouTube(access, { path: '/youtube/v3/videos', query }, Videos)).items[0] ?? null;
}

/** @throws CrierError `rejected` where YouTube gave the video up, `unavailable` where it does not find it, which a new one may be for a while */
export async function readStatus(context: PublishContext, videoId: string): Promise<z.infer<typeof Status>> {
  const found = await findVideo(context, videoId);
  if (!found) throw new CrierError('unavailable', 'YouTube does not find the uploaded video just now; it will be tried again.');
  const { uploadStatus = 'uploaded' } = found.status;
  if (!GIVEN_UP.has(uploadStatus)) return Status.parse(found.status);
  await context.saveHandles({});
  const sentence = `YouTube did not keep this video (${uploadStatus}). Look at it in YouTube Studio, and retry with another file.`;
  throw new CrierError('rejected', sentence, { meta: { code: uploadStatus } });
}

/** https://developers.google.com/youtube/v3/docs/videos; the others are `uploaded` and `processed`. */
const GIVEN_UP = new Set(['failed', 'rejected', 'deleted']);

const Shown = z.object({ id: z.string() });

/** Showing it twice does no harm. */
export async function show(
  context: PublishContext,
  { videoId, status }: { videoId: string; status: Record<string, unknown> },
): Promise<string> {
  const request = {
    method: 'PUT',
    path: '/youtube/v3/videos',
    query: { part: 'status' },
    json: { id: videoId, status },
  } as const;
  return (await askYouTube(context, request, Shown)).id;
}
