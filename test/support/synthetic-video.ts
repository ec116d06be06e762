// A video of any length and shape, for tests of limits: one picture, which claims to be shown for that long and to be that large.
// Nothing decodes it; what reads its tables, as Crier and the emulated networks do, sees what they say.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  BufferSource,
  BufferTarget,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  MovOutputFormat,
  MP4,
  Mp4OutputFormat,
  Output,
  WEBM,
  WebMOutputFormat,
} from 'mediabunny';

export interface Claims {
  mimeType: string;
  /** Pixels. */
  width: number;
  height: number;
  durationMs: number;
}

const avc = { fixture: 'clip.mp4', codec: 'avc' } as const;
const vp9 = { fixture: 'clip.webm', codec: 'vp9' } as const;
const KINDS = new Map([
  ['video/mp4', { ...avc, makeFormat: () => new Mp4OutputFormat() }],
  ['video/quicktime', { ...avc, makeFormat: () => new MovOutputFormat() }],
  ['video/webm', { ...vp9, makeFormat: () => new WebMOutputFormat() }],
]);

export async function syntheticVideo({ mimeType, width, height, durationMs }: Claims): Promise<Uint8Array<ArrayBuffer>> {
  const kind = KINDS.get(mimeType);
  if (!kind) throw new Error(`no ${mimeType} can be made`);
  const fixture = await readFile(join(import.meta.dirname, '../fixtures/media', kind.fixture));
  using input = new Input({ source: new BufferSource(fixture), formats: [MP4, WEBM] });
  const track = await input.getPrimaryVideoTrack();
  const decoderConfig = await track?.getDecoderConfig();
  const packet = track && (await new EncodedPacketSink(track).getFirstPacket());
  if (!packet || !decoderConfig) throw new Error('the fixture has no picture');
  const target = new BufferTarget();
  const output = new Output({ format: kind.makeFormat(), target });
  const source = new EncodedVideoPacketSource(kind.codec);
  output.addVideoTrack(source);
  await output.start();
  const shown = packet.clone({ timestamp: 0, duration: durationMs / 1000 });
  await source.add(shown, { decoderConfig: { ...decoderConfig, codedWidth: width, codedHeight: height } });
  await output.finalize();
  if (!target.buffer) throw new Error('the video was not written');
  return new Uint8Array(target.buffer);
}
