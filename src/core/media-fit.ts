// Whether a post's images and videos fit a network, in sentences that say the cure; and how files are told in words. Pure.
import { isVideo, type Media } from './media.ts';
import type { ImageLimit, Limits, VideoLimit } from './platform.ts';

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

const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;

/** `1 video, 12 s, 3.4 MB`, `2 images`, `1 image and 2 videos`; '' for none. */
export function describeMedia(media: readonly PreviewMedia[]): string {
  const videos = media.filter(isVideo);
  const images = media.length - videos.length;
  const [only] = videos;
  if (only && media.length === 1) {
    const facts = [counted(1, 'video'), ...(only.durationMs === null ? [] : [formatDuration(only.durationMs)])];
    return [...facts, formatBytes(only.size)].join(', ');
  }
  const parts = [
    ...(images > 0 ? [counted(images, 'image')] : []),
    ...(videos.length > 0 ? [counted(videos.length, 'video')] : []),
  ];
  return parts.join(' and ');
}

/** What stands in the way of this network taking these files; each sentence says the cure. */
export function mediaProblems(name: string, limits: Limits, media: readonly PreviewMedia[]): string[] {
  const videos = media.filter(isVideo);
  const images = media.filter((file) => !isVideo(file));
  if (media.length === 0) return limits.needsMedia ? [needsMedia(name, limits)] : [];
  if (images.length > 0 && videos.length > 0 && limits.images && limits.videos && !limits.mixedMedia)
    return [
      `${name} takes images or a video in one post, not both: leave out the ${videos.length === 1 ? 'video' : 'videos'} or the images.`,
    ];
  return [
    ...kindProblems(name, 'image', limits.images, images, (file) => imageProblem(name, limits.images, file)),
    ...kindProblems(name, 'video', limits.videos, videos, (file) => videoProblem(name, limits.videos, file)),
  ];
}

function needsMedia(name: string, { images, videos }: Limits): string {
  const what = images && videos ? 'an image or a video' : videos ? 'a video' : 'an image';
  return `${name} takes no post without ${what}: add --${images ? 'image' : 'video'} URL.`;
}

type Say = (which: string) => string;

function kindProblems(
  name: string,
  kind: 'image' | 'video',
  limit: ImageLimit | VideoLimit | null,
  files: readonly PreviewMedia[],
  problemOf: (file: PreviewMedia) => Say | null,
): string[] {
  if (files.length === 0) return [];
  if (limit === null)
    return [`${name} takes no ${kind}s: leave ${files.length === 1 ? 'it' : 'them'} out, or leave out ${name}.`];
  const tooMany =
    files.length > limit.max
      ? [`${name} takes ${counted(limit.max, kind)} and this post has ${files.length}: take out ${files.length - limit.max}.`]
      : [];
  const ofEach = files.flatMap((file, index) => {
    const say = problemOf(file);
    return say ? [say(files.length === 1 ? `this ${kind}` : `${kind} ${index + 1}`)] : [];
  });
  return [...tooMany, ...ofEach];
}

function imageProblem(name: string, limit: ImageLimit | null, { mimeType, size }: PreviewMedia): Say | null {
  if (limit === null) return null;
  if (!limit.mimeTypes.includes(mimeType)) return wrongType(name, limit.mimeTypes, mimeType);
  if (size <= limit.maxBytes) return null;
  return (which) =>
    `${name} takes images up to ${formatBytes(limit.maxBytes)} and ${which} has ${formatBytes(size)}: make it smaller.`;
}

function videoProblem(
  name: string,
  limit: VideoLimit | null,
  { mimeType, size, width, height, durationMs }: PreviewMedia,
): Say | null {
  if (limit === null) return null;
  const { mimeTypes, maxBytes, maxDurationMs, maxPixels } = limit;
  if (!mimeTypes.includes(mimeType)) return wrongType(name, mimeTypes, mimeType);
  if (size > maxBytes)
    return (which) =>
      `${name} takes videos up to ${formatBytes(maxBytes)} and ${which} has ${formatBytes(size)}: make it smaller.`;
  if (maxDurationMs !== null && durationMs !== null && durationMs > maxDurationMs)
    return (which) =>
      `${name} takes videos up to ${formatDuration(maxDurationMs)} long and ${which} lasts ${formatDuration(durationMs)}: make it shorter.`;
  if (maxPixels !== null && width * height > maxPixels)
    return (which) =>
      `${name} takes videos of up to ${maxPixels.toLocaleString('en')} pixels and ${which} has ${width} × ${height}: save it in a lower resolution.`;
  return null;
}

const wrongType =
  (name: string, mimeTypes: readonly string[], mimeType: string): Say =>
  (which) =>
    `${name} takes ${listTypes(mimeTypes)} and ${which} is ${shortType(mimeType)}: save it as another type.`;

const listTypes = (mimeTypes: readonly string[]): string =>
  mimeTypes
    .map(shortType)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1');
