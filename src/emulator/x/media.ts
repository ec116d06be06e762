// Files of the emulated X: begun, sent in chunks, ended, processed while a client asks, and described.
// https://docs.x.com/x-api/media/quickstart/media-upload-chunked and /best-practices, and X's OpenAPI description 2.167 (checked 2026-11-22).
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { readMediaFacts } from '../blobs.ts';
import type { EmulatorApp } from '../network.ts';
import { checked, forbidden, type Gate, invalid, readJson, XError } from './api.ts';
import { Category, type Upload, type XAccount, type XFile, type XState } from './state.ts';

const MEGABYTE = 1_048_576;
const TYPES: Record<Upload['category'], readonly string[]> = {
  tweet_image: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
  tweet_gif: ['image/gif'],
  tweet_video: ['video/mp4', 'video/quicktime', 'video/webm'],
};
const MAX_BYTES: Record<Upload['category'], number> = {
  tweet_image: 5 * MEGABYTE,
  tweet_gif: 15 * MEGABYTE,
  tweet_video: 512 * MEGABYTE,
};
const DURATION_MS = { min: 500, max: 140_000 };
const ASPECT = { min: 1 / 3, max: 3 };
const MAX_CHUNK = 5 * MEGABYTE;
const UPLOAD_SECONDS = 1_295_999;
const FILE_SECONDS = 86_400;
/** Questions that are answered with "not yet". */
const LOOKS = 1;
const CHECK_AFTER_SECONDS = 1;

const SCOPES = ['media.write'];
const Id = z.string().regex(/^[0-9]{1,19}$/);
const Begin = z.strictObject({
  media_type: z.string(),
  total_bytes: z.int().min(1),
  media_category: Category,
  shared: z.boolean().optional(),
  additional_owners: z.array(Id).optional(),
});
const Chunk = z.object({ segment_index: z.coerce.number().int().min(0).max(999), media: z.instanceof(File) });
const Metadata = z.object({ id: Id, metadata: z.object({ alt_text: z.object({ text: z.string().max(1000) }) }) });

export function mountMedia(app: EmulatorApp, state: XState, gate: Gate, clock: Clock): void {
  const { uploads, files, tables, nextId } = state;

  app.post('/2/media/upload/initialize', async (c) => {
    const account = gate.enter(c, 'POST /2/media/upload/initialize', SCOPES);
    const { media_type: mimeType, total_bytes: totalBytes, media_category: category } = await readJson(c, Begin);
    if (!TYPES[category].includes(mimeType)) throw invalid(`$.media_type: ${mimeType} is not a type of ${category}`);
    if (totalBytes > MAX_BYTES[category]) throw invalid(`$.total_bytes: a ${category} has ${MAX_BYTES[category]} bytes at most`);
    const id = nextId();
    const until = clock.now().add({ seconds: UPLOAD_SECONDS });
    uploads.set(id, { accountId: account.id, category, mimeType, totalBytes, chunks: new Map(), until });
    return c.json({ data: { id, media_key: keyOf({ id, category }), expires_after_secs: UPLOAD_SECONDS } });
  });

  app.post('/2/media/upload/:id/append', async (c) => {
    const account = gate.enter(c, 'POST /2/media/upload/:id/append', SCOPES);
    const upload = findUpload(state, c.req.param('id'), account, clock);
    const { segment_index: index, media } = checked(Chunk, await c.req.parseBody());
    if (media.size > MAX_CHUNK) throw invalid(`$.media: a chunk has ${MAX_CHUNK} bytes at most`);
    upload.chunks.set(index, new Uint8Array(await media.arrayBuffer()));
    return c.json({ data: { expires_at: Math.floor(upload.until.epochMilliseconds / 1000) } });
  });

  app.post('/2/media/upload/:id/finalize', async (c) => {
    const account = gate.enter(c, 'POST /2/media/upload/:id/finalize', SCOPES);
    const id = c.req.param('id');
    const upload = findUpload(state, id, account, clock);
    const bytes = joined(upload);
    const facts = await readMediaFacts(bytes);
    const isFit = facts !== null && TYPES[upload.category].includes(facts.mimeType);
    const isVideo = upload.category === 'tweet_video';
    // an image is looked at as it is ended, a video and a GIF while they are processed
    if (!isFit && upload.category === 'tweet_image') throw invalid('$.media: the file is not a valid image');
    uploads.delete(id);
    tables.blobs.put(id, bytes);
    const { accountId, category, mimeType } = upload;
    const { width, height, durationMs } = facts ?? { width: 1, height: 1, durationMs: null };
    const expiresAt = clock.now().add({ seconds: FILE_SECONDS }).toString();
    const file = { id, accountId, category, mimeType, size: bytes.length, width, height, durationMs, altText: null, expiresAt };
    files.put(file);
    if (category !== 'tweet_image') state.processing.set(id, isFit && (!isVideo || isPlayable(file)) ? LOOKS : null);
    return c.json({ data: entityOf(state, file, 'pending') });
  });

  app.get('/2/media/upload', (c) => {
    const account = gate.enter(c, 'GET /2/media/upload', SCOPES);
    if (c.req.query('command') !== 'STATUS') throw invalid('$.command: must be STATUS');
    const file = findFile(state, c.req.query('media_id') ?? '', account, clock);
    const left = state.processing.get(file.id);
    if (left === undefined || left === null) return c.json({ data: entityOf(state, file, 'succeeded') });
    if (left === 0) state.processing.delete(file.id);
    else state.processing.set(file.id, left - 1);
    return c.json({ data: entityOf(state, file, left === 0 ? 'succeeded' : 'in_progress') });
  });

  app.post('/2/media/metadata', async (c) => {
    const account = gate.enter(c, 'POST /2/media/metadata', SCOPES);
    const { id, metadata } = await readJson(c, Metadata);
    const file = findFile(state, id, account, clock);
    if (file.category === 'tweet_video') throw invalid('$.metadata.alt_text: is for images alone');
    files.put({ ...file, altText: metadata.alt_text.text });
    return c.json({ data: { id, associated_metadata: metadata } });
  });

  app.get('/media/:id', (c) => {
    const file = files.get(c.req.param('id'));
    const bytes = file && tables.blobs.get(file.id);
    if (!file || !bytes) throw new XError(404, 'There is no such file.');
    return c.body(bytes, 200, { 'content-type': file.mimeType, 'x-content-type-options': 'nosniff' });
  });
}

