// Uploads a post's photos so that nobody sees them yet. Attaches them to nothing; a photo that no post takes goes by itself.
import { z } from 'zod';
import type { MediaFile, PublishContext } from '../../core/platform.ts';
import { type Graph, GraphId } from './client.ts';

/** What a try leaves for the next, by media id. */
export const PhotoHandles = z.object({ uploadedAt: z.string(), photos: z.record(z.string(), GraphId) });
type PhotoHandles = z.infer<typeof PhotoHandles>;

/** Facebook keeps a photo without a post for about a day (unverified); older ones are uploaded anew. */
const PHOTOS_KEEP_HOURS = 20;

function readPhotos({ handles, clock }: Pick<PublishContext, 'handles' | 'clock'>): PhotoHandles {
  const now = clock.now();
  const read = PhotoHandles.safeParse(handles);
  if (read.success && now.since(Temporal.Instant.from(read.data.uploadedAt)).total('hours') < PHOTOS_KEEP_HOURS) return read.data;
  return { uploadedAt: now.toString(), photos: {} };
}

/** https://developers.facebook.com/docs/graph-api/reference/page/photos/ (a copy, checked 2026-11-22). */
async function upload(graph: Graph, pageId: string, file: MediaFile): Promise<string> {
  const form = new FormData();
  form.set('published', 'false');
  if (file.altText !== '') form.set('alt_text_custom', file.altText);
  form.set('source', new File([await file.read()], `photo.${file.mimeType.replace('image/', '')}`, { type: file.mimeType }));
  const { id } = await graph({ method: 'POST', path: `/${pageId}/photos`, form }, z.object({ id: GraphId }));
  return id;
}

/** The photos' ids, in order. Each is stored as soon as it is known. */
export async function uploadPhotos(context: PublishContext, graph: Graph): Promise<string[]> {
  const known = readPhotos(context);
  const ids: string[] = [];
  for (const file of context.media) {
    context.signal.throwIfAborted();
    const id = known.photos[file.id] ?? (await upload(graph, context.account.remoteId, file));
    if (known.photos[file.id] !== id) {
      known.photos[file.id] = id;
      await context.saveHandles(known);
    }
    ids.push(id);
  }
  return ids;
}
