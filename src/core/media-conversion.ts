// Which images are made into something a network takes where it would refuse them as they are, and how that is said. Pure: the bytes are
// made when the post goes out. What a person has to decide, such as what to cut off, is none of it; nor is a GIF, which may move.
import { isVideo } from './media.ts';
import { formatBytes, type PreviewMedia, shortType } from './media-words.ts';
import type { ImageLimit } from './platform.ts';

export interface Conversion {
  mimeType: string;
  /** Bytes at the most. */
  maxBytes: number;
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
  file: Pick<PreviewMedia, 'mimeType' | 'size' | 'width'>,
): Conversion | null {
  if (limit === null || isVideo(file) || NOT_CONVERTED.includes(file.mimeType) || !limit.mimeTypes.includes(JPEG)) return null;
  const fits = limit.mimeTypes.includes(file.mimeType) && file.size <= limit.maxBytes;
  const { maxBytes, minWidth = 0 } = limit;
  return fits ? null : { mimeType: JPEG, maxBytes, minWidth: Math.max(minWidth, Math.min(LEAST_WIDTH, file.width)) };
}

/** The file as the network will get it, as far as that is known beforehand: its size is at most this. */
export function asConverted<File extends PreviewMedia>(limit: ImageLimit | null, file: File): File {
  const conversion = conversionFor(limit, file);
  return conversion ? { ...file, mimeType: conversion.mimeType, size: Math.min(file.size, conversion.maxBytes) } : file;
}

/** A sentence for each image that is changed, for the card. */
export function conversionRemarks(name: string, limit: ImageLimit | null, media: readonly PreviewMedia[]): string[] {
  const images = media.filter((file) => !isVideo(file));
  return images.flatMap((file, index) => {
    const conversion = conversionFor(limit, file);
    if (!conversion) return [];
    const which = images.length === 1 ? 'the image' : `image ${index + 1}`;
    const type = file.mimeType === conversion.mimeType ? [] : [`as ${shortType(conversion.mimeType)}`];
    const size = file.size <= conversion.maxBytes ? [] : [`made smaller, at most ${formatBytes(conversion.maxBytes)}`];
    return [`${name} gets ${which} ${[...type, ...size].join(' and ')}.`];
  });
}
