// Images, videos and documents: an upload is begun, its bytes are put (a video's in parts of 4 MB), and a video is finished and processed while
// a client asks.
// https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/images-api and .../videos-api (unverified).
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { z } from 'zod';
import { readMediaFacts } from '../blobs.ts';
import { secret } from '../grants.ts';
import type { EmulatorApp } from '../network.ts';
import { authorize, readJson, refuse, refuseInput, requireVersion } from './api.ts';
import { pagesOf } from './people.ts';
import { type Asset, isPage, type LinkedInState } from './state.ts';

const PART_BYTES = 4_194_304;
const MAX_VIDEO_BYTES = 500_000_000;
const MAX_DOCUMENT_BYTES = 100_000_000;
const UPLOAD_HOURS = 24;

const BeginImage = z.object({ initializeUploadRequest: z.strictObject({ owner: z.string() }) });
const BeginVideo = z.object({
  initializeUploadRequest: z.strictObject({
    owner: z.string(),
    fileSizeBytes: z.int().positive(),
    uploadCaptions: z.boolean().optional(),
    uploadThumbnail: z.boolean().optional(),
  }),
});
const Finalize = z.object({
  finalizeUploadRequest: z.object({ video: z.string(), uploadToken: z.string(), uploadedPartIds: z.array(z.string()) }),
});

export const nameOfBlob = (urn: string): string => urn.replaceAll(':', '-');
const blobOfPart = (urn: string, index: number): string => `${nameOfBlob(urn)}-part-${index}`;

export function mountUploads(app: EmulatorApp, state: LinkedInState): void {
  app.post('/rest/images', async (c) => {
    requireVersion(c);
    if (c.req.query('action') !== 'initializeUpload') throw noSuchMethod();
    const { owner } = await readInput(c, BeginImage).then((input) => input.initializeUploadRequest);
    requireOwner(c, state, 'images.ACTION-initializeUpload', owner);
    const asset = begin(state, { owner, kind: 'image', size: 0, parts: [{ first: 0, last: 0, etag: null }] });
    const uploadUrlExpiresAt = Temporal.Instant.from(asset.uploadUntil).epochMilliseconds;
    return c.json({ value: { uploadUrlExpiresAt, uploadUrl: urlOf(state, asset, 0), image: asset.id } });
  });

  app.post('/rest/videos', async (c) => {
    requireVersion(c);
    const action = c.req.query('action');
    if (action === 'initializeUpload') return c.json({ value: await beginVideo(c, state) });
    if (action !== 'finalizeUpload') throw noSuchMethod();
    await finalize(c, state);
    return c.body(null, 200);
  });

  app.post('/rest/documents', async (c) => {
    requireVersion(c);
    if (c.req.query('action') !== 'initializeUpload') throw noSuchMethod();
    const { owner } = await readInput(c, BeginImage).then((input) => input.initializeUploadRequest);
    requireOwner(c, state, 'documents.ACTION-initializeUpload', owner);
    const asset = begin(state, { owner, kind: 'document', size: 0, parts: [{ first: 0, last: 0, etag: null }] });
    const uploadUrlExpiresAt = Temporal.Instant.from(asset.uploadUntil).epochMilliseconds;
    return c.json({ value: { uploadUrlExpiresAt, uploadUrl: urlOf(state, asset, 0), document: asset.id } });
  });

  for (const kind of ['images', 'videos', 'documents'] as const) {
    app.get(`/rest/${kind}/:urn`, (c) => {
      requireVersion(c);
      const asset = state.assets.get(c.req.param('urn'));
      if (!asset || `${asset.kind}s` !== kind) throw refuse(404, 'NOT_FOUND', 'Could not find entity');
      requireOwner(c, state, `${kind}.GET`, asset.owner);
      const { id, owner, status, failure } = asset;
      // processed while the client asks: this look still finds it at work, the next finds it done
      if (status === 'PROCESSING') state.assets.put({ ...asset, status: failure === null ? 'AVAILABLE' : 'PROCESSING_FAILED' });
      return c.json({ id, owner, status, ...(status === 'PROCESSING_FAILED' ? { processingFailureReason: failure } : {}) });
    });
  }

  mountBytes(app, state);
}

