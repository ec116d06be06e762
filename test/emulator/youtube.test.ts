// The emulated YouTube by itself: uploads in pieces, what it refuses, figures that grow, and that it remembers.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { emulatorForTest, type TestEmulator } from './support.ts';

const UPLOADS = '/upload/youtube/v3/videos';
const KIB256 = 256 * 1024;
const Token = z.object({ access_token: z.string() });
const Video = z.object({ id: z.string() });
const Figures = z.object({ items: z.tuple([z.object({ statistics: z.record(z.string(), z.unknown()) })]) });

async function login({ networks: { youtube } }: TestEmulator): Promise<string> {
  const { code } = youtube.demo;
  const { clientId = '', clientSecret = '' } = youtube.app ?? {};
  const body = new URLSearchParams({ grant_type: 'authorization_code', code, client_id: clientId, client_secret: clientSecret });
  return Token.parse(await (await fetch(`${youtube.url}/token`, { method: 'POST', body })).json()).access_token;
}

/** A request with the demo account's login. */
async function asChannel(emulator: TestEmulator) {
  const authorization = `Bearer ${await login(emulator)}`;
  const { url } = emulator.networks.youtube;
  return (
    path: string,
    { headers, ...init }: { method?: string; headers?: Record<string, string>; body?: string | Uint8Array<ArrayBuffer> } = {},
  ) => fetch(new URL(path, url), { ...init, headers: { authorization, ...headers }, redirect: 'manual' });
}
type Ask = Awaited<ReturnType<typeof asChannel>>;

const clip = async (size = 0): Promise<Uint8Array<ArrayBuffer>> => {
  const file = await readFile(join(import.meta.dirname, '../fixtures/media/clip.mp4'));
  const bytes = new Uint8Array(Math.max(size, file.length));
  bytes.set(file);
  return bytes;
};

const openUpload = (ask: Ask, size: number, body: object = { snippet: { title: 'A clock' } }) =>
  ask(`${UPLOADS}?uploadType=resumable&part=snippet,status`, {
    method: 'POST',
    headers: { 'x-upload-content-length': String(size), 'x-upload-content-type': 'video/mp4' },
    body: JSON.stringify(body),
  });

const put = (ask: Ask, url: string, range: string, body?: Uint8Array<ArrayBuffer>) =>
  ask(url, { method: 'PUT', headers: { 'content-range': `bytes ${range}` }, ...(body ? { body } : {}) });

async function upload(ask: Ask): Promise<string> {
  const bytes = await clip();
  const url = (await openUpload(ask, bytes.length)).headers.get('location') ?? '';
  return Video.parse(await (await put(ask, url, `0-${bytes.length - 1}/${bytes.length}`, bytes)).json()).id;
}

it('takes a video in pieces, and says how far it is', async () => {
  const emulator = await emulatorForTest();
  const ask = await asChannel(emulator);
  const bytes = await clip(2 * KIB256 + 10);
  const total = bytes.length;
  const url = (await openUpload(ask, total)).headers.get('location') ?? '';
  const status = async () => {
    const response = await put(ask, url, `*/${total}`);
    return [response.status, response.headers.get('range')];
  };

  expect(await status()).toEqual([308, null]);
  await put(ask, url, `0-${2 * KIB256 - 1}/${total}`, bytes.slice(0, 2 * KIB256));
  expect(await status()).toEqual([308, `bytes=0-${2 * KIB256 - 1}`]);
  expect(emulator.networks.youtube.posts()).toEqual([]);
  await put(ask, url, `${2 * KIB256}-${total - 1}/${total}`, bytes.slice(2 * KIB256));
  expect(await status()).toEqual([200, null]);
  expect(emulator.networks.youtube.posts()).toMatchObject([{ videos: [{ size: total }] }]);
});

it('takes no piece of another size than it must have, and none out of its turn', async () => {
  const emulator = await emulatorForTest();
  const ask = await asChannel(emulator);
  const bytes = await clip(2 * KIB256);
  const url = (await openUpload(ask, bytes.length)).headers.get('location') ?? '';
  const total = bytes.length;

  expect((await put(ask, url, `0-999/${total}`, bytes.slice(0, 1000))).status).toBe(400);
  expect((await put(ask, url, `0-${KIB256 - 1}/${total}`, bytes.slice(0, 1000))).status).toBe(400);
  const ahead = await put(ask, url, `${KIB256}-${total - 1}/${total}`, bytes.slice(KIB256));
  expect([ahead.status, ahead.headers.get('range')]).toEqual([308, null]);
});

