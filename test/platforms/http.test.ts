import type { RequestListener } from 'node:http';
import type { LookupFunction } from 'node:net';
import { createRestAPIClient } from 'masto';
import { afterEach, describe, expect, it } from 'vitest';
import { createAddressGuard, isPublicAddress } from '../../src/platforms/address-guard.ts';
import { classifyTransport } from '../../src/platforms/failures.ts';
import { type HttpOptions, openHttp, through } from '../../src/platforms/http.ts';
import { type LocalServer, serveLocally } from '../support/local-server.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function serve(listener: RequestListener): Promise<LocalServer> {
  const server = await serveLocally(listener);
  closers.push(server.close);
  return server;
}

function open(options: Partial<HttpOptions> = {}) {
  const http = openHttp({ allowPrivateHosts: [], timeoutMs: 5000, ...options });
  closers.push(http.close);
  return http;
}

const sayHello: RequestListener = (_, response) =>
  void response.setHeader('content-type', 'application/json').end('{"hello":true}');
const resolveTo = (addresses: string[]): { lookup: LookupFunction; asked: () => number } => {
  let asked = 0;
  return {
    asked: () => asked,
    lookup: (_, __, callback) => {
      const address = addresses[Math.min(asked, addresses.length - 1)] ?? '';
      asked += 1;
      callback(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
    },
  };
};

describe('which addresses are public', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '100.100.100.200',
    '168.63.129.16',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '198.18.0.1',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    'fe80::1',
    'fd00:ec2::254',
    'fec0::1',
    'ff02::1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'not an address',
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['1.1.1.1', '93.184.215.14', '::ffff:1.1.1.1', '2606:4700:4700::1111'])('%s is', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('what an operator allows', () => {
  it.each([
    [['mastodon.lan'], 'mastodon.lan', 443, '10.0.0.5', true],
    [['mastodon.lan:8443'], 'mastodon.lan', 8443, '10.0.0.5', true],
    [['mastodon.lan:8443'], 'mastodon.lan', 443, '10.0.0.5', false],
    [['other.lan'], 'mastodon.lan', 443, '10.0.0.5', false],
    [['10.0.0.0/8'], 'mastodon.lan', 443, '10.0.0.5', true],
    [['10.0.0.0/8'], 'mastodon.lan', 443, '::ffff:10.0.0.5', true],
    [['10.0.0.0/8'], 'mastodon.lan', 443, '192.168.0.1', false],
    [['10.0.0.5:3000'], 'mastodon.lan', 3000, '10.0.0.5', true],
    [['::1'], '::1', 80, '::1', true],
    [['[::1]:3000'], '::1', 3000, '::1', true],
    [['[::1]:3000'], '::1', 80, '::1', false],
    [['fd00::/8'], 'pds.lan', 443, 'fd12::1', true],
    [[' MASTODON.lan ', ''], 'mastodon.lan', 443, '10.0.0.5', true],
    [[], 'example.com', 443, '1.1.1.1', true],
  ])('%j lets %s:%i at %s: %s', (allowed, hostname, port, address, allows) => {
    expect(createAddressGuard(allowed).allows({ hostname, port }, address)).toBe(allows);
  });
});

describe('requests to the outside', () => {
  it('refuses a private address and names the setting that allows it', async () => {
    const { port, seen } = await serve(sayHello);
    await expect(open().fetch(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
      kind: 'invalid-input',
      userMessage: expect.stringMatching(new RegExp(`127\\.0\\.0\\.1:${port}.*CRIER_ALLOW_PRIVATE_HOSTS`)),
    });
    expect(seen()).toBe(0);
  });

  it.each(['127.1', '0x7f000001', '2130706433', '[::ffff:127.0.0.1]'])('refuses %s, another way to write it', async (host) => {
    const { port, seen } = await serve(sayHello);
    await expect(open().fetch(`http://${host}:${port}/`)).rejects.toMatchObject({ kind: 'invalid-input' });
    expect(seen()).toBe(0);
  });

  it('refuses a name that resolves to a private address', async () => {
    const { port, seen } = await serve(sayHello);
    await expect(open().fetch(`http://localhost:${port}/`)).rejects.toMatchObject({ kind: 'invalid-input' });
    expect(seen()).toBe(0);
  });

  it.each([
    ['host and port', (port: number) => `127.0.0.1:${port}`],
    ['host', () => '127.0.0.1'],
    ['range', () => '127.0.0.0/8'],
  ])('reaches a private host that is allowed by %s', async (_, allow) => {
    const { port } = await serve(sayHello);
    const response = await open({ allowPrivateHosts: [allow(port)] }).fetch(`http://127.0.0.1:${port}/`);
    expect(await response.json()).toEqual({ hello: true });
  });

  it('refuses a redirect from an allowed host to one that is not', async () => {
    const secret = await serve(sayHello);
    const { port } = await serve(
      (_, response) => void response.writeHead(302, { location: `http://127.0.0.1:${secret.port}/` }).end(),
    );
    const http = open({ allowPrivateHosts: [`127.0.0.1:${port}`] });
    await expect(http.fetch(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ kind: 'invalid-input' });
    expect(secret.seen()).toBe(0);
  });

  it('connects to the address it checked: a name that changes its mind is asked once per connection', async () => {
    const { port, seen } = await serve(sayHello);
    const changing = resolveTo(['127.0.0.1', '10.255.255.1']);
    const http = open({ allowPrivateHosts: ['127.0.0.0/8'], lookup: changing.lookup });
    const response = await http.fetch(`http://rebinding.example:${port}/`);
    expect(response.status).toBe(200);
    expect([changing.asked(), seen()]).toEqual([1, 1]);
  });

  it('asks anew for the next connection, and refuses what it became', async () => {
    const { port, seen } = await serve((_, response) => void response.setHeader('connection', 'close').end('{}'));
    const changing = resolveTo(['127.0.0.2', '127.0.0.1']);
    const http = open({ allowPrivateHosts: ['127.0.0.2'], lookup: changing.lookup });
    await expect(http.fetch(`http://rebinding.example:${port}/`)).rejects.toThrow();
    await expect(http.fetch(`http://rebinding.example:${port}/`)).rejects.toMatchObject({ kind: 'invalid-input' });
    expect(seen()).toBe(0);
  });

  it('gives up after its time, even in the middle of a body', async () => {
    const { port } = await serve((_, response) => void response.write('{'));
    const http = open({ allowPrivateHosts: ['127.0.0.1'], timeoutMs: 200 });
    const read = async () => (await http.fetch(`http://127.0.0.1:${port}/`)).text();
    const failure = await read().then(
      () => null,
      (error: unknown) => classifyTransport('X', error),
    );
    expect(failure).toMatchObject({ kind: 'outcome-unknown', userMessage: expect.stringContaining('in time') });
  });

  it('stops when it is told to, by the signal of a Request too', async () => {
    const { port } = await serve(() => undefined);
    const http = open({ allowPrivateHosts: ['127.0.0.1'] });
    const stop = AbortSignal.abort(new Error('enough'));
    await expect(http.fetch(`http://127.0.0.1:${port}/`, { signal: stop })).rejects.toThrow('enough');
    await expect(http.fetch(new Request(`http://127.0.0.1:${port}/`, { signal: stop }))).rejects.toThrow();
  });

  it('guards clients that make their own requests with its dispatcher', async () => {
    const { port, seen } = await serve(sayHello);
    const url = `http://127.0.0.1:${port}`;
    const ask = (allowPrivateHosts: string[]) =>
      createRestAPIClient({ url, requestInit: through(open({ allowPrivateHosts }).dispatcher, {}) }).v2.instance.fetch();
    const refused = await ask([]).then(
      () => null,
      (error: unknown) => classifyTransport('Mastodon', error),
    );
    expect(refused?.kind).toBe('invalid-input');
    expect(seen()).toBe(0);
    expect(await ask(['127.0.0.1'])).toEqual({ hello: true });
  });
});