const noSuchMethod = () => refuse(400, 'ILLEGAL_ARGUMENT', 'Resource method could not be resolved from request parameters.');

async function readInput<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(await readJson(c));
  if (!parsed.success) throw refuse(400, 'INVALID_VALUE_FOR_FIELD', z.prettifyError(parsed.error));
  return parsed.data;
}

/** In whose name a login may act: the member's own, and that of organizations they are an admin of. @throws LinkedInError 401, 403 */
export function requireOwner(c: Context, state: LinkedInState, resource: string, owner: string): void {
  const { accountId } = authorize(c, state.grants, resource, isPage(owner) ? ['w_organization_social'] : ['w_member_social']);
  if (owner === accountId || pagesOf(state, accountId).some(({ id }) => id === owner)) return;
  throw refuse(
    403,
    'ACCESS_DENIED',
    'Field Value validation failed in REQUEST_BODY: Data Processing Exception while processing fields [/author]',
    100,
  );
}

const ID_BEGINS = { image: 'C4D22AQ', video: 'C5F10AQ', document: 'C4D10AQ' } as const;

function begin(state: LinkedInState, asset: Pick<Asset, 'owner' | 'kind' | 'size' | 'parts'>): Asset {
  const begun: Asset = {
    ...asset,
    id: `urn:li:${asset.kind}:${ID_BEGINS[asset.kind]}${secret().replace(/[-_]/g, '').slice(0, 20)}`,
    status: 'WAITING_UPLOAD',
    failure: null,
    mimeType: '',
    uploadUntil: state.clock.now().add({ hours: UPLOAD_HOURS }).toString(),
  };
  state.assets.put(begun);
  return begun;
}

const urlOf = ({ baseUrl }: LinkedInState, { id, kind }: Asset, part: number): string =>
  `${baseUrl()}/dms-uploads/${nameOfBlob(id)}/${kind}/${part}`;

async function beginVideo(c: Context, state: LinkedInState): Promise<object> {
  const { owner, fileSizeBytes } = await readInput(c, BeginVideo).then((input) => input.initializeUploadRequest);
  requireOwner(c, state, 'videos.ACTION-initializeUpload', owner);
  if (fileSizeBytes > MAX_VIDEO_BYTES)
    throw refuseInput(400, 'INVALID_VALUE_FOR_FIELD', 'fileSizeBytes is too large', 'Video size exceeds the maximum');
  const parts = Array.from({ length: Math.ceil(fileSizeBytes / PART_BYTES) }, (_, index) => ({
    first: index * PART_BYTES,
    last: Math.min((index + 1) * PART_BYTES, fileSizeBytes) - 1,
    etag: null,
  }));
  const asset = begin(state, { owner, kind: 'video', size: fileSizeBytes, parts });
  return {
    uploadUrlsExpireAt: Temporal.Instant.from(asset.uploadUntil).epochMilliseconds,
    video: asset.id,
    uploadInstructions: parts.map(({ first, last }, index) => ({
      uploadUrl: urlOf(state, asset, index),
      firstByte: first,
      lastByte: last,
    })),
    uploadToken: '',
  };
}

async function finalize(c: Context, state: LinkedInState): Promise<void> {
  const { video, uploadedPartIds } = await readInput(c, Finalize).then((input) => input.finalizeUploadRequest);
  const asset = state.assets.get(video);
  if (asset?.kind !== 'video') throw refuseInput(400, 'INVALID_VIDEO_ID', 'This Video ID is invalid', 'This Video ID is invalid');
  requireOwner(c, state, 'videos.ACTION-finalizeUpload', asset.owner);
  if (asset.status !== 'WAITING_UPLOAD')
    throw refuseInput(400, 'UPDATING_ASSET_FAILED', 'The upload is finished already', 'Failed to update asset');
  if (asset.parts.some(({ etag }) => etag === null))
    throw refuseInput(400, 'MEDIA_ASSET_WAITING_UPLOAD', 'Media asset is waiting upload', 'Media asset is waiting upload');
  if (asset.parts.some(({ etag }, index) => etag !== uploadedPartIds[index]) || uploadedPartIds.length !== asset.parts.length)
    throw refuseInput(400, 'INVALID_VALUE_FOR_FIELD', 'uploadedPartIds are not those of the parts', 'Invalid part ids');
  const bytes = new Uint8Array(
    Buffer.concat(asset.parts.map((_, index) => state.blobs.get(blobOfPart(asset.id, index)) ?? new Uint8Array())),
  );
  state.blobs.put(nameOfBlob(asset.id), bytes);
  const facts = await readMediaFacts(bytes);
  state.assets.put({ ...asset, status: 'PROCESSING', mimeType: facts?.mimeType ?? '', failure: videoFailure(facts) });
}

