// Which images are made into something a network takes, and what is said of it beforehand.
import { describe, expect, it } from 'vitest';
import { asConverted, conversionFor, conversionRemarks } from '../../src/core/media-conversion.ts';

const png = { mimeType: 'image/png', size: 500_000, width: 1200, height: 900, durationMs: null, altText: '' };
const jpegOnly = { max: 10, maxBytes: 8_000_000, mimeTypes: ['image/jpeg'], minWidth: 320 };
const small = { max: 4, maxBytes: 100_000, mimeTypes: ['image/jpeg', 'image/png'] };

describe('an image', () => {
  it('stays as it is where the network takes it', () => {
    expect(conversionFor({ ...jpegOnly, mimeTypes: ['image/png', 'image/jpeg'] }, png)).toBeNull();
    expect(conversionFor({ ...small, maxBytes: 500_000 }, png)).toBeNull();
  });

  it('becomes a JPEG where its type is not taken, or where it is too large', () => {
    expect(conversionFor(jpegOnly, png)).toEqual({ mimeType: 'image/jpeg', maxBytes: 8_000_000, maxWidth: 1200, minWidth: 320 });
    expect(conversionFor(small, png)).toEqual({ mimeType: 'image/jpeg', maxBytes: 100_000, maxWidth: 1200, minWidth: 320 });
  });

  it.each([
    ['a GIF, which may move', jpegOnly, { ...png, mimeType: 'image/gif' }],
    ['a video', jpegOnly, { ...png, mimeType: 'video/mp4' }],
    ['a document', jpegOnly, { ...png, mimeType: 'application/pdf' }],
    ['one for a network without JPEG', { ...small, mimeTypes: ['image/png'] }, png],
    ['one for a network without images', null, png],
  ])('is left alone: %s', (_, limit, file) => {
    expect(conversionFor(limit, file)).toBeNull();
  });

  it.each([
    ['within a frame, by its longer side', { within: { short: 500, long: 600 } }, 600],
    ['within a frame, by its shorter side', { within: { short: 450, long: 1920 } }, 600],
    ['of fewer pixels', { maxPixels: 270_000 }, 600],
  ])('is made smaller where the network takes images %s', (_, limit, wide) => {
    const taken = { ...small, maxBytes: 500_000, ...limit };
    expect(conversionFor(taken, png)?.maxWidth).toBe(wide);
    expect(asConverted(taken, png)).toMatchObject({ width: wide, height: 450 });
    expect(conversionRemarks('TikTok', taken, [png])).toEqual(['TikTok gets the image as JPEG and 600 pixels wide.']);
    expect(conversionFor(taken, { ...png, width: 600, height: 450 })).toBeNull();
  });

  it('that stands upright has its longer side from top to bottom', () => {
    const upright = { ...png, width: 900, height: 1200 };
    expect(conversionFor({ ...jpegOnly, within: { short: 450, long: 1920 } }, upright)?.maxWidth).toBe(450);
  });

  it('is never made wider than it is', () => {
    expect(conversionFor(small, { ...png, width: 200 })?.minWidth).toBe(200);
  });

  it('counts as what it will be', () => {
    expect(asConverted(small, png)).toMatchObject({ mimeType: 'image/jpeg', size: 100_000, width: 1200 });
    expect(asConverted(jpegOnly, png)).toMatchObject({ mimeType: 'image/jpeg', size: 500_000 });
  });
});

describe('the card', () => {
  it('names each image that is changed, and how', () => {
    expect(conversionRemarks('Instagram', jpegOnly, [png])).toEqual(['Instagram gets the image as JPEG.']);
    expect(conversionRemarks('Bluesky', small, [{ ...png, size: 90_000 }, png])).toEqual([
      'Bluesky gets image 2 as JPEG and made smaller, at most 100 kB.',
    ]);
    expect(conversionRemarks('Bluesky', small, [{ ...png, mimeType: 'image/jpeg' }])).toEqual([
      'Bluesky gets the image made smaller, at most 100 kB.',
    ]);
  });

  it('says nothing where nothing is changed', () => {
    expect(conversionRemarks('Bluesky', small, [{ ...png, size: 90_000 }])).toEqual([]);
  });
});
