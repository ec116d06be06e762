// What a container on Instagram is made of: a photo, a reel, a story, or several files. Waiting and storing is ../containers.ts'.
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import { isVideo } from '../../core/media.ts';
import type { MediaFile, PublishContext } from '../../core/platform.ts';
import { shorten } from '../../core/text.ts';
import { type ContainerDesk, hashOf, sameFile, type Wish } from '../containers.ts';
import { isGone } from '../graph-errors.ts';
import { type Client, Created } from './client.ts';
import { containerFailure } from './errors.ts';
import { ALT_TEXT_MAX, type Shape, shapeOf } from './limits.ts';

/** https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container (checked 2026-11-22). */
const Status = z.object({
  status_code: z.enum(['EXPIRED', 'ERROR', 'FINISHED', 'IN_PROGRESS', 'PUBLISHED']),
  status: z.union([z.string(), z.number().transform(String)]).default(''),
});

export const deskOf = (client: Client): ContainerDesk => ({
  network: 'Instagram',
  make: async (body) => (await client.post(`${client.userId}/media`, body, Created)).id,
  look: async (id) => {
    try {
      const { status_code: state, status: why } = await client.get(id, { fields: 'status_code,status' }, Status);
      return { state, why };
    } catch (error) {
      if (isGone(error)) return null;
      throw error;
    }
  },
  failure: containerFailure,
});

/** "media" and "guide" of limits.ts. @throws CrierError `rejected` for files that this shape of post cannot have */
export function wishOf({ text: caption, media, options, mediaLink }: PublishContext): Wish {
  const shape = shapeOf(options);
  const of = hashOf([shape, caption, ...media.map(sameFile)]);
  const [only, ...others] = media;
  if (!only) throw new CrierError('rejected', 'Instagram takes no post without an image or a video: add --image URL.');
  if (shape === 'reel' && media.some((file) => !isVideo(file)))
    throw new CrierError('rejected', 'A reel on Instagram is a video, and this post has an image.');
  if (others.length === 0) return { of, items: [], body: () => singleBody(shape, only, caption, mediaLink(only)) };
  if (shape !== 'feed')
    throw new CrierError('rejected', `A ${shape} on Instagram is one file, and this post has ${media.length}.`);
  const items = media.map((file) => ({
    of: hashOf(sameFile(file)),
    body: () => ({ ...fileBody(file, mediaLink(file)), is_carousel_item: true }),
  }));
  return { of, items, body: (children) => ({ media_type: 'CAROUSEL', caption, children: children.join(',') }) };
}

function singleBody(shape: Shape, file: MediaFile, caption: string, url: string): object {
  // stories have neither caption nor alternative text
  if (shape === 'story') return { media_type: 'STORIES', ...(isVideo(file) ? { video_url: url } : { image_url: url }) };
  if (isVideo(file)) return { media_type: 'REELS', video_url: url, caption, share_to_feed: shape === 'feed' };
  return { ...fileBody(file, url), caption };
}

function fileBody(file: MediaFile, url: string): object {
  if (isVideo(file)) return { media_type: 'VIDEO', video_url: url };
  return { image_url: url, ...(file.altText === '' ? {} : { alt_text: shorten(file.altText, ALT_TEXT_MAX) }) };
}
