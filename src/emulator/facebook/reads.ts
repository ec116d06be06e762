// Reading a Page: what it published, single posts and videos, comments, and counts that grow. Insights are insights.ts' matter.
// https://developers.facebook.com/docs/graph-api/reference/page/feed (checked 2026-11-22).
import type { Clock } from '../../core/clock.ts';
import { figuresOf, followersOf, type PostFigures } from '../growth.ts';
import type { EmulatorApp } from '../network.ts';
import { authorizePage, invalid, notThere, pageOf, pick, readParameters, textOf, VERSION } from './graph.ts';
import {
  type FacebookState,
  pathOfPost,
  pathOfVideo,
  photoPath,
  publicVideos,
  type StoredPost,
  type StoredVideo,
} from './state.ts';
import { lookAtVideo } from './videos.ts';

const READING = ['pages_read_engagement'];
const MOST_LISTED = 100;

interface Shown {
  id: string;
  pageId: string;
  at: string;
  node: Record<string, unknown>;
}

export function mountReads(app: EmulatorApp, state: FacebookState, clock: Clock, baseUrl: () => string): void {
  for (const edge of ['published_posts', 'posts', 'feed'])
    app.get(`${VERSION}/:page/${edge}`, async (c) => {
      const { page: pageId } = c.req.param();
      const parameters = await readParameters(c);
      authorizePage(c, state, parameters, { pageId, scopes: READING });
      const limit = Number(textOf(parameters, 'limit') ?? 25);
      if (limit > MOST_LISTED)
        throw invalid(`Please reduce the amount of data you're asking for: limit is at most ${MOST_LISTED}`);
      const all = shownOn(state, pageId, clock, baseUrl());
      const from = Number(textOf(parameters, 'after') ?? 0);
      const listed = all
        .slice(from, from + limit)
        .map(({ node }) => pick(node, textOf(parameters, 'fields') ?? 'id,message,created_time'));
      const hasMore = all.length > from + limit;
      const cursors = { before: String(from), after: String(from + limit) };
      return c.json({
        data: listed,
        paging: { cursors, ...(hasMore ? { next: `${baseUrl()}${VERSION}/${pageId}/${edge}` } : {}) },
      });
    });

  app.get(`${VERSION}/:id/comments`, async (c) => {
    const { id } = c.req.param();
    const { pageId } = pageOf(state, id);
    authorizePage(c, state, await readParameters(c), { pageId, scopes: READING });
    const own = state.comments.all().filter(({ postId }) => postId === id);
    return c.json({ data: own.map(({ id: own_, message, at }) => ({ id: own_, message, created_time: facebookTime(at) })) });
  });

  app.get(`${VERSION}/:id`, async (c) => {
    const { id } = c.req.param();
    const parameters = await readParameters(c);
    const { pageId } = pageOf(state, id);
    authorizePage(c, state, parameters, { pageId, scopes: READING });
    return c.json(pick(nodeOf(state, id, clock, baseUrl()), textOf(parameters, 'fields')));
  });
}

function nodeOf(state: FacebookState, id: string, clock: Clock, baseUrl: string): Record<string, unknown> {
  const video = state.videos.get(id);
  if (video) return { ...lookAtVideo(state, video), ...videoCounts(state, video, clock) };
  const page = state.pages.get(id);
  if (page) {
    const followers = followersOf(id, clock.now());
    return { id, name: page.name, link: `${baseUrl}/${id}`, fan_count: followers, followers_count: followers };
  }
  const post = state.posts.get(id);
  if (!post) throw notThere(id);
  return postNode(state, post, clock, baseUrl);
}

/** `2026-11-22T12:00:00+0000`. */
const facebookTime = (at: string): string => at.replace(/\.\d+Z$/, '+0000');

const ageMs = (clock: Clock, at: string): number => clock.now().since(Temporal.Instant.from(at)).total('milliseconds');

const summary = (total: number) => ({ data: [], summary: { total_count: total } });

/** Made-up ones, and those that were really written here. */
const commentsOn = ({ comments }: FacebookState, id: string, figures: PostFigures): number =>
  figures.comments + comments.all().filter(({ postId }) => postId === id).length;

function countsOf(state: FacebookState, id: string, figures: PostFigures): Record<string, unknown> {
  const comments = summary(commentsOn(state, id, figures));
  // a post that nobody shared has no `shares` (unverified)
  return { shares: figures.shares === 0 ? null : { count: figures.shares }, reactions: summary(figures.likes), comments };
}

/** Likes for reactions: https://developers.facebook.com/docs/graph-api/reference/video/likes (checked 2026-11-22). */
function videoCounts(state: FacebookState, { id, endedAt }: StoredVideo, clock: Clock): Record<string, unknown> {
  const figures = figuresOf(id, endedAt === null ? 0 : ageMs(clock, endedAt));
  return { likes: summary(figures.likes), comments: summary(commentsOn(state, id, figures)) };
}

function postNode(state: FacebookState, post: StoredPost, clock: Clock, baseUrl: string): Record<string, unknown> {
  const { id, message, link, photoIds, at } = post;
  const photos = photoIds.map((photo) => ({ media_type: 'photo', target: { id: photo, url: `${baseUrl}${photoPath(photo)}` } }));
  const [first] = photos;
  const attachment =
    photos.length > 1
      ? { media_type: 'album', subattachments: { data: photos } }
      : (first ?? (link === null ? null : { media_type: 'link', unshimmed_url: link }));
  return {
    id,
    message: message === '' ? null : message,
    created_time: facebookTime(at),
    permalink_url: `${baseUrl}${pathOfPost(id)}`,
    attachments: attachment === null ? null : { data: [attachment] },
    is_published: true,
    ...countsOf(state, id, figuresOf(id, ageMs(clock, at))),
  };
}

/** Newest first. */
function shownOn(state: FacebookState, pageId: string, clock: Clock, baseUrl: string): Shown[] {
  const posts = state.posts.all().map((post) => ({ ...post, node: postNode(state, post, clock, baseUrl) }));
  const videos = publicVideos(state).map(({ id, pageId: page, postId, endedAt: at, description }) => ({
    id,
    pageId: page,
    at,
    node: {
      id: postId,
      message: description === '' ? null : description,
      created_time: facebookTime(at),
      permalink_url: `${baseUrl}${pathOfVideo(id)}`,
      attachments: { data: [{ media_type: 'video', target: { id, url: `${baseUrl}${pathOfVideo(id)}` } }] },
      is_published: true,
      ...countsOf(state, id, figuresOf(id, ageMs(clock, at))),
    },
  }));
  return [...posts, ...videos].filter((shown) => shown.pageId === pageId).sort((one, other) => (one.at < other.at ? 1 : -1));
}
