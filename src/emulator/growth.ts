// Figures that grow: how often an emulated post was seen and liked by a moment, and how many follow an account. Made from the post's id and
// age alone, so that they are the same at every look, never fall, and differ from post to post.
import { createHash } from 'node:crypto';

export interface PostFigures {
  views: number;
  /** People, at most `views`. */
  reach: number;
  likes: number;
  comments: number;
  shares: number;
  saves: number;
  clicks: number;
}

/** Number from 0 up to and without 1, the same for the same words. */
const draw = (...words: readonly string[]): number =>
  createHash('sha256').update(words.join('\n')).digest().readUInt32BE(0) / 2 ** 32;

const HOUR_MS = 3_600_000;
/** Half of what a post will ever have, it has after these hours. */
const HALF_LIFE_HOURS = 9;

/** @param ageMs since it was posted; negative counts as 0 */
export function figuresOf(postId: string, ageMs: number): PostFigures {
  const share = 1 - 0.5 ** (Math.max(0, ageMs) / HOUR_MS / HALF_LIFE_HOURS);
  const views = Math.floor(share * (400 + 9_600 * draw(postId, 'views') ** 3));
  const part = (name: string, most: number): number => Math.floor(views * most * (0.2 + 0.8 * draw(postId, name)));
  return {
    views,
    reach: part('reach', 0.9),
    likes: part('likes', 0.08),
    comments: part('comments', 0.012),
    shares: part('shares', 0.02),
    saves: part('saves', 0.015),
    clicks: part('clicks', 0.03),
  };
}

/** @param at the moment of the look: followers grow by some a day since 2026 began */
export function followersOf(accountId: string, at: Temporal.Instant): number {
  const days = Math.max(0, at.since(Temporal.Instant.from('2026-01-01T00:00:00Z')).total('hours') / 24);
  return 200 + Math.floor(1_800 * draw(accountId, 'followers') + days * (1 + 4 * draw(accountId, 'growth')));
}
