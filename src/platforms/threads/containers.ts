// What a container on Threads is made of: a text, a file, several files, or a part of a thread. Waiting and storing is ../containers.ts'.
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import { isVideo } from '../../core/media.ts';
import type { MediaFile, PublishContext } from '../../core/platform.ts';
import { shorten } from '../../core/text.ts';
import { type ContainerDesk, hashOf, sameFile, type Wish } from '../containers.ts';
import { isGone } from '../graph-errors.ts';
import { type Client, Created } from './client.ts';
import { containerFailure } from './errors.ts';
import { ALT_TEXT_MAX } from './limits.ts';

/** https://developers.facebook.com/docs/threads/troubleshooting (checked 2026-11-22). */
const Status = z.object({
  status: z.enum(['EXPIRED', 'ERROR', 'FINISHED', 'IN_PROGRESS', 'PUBLISHED']),
  error_message: z.string().default(''),
});

type Form = Record<string, string>;

export const deskOf = (client: Client): ContainerDesk => ({
  network: 'Threads',
  make: async (body) => (await client.post(`${client.userId}/threads`, Object.fromEntries(Object.entries(body)), Created)).id,
  look: async (id) => {
    try {
      const { status, error_message: why } = await client.get(id, { fields: 'status,error_message' }, Status);
      return { state: status, why };
    } catch (error) {
      if (isGone(error)) return null;
      throw error;
    }
  },
  failure: containerFailure,
});

/**
 * https://developers.facebook.com/documentation/threads/reference/publishing (checked 2026-11-22).
 * @throws CrierError `rejected` where a card of a link and files are asked for at once
 */
export function wishOf(context: PublishContext): Wish {
  const { media, mediaLink, options } = context;
  const post = fieldsOf(context);
  const card = cardOf(context);
  const [first] = media;
  const of = hashOf([post, card, ...media.map(sameFile)]);
  if (!first) return { of, items: [], body: () => ({ media_type: 'TEXT', ...post, ...card }) };
  if (options.link !== undefined) {
    const sentence = 'Threads shows a link below a post only where that has no files: leave out the link, or the files.';
    throw new CrierError('rejected', sentence);
  }
  if (media.length === 1) return { of, items: [], body: () => ({ ...fileFields(first, mediaLink(first)), ...post }) };
  const items = media.map((file) => ({
    of: hashOf(sameFile(file)),
    body: () => ({ ...fileFields(file, mediaLink(file)), is_carousel_item: 'true' }),
  }));
  return { of, items, body: (children) => ({ media_type: 'CAROUSEL', children: children.join(','), ...post }) };
}

/** What a post of any kind says. Its topic is the whole thread's, so that only the first part names it. */
function fieldsOf({ text, options: { topic, replies }, thread }: PublishContext): Form {
  const last = thread.at(-1);
  return {
    ...(text === '' ? {} : { text }),
    ...(last ? { reply_to_id: last.remoteId } : {}),
    ...(replies === undefined ? {} : { reply_control: replies }),
    ...(topic === undefined || last ? {} : { topic_tag: topic }),
  };
}

/** The card is below the first part of a thread. */
const cardOf = ({ options: { link }, thread }: PublishContext): Form =>
  link === undefined || thread.length > 0 ? {} : { link_attachment: link };

function fileFields(file: MediaFile, url: string): Form {
  const alt = file.altText === '' ? {} : { alt_text: shorten(file.altText, ALT_TEXT_MAX) };
  return isVideo(file) ? { media_type: 'VIDEO', video_url: url, ...alt } : { media_type: 'IMAGE', image_url: url, ...alt };
}
