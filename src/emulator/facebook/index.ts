// Facebook: people, their Pages, and what Crier writes there. Puts its parts together; the rules are in its files.
import { createHash } from 'node:crypto';
import { type FeedPost, mountFeed } from '../feed.ts';
import type { EmulatedPost, EmulatorApp, LinkLogin, NetworkContext, NetworkDefinition } from '../network.ts';
import { EMULATED_APP, type OAuthDesk } from '../oauth-desk.ts';
import { mountBatch } from './batch.ts';
import { bodyOf, GraphError, usageHeader, usualBody, VERSION } from './graph.ts';
import { mountInsights } from './insights.ts';
import { limitCalls } from './limiting.ts';
import { ACCENT, mountLogin } from './login.ts';
import { mountPosts } from './posts.ts';
import { mountReads } from './reads.ts';
import { type FacebookState, openState, pathOfPost, pathOfVideo, photoPath, publicVideos, videoPath } from './state.ts';
import { mountVideos } from './videos.ts';

export const facebook: NetworkDefinition<LinkLogin> = {
  id: 'facebook',
  open: (context) => {
    const { clock, log, baseUrl } = context;
    const state = openState(context);
    let desk: OAuthDesk | null = null;
    return {
      app: EMULATED_APP,
      close: state.close,
      addAccount: (name) => {
        if (!desk) throw new Error('accounts are added once the network is mounted');
        return { service: baseUrl(), code: desk.standingCode(addPerson(state, name)) };
      },
      posts: () => listPosts(state, baseUrl()),
      refusal: (status) => ({ body: usualBody(status), headers: status === 429 ? usageHeader('1', 100, 19) : {} }),
      mount: (app) => {
        app.onError((error, c) => {
          if (error instanceof GraphError) return c.json(bodyOf(error.problem), error.status);
          log.error({ err: error, path: c.req.path }, 'the emulated Facebook failed');
          return c.json(usualBody(500), 500);
        });
        desk = mountLogin(app, state, clock);
        limitCalls(app, state, clock);
        mountPosts(app, state, clock);
        mountVideos(app, state, clock);
        mountInsights(app, state, clock);
        mountReads(app, state, clock, baseUrl);
        mountBatch(app, state);
        app.all(`${VERSION}/*`, (c) => c.json(usualBody(404), 404));
        mountPages(app, state, context);
      },
    };
  },
};

/** The same at every start, so that an address of a Page stays good. */
const idOf = (kind: string, name: string): string =>
  `1${BigInt(`0x${createHash('sha256').update(`${kind} ${name}`).digest('hex').slice(0, 16)}`)
    .toString()
    .slice(-14)
    .padStart(14, '0')}`;

/** Whoever is there from the start has two Pages, so that there is something to choose. */
function addPerson(state: FacebookState, name: string): string {
  const known = state.users.all().find((user) => user.name.toLowerCase() === name);
  if (known) return known.id;
  const person = { id: idOf('person', name), name: `${name.charAt(0).toUpperCase()}${name.slice(1)}` };
  state.users.put(person);
  const pages = name === 'crier' ? [person.name, `${person.name} Labs`] : [person.name];
  for (const page of pages) state.pages.put({ id: idOf('page', page), name: page, ownerId: person.id });
  return person.id;
}

const photosOf = (state: FacebookState, ids: readonly string[]) =>
  ids.map((id) => state.photos.get(id)).filter((photo) => photo !== undefined);

function listPosts(state: FacebookState, baseUrl: string): EmulatedPost[] {
  const posts = state.posts.all().map(({ id, pageId, message, photoIds, at }) => ({
    id,
    url: `${baseUrl}${pathOfPost(id)}`,
    text: message,
    createdAt: at,
    images: photosOf(state, photoIds).map(({ alt, size }) => ({ alt, size })),
    videos: [],
    accountId: pageId,
    idempotencyKey: null,
    rkey: null,
  }));
  const videos = publicVideos(state).map(({ id, pageId, description, size, endedAt }) => ({
    id,
    url: `${baseUrl}${pathOfVideo(id)}`,
    text: description,
    createdAt: endedAt,
    images: [],
    // Facebook keeps no description of a video
    videos: [{ alt: '', size }],
    accountId: pageId,
    idempotencyKey: null,
    rkey: null,
  }));
  return [...posts, ...videos].sort((one, other) => one.createdAt.localeCompare(other.createdAt));
}

function mountPages(app: EmulatorApp, state: FacebookState, { baseUrl }: NetworkContext): void {
  app.get('/photos/:id', (c) => {
    const bytes = state.blobs.get(state.photos.get(c.req.param('id'))?.id ?? '-');
    return bytes ? c.body(bytes) : c.notFound();
  });
  app.get('/videos/:id/source', (c) => {
    const bytes = state.blobs.get(state.videos.get(c.req.param('id'))?.id ?? '-');
    return bytes ? c.body(bytes, 200, { 'content-type': 'video/mp4' }) : c.notFound();
  });
  // the address that is true of a video before it is processed
  app.get('/:page/videos/:id/', (c) => c.redirect(pathOfVideo(c.req.param('id'))));
  mountFeed({ app, network: 'Facebook', platform: 'facebook', accent: ACCENT, posts: () => feedOf(state, baseUrl()) });
}

function feedOf(state: FacebookState, baseUrl: string): FeedPost[] {
  const titles = new Map(state.videos.all().map(({ id, title }) => [id, title]));
  return listPosts(state, baseUrl).map(({ id, url, text, createdAt: at, accountId }) => {
    const post = state.posts.get(id);
    const name = state.pages.get(accountId)?.name ?? '';
    return {
      id,
      path: new URL(url).pathname,
      author: { name, handle: 'Page' },
      label: post ? '' : 'Video',
      title: titles.get(id) ?? '',
      text,
      images: photosOf(state, post?.photoIds ?? []).map((photo) => ({ url: photoPath(photo.id), alt: photo.alt })),
      videos: post ? [] : [{ url: videoPath(id), alt: '' }],
      lines: post?.link ? [post.link] : [],
      comments: state.comments.all().flatMap(({ postId, message }) => (postId === id ? [{ author: name, text: message }] : [])),
      at,
    };
  });
}
