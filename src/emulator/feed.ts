// The pages of an emulated network that has no look of its own to care for: its feed, and a page per post at the address the network gives.
// What a post shows, the network's folder says.
import { html } from 'hono/html';
import type { EmulatorApp } from './network.ts';
import { type Html, initialsOf, type PageFile, renderImages, renderPage, renderTime, renderVideos } from './page.ts';

export interface FeedPost {
  id: string;
  /** Path of its page on this network. */
  path: string;
  author: { name: string; handle: string };
  /** What it is where it is not a plain post: `Reel`, `Story`, `Private`; '' else. */
  label: string;
  /** Above the text; '' for none. */
  title: string;
  text: string;
  images: readonly PageFile[];
  videos: readonly PageFile[];
  /** Further lines below, such as a link's card. */
  lines: readonly string[];
  comments: readonly { author: string; text: string }[];
  /** ISO 8601. */
  at: string;
}

export interface Feed {
  app: EmulatorApp;
  /** `LinkedIn`. */
  network: string;
  /** Its id, for the sentence of the empty feed. */
  platform: string;
  /** The network's colour, `#0a66c2`. */
  accent: string;
  /** Oldest first. */
  posts: () => readonly FeedPost[];
}

/** Neutral grounds with the network's own accent, light and dark. */
export const cssFor = (accent: string): string => `
:root{--ground:#f3f4f6;--card:#fff;--ink:#14161a;--dim:#5f6773;--line:#dde1e7;--link:${accent};--accent:${accent}}
@media (prefers-color-scheme:dark){:root{--ground:#0e1013;--card:#17191e;--ink:#f2f3f5;--dim:#9aa3b0;--line:#2a2f37;--link:color-mix(in srgb,${accent} 55%,white);--accent:${accent}}}
.bar .mark{width:15px;height:15px;border-radius:4px;background:var(--accent)}
.head{display:flex;align-items:center;gap:.65rem}
.who{flex:1;min-width:0;line-height:1.25}
.who *{display:block;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.avatar{width:44px;height:44px;border-radius:50%}
time{font-size:.88rem;white-space:nowrap}
.label{padding:1px 8px;border:1px solid var(--line);border-radius:9px;color:var(--dim);font-size:.78rem}
.title{margin:.7rem 0 0;font-size:1.1rem;font-weight:700;overflow-wrap:anywhere}
.text{margin-top:.6rem;white-space:pre-wrap}
.images{border-radius:10px}
.line{margin:.5rem 0 0;padding:.5rem .7rem;border:1px solid var(--line);border-radius:8px;color:var(--dim);font-size:.9rem;overflow-wrap:anywhere}
.comments{margin-top:.8rem;padding-left:.8rem;border-left:3px solid var(--line);font-size:.95rem}
.comments p{margin:.3rem 0;overflow-wrap:anywhere}
`;

/** Routes for `/` and for each post's path; mount it after the network's API, since it answers every other GET. */
export function mountFeed({ app, network, platform, accent, posts }: Feed): void {
  const render = (heading: string, body: Html) =>
    renderPage({ title: `${heading} · ${network}, emulated`, css: cssFor(accent), body: frame(network, heading, body) });
  const empty = html`<p class="empty">No posts yet.<br />What Crier publishes to <code>${platform}</code> shows up here.</p>`;

  app.get('/', (c) => {
    const newest = [...posts()].reverse();
    return c.html(render('Feed', newest.length === 0 ? empty : html`${newest.map(renderPost)}`));
  });
  app.get('*', async (c, next) => {
    const path = `${c.req.path}${new URL(c.req.url).search}`;
    const post = posts().find((each) => each.path === path || each.path === c.req.path);
    if (!post) return next();
    return c.html(render('Post', renderPost(post)));
  });
}

const frame = (network: string, heading: string, body: Html): Html =>
  html`<div class="column">
    <header class="bar"><a href="/" class="mark" aria-label="Home"></a><h1>${heading}</h1><span class="note">${network}, emulated by Crier.<br />Nothing leaves this machine.</span></header>
    <main>${body}</main>
  </div>`;

/** A post by itself, for whoever shows several networks' posts together too. */
export const renderPost = (post: FeedPost): Html => html`<article>
  <div class="head">
    <span class="avatar" aria-hidden="true">${initialsOf(post.author.name)}</span>
    <span class="who"><span class="name">${post.author.name}</span><span class="handle">${post.author.handle}</span></span>
    ${post.label === '' ? '' : html`<span class="label">${post.label}</span>`}
    <a href="${post.path}">${renderTime(post.at)}</a>
  </div>
  ${post.title === '' ? '' : html`<p class="title">${post.title}</p>`}
  ${post.text === '' ? '' : html`<div class="text">${post.text}</div>`}
  ${renderImages(post.images)}${renderVideos(post.videos)}
  ${post.lines.map((line) => html`<p class="line">${line}</p>`)}
  ${post.comments.length === 0 ? '' : html`<div class="comments">${post.comments.map(({ author, text }) => html`<p><strong>${author}</strong> ${text}</p>`)}</div>`}
</article>`;
