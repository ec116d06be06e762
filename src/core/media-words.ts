// Files of a post in words: how large, how long, of what type. Pure.
import { isDocument, isVideo, type Media } from './media.ts';

export type PreviewMedia = Pick<Media, 'mimeType' | 'size' | 'width' | 'height' | 'durationMs' | 'altText'>;

const MEGABYTE = 1_000_000;

export const formatBytes = (bytes: number): string =>
  bytes >= MEGABYTE ? `${Number((bytes / MEGABYTE).toFixed(1))} MB` : `${Math.max(1, Math.round(bytes / 1000))} kB`;

/** `12 s`, `2 min 5 s`, `10 min`: whole seconds, and never none. Rounded up, so that what is past a limit does not read as the limit. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (minutes === 0) return `${rest} s`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/** `image/jpeg` -> `JPEG`, `video/quicktime` -> `MOV`. */
export const shortType = (mimeType: string): string =>
  mimeType === 'video/quicktime' ? 'MOV' : mimeType.replace(/^\w+\//, '').toUpperCase();

export const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;

/** `1 video, 12 s, 3.4 MB`, `2 images`, `1 image and 2 videos`; '' for none. */
export function describeMedia(media: readonly PreviewMedia[]): string {
  const videos = media.filter(isVideo);
  const documents = media.filter(isDocument).length;
  const images = media.length - videos.length - documents;
  const [only] = videos;
  if (only && media.length === 1) {
    const facts = [counted(1, 'video'), ...(only.durationMs === null ? [] : [formatDuration(only.durationMs)])];
    return [...facts, formatBytes(only.size)].join(', ');
  }
  const parts = [
    ...(images > 0 ? [counted(images, 'image')] : []),
    ...(videos.length > 0 ? [counted(videos.length, 'video')] : []),
    ...(documents > 0 ? [counted(documents, 'document')] : []),
  ];
  return parts.join(' and ');
}
