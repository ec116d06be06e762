// Publishing as a Page: a text, a link, photos or a video, and the first comment below. Uploads have files of their own.
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import { isVideo } from '../../core/media.ts';
import type { CommentContext, MediaFile, PublishContext, Published } from '../../core/platform.ts';
import { whilePreparing } from '../failures.ts';
import { type Graph, GraphId, graphOf } from './client.ts';
import { classifyFacebookError } from './errors.ts';
import { publishedPost } from './find.ts';
import { previewOf } from './limits.ts';
import { uploadPhotos } from './photos.ts';
import { endUpload, uploadVideo } from './video.ts';
import { lookAfter } from './video-node.ts';

/**
 * One photo goes the way of several, attached to a post: then what makes the post public is one small request, whatever is on
 * it. https://developers.facebook.com/docs/graph-api/photo-uploads and /docs/pages-api/posts (checked 2026-11-22).
 */
async function publishPost(context: PublishContext, graph: Graph): Promise<Published> {
  const { text, account } = context;
  const photos = await whilePreparing(classifyFacebookError, () => uploadPhotos(context, graph));
  const link = photos.length > 0 ? null : previewOf(text, context.options);
  const json = {
    ...(text === '' ? {} : { message: text }),
    ...(link === null ? {} : { link }),
    ...(photos.length === 0 ? {} : { attached_media: photos.map((id) => ({ media_fbid: id })) }),
  };
  await context.beforeSend();
  const { id } = await graph({ method: 'POST', path: `/${account.remoteId}/feed`, json }, z.object({ id: GraphId }));
  return publishedPost(account.service, id);
}

async function publishVideo(context: PublishContext, graph: Graph, video: MediaFile): Promise<Published> {
  const session = await whilePreparing(classifyFacebookError, () => uploadVideo(context, graph, video));
  await context.beforeSend();
  await endUpload(context, graph, session);
  return lookAfter(context, graph, session.videoId);
}

export async function publish(context: PublishContext): Promise<Published> {
  const { media, text, options } = context;
  const graph = await whilePreparing(classifyFacebookError, async () => {
    context.signal.throwIfAborted();
    return graphOf(context);
  });
  const [video, ...others] = media.filter(isVideo);
  if (video && (others.length > 0 || media.length > 1))
    throw new CrierError('rejected', 'Facebook takes one video or several photos in a post, not both: leave out the others.');
  if (media.length > 0 && isLost(text, options.link))
    throw new CrierError('rejected', 'Facebook shows a link or files in a post, not both: put the link into the text.');
  return video ? publishVideo(context, graph, video) : publishPost(context, graph);
}

/** A link that was asked for and that nothing of the post would show. */
const isLost = (text: string, link: string | undefined): boolean =>
  link !== undefined && previewOf('', { link }) !== null && !text.includes(link);

/**
 * https://developers.facebook.com/docs/graph-api/reference/pagepost/comments (unverified); the SDK of Meta has the same for
 * videos.
 */
export async function comment(context: CommentContext): Promise<void> {
  const graph = graphOf(context);
  const id = GraphId.parse(context.post.remoteId);
  await context.beforeSend();
  await graph({ method: 'POST', path: `/${id}/comments`, json: { message: context.text } }, z.object({ id: z.string() }));
}
