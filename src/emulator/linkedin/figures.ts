// How often posts were seen, in the shapes of LinkedIn's statistics: a member's post by post, an organization's as a list or as one sum.
// https://learn.microsoft.com/en-us/linkedin/marketing/community-management/organizations/share-statistics (checked 2026-11-22 in part)
import type { Context } from 'hono';
import { figuresOf, type PostFigures } from '../growth.ts';
import type { EmulatorApp } from '../network.ts';
import { memberDay, pageDay } from './account-figures.ts';
import { authorize, readList, refuse, requireVersion } from './api.ts';
import type { LinkedInState, StoredPost } from './state.ts';

/** Names of `queryType`. */
const MEMBER_COUNTS: Partial<Record<string, (figures: PostFigures) => number>> = {
  IMPRESSION: ({ views }) => views,
  MEMBERS_REACHED: ({ reach }) => reach,
  REACTION: ({ likes }) => likes,
  COMMENT: ({ comments }) => comments,
  RESHARE: ({ shares }) => shares,
  POST_SAVE: ({ saves }) => saves,
};

export function mountFigures(app: EmulatorApp, state: LinkedInState): void {
  const figures = ({ id, createdAt }: StoredPost): PostFigures =>
    figuresOf(id, state.clock.now().epochMilliseconds - Temporal.Instant.from(createdAt).epochMilliseconds);

  app.get('/rest/memberCreatorPostAnalytics', (c) => {
    requireVersion(c);
    const { q = '', entity = '', queryType = '' } = c.req.query();
    const { accountId } = authorize(c, state.grants, `memberCreatorPostAnalytics.FINDER-${q}`, ['r_member_postAnalytics']);
    if (q === 'me') return c.json(memberDay(c, state, accountId));
    const urn = /\((?:share|ugc):(.+)\)$/.exec(decodeURIComponent(entity))?.[1] ?? '';
    const post = state.posts.get(urn);
    const count = MEMBER_COUNTS[queryType];
    if (!count || post?.author !== accountId) throw refuse(400, 'ILLEGAL_ARGUMENT', 'Invalid query parameters');
    return c.json({
      elements: [{ count: count(figures(post)), metricType: queryType }],
      paging: { start: 0, count: 10, links: [] },
    });
  });

  app.get('/rest/organizationalEntityShareStatistics', (c) => {
    requireVersion(c);
    const resource = 'organizationalEntityShareStatistics.FINDER-organizationalEntity';
    const { accountId } = authorize(c, state.grants, resource, ['rw_organization_admin']);
    const { q, organizationalEntity = '' } = c.req.query();
    if (q !== 'organizationalEntity') throw refuse(400, 'ILLEGAL_ARGUMENT', 'Invalid query parameters');
    if (state.entities.get(organizationalEntity)?.adminUrn !== accountId)
      throw refuse(403, 'ACCESS_DENIED', `Not enough permissions to access: ${resource}`, 100);
    const own = state.posts.all().filter(({ author }) => author === organizationalEntity);
    const ofDay = c.req.query('timeIntervals');
    if (ofDay !== undefined) return c.json(pageDay(state, organizationalEntity, ofDay));
    const lists = [readUrns(c, 'shares', 'share'), readUrns(c, 'ugcPosts', 'ugcPost')].filter((list) => list !== null);
    const elements =
      lists.length === 0 ? [{ totalShareStatistics: statisticsOf(sumOf(own.map(figures))) }] : ofEach(own, lists.flat());
    return c.json({
      elements: elements.map((element) => ({ organizationalEntity, ...element })),
      paging: { start: 0, count: 10, links: [] },
    });
  });

  /** What nobody saw is not in it. */
  const ofEach = (own: readonly StoredPost[], urns: readonly string[]): object[] =>
    own
      .filter((post) => urns.includes(post.id) && figures(post).views > 0)
      .map((post) => ({ [kindOf(post.id)]: post.id, totalShareStatistics: statisticsOf(figures(post)) }));
}

/** `share` or `ugcPost`. */
const kindOf = (urn: string): string => urn.split(':')[2] ?? '';

/** Null where the list is not there. @throws LinkedInError 400 where there are others than of this kind in it */
function readUrns(c: Context, name: string, kind: string): string[] | null {
  const urns = readList(c, name);
  if (urns?.some((urn) => kindOf(urn) !== kind)) throw refuse(400, 'ILLEGAL_ARGUMENT', `${name} takes urn:li:${kind} alone`);
  return urns;
}

const NONE: PostFigures = { views: 0, reach: 0, likes: 0, comments: 0, shares: 0, saves: 0, clicks: 0 };

const sumOf = (all: readonly PostFigures[]): PostFigures =>
  all.reduce(
    (sum, each) => ({
      views: sum.views + each.views,
      reach: sum.reach + each.reach,
      likes: sum.likes + each.likes,
      comments: sum.comments + each.comments,
      shares: sum.shares + each.shares,
      saves: sum.saves + each.saves,
      clicks: sum.clicks + each.clicks,
    }),
    NONE,
  );

const statisticsOf = ({ views, reach, likes, comments, shares, clicks }: PostFigures): object => ({
  impressionCount: views,
  uniqueImpressionsCount: reach,
  likeCount: likes,
  commentCount: comments,
  shareCount: shares,
  clickCount: clicks,
  engagement: views === 0 ? 0 : (likes + comments + shares + clicks) / views,
});
