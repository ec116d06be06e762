// Videos of the emulated Bluesky: who may upload, how processing goes on, and how a post shows one.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AtpAgent } from '@atproto/api';
import { beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { blueskyClient, emulatorForTest, failureOf, type TestEmulator } from './support.ts';

const UPLOAD_BLOB = 'com.atproto.repo.uploadBlob';

let emulator: TestEmulator;
let agent: AtpAgent;
let bytes: Uint8Array<ArrayBuffer>;
beforeEach(async () => {
  emulator = await emulatorForTest();
  agent = await blueskyClient(emulator);
  bytes = new Uint8Array(await readFile(join(import.meta.dirname, '../fixtures/media/clip.mp4')));
});

async function grant({ lxm = UPLOAD_BLOB, minutes = 30, aud = '' } = {}): Promise<string> {
  const own = (await agent.com.atproto.server.describeServer()).data.did;
  const exp = Math.floor(emulator.clock.now().epochMilliseconds / 1000) + minutes * 60;
  return (await agent.com.atproto.server.getServiceAuth({ aud: aud || own, lxm, exp })).data.token;
}

function upload(token: string, { did = agent.assertDid, body = bytes } = {}): Promise<Response> {
  const query = new URLSearchParams({ did, name: 'clip.mp4' });
  return fetch(`${emulator.networks.bluesky.url}/xrpc/app.bsky.video.uploadVideo?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'video/mp4' },
    body,
  });
}

const Created = z.object({ jobId: z.string(), did: z.string(), state: z.string(), error: z.string().optional() });
const created = async (response: Response) => Created.parse(await response.json());

const job = async (jobId: string) => (await agent.app.bsky.video.getJobStatus({ jobId })).data.jobStatus;

async function process(): Promise<NonNullable<Awaited<ReturnType<typeof job>>['blob']>> {
  const { jobId } = await created(await upload(await grant()));
  for (let asked = 0; asked < 9; asked += 1) {
    const { blob } = await job(jobId);
    if (blob) return blob;
  }
  throw new Error('it was never processed');
}

it('a video is processed step by step, and its blob is then the account’s own', async () => {
  const response = await upload(await grant());
  expect(response.status).toBe(200);
  const { jobId, ...rest } = await created(response);
  expect(rest).toEqual({ did: agent.did, state: 'JOB_STATE_CREATED' });
  expect(await job(jobId)).toMatchObject({ state: 'JOB_STATE_ENCODING' });
  expect(await job(jobId)).toMatchObject({ state: 'JOB_STATE_SCANNING' });
  const { state, blob } = await job(jobId);
  expect([state, blob?.mimeType, blob?.size]).toEqual(['JOB_STATE_COMPLETED', 'video/mp4', bytes.length]);
  const { data } = await agent.com.atproto.sync.getBlob({ did: agent.assertDid, cid: String(blob?.ref) });
  expect(Buffer.from(data)).toEqual(Buffer.from(bytes));
});

it('the same video again is refused with the job of the first', async () => {
  const first = await created(await upload(await grant()));
  const again = await upload(await grant());
  expect(again.status).toBe(409);
  expect(await created(again)).toMatchObject({ error: 'already_exists', jobId: first.jobId });
});

it('what is no video fails, with a code', async () => {
  const { jobId } = await created(await upload(await grant(), { body: new Uint8Array(100).fill(7) }));
  expect(await job(jobId)).toMatchObject({ state: 'JOB_STATE_FAILED', failureCode: 'encoding_failure' });
});

it.each<[string, () => Promise<Response>]>([
  ['a session’s token', async () => upload(agent.session?.accessJwt ?? '')],
  ['a token for another method', async () => upload(await grant({ lxm: 'app.bsky.video.getUploadLimits' }))],
  ['a token for another server', async () => upload(await grant({ aud: 'did:web:elsewhere.example' }))],
  ['a token of another account', async () => upload(await grant(), { did: 'did:plc:somebody' })],
  [
    'a token that has run out',
    async () => {
      const token = await grant();
      emulator.clock.advance({ minutes: 31 });
      return upload(token);
    },
  ],
])('%s does not upload', async (_, tried) => {
  expect((await tried()).status).toBe(401);
});

it('a token is granted for an hour at most', async () => {
  expect(await failureOf(grant({ minutes: 61 }))).toMatchObject({ error: 'BadExpiration' });
});

it('a post shows its video in the feed and in the app views that a client validates', async () => {
  const video = await process();
  const aspectRatio = { width: 64, height: 48 };
  const embed = { $type: 'app.bsky.embed.video', video, alt: 'A clock runs', aspectRatio };
  const { uri } = await agent.post({ text: 'look', embed });
  expect((await agent.getPosts({ uris: [uri] })).data.posts).toMatchObject([
    { embed: { $type: 'app.bsky.embed.video#view', cid: String(video.ref), alt: 'A clock runs' } },
  ]);
  expect(emulator.networks.bluesky.posts()).toMatchObject([
    { images: [], videos: [{ alt: 'A clock runs', size: bytes.length }] },
  ]);
  expect(await (await fetch(emulator.networks.bluesky.url)).text()).toContain('aria-label="A clock runs" controls');
});

it('a post refers to no video that is not there', async () => {
  const video = await process();
  const { handle, password } = emulator.networks.bluesky.addAccount('other');
  const other = await blueskyClient(emulator);
  await other.login({ identifier: handle, password });
  const embed = { $type: 'app.bsky.embed.video', video };
  expect(await failureOf(other.post({ text: 'mine?', embed }))).toMatchObject({ error: 'BlobNotFound' });
});
