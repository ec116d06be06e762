// Makes a report of what went out, of what the figures say of it, and of the accounts themselves. Pure: usecases/read-report.ts reads
// all of it, and sums, groups, days and the ranking are files of their own.
import type { Account } from './account.ts';
import { UNTOLD_ACCOUNT } from './figures.ts';
import type { AccountResult, AccountSums, Group, PostResult, Report, ReportPeriod, ReportScope } from './report.ts';
import { daysOf } from './report-by-day.ts';
import { beforeOf, knownBy } from './report-comparison.ts';
import { type Before, groupsOf } from './report-groups.ts';
import { rank } from './report-ranking.ts';
import type { AccountSnapshot } from './report-store.ts';
import { addTold, totalsOf } from './report-totals.ts';

export interface ReportParts extends Pick<Report, 'period' | 'scope' | 'best' | 'health'> {
  /** Of the period, by when they went out. */
  results: readonly PostResult[];
  /** Of the time before. */
  sumsBefore: readonly AccountSums[];
  accountResults: readonly AccountResult[];
  names: Names;
}

export interface Names {
  /** By platform id. */
  network: (id: string) => string;
  /** By account id. */
  account: (id: string) => string;
}

export function buildReport({ period, scope, results, sumsBefore, accountResults, names, best, health }: ReportParts): Report {
  const isKnown = knownBy(health);
  return {
    period,
    scope,
    totals: totalsOf(results),
    before: beforeOf(sumsBefore, results, isKnown),
    followers: followersOf(accountResults),
    ...allGroups(results, { sums: sumsBefore, isKnown }, names),
    days: daysOf(period, results),
    ...rank(results, period.span.asOf),
    accountResults,
    best,
    health,
    unread: results.filter(isUnread).length,
  };
}

type Grouped = Pick<Report, 'networks' | 'accounts' | 'campaigns' | 'hashtags' | 'authors'>;

function allGroups(results: readonly PostResult[], before: Omit<Before, 'keyOf'>, names: Names): Grouped {
  const compared = (keyOf: Before['keyOf']): Before => ({ ...before, keyOf });
  const authors = new Map(results.map(({ authorId, author }) => [authorId, author]));
  const asItIs = (key: string): string => key;
  return {
    networks: groupsOf(
      results,
      ({ platform }) => [platform],
      names.network,
      compared(({ platform }) => platform),
    ),
    accounts: groupsOf(
      results,
      ({ accountId }) => [accountId],
      names.account,
      compared(({ accountId }) => accountId),
    ),
    campaigns: groupsOf(results, ({ campaign }) => (campaign === null ? [] : [campaign]), asItIs),
    hashtags: groupsOf(
      results,
      ({ hashtags }) => hashtags.map((tag) => tag.toLowerCase()),
      (tag) => `#${tag}`,
    ),
    authors: groupsOf(
      results,
      ({ authorId }) => [authorId],
      (id): Group['name'] => authors.get(id) ?? id,
    ),
  };
}

const isUnread = ({ figures }: PostResult): boolean => Object.values(figures).every((figure) => figure === null);

/** The change is of those that told it at both ends. */
export function followersOf(results: readonly AccountResult[]): Report['followers'] {
  const now = results.map((result) => result.now?.figures.followers ?? null).reduce(addTold, null);
  const changes = results.map(({ now: end, before }) => {
    const [followers, earlier] = [end?.figures.followers ?? null, before?.figures.followers ?? null];
    return followers === null || earlier === null ? null : followers - earlier;
  });
  return { now, change: changes.reduce(addTold, null) };
}

/**
 * The accounts of a scope as they stood at both ends. A disconnected one counts while it was still looked at within the period; a
 * campaign has no followers of its own.
 */
export function accountResultsOf(
  accounts: readonly Account[],
  { span }: Pick<ReportPeriod, 'span'>,
  ends: { now: readonly AccountSnapshot[]; before: readonly AccountSnapshot[] },
): AccountResult[] {
  const [now, before] = [ends.now, ends.before].map((each) => new Map(each.map((snapshot) => [snapshot.accountId, snapshot])));
  return accounts.flatMap((account): AccountResult[] => {
    const end = now?.get(account.id);
    const isCurrent = account.state === 'connected' || (end && Temporal.Instant.compare(end.at, span.from) >= 0);
    if (!isCurrent) return [];
    const beginning = before?.get(account.id);
    return [{ account, now: asMoment(end), before: isComparable(beginning, end, span.from) ? asMoment(beginning) : null }];
  });
}

/** Of what is old one look a day stays, and the day it is of may have ended a day before. */
const BEGINNING_HOURS = 48;

/** What happened between a look long before and the beginning is not of this time, and one look at both ends tells no change. */
function isComparable(beginning: AccountSnapshot | undefined, end: AccountSnapshot | undefined, from: Temporal.Instant): boolean {
  if (!beginning || !end) return false;
  const isOfBeginning = from.since(beginning.at).total('hours') <= BEGINNING_HOURS;
  return isOfBeginning && Temporal.Instant.compare(end.at, from) >= 0 && Temporal.Instant.compare(beginning.at, end.at) < 0;
}

const asMoment = (snapshot: AccountSnapshot | undefined): AccountResult['now'] =>
  snapshot ? { figures: { ...UNTOLD_ACCOUNT, ...snapshot.figures }, at: snapshot.at } : null;

/** Whether an account is what a report is about; of a campaign, those that it went out to are. */
export const isWithin = (account: Account, scope: ReportScope, results: readonly Pick<PostResult, 'accountId'>[]): boolean => {
  switch (scope.kind) {
    case 'all':
      return true;
    case 'network':
      return account.platform === scope.platform;
    case 'account':
      return account.id === scope.account.id;
    case 'campaign':
      return results.some(({ accountId }) => accountId === account.id);
  }
};
