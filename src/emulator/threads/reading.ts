// The requests that read: who one is, containers, posts and replies, and how they do.
// https://developers.facebook.com/documentation/threads/reference (checked 2026-11-22).
import type { Context } from 'hono';
import { authorize, authorizeFor, graphTime, invalid, noSuchObject, pick } from '../graph.ts';
import { figuresOf, followersOf, seenBetween } from '../growth.ts';
import type { EmulatorApp } from '../network.ts';
import { valuesByDay } from '../pacific-days.ts';
import { statusOf } from './containers.ts';
import { SCOPES } from './login.ts';
import { VERSION } from './publishing.ts';
import { pathOf, type ThreadsAccount, type ThreadsPost, type ThreadsState } from './state.ts';

const PAGE = { usual: 25, max: 100 };

export function mountReading(app: EmulatorApp, state: ThreadsState, baseUrl: () => string): void {
  const list = (c: Context, posts: readonly ThreadsPost[]): Response =>
    c.json({ data: page(c, posts).map((post) => pick(c, postFields(state, post, baseUrl()), 'id')) });
  const own = (id: string, replies: boolean): ThreadsPost[] =>
    state.posts.all().filter((post) => post.accountId === id && (post.replyTo !== null) === replies);

  app.get(`${VERSION}/me`, (c) => c.json(pick(c, accountFields(authorize(c, state, SCOPES.basic)), 'id')));
  app.get(`${VERSION}/:id/threads`, (c) => list(c, own(authorizeFor(c, state, SCOPES.basic).id, false)));
  app.get(`${VERSION}/:id/replies`, (c) => {
    authorize(c, state, SCOPES.readReplies);
    const { id } = c.req.param();
    const below = state.posts.all().filter(({ replyTo }) => replyTo === id);
    return list(c, state.posts.get(id) ? below : own(authorizeFor(c, state, SCOPES.readReplies).id, true));
  });
  mountInsights(app, state);
  app.get(`${VERSION}/:id`, (c) => {
    const account = authorize(c, state, SCOPES.basic);
    const { id } = c.req.param();
    if (id === account.id) return c.json(pick(c, accountFields(account), 'id'));
    const post = state.posts.get(id);
    if (post) return c.json(pick(c, postFields(state, post, baseUrl()), 'id'));
    const container = state.containers.get(id);
    if (!container || container.accountId !== account.id) throw noSuchObject(id);
    const looked = { ...container, looks: container.looks + 1 };
    state.containers.put(looked);
    const status = statusOf(state, looked);
    const why = status === 'ERROR' ? { error_message: container.failure } : {};
    return c.json({ status, id, ...why });
  });
}

/** Newest first, by `since`, `until` and `limit`. */
function page(c: Context, posts: readonly ThreadsPost[]): ThreadsPost[] {
  const { since = '0', until = 'Infinity', limit = String(PAGE.usual) } = c.req.query();
  const seconds = ({ createdAt }: ThreadsPost): number => Temporal.Instant.from(createdAt).epochMilliseconds / 1000;
  return [...posts]
    .reverse()
    .filter((post) => seconds(post) >= Number(since) && seconds(post) <= Number(until))
    .slice(0, Math.min(Number(limit), PAGE.max));
}

const accountFields = ({ id, username }: ThreadsAccount) => ({ id, username, name: username, is_verified: false });

const KINDS = { TEXT: 'TEXT_POST', IMAGE: 'IMAGE', VIDEO: 'VIDEO', CAROUSEL: 'CAROUSEL_ALBUM' };

function postFields(state: ThreadsState, post: ThreadsPost, baseUrl: string) {
  const [first] = post.files;
  return {
    id: post.id,
    media_product_type: 'THREADS',
    media_type: KINDS[post.shape],
    media_url: first ? `${baseUrl}/files/${first.name}` : undefined,
    permalink: `${baseUrl}${pathOf(state, post)}`,
    username: state.accounts.get(post.accountId)?.username,
    text: post.text,
    timestamp: graphTime(post.createdAt),
    shortcode: post.code,
    is_quote_post: false,
    has_replies: state.posts.all().some(({ replyTo }) => replyTo === post.id),
    is_reply: post.replyTo !== null,
    replied_to: post.replyTo === null ? undefined : { id: post.replyTo },
    alt_text: first?.alt,
    topic_tag: post.topic ?? undefined,
    link_attachment_url: post.link ?? undefined,
    reply_audience: post.audience.toUpperCase(),
  };
}

/** https://developers.facebook.com/documentation/threads/insights (checked 2026-11-22). */
function mountInsights(app: EmulatorApp, state: ThreadsState): void {
  const metricsOf = (c: Context, figures: Readonly<Record<string, number>>): [string, number][] =>
    (c.req.query('metric') ?? '').split(',').map((name) => {
      const value = figures[name];
      if (value === undefined) throw invalid(`metric must be one of ${Object.keys(figures).join(', ')}`);
      return [name, value];
    });
  app.get(`${VERSION}/:id/insights`, (c) => {
    authorize(c, state, SCOPES.insights);
    const { id } = c.req.param();
    const post = state.posts.get(id);
    if (!post) throw noSuchObject(id);
    const data = metricsOf(c, figuresFor(state, [post])).map(([name, value]) => {
      return {
        name,
        period: 'lifetime',
        values: [{ value }],
        title: name,
        description: name,
        id: `${id}/insights/${name}/lifetime`,
      };
    });
    return c.json({ data });
  });
  app.get(`${VERSION}/:id/threads_insights`, (c) => {
    const { id } = authorizeFor(c, state, SCOPES.insights);
    const own = state.posts.all().filter(({ accountId }) => accountId === id);
    const figures = { ...figuresFor(state, own), followers_count: followersOf(id, state.clock.now()) };
    const seen = own.map((post) => ({ id: post.id, at: post.createdAt }));
    const views = valuesByDay(state.clock.now(), (stretch) => seenBetween(id, seen, stretch).views);
    const data = metricsOf(c, figures).map(([name, value]) => {
      const told = name === 'views' ? { values: views } : { total_value: { value } };
      return { name, period: 'day', title: name, description: name, ...told, id: `${id}/insights/${name}/day` };
    });
    return c.json({ data });
  });
}

function figuresFor({ clock }: ThreadsState, posts: readonly ThreadsPost[]): Record<string, number> {
  const sums = { views: 0, likes: 0, replies: 0, reposts: 0, quotes: 0, shares: 0 };
  for (const { id, createdAt } of posts) {
    const age = clock.now().since(Temporal.Instant.from(createdAt)).total('milliseconds');
    const { views, likes, comments, shares, saves } = figuresOf(id, age);
    sums.views += views;
    sums.likes += likes;
    sums.replies += comments;
    sums.reposts += shares;
    sums.quotes += Math.floor(shares / 4);
    sums.shares += saves;
  }
  return sums;
}
