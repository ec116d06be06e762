// What tries of a delivery gave LinkedIn before the post itself, as the next try finds it. It makes no request.
import { z } from 'zod';
import type { PublishContext } from '../../core/platform.ts';

/** A video on its way: where its parts go, and what LinkedIn gave for those that are there. */
const VideoUpload = z.object({
  urn: z.string(),
  uploadToken: z.string(),
  /** ISO 8601; null where LinkedIn did not say. */
  urlsEndAt: z.string().nullable(),
  /** Bytes from the first to the last, both included. */
  parts: z.array(z.object({ url: z.string(), first: z.int(), last: z.int() })),
  /** Of the first parts, in order. */
  partIds: z.array(z.string()),
});
export type VideoUpload = z.infer<typeof VideoUpload>;

const Uploads = z.object({
  uploadedAt: z.string(),
  /** URNs of what is there and can be shown, by media id. */
  ready: z.record(z.string(), z.string()),
  videos: z.record(z.string(), VideoUpload),
  /** URNs of documents that LinkedIn has and may still work on. */
  documents: z.record(z.string(), z.string()).default({}),
});
export type Uploads = z.infer<typeof Uploads>;

/** How long LinkedIn keeps a file that no post shows is not said (unverified); older ones are uploaded anew. */
const KEEP_HOURS = 20;

export function readUploads({ handles, clock }: Pick<PublishContext, 'handles' | 'clock'>): Uploads {
  const now = clock.now();
  const parsed = Uploads.safeParse(handles);
  if (parsed.success && now.since(Temporal.Instant.from(parsed.data.uploadedAt)).total('hours') < KEEP_HOURS) return parsed.data;
  return { uploadedAt: now.toString(), ready: {}, videos: {}, documents: {} };
}

/** URNs of the files that an earlier try uploaded, which no other post shows. */
export function uploadedUrns(handles: PublishContext['handles']): string[] {
  const parsed = Uploads.safeParse(handles);
  return parsed.success ? Object.values(parsed.data.ready) : [];
}
