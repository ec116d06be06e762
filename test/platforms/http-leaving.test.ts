// The last question before a request leaves: asked when its connection stands, and a refusal lets nothing out.
import { lookup } from 'node:dns';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openHttp } from '../../src/platforms/http.ts';
import { type LocalServer, serveLocally } from '../support/local-server.ts';

let server: LocalServer;
let order: string[];
let http: ReturnType<typeof openHttp>;

beforeEach(async () => {
  order = [];
  server = await serveLocally((_, response) => response.end('answer'));
  http = openHttp({
    allowPrivateHosts: ['localhost'],
    timeoutMs: 5_000,
    lookup: (hostname, options, callback) => {
      order.push('looked up');
      lookup(hostname, options, callback);
    },
  });
});

afterEach(async () => {
  await http.close();
  await server.close();
});

const address = (): string => `http://localhost:${server.port}/`;

it('asks after the connection stands, for every request, and lets through what may leave', async () => {
  const asking = http.asking?.(() => order.push('asked'));
  for (let n = 0; n < 2; n++)
    expect(await (await asking?.fetch(address(), { method: 'POST', body: 'x' }))?.text()).toBe('answer');
  expect(order.slice(0, 2)).toEqual(['looked up', 'asked']);
  expect(order.filter((each) => each === 'asked')).toHaveLength(2);
  expect(server.seen()).toBe(2);
});

it('lets nothing out where the answer is no, and says why', async () => {
  const asking = http.asking?.(() => {
    throw new RangeError('too late');
  });
  const error = await asking?.fetch(address(), { method: 'POST', body: 'x' }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  expect([error, error instanceof Error ? error.cause : null]).toContainEqual(new RangeError('too late'));
  expect(await (await http.fetch(address())).text()).toBe('answer');
  expect(server.seen()).toBe(1);
});
