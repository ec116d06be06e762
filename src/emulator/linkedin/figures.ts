// How often posts were seen, in the shapes of LinkedIn's statistics: a member's post by post, an organization's as a list.
// https://learn.microsoft.com/en-us/linkedin/marketing/community-management/organizations/share-statistics (unverified)
import { figuresOf, type PostFigures } from '../growth.ts';
import type { EmulatorApp } from '../network.ts';
import { authorize, refuse, requireVersion } from './api.ts';
import type { LinkedInState, StoredPost } from './state.ts';

/** Names of `queryType`. */
const MEMBER_COUNTS: Partial<Record<string, (figures: PostFigures) => number>> = {
  IMPRESSION: ({ views }) => views,
  MEMBERS_REACHED: ({ reach }) => reach,
  REACTION: ({ likes }) => likes,
  COMMENT: ({ comments }) => comments,
  RESHARE: ({ shares }) => shares,
};

export function mountFigures(app: EmulatorApp, state: LinkedInState): void {
  const figures = ({ id, createdAt }: StoredPost): PostFigures =>
    figuresOf(id, state.clock.now().epochMilliseconds - Temporal.Instant.from(createdAt).epochMilliseconds);

  app.get('/rest/memberCreatorPostAnalytics', (c) => {
    requireVersion(c);
    const { accountId } = authorize(c, state.grants, 'memberCreatorPostAnalytics.FINDER-entity', ['r_member_postAnalytics']);
    const { entity = '', queryType = '' } = c.req.query();
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
    authorize(c, state.grants, 'organizationalEntityShareStatistics.FINDER', ['rw_organization_admin', 'r_organization_social']);
    const organizationalEntity = c.req.query('organizationalEntity') ?? '';
    const asked = `${c.req.query('shares') ?? ''}${c.req.query('ugcPosts') ?? ''}`;
    const elements = state.posts
      .all()
      .filter(({ id, author }) => author === organizationalEntity && (asked === '' || asked.includes(id)))
      .map((post) => ({ organizationalEntity, share: post.id, totalShareStatistics: statisticsOf(figures(post)) }));
    return c.json({ elements, paging: { start: 0, count: 10, links: [] } });
  });
}

const statisticsOf = ({ views, reach, likes, comments, shares, clicks }: PostFigures): object => ({
  impressionCount: views,
  uniqueImpressionsCount: reach,
  likeCount: likes,
  commentCount: comments,
  shareCount: shares,
  clickCount: clicks,
  engagement: views === 0 ? 0 : (likes + comments + shares + clicks) / views,
});
