// The web server: whether Crier lives and is ready, and a page that says where things are. What is checked is handed in, and so are
// further routes, and parts of others that take all requests below a path.
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { secureHeaders } from 'hono/secure-headers';
import type { ProcessRole } from '../core/operations.ts';
import type { Log } from '../core/ports.ts';
import type { Checks } from './checks.ts';
import { listen } from './listen.ts';

/** Takes every request whose path begins with `prefix`, with its own answers, headers and limits. */
export interface Mount {
  /** `/slack/`, with a slash at both ends. */
  prefix: string;
  listener: RequestListener;
}

export interface WebOptions {
  host: string;
  /** Null: the first free one from 3000 on. */
  port: number | null;
  role: ProcessRole;
  /** Where a needed one fails, the process is not ready. */
  checks: Checks;
  /** For the first page. */
  links: readonly { title: string; url: string }[];
  routes: readonly ((app: Hono) => void)[];
  mounts: readonly Mount[];
  log: Log;
}

export interface Web {
  /** Where it can be opened in a browser on this machine, without a slash at the end. */
  url: string;
  /** From now on `/readyz` says no, at once, so that requests are sent elsewhere; all else is still answered. */
  leave: () => void;
  /** Leaves, takes no more requests, lets running ones finish for a moment, then closes their connections. May be called twice. */
  stop: () => Promise<void>;
}

const STOP_GRACE_MS = 2000;

/** @throws CrierError `invalid-input` naming the port or the address that cannot be used. */
export async function startWeb(options: WebOptions): Promise<Web> {
  let isLeaving = false;
  const pages = getRequestListener(makeApp(options, () => isLeaving).fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => {
    const mount = options.mounts.find(({ prefix }) => request.url?.startsWith(prefix));
    return (mount?.listener ?? pages)(request, response);
  });
  const port = await listen(server, options.host, options.port);
  const url = `http://${isEverywhere(options.host) ? 'localhost' : bracketed(options.host)}:${port}`;
  options.log.info({ url }, 'web server is up');
  const leave = (): void => {
    isLeaving = true;
  };
  let stopping: Promise<void> | undefined;
  return {
    url,
    leave,
    stop: () => {
      leave();
      stopping ??= stop(server);
      return stopping;
    },
  };
}

function makeApp({ role, checks, links, routes, mounts, log }: WebOptions, isLeaving: () => boolean): Hono {
  const app = new Hono();
  app.use(secureHeaders());
  app.get('/healthz', (context) => context.text('ok'));
  app.get('/readyz', async (context) => {
    context.header('Cache-Control', 'no-store');
    if (isLeaving()) return context.json({ ready: false, role, stopping: true, checks: {} }, 503);
    const results = await checks.run();
    const isReady = results.every(({ state, isNeeded }) => state === 'ok' || !isNeeded);
    const states = Object.fromEntries(results.map(({ name, state }) => [name, state]));
    return context.json({ ready: isReady, role, checks: states }, isReady ? 200 : 503);
  });
  app.get('/', (context) => context.html(firstPage(links)));
  for (const { prefix } of mounts) app.get(prefix.slice(0, -1), (context) => context.redirect(prefix));
  for (const addTo of routes) addTo(app);
  app.onError((error, context) => {
    log.error({ err: error, path: context.req.path }, 'a web request hit a bug');
    return context.text('Something went wrong in Crier. Its log says what.', 500);
  });
  return app;
}

const firstPage = (links: WebOptions['links']) => html`<!doctype html>
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>Crier</title>
    </head>
    <body>
      <h1>Crier</h1>
      <p>Crier is running. Posts are scheduled from your chat; this is where you can look.</p>
      <ul>
        ${links.map((link) => html`<li><a href="${link.url}">${link.title}</a></li>`)}
        <li><a href="/readyz">Whether everything works</a></li>
      </ul>
    </body>
  </html>`;

const isEverywhere = (host: string): boolean => ['0.0.0.0', '::', ''].includes(host);
const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), STOP_GRACE_MS);
  await closed;
  clearTimeout(timer);
}
