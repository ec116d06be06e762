// Publishes a video. Without an image, the upload's last piece makes it public. With one, which becomes its thumbnail, the video is uploaded
// private, gets the thumbnail, and is shown by a step of its own: a thumbnail that YouTube does not take (a channel that is not verified, an
// image that is none) then stops the post while nobody has seen it and somebody can be told, and cannot fail behind a post that is out.
import { CrierError } from '../../core/errors.ts';
import { isVideo } from '../../core/media.ts';
import type { MediaFile, PublishContext, Published } from '../../core/platform.ts';
import { whilePreparing } from '../failures.ts';
import { watchUrl } from './client.ts';
import { classifyYouTubeError } from './errors.ts';
import { putPiece } from './session.ts';
import { readStatus, setThumbnail, show } from './staged.ts';
import { EXPIRED, type Reached, uploadVideo } from './upload.ts';
import { privacyOf, videoResource } from './video.ts';

export async function publish(context: PublishContext): Promise<Published> {
  const ready = await whilePreparing(classifyYouTubeError, () => prepare(context));
  if (ready.kind === 'out') return publishedAs(context, ready.videoId);
  await context.beforeSend();
  return publishedAs(context, await (ready.kind === 'last-piece' ? sendLast(context, ready) : show(context, ready)));
}

const publishedAs = ({ account }: PublishContext, videoId: string): Published => ({
  remoteId: videoId,
  url: watchUrl(account.service, videoId),
});

type LastPiece = Extract<Reached, { kind: 'last-piece' }>;
type Hidden = { kind: 'hidden'; videoId: string; status: Record<string, unknown> };
/** `out`: an earlier try did it all. */
type Ready = LastPiece | Hidden | { kind: 'out'; videoId: string };

async function prepare(context: PublishContext): Promise<Ready> {
  context.signal.throwIfAborted();
  const { file, thumbnail } = filesOf(context);
  const privacy = privacyOf(context);
  const isStaged = thumbnail !== null;
  const video = videoResource(context, isStaged ? 'private' : privacy);
  const reached = await uploadVideo(context, { file, video, privacy, isStaged });
  if (reached.kind === 'last-piece') return reached;
  const { left } = reached;
  const videoId = left.videoId ?? '';
  if (!thumbnail) return { kind: 'out', videoId };
  await setThumbnail(context, { left, videoId, thumbnail });
  return { kind: 'hidden', videoId, status: { ...(await readStatus(context, videoId)), privacyStatus: privacy } };
}

function filesOf({ media }: PublishContext): { file: MediaFile; thumbnail: MediaFile | null } {
  const videos = media.filter(isVideo);
  const images = media.filter((each) => !isVideo(each));
  const [file] = videos;
  if (!file) throw new CrierError('rejected', 'YouTube takes no post without a video: add --video URL.');
  if (videos.length > 1) throw new CrierError('rejected', 'YouTube takes one video in a post: take out the others.');
  if (images.length > 1)
    throw new CrierError('rejected', 'YouTube takes one image with a video, as its thumbnail: take out the others.');
  return { file, thumbnail: images[0] ?? null };
}

async function sendLast(context: PublishContext, { left, from, bytes }: LastPiece): Promise<string> {
  const progress = await putPiece(context, left, from, bytes);
  if (progress.kind === 'done') return progress.videoId;
  if (progress.kind === 'open')
    throw new CrierError('unavailable', 'YouTube took only a part of the video; the next try goes on from there.');
  await context.saveHandles({});
  throw new CrierError('unavailable', EXPIRED);
}
