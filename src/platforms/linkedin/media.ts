// Uploads a post's images, its video or its document, each once, and gives their URNs. Shows them to nobody.
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import { kindOf } from '../../core/media.ts';
import type { MediaFile, PublishContext } from '../../core/platform.ts';
import { ask, send } from '../api.ts';
import { untilReady } from '../until-ready.ts';
import { inVideoTurn } from '../video-turns.ts';
import { hostsOf, loginOf, restRequest } from './client.ts';
import { readUploads, type Uploads } from './uploads.ts';
import { uploadVideo } from './video.ts';

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/images-api (this answer unverified). */
const InitializedImage = z.object({ value: z.object({ uploadUrl: z.url(), image: z.string() }) });

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/documents-api (these answers unverified). */
const InitializedDocument = z.object({ value: z.object({ uploadUrl: z.url(), document: z.string() }) });
const Document = z.object({ status: z.string() });

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
  const urn = await uploadByKind(context, uploads, store, file);
  uploads.ready[file.id] = urn;
  delete uploads.videos[file.id];
  delete uploads.documents[file.id];
  await store();
  return urn;
}

function uploadByKind(context: PublishContext, uploads: Uploads, store: () => Promise<void>, file: MediaFile): Promise<string> {
  switch (kindOf(file)) {
    case 'video':
      return uploadVideo(context, uploads, store, file);
    case 'document':
      return uploadDocument(context, uploads, store, file);
    case 'image':
      return uploadImage(context, file);
  }
}

/** An upload that was begun and broke off is begun anew: what LinkedIn reserved for it shows nowhere. */
async function uploadImage(context: PublishContext, file: MediaFile): Promise<string> {
  const bytes = await file.read();
  const json = { initializeUploadRequest: { owner: context.account.remoteId } };
  const begin = restRequest(context, 'images?action=initializeUpload', { method: 'POST', json });
  const { uploadUrl, image } = (await ask(context, begin, InitializedImage)).value;
  await putBytes(context, uploadUrl, bytes);
  return image;
}

/** Like an image, but as large as videos may be; LinkedIn then makes pages of it, which a later try goes on waiting for. */
async function uploadDocument(
  context: PublishContext,
  uploads: Uploads,
  store: () => Promise<void>,
  file: MediaFile,
): Promise<string> {
  const urn = uploads.documents[file.id] ?? (await inVideoTurn(context.signal, () => sendDocument(context, file)));
  uploads.documents[file.id] = urn;
  await store();
  const look = restRequest(context, `documents/${encodeURIComponent(urn)}`);
  const isReady = async (): Promise<true | null> => {
    const { status } = await ask(context, look, Document);
    if (status !== 'PROCESSING_FAILED') return status === 'AVAILABLE' ? true : null;
    // the next try begins with a new one
    delete uploads.documents[file.id];
    await store();
    throw new CrierError('rejected', 'LinkedIn could not read this document: save it anew.');
  };
  const stillWorking = 'LinkedIn is still processing the document; it will be tried again.';
  await untilReady(context.signal, isReady, { stillWorking });
  return urn;
}

async function sendDocument(context: PublishContext, file: MediaFile): Promise<string> {
  const bytes = await file.read();
  const json = { initializeUploadRequest: { owner: context.account.remoteId } };
  const begin = restRequest(context, 'documents?action=initializeUpload', { method: 'POST', json });
  const { uploadUrl, document } = (await ask(context, begin, InitializedDocument)).value;
  await putBytes(context, uploadUrl, bytes);
  return document;
}

/** The token goes to LinkedIn's own hosts alone, wherever an upload address leads. */
async function putBytes(context: PublishContext, url: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const isOwn = new URL(url).origin === new URL(hostsOf(context.account.service).www).origin;
  const headers = { 'content-type': 'application/octet-stream' };
  const bearer = isOwn ? { bearer: loginOf(context).accessToken } : {};
  const response = await send(context, { method: 'PUT', url, bytes, headers, ...bearer });
  await response.body?.cancel();
}
