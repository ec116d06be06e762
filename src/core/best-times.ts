// At which hours and on which weekdays the posts of one account did better than its others, and how sure that is. Pure. When to post by
// that is own-times.ts'.
import type { Account } from './account.ts';
import { chanceOfMore, sureAmong } from './chance.ts';
import type { BestTime, BestTimes } from './report.ts';

/** A post that is out and was looked at when its figures had had time to grow. */
export interface Result {
  publishedAt: Temporal.Instant;
  engagement: number;
}

/** With fewer posts, chance tells more than the hour does. */
export const ENOUGH_POSTS = 20;
/** An hour or weekday with fewer is none to go by. */
const ENOUGH_AT_ONCE = 3;

/** Nobody reads the hours of more accounts in one report; of another one it is told where that is asked for. */
const MOST_ACCOUNTS = 12;

/** Of these accounts, the ones that post the most and enough of it. @param counts posts by account id */
export const worthReading = (accounts: readonly Account[], counts: ReadonlyMap<string, number>): Account[] =>
  accounts
    .map((account) => ({ account, posts: counts.get(account.id) ?? 0 }))
    .filter(({ posts }) => posts >= ENOUGH_POSTS)
    .sort((one, other) => other.posts - one.posts)
    .slice(0, MOST_ACCOUNTS)
    .map(({ account }) => account);

interface Placed extends Pick<Result, 'engagement'> {
  hour: number;
  weekday: number;
  /** Few posts have most of the engagement: by its logarithm one that went round the world counts as one. */
  evened: number;
}

/** @param timeZone whose hours and weekdays are meant. Null where there are too few posts. */
export function bestTimes(results: readonly Result[], timeZone: string): Omit<BestTimes, 'account'> | null {
  if (results.length < ENOUGH_POSTS) return null;
  const placed = results.map(({ publishedAt, engagement }): Placed => {
    const { hour, dayOfWeek: weekday } = publishedAt.toZonedDateTimeISO(timeZone);
    return { engagement, hour, weekday, evened: Math.log1p(engagement) };
  });
  return { posts: placed.length, hours: betterThanMost(placed, 'hour'), weekdays: betterThanMost(placed, 'weekday') };
}

/** Those whose posts did better than the mean, the best first; of those with as much, the earlier. */
function betterThanMost(placed: readonly Placed[], unit: 'hour' | 'weekday'): BestTime[] {
  const byTime = Map.groupBy(placed, (post) => post[unit]);
  const groups = [...byTime].filter(([, group]) => group.length >= ENOUGH_AT_ONCE);
  const mean = meanOf(placed);
  const chances = groups.flatMap(([key, group]): [number, number][] => {
    // one that is no better counts as looked at, and cannot be sure
    if (meanOf(group) <= mean) return [[key, 1]];
    const others = placed.filter((post) => post[unit] !== key);
    return others.length < ENOUGH_AT_ONCE ? [] : [[key, chanceOfMore(group.map(evened), others.map(evened))]];
  });
  const sure = sureAmong(new Map(chances));
  return groups
    .map(([at, group]) => ({ at, posts: group.length, mean: meanOf(group), isSure: sure.has(at) }))
    .filter((group) => group.mean > mean)
    .sort((one, other) => other.mean - one.mean || one.at - other.at)
    .map(({ at, posts, mean: own, isSure }) => ({ at, posts, lift: own / mean, isSure }));
}

const evened = (post: Placed): number => post.evened;

const meanOf = (group: readonly Placed[]): number => group.reduce((sum, { engagement }) => sum + engagement, 0) / group.length;