function videoFailure(facts: Awaited<ReturnType<typeof readMediaFacts>>): string | null {
  if (facts?.mimeType !== 'video/mp4') return 'The file is no MP4';
  const { durationMs } = facts;
  return durationMs !== null && durationMs >= 3000 && durationMs <= 30 * 60_000
    ? null
    : 'A video lasts from 3 seconds to 30 minutes';
}

function mountBytes(app: EmulatorApp, state: LinkedInState): void {
  const findByBlob = (name: string): Asset | undefined => state.assets.all().find(({ id }) => nameOfBlob(id) === name);

  app.put('/dms-uploads/:name/:kind/:part', async (c) => {
    const index = Number(c.req.param('part'));
    const asset = findByBlob(c.req.param('name'));
    const part = asset?.parts[index];
    if (!asset || !part) throw refuse(404, 'NOT_FOUND', 'Could not find entity');
    if (Temporal.Instant.compare(Temporal.Instant.from(asset.uploadUntil), state.clock.now()) <= 0)
      throw refuseInput(400, 'EXPIRED_UPLOAD_URL', 'The upload URL is expired', 'The upload URL is expired');
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    if (asset.kind === 'image') return putImage(c, state, asset, bytes);
    if (asset.kind === 'document') return putDocument(c, state, asset, bytes);
    if (bytes.length !== part.last - part.first + 1) throw refuse(400, 'BAD_REQUEST', 'This part has another length');
    state.blobs.put(blobOfPart(asset.id, index), bytes);
    const etag = createHash('md5').update(bytes).digest('hex');
    const parts = asset.parts.map((each, position) => (position === index ? { ...each, etag } : each));
    state.assets.put({ ...asset, parts });
    return c.body(null, 200, { etag: `"${etag}"` });
  });

  app.get('/dms/:name', (c) => {
    const asset = findByBlob(c.req.param('name'));
    const bytes = asset && state.blobs.get(nameOfBlob(asset.id));
    if (!bytes) return c.notFound();
    return c.body(bytes, 200, { 'content-type': asset.mimeType, 'x-content-type-options': 'nosniff' });
  });
}

function putDocument(c: Context, state: LinkedInState, asset: Asset, bytes: Uint8Array<ArrayBuffer>): Response {
  requireOwner(c, state, 'dms-uploads', asset.owner);
  state.blobs.put(nameOfBlob(asset.id), bytes);
  const isTaken = Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-') && bytes.length <= MAX_DOCUMENT_BYTES;
  const failure = isTaken ? null : 'The file is no PDF of up to 100 MB';
  state.assets.put({ ...asset, size: bytes.length, mimeType: 'application/pdf', status: 'PROCESSING', failure });
  return c.body(null, 201);
}

/** JPG, PNG and GIF of fewer pixels than these: see the platform's limits.ts. */
const IMAGE_PIXELS_BELOW = 36_152_320;

async function putImage(c: Context, state: LinkedInState, asset: Asset, bytes: Uint8Array<ArrayBuffer>): Promise<Response> {
  requireOwner(c, state, 'dms-uploads', asset.owner);
  state.blobs.put(nameOfBlob(asset.id), bytes);
  const facts = await readMediaFacts(bytes);
  const isTaken =
    facts !== null &&
    ['image/jpeg', 'image/png', 'image/gif'].includes(facts.mimeType) &&
    facts.width * facts.height < IMAGE_PIXELS_BELOW;
  state.assets.put({
    ...asset,
    size: bytes.length,
    mimeType: facts?.mimeType ?? '',
    status: isTaken ? 'AVAILABLE' : 'PROCESSING_FAILED',
    failure: isTaken ? null : 'The file is no JPG, PNG or GIF of fewer than 36152320 pixels',
  });
  return c.body(null, 201);
}
