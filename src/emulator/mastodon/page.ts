// The feed, a profile and a single post as pages, in the manner of Mastodon's own.
import { html } from 'hono/html';
import type { EmulatorApp } from '../network.ts';
import { type Html, initialsOf, renderImages, renderPage, renderTime, renderVideos } from '../page.ts';
import { contentHtml, mediaUrl } from './entities.ts';
import type { MastodonState, StoredStatus } from './state.ts';
import { mediaOf } from './statuses.ts';
import { tagsIn } from './text.ts';

export const CSS = `
:root{--ground:#f2f2f7;--card:#fff;--ink:#1b1b22;--dim:#63637a;--line:#dcdce6;--link:#4f46c8;--accent:#6364ff}
@media (prefers-color-scheme:dark){:root{--ground:#0f1015;--card:#181821;--ink:#f4f4f8;--dim:#9d9db4;--line:#2e2e3d;--link:#a9a8ff;--accent:#6364ff}}
.bar .mark{width:16px;height:16px;border-radius:5px;background:var(--accent)}
.head{display:flex;align-items:center;gap:.65rem}
.who{flex:1;min-width:0;line-height:1.25}
.who *{display:block;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.avatar{width:46px;height:46px;border-radius:9px}
time{font-size:.88rem;white-space:nowrap}
.text{margin-top:.6rem}
.text .h-card{color:var(--link)}
.text p{margin:0 0 .8em}
.text p:last-child{margin-bottom:0}
.answers{margin:.5rem 0 0;font-size:.88rem;color:var(--dim)}
.warning{margin:.6rem 0 0;font-weight:600}
.images{border-radius:8px}
.single .text{font-size:1.18rem}
.single .foot{margin-top:.9rem}
`;

export function mountPages(app: EmulatorApp, state: MastodonState, baseUrl: () => string): void {
  const statuses = (): StoredStatus[] => [...state.statuses.values()].reverse();
  const render = (heading: string, body: Html): Html =>
    renderPage({ title: `${heading} · Mastodon, emulated`, css: CSS, body: frame(heading, body) });
  const feed = (list: StoredStatus[]): Html =>
    list.length === 0 ? EMPTY : html`${list.map((status) => renderStatus(state, status, baseUrl(), 'listed'))}`;

  app.get('/', (c) => c.html(render('Live feed', feed(statuses()))));
  app.get('/:acct{@[A-Za-z0-9_]+}', (c) => {
    const account = findByAcct(state, c.req.param('acct'));
    if (!account) return c.html(render('No such account', NOT_FOUND), 404);
    return c.html(render(account.displayName, feed(statuses().filter(({ accountId }) => accountId === account.id))));
  });
  app.get('/tags/:tag', (c) => {
    const tag = c.req.param('tag').toLowerCase();
    return c.html(render(`#${tag}`, feed(statuses().filter(({ text }) => tagsIn(text).includes(tag)))));
  });
  app.get('/:acct{@[A-Za-z0-9_]+}/:id{[0-9]+}', (c) => {
    const account = findByAcct(state, c.req.param('acct'));
    const status = state.statuses.get(c.req.param('id'));
    if (!account || status?.accountId !== account.id) return c.html(render('Post not found', NOT_FOUND), 404);
    const thread = threadOf(statuses().reverse(), status);
    return c.html(
      render(
        thread.length > 1 ? 'Thread' : 'Post',
        html`${thread.map((each) => renderStatus(state, each, baseUrl(), each === status ? 'single' : 'listed'))}`,
      ),
    );
  });
}

/** What a status answers, and what answers it, oldest first. */
function threadOf(oldestFirst: readonly StoredStatus[], status: StoredStatus): StoredStatus[] {
  const byId = new Map(oldestFirst.map((each) => [each.id, each]));
  const rootOf = (each: StoredStatus): string => {
    const above = byId.get(each.inReplyToId ?? '');
    return above ? rootOf(above) : each.id;
  };
  const root = rootOf(status);
  return oldestFirst.filter((each) => rootOf(each) === root);
}

function replyLink(state: MastodonState, id: string): Html {
  const answered = state.statuses.get(id);
  const account = answered && state.accounts.get(answered.accountId);
  return account
    ? html`In reply to <a href="/@${account.username}/${id}">@${account.username}</a>`
    : html`In reply to a post that is gone`;
}

const findByAcct = (state: MastodonState, acct: string) =>
  [...state.accounts.values()].find(({ username }) => `@${username}` === acct.toLowerCase());

const EMPTY = html`<p class="empty">No posts yet.<br />What Crier publishes to <code>mastodon</code> shows up here.</p>`;
const NOT_FOUND = html`<p class="empty">There is no such thing here. <a href="/">Back to the feed</a></p>`;

export const frame = (heading: string, body: Html): Html =>
  html`<div class="column">
    <header class="bar"><a href="/" class="mark" aria-label="Home"></a><h1>${heading}</h1><span class="note">Mastodon, emulated by Crier.<br />Nothing leaves this machine.</span></header>
    <main>${body}</main>
  </div>`;

function renderStatus(state: MastodonState, status: StoredStatus, baseUrl: string, form: 'listed' | 'single'): Html {
  const account = state.accounts.get(status.accountId);
  if (!account) return html``;
  const { username, displayName } = account;
  const shown = (type: string) =>
    mediaOf(state, status, baseUrl)
      .filter((media) => media.type === type)
      .map(({ id, description }) => ({ url: mediaUrl(baseUrl, id), alt: description ?? '' }));
  const time = html`<a href="/@${username}/${status.id}">${renderTime(status.createdAt)}</a>`;
  return html`<article class="${form}">
    <div class="head">
      <span class="avatar" aria-hidden="true">${initialsOf(displayName)}</span>
      <span class="who"><a class="name" href="/@${username}">${displayName}</a><span class="handle">@${username}@${new URL(baseUrl).host}</span></span>
      ${form === 'listed' ? time : ''}
    </div>
    ${status.inReplyToId === null ? '' : html`<p class="answers">${replyLink(state, status.inReplyToId)}</p>`}
    ${status.spoilerText === '' ? '' : html`<p class="warning">${status.spoilerText}</p>`}
    <div class="text">${contentHtml(status.text, baseUrl)}</div>
    ${renderImages(shown('image'))}${renderVideos(shown('video'))}${form === 'single' ? html`<div class="foot">${time}</div>` : ''}
  </article>`;
}
