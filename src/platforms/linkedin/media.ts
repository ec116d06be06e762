// Uploads a post's images or its video, each once, and gives their URNs. Shows them to nobody.
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import { isVideo } from '../../core/media.ts';
import { formatBytes } from '../../core/media-words.ts';
import type { MediaFile, PublishContext } from '../../core/platform.ts';
import { ask, send } from '../api.ts';
import { hostsOf, loginOf, restRequest } from './client.ts';
import { IMAGE_PIXELS_BELOW, MAX_IMAGE_BYTES } from './limits.ts';
import { readUploads, type Uploads } from './uploads.ts';
import { uploadVideo } from './video.ts';

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/images-api (this answer unverified). */
const InitializedImage = z.object({ value: z.object({ uploadUrl: z.url(), image: z.string() }) });

/**
 * The files' URNs, in order. Each is stored as soon as LinkedIn has the file.
 * @throws CrierError, Refused, or what a request throws; nothing is public then
 */
export async function uploadMedia(context: PublishContext): Promise<string[]> {
  const uploads = readUploads(context);
  const urns: string[] = [];
  for (const file of context.media) urns.push(uploads.ready[file.id] ?? (await uploadOne(context, uploads, file)));
  return urns;
}

async function uploadOne(context: PublishContext, uploads: Uploads, file: MediaFile): Promise<string> {
  const store = () => context.saveHandles(uploads);
  const urn = isVideo(file) ? await uploadVideo(context, uploads, store, file) : await uploadImage(context, file);
  uploads.ready[file.id] = urn;
  delete uploads.videos[file.id];
  await store();
  return urn;
}

/** An upload that was begun and broke off is begun anew: what LinkedIn reserved for it shows nowhere. */
async function uploadImage(context: PublishContext, file: MediaFile): Promise<string> {
  requireFit(file);
  const bytes = await file.read();
  const json = { initializeUploadRequest: { owner: context.account.remoteId } };
  const begin = restRequest(context, 'images?action=initializeUpload', { method: 'POST', json });
  const { uploadUrl, image } = (await ask(context, begin, InitializedImage)).value;
  await putBytes(context, uploadUrl, bytes);
  return image;
}

/** What was scheduled before a limit changed, or by another program, comes here unseen. @throws CrierError `rejected` */
function requireFit({ width, height, size }: MediaFile): void {
  if (size > MAX_IMAGE_BYTES)
    throw new CrierError(
      'rejected',
      `Crier gives LinkedIn images up to ${formatBytes(MAX_IMAGE_BYTES)} and one has ${formatBytes(size)}: make it smaller.`,
    );
  if (width * height < IMAGE_PIXELS_BELOW) return;
  const most = IMAGE_PIXELS_BELOW.toLocaleString('en');
  throw new CrierError(
    'rejected',
    `LinkedIn takes images of fewer than ${most} pixels and one of these has ${width} × ${height}: save it in a lower resolution.`,
  );
}

/** The token goes to LinkedIn's own hosts alone, wherever an upload address leads. */
async function putBytes(context: PublishContext, url: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const isOwn = new URL(url).origin === new URL(hostsOf(context.account.service).www).origin;
  const headers = { 'content-type': 'application/octet-stream' };
  const bearer = isOwn ? { bearer: loginOf(context).accessToken } : {};
  const response = await send(context, { method: 'PUT', url, bytes, headers, ...bearer });
  await response.body?.cancel();
}
