// Whether a post's images and videos fit a network, in sentences that say the cure. Pure.
import { isDocument, isImage, isVideo } from './media.ts';
import { asConverted, widestFor } from './media-conversion.ts';
import { counted, formatBytes, formatDuration, type PreviewMedia, shortType } from './media-words.ts';
import type { AspectLimit, ImageLimit, Limits, VideoLimit } from './platform.ts';

/** What stands in the way of this network taking these files; each sentence says the cure. */
export function mediaProblems(name: string, limits: Limits, media: readonly PreviewMedia[]): string[] {
  const videos = media.filter(isVideo);
  const images = media.filter(isImage);
  const documents = media.filter(isDocument);
  if (documents.length > 0) return documentProblems(name, limits, documents, media.length);
  if (media.length === 0) return limits.needsMedia === false ? [] : [needsMedia(name, limits)];
  if (videos.length === 0 && limits.needsMedia === 'video') return [needsMedia(name, limits)];
  if (images.length > 0 && videos.length > 0 && limits.images && limits.videos && !limits.mixedMedia)
    return [
      `${name} takes images or a video in one post, not both: leave out the ${videos.length === 1 ? 'video' : 'videos'} or the images.`,
    ];
  return [
    ...tooManyFiles(name, limits, images.length, videos.length),
    ...notAlone(name, limits, images),
    ...kindProblems(name, 'image', limits.images, images, (file) =>
      imageProblem(name, limits.images, asConverted(limits.images, file)),
    ),
    ...kindProblems(name, 'video', limits.videos, videos, (file) => videoProblem(name, limits.videos, file)),
  ];
}

/** A document is a post by itself. */
function documentProblems(
  name: string,
  { documents: limit }: Limits,
  documents: readonly PreviewMedia[],
  files: number,
): string[] {
  if (!limit) return [`${name} takes no documents: leave ${documents.length === 1 ? 'it' : 'them'} out, or leave out ${name}.`];
  if (files > 1) return [`${name} takes a document by itself: leave out the other files.`];
  return documents.flatMap(({ mimeType, size }) => {
    if (!limit.mimeTypes.includes(mimeType)) return [wrongType(name, limit.mimeTypes, mimeType)('this document')];
    if (size <= limit.maxBytes) return [];
    return [
      `${name} takes documents up to ${formatBytes(limit.maxBytes)} and this one has ${formatBytes(size)}: make it smaller.`,
    ];
  });
}

function needsMedia(name: string, { images, videos, needsMedia }: Limits): string {
  if (needsMedia === 'video') return `${name} takes no post without a video: add --video URL.`;
  const what = images && videos ? 'an image or a video' : videos ? 'a video' : 'an image';
  return `${name} takes no post without ${what}: add --${images ? 'image' : 'video'} URL.`;
}

/** Where one kind alone is too many already, that is what is said. */
function tooManyFiles(
  name: string,
  { maxFiles, images: ofImages, videos: ofVideos }: Limits,
  images: number,
  videos: number,
): string[] {
  const count = images + videos;
  if (maxFiles === undefined || count <= maxFiles) return [];
  if (images > (ofImages?.max ?? images) || videos > (ofVideos?.max ?? videos)) return [];
  return [`${name} takes ${counted(maxFiles, 'file')} and this post has ${count}: take out ${count - maxFiles}.`];
}

const GIF = 'image/gif';

function notAlone(name: string, { images: limit }: Limits, images: readonly PreviewMedia[]): string[] {
  if (limit?.loneGifBytes === undefined || images.length < 2 || !images.some(({ mimeType }) => mimeType === GIF)) return [];
  return [`${name} takes a GIF by itself only: leave out the other images, or save it as another type.`];
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

function imageProblem(name: string, limit: ImageLimit | null, { mimeType, size, width, height }: PreviewMedia): Say | null {
  if (limit === null) return null;
  const { mimeTypes, loneGifBytes, minWidth = 0 } = limit;
  const isLoneGif = mimeType === GIF && loneGifBytes !== undefined;
  const maxBytes = isLoneGif ? loneGifBytes : limit.maxBytes;
  if (!mimeTypes.includes(mimeType)) return wrongType(name, mimeTypes, mimeType);
  if (size > maxBytes)
    return (which) =>
      `${name} takes ${isLoneGif ? 'GIFs' : 'images'} up to ${formatBytes(maxBytes)} and ${which} has ${formatBytes(size)}: make it smaller.`;
  if (width > widestFor(limit, { width, height }))
    return (which) =>
      `${name} takes images of fewer pixels and ${which} has ${width} × ${height}: save it in a lower resolution.`;
  if (width < minWidth)
    return (which) => `${name} takes images at least ${minWidth} pixels wide and ${which} has ${width}: use a larger one.`;
  return wrongAspect(name, 'images', limit.aspect, { width, height });
}

function wrongAspect(
  name: string,
  kinds: string,
  aspect: AspectLimit | undefined,
  { width, height }: Pick<PreviewMedia, 'width' | 'height'>,
): Say | null {
  if (!aspect || height === 0) return null;
  const ratio = width / height;
  if (ratio >= aspect.min && ratio <= aspect.max) return null;
  const cure = ratio < aspect.min ? 'cut it lower' : 'cut it narrower';
  return (which) => `${name} takes ${kinds} of ${aspect.words} and ${which} is ${width} × ${height}: ${cure}.`;
}

function videoProblem(
  name: string,
  limit: VideoLimit | null,
  { mimeType, size, width, height, durationMs }: PreviewMedia,
): Say | null {
  if (limit === null) return null;
  const { mimeTypes, maxBytes, maxDurationMs, minDurationMs = 0, maxPixels } = limit;
  if (!mimeTypes.includes(mimeType)) return wrongType(name, mimeTypes, mimeType);
  if (size > maxBytes)
    return (which) =>
      `${name} takes videos up to ${formatBytes(maxBytes)} and ${which} has ${formatBytes(size)}: make it smaller.`;
  if (maxDurationMs !== null && durationMs !== null && durationMs > maxDurationMs)
    return (which) =>
      `${name} takes videos up to ${formatDuration(maxDurationMs)} long and ${which} lasts ${formatDuration(durationMs)}: make it shorter.`;
  if (durationMs !== null && durationMs < minDurationMs)
    return (which) =>
      `${name} takes videos of at least ${formatDuration(minDurationMs)} and ${which} is shorter than that: make it longer.`;
  if (maxPixels !== null && width * height > maxPixels)
    return (which) =>
      `${name} takes videos of up to ${maxPixels.toLocaleString('en')} pixels and ${which} has ${width} × ${height}: save it in a lower resolution.`;
  return wrongAspect(name, 'videos', limit.aspect, { width, height });
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
