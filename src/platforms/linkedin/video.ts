// Uploads a video in the parts LinkedIn asks for, going on where an earlier try stopped, and waits until it is processed.
// https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/videos-api (unverified beyond its beginning).
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import type { MediaFile, PublishContext } from '../../core/platform.ts';
import { ask, send } from '../api.ts';
import { untilReady } from '../until-ready.ts';
import { inVideoTurn } from '../video-turns.ts';
import { restRequest } from './client.ts';
import type { Uploads, VideoUpload } from './uploads.ts';

const Initialized = z.object({
  value: z.object({
    video: z.string(),
    uploadToken: z.string().default(''),
    /** Milliseconds since 1970. */
    uploadUrlsExpireAt: z.number().optional(),
    uploadInstructions: z.array(z.object({ uploadUrl: z.url(), firstByte: z.int(), lastByte: z.int() })).min(1),
  }),
});

const Video = z.object({ status: z.string(), processingFailureReason: z.string().nullish() });

type Store = () => Promise<void>;

/** Where every part is there already, the file is not read again. @param store stores `uploads` as it is */
export async function uploadVideo(context: PublishContext, uploads: Uploads, store: Store, file: MediaFile): Promise<string> {
  const known = uploads.videos[file.id];
  if (!known || !isWhole(known)) await inVideoTurn(context.signal, () => uploadParts(context, uploads, store, file));
  const upload = uploads.videos[file.id];
  if (!upload) throw new Error('a video that was uploaded has left no trace');
  try {
    await finish(context, upload);
  } catch (error) {
    if (!(error instanceof VideoFailed)) throw error;
    // the next try begins with a new one
    delete uploads.videos[file.id];
    await store();
    throw new CrierError('rejected', `LinkedIn could not process this video${error.message === '' ? '' : `: ${error.message}`}.`);
  }
  return upload.urn;
}

const isWhole = ({ parts, partIds }: VideoUpload): boolean => partIds.length === parts.length;

async function uploadParts(context: PublishContext, uploads: Uploads, store: Store, file: MediaFile): Promise<void> {
  const bytes = await file.read();
  let upload = uploads.videos[file.id];
  if (!upload || isOver(context, upload)) {
    upload = await begin(context, bytes.length);
    uploads.videos[file.id] = upload;
    await store();
  }
  for (const { url, first, last } of upload.parts.slice(upload.partIds.length)) {
    upload.partIds.push(await putPart(context, url, bytes.subarray(first, last + 1)));
    await store();
  }
}

const isOver = ({ clock }: PublishContext, { urlsEndAt }: VideoUpload): boolean =>
  urlsEndAt !== null && Temporal.Instant.compare(Temporal.Instant.from(urlsEndAt), clock.now()) <= 0;

async function begin(context: PublishContext, fileSizeBytes: number): Promise<VideoUpload> {
  const owner = context.account.remoteId;
  const json = { initializeUploadRequest: { owner, fileSizeBytes, uploadCaptions: false, uploadThumbnail: false } };
  const request = restRequest(context, 'videos?action=initializeUpload', { method: 'POST', json });
  const { video, uploadToken, uploadUrlsExpireAt, uploadInstructions } = (await ask(context, request, Initialized)).value;
  return {
    urn: video,
    uploadToken,
    urlsEndAt: uploadUrlsExpireAt === undefined ? null : Temporal.Instant.fromEpochMilliseconds(uploadUrlsExpireAt).toString(),
    parts: uploadInstructions.map(({ uploadUrl, firstByte, lastByte }) => ({ url: uploadUrl, first: firstByte, last: lastByte })),
    partIds: [],
  };
}

/** The address is signed and says who may; LinkedIn's examples send no token to it. */
async function putPart(context: PublishContext, url: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const response = await send(context, { method: 'PUT', url, bytes, headers: { 'content-type': 'application/octet-stream' } });
  await response.body?.cancel();
  const etag = response.headers.get('etag')?.replace(/^(?:W\/)?"(.*)"$/, '$1') ?? '';
  if (etag === '') throw new CrierError('unavailable', 'LinkedIn did not confirm a part of the video; it will be tried again.');
  return etag;
}

/** Carries the network's own words. */
class VideoFailed extends Error {}

/** A try that stopped right after it had finished the upload finds it at work, and does not finish it again. */
async function finish(context: PublishContext, { urn, uploadToken, partIds }: VideoUpload): Promise<void> {
  const look = () => ask(context, restRequest(context, `videos/${encodeURIComponent(urn)}`), Video);
  if ((await look()).status === 'WAITING_UPLOAD') {
    const json = { finalizeUploadRequest: { video: urn, uploadToken, uploadedPartIds: partIds } };
    const finalize = restRequest(context, 'videos?action=finalizeUpload', { method: 'POST', json });
    await (await send(context, finalize)).body?.cancel();
  }
  await untilReady(
    context.signal,
    async () => {
      const { status, processingFailureReason } = await look();
      if (status === 'PROCESSING_FAILED') throw new VideoFailed(processingFailureReason ?? '');
      return status === 'AVAILABLE' ? true : null;
    },
    { stillWorking: 'LinkedIn is still processing the video; it will be tried again.' },
  );
}
