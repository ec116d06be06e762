// The emulated Instagram, spoken to as Meta's pages say: tokens and their scopes, containers that take a while, the quota, figures that grow.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { press } from '../support/link-desk.ts';
import { serveLocally } from '../support/local-server.ts';
import { emulatorForTest, type TestEmulator } from './support.ts';

const REDIRECT = 'http://127.0.0.1:9/back';
const Short = z.object({ data: z.tuple([z.object({ access_token: z.string(), user_id: z.string(), permissions: z.string() })]) });
const Token = z.object({ access_token: z.string(), expires_in: z.number() });
const Id = z.object({ id: z.string() });
const Refusal = z.object({ error: z.object({ code: z.number(), error_subcode: z.number().optional() }) });
const SCOPES = ['basic', 'content_publish', 'manage_comments', 'manage_insights'].map((name) => `instagram_business_${name}`);

interface Answer {
  status: number;
  body: unknown;
}

async function call(emulator: TestEmulator, path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`${emulator.networks.instagram.url}${path}`, init);
  return { status: response.status, body: await response.json() };
}
const appOf = ({ networks: { instagram } }: TestEmulator) => {
  if (!instagram.app) throw new Error('the emulated Instagram has an app');
  return { client_id: instagram.app.clientId, client_secret: instagram.app.clientSecret };
};

async function shortToken(emulator: TestEmulator, scopes: readonly string[]) {
  const { client_id, client_secret } = appOf(emulator);
  const query = { client_id, redirect_uri: REDIRECT, response_type: 'code', scope: scopes.join(','), state: 's' };
  const back = new URL(await press(`${emulator.networks.instagram.url}/oauth/authorize?${new URLSearchParams(query)}`, 'allow'));
  const code = back.searchParams.get('code') ?? '';
  const form = { client_id, client_secret, grant_type: 'authorization_code', redirect_uri: REDIRECT, code };
  const exchange = () => call(emulator, '/oauth/access_token', { method: 'POST', body: new URLSearchParams(form) });
  const [granted] = Short.parse((await exchange()).body).data;
  return { ...granted, exchange };
}

