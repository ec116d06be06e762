// Photos for TikTok, which fetches them from Crier: one request names their addresses and makes a post of them.
// https://developers.tiktok.com/doc/content-posting-api-reference-photo-post (checked 2026-11-22).
import { z } from 'zod';
import type { PublishContext } from '../../core/platform.ts';
import { type Client, clientFor } from './client.ts';
import { isOff, privacyFor, readCreator } from './creator.ts';
import { fingerprintOf, type Left } from './left.ts';
import { isForInbox } from './limits.ts';

export interface Photos {
  kind: 'photos';
  left: Left;
  /** As it is sent. */
  request: object;
}

/** What is handed over is noted before it is: an answer that is lost then leaves a doubt, and no second post. */
export async function preparePhotos(context: PublishContext, client: Client): Promise<Photos> {
  const { options, text, media } = context;
  const { title } = options;
  const words = { ...(title === undefined ? {} : { title }), ...(text === '' ? {} : { description: text }) };
  const creator = isForInbox(options) ? null : await readCreator(client);
  const privacy = creator && privacyFor(creator, options);
  const request = {
    post_info: creator ? { ...words, privacy_level: privacy, disable_comment: isOff(creator, options, 'comments') } : words,
    source_info: { source: 'PULL_FROM_URL', photo_cover_index: 0, photo_images: media.map(context.mediaLink) },
    post_mode: creator ? 'DIRECT_POST' : 'MEDIA_UPLOAD',
    media_type: 'PHOTO',
  };
  const expectsId = privacy === 'PUBLIC_TO_EVERYONE';
  const left: Left = { kind: 'photos', fingerprint: fingerprintOf(context), publishId: null, upload: null, expectsId };
  await context.saveHandles(left);
  return { kind: 'photos', left, request };
}

const Handed = z.object({ publish_id: z.string().min(1) });

/** The request that makes them public. */
export async function sendPhotos(context: PublishContext, { left, request }: Photos): Promise<Left> {
  const { publish_id: publishId } = await clientFor(context).post('/v2/post/publish/content/init/', request, Handed);
  const handed = { ...left, publishId };
  await context.saveHandles(handed);
  return handed;
}
