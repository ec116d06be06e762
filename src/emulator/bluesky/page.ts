// The feed, a profile and a single post as pages, in the manner of Bluesky's own.
import { AppBskyRichtextFacet, RichText, type RichTextSegment } from '@atproto/api';
import { html } from 'hono/html';
import type { EmulatorApp } from '../network.ts';
import { type Html, initialsOf, renderImages, renderPage, renderTime, renderVideos } from '../page.ts';
import { blobUrl } from './app-routes.ts';
import { imagesOf, POST, type PostFile, readPost, videosOf } from './records.ts';
import { type BlueskyState, recordUri, type StoredRecord } from './state.ts';

const CSS = `
:root{--ground:#f3f5f8;--card:#fff;--ink:#0b0f14;--dim:#5c6b7f;--line:#dfe5ec;--link:#0a66d6;--accent:#1083fe}
@media (prefers-color-scheme:dark){:root{--ground:#0c1219;--card:#161e27;--ink:#f1f3f5;--dim:#93a5b7;--line:#2b3847;--link:#5fb0ff;--accent:#1a78e0}}
.bar .mark{width:14px;height:14px;border-radius:50%;background:var(--accent)}
article{display:flex;gap:.75rem}
.avatar{width:42px;height:42px;border-radius:50%}
.main{flex:1;min-width:0}
.head{display:flex;flex-wrap:wrap;gap:0 .4rem;font-size:.95rem}
.text{white-space:pre-wrap}
.answers{font-size:.88rem;color:var(--dim)}
.images{border-radius:12px}
.single .text{font-size:1.25rem;margin-top:.3rem}
.single time{display:block;margin-top:.8rem;font-size:.9rem}
`;

export function mountPages(app: EmulatorApp, state: BlueskyState, baseUrl: () => string): void {
  const posts = (): StoredRecord[] => [...state.records.values()].filter(({ collection }) => collection === POST).reverse();
  const render = (heading: string, body: Html): Html =>
    renderPage({ title: `${heading} · Bluesky, emulated`, css: CSS, body: frame(heading, body) });
  const feed = (records: StoredRecord[]): Html =>
    records.length === 0 ? EMPTY : html`${records.map((record) => renderPost(state, record, baseUrl(), 'listed'))}`;

  app.get('/', (c) => c.html(render('Following', feed(posts()))));
  app.get('/profile/:actor', (c) => {
    const account = state.findAccount(c.req.param('actor'));
    if (!account) return c.html(render('Profile not found', NOT_FOUND), 404);
    return c.html(render(account.displayName, feed(posts().filter(({ did }) => did === account.did))));
  });
  app.get('/hashtag/:tag', (c) => {
    const tag = c.req.param('tag').toLowerCase();
    const tagged = posts().filter(({ value }) =>
      readPost(value)?.facets?.some(({ features }) => features.some((feature) => hasTag(feature, tag))),
    );
    return c.html(render(`#${tag}`, feed(tagged)));
  });
  app.get('/profile/:actor/post/:rkey', (c) => {
    const account = state.findAccount(c.req.param('actor'));
    const record = account && state.records.get(recordUri(account.did, POST, c.req.param('rkey')));
    if (!record) return c.html(render('Post not found', NOT_FOUND), 404);
    const thread = threadOf(posts().reverse(), record);
    return c.html(
      render(
        thread.length > 1 ? 'Thread' : 'Post',
        html`${thread.map((each) => renderPost(state, each, baseUrl(), each === record ? 'single' : 'listed'))}`,
      ),
    );
  });
}

/** The posts of a record's thread, oldest first. */
function threadOf(oldestFirst: readonly StoredRecord[], record: StoredRecord): StoredRecord[] {
  const rootOf = (each: StoredRecord): string => readPost(each.value)?.reply?.root.uri ?? each.uri;
  return oldestFirst.filter((each) => rootOf(each) === rootOf(record));
}

const hasTag = (feature: AppBskyRichtextFacet.Main['features'][number], tag: string): boolean =>
  AppBskyRichtextFacet.isTag(feature) && feature.tag.toLowerCase() === tag;

const EMPTY = html`<p class="empty">No posts yet.<br />What Crier publishes to <code>bluesky</code> shows up here.</p>`;
const NOT_FOUND = html`<p class="empty">There is no such thing here. <a href="/">Back to the feed</a></p>`;

const frame = (heading: string, body: Html): Html =>
  html`<div class="column">
    <header class="bar"><a href="/" class="mark" aria-label="Home"></a><h1>${heading}</h1><span class="note">Bluesky, emulated by Crier.<br />Nothing leaves this machine.</span></header>
    <main>${body}</main>
  </div>`;

function renderPost(state: BlueskyState, record: StoredRecord, baseUrl: string, form: 'listed' | 'single'): Html {
  const account = state.findAccount(record.did);
  const post = readPost(record.value);
  if (!account || !post) return html``;
  const { handle, displayName } = account;
  const time = html`<a href="/profile/${handle}/post/${record.rkey}">${renderTime(record.indexedAt)}</a>`;
  const shown = ({ cid, alt }: PostFile) => ({ url: blobUrl(baseUrl, record.did, cid), alt });
  const segments = [...new RichText({ text: post.text, ...(post.facets ? { facets: post.facets } : {}) }).segments()];
  return html`<article class="${form}">
    <span class="avatar" aria-hidden="true">${initialsOf(displayName)}</span>
    <div class="main">
      <div class="head"><a class="name" href="/profile/${handle}">${displayName}</a> <span class="handle">@${handle}</span>${form === 'listed' ? html` <span class="handle">· ${time}</span>` : ''}</div>
      ${post.reply ? html`<div class="answers">${replyLink(state, post.reply.parent.uri)}</div>` : ''}
      <div class="text">${segments.map(renderSegment)}</div>
      ${renderImages(imagesOf(post).map(shown))}${renderVideos(videosOf(post).map(shown))}${form === 'single' ? time : ''}
    </div>
  </article>`;
}

function replyLink(state: BlueskyState, uri: string): Html {
  const answered = state.records.get(uri);
  const account = answered && state.findAccount(answered.did);
  if (!answered || !account) return html`Reply to a post that is gone`;
  return html`Reply to <a href="/profile/${account.handle}/post/${answered.rkey}">@${account.handle}</a>`;
}

function renderSegment(segment: RichTextSegment): Html {
  const { text, link, mention, tag } = segment;
  // A facet's address is the client's: only what a browser opens as a page becomes a link.
  if (link && /^https?:\/\//i.test(link.uri)) return html`<a href="${link.uri}" rel="nofollow noopener">${text}</a>`;
  if (mention) return html`<a href="/profile/${mention.did}">${text}</a>`;
  if (tag) return html`<a href="/hashtag/${encodeURIComponent(tag.tag)}">${text}</a>`;
  return html`${text}`;
}
