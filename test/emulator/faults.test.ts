// Faults, as the networks' real clients surface them, and whether the request was applied all the same.
import type { AtpAgent } from '@atproto/api';
import type { mastodon } from 'masto';
import { beforeEach, describe, expect, it } from 'vitest';
import { blueskyClient, emulatorForTest, failureOf, mastodonClient, type TestEmulator } from './support.ts';

const CREATE_RECORD = 'POST /xrpc/com.atproto.repo.createRecord';
const CREATE_STATUS = 'POST /api/v1/statuses';

let emulator: TestEmulator;
let agent: AtpAgent;
let client: mastodon.rest.Client;
beforeEach(async () => {
  emulator = await emulatorForTest();
  agent = await blueskyClient(emulator);
  client = mastodonClient(emulator);
});

const toot = () => client.v1.statuses.create({ status: 'hello' });
const skeet = () => agent.post({ text: 'hello' });

describe('a status', () => {
  it.each([400, 401, 403, 404, 429, 500, 503])(
    'of %i reaches the clients in the words of each network, and applies nothing',
    async (status) => {
      const { bluesky, mastodon } = emulator.networks;
      // A 401 makes the client refresh and try again.
      bluesky.faults.order({ match: CREATE_RECORD, status, times: status === 401 ? 2 : 1 });
      mastodon.faults.order({ match: CREATE_STATUS, status });

      expect(await failureOf(skeet())).toMatchObject({ status, error: expect.any(String) });
      expect(await failureOf(toot())).toMatchObject({ statusCode: status, message: expect.stringMatching(/\w/) });
      expect([...bluesky.posts(), ...mastodon.posts()]).toEqual([]);
    },
  );

  it('of 429 says when to come back, by the headers each network has', async () => {
    const { bluesky, mastodon } = emulator.networks;
    bluesky.faults.order({ match: CREATE_RECORD, status: 429 });
    mastodon.faults.order({ match: CREATE_STATUS, status: 429 });

    const reset = Temporal.Instant.from('2026-11-22T09:05:00Z');
    expect(await failureOf(skeet())).toMatchObject({ headers: { 'ratelimit-reset': String(reset.epochMilliseconds / 1000) } });
    const failure = await failureOf(toot());
    const { headers } = (failure as { cause: Response }).cause;
    expect(headers.get('x-ratelimit-reset')).toBe('2026-11-22T09:05:00.000000Z');
    expect(headers.get('x-ratelimit-remaining')).toBe('0');
    expect(headers.get('retry-after')).toBeNull();
  });

  it('takes headers and a body of its own', async () => {
    emulator.networks.bluesky.faults.order({
      match: CREATE_RECORD,
      status: 429,
      headers: { 'retry-after': '7' },
      body: { error: 'SlowDown', message: 'not so fast' },
    });

    const failure = await failureOf(skeet());

    expect(failure).toMatchObject({ status: 429, error: 'SlowDown', message: 'not so fast', headers: { 'retry-after': '7' } });
    expect((failure as { headers: object }).headers).not.toHaveProperty('ratelimit-reset');
  });

  it('can hide that the request was applied', async () => {
    emulator.networks.mastodon.faults.order({ match: CREATE_STATUS, status: 502, body: '<h1>Bad gateway</h1>', apply: true });

    await failureOf(toot());

    expect(emulator.networks.mastodon.posts()).toHaveLength(1);
  });
});

describe('a dropped connection', () => {
  it.each([
    ['before-applying', 0],
    ['after-applying', 1],
  ] as const)('%s leaves %i posts and no answer', async (drop, applied) => {
    const { bluesky, mastodon } = emulator.networks;
    bluesky.faults.order({ match: CREATE_RECORD, drop });
    mastodon.faults.order({ match: CREATE_STATUS, drop });

    expect(await failureOf(skeet())).toMatchObject({ cause: { message: 'fetch failed' } });
    expect(await failureOf(toot())).toMatchObject({ message: 'fetch failed' });
    expect([bluesky.posts().length, mastodon.posts().length]).toEqual([applied, applied]);
    expect(mastodon.requests().at(-1)).toMatchObject({ method: 'POST', path: '/api/v1/statuses', status: null });
    expect(emulator.lines).toEqual([]);
  });
});

