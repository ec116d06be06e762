// Whether a try of unknown outcome is out: the upload itself says so; where YouTube has forgotten it, the channel's own uploads are looked
// through.
import { z } from 'zod';
import type { FindContext, FindResult } from '../../core/platform.ts';
import { askYouTube, loginOf, watchUrl } from './client.ts';
import { classifyYouTubeError } from './errors.ts';
import { askProgress } from './session.ts';
import { findVideo } from './staged.ts';
import { Left } from './upload.ts';
import { titleOf } from './video.ts';

/** A server that cannot be asked now proves nothing. @throws where the login is expired or gone */
export async function findPublished(context: FindContext): Promise<FindResult> {
  try {
    return await find(context);
  } catch (error) {
    if (['auth-expired', 'auth-revoked'].includes(classifyYouTubeError(error).kind)) throw error;
    return { kind: 'cannot-say' };
  }
}

async function find(context: FindContext): Promise<FindResult> {
  const left = Left.safeParse(context.handles).data;
  // the upload's address is stored before its first byte leaves: where there is none, nothing can be out
  if (!left) return (await findInUploads(context)) ?? { kind: 'absent' };
  if (left.isStaged) return findStaged(context, left);
  if (left.videoId !== null) return foundAs(context, left.videoId);
  const progress = await askProgress(context, left);
  if (progress.kind === 'done') return foundAs(context, progress.videoId);
  if (progress.kind === 'open') return { kind: 'absent' };
  return (await findInUploads(context)) ?? { kind: 'cannot-say' };
}

/** It is shown by a step of its own, behind which it has the privacy it was to have. */
async function findStaged(context: FindContext, { videoId, privacy }: Left): Promise<FindResult> {
  const video = videoId === null ? null : await findVideo(context, videoId);
  return video?.status.privacyStatus === privacy ? foundAs(context, video.id) : { kind: 'absent' };
}

const foundAs = ({ account }: FindContext, remoteId: string): FindResult => ({
  kind: 'found',
  remoteId,
  url: watchUrl(account.service, remoteId),
});

const Uploads = z.object({
  items: z
    .array(
      z.object({
        snippet: z.object({
          title: z.string(),
          description: z.string(),
          publishedAt: z.string(),
          resourceId: z.object({ videoId: z.string() }),
        }),
      }),
    )
    .default([]),
});

/** Clocks differ, and YouTube's times are whole seconds. */
const SKEW = { minutes: 1 };

/**
 * Newest first, the last 50: https://developers.google.com/youtube/v3/docs/playlistItems. Null proves nothing by itself, as an upload comes
 * into the list with some delay.
 */
async function findInUploads(context: FindContext): Promise<FindResult | null> {
  const { credentials, text, since, isTaken } = context;
  const query = { part: 'snippet', playlistId: loginOf(credentials).uploads, maxResults: '50' };
  const { items } = await askYouTube(context, { path: '/youtube/v3/playlistItems', query }, Uploads);
  const title = titleOf(context);
  for (const { snippet } of items) {
    const { videoId } = snippet.resourceId;
    const isSame = snippet.title === title && snippet.description.trim() === text.trim();
    const isLater = Temporal.Instant.compare(Temporal.Instant.from(snippet.publishedAt).add(SKEW), since) >= 0;
    if (isSame && isLater && !(await isTaken(videoId))) return foundAs(context, videoId);
  }
  return null;
}
