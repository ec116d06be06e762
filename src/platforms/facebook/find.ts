// Looks on a Page for what a try of unknown outcome may have made. Changes nothing.
import { z } from 'zod';
import type { FindContext, FindResult, Published } from '../../core/platform.ts';
import { isGone } from '../graph-errors.ts';
import { type Graph, GraphId, graphOf } from './client.ts';
import { classifyFacebookError } from './errors.ts';
import { PhotoHandles } from './photos.ts';
import { VideoHandles } from './video.ts';
import { isEnded, publishedVideo, readVideo } from './video-node.ts';

const Target = z.object({ target: z.object({ id: z.string() }).optional() });
const Attachment = Target.extend({ subattachments: z.object({ data: z.array(Target) }).optional() });
const ListedPost = z.object({
  id: GraphId,
  message: z.string().default(''),
  created_time: z.string(),
  permalink_url: z.string().optional(),
  attachments: z.object({ data: z.array(Attachment.extend({ media_type: z.string().default('') })) }).optional(),
});
type ListedPost = z.infer<typeof ListedPost>;
const Listed = z.object({
  data: z.array(ListedPost),
  paging: z.object({ cursors: z.object({ after: z.string() }).optional(), next: z.string().optional() }).optional(),
});

const FIELDS = 'id,message,created_time,permalink_url,attachments{media_type,target{id},subattachments{target{id}}}';
/** The most there may be: https://developers.facebook.com/docs/graph-api/reference/page/feed (checked 2026-11-22). */
const PAGE = '100';
/**
 * A Page that posts more than this in the time in question cannot be told. Of older posts the list is a choice ("approximately 600 ranked,
 * published posts per year", same page); none that is asked for here is older than a delivery's few tries.
 */
const MAX_PAGES = 3;
/** By how far Facebook's clock may be behind ours. */
const SKEW = Temporal.Duration.from({ minutes: 2 });

/** The Page's own posts since then, newest first; null where there are too many to read. */
async function listSince(graph: Graph, pageId: string, since: Temporal.Instant): Promise<ListedPost[] | null> {
  const found: ListedPost[] = [];
  let after: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = { fields: FIELDS, limit: PAGE, after };
    const { data, paging } = await graph({ path: `/${pageId}/published_posts`, query }, Listed);
    const recent = data.filter((post) => Temporal.Instant.compare(Temporal.Instant.from(post.created_time), since) >= 0);
    found.push(...recent);
    after = paging?.next === undefined ? undefined : paging.cursors?.after;
    if (recent.length < data.length || after === undefined) return found;
  }
  return null;
}

/** Where the address of a post is not told, it is made the same way: `1042_77` -> `/1042/posts/77/`. */
export function publishedPost(service: string, id: string, permalink?: string): Published {
  const [page, post = ''] = id.split('_');
  return { remoteId: id, url: permalink ?? `${service}/${page}/posts/${post}/` };
}

const asStored = (text: string): string => text.replace(/\r\n?/g, '\n').trim();

const targetsOf = ({ attachments }: ListedPost): string[] =>
  (attachments?.data ?? [])
    .flatMap((attachment) => [attachment, ...(attachment.subattachments?.data ?? [])])
    .flatMap(({ target }) => (target ? [target.id] : []));

const MEDIA = ['photo', 'album', 'video'];

/** A photo was uploaded for this delivery alone, so its id proves the post; without photos the text has to do. */
function isOurs(post: ListedPost, context: FindContext): boolean {
  const uploads = PhotoHandles.safeParse(context.handles);
  const photos = uploads.success ? Object.values(uploads.data.photos) : [];
  if (photos.length > 0) return targetsOf(post).some((id) => photos.includes(id));
  const hasMedia = (post.attachments?.data ?? []).some(({ media_type: type }) => MEDIA.includes(type));
  return !hasMedia && asStored(post.message) === asStored(context.text);
}

/** The session's own video is public, or it is not: ending the session again would make no second one. */
async function findVideo(context: FindContext, graph: Graph, { videoId }: VideoHandles): Promise<FindResult> {
  try {
    const node = await readVideo(graph, videoId);
    return isEnded(node) ? { kind: 'found', ...publishedVideo(context.account, videoId, node) } : { kind: 'absent' };
  } catch (error) {
    if (isGone(error)) return { kind: 'absent' };
    throw error;
  }
}

async function search(context: FindContext): Promise<FindResult> {
  const graph = graphOf(context);
  const { service, remoteId } = context.account;
  const video = VideoHandles.safeParse(context.handles);
  if (video.success) return findVideo(context, graph, video.data);
  const posts = await listSince(graph, remoteId, context.since.subtract(SKEW));
  if (!posts) return { kind: 'cannot-say' };
  for (const post of posts) {
    if (await context.isTaken(post.id)) continue;
    if (isOurs(post, context)) return { kind: 'found', ...publishedPost(service, post.id, post.permalink_url) };
  }
  return { kind: 'absent' };
}

/** A Page that cannot be asked now proves nothing. @throws CrierError `auth-revoked` */
export async function findPublished(context: FindContext): Promise<FindResult> {
  try {
    return await search(context);
  } catch (error) {
    if (classifyFacebookError(error).kind === 'auth-revoked') throw error;
    return { kind: 'cannot-say' };
  }
}
