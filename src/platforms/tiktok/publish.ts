// Publishes a video or photos, or puts them into the inbox of the account's TikTok app. What makes a video public is the last chunk of its
// upload, what makes photos public the request that names their addresses; a publish_id counts for one post, whatever is sent again for it.
import { CrierError } from '../../core/errors.ts';
import { isVideo } from '../../core/media.ts';
import type { MediaFile, PublishContext, Published } from '../../core/platform.ts';
import { Refused } from '../api.ts';
import { whilePreparing } from '../failures.ts';
import { type Client, clientFor } from './client.ts';
import { classifyTikTokError, codeOf, failureFor } from './errors.ts';
import { type Left, readLeft } from './left.ts';
import { type Photos, preparePhotos, sendPhotos } from './photos.ts';
import { type Over, publishedAs, readStanding, type Standing, untilOver } from './status.ts';
import { type AllButLast, prepareVideo, sendLast } from './video.ts';

/** `under-way`: an earlier try sent all of it. */
type Ready = { kind: 'under-way'; left: Left } | AllButLast | Photos;

export async function publish(context: PublishContext): Promise<Published> {
  const ready = await whilePreparing(classifyTikTokError, () => prepare(context));
  if (ready.kind === 'under-way') return settle(context, ready.left);
  await context.beforeSend();
  return settle(context, ready.kind === 'video' ? await sendLast(context, ready) : await sendPhotos(context, ready));
}

async function prepare(context: PublishContext): Promise<Ready> {
  context.signal.throwIfAborted();
  const client = clientFor(context);
  const video = videoOf(context.media);
  const left = readLeft(context);
  const standing = left?.publishId ? await standingOf(client, left.publishId) : null;
  if (standing?.kind === 'failed') {
    const failure = await failed(context, standing);
    if (failure.kind !== 'unavailable') throw failure;
  }
  if (!left || standing === null || standing.kind === 'failed')
    return video ? prepareVideo(context, client, video, null) : preparePhotos(context, client);
  const isWhole = standing.kind === 'done' || standing.uploaded >= (left.upload?.total ?? 0);
  if (isWhole || !video) return { kind: 'under-way', left };
  return prepareVideo(context, client, video, { left, uploaded: standing.uploaded });
}

/** Null for photos. @throws CrierError `rejected` for what is neither */
function videoOf(media: readonly MediaFile[]): MediaFile | null {
  const videos = media.filter(isVideo);
  if (media.length === 0) throw new CrierError('rejected', 'TikTok takes no post without a video or images: add some.');
  if (videos.length > 0 && media.length > 1)
    throw new CrierError('rejected', 'TikTok takes one video in a post, or images: take out the others.');
  return videos[0] ?? null;
}

/** Null where TikTok does not know it (any more). */
async function standingOf(client: Client, publishId: string): Promise<Standing | null> {
  try {
    return await readStanding(client, publishId);
  } catch (error) {
    if (error instanceof Refused && codeOf(error.body) === 'invalid_publish_id') return null;
    throw error;
  }
}

async function settle(context: PublishContext, left: Left): Promise<Published> {
  const over = await watch(context, left);
  if (over.kind === 'done') return publishedAs(context.account, left, over.postId);
  throw await failed(context, over);
}

/** By now it may be public: whatever stands in the way of knowing leaves the outcome open. */
async function watch(context: PublishContext, left: Left): Promise<Over> {
  try {
    return await untilOver(context, left.publishId ?? '', left);
  } catch (error) {
    const { userMessage, meta } = classifyTikTokError(error);
    throw new CrierError('outcome-unknown', userMessage, { cause: error, meta });
  }
}

/** What failed at TikTok is over for good: the next try begins anew. */
async function failed(context: PublishContext, { reason }: Extract<Over, { kind: 'failed' }>): Promise<CrierError> {
  await context.saveHandles({});
  return failureFor(reason);
}
