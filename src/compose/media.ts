// Where media files lie, in a bucket where settings name one, else in a folder; and the links to them.
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { MediaParts, MediaStore } from '../core/ports.ts';
import { openBucket } from '../db/bucket.ts';
import { checkBucket } from '../db/bucket-check.ts';
import { openBucketMediaStore } from '../db/bucket-media-store.ts';
import { openMediaStore } from '../db/media-store.ts';
import type { VaultKeys } from '../db/vault.ts';
import { openHttp } from '../platforms/http.ts';
import { type MediaLinkReader, openMediaLinks } from '../web/media-links.ts';
import type { Ground, Opened } from './foundation.ts';

/** For a whole file, there or back. */
const BUCKET_TIMEOUT_MS = 120_000;

export interface MediaPlace {
  store: MediaStore & MediaParts;
  /** Null for a folder. @throws where the bucket does not answer, or not as it should */
  check: (() => Promise<void>) | null;
  links: MediaLinkReader;
}

/** @param base where links lead, null where they would lead nowhere. @throws CrierError that says what is wrong with the settings of the bucket. */
export async function openMedia(
  { s3, mediaDir }: Config,
  keys: VaultKeys,
  { folder, log }: Ground,
  base: () => string | null,
  opened: Opened,
): Promise<MediaPlace> {
  const links = openMediaLinks({ base, keys: [keys.current, ...keys.old].map(({ key }) => key) });
  if (s3 === null) return { store: openMediaStore(mediaDir ?? join(folder.path, 'media')), check: null, links };
  const { endpoint, ...where } = s3;
  // a server of one's own may be on a private address
  const http = openHttp({ allowPrivateHosts: [new URL(endpoint).host], timeoutMs: BUCKET_TIMEOUT_MS });
  opened.defer(http.close);
  const bucket = openBucket({ endpoint, ...where }, http);
  await checkBucket(bucket, log);
  return { store: openBucketMediaStore(bucket), check: async () => void (await bucket.state('check')), links };
}
