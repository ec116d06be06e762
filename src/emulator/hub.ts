// One page that shows the feeds of all emulated networks side by side, each as its own page shows it. It has nothing of its own.
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Log } from '../core/ports.ts';
import { renderPage } from './page.ts';
import { listen } from './server.ts';

export interface Hub {
  /** Base URL without a trailing slash. */
  url: string;
  stop: () => Promise<void>;
}

export interface HubOptions {
  host: string;
  /** 0: any free one. */
  port: number;
  log: Log;
  /** By id, in the order they are shown. */
  networks: () => Readonly<Record<string, { url: string; posts: () => readonly unknown[] }>>;
}

const CSS = `
:root{--ground:#eceef2;--card:#fff;--ink:#16181d;--dim:#5d6573;--line:#d6dae2;--link:#3556c4;--accent:#3556c4}
@media (prefers-color-scheme:dark){:root{--ground:#0b0d10;--card:#15181d;--ink:#f1f2f5;--dim:#98a1ae;--line:#2a2f38;--link:#93abff;--accent:#4a69d9}}
.bar{border-bottom:1px solid var(--line)}
.feeds{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,23rem),1fr));gap:14px;padding:14px}
section{display:flex;flex-direction:column;overflow:hidden;border:1px solid var(--line);border-radius:12px;background:var(--card)}
h2{display:flex;justify-content:space-between;margin:0;padding:.6rem .9rem;border-bottom:1px solid var(--line);font-size:.95rem}
h2 span{color:var(--dim);font-weight:400}
iframe{width:100%;height:34rem;border:0;background:var(--card)}
`;

export async function startHub({ host, port, log, networks }: HubOptions): Promise<Hub> {
  const app = new Hono();
  app.get('/', (c) => c.html(renderHub(networks())));
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  const url = `http://${host}:${await listen(server, host, port, 'all networks', log)}`;
  return {
    url,
    stop: async () => {
      const closed = new Promise<void>((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
      server.closeAllConnections();
      await closed;
    },
  };
}

const renderHub = (networks: ReturnType<HubOptions['networks']>) =>
  renderPage({
    title: 'All networks, emulated',
    css: CSS,
    body: html`<header class="bar"><h1>All networks, emulated by Crier</h1><span class="note">Nothing leaves this machine.</span></header>
      <main class="feeds">${Object.entries(networks).map(([id, { url, posts }]) => renderNetwork(id, url, posts().length))}</main>`,
  });

const renderNetwork = (id: string, url: string, count: number) => html`<section>
  <h2><a href="${url}/">${id}</a><span>${count === 1 ? '1 post' : `${count} posts`}</span></h2>
  <iframe src="${url}/" title="The feed of ${id}" loading="lazy"></iframe>
</section>`;
