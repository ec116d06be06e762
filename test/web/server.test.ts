// The web server over real HTTP on loopback: what it says of itself, which port it takes, and that it goes when told to.
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Check } from '../../src/web/checks.ts';
import { ask, useWebs } from './open-web.ts';

const { log, start } = useWebs();
const taken: Server[] = [];

afterEach(() => {
  for (const server of taken.splice(0)) server.close();
});

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  taken.push(server);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

const works = async (): Promise<void> => {};
const fails = (why: string) => (): Promise<void> => Promise.reject(new Error(why));
const needed = (name: string, run: Check['run']): Check => ({ name, isNeeded: true, run });
const helpful = (name: string, run: Check['run']): Check => ({ name, isNeeded: false, run });

describe('the web server', () => {
  it('says that it lives, whatever else is broken', async () => {
    const { url } = await start({ checks: [needed('database', fails('down'))] });
    const response = await ask(`${url}/healthz`);
    expect([response.status, await response.text()]).toEqual([200, 'ok']);
  });

  it('is ready while every check passes, and says what it does', async () => {
    const { url } = await start({ role: 'worker', checks: [needed('database', works), helpful('mongodb', works)] });
    const response = await ask(`${url}/readyz`);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({ ready: true, role: 'worker', checks: { database: 'ok', mongodb: 'ok' } });
  });

  it('names the check that fails, and tells why to the log only', async () => {
    const { url } = await start({ checks: [needed('database', fails('password hunter2 refused')), helpful('jobs', works)] });
    const response = await ask(`${url}/readyz`);
    const body = await response.text();
    expect(response.status).toBe(503);
    expect(JSON.parse(body)).toEqual({ ready: false, role: 'all', checks: { database: 'failing', jobs: 'ok' } });
    expect(body).not.toContain('hunter2');
    expect(log.lines.filter(({ level }) => level === 'warn')).toMatchObject([
      { fields: { check: 'database', err: { message: 'password hunter2 refused' } } },
    ]);
  });

  it('stays ready without a part that it can do without, and shows that it fails', async () => {
    const { url } = await start({ checks: [needed('database', works), helpful('mongodb', fails('away'))] });
    const response = await ask(`${url}/readyz`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ ready: true, checks: { database: 'ok', mongodb: 'failing' } });
  });

  it('is not ready from the moment it leaves on, without asking anybody, and answers everything else', async () => {
    let asked = 0;
    const web = await start({ role: 'web', checks: [needed('database', async () => void asked++)] });
    web.leave();
    const response = await ask(`${web.url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ ready: false, role: 'web', stopping: true, checks: {} });
    expect(asked).toBe(0);
    expect((await ask(`${web.url}/healthz`)).status).toBe(200);
  });

  it('has a first page with the links it was given, as text and not as markup', async () => {
    const { url } = await start({ links: [{ title: 'Posts on <Bluesky>', url: 'http://127.0.0.1:4000/?a="b"' }] });
    const page = await (await ask(url)).text();
    expect(page).toContain('Posts on &lt;Bluesky&gt;');
    expect(page).toContain('href="http://127.0.0.1:4000/?a=&quot;b&quot;"');
    expect((await ask(`${url}/nowhere`)).status).toBe(404);
  });

  it('has the routes it was given, with its own headers, and says of a bug in them only that there is one', async () => {
    const broken = (): never => {
      throw new Error('hunter2');
    };
    const { url } = await start({
      routes: [(app) => app.get('/more', (c) => c.text('more')), (app) => app.get('/broken', broken)],
    });
    const response = await ask(`${url}/more`);
    expect([await response.text(), response.headers.get('x-content-type-options')]).toEqual(['more', 'nosniff']);
    const bug = await ask(`${url}/broken`);
    expect([bug.status, await bug.text()]).toEqual([500, 'Something went wrong in Crier. Its log says what.']);
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
    const posted = await ask(`${url}/slack/events?a=b`, { method: 'POST', body: 'x' });
    expect([posted.status, await posted.text(), posted.headers.get('x-frame-options')]).toEqual([
      202,
      'POST /slack/events?a=b',
      null,
    ]);
    const short = await ask(`${url}/slack`);
    expect([short.status, short.headers.get('location')]).toEqual([302, '/slack/']);
    expect((await ask(`${url}/slackers`)).status).toBe(404);
    expect((await ask(`${url}/healthz`)).headers.get('x-frame-options')).toBe('SAMEORIGIN');
  });

  it('takes the next free port where none is wanted', async () => {
    const [one, two] = [await start(), await start()];
    expect(one.url).not.toBe(two.url);
    expect((await ask(`${two.url}/healthz`)).status).toBe(200);
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
    await expect(ask(`${web.url}/healthz`)).rejects.toThrow();
  });
});
