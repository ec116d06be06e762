// What survives a restart of the emulator, and what it does with a damaged journal.
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AtpAgent } from '@atproto/api';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { blueskyClient, emulatorForTest, failureOf, mastodonClient, png } from './support.ts';

let stateDir: string;
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'crier-emulator-'));
  onTestFinished(() => rmSync(stateDir, { recursive: true }));
});

const withKey = { requestInit: { headers: { 'Idempotency-Key': 'key-1' } } };

it('keeps posts, images, deletions and idempotency keys', async () => {
  const first = await emulatorForTest({ stateDir });
  const agent = await blueskyClient(first);
  const client = mastodonClient(first);
  const { blob: image } = (await agent.uploadBlob(await png())).data;
  await agent.post({ text: 'stays', embed: { $type: 'app.bsky.embed.images', images: [{ image, alt: 'blue' }] } });
  await agent.deletePost((await agent.post({ text: 'goes' })).uri);
  await client.v1.statuses.create({ status: 'once' }, withKey);
  const media = await client.v2.media.create({ file: new File([await png()], 'a.png'), skipPolling: true });
  await first.stop();

  const second = await emulatorForTest({ stateDir });
  const again = mastodonClient(second);
  await again.v1.statuses.create({ status: 'once' }, withKey);
  await again.v1.statuses.create({ status: 'with the old picture', mediaIds: [media.id] });

  expect(second.networks.bluesky.posts().map(({ text, images }) => [text, images.map(({ alt }) => alt)])).toEqual([
    ['stays', ['blue']],
  ]);
  expect(second.networks.mastodon.posts().map(({ text }) => text)).toEqual(['once', 'with the old picture']);
  const { data } = await (await blueskyClient(second)).com.atproto.sync.getBlob({ did: agent.assertDid, cid: String(image.ref) });
  expect(new Uint8Array(data)).toEqual(await png());
});

it('keeps sessions: tokens of before the restart still work after it', async () => {
  const first = await emulatorForTest({ stateDir });
  const { session } = await blueskyClient(first);
  if (!session) throw new Error('no session');
  await first.stop();

  const second = await emulatorForTest({ stateDir });
  const agent = new AtpAgent({ service: second.networks.bluesky.url });
  await agent.resumeSession(session);
  await agent.post({ text: 'still me' });

  expect(second.networks.bluesky.posts()).toHaveLength(1);
});

it('forgets everything where it was given no place to keep it', async () => {
  const first = await emulatorForTest();
  await mastodonClient(first).v1.statuses.create({ status: 'gone' });
  await first.stop();

  expect((await emulatorForTest()).networks.mastodon.posts()).toEqual([]);
});

it('writes a post down before the answer leaves', async () => {
  const emulator = await emulatorForTest({ stateDir });
  const { faults } = emulator.networks.mastodon;
  faults.order({ match: 'POST /api/v1/statuses', hold: true });

  const answer = mastodonClient(emulator).v1.statuses.create({ status: 'on disk' });
  await faults.whenHeld();

  expect(readFileSync(join(stateDir, 'mastodon', 'journal.jsonl'), 'utf8')).toContain('on disk');
  faults.release();
  await answer;
});

it('drops a last line torn by a crash with a warning, and goes on from there', async () => {
  const first = await emulatorForTest({ stateDir });
  await mastodonClient(first).v1.statuses.create({ status: 'whole' });
  await first.stop();
  appendFileSync(join(stateDir, 'mastodon', 'journal.jsonl'), '{"type":"status","id":"1234567');

  const second = await emulatorForTest({ stateDir });
  await mastodonClient(second).v1.statuses.create({ status: 'next' });
  await second.stop();
  const third = await emulatorForTest({ stateDir });

  expect(second.lines).toMatchObject([{ level: 'warn', message: expect.stringContaining('torn') }]);
  expect(third.networks.mastodon.posts().map(({ text }) => text)).toEqual(['whole', 'next']);
  expect(third.lines).toEqual([]);
});

it.each([
  ['is not JSON', '{"type":"stat\n'],
  ['is JSON of another kind', '{"type":"toot"}\n'],
])('names file and line of one in the middle that %s, and changes nothing', async (_, line) => {
  const file = join(stateDir, 'mastodon', 'journal.jsonl');
  await (await emulatorForTest({ stateDir })).stop();
  const damaged = line + readFileSync(file, 'utf8');
  writeFileSync(file, damaged);

  const failure = await failureOf(emulatorForTest({ stateDir }));

  expect(failure).toMatchObject({ kind: 'invalid-input', userMessage: expect.stringContaining(`Line 1 of ${file}`) });
  expect(readFileSync(file, 'utf8')).toBe(damaged);
});

it('takes the port it is asked to where that is free, and another one where it is taken', async () => {
  const first = await emulatorForTest();
  const port = Number(new URL(first.networks.bluesky.url).port);

  const beside = await emulatorForTest({ ports: { bluesky: port } });
  await beside.stop();
  await first.stop();
  const after = await emulatorForTest({ ports: { bluesky: port } });

  expect(beside.networks.bluesky.url).not.toBe(first.networks.bluesky.url);
  expect(beside.lines).toMatchObject([{ level: 'info', fields: { network: 'bluesky', port } }]);
  expect(after.networks.bluesky.url).toBe(first.networks.bluesky.url);
});
