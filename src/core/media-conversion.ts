// Which images are made into something a network takes where it would refuse them as they are, and how that is said. Pure: the bytes are
// made when the post goes out. What a person has to decide, such as what to cut off, is none of it; nor is a GIF, which may move.
import { isImage } from './media.ts';
import { formatBytes, type PreviewMedia, shortType } from './media-words.ts';
import type { ImageLimit } from './platform.ts';

export interface Conversion {
  mimeType: string;
  /** Bytes at the most. */
  maxBytes: number;
  /** Pixels across at the most; its own width where it may keep that. */
  maxWidth: number;
  /** Pixels across at the least: a picture is not made smaller than that. */
  minWidth: number;
}

const JPEG = 'image/jpeg';
const NOT_CONVERTED = ['image/gif'];
/** Below this a picture is no picture any more. */
const LEAST_WIDTH = 320;

/** Null where it is taken as it is, or where no conversion would help. */
export function conversionFor(
  limit: ImageLimit | null,
  file: Pick<PreviewMedia, 'mimeType' | 'size' | 'width' | 'height'>,
): Conversion | null {
  if (limit === null || !isImage(file) || NOT_CONVERTED.includes(file.mimeType) || !limit.mimeTypes.includes(JPEG)) return null;
  const maxWidth = widestFor(limit, file);
  const fits = limit.mimeTypes.includes(file.mimeType) && file.size <= limit.maxBytes && file.width <= maxWidth;
  const { maxBytes, minWidth = 0 } = limit;
  return fits ? null : { mimeType: JPEG, maxBytes, maxWidth, minWidth: Math.max(minWidth, Math.min(LEAST_WIDTH, file.width)) };
}

/** How many pixels across a picture of these proportions may have, at most as many as it has. */
export function widestFor(
  { within, maxPixels }: Pick<ImageLimit, 'within' | 'maxPixels'>,
  { width, height }: Pick<PreviewMedia, 'width' | 'height'>,
): number {
  const ratio = height === 0 ? 1 : width / height;
  const [across, down] = ratio < 1 ? [within?.short, within?.long] : [within?.long, within?.short];
  const inside = across === undefined || down === undefined ? width : Math.min(across, Math.floor(down * ratio));
  const byPixels = maxPixels === undefined ? width : Math.floor(Math.sqrt(maxPixels * ratio));
  return Math.min(width, inside, byPixels);
}

/** The file as the network will get it, as far as that is known beforehand: its size is at most this. */
export function asConverted<File extends PreviewMedia>(limit: ImageLimit | null, file: File): File {
  const conversion = conversionFor(limit, file);
  if (!conversion) return file;
  const { mimeType, maxBytes, maxWidth } = conversion;
  const height = Math.round((file.height * maxWidth) / file.width);
  return { ...file, mimeType, size: Math.min(file.size, maxBytes), width: maxWidth, height };
}

/** A sentence for each image that is changed, for the card. */
export function conversionRemarks(name: string, limit: ImageLimit | null, media: readonly PreviewMedia[]): string[] {
  const images = media.filter(isImage);
  return images.flatMap((file, index) => {
    const conversion = conversionFor(limit, file);
    if (!conversion) return [];
    const which = images.length === 1 ? 'the image' : `image ${index + 1}`;
    const type = file.mimeType === conversion.mimeType ? [] : [`as ${shortType(conversion.mimeType)}`];
    const dimensions = file.width <= conversion.maxWidth ? [] : [`${conversion.maxWidth} pixels wide`];
    const size = file.size <= conversion.maxBytes ? [] : [`made smaller, at most ${formatBytes(conversion.maxBytes)}`];
    return [`${name} gets ${which} ${listed([...type, ...dimensions, ...size])}.`];
  });
}

/** `a`, `a and b`, `a, b and c`. */
const listed = (words: readonly string[]): string =>
  [words.slice(0, -1).join(', '), ...words.slice(-1)].filter((part) => part !== '').join(' and ');
