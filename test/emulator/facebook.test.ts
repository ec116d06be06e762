// The emulated Facebook by itself: what its Graph API says yes and no to.
import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { limitCalls } from '../../src/emulator/facebook/limiting.ts';
import { openState } from '../../src/emulator/facebook/state.ts';
import type { EmulatorApp } from '../../src/emulator/network.ts';
import { emulatorForTest, type TestEmulator } from './support.ts';

const APP = { client_id: 'crier-emulated-app', client_secret: 'crier-emulated-secret' };

async function call(
  url: string,
  token: string,
  init: RequestInit = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(url, {
    ...init,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  });
  const body: unknown = await response.json();
  return { status: response.status, body: typeof body === 'object' ? { ...body } : {} };
}

const Token = z.object({ access_token: z.string() });
const Pages = z.object({ data: z.tuple([z.object({ id: z.string(), access_token: z.string() })], z.unknown()) });

async function openLogin({ networks: { facebook } }: TestEmulator) {
  const graph = `${facebook.url}/v26.0`;
  const { code } = facebook.demo;
  const body = new URLSearchParams({ ...APP, grant_type: 'authorization_code', code, redirect_uri: 'http://127.0.0.1/' });
  const read = async (path: string, init?: RequestInit): Promise<unknown> => (await fetch(`${graph}${path}`, init)).json();
  const { access_token: short } = Token.parse(await read('/oauth/access_token', { method: 'POST', body }));
  const query = new URLSearchParams({ ...APP, grant_type: 'fb_exchange_token', fb_exchange_token: short });
  const { access_token: long } = Token.parse(await read(`/oauth/access_token?${query}`));
  const [page] = Pages.parse(await read(`/me/accounts?access_token=${long}`)).data;
  return { graph, short, long, page: { id: page.id, token: page.access_token } };
}

it('gives a login of an hour, one of 60 days for it, and a Page’s token that stays', async () => {
  const emulator = await emulatorForTest();
  const { graph, short, long, page } = await openLogin(emulator);
  emulator.clock.advance({ hours: 2 });
  expect((await call(`${graph}/me/permissions`, short)).body).toMatchObject({
    error: { code: 190, error_subcode: 463, type: 'OAuthException' },
  });
  expect((await call(`${graph}/me/permissions`, long)).status).toBe(200);
  emulator.clock.advance({ hours: 24 * 61 });
  expect((await call(`${graph}/me/permissions`, long)).status).toBe(400);
  expect((await call(`${graph}/${page.id}?fields=name`, page.token)).body).toEqual({ id: page.id, name: 'Crier' });
});

it('refuses a proof that is another token’s', async () => {
  const { graph, page } = await openLogin(await emulatorForTest());
  const proofOf = (token: string) => createHmac('sha256', APP.client_secret).update(token).digest('hex');
  expect((await call(`${graph}/${page.id}?appsecret_proof=${proofOf(page.token)}`, page.token)).status).toBe(200);
  expect((await call(`${graph}/${page.id}?appsecret_proof=${proofOf('other')}`, page.token)).body).toMatchObject({
    error: { code: 100 },
  });
});

it('refuses what it does not know: a token, a field, an object, a path', async () => {
  const { graph, page } = await openLogin(await emulatorForTest());
  const codeOf = async (path: string, token = page.token) => (await call(`${graph}${path}`, token)).body.error;
  expect(await codeOf(`/${page.id}`, 'made-up')).toMatchObject({ code: 190 });
  expect(await codeOf(`/${page.id}?fields=secrets`)).toMatchObject({ code: 100 });
  expect(await codeOf('/77_88')).toMatchObject({ code: 100, error_subcode: 33 });
  expect(await codeOf('/a/b/c')).toMatchObject({ code: 2500 });
});

