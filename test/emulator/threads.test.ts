// The emulated Threads, spoken to as Meta's pages say: tokens and their scopes, containers that take a while, replies, the quota, figures that grow.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { press } from '../support/link-desk.ts';
import { serveLocally } from '../support/local-server.ts';
import { emulatorForTest, png, type TestEmulator } from './support.ts';

const REDIRECT = 'http://127.0.0.1:9/back';
const Token = z.object({ access_token: z.string(), expires_in: z.number() });
const Short = z.object({ access_token: z.string(), user_id: z.string() });
const Id = z.object({ id: z.string() });
const Refusal = z.object({ error: z.object({ code: z.number(), error_subcode: z.number().optional() }) });
const SCOPES = ['basic', 'content_publish', 'manage_replies', 'read_replies', 'manage_insights'].map((name) => `threads_${name}`);

interface Answer {
  status: number;
  body: unknown;
}

async function call(emulator: TestEmulator, path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`${emulator.networks.threads.url}${path}`, init);
  return { status: response.status, body: await response.json() };
}
const appOf = ({ networks: { threads } }: TestEmulator) => {
  if (!threads.app) throw new Error('the emulated Threads has an app');
  return { client_id: threads.app.clientId, client_secret: threads.app.clientSecret };
};

async function shortToken(emulator: TestEmulator, scopes: readonly string[]) {
  const { client_id, client_secret } = appOf(emulator);
  const query = { client_id, redirect_uri: REDIRECT, response_type: 'code', scope: scopes.join(','), state: 's' };
  const back = new URL(await press(`${emulator.networks.threads.url}/oauth/authorize?${new URLSearchParams(query)}`, 'allow'));
  const code = back.searchParams.get('code') ?? '';
  const form = { client_id, client_secret, grant_type: 'authorization_code', redirect_uri: REDIRECT, code };
  const exchange = () => call(emulator, '/oauth/access_token', { method: 'POST', body: new URLSearchParams(form) });
  return { ...Short.parse((await exchange()).body), exchange };
}

async function loggedIn(emulator: TestEmulator, scopes: readonly string[] = SCOPES) {
  const { access_token: short, user_id: id } = await shortToken(emulator, scopes);
  const { client_secret } = appOf(emulator);
  const query = new URLSearchParams({ grant_type: 'th_exchange_token', client_secret, access_token: short });
  const { access_token: token } = Token.parse((await call(emulator, `/access_token?${query}`)).body);
  const headers = { authorization: `Bearer ${token}` };
  const get = (path: string) => call(emulator, `/v1.0/${path}`, { headers });
  const post = (path: string, form: Record<string, string>) =>
    call(emulator, `/v1.0/${path}`, { method: 'POST', headers, body: new URLSearchParams(form) });
  const make = (form: Record<string, string>) => post(`${id}/threads`, { media_type: 'TEXT', ...form });
  const publish = (creation_id: string) => post(`${id}/threads_publish`, { creation_id });
  return { id, token, get, post, make, publish, say: async (form: Record<string, string>) => publish(idOf(await make(form))) };
}

async function imageUrl(): Promise<string> {
  const bytes = await png(400, 400);
  const server = await serveLocally((_, response) => void response.end(bytes));
  onTestFinished(server.close);
  return `${server.url}/blue.png`;
}
const codesOf = ({ body }: Answer) => {
  const { code, error_subcode: subcode } = Refusal.parse(body).error;
  return [code, subcode];
};
const idOf = ({ body }: Answer): string => Id.parse(body).id;

