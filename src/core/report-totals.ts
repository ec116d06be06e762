// Sums over posts: what was not told by any of them stays untold, and a rate is only of those that tell both of its halves. Pure.
import { engagementOf, POST_FIGURES, type PostFigures, UNTOLD } from './figures.ts';
import type { AccountSums, PostResult, Totals } from './report.ts';

type Sums = Omit<AccountSums, 'accountId' | 'platform' | 'told'>;

/** Of nothing that went out. */
const NONE: Sums = { ...UNTOLD, posts: 0, engagement: null, ratedEngagement: 0, ratedViews: 0 };

export function totalsOf(results: readonly Pick<PostResult, 'figures'>[]): Totals {
  const sum = { ...NONE };
  for (const { figures } of results) {
    const engagement = engagementOf(figures);
    sum.posts += 1;
    addFigures(sum, figures);
    sum.engagement = addTold(sum.engagement, engagement);
    if (engagement === null || figures.views === null) continue;
    sum.ratedEngagement += engagement;
    sum.ratedViews += figures.views;
  }
  return withRate(sum);
}

/** Of sums that a database made. */
export function totalsOfSums(sums: readonly Sums[]): Totals {
  const sum = { ...NONE };
  for (const each of sums) {
    sum.posts += each.posts;
    addFigures(sum, each);
    sum.engagement = addTold(sum.engagement, each.engagement);
    sum.ratedEngagement += each.ratedEngagement;
    sum.ratedViews += each.ratedViews;
  }
  return withRate(sum);
}

function addFigures(sum: Sums, figures: PostFigures): void {
  for (const figure of POST_FIGURES) sum[figure] = addTold(sum[figure], figures[figure]);
}

function withRate({ posts, engagement, ratedEngagement, ratedViews, ...figures }: Sums): Totals {
  return { ...figures, posts, engagement, rate: ratedViews > 0 ? ratedEngagement / ratedViews : null };
}

/** Null where neither is told. */
export function addTold(one: number | null, other: number | null): number | null {
  if (one === null) return other;
  return other === null ? one : one + other;
}
