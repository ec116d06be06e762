// The emulated TikTok by itself: chunks it takes and refuses, what it wants to be told, figures that grow, and that it remembers.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { emulatorForTest, type TestEmulator } from './support.ts';

const MIB = 1_048_576;
const Token = z.object({ access_token: z.string() });
const Answer = z.object({ data: z.looseObject({}), error: z.object({ code: z.string() }) });
const Begun = z.object({ publish_id: z.string(), upload_url: z.string() });

/** A request as the account: JSON there, and data and code back. */
async function asAccount({ networks: { tiktok } }: TestEmulator) {
  const { clientId = '', clientSecret = '' } = tiktok.app ?? {};
  const form = { grant_type: 'authorization_code', code: tiktok.demo.code, client_key: clientId, client_secret: clientSecret };
  const answer = await fetch(`${tiktok.url}/v2/oauth/token/`, { method: 'POST', body: new URLSearchParams(form) });
  const authorization = `Bearer ${Token.parse(await answer.json()).access_token}`;
  return async (path: string, json?: object) => {
    const headers = { authorization, 'content-type': 'application/json; charset=UTF-8' };
    const init = json ? { method: 'POST', body: JSON.stringify(json) } : {};
    const response = await fetch(`${tiktok.url}${path}`, { headers, ...init });
    const { data, error } = Answer.parse(await response.json());
    return { status: response.status, code: error.code, data };
  };
}
type Ask = Awaited<ReturnType<typeof asAccount>>;

const POST = { title: 'A clock', privacy_level: 'PUBLIC_TO_EVERYONE' };
const sourceOf = (size: number, chunk = size, count = 1) => ({
  source: 'FILE_UPLOAD',
  video_size: size,
  chunk_size: chunk,
  total_chunk_count: count,
});
const announce = (ask: Ask, source: object, post: object = POST) =>
  ask('/v2/post/publish/video/init/', { post_info: post, source_info: source });

const portrait = async (size = 0): Promise<Uint8Array<ArrayBuffer>> => {
  const file = await readFile(join(import.meta.dirname, '../fixtures/media/portrait.mp4'));
  const bytes = new Uint8Array(Math.max(size, file.length));
  bytes.set(file);
  return bytes;
};

async function put(url: string, bytes: Uint8Array<ArrayBuffer>, range: string, type = 'video/mp4') {
  const headers = { 'content-type': type, 'content-range': `bytes ${range}` };
  const { status, headers: told } = await fetch(url, { method: 'PUT', headers, body: bytes });
  return [status, told.get('content-range')];
}

async function post(ask: Ask): Promise<string> {
  const bytes = await portrait();
  const { publish_id: id, upload_url: url } = Begun.parse((await announce(ask, sourceOf(bytes.length))).data);
  await put(url, bytes, `0-${bytes.length - 1}/${bytes.length}`);
  return id;
}

it('takes a video in chunks, and says how much of it is there', async () => {
  const emulator = await emulatorForTest();
  const ask = await asAccount(emulator);
  const bytes = await portrait(11 * MIB);
  const total = bytes.length;
  const { upload_url: url, publish_id } = Begun.parse((await announce(ask, sourceOf(total, 5 * MIB, 2))).data);
  const first = bytes.slice(0, 5 * MIB);
  expect(await put(url, first, `0-${5 * MIB - 1}/${total}`)).toEqual([206, `bytes 0-${5 * MIB}/${total}`]);
  const working = { status: 'PROCESSING_UPLOAD', uploaded_bytes: 5 * MIB };
  expect((await ask('/v2/post/publish/status/fetch/', { publish_id })).data).toEqual(working);
  expect((await put(url, first, `0-${5 * MIB - 1}/${total}`))[0]).toBe(416);
  expect((await put(url, bytes.slice(5 * MIB), `${5 * MIB}-${total - 1}/${total}`))[0]).toBe(201);
  expect(emulator.networks.tiktok.posts()).toMatchObject([{ text: 'A clock', videos: [{ size: total }] }]);
});

it.each([
  ['a part of a chunk', 99, (size: number) => `0-98/${size}`, 400],
  ['a range that is longer than the bytes', Infinity, (size: number) => `0-${size}/${size}`, 400],
  ['another total', Infinity, (size: number) => `0-${size - 1}/${size + 1}`, 416],
])('refuses %s', async (_, length, rangeOf, status) => {
  const emulator = await emulatorForTest();
  const bytes = await portrait();
  const { upload_url: url } = Begun.parse((await announce(await asAccount(emulator), sourceOf(bytes.length))).data);
  expect((await put(url, bytes.slice(0, length), rangeOf(bytes.length)))[0]).toBe(status);
});

