import { describe, expect, it } from 'vitest';
import { mediaProblems } from '../../src/core/media-fit.ts';
import { describeMedia, formatDuration, type PreviewMedia } from '../../src/core/media-words.ts';
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
    ['absence', [], { needsMedia: 'any', images: null }, 'Net takes no post without a video: add --video URL.'],
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

describe('a document', () => {
  const pdf: PreviewMedia = {
    mimeType: 'application/pdf',
    size: 2_000_000,
    width: 0,
    height: 0,
    durationMs: null,
    altText: 'Our year',
  };
  const documents = { maxBytes: 2_000_000, mimeTypes: ['application/pdf'] };

  it('fits by itself where the network takes documents, to the last byte', () => {
    expect(mediaProblems('Net', { ...limits, documents }, [pdf])).toEqual([]);
  });

  it.each<[string, PreviewMedia[], Partial<Limits>, string]>([
    ['where none is taken', [pdf], {}, 'Net takes no documents: leave it out, or leave out Net.'],
    ['beside other files', [pdf, image], { documents }, 'Net takes a document by itself: leave out the other files.'],
    [
      'past the size',
      [{ ...pdf, size: 2_100_000 }],
      { documents },
      'Net takes documents up to 2 MB and this one has 2.1 MB: make it smaller.',
    ],
    [
      'of another type',
      [{ ...pdf, mimeType: 'application/rtf' }],
      { documents },
      'Net takes PDF and this document is RTF: save it as another type.',
    ],
  ])('is refused %s, with the cure', (_, media, changes, sentence) => {
    expect(mediaProblems('Net', { ...limits, ...changes }, media)).toEqual([sentence]);
  });

  it('is told as what it is', () => {
    expect(describeMedia([pdf])).toBe('1 document');
    expect(describeMedia([image, pdf])).toBe('1 image and 1 document');
  });
});

describe('a shape, a width, a length and a number of files', () => {
  const aspect = { min: 0.8, max: 1.91, words: '4:5 to 1.91:1' };
  const strict: Limits = {
    ...limits,
    images: limits.images && { ...limits.images, aspect, minWidth: 320 },
    videos: limits.videos && { ...limits.videos, aspect: { min: 0.5, max: 0.6, words: '9:16' }, minDurationMs: 3000 },
    maxFiles: 3,
  };
  const upright = { ...video, width: 540, height: 960 };

  it('are said to be too many once, where one kind is too many by itself', () => {
    const few = { ...strict, images: strict.images && { ...strict.images, max: 3 } };
    const square = { ...image, width: 500, height: 500 };
    expect(mediaProblems('Net', few, [square, square, square, square])).toEqual([
      'Net takes 3 images and this post has 4: take out 1.',
    ]);
  });

  it.each<[string, PreviewMedia[]]>([
    [
      'images at both ends',
      [
        { ...image, width: 400, height: 500 },
        { ...image, width: 1910, height: 1000 },
      ],
    ],
    ['the narrowest image', [{ ...image, width: 320, height: 320 }]],
    ['the shortest video', [{ ...upright, durationMs: 3000 }]],
    ['a video whose length is unknown', [{ ...upright, durationMs: null }]],
    ['as many files as there may be', [image, image, image]],
  ])('fits: %s', (_, media) => {
    expect(mediaProblems('Net', strict, media)).toEqual([]);
  });

  it.each<[string, PreviewMedia[], string]>([
    [
      'too tall',
      [{ ...image, width: 399, height: 500 }],
      'Net takes images of 4:5 to 1.91:1 and this image is 399 × 500: cut it lower.',
    ],
    [
      'too wide',
      [image, { ...image, width: 1920, height: 1000 }],
      'Net takes images of 4:5 to 1.91:1 and image 2 is 1920 × 1000: cut it narrower.',
    ],
    [
      'too small',
      [{ ...image, width: 319, height: 319 }],
      'Net takes images at least 320 pixels wide and this image has 319: use a larger one.',
    ],
    [
      'of a wrong shape',
      [{ ...video, width: 960, height: 540 }],
      'Net takes videos of 9:16 and this video is 960 × 540: cut it narrower.',
    ],
    [
      'too short',
      [{ ...upright, durationMs: 2999 }],
      'Net takes videos of at least 3 s and this video is shorter than that: make it longer.',
    ],
    ['one too many', [image, image, image, image], 'Net takes 3 files and this post has 4: take out 1.'],
  ])('is refused with the cure: %s', (_, media, sentence) => {
    expect(mediaProblems('Net', strict, media)).toEqual([sentence]);
  });

  it('cannot be an image where a video is needed', () => {
    expect(mediaProblems('Net', { ...limits, needsMedia: 'video' }, [image])).toEqual([
      'Net takes no post without a video: add --video URL.',
    ]);
    expect(mediaProblems('Net', { ...limits, needsMedia: 'video' }, [video])).toEqual([]);
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