describe('an answer', () => {
  it('can be held back until it is released, while the post is out already', async () => {
    const { faults, posts, requests } = emulator.networks.mastodon;
    faults.order({ match: CREATE_STATUS, hold: true });

    const answer = toot();
    await faults.whenHeld();
    expect([posts().length, requests().at(-1)?.status]).toEqual([1, null]);
    faults.release();

    expect((await answer).content).toBe('<p>hello</p>');
  });

  it('can be held back and then lost', async () => {
    const { faults, posts } = emulator.networks.mastodon;
    faults.order({ match: CREATE_STATUS, hold: true, drop: 'after-applying' });

    const answer = failureOf(toot());
    await faults.whenHeld();
    faults.release();

    expect(await answer).toMatchObject({ message: 'fetch failed' });
    expect(posts()).toHaveLength(1);
  });

  it('can come late, after the client gave up', async () => {
    emulator.networks.mastodon.faults.order({ match: CREATE_STATUS, delayMs: 60_000 });

    const failure = await failureOf(
      client.v1.statuses.create({ status: 'hello' }, { requestInit: { signal: AbortSignal.timeout(200) } }),
    );

    expect(failure).toMatchObject({ name: 'MastoTimeoutError' });
    expect(emulator.networks.mastodon.posts()).toHaveLength(1);
  });

  it('that comes late still comes', async () => {
    emulator.networks.mastodon.faults.order({ match: CREATE_STATUS, delayMs: 20 });
    const start = performance.now();

    await toot();

    expect(performance.now() - start).toBeGreaterThan(15);
  });

  it('that is held or late does not keep the emulator from stopping', async () => {
    const { faults } = emulator.networks.mastodon;
    faults.order({ match: CREATE_STATUS, hold: true });
    faults.order({ match: CREATE_STATUS, delayMs: 3_600_000 });
    const answers = [failureOf(toot()), failureOf(toot())];
    await faults.whenHeld();

    await emulator.stop();

    expect(await Promise.all(answers)).toMatchObject([{ message: 'fetch failed' }, { message: 'fetch failed' }]);
  });
});

describe('an order', () => {
  it('hits as many requests as it says, in the order the orders came', async () => {
    const { faults } = emulator.networks.mastodon;
    faults.order({ match: CREATE_STATUS, status: 500, times: 2 });
    faults.order({ match: 'POST /api/*', status: 403 });

    const statuses = [await failureOf(toot()), await failureOf(toot()), await failureOf(toot())];
    await toot();

    expect(statuses).toMatchObject([{ statusCode: 500 }, { statusCode: 500 }, { statusCode: 403 }]);
    expect(faults.pending()).toBe(0);
  });

  it('leaves other requests alone', async () => {
    emulator.networks.mastodon.faults.order({ match: 'GET /api/v1/statuses*', status: 500 });

    await toot();

    expect(emulator.networks.mastodon.faults.pending()).toBe(1);
  });

  it('can be given, looked at and taken back over HTTP', async () => {
    const { url } = emulator.networks.mastodon;
    const order = (body: unknown) => fetch(`${url}/_emulator/faults`, { method: 'POST', body: JSON.stringify(body) });

    expect((await order({ match: CREATE_STATUS, status: 500, times: 9 })).status).toBe(201);
    await failureOf(toot());
    expect((await fetch(`${url}/_emulator/faults`, { method: 'DELETE' })).status).toBe(204);
    await toot();

    expect(await (await fetch(`${url}/_emulator/posts`)).json()).toEqual(emulator.networks.mastodon.posts());
    expect(await (await fetch(`${url}/_emulator/requests`)).json()).toMatchObject([
      { method: 'POST', path: '/api/v1/statuses', status: 500 },
      { method: 'POST', path: '/api/v1/statuses', status: 200 },
    ]);
  });

  it.each([{ match: CREATE_STATUS, drop: 'sometimes' }, { status: 500 }, { match: 'x', unknown: true }, 'not an order'])(
    'that makes no sense is refused: %j',
    async (body) => {
      const { url, faults } = emulator.networks.mastodon;

      const response = await fetch(`${url}/_emulator/faults`, { method: 'POST', body: JSON.stringify(body) });

      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: expect.stringMatching(/\w/) });
      expect(faults.pending()).toBe(0);
    },
  );

  it('can release a held answer over HTTP', async () => {
    const { url, faults } = emulator.networks.mastodon;
    faults.order({ match: CREATE_STATUS, hold: true });
    const answer = toot();
    await faults.whenHeld();

    await fetch(`${url}/_emulator/release`, { method: 'POST' });

    expect((await answer).content).toBe('<p>hello</p>');
  });
});

it('records no secrets of a request', async () => {
  await toot();

  const recorded = JSON.stringify([emulator.networks.bluesky.requests(), emulator.networks.mastodon.requests()]);

  expect(recorded).not.toContain(emulator.networks.mastodon.demo.token);
  expect(recorded).not.toContain(emulator.networks.bluesky.demo.password);
  expect(recorded).not.toContain(agent.session?.accessJwt);
});
