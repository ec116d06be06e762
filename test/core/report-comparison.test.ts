// When the time before is compared: only where as much is known of it.
import { describe, expect, it } from 'vitest';
import { UNTOLD } from '../../src/core/figures.ts';
import type { AccountHealth, AccountSums, PostResult } from '../../src/core/report.ts';
import { beforeOf, knownBy } from '../../src/core/report-comparison.ts';
import { blueskyAccount, health, mastodonAccount, postResult, REPORT_NOW } from '../support/reports.ts';

const failing = (some: Partial<AccountHealth>): AccountHealth =>
  health({ figuresFailure: { since: REPORT_NOW.subtract({ hours: 50 }), sentence: 'It does not answer.' }, ...some });

const sums = (posts: number, told: number, { id, platform } = blueskyAccount): AccountSums => ({
  ...{ ...UNTOLD, accountId: id, platform, posts, told, likes: 10, engagement: 10, ratedEngagement: 0, ratedViews: 0 },
});
const unread = postResult({ figures: UNTOLD, seenAt: null });
const of = (count: number, result: PostResult = postResult()): PostResult[] => Array.from({ length: count }, () => result);

/** Its posts, and its engagement. */
const compared = (before: AccountSums[], results: PostResult[], accounts: AccountHealth[] = []) => {
  const { posts, engagement } = beforeOf(before, results, knownBy(accounts));
  return [posts, engagement];
};

describe('the time before', () => {
  it('is compared where all of both is known, and where as large a part of both is', () => {
    expect(compared([sums(4, 4)], of(3))).toEqual([4, 10]);
    expect(compared([sums(4, 2)], [...of(2), ...of(2, unread)])).toEqual([4, 10]);
    expect(compared([sums(3, 2)], of(3))).toEqual([3, 10]);
  });

  it('has no figures where a part of it was never read: it would seem to have been worse', () => {
    expect(compared([sums(4, 2)], of(4))).toEqual([4, null]);
  });

  it('has none where little is known of the time itself: that would seem worse', () => {
    expect(compared([sums(4, 4)], [...of(1), ...of(3, unread)])).toEqual([4, null]);
  });

  it('has none where the network was last asked when posts were young', () => {
    const young = postResult({ seenAt: postResult().publishedAt.add({ hours: 1 }) });
    const ripe = postResult({ seenAt: postResult().publishedAt.add({ hours: 24 }) });
    expect(compared([sums(2, 2)], of(2, young), [failing({})])).toEqual([2, null]);
    expect(compared([sums(2, 2)], of(2, young), [health()])).toEqual([2, 10]);
    expect(compared([sums(2, 2)], of(2, ripe), [failing({})])).toEqual([2, 10]);
  });

  it('is compared without accounts that tell nothing at either time', () => {
    const mute = postResult({ accountId: mastodonAccount.id, figures: UNTOLD });
    expect(compared([sums(2, 2), { ...sums(9, 0, mastodonAccount), engagement: null }], [...of(2), mute])).toEqual([11, 10]);
  });

  it('stands as it is where nothing went out since, or nothing did then', () => {
    expect(compared([sums(2, 2)], [])).toEqual([2, 10]);
    expect(compared([], of(2))).toEqual([0, null]);
  });
});
