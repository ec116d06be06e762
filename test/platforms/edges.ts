// The edges of what a network takes, worked out of its limits: for each figure a post that just fits and one that is just past it. Files are
// facts first, so that limits can be asked about any size, and bytes where a network is to see them.
import { createHash } from 'node:crypto';
import sharp, { type FormatEnum } from 'sharp';
import { isVideo } from '../../src/core/media.ts';
import type { AspectLimit, Limits, MediaFile, TextLimit } from '../../src/core/platform.ts';
import { syntheticVideo } from '../support/synthetic-video.ts';

export type FileFacts = Pick<MediaFile, 'mimeType' | 'size' | 'width' | 'height' | 'durationMs' | 'altText'>;

export interface EdgePost {
  text: string;
  media: FileFacts[];
}

export interface Edge {
  /** `images per post`. */
  name: string;
  fits: EdgePost;
  past: EdgePost;
}

const TEXT = 'Hello from Crier';
const SMALL = 1000;
/** Pixels; of a shape to be tried the longer side is no longer. */
const SIDE = 1900;

const IMAGE: FileFacts = { mimeType: 'image/jpeg', size: SMALL, width: 640, height: 480, durationMs: null, altText: '' };
const VIDEO: FileFacts = { mimeType: 'video/mp4', size: SMALL, width: 640, height: 480, durationMs: 4000, altText: '' };
const UNKNOWN_IMAGE = 'image/gif';
const UNKNOWN_VIDEO = 'video/webm';

export function edgesOf(limits: Limits): Edge[] {
  const { needsMedia, images, videos } = limits;
  const base = needsMedia === false ? [] : [videos ? VIDEO : IMAGE];
  const withImages = needsMedia === 'video' ? [VIDEO] : [];
  const about = (name: string, fits: FileFacts[], past: FileFacts[]): Edge => ({
    name,
    fits: { text: TEXT, media: fits },
    past: { text: TEXT, media: past },
  });
  return [
    ...limits.text.map((limit) => ({
      name: `${limit.unit} of text`,
      fits: { text: textOf(limit, limit.max), media: base },
      past: { text: textOf(limit, limit.max + 1), media: base },
    })),
    ...imageEdges(limits, (name, fits, past) => about(name, [...withImages, ...fits], [...withImages, ...past])),
    ...videoEdges(limits, about),
    ...mixtureEdges(limits, about),
    ...(base.length === 0 ? [] : [about('files at the least', base, images && needsMedia === 'video' ? [IMAGE] : [])]),
    ...(images && !videos ? [about('images and no videos', [IMAGE], [VIDEO])] : []),
    ...(videos && !images ? [about('videos and no images', [VIDEO], [IMAGE])] : []),
  ];
}

type About = (name: string, fits: FileFacts[], past: FileFacts[]) => Edge;

function imageEdges({ images, maxFiles = Infinity }: Limits, about: About): Edge[] {
  if (!images) return [];
  const { max, maxBytes, mimeTypes, aspect, minWidth, loneGifBytes } = images;
  const gif = { ...IMAGE, mimeType: 'image/gif' };
  const most = Math.min(max, maxFiles);
  return [
    about('images per post', repeat(IMAGE, most), repeat(IMAGE, most + 1)),
    about('bytes of an image', [{ ...IMAGE, size: maxBytes }], [{ ...IMAGE, size: maxBytes + 1 }]),
    ...(mimeTypes.includes(UNKNOWN_IMAGE) ? [] : [about('types of images', [IMAGE], [{ ...IMAGE, mimeType: UNKNOWN_IMAGE }])]),
    ...aspectEdges('images', IMAGE, aspect, about),
    ...(minWidth === undefined
      ? []
      : [about('pixels across', [{ ...IMAGE, width: minWidth }], [{ ...IMAGE, width: minWidth - 1 }])]),
    ...(loneGifBytes === undefined
      ? []
      : [
          about('bytes of a GIF', [{ ...gif, size: loneGifBytes }], [{ ...gif, size: loneGifBytes + 1 }]),
          about('images beside a GIF', [gif], [gif, IMAGE]),
        ]),
  ];
}

