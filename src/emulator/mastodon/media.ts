// https://docs.joinmastodon.org/methods/media/ (checked 2026-11-22): uploads answer 202, and are processed while a client polls.
import type { Context } from 'hono';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { type MediaFacts, readMediaFacts } from '../blobs.ts';
import type { EmulatorApp } from '../network.ts';
import { authorize, invalid, MastodonError, notFound, readBody } from './api.ts';
import { DESCRIPTION_LIMIT, IMAGE_SIZE_LIMIT, mediaEntity, VIDEO_MATRIX_LIMIT, VIDEO_SIZE_LIMIT } from './entities.ts';
import { idSource, type MastodonState, type StoredMedia } from './state.ts';

const Description = z.object({ description: z.string().nullish() });

export function mountMediaRoutes(app: EmulatorApp, state: MastodonState, clock: Clock, baseUrl: () => string): void {
  const nextId = idSource(clock.now, state.media.keys());

  app.post('/api/v2/media', async (c) => {
    const account = authorize(c, state);
    const body = await readBody(c);
    if (!(body.file instanceof File)) throw invalid("File can't be blank");
    const description = readDescription(body);
    const bytes = new Uint8Array(await body.file.arrayBuffer());
    const facts = await readMediaFacts(bytes);
    if (!facts) throw new MastodonError(422, 'Validation failed: File content type is invalid, File is invalid');
    checkSize(body.file.size, facts);
    const id = nextId();
    state.blobs.put(id, bytes);
    state.commit({ type: 'media', id, accountId: account.id, size: bytes.length, description, ...facts });
    return c.json(mediaEntity(findUnattached(c, state, id), baseUrl()), 202);
  });

  app.get('/api/v1/media/:id', (c) => {
    const media = findUnattached(c, state, c.req.param('id'));
    // Processed while the client asks: the first look still finds it at work, the second finds it done.
    if (media.progress !== 'ready') media.progress = media.progress === 'uploaded' ? 'processing' : 'ready';
    return c.json(mediaEntity(media, baseUrl()), media.progress === 'ready' ? 200 : 206);
  });

  app.put('/api/v1/media/:id', async (c) => {
    const { id } = findUnattached(c, state, c.req.param('id'));
    state.commit({ type: 'media-described', id, description: readDescription(await readBody(c)) });
    const media = findUnattached(c, state, id);
    return c.json(mediaEntity(media, baseUrl()), media.progress === 'ready' ? 200 : 206);
  });

  app.get('/system/media_attachments/files/:id/original', (c) => {
    const media = state.media.get(c.req.param('id'));
    const bytes = media && state.blobs.get(media.id);
    if (!bytes) throw notFound();
    return c.body(bytes, 200, { 'content-type': media.mimeType, 'x-content-type-options': 'nosniff' });
  });
}

/** The wording of app/models/media_attachment.rb and config/locales/en.yml (checked 2026-11-22). @throws MastodonError 422. */
function checkSize(bytes: number, { mimeType, width, height }: MediaFacts): void {
  const [limit, words] = mimeType.startsWith('video/') ? [VIDEO_SIZE_LIMIT, '99 MB'] : [IMAGE_SIZE_LIMIT, '16 MB'];
  if (bytes > limit) throw invalid(`File file size must be less than ${words}`);
  if (mimeType.startsWith('video/') && width * height > VIDEO_MATRIX_LIMIT)
    throw new MastodonError(422, `${width}x${height} videos are not supported`);
}

function readDescription(body: Record<string, unknown>): string | null {
  const input = Description.safeParse(body);
  if (!input.success) throw invalid(z.prettifyError(input.error));
  const description = input.data.description ?? null;
  if (description !== null && description.length > DESCRIPTION_LIMIT) {
    throw invalid(`Description is too long (maximum is ${DESCRIPTION_LIMIT} characters)`);
  }
  return description;
}

/** Once attached to a status, media are reached through that only. */
function findUnattached(c: Context, state: MastodonState, id: string): StoredMedia {
  const account = authorize(c, state);
  const media = state.media.get(id);
  if (media?.accountId !== account.id || media.statusId !== null) throw notFound();
  return media;
}
