// What TikTok lets this account do just now, and who sees a post because of it. Publishes nothing.
// https://developers.tiktok.com/doc/content-posting-api-reference-query-creator-info (checked 2026-11-22).
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import type { NetworkOptions } from '../../core/network-options.ts';
import type { Client } from './client.ts';

const CreatorInfo = z.object({
  creator_username: z.string().min(1),
  privacy_level_options: z.array(z.string()),
  comment_disabled: z.boolean().default(false),
  duet_disabled: z.boolean().default(false),
  stitch_disabled: z.boolean().default(false),
  max_video_post_duration_sec: z.number().positive().optional(),
});

export interface Creator {
  /** Without `@`. */
  username: string;
  /** What the account may choose among. */
  privacy: readonly string[];
  /** What the account has switched off for all of its posts. */
  disabled: { comments: boolean; duet: boolean; stitch: boolean };
  maxSeconds: number | null;
}

export async function readCreator(client: Client): Promise<Creator> {
  const info = await client.post('/v2/post/publish/creator_info/query/', undefined, CreatorInfo);
  return {
    username: info.creator_username,
    privacy: info.privacy_level_options,
    disabled: { comments: info.comment_disabled, duet: info.duet_disabled, stitch: info.stitch_disabled },
    maxSeconds: info.max_video_post_duration_sec ?? null,
  };
}

/**
 * What was asked for, or everyone where the account may, or else the account alone: a private account offers no `PUBLIC_TO_EVERYONE`.
 * @throws CrierError `rejected` where the account is not offered what was asked for
 */
export function privacyFor({ privacy: offered }: Creator, { privacy: wanted }: NetworkOptions): string {
  if (wanted === undefined) return offered.includes('PUBLIC_TO_EVERYONE') ? 'PUBLIC_TO_EVERYONE' : 'SELF_ONLY';
  if (offered.includes(wanted)) return wanted;
  const sentence = `TikTok does not offer ${wanted} to this account at present. Choose one of ${offered.join(', ')}.`;
  throw new CrierError('rejected', sentence, { meta: { wanted } });
}

/** True where others may not: by the post's word, or by the account's. */
export const isOff = ({ disabled }: Creator, options: NetworkOptions, name: keyof Creator['disabled']): boolean =>
  options[name] === 'off' || disabled[name];
