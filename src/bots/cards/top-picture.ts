// The picture of a post as it is shown in a chat: small, and with what its author said is to be seen.
import type { Media } from '../../core/media.ts';
import type { Conversion } from '../../core/media-conversion.ts';
import type { Deps } from '../../core/ports.ts';
import type { ReplyFile } from '../reply.ts';

/** Pixels across; as sharp as a phone shows it. */
const WIDTH = 800;
const LEAST_WIDTH = 200;
const BYTES = 500_000;
const ENDINGS: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'image/png': 'png' };

/** Null where the file is gone, or cannot be made small: the post is told without it. */
export async function topPicture(
  { mediaStore, convertImage, log }: Pick<Deps, 'mediaStore' | 'convertImage' | 'log'>,
  media: Media,
  post: string,
): Promise<ReplyFile | null> {
  try {
    const bytes = await mediaStore.read(media.hash);
    const isSmall = media.mimeType in ENDINGS && media.width <= WIDTH && bytes.byteLength <= BYTES;
    if (isSmall) return asFile(media, bytes, media.mimeType, post);
    if (!convertImage) return null;
    const small = await convertImage(bytes, smallOf(media));
    return asFile(media, small.bytes, small.mimeType, post);
  } catch (error) {
    log.warn({ err: error, hash: media.hash }, 'the picture of a top post could not be shown');
    return null;
  }
}

const smallOf = ({ width }: Media): Conversion => ({
  mimeType: 'image/jpeg',
  maxBytes: BYTES,
  maxWidth: Math.min(width, WIDTH),
  minWidth: Math.min(width, LEAST_WIDTH),
});

const asFile = (
  { altText }: Pick<Media, 'altText'>,
  bytes: Uint8Array<ArrayBuffer>,
  mimeType: string,
  post: string,
): ReplyFile => ({
  name: `${post}.${ENDINGS[mimeType] ?? 'jpg'}`,
  mimeType,
  bytes,
  altText: altText === '' ? `The picture of ${post}. Its author did not describe it.` : altText,
});