it('closes an upload after an hour, and knows no other', async () => {
  const emulator = await emulatorForTest();
  const bytes = await portrait();
  const { upload_url: url } = Begun.parse((await announce(await asAccount(emulator), sourceOf(bytes.length))).data);
  const range = `0-${bytes.length - 1}/${bytes.length}`;
  expect((await put(`${url}x`, bytes, range))[0]).toBe(404);
  expect((await put(url, bytes, range, 'video/avi'))[0]).toBe(400);
  emulator.clock.advance({ hours: 1 });
  expect((await put(url, bytes, range))[0]).toBe(403);
});

it.each([
  ['chunks of less than 5 MB', sourceOf(10 * MIB, 5 * MIB - 1, 2), POST, 400, 'invalid_params'],
  ['a whole of more than 64 MB', sourceOf(65 * MIB), POST, 400, 'invalid_params'],
  ['a count that is rounded up', sourceOf(11 * MIB, 5 * MIB, 3), POST, 400, 'invalid_params'],
  ['a caption of 2,201', sourceOf(9), { ...POST, title: 'x'.repeat(2_201) }, 400, 'invalid_params'],
  ['a privacy of others', sourceOf(9), { ...POST, privacy_level: 'FOLLOWER_OF_CREATOR' }, 403, 'privacy_level_option_mismatch'],
] as const)('refuses %s', async (_, source, said, status, code) => {
  const ask = await asAccount(await emulatorForTest());
  expect(await announce(ask, source, said)).toMatchObject({ status, code });
});

it('takes 15 posts of an account in 24 hours', async () => {
  const emulator = await emulatorForTest();
  const ask = await asAccount(emulator);
  for (let count = 0; count < 15; count += 1) {
    expect((await announce(ask, sourceOf(9))).code).toBe('ok');
    emulator.clock.advance({ seconds: 11 });
  }
  expect(await announce(ask, sourceOf(9))).toMatchObject({ status: 403, code: 'spam_risk_too_many_posts' });
});

it('answers 20 questions for what an account may do, and then not for a minute', async () => {
  const emulator = await emulatorForTest();
  const ask = await asAccount(emulator);
  const path = '/v2/post/publish/creator_info/query/';
  for (let count = 0; count < 20; count += 1) expect((await ask(path, {})).code).toBe('ok');
  expect(await ask(path, {})).toMatchObject({ status: 429, code: 'rate_limit_exceeded' });
  emulator.clock.advance({ minutes: 1 });
  expect((await ask(path, {})).code).toBe('ok');
});

it('has figures that grow, of accounts and of posts', async () => {
  const emulator = await emulatorForTest();
  const ask = await asAccount(emulator);
  await post(ask);
  const [{ id } = { id: '' }] = emulator.networks.tiktok.posts();
  const look = async () => {
    const query = '/v2/video/query/?fields=id,view_count,like_count';
    return [(await ask(query, { filters: { video_ids: [id] } })).data, (await ask('/v2/user/info/?fields=likes_count')).data];
  };
  const none = [{ videos: [{ id, view_count: 0, like_count: 0 }] }, { user: { likes_count: 0 } }];
  expect(await look()).toEqual(none);
  emulator.clock.advance({ minutes: 110 });
  const Grown = z.tuple([
    z.object({ videos: z.tuple([z.object({ view_count: z.number().positive() })]) }),
    z.object({ user: z.object({ likes_count: z.number() }) }),
  ]);
  expect(Grown.safeParse(await look()).success).toBe(true);
});

it('remembers its posts, and what it was told of them', async () => {
  const stateDir = await mkdtemp(join(tmpdir(), 'crier-tiktok-'));
  onTestFinished(() => rm(stateDir, { recursive: true, force: true }));
  const before = await emulatorForTest({ stateDir });
  const publish_id = await post(await asAccount(before));
  const posts = before.networks.tiktok.posts().map(({ id, text }) => ({ id, text }));
  await before.stop();
  const after = await emulatorForTest({ stateDir });
  expect(after.networks.tiktok.posts()).toMatchObject(posts);
  const { data } = await (await asAccount(after))('/v2/post/publish/status/fetch/', { publish_id });
  expect(data).toMatchObject({ status: 'PUBLISH_COMPLETE' });
});
