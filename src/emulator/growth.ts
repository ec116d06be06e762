// Figures that grow: how often an emulated post was seen and liked by a moment, and how many follow and see an account. Made from ids and
// times alone, so that they are the same at every look, never fall, and differ from post to post.
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

const MINUTE_MS = 60_000;
/**
 * A tenth of what a post will ever have comes at once, so that somebody who tries Crier sees figures within a minute, and the rest over
 * days: of each half is there after these minutes.
 */
const QUICK = { share: 0.1, halfLifeMinutes: 2 };
const SLOW = { share: 0.9, halfLifeMinutes: 9 * 60 };

/** From 0, of a post that is just out, up to 1. */
const grown = (minutes: number): number =>
  [QUICK, SLOW].reduce((sum, { share, halfLifeMinutes }) => sum + share * (1 - 0.5 ** (minutes / halfLifeMinutes)), 0);

/** @param ageMs since it was posted; negative counts as 0 */
export function figuresOf(postId: string, ageMs: number): PostFigures {
  const share = grown(Math.max(0, ageMs) / MINUTE_MS);
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

/**
 * How often an account was seen from one moment to another: what its posts gained in that time, and what its followers see of it without them.
 * @param posts all that it has; those from later gain nothing
 */
export function seenBetween(
  accountId: string,
  posts: readonly { id: string; at: string }[],
  [from, to]: readonly [Temporal.Instant, Temporal.Instant],
): Pick<PostFigures, 'views' | 'reach'> {
  const days = Math.max(0, to.since(from).total('hours') / 24);
  const reach = Math.floor(days * followersOf(accountId, from) * (0.05 + 0.2 * draw(accountId, 'seen', from.toString())));
  const sum = { views: Math.floor(reach * (1.2 + draw(accountId, 'again'))), reach };
  for (const { id, at } of posts) {
    const [before, after] = [from, to].map((moment) => figuresOf(id, moment.epochMilliseconds - Date.parse(at)));
    sum.views += (after?.views ?? 0) - (before?.views ?? 0);
    sum.reach += (after?.reach ?? 0) - (before?.reach ?? 0);
  }
  return sum;
}
