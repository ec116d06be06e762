// What the time before came to, where as much is known of it as of the time itself; else only how much went out. Pure.
import { POST_FIGURES, UNTOLD } from './figures.ts';
import type { AccountHealth, AccountSums, PostResult, Totals } from './report.ts';
import { totalsOfSums } from './report-totals.ts';

/** At this age a post has most of what it gets. */
const RIPE_HOURS = 24;

/** Whether the figures of a result are what they should be by now. */
export type IsKnown = (result: PostResult) => boolean;

/** Told, and of an account whose network cannot be asked any more, told at an age that counts. */
export function knownBy(health: readonly AccountHealth[]): IsKnown {
  const failing = new Set(health.flatMap(({ account, figuresFailure }) => (figuresFailure === null ? [] : [account.id])));
  return ({ accountId, figures, publishedAt, seenAt }) => {
    if (seenAt === null || POST_FIGURES.every((name) => figures[name] === null)) return false;
    return !failing.has(accountId) || seenAt.since(publishedAt).total('hours') >= RIPE_HOURS;
  };
}

/** @param results what went out since, of the same accounts */
export function beforeOf(sums: readonly AccountSums[], results: readonly PostResult[], isKnown: IsKnown): Totals {
  const before = totalsOfSums(sums);
  return areAlikeKnown(sums, results, isKnown) ? before : { ...UNTOLD, posts: before.posts, engagement: null, rate: null };
}

/**
 * Whether one share of posts that are known is two thirds of the other at least: where a network could not be asked for a while, the
 * rest is no fall and no rise. Accounts that tell nothing, then and now, count on neither side.
 */
function areAlikeKnown(sums: readonly AccountSums[], results: readonly PostResult[], isKnown: IsKnown): boolean {
  const known = results.filter(isKnown);
  const telling = new Set([
    ...known.map(({ accountId }) => accountId),
    ...sums.flatMap(({ accountId, told }) => (told > 0 ? [accountId] : [])),
  ]);
  const then = sums.filter(({ accountId }) => telling.has(accountId));
  const posts = {
    before: sumOf(then.map((each) => each.posts)),
    now: results.filter((each) => telling.has(each.accountId)).length,
  };
  if (posts.before === 0 || posts.now === 0) return true;
  // the shares that are known, each times both counts, so that all are whole numbers
  const [before, now] = [sumOf(then.map(({ told }) => told)) * posts.now, known.length * posts.before];
  return 3 * Math.min(before, now) >= 2 * Math.max(before, now);
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
