// What a try leaves for the next one. Says nothing about what is done with it.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { MediaFile, PublishContext } from '../../core/platform.ts';

export const Left = z.object({
  kind: z.enum(['video', 'photos']),
  /** Of what was to be said and shown: another post begins anew. */
  fingerprint: z.string(),
  /** Null for photos that may have been handed over while TikTok's answer was lost. */
  publishId: z.string().min(1).nullable(),
  /** Null for photos. `until`, ISO 8601, is when TikTok closes the address. */
  upload: z.object({ url: z.string().min(1), until: z.string().min(1), total: z.int() }).nullable(),
  /** Whether TikTok will tell the id of the post: of public ones only. */
  expectsId: z.boolean(),
});
export type Left = z.infer<typeof Left>;

export function readLeft({ handles, text, options, media }: PublishContext): Left | null {
  const left = Left.safeParse(handles).data;
  return left?.fingerprint === fingerprintOf({ text, options, media }) ? left : null;
}

interface Said extends Pick<PublishContext, 'text' | 'options'> {
  media: readonly Pick<MediaFile, 'hash'>[];
}

export function fingerprintOf({ text, options, media }: Said): string {
  const sorted = Object.entries(options).sort(([one], [other]) => (one < other ? -1 : 1));
  const parts = [text, sorted, media.map(({ hash }) => hash)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
