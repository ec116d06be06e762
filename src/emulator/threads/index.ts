// Threads. Puts its parts together; the rules are in its files.
import { type FeedPost, mountFeed } from '../feed.ts';
import { bodyForStatus, mountErrors } from '../graph.ts';
import type { EmulatedPost, EmulatorApp, LinkLogin, NetworkDefinition } from '../network.ts';
import { EMULATED_APP, type OAuthDesk } from '../oauth-desk.ts';
import { ACCENT, mountLogin } from './login.ts';
import { mountPublishing } from './publishing.ts';
import { mountReading } from './reading.ts';
import { addAccount, openState, pathOf, type ThreadsPost, type ThreadsState } from './state.ts';

export const threads: NetworkDefinition<LinkLogin> = {
  id: 'threads',
  open: (context) => {
    const { baseUrl, log } = context;
    const state = openState(context);
    let desk: Pick<OAuthDesk, 'standingCode'> | null = null;
    return {
      app: EMULATED_APP,
      close: state.close,
      posts: () => state.posts.all().map((post) => emulatedPost(post, `${baseUrl()}${pathOf(state, post)}`)),
      refusal: (status) => ({ body: bodyForStatus('Threads', status), headers: {} }),
      addAccount: (name) => {
        if (!desk) throw new Error('the emulated Threads is not mounted yet');
        return { service: baseUrl(), code: desk.standingCode(addAccount(state, name).id) };
      },
      mount: (app) => {
        desk = mountLogin(app, state);
        mountPublishing(app, state);
        mountReading(app, state, baseUrl);
        mountFiles(app, state);
        mountFeed({
          app,
          network: 'Threads',
          platform: 'threads',
          accent: ACCENT,
          posts: () => state.posts.all().map((post) => feedPost(state, post)),
        });
        mountErrors(app, 'Threads', log);
      },
    };
  },
};

function mountFiles(app: EmulatorApp, { posts, blobs }: ThreadsState): void {
  app.get('/files/:name', (c) => {
    const { name } = c.req.param();
    const file = posts
      .all()
      .flatMap(({ files }) => files)
      .find((each) => each.name === name);
    const bytes = file && blobs.get(name);
    return file && bytes ? c.body(bytes, 200, { 'content-type': file.mimeType }) : c.notFound();
  });
}

const filesOf = ({ files }: ThreadsPost, kind: 'image' | 'video') => files.filter(({ mimeType }) => mimeType.startsWith(kind));

const emulatedPost = (post: ThreadsPost, url: string): EmulatedPost => ({
  id: post.id,
  url,
  text: post.text,
  createdAt: post.createdAt,
  images: filesOf(post, 'image').map(({ alt, size }) => ({ alt, size })),
  videos: filesOf(post, 'video').map(({ alt, size }) => ({ alt, size })),
  accountId: post.accountId,
  inReplyTo: post.replyTo,
  idempotencyKey: null,
  rkey: null,
});

function feedPost(state: ThreadsState, post: ThreadsPost): FeedPost {
  const username = state.accounts.get(post.accountId)?.username ?? '';
  const shown = (kind: 'image' | 'video') => filesOf(post, kind).map(({ name, alt }) => ({ url: `/files/${name}`, alt }));
  const above = post.replyTo === null ? undefined : state.posts.get(post.replyTo);
  return {
    id: post.id,
    path: pathOf(state, post),
    author: { name: username, handle: `@${username}` },
    label: above ? 'Reply' : '',
    title: '',
    text: post.text,
    images: shown('image'),
    videos: shown('video'),
    lines: [
      ...(post.topic === null ? [] : [`Topic: ${post.topic}`]),
      ...(post.link === null ? [] : [post.link]),
      ...(post.audience === 'everyone' ? [] : [`Who can reply: ${post.audience.replaceAll('_', ' ')}`]),
      ...(above ? [`In reply to: ${above.text}`] : []),
    ],
    comments: [],
    at: post.createdAt,
  };
}
