import { describe, expect, it } from 'vitest';
import { describeMedia, formatDuration, mediaProblems, type PreviewMedia } from '../../src/core/media-fit.ts';
import type { Limits } from '../../src/core/platform.ts';

const image: PreviewMedia = { mimeType: 'image/png', size: 500_000, width: 640, height: 480, durationMs: null, altText: '' };
const video: PreviewMedia = { mimeType: 'video/mp4', size: 3_400_000, width: 1280, height: 720, durationMs: 12_000, altText: '' };

const limits: Limits = {
  text: [{ max: 300, unit: 'characters', count: (text) => text.length }],
  images: { max: 4, maxBytes: 1_000_000, mimeTypes: ['image/png'] },
  videos: {
    max: 1,
    maxBytes: 100_000_000,
    mimeTypes: ['video/mp4', 'video/webm'],
    maxDurationMs: 180_000,
    maxPixels: 1280 * 720,
  },
  mixedMedia: false,
  needsMedia: false,
};

describe('a video', () => {
  it('fits at every limit, to the last byte, millisecond and pixel', () => {
    const most = { ...video, size: 100_000_000, durationMs: 180_000, width: 1280, height: 720 };
    expect(mediaProblems('Net', limits, [most])).toEqual([]);
  });

  it.each<[string, PreviewMedia[], Partial<Limits>, string]>([
    [
      'type',
      [{ ...video, mimeType: 'video/quicktime' }],
      {},
      'Net takes MP4 or WEBM and this video is MOV: save it as another type.',
    ],
    [
      'size',
      [{ ...video, size: 100_100_000 }],
      {},
      'Net takes videos up to 100 MB and this video has 100.1 MB: make it smaller.',
    ],
    [
      'duration',
      [{ ...video, durationMs: 180_001 }],
      {},
      'Net takes videos up to 3 min long and this video lasts 3 min 1 s: make it shorter.',
    ],
    [
      'resolution',
      [{ ...video, width: 1281 }],
      {},
      'Net takes videos of up to 921,600 pixels and this video has 1281 × 720: save it in a lower resolution.',
    ],
    ['number', [video, video], {}, 'Net takes 1 video and this post has 2: take out 1.'],
    ['kind', [video], { videos: null }, 'Net takes no videos: leave it out, or leave out Net.'],
    ['company', [image, video], {}, 'Net takes images or a video in one post, not both: leave out the video or the images.'],
    ['absence', [], { needsMedia: true, images: null }, 'Net takes no post without a video: add --video URL.'],
  ])('of the wrong %s is refused with the cure', (_, media, changes, sentence) => {
    expect(mediaProblems('Net', { ...limits, ...changes }, media)).toEqual([sentence]);
  });

  it('may be beside images where the network mixes them', () => {
    expect(mediaProblems('Net', { ...limits, mixedMedia: true }, [image, video])).toEqual([]);
  });

  it('is not asked for its length or resolution where the network names none', () => {
    const videos = limits.videos && { ...limits.videos, maxDurationMs: null, maxPixels: null };
    expect(mediaProblems('Net', { ...limits, videos }, [{ ...video, durationMs: 9_000_000, width: 9000 }])).toEqual([]);
  });
});

describe('files are told in words', () => {
  it.each([
    [[video], '1 video, 12 s, 3.4 MB'],
    [[image], '1 image'],
    [[image, image], '2 images'],
    [[video, video], '2 videos'],
    [[image, video], '1 image and 1 video'],
    [[], ''],
  ])('%#', (media, words) => {
    expect(describeMedia(media)).toBe(words);
  });

  it.each([
    [0, '1 s'],
    [12_000, '12 s'],
    [12_001, '13 s'],
    [60_000, '1 min'],
    [125_000, '2 min 5 s'],
  ])('%i ms as %s', (ms, words) => {
    expect(formatDuration(ms)).toBe(words);
  });
});