const KEYS: Record<Upload['category'], string> = { tweet_image: '3', tweet_gif: '16', tweet_video: '7' };
export const keyOf = ({ id, category }: Pick<XFile, 'id' | 'category'>): string => `${KEYS[category]}_${id}`;

const isOver = (until: Temporal.Instant, clock: Clock): boolean => Temporal.Instant.compare(until, clock.now()) <= 0;

function findUpload({ uploads }: XState, id: string, account: XAccount, clock: Clock): Upload {
  const upload = uploads.get(id);
  if (upload?.accountId !== account.id || isOver(upload.until, clock)) throw invalid('$.id: there is no such upload');
  return upload;
}

function findFile({ files }: XState, id: string, account: XAccount, clock: Clock): XFile {
  const file = files.get(id);
  if (file?.accountId !== account.id || isOver(Temporal.Instant.from(file.expiresAt), clock))
    throw new XError(404, `Could not find media with id: [${id}].`);
  return file;
}

/** The chunks in order. @throws XError 400 where one is missing, or all are not what was announced */
function joined({ chunks, totalBytes }: Upload): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(totalBytes);
  let length = 0;
  for (let index = 0; index < chunks.size; index += 1) {
    const chunk = chunks.get(index);
    if (!chunk || length + chunk.length > totalBytes) throw invalid('$.media: the segments do not add up to total_bytes');
    bytes.set(chunk, length);
    length += chunk.length;
  }
  if (length !== totalBytes) throw invalid('$.media: the segments do not add up to total_bytes');
  return bytes;
}

function isPlayable({ width, height, durationMs }: XFile): boolean {
  const aspect = width / height;
  const lasts = durationMs ?? 0;
  return lasts >= DURATION_MS.min && lasts <= DURATION_MS.max && aspect >= ASPECT.min && aspect <= ASPECT.max;
}

/** Without `processing_info` where there is nothing to process. */
function entityOf({ processing }: XState, file: XFile, state: 'pending' | 'in_progress' | 'succeeded') {
  const entity = { id: file.id, media_key: keyOf(file), size: file.size, expires_after_secs: FILE_SECONDS };
  if (file.category === 'tweet_image') return entity;
  if (processing.get(file.id) === null && state !== 'pending')
    return { ...entity, processing_info: { state: 'failed', error: { code: 1, name: 'InvalidMedia', message: 'InvalidMedia' } } };
  if (state === 'succeeded') return { ...entity, processing_info: { state, progress_percent: 100 } };
  return { ...entity, processing_info: { state, check_after_secs: CHECK_AFTER_SECONDS } };
}

/** The files of a new post. @throws XError 400, 403 */
export function attachable(state: XState, ids: readonly string[], account: XAccount, clock: Clock): XFile[] {
  const found = ids.map((id) => {
    const file = state.files.get(id);
    if (file?.accountId !== account.id || isOver(Temporal.Instant.from(file.expiresAt), clock))
      throw invalid('Your media IDs are invalid.');
    if (state.processing.has(id)) throw invalid('Your media is not ready: its processing has not succeeded.');
    return file;
  });
  if (found.length > 1 && found.some(({ category }) => category !== 'tweet_image'))
    throw forbidden('A post has up to 4 photos, or 1 animated GIF, or 1 video.');
  return found;
}
