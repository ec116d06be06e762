// How an emulated network fetches a file that it was given the address of, as Instagram, Threads, TikTok and Facebook do.
import { type MediaFacts, readMediaFacts } from './blobs.ts';

export interface Pulled {
  bytes: Uint8Array<ArrayBuffer>;
  facts: MediaFacts;
}

const TIMEOUT_MS = 10_000;

/** Null where there is no image or video to be had at that address: what networks then say is each one's own. */
export async function pullMedia(url: string): Promise<Pulled | null> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return null;
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).then(
    (answer) => answer,
    // a host that does not answer is a file that cannot be had
    () => null,
  );
  if (!response?.ok) return null;
  const bytes = new Uint8Array(await response.arrayBuffer());
  const facts = await readMediaFacts(bytes);
  return facts && { bytes, facts };
}
