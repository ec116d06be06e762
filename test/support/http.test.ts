import { afterEach, describe, expect, it } from 'vitest';
import { type HttpMocks, openHttpMocks } from './http.ts';

let mocks: HttpMocks | undefined;
afterEach(() => mocks?.close());

describe('HTTP mocks', () => {
  it('have nothing to complain about when every announced request came, once', async () => {
    mocks = openHttpMocks();
    mocks.mock('https://example.com').get('/a').reply(200, { hello: true });
    const response = await fetch('https://example.com/a');
    expect(await response.json()).toEqual({ hello: true });
    expect(mocks.complaints()).toEqual([]);
  });

  it('complain about a mock that was not used', () => {
    mocks = openHttpMocks();
    mocks.mock('https://example.com').get('/a').reply(200);
    expect(mocks.complaints()).toEqual(['unused mock: GET https://example.com:443/a']);
  });

  it.each(['https://example.com/b', 'https://elsewhere.example/'])(
    'complain about a request to %s that nobody announced',
    async (url) => {
      mocks = openHttpMocks();
      mocks.mock('https://example.com').get('/a').reply(200);
      await fetch('https://example.com/a');
      // nock answers 501 on a host it knows and fails on others; either way it is noted
      await Promise.allSettled([fetch(url)]);
      expect(mocks.complaints()).toEqual([`unexpected request: GET ${url}`]);
    },
  );
});
