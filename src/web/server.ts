// The web server: whether Crier lives and is ready, and a page that says where things are. What is checked is handed in, and so are
// parts of others that take all requests below a path.
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { secureHeaders } from 'hono/secure-headers';
import { CrierError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';

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
  /** By name; each resolves where that part works, and is given up after two seconds. */
  checks: Readonly<Record<string, () => Promise<void>>>;
  /** For the first page. */
  links: readonly { title: string; url: string }[];
  mounts: readonly Mount[];
  log: Log;
}

export interface Web {
  /** Where it can be opened in a browser on this machine, without a slash at the end. */
  url: string;
  /** Takes no more requests, lets running ones finish for a moment, then closes their connections. May be called twice. */
  stop: () => Promise<void>;
}

const FIRST_PORT = 3000;
const PORTS_TRIED = 100;
const CHECK_TIMEOUT_MS = 2000;
const STOP_GRACE_MS = 2000;

/** @throws CrierError `invalid-input` naming the port or the address that cannot be used. */
export async function startWeb(options: WebOptions): Promise<Web> {
  const pages = getRequestListener(makeApp(options).fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => {
    const mount = options.mounts.find(({ prefix }) => request.url?.startsWith(prefix));
    return (mount?.listener ?? pages)(request, response);
  });
  const port = await listen(server, options.host, options.port);
  const url = `http://${isEverywhere(options.host) ? 'localhost' : bracketed(options.host)}:${port}`;
  options.log.info({ url }, 'web server is up');
  let stopping: Promise<void> | undefined;
  return {
    url,
    stop: () => {
      stopping ??= stop(server);
      return stopping;
    },
  };
}

function makeApp({ checks, links, log }: WebOptions): Hono {
  const app = new Hono();
  app.use(secureHeaders());
  app.get('/healthz', (context) => context.text('ok'));
  app.get('/readyz', async (context) => {
    const results = await Promise.all(Object.entries(checks).map(([name, check]) => run(name, check, log)));
    const isReady = results.every(({ ok }) => ok);
    return context.json(
      { ready: isReady, checks: Object.fromEntries(results.map(({ name, ok }) => [name, ok ? 'ok' : 'failing'])) },
      isReady ? 200 : 503,
    );
  });
  app.get('/', (context) => context.html(firstPage(links)));
  app.onError((error, context) => {
    log.error({ error, path: context.req.path }, 'a web request hit a bug');
    return context.text('Something went wrong in Crier. Its log says what.', 500);
  });
  return app;
}

/** Why a check fails goes to the log only: the page may be open to others. */
async function run(name: string, check: () => Promise<void>, log: Log): Promise<{ name: string; ok: boolean }> {
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(() => timeout.reject(new Error(`no answer within ${CHECK_TIMEOUT_MS} ms`)), CHECK_TIMEOUT_MS);
  try {
    await Promise.race([check(), timeout.promise]);
    return { name, ok: true };
  } catch (error) {
    log.warn({ error, check: name }, 'not ready');
    return { name, ok: false };
  } finally {
    clearTimeout(timer);
  }
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

async function listen(server: Server, host: string, wanted: number | null): Promise<number> {
  if (wanted !== null) return listenOn(server, host, wanted);
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS_TRIED; port += 1) {
    try {
      return await listenOn(server, host, port);
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }
  return listenOn(server, host, 0);
}

async function listenOn(server: Server, host: string, port: number): Promise<number> {
  server.listen({ host, port });
  try {
    await once(server, 'listening');
  } catch (error) {
    throw unusable(error, host, port) ?? error;
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the web server listens on no port');
  return address.port;
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

const isTaken = (error: unknown): boolean => error instanceof Error && codeOf(error.cause) === 'EADDRINUSE';

/** The system's refusals, in words; null for any other error. */
function unusable(error: unknown, host: string, port: number): CrierError | null {
  const sentence = {
    EADDRINUSE: `Port ${port} on ${host} is in use by another program. Stop that, or set PORT to another one, or leave PORT out to take a free one.`,
    EACCES: `Crier may not listen on port ${port} of ${host}. Set PORT to one above 1023.`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Set HOST to one that it has, such as 127.0.0.1, or 0.0.0.0 for all.`,
    ENOTFOUND: `No address is known for ${host}. Set HOST to one of this machine, such as 127.0.0.1, or 0.0.0.0 for all.`,
  }[String(codeOf(error))];
  return sentence === undefined ? null : new CrierError('invalid-input', sentence, { cause: error });
}

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
