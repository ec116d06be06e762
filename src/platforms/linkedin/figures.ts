// How posts of a Page on LinkedIn did. Those of a member are member-figures.ts' matter. Changes nothing.
import { z } from 'zod';
import { type PostFigures, UNTOLD } from '../../core/figures.ts';
import type { FiguresContext } from '../../core/platform.ts';
import { ask } from '../api.ts';
import { isOrganization, restRequest, unlessForbidden } from './client.ts';
import { memberFigures } from './member-figures.ts';

const Count = z
  .number()
  // falls below 0 where likes are taken back that came by an advertisement (unverified)
  .transform((count) => Math.max(0, count))
  .nullable()
  .default(null);

/**
 * Without `timeIntervals`, of the post's whole life; unpaid views and clicks alone.
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/organizations/share-statistics (checked 2026-11-22 in part)
 */
const Statistics = z.object({
  elements: z.array(
    z.object({
      share: z.string().optional(),
      ugcPost: z.string().optional(),
      totalShareStatistics: z.object({
        likeCount: Count,
        commentCount: Count,
        shareCount: Count,
        impressionCount: Count,
        uniqueImpressionsCount: Count,
        clickCount: Count,
      }),
    }),
  ),
});

/** Posts that are there, by URN. */
const Posts = z.object({ results: z.record(z.string(), z.unknown()) });

/** The names of the lists, by the kind of URN in them. */
const LISTS = [
  ['shares', 'urn:li:share:'],
  ['ugcPosts', 'urn:li:ugcPost:'],
] as const;

/** URNs in one request; LinkedIn names no limit, and addresses should not grow too long. */
const BATCH = 20;

const untold = (urns: readonly string[]): Figures => new Map(urns.map((urn) => [urn, UNTOLD]));
type Figures = ReadonlyMap<string, PostFigures>;

export async function figures(context: FiguresContext): Promise<Figures> {
  const urns = context.posts.map(({ remoteId }) => remoteId);
  if (!isOrganization(context.account.remoteId)) return memberFigures(context);
  const told: [string, PostFigures][] = [];
  for (let first = 0; first < urns.length; first += BATCH) {
    told.push(...(await readSome(context, urns.slice(first, first + BATCH))));
  }
  return new Map(told);
}

/**
 * LinkedIn leaves out what nobody saw, what is older than twelve months and what is gone: of these, those are told apart that are still
 * there. They count as untold, since which of the first two they are cannot be known.
 */
async function readSome(context: FiguresContext, urns: readonly string[]): Promise<Figures> {
  const told = await unlessForbidden(readStatistics(context, urns));
  if (!told) return untold(urns);
  const missing = urns.filter((urn) => !told.has(urn));
  if (missing.length === 0) return told;
  const there = (await unlessForbidden(readPresent(context, missing))) ?? missing;
  return new Map([...told, ...untold(there)]);
}

async function readStatistics(context: FiguresContext, urns: readonly string[]): Promise<Figures> {
  const lists = LISTS.flatMap(([name, prefix]) => {
    const some = urns.filter((urn) => urn.startsWith(prefix));
    return some.length === 0 ? [] : [`&${name}=${listOf(some)}`];
  });
  // without a list it would be of the whole Page
  if (lists.length === 0) return new Map();
  const entity = encodeURIComponent(context.account.remoteId);
  const path = `organizationalEntityShareStatistics?q=organizationalEntity&organizationalEntity=${entity}${lists.join('')}`;
  const { elements } = await ask(context, restRequest(context, path), Statistics);
  return new Map(
    elements.flatMap(({ share, ugcPost, totalShareStatistics: counts }) => {
      const urn = share ?? ugcPost;
      return urn === undefined ? [] : [[urn, figuresIn(counts)]];
    }),
  );
}

const figuresIn = (counts: z.infer<typeof Statistics>['elements'][number]['totalShareStatistics']): PostFigures => ({
  likes: counts.likeCount,
  comments: counts.commentCount,
  shares: counts.shareCount,
  saves: null,
  views: counts.impressionCount,
  reach: counts.uniqueImpressionsCount,
  clicks: counts.clickCount,
});

/** Which of them there still are: https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api (unverified). */
async function readPresent(context: FiguresContext, urns: readonly string[]): Promise<string[]> {
  const request = restRequest(context, `posts?ids=${listOf(urns)}`, { headers: { 'x-restli-method': 'BATCH_GET' } });
  const { results } = await ask(context, request, Posts);
  return urns.filter((urn) => Object.hasOwn(results, urn));
}

/** As Rest.li 2.0 writes a list, the colons in it encoded. */
const listOf = (urns: readonly string[]): string => `List(${urns.map(encodeURIComponent).join(',')})`;
