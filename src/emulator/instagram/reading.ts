// The requests that read: who one is, containers, posts, and how they do.
// https://developers.facebook.com/docs/instagram-platform/reference (checked 2026-11-22).
import type { Context } from 'hono';
import { authorize, authorizeFor, GraphError, graphTime, noSuchObject, pick } from '../graph.ts';
import { figuresOf, followersOf } from '../growth.ts';
import type { EmulatorApp } from '../network.ts';
import { accountInsights } from './account-insights.ts';
import { statusOf } from './containers.ts';
import { VERSION } from './publishing.ts';
import { type IgAccount, type IgMedia, type InstagramState, isWithinDay } from './state.ts';

const BASIC = 'instagram_business_basic';
const INSIGHTS = 'instagram_business_manage_insights';
const PAGE = { usual: 25, max: 100 };

export function mountReading(app: EmulatorApp, state: InstagramState, baseUrl: () => string): void {
  const show = (post: IgMedia) => mediaFields(state, post, baseUrl());
  app.get(`${VERSION}/me`, (c) =>
    c.json({ data: [pick(c, accountFields(state, authorize(c, state, BASIC)), 'user_id,username')] }),
  );
  app.get(`${VERSION}/:id/media`, (c) => {
    const { id } = authorizeFor(c, state, BASIC);
    const own = state.media.all().filter((post) => post.accountId === id && post.shape !== 'STORIES');
    return c.json({ data: page(c, own).map((post) => pick(c, show(post), 'id')) });
  });
  app.get(`${VERSION}/:id/stories`, (c) => {
    const { id } = authorizeFor(c, state, BASIC);
    const own = state.media.all().filter((post) => post.accountId === id && post.shape === 'STORIES');
    const live = own.filter(({ createdAt }) => isWithinDay(state, createdAt)).reverse();
    return c.json({ data: live.map((post) => pick(c, show(post), 'id')) });
  });
  app.get(`${VERSION}/:id/insights`, (c) => {
    const account = authorize(c, state, INSIGHTS);
    if (c.req.param('id') === account.id) return c.json({ data: accountInsights(c, state, account) });
    const post = state.media.get(c.req.param('id'));
    if (!post) throw noSuchObject(c.req.param('id'));
    return c.json({ data: insightsOf(state, post, (c.req.query('metric') ?? '').split(',')) });
  });
  app.get(`${VERSION}/:id`, (c) => {
    const account = authorize(c, state, BASIC);
    const { id } = c.req.param();
    if (id === account.id) return c.json(pick(c, accountFields(state, account), 'id'));
    const post = state.media.get(id);
    if (post) return c.json(pick(c, show(post), 'id'));
    const container = state.containers.get(id);
    if (!container || container.accountId !== account.id) throw noSuchObject(id);
    const looked = { ...container, looks: container.looks + 1 };
    state.containers.put(looked);
    const code = statusOf(state, looked);
    const status = code === 'ERROR' ? String(container.failure) : code;
    return c.json(pick(c, { id, status_code: code, status }, 'id'));
  });
}

/** Newest first, by `since`, `until` and `limit`. */
function page(c: Context, posts: readonly IgMedia[]): IgMedia[] {
  const { since = '0', until = 'Infinity', limit = String(PAGE.usual) } = c.req.query();
  const seconds = ({ createdAt }: IgMedia): number => Temporal.Instant.from(createdAt).epochMilliseconds / 1000;
  return [...posts]
    .reverse()
    .filter((post) => seconds(post) >= Number(since) && seconds(post) <= Number(until))
    .slice(0, Math.min(Number(limit), PAGE.max));
}

const accountFields = (state: InstagramState, { id, username }: IgAccount) => ({
  id,
  user_id: id,
  username,
  name: username,
  account_type: 'Business',
  followers_count: followersOf(id, state.clock.now()),
  follows_count: 12,
  media_count: state.media.all().filter((post) => post.accountId === id).length,
});

const ageMs = ({ clock }: InstagramState, { createdAt }: IgMedia): number =>
  clock.now().since(Temporal.Instant.from(createdAt)).total('milliseconds');

/** Made-up ones, and those that were really written here. */
const commentsOn = (state: InstagramState, post: IgMedia): number =>
  figuresOf(post.id, ageMs(state, post)).comments + state.comments.all().filter(({ mediaId }) => mediaId === post.id).length;

function mediaFields(state: InstagramState, post: IgMedia, baseUrl: string) {
  const [first] = post.files;
  const kinds = { STORIES: 'STORY', REELS: 'REELS' };
  const isVideo = first?.mimeType.startsWith('video/') ?? false;
  return {
    id: post.id,
    caption: post.caption,
    permalink: `${baseUrl}${post.path}`,
    shortcode: post.path.split('/').at(-2),
    timestamp: graphTime(post.createdAt),
    username: state.accounts.get(post.accountId)?.username,
    media_type: post.shape === 'CAROUSEL' ? 'CAROUSEL_ALBUM' : isVideo ? 'VIDEO' : 'IMAGE',
    media_product_type: post.shape === 'STORIES' || post.shape === 'REELS' ? kinds[post.shape] : 'FEED',
    media_url: first ? `${baseUrl}/files/${first.name}` : undefined,
    like_count: figuresOf(post.id, ageMs(state, post)).likes,
    comments_count: commentsOn(state, post),
  };
}

/** https://developers.facebook.com/docs/instagram-platform/reference/instagram-media/insights (checked 2026-11-22). */
function insightsOf(state: InstagramState, post: IgMedia, metrics: readonly string[]): object[] {
  const { reach, views, likes, shares, saves } = figuresOf(post.id, ageMs(state, post));
  const comments = commentsOn(state, post);
  const total = likes + comments + shares + saves;
  const ofAll = { reach, views, shares, total_interactions: total };
  // a story has fewer of them, and for a day
  const isStory = post.shape === 'STORIES';
  const figures: Record<string, number> = isStory ? ofAll : { ...ofAll, likes, comments, saved: saves };
  if (isStory && !isWithinDay(state, post.createdAt)) return [];
  return metrics.map((name) => {
    const value = figures[name];
    if (value === undefined)
      throw new GraphError(100, undefined, `(#100) metric must be one of ${Object.keys(figures).join(', ')}`);
    return {
      name,
      period: 'lifetime',
      values: [{ value }],
      title: name,
      description: name,
      id: `${post.id}/insights/${name}/lifetime`,
    };
  });
}
