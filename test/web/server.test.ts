// The web server over real HTTP on loopback: what it says of itself, which port it takes, and that it goes when told to.
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { Agent, fetch, type Response } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { startWeb, type Web, type WebOptions } from '../../src/web/server.ts';

const warnings: object[] = [];
const log = { debug: () => {}, info: () => {}, warn: (fields: object) => warnings.push(fields), error: () => {} };

/** One connection per request: the next test's server may get the port of the one before. */
const oneByOne = new Agent({ pipelining: 0 });
const get = (url: string): Promise<Response> => fetch(url, { dispatcher: oneByOne });

const started: Web[] = [];
const taken: Server[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((web) => web.stop()));
  for (const server of taken.splice(0)) server.close();
  warnings.length = 0;
});

async function start(options: Partial<WebOptions> = {}): Promise<Web> {
  const web = await startWeb({ host: '127.0.0.1', port: null, checks: {}, links: [], mounts: [], log, ...options });
  started.push(web);
  return web;
}

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  taken.push(server);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

const works = async (): Promise<void> => {};

describe('the web server', () => {
  it('says that it lives, whatever else is broken', async () => {
    const { url } = await start({ checks: { database: () => Promise.reject(new Error('down')) } });
    const response = await get(`${url}/healthz`);
    expect([response.status, await response.text()]).toEqual([200, 'ok']);
  });

  it('is ready while every check passes', async () => {
    const { url } = await start({ checks: { database: works, jobs: works } });
    const response = await get(`${url}/readyz`);
    expect([response.status, await response.json()]).toEqual([200, { ready: true, checks: { database: 'ok', jobs: 'ok' } }]);
  });

  it('names the check that fails, and tells why to the log only', async () => {
    const { url } = await start({
      checks: { database: () => Promise.reject(new Error('password hunter2 refused')), jobs: works },
    });
    const response = await get(`${url}/readyz`);
    const body = await response.text();
    expect(response.status).toBe(503);
    expect(JSON.parse(body)).toEqual({ ready: false, checks: { database: 'failing', jobs: 'ok' } });
    expect(body).not.toContain('hunter2');
    expect(warnings).toMatchObject([{ check: 'database', error: { message: 'password hunter2 refused' } }]);
  });

  it('does not wait for a check that hangs', async () => {
    const { url } = await start({ checks: { database: () => new Promise(() => {}) } });
    expect((await get(`${url}/readyz`)).status).toBe(503);
  });

  it('has a first page with the links it was given, as text and not as markup', async () => {
    const { url } = await start({ links: [{ title: 'Posts on <Bluesky>', url: 'http://127.0.0.1:4000/?a="b"' }] });
    const page = await (await get(url)).text();
    expect(page).toContain('Posts on &lt;Bluesky&gt;');
    expect(page).toContain('href="http://127.0.0.1:4000/?a=&quot;b&quot;"');
    expect((await get(`${url}/nowhere`)).status).toBe(404);
  });

  it('gives every request below a mounted path to its listener, untouched, and keeps the others', async () => {
    const { url } = await start({
      mounts: [
        {
          prefix: '/slack/',
          listener: (request, response) => {
            response.writeHead(202).end(`${request.method} ${request.url}`);
          },
        },
      ],
    });
    const posted = await fetch(`${url}/slack/events?a=b`, { method: 'POST', body: 'x', dispatcher: oneByOne });
    expect([posted.status, await posted.text(), posted.headers.get('x-frame-options')]).toEqual([
      202,
      'POST /slack/events?a=b',
      null,
    ]);
    expect((await get(`${url}/slackers`)).status).toBe(404);
    expect((await get(`${url}/healthz`)).headers.get('x-frame-options')).toBe('SAMEORIGIN');
  });

  it('takes the next free port where none is wanted', async () => {
    const [one, two] = [await start(), await start()];
    expect(one.url).not.toBe(two.url);
    expect((await get(`${two.url}/healthz`)).status).toBe(200);
  });

  it('names a wanted port that is taken', async () => {
    const port = await takenPort();
    await expect(start({ port })).rejects.toMatchObject({
      kind: 'invalid-input',
      userMessage: expect.stringContaining(`Port ${port}`),
    });
  });

  it('names an address that this machine does not have', async () => {
    await expect(start({ host: '192.0.2.1' })).rejects.toMatchObject({
      userMessage: expect.stringContaining('no address 192.0.2.1'),
    });
  });

  it('stops although a browser keeps its connection open', async () => {
    const web = await start();
    const socket = connect(Number(new URL(web.url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(socket, 'data');
    const closed = once(socket, 'close');
    await Promise.all([web.stop(), web.stop()]);
    await closed;
    await expect(get(`${web.url}/healthz`)).rejects.toThrow();
  });
});
