// Reads from a file's bytes what it is: an image, a video or a PDF, its type, dimensions and duration. Nothing is decoded of a video or a
// document.
import {
  BufferSource,
  EncodedPacketSink,
  Input,
  type InputTrack,
  MP4,
  QTFF,
  UnsupportedInputFormatError,
  WEBM,
} from 'mediabunny';
import sharp, { type Metadata, type Sharp } from 'sharp';
import type { Media } from '../core/media.ts';

export type MediaFacts = Pick<Media, 'mimeType' | 'width' | 'height' | 'durationMs'>;

/** `cut-off`: it ends before it is over. `no-picture`: a container of videos with sound alone. */
export type NotMedia = 'unknown' | 'cut-off' | 'no-picture';

export class UnreadableMedia extends Error {
  readonly reason: NotMedia;

  constructor(reason: NotMedia, cause?: unknown) {
    super(`unreadable media: ${reason}`, { cause });
    this.reason = reason;
  }
}

/** @throws UnreadableMedia */
export async function readMedia(bytes: Uint8Array): Promise<MediaFacts> {
  if (bytes.length === 0) throw new UnreadableMedia('unknown');
  if (isPdf(bytes)) return readPdf(bytes);
  const image = sharp(bytes, { failOn: 'error', limitInputPixels: 100_000_000 });
  // what sharp has no name for may still be a video; the other way round, an AVIF is in a container of videos
  const opened = await image.metadata().then(
    (metadata) => ({ metadata }),
    (error: unknown) => ({ error }),
  );
  return 'metadata' in opened ? readImage(image, opened.metadata) : readVideo(bytes);
}

/** Readers look for the header in the first kilobyte, and for the end in the last: ISO 32000-1, annex H (implementation notes 13 and 18). */
const PDF_EDGE_BYTES = 1024;

const isPdf = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, PDF_EDGE_BYTES)).includes('%PDF-');

function readPdf(bytes: Uint8Array): MediaFacts {
  if (!Buffer.from(bytes.subarray(-PDF_EDGE_BYTES)).includes('%%EOF')) throw new UnreadableMedia('cut-off');
  return { mimeType: 'application/pdf', width: 0, height: 0, durationMs: null };
}

/** sharp's name of a format -> MIME type; avif files are read as `heif` with av1 compression. */
const IMAGE_TYPES: Readonly<Record<string, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
};

async function readImage(image: Sharp, metadata: Metadata): Promise<MediaFacts> {
  const format = metadata.format === 'heif' && metadata.compression === 'av1' ? 'avif' : metadata.format;
  const mimeType = IMAGE_TYPES[format];
  if (mimeType === undefined) throw new UnreadableMedia('unknown');
  try {
    // decoding the pixels, not only the header, finds files that were cut off
    await image.stats();
  } catch (error) {
    throw new UnreadableMedia('cut-off', error);
  }
  const { width, height } = metadata.autoOrient;
  return { mimeType, width, height, durationMs: null };
}

const VIDEO_TYPES = new Map<unknown, string>([
  [MP4, 'video/mp4'],
  [QTFF, 'video/quicktime'],
  [WEBM, 'video/webm'],
]);

/** By the container's own tables; width and height are those a viewer sees, after rotation. */
async function readVideo(bytes: Uint8Array): Promise<MediaFacts> {
  using input = new Input({ source: new BufferSource(bytes), formats: [MP4, QTFF, WEBM] });
  const mimeType = VIDEO_TYPES.get(await formatOf(input));
  if (mimeType === undefined) throw new UnreadableMedia('unknown');
  try {
    const tracks = await input.getTracks();
    const track = await input.getPrimaryVideoTrack();
    // a container whose tables stand at its end has lost them where it was cut off
    if (!track) throw new UnreadableMedia(tracks.length > 0 ? 'no-picture' : 'cut-off');
    for (const each of tracks) if (!(await hasItsEnd(each))) throw new UnreadableMedia('cut-off');
    const seconds = await input.computeDuration();
    const [width, height] = [await track.getDisplayWidth(), await track.getDisplayHeight()];
    return { mimeType, width, height, durationMs: Math.round(seconds * 1000) };
  } catch (error) {
    if (error instanceof UnreadableMedia) throw error;
    throw new UnreadableMedia('cut-off', error);
  }
}

async function formatOf(input: Input): Promise<unknown> {
  try {
    return await input.getFormat();
  } catch (error) {
    if (error instanceof UnsupportedInputFormatError) return undefined;
    throw new UnreadableMedia('unknown', error);
  }
}

/** Whether the track's last packet is there; it is where files that were cut off end too early. Subtitles may have none. */
async function hasItsEnd(track: InputTrack): Promise<boolean> {
  if (!track.isVideoTrack() && !track.isAudioTrack()) return true;
  return (await new EncodedPacketSink(track).getPacket(Number.POSITIVE_INFINITY)) !== null;
}