describe('the login', () => {
  it('gives for a code a token once, and says what that one is for', async () => {
    const emulator = await emulatorForTest();
    const { access_token: token, exchange } = await shortToken(emulator, SCOPES.slice(0, 2));
    expect(await exchange()).toMatchObject({ status: 400, body: { error_type: 'OAuthException', code: 400 } });
    const answer = await call(emulator, `/v1.0/debug_token?input_token=${token}&access_token=${token}`);
    expect(answer.body).toMatchObject({ data: { is_valid: true, scopes: SCOPES.slice(0, 2) } });
  });

  it('gives a token for 60 days, which is refreshed once it is a day old and never again once it has ended', async () => {
    const emulator = await emulatorForTest();
    const { token, get } = await loggedIn(emulator);
    const refresh = () => call(emulator, `/refresh_access_token?grant_type=th_refresh_token&access_token=${token}`);
    expect((await refresh()).status).toBe(400);
    emulator.clock.advance({ hours: 24 });
    expect(Token.parse((await refresh()).body).expires_in).toBe(60 * 86_400);
    emulator.clock.advance({ hours: 59 * 24 });
    expect(codesOf(await refresh())).toEqual([190, 463]);
    expect(codesOf(await get('me'))).toEqual([190, 463]);
  });

  it.each([
    ['post', SCOPES.slice(0, 1), 'Hello', {}],
    ['answer a post', SCOPES.slice(0, 2), 'Hello', { reply_to_id: '17' }],
  ])('lets nobody %s who was not allowed to', async (_, scopes, text, more) => {
    const { make } = await loggedIn(await emulatorForTest(), scopes);
    expect(codesOf(await make({ text, ...more }))).toEqual([10, undefined]);
  });

  it('lets nobody read replies who was not allowed to, and knows no other account’s things', async () => {
    const { id, get } = await loggedIn(await emulatorForTest(), SCOPES.slice(0, 3));
    expect(codesOf(await get(`${id}/replies`))).toEqual([10, undefined]);
    expect(codesOf(await get('17000000000000000/threads'))).toEqual([100, 33]);
  });
});

describe('publishing', () => {
  it('is too early until the container is finished, and done once', async () => {
    const emulator = await emulatorForTest();
    const { id, get, make, publish } = await loggedIn(emulator);
    const creation = idOf(await make({ media_type: 'IMAGE', image_url: await imageUrl(), text: 'Hello' }));
    expect(codesOf(await publish(creation))).toEqual([24, 4279009]);
    const look = async () => (await get(`${creation}?fields=status,error_message`)).body;
    expect([await look(), await look()]).toMatchObject([{ status: 'IN_PROGRESS' }, { status: 'FINISHED' }]);
    const postId = idOf(await publish(creation));
    expect(await look()).toMatchObject({ status: 'PUBLISHED' });
    expect(codesOf(await publish(creation))).toEqual([24, 4279009]);
    expect((await get(`${id}/threads?fields=id,text,timestamp,is_reply`)).body).toEqual({
      data: [{ id: postId, text: 'Hello', timestamp: '2026-11-22T09:00:00+0000', is_reply: false }],
    });
  });

  it('is over with a container that is a day old', async () => {
    const emulator = await emulatorForTest();
    const { get, make, publish } = await loggedIn(emulator);
    const creation = idOf(await make({ text: 'Hello' }));
    emulator.clock.advance({ hours: 24 });
    expect((await get(`${creation}?fields=status`)).body).toMatchObject({ status: 'EXPIRED' });
    expect(codesOf(await publish(creation))).toEqual([24, 4279009]);
  });

  it('lists replies apart from posts, and below the post they answer', async () => {
    const { id, get, say } = await loggedIn(await emulatorForTest());
    const first = idOf(await say({ text: 'First' }));
    const second = idOf(await say({ text: 'Second', reply_to_id: first }));
    const reply = { id: second, text: 'Second', replied_to: { id: first } };
    expect((await get(`me/replies?fields=id,text,replied_to`)).body).toEqual({ data: [reply] });
    expect((await get(`${first}/replies?fields=id,text,replied_to`)).body).toEqual({ data: [reply] });
    expect((await get(`${id}/threads?fields=id`)).body).toEqual({ data: [{ id: first }] });
    const usage = await get(`${id}/threads_publishing_limit?fields=quota_usage,reply_quota_usage`);
    expect(usage.body).toEqual({ data: [{ quota_usage: 1, reply_quota_usage: 1 }] });
  });

  it('ends after 250 posts within 24 hours, and not for replies', async () => {
    const emulator = await emulatorForTest();
    const { say } = await loggedIn(emulator);
    const first = idOf(await say({ text: 'Number 1' }));
    for (let number = 2; number <= 250; number += 1) await say({ text: `Number ${number}` });
    expect((await say({ text: 'One more' })).status).toBe(400);
    expect((await say({ text: 'A reply', reply_to_id: first })).status).toBe(200);
    emulator.clock.advance({ hours: 24 });
    expect((await say({ text: 'One more' })).status).toBe(200);
  });

  it.each([
    ['a text of 501 characters', { text: 'x'.repeat(501) }, [100, undefined]],
    ['no text', {}, [100, undefined]],
    ['six links', { text: 'www.a.co www.b.co www.c.co www.d.co www.e.co www.f.co' }, [100, undefined]],
    ['a topic with a period', { text: 'Hi', topic_tag: 'a.b' }, [100, undefined]],
    ['an answer to nothing', { text: 'Hi', reply_to_id: '17' }, [100, undefined]],
    ['a circle there is not', { text: 'Hi', reply_control: 'nobody' }, [100, undefined]],
    ['a carousel of one', { media_type: 'CAROUSEL', children: '17' }, [100, 4279004]],
    ['a carousel of what is none of its items', { media_type: 'CAROUSEL', children: '17,18' }, [100, 4279004]],
    ['an image that is not there', { media_type: 'IMAGE', image_url: 'http://127.0.0.1:1/x.jpg' }, [1, 2207052]],
  ])('takes not %s', async (_, wrong, codes) => {
    const { make } = await loggedIn(await emulatorForTest());
    expect(codesOf(await make(wrong))).toEqual(codes);
  });

  it('takes not a link below an image', async () => {
    const { make } = await loggedIn(await emulatorForTest());
    const form = { media_type: 'IMAGE', image_url: await imageUrl(), link_attachment: 'https://example.com' };
    expect(codesOf(await make(form))).toEqual([-1, 4279047]);
  });
});