it('has figures that grow, in the form of the insights', async () => {
  const emulator = await emulatorForTest();
  const { graph, page } = await openLogin(emulator);
  const made = await call(`${graph}/${page.id}/feed`, page.token, { method: 'POST', body: JSON.stringify({ message: 'Hello' }) });
  const views = async () => {
    const { body } = await call(`${graph}/${String(made.body.id)}/insights?metric=post_media_view`, page.token);
    return body;
  };
  expect(await views()).toMatchObject({ data: [{ name: 'post_media_view', period: 'lifetime', values: [{ value: 0 }] }] });
  emulator.clock.advance({ hours: 48 });
  expect(await views()).toMatchObject({ data: [{ values: [{ value: expect.toSatisfy((value) => value > 0) }] }] });
  const counts = await call(
    `${graph}/${String(made.body.id)}?fields=shares,reactions.summary(true),comments.summary(true)`,
    page.token,
  );
  expect(counts.body).toMatchObject({ reactions: { summary: { total_count: expect.any(Number) } } });
});

it('tells how often a Page was seen on the day that is over and on the one that goes on, by metrics there still are', async () => {
  const emulator = await emulatorForTest();
  const { graph, page } = await openLogin(emulator);
  const ask = (query: string) => call(`${graph}/${page.id}/insights?${query}`, page.token);
  const [over, going] = ['2026-11-22T08:00:00+0000', '2026-11-23T08:00:00+0000'];
  expect((await ask('metric=page_media_view&period=day')).body).toMatchObject({
    data: [{ name: 'page_media_view', period: 'day', values: [{ end_time: over }, { end_time: going }] }],
  });
  expect((await ask('metric=page_impressions&period=day')).body).toMatchObject({ error: { code: 100 } });
  expect((await ask('metric=page_media_view&period=week')).body).toMatchObject({ error: { code: 100 } });
});

it('fetches a photo that it was given the address of', async () => {
  const emulator = await emulatorForTest();
  const { graph, page } = await openLogin(emulator);
  const answer = (url: string) =>
    call(`${graph}/${page.id}/photos`, page.token, { method: 'POST', body: JSON.stringify({ url, published: false }) });
  expect((await answer('http://127.0.0.1:1/none.png')).body).toMatchObject({ error: { code: 324 } });
});

it('asks a Page that is called too often to come back, and says when', async () => {
  let now = Temporal.Instant.from('2026-11-22T12:00:00Z');
  const clock = { now: () => now };
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const state = openState({ clock, log, baseUrl: () => '', stateDir: null });
  const { id } = state.grants.issue({ accountId: '1', scopes: [], note: 'page:42' }, { access: null });
  const app: EmulatorApp = new Hono();
  limitCalls(app, state, clock, 2);
  app.get('/v26.0/42', (c) => c.json({}));
  const ask = async () => app.request('/v26.0/42', { headers: { authorization: `Bearer ${id}` } });
  expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
  const limited = await ask();
  expect([limited.status, await limited.json()]).toMatchObject([400, { error: { code: 80_001 } }]);
  expect(JSON.parse(limited.headers.get('x-business-use-case-usage') ?? '')).toMatchObject({
    42: [{ estimated_time_to_regain_access: 1440 }],
  });
  now = now.add({ hours: 24 });
  expect((await ask()).status).toBe(200);
});

it('keeps logins, posts and ids over a restart', async () => {
  const stateDir = await mkdtemp(join(tmpdir(), 'crier-facebook-'));
  onTestFinished(() => rm(stateDir, { recursive: true }));
  const first = await emulatorForTest({ stateDir });
  const { graph, page } = await openLogin(first);
  await call(`${graph}/${page.id}/feed`, page.token, { method: 'POST', body: JSON.stringify({ message: 'Before' }) });
  await first.stop();
  const { networks } = await emulatorForTest({ stateDir });
  const after = await call(`${networks.facebook.url}/v26.0/${page.id}/feed`, page.token, {
    method: 'POST',
    body: JSON.stringify({ message: 'After' }),
  });
  const posts = networks.facebook.posts();
  expect(posts.map(({ text }) => text)).toEqual(['Before', 'After']);
  expect(posts.at(-1)?.id).toBe(after.body.id);
});