async function loggedIn(emulator: TestEmulator, scopes: readonly string[] = SCOPES) {
  const { access_token: short, user_id: id } = await shortToken(emulator, scopes);
  const { client_secret } = appOf(emulator);
  const query = new URLSearchParams({ grant_type: 'ig_exchange_token', client_secret, access_token: short });
  const { access_token: token } = Token.parse((await call(emulator, `/access_token?${query}`)).body);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return {
    id,
    token,
    get: (path: string) => call(emulator, `/v25.0/${path}`, { headers }),
    post: (path: string, body: object) =>
      call(emulator, `/v25.0/${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
  };
}

async function imageUrl(): Promise<string> {
  const jpeg = await sharp({ create: { width: 400, height: 400, channels: 3, background: '#48c' } })
    .jpeg()
    .toBuffer();
  const server = await serveLocally((_, response) => void response.end(jpeg));
  onTestFinished(server.close);
  return `${server.url}/blue.jpg`;
}
const codesOf = ({ body }: Answer) => {
  const { code, error_subcode: subcode } = Refusal.parse(body).error;
  return [code, subcode];
};
const idOf = ({ body }: Answer): string => Id.parse(body).id;

describe('the login', () => {
  it('gives for a code a token once, with the permissions that were allowed', async () => {
    const { permissions, exchange } = await shortToken(await emulatorForTest(), SCOPES.slice(0, 2));
    expect(permissions).toBe('instagram_business_basic,instagram_business_content_publish');
    expect(await exchange()).toMatchObject({ status: 400, body: { error_type: 'OAuthException', code: 400 } });
  });

  it('gives a token for 60 days, which is refreshed once it is a day old and never again once it has ended', async () => {
    const emulator = await emulatorForTest();
    const { token, get } = await loggedIn(emulator);
    const refresh = () => call(emulator, `/refresh_access_token?grant_type=ig_refresh_token&access_token=${token}`);
    expect((await refresh()).status).toBe(400);
    emulator.clock.advance({ hours: 24 });
    expect(Token.parse((await refresh()).body).expires_in).toBe(60 * 86_400);
    emulator.clock.advance({ hours: 59 * 24 });
    expect(codesOf(await refresh())).toEqual([190, 463]);
    expect(codesOf(await get('me'))).toEqual([190, 463]);
  });

  it('lets nobody do what was not allowed', async () => {
    const emulator = await emulatorForTest();
    const { id, post, get } = await loggedIn(emulator, SCOPES.slice(0, 1));
    expect((await get('me?fields=user_id,username,account_type')).body).toEqual({
      data: [{ user_id: id, username: 'crier', account_type: 'Business', id }],
    });
    expect(codesOf(await post(`${id}/media`, { image_url: await imageUrl() }))).toEqual([10, undefined]);
  });

  it('knows no other account’s things', async () => {
    const emulator = await emulatorForTest();
    const { get } = await loggedIn(emulator);
    expect(codesOf(await get('17000000000000000/media'))).toEqual([100, 33]);
  });
});

describe('publishing', () => {
  it('is too early until the container is finished, and done once', async () => {
    const emulator = await emulatorForTest();
    const { id, get, post } = await loggedIn(emulator);
    const creation_id = idOf(await post(`${id}/media`, { image_url: await imageUrl(), caption: 'Hello' }));
    expect(codesOf(await post(`${id}/media_publish`, { creation_id }))).toEqual([9007, 2207027]);
    const look = async () => (await get(`${creation_id}?fields=status_code`)).body;
    expect([await look(), await look()]).toMatchObject([{ status_code: 'IN_PROGRESS' }, { status_code: 'FINISHED' }]);
    const mediaId = idOf(await post(`${id}/media_publish`, { creation_id }));
    expect(await look()).toMatchObject({ status_code: 'PUBLISHED' });
    expect((await post(`${id}/media_publish`, { creation_id })).status).toBe(400);
    expect((await get(`${id}/media?fields=id,caption,timestamp`)).body).toEqual({
      data: [{ id: mediaId, caption: 'Hello', timestamp: '2026-11-22T09:00:00+0000' }],
    });
  });

  it('is over with a container that is a day old', async () => {
    const emulator = await emulatorForTest();
    const { id, get, post } = await loggedIn(emulator);
    const creation_id = idOf(await post(`${id}/media`, { image_url: await imageUrl() }));
    emulator.clock.advance({ hours: 24 });
    expect((await get(`${creation_id}?fields=status_code`)).body).toMatchObject({ status_code: 'EXPIRED' });
    expect(codesOf(await post(`${id}/media_publish`, { creation_id }))).toEqual([24, 2207008]);
  });

  it('ends after 50 posts within 24 hours', async () => {
    const emulator = await emulatorForTest();
    const { id, get, post } = await loggedIn(emulator);
    const image_url = await imageUrl();
    const made: string[] = [];
    for (let posts = 0; posts < 51; posts += 1) made.push(idOf(await post(`${id}/media`, { image_url })));
    emulator.clock.advance({ seconds: 30 });
    const answers: number[] = [];
    for (const creation_id of made) answers.push((await post(`${id}/media_publish`, { creation_id })).status);
    expect(answers).toEqual([...Array<number>(50).fill(200), 400]);
    const usage = await get(`${id}/content_publishing_limit?fields=quota_usage,config`);
    expect(usage.body).toEqual({ data: [{ quota_usage: 50, config: { quota_total: 50, quota_duration: 86_400 } }] });
  });

  it.each([
    ['a caption of 2,201 characters', { caption: 'x'.repeat(2201) }, [36004, 2207010]],
    ['21 mentions', { caption: '@a '.repeat(21) }, [100, 2207040]],
    ['a type there is not', { media_type: 'IGTV' }, [100, 2207023]],
    ['a carousel of one', { media_type: 'CAROUSEL', children: '17' }, [100, 2207028]],
    ['a carousel of what is none of its items', { media_type: 'CAROUSEL', children: '17,18' }, [24, 2207006]],
    ['a file that is not there', { image_url: 'http://127.0.0.1:1/x.jpg' }, [9004, 2207052]],
  ])('takes not %s', async (_, wrong, codes) => {
    const { id, post } = await loggedIn(await emulatorForTest());
    expect(codesOf(await post(`${id}/media`, { image_url: await imageUrl(), ...wrong }))).toEqual(codes);
  });
});

it('figures of a post grow with time, and are kept from whoever may not read them', async () => {
  const emulator = await emulatorForTest();
  const { id, get, post } = await loggedIn(emulator);
  const creation_id = idOf(await post(`${id}/media`, { image_url: await imageUrl() }));
  emulator.clock.advance({ seconds: 30 });
  const mediaId = idOf(await post(`${id}/media_publish`, { creation_id }));
  const Insights = z.object({
    data: z.array(z.object({ name: z.string(), values: z.tuple([z.object({ value: z.number() })]) })),
  });
  const views = async () =>
    Insights.parse((await get(`${mediaId}/insights?metric=views,reach,saved`)).body).data[0]?.values[0].value;
  const before = await views();
  emulator.clock.advance({ hours: 48 });
  expect([before, (await views()) ?? 0]).toEqual([0, expect.any(Number)]);
  expect(await views()).toBeGreaterThan(100);
  const other = await loggedIn(emulator, SCOPES.slice(0, 1));
  expect(codesOf(await other.get(`${mediaId}/insights?metric=views`))).toEqual([10, undefined]);
  expect(codesOf(await other.get(`${id}/insights?metric=views&period=day&metric_type=total_value`))).toEqual([10, undefined]);
  expect((await get(`${id}/insights?metric=views,reach&period=day&metric_type=total_value`)).body).toMatchObject({
    data: [{ name: 'views', total_value: { value: expect.any(Number) } }, { name: 'reach' }],
  });
  for (const query of [
    'metric=views&period=day',
    'metric=views&metric_type=total_value',
    'metric=saves&period=day&metric_type=total_value',
  ])
    expect(codesOf(await get(`${id}/insights?${query}`))).toEqual([100, undefined]);
});

it('knows its posts, tokens and containers after a restart', async () => {
  const stateDir = await mkdtemp(join(tmpdir(), 'crier-instagram-'));
  onTestFinished(() => rm(stateDir, { recursive: true, force: true }));
  const first = await emulatorForTest({ stateDir });
  const { id, token, post } = await loggedIn(first);
  const creation_id = idOf(await post(`${id}/media`, { image_url: await imageUrl(), caption: 'Kept' }));
  first.clock.advance({ seconds: 30 });
  await post(`${id}/media_publish`, { creation_id });
  await first.stop();
  const second = await emulatorForTest({ stateDir });
  expect(second.networks.instagram.posts()).toMatchObject([{ text: 'Kept', images: [{ alt: '' }] }]);
  const answer = await call(second, `/v25.0/${creation_id}?fields=status_code&access_token=${token}`);
  expect(answer.body).toMatchObject({ status_code: 'PUBLISHED' });
  expect(await (await fetch(`${second.networks.instagram.url}/`)).text()).toContain('Kept');
});
