// What people see of the emulated TikTok: the feed, a page per post, an account's own page with its drafts, and the files.
import type { Context } from 'hono';
import { html } from 'hono/html';
import { cssFor, type FeedPost, mountFeed, renderPost } from '../feed.ts';
import type { EmulatorApp } from '../network.ts';
import { renderPage } from '../page.ts';
import { shown, type Task, type TikTokState } from './state.ts';

export const ACCENT = '#fe2c55';
const LABELS: Readonly<Record<string, string>> = {
  MUTUAL_FOLLOW_FRIENDS: 'Friends',
  FOLLOWER_OF_CREATOR: 'Followers',
  SELF_ONLY: 'Only me',
};

export function mountPages(app: EmulatorApp, state: TikTokState): void {
  app.get('/file/:name', (c) => {
    const name = c.req.param('name');
    const file = shown(state)
      .flatMap(({ files }) => files)
      .find((each) => each.name === name);
    const bytes = file && state.tables.blobs.get(name);
    if (!file || !bytes) return c.notFound();
    return c.body(bytes, 200, { 'content-type': file.mimeType, 'x-content-type-options': 'nosniff' });
  });
  app.get('/:handle{@[a-z0-9]+}', (c) => profile(c, state));
  mountFeed({ app, network: 'TikTok', platform: 'tiktok', accent: ACCENT, posts: () => feedOf(state) });
}

/** With what only the account itself sees, as if it looked at its own page. */
function profile(c: Context, state: TikTokState) {
  const handle = c.req.path.slice(1);
  const account = state.accounts.all().find(({ username }) => `@${username}` === handle);
  if (!account) return c.notFound();
  const own = feedOf(state)
    .filter(({ author }) => author.handle === handle)
    .reverse();
  const none = html`<p class="empty">No posts yet.</p>`;
  const body = html`<div class="column">
    <header class="bar"><a href="/" class="mark" aria-label="Home"></a><h1>${account.name}</h1><span class="note">TikTok, emulated by Crier.<br />Nothing leaves this machine.</span></header>
    <main>${own.length === 0 ? none : own.map(renderPost)}</main>
  </div>`;
  return c.html(renderPage({ title: `${account.name} · TikTok, emulated`, css: cssFor(ACCENT), body }));
}

const nameOf = ({ accounts }: TikTokState, { accountId }: Task): string => accounts.get(accountId)?.username ?? '';

/** Drafts have none of their own: they are on the account's page. */
export function pathOf(state: TikTokState, task: Task): string {
  const profilePath = `/@${nameOf(state, task)}`;
  return task.postId === null ? profilePath : `${profilePath}/${task.kind === 'photos' ? 'photo' : 'video'}/${task.postId}`;
}

const feedOf = (state: TikTokState): FeedPost[] =>
  shown(state).map((task) => {
    const files = task.files.map(({ name }) => ({ url: `/file/${name}`, alt: '' }));
    return {
      id: task.id,
      path: pathOf(state, task),
      author: { name: state.accounts.get(task.accountId)?.name ?? '', handle: `@${nameOf(state, task)}` },
      label: task.isForInbox ? 'Draft in the inbox' : (LABELS[task.privacy] ?? ''),
      title: task.title,
      text: task.text,
      images: task.kind === 'photos' ? files : [],
      videos: task.kind === 'video' ? files : [],
      lines: [],
      comments: [],
      at: task.postedAt,
    };
  });
