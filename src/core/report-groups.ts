// The same figures by what posts have in common: network, account, campaign, hashtag, author. Pure.
import type { AccountSums, Group, PostResult } from './report.ts';
import { beforeOf, type IsKnown } from './report-comparison.ts';
import { totalsOf } from './report-totals.ts';

/** Compared with the time before, by the sums of what was in the same group then. */
export interface Before {
  sums: readonly AccountSums[];
  keyOf: (sums: AccountSums) => string;
  isKnown: IsKnown;
}

/**
 * By engagement, the most first, then by posts and by name.
 * @param keysOf the groups that a result is part of; one may be in none, or in several
 */
export function groupsOf(
  results: readonly PostResult[],
  keysOf: (result: PostResult) => readonly string[],
  nameOf: (key: string) => string,
  before: Before | null = null,
): Group[] {
  const members = new Map<string, PostResult[]>();
  for (const result of results) for (const key of keysOf(result)) push(members, key, result);
  const sumsBefore = before ? Map.groupBy(before.sums, before.keyOf) : null;
  const groups = [...members].map(
    ([key, own]): Group => ({
      key,
      name: nameOf(key),
      totals: totalsOf(own),
      before: before && beforeOf(sumsBefore?.get(key) ?? [], own, before.isKnown),
    }),
  );
  return groups.sort(byEngagement);
}

/** Once, however often the result names the key. */
function push(members: Map<string, PostResult[]>, key: string, result: PostResult): void {
  const own = members.get(key);
  if (!own) members.set(key, [result]);
  else if (own.at(-1) !== result) own.push(result);
}

/** What is not told comes last. */
function byEngagement(one: Group, other: Group): number {
  const engagement = (other.totals.engagement ?? -1) - (one.totals.engagement ?? -1);
  return engagement || other.totals.posts - one.totals.posts || compareNames(one.name, other.name);
}

/** The same on every machine, whatever its language. */
const compareNames = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