it.each([
  ['without a login', { authorization: '' }, 401, 'authError'],
  ['with one that was never given', { authorization: 'Bearer guessed' }, 401, 'authError'],
])('refuses a request %s in its own words', async (_, headers, code, reason) => {
  const ask = await asChannel(await emulatorForTest());
  const response = await ask('/youtube/v3/channels?part=snippet&mine=true', { headers });
  expect(response.status).toBe(code);
  expect(await response.json()).toMatchObject({ error: { code, errors: [{ reason }], status: 'UNAUTHENTICATED' } });
});

it.each([
  ['title', { title: '' }, 'invalidTitle'],
  ['description', { title: 'x', description: 'a > b' }, 'invalidDescription'],
  ['tags', { title: 'x', tags: ['x'.repeat(501)] }, 'invalidTags'],
  ['category', { title: 'x', categoryId: '999' }, 'invalidCategoryId'],
])('refuses a bad %s when the upload is opened', async (_, snippet, reason) => {
  const ask = await asChannel(await emulatorForTest());
  const response = await openUpload(ask, 10, { snippet });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { errors: [{ reason }] } });
});

it('refuses an image that is none as a thumbnail', async () => {
  const ask = await asChannel(await emulatorForTest());
  const id = await upload(ask);
  const response = await ask(`/upload/youtube/v3/thumbnails/set?videoId=${id}`, { method: 'POST', body: 'no image' });
  expect(await response.json()).toMatchObject({ error: { code: 400, errors: [{ reason: 'invalidImage' }] } });
});

it('has processed a video after two looks at it', async () => {
  const ask = await asChannel(await emulatorForTest());
  const id = await upload(ask);
  const look = async (): Promise<unknown> => (await ask(`/youtube/v3/videos?part=status&id=${id}`)).json();
  const state = (uploadStatus: string) => ({ items: [{ status: { uploadStatus } }] });
  expect(await look()).toMatchObject(state('uploaded'));
  expect(await look()).toMatchObject(state('uploaded'));
  expect(await look()).toMatchObject(state('processed'));
});

it('counts views of videos and channels, as text and more from day to day', async () => {
  const emulator = await emulatorForTest();
  const id = await upload(await asChannel(emulator));
  const views = async (): Promise<number[]> => {
    const ask = await asChannel(emulator);
    const paths = [`/youtube/v3/videos?part=statistics&id=${id}`, '/youtube/v3/channels?part=statistics&mine=true'];
    const answers = await Promise.all(paths.map(async (path) => Figures.parse(await (await ask(path)).json())));
    return answers.map(({ items: [{ statistics }] }) => Number(z.string().parse(statistics.viewCount)));
  };
  expect(await views()).toEqual([0, 0]);
  emulator.clock.advance({ hours: 24 });
  const [video = 0, channel = 0] = await views();
  expect([video > 0, channel]).toEqual([true, video]);
});

it('remembers videos and half of an upload over a restart', async () => {
  const stateDir = await mkdtemp(join(tmpdir(), 'crier-youtube-'));
  onTestFinished(() => rm(stateDir, { recursive: true }));
  const first = await emulatorForTest({ stateDir });
  const ask = await asChannel(first);
  await upload(ask);
  const bytes = await clip(KIB256 + 10);
  const { pathname, search } = new URL((await openUpload(ask, bytes.length)).headers.get('location') ?? '');
  await put(ask, `${pathname}${search}`, `0-${KIB256 - 1}/${bytes.length}`, bytes.slice(0, KIB256));
  const before = first.networks.youtube.posts();
  await first.stop();

  const second = await emulatorForTest({ stateDir });
  const again = await asChannel(second);
  expect(second.networks.youtube.posts().map(({ id, text }) => ({ id, text }))).toEqual(
    before.map(({ id, text }) => ({ id, text })),
  );
  const status = await put(again, `${pathname}${search}`, `*/${bytes.length}`);
  expect([status.status, status.headers.get('range')]).toEqual([308, `bytes=0-${KIB256 - 1}`]);
});