it('figures of posts and of the account grow with time, and are kept from whoever may not read them', async () => {
  const emulator = await emulatorForTest();
  const { id, get, say } = await loggedIn(emulator);
  const post = idOf(await say({ text: 'Hello' }));
  const OfPost = z.object({ data: z.tuple([z.object({ values: z.tuple([z.object({ value: z.number() })]) })], z.unknown()) });
  const views = async () => OfPost.parse((await get(`${post}/insights?metric=views,likes,reposts`)).body).data[0].values[0].value;
  const before = await views();
  emulator.clock.advance({ hours: 48 });
  expect(before).toBe(0);
  expect(await views()).toBeGreaterThan(100);
  expect((await get(`${id}/threads_insights?metric=likes,followers_count`)).body).toMatchObject({
    data: [{ name: 'likes' }, { name: 'followers_count', total_value: { value: expect.any(Number) } }],
  });
  const daily = z.object({
    data: z.tuple([z.object({ values: z.array(z.object({ value: z.number(), end_time: z.string() })) })]),
  });
  const { values } = daily.parse((await get(`${id}/threads_insights?metric=views`)).body).data[0];
  expect(values.map(({ end_time: end }) => Temporal.Instant.compare(Temporal.Instant.from(end), emulator.clock.now()))).toEqual([
    -1, 1,
  ]);
  const other = await loggedIn(emulator, SCOPES.slice(0, 1));
  expect(codesOf(await other.get(`${post}/insights?metric=views`))).toEqual([10, undefined]);
  expect(codesOf(await other.get(`${other.id}/threads_insights?metric=views`))).toEqual([10, undefined]);
});

it('knows its posts, tokens and containers after a restart', async () => {
  const stateDir = await mkdtemp(join(tmpdir(), 'crier-threads-'));
  onTestFinished(() => rm(stateDir, { recursive: true, force: true }));
  const first = await emulatorForTest({ stateDir });
  const { token, make, publish } = await loggedIn(first);
  const creation = idOf(await make({ text: 'Kept' }));
  await publish(creation);
  await first.stop();
  const second = await emulatorForTest({ stateDir });
  expect(second.networks.threads.posts()).toMatchObject([{ text: 'Kept', inReplyTo: null }]);
  const answer = await call(second, `/v1.0/${creation}?fields=status&access_token=${token}`);
  expect(answer.body).toMatchObject({ status: 'PUBLISHED' });
  expect(await (await fetch(`${second.networks.threads.url}/`)).text()).toContain('Kept');
});