function videoEdges({ videos, maxFiles = Infinity }: Limits, about: About): Edge[] {
  if (!videos) return [];
  const { max, maxBytes, mimeTypes, maxDurationMs, minDurationMs, maxPixels, aspect } = videos;
  const lasting = (durationMs: number): FileFacts[] => [{ ...VIDEO, durationMs }];
  const most = Math.min(max, maxFiles);
  const side = Math.floor(Math.sqrt(maxPixels ?? 0));
  return [
    about('videos per post', repeat(VIDEO, most), repeat(VIDEO, most + 1)),
    about('bytes of a video', [{ ...VIDEO, size: maxBytes }], [{ ...VIDEO, size: maxBytes + 1 }]),
    ...(mimeTypes.includes(UNKNOWN_VIDEO) ? [] : [about('types of videos', [VIDEO], [{ ...VIDEO, mimeType: UNKNOWN_VIDEO }])]),
    ...(maxDurationMs === null ? [] : [about('length of a video', lasting(maxDurationMs), lasting(maxDurationMs + 1))]),
    ...(minDurationMs === undefined
      ? []
      : [about('least length of a video', lasting(minDurationMs), lasting(minDurationMs - 1))]),
    ...(maxPixels === null
      ? []
      : [
          about(
            'pixels of a video',
            [{ ...VIDEO, width: side, height: side }],
            [{ ...VIDEO, width: side + 2, height: side + 2 }],
          ),
        ]),
    ...aspectEdges('videos', VIDEO, aspect, about),
  ];
}

function aspectEdges(kinds: string, file: FileFacts, aspect: AspectLimit | undefined, about: About): Edge[] {
  if (!aspect) return [];
  const shaped = (width: number, height: number): FileFacts[] => [{ ...file, width, height }];
  const high = Math.floor(SIDE / Math.max(1, aspect.max));
  const [least, most] = [Math.ceil(aspect.min * SIDE), Math.floor(aspect.max * high)];
  return [
    about(`the highest of ${kinds}`, shaped(least, SIDE), shaped(least - 1, SIDE)),
    about(`the widest of ${kinds}`, shaped(most, high), shaped(most + 1, high)),
  ];
}

function mixtureEdges({ images, videos, mixedMedia, maxFiles }: Limits, about: About): Edge[] {
  if (!images || !videos) return [];
  if (!mixedMedia) return [about('images beside a video', [VIDEO], [VIDEO, IMAGE])];
  if (maxFiles === undefined) return [];
  return [about('files of both kinds', [VIDEO, ...repeat(IMAGE, maxFiles - 1)], [VIDEO, ...repeat(IMAGE, maxFiles)])];
}

const repeat = <T>(each: T, count: number): T[] => Array.from({ length: count }, () => each);

const ASTRONAUT = '👩‍🚀';

/** A text that counts as many of what is limited, and little of anything else. */
function textOf({ unit, count }: TextLimit, wanted: number): string {
  if (unit === 'characters') return 'x'.repeat(wanted);
  if (unit === 'bytes') {
    const size = Buffer.byteLength(ASTRONAUT);
    return ASTRONAUT.repeat(Math.floor(wanted / size)) + 'x'.repeat(wanted % size);
  }
  const word = WORDS[unit];
  if (!word) throw new Error(`the edges know no text that counts ${unit}`);
  // options may count too
  for (let words = wanted; words >= 0; words -= 1) {
    const text = Array.from({ length: words }, (_, index) => word(index + 1)).join(' ') || TEXT;
    if (count(text) === wanted) return text;
  }
  throw new Error(`no text counts ${wanted} ${unit}`);
}

const WORDS: Partial<Record<string, (index: number) => string>> = {
  cashtags: (index) => `$${'ABC'.repeat(index)}`,
  hashtags: (index) => `#tag${index}`,
  mentions: (index) => `@name${index}`,
  links: (index) => `https://example.com/${index}`,
  'of the characters < and >': () => '<',
};

/** The bytes that these facts are of; padded to the size where that is no more than `mostBytes`, else the size is a claim alone. */
export async function fileOf(facts: FileFacts, index: number, mostBytes: number): Promise<MediaFile> {
  const { mimeType, width, height, durationMs } = facts;
  const small = isVideo(facts)
    ? await syntheticVideo({ mimeType, width, height, durationMs: durationMs ?? 0 })
    : await imageOf(facts, index);
  const size = Math.max(facts.size === SMALL ? 0 : facts.size, small.length);
  const bytes = new Uint8Array(size <= mostBytes ? size : small.length);
  bytes.set(small);
  const hash = createHash('sha256').update(bytes).digest('hex');
  return { ...facts, id: `m${index}`, workspaceId: 'w1', hash, size, read: async () => bytes };
}

async function imageOf({ mimeType, width, height }: FileFacts, index: number): Promise<Uint8Array<ArrayBuffer>> {
  const format = FORMATS[mimeType];
  if (!format) throw new Error(`the edges make no ${mimeType}`);
  const image = sharp({ create: { width, height, channels: 3, background: { r: 40, g: 90, b: index } } });
  return new Uint8Array(await image.toFormat(format).toBuffer());
}

const FORMATS: Partial<Record<string, keyof FormatEnum>> = { 'image/jpeg': 'jpeg', 'image/png': 'png', 'image/gif': 'gif' };
