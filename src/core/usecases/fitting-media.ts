// The files of a post as its network takes them: as they were copied, or converted where that saves the post.

import type { Media } from '../media.ts';
import { conversionFor } from '../media-conversion.ts';
import type { ImageLimit, MediaFile } from '../platform.ts';
import type { Try } from './publish-try.ts';

/** In the order of the post. Where the network fetches them itself, what was converted is kept for it. */
export async function fittingMedia(attempt: Try, limit: ImageLimit | null): Promise<MediaFile[]> {
  const { deps, claim } = attempt;
  const fitting: MediaFile[] = [];
  for (const media of await deps.store.media.get(claim.post.mediaIds)) fitting.push(await asTaken(attempt, limit, media));
  return fitting;
}

async function asTaken({ deps, platform }: Try, limit: ImageLimit | null, media: Media): Promise<MediaFile> {
  const read = (): Promise<Uint8Array<ArrayBuffer>> => deps.mediaStore.read(media.hash);
  const conversion = conversionFor(limit, media);
  if (conversion === null) return { ...media, read };
  if (!deps.convertImage) throw new Error('there is nothing that converts images here');
  const { bytes, ...facts } = await deps.convertImage(await read(), conversion);
  // what was stored of it on the way is known by the id of what was scheduled
  const converted = { ...media, ...facts, size: bytes.length };
  if (platform.capabilities.pulls !== 'nothing') {
    await deps.mediaStore.put(converted.hash, bytes);
    // no post names this row: the clean-up removes the file when its time is over
    const { id: _, ...row } = converted;
    await deps.store.media.add(row);
  }
  return { ...converted, read: async () => bytes };
}
