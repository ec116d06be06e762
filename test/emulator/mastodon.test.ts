// The emulated Mastodon, through the network's own client.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRestAPIClient, MastoHttpError, type mastodon } from 'masto';
import { beforeEach, describe, expect, it } from 'vitest';
import { emulatorForTest, failureOf, mastodonClient, png, type TestEmulator } from './support.ts';

let emulator: TestEmulator;
let client: mastodon.rest.Client;
beforeEach(async () => {
  emulator = await emulatorForTest();
  client = mastodonClient(emulator);
});

const posts = () => emulator.networks.mastodon.posts();

const withKey = (key: string) => ({ requestInit: { headers: { 'Idempotency-Key': key } } });

/** Uploads without the client's own waiting, then asks until it is ready. */
async function readyMedia(description: string | null = null): Promise<string> {
  const file = new File([await png()], 'blue.png', { type: 'image/png' });
  const { id } = await client.v2.media.create({ file, skipPolling: true, ...(description === null ? {} : { description }) });
  await client.v1.media.$select(id).fetch();
  await client.v1.media.$select(id).fetch();
  return id;
}

describe('the instance and the account', () => {
  it('announces its limits', async () => {
    const { domain, configuration } = await client.v2.instance.fetch();

    expect(domain).toBe(new URL(emulator.networks.mastodon.url).host);
    expect(configuration.statuses).toEqual({ maxCharacters: 500, maxMediaAttachments: 4, charactersReservedPerUrl: 23 });
    expect(configuration.mediaAttachments).toMatchObject({ imageSizeLimit: 16_777_216, descriptionLimit: 1500 });
    expect(configuration.mediaAttachments.supportedMimeTypes).toContain('image/png');
  });

  it('knows whose token it is', async () => {
    const account = await client.v1.accounts.verifyCredentials();

    expect(account).toMatchObject({ username: 'crier', acct: 'crier', displayName: 'Crier', source: { privacy: 'public' } });
    expect((await client.v1.accounts.$select(account.id).fetch()).url).toBe(`${emulator.networks.mastodon.url}/@crier`);
  });

  it('refuses a wrong token with 401', async () => {
    const stranger = createRestAPIClient({ url: emulator.networks.mastodon.url, accessToken: 'wrong' });

    const failure = await failureOf(stranger.v1.accounts.verifyCredentials());

    expect(failure).toBeInstanceOf(MastoHttpError);
    expect(failure).toMatchObject({ statusCode: 401, message: 'The access token is invalid' });
  });

  it('registers an app', async () => {
    const app = await client.v1.apps.create({ clientName: 'Crier', redirectUris: 'urn:ietf:wg:oauth:2.0:oob', scopes: 'write' });

    expect(app).toMatchObject({ name: 'Crier', clientId: expect.any(String), clientSecret: expect.any(String) });
  });

  it('has as many accounts as one adds, each with posts of its own', async () => {
    const { token } = emulator.networks.mastodon.addAccount('second');
    const second = createRestAPIClient({ url: emulator.networks.mastodon.url, accessToken: token });
    await second.v1.statuses.create({ status: 'mine' }, withKey('k'));
    await client.v1.statuses.create({ status: 'other' }, withKey('k'));

    const { id } = await second.v1.accounts.verifyCredentials();

    expect((await second.v1.accounts.$select(id).statuses.list()).map(({ text, content }) => [text, content])).toEqual([
      [undefined, '<p>mine</p>'],
    ]);
  });
});

describe('a status', () => {
  it('is kept, shown as HTML, and gives its source back', async () => {
    const text = 'Out <now> & here: https://www.example.com/a?b=1\nwith @a@b.example\n\n#Launch';

    const status = await client.v1.statuses.create({ status: text });

    expect(status.content).toBe(
      '<p>Out &lt;now&gt; &amp; here: <a href="https://www.example.com/a?b=1" target="_blank" rel="nofollow noopener" translate="no">' +
        'example.com/a?b=1</a><br />with <span class="h-card" translate="no">@a@b.example</span></p>' +
        `<p><a href="${emulator.networks.mastodon.url}/tags/launch" class="mention hashtag" rel="tag">#<span>Launch</span></a></p>`,
    );
    expect(status.tags.map(({ name }) => name)).toEqual(['launch']);
    expect(await client.v1.statuses.$select(status.id).source.fetch()).toEqual({ id: status.id, text, spoilerText: '' });
    expect(posts()).toMatchObject([{ id: status.id, url: status.url, text, createdAt: '2026-11-22T09:00:00.000Z' }]);
  });

  it('is the same one for the same key within an hour, and another one after it', async () => {
    const first = await client.v1.statuses.create({ status: 'hello' }, withKey('key-1'));
    emulator.clock.advance({ minutes: 59 });
    const repeat = await client.v1.statuses.create({ status: 'hello' }, withKey('key-1'));
    const other = await client.v1.statuses.create({ status: 'hello' }, withKey('key-2'));
    emulator.clock.advance({ minutes: 1 });
    const late = await client.v1.statuses.create({ status: 'hello' }, withKey('key-1'));

    // liked since
    const { account, favouritesCount, repliesCount, reblogsCount } = repeat;
    expect(repeat).toEqual({ ...first, account, favouritesCount, repliesCount, reblogsCount });
    expect(new Set([first.id, other.id, late.id]).size).toBe(3);
    expect(posts().map(({ idempotencyKey }) => idempotencyKey)).toEqual(['key-1', 'key-2', 'key-1']);
  });

  it('is one for two requests with the same key at once', async () => {
    const make = () => client.v1.statuses.create({ status: 'hello' }, withKey('key-1'));

    const [one, two] = await Promise.all([make(), make()]);

    expect(one.id).toBe(two.id);
    expect(posts()).toHaveLength(1);
  });

  it.each([
    ['letters', 'x'.repeat(500)],
    ['URLs as 23 each', `${'x'.repeat(476)} https://example.com/${'y'.repeat(300)}`],
    ['mentions without their server', `${'x'.repeat(494)} @abcd@a.very.long.server.example`],
    ['emoji as one each', '👩‍👩‍👧‍👦'.repeat(500)],
  ])('may have 500 characters, counting %s, and not one more', async (_, status) => {
    const failure = await failureOf(client.v1.statuses.create({ status: `x${status}` }));
    await client.v1.statuses.create({ status });

    expect(failure).toMatchObject({ statusCode: 422, message: 'Validation failed: Text character limit of 500 exceeded' });
    expect(posts()).toHaveLength(1);
  });

  it('needs a text or a picture', async () => {
    expect(await failureOf(client.v1.statuses.create({ status: ' ' }))).toMatchObject({
      statusCode: 422,
      message: "Validation failed: Text can't be blank",
    });
  });

  it('is deleted with its source in the answer, and not found from then on', async () => {
    const { id } = await client.v1.statuses.create({ status: 'bye' });

    const removed = await client.v1.statuses.$select(id).remove();

    expect(removed.text).toBe('bye');
    expect(await failureOf(client.v1.statuses.$select(id).fetch())).toMatchObject({
      statusCode: 404,
      message: 'Record not found',
    });
    expect(posts()).toEqual([]);
  });

  it('is listed newest first, page by page', async () => {
    for (const status of ['a', 'b', 'c']) await client.v1.statuses.create({ status });
    const { id } = await client.v1.accounts.verifyCredentials();
    const pages: string[][] = [];

    for await (const page of client.v1.accounts.$select(id).statuses.list({ limit: 2 }))
      pages.push(page.map(({ content }) => content));

    expect(pages).toEqual([['<p>c</p>', '<p>b</p>'], ['<p>a</p>']]);
  });

  it('can be posted as a form, as curl does', async () => {
    const { url, demo } = emulator.networks.mastodon;
    const body = new URLSearchParams([
      ['status', 'from a form'],
      ['media_ids[]', await readyMedia()],
    ]);

    const response = await fetch(`${url}/api/v1/statuses`, {
      method: 'POST',
      headers: { authorization: `Bearer ${demo.token}` },
      body,
    });

    expect(response.status).toBe(200);
    expect(posts()).toMatchObject([{ text: 'from a form', images: [{ alt: '' }] }]);
  });
});

describe('media', () => {
  it('are processed while one asks: 202, 206, 200', async () => {
    const { url, demo } = emulator.networks.mastodon;
    const headers = { authorization: `Bearer ${demo.token}` };
    const body = new FormData();
    body.set('file', new File([await png(8, 4)], 'blue.png', { type: 'image/png' }));
    body.set('description', 'a blue field');

    const upload = await fetch(`${url}/api/v2/media`, { method: 'POST', headers, body });
    const media: unknown = await upload.json();
    expect(media).toMatchObject({
      type: 'image',
      url: null,
      description: 'a blue field',
      meta: { original: { width: 8, height: 4 } },
    });
    const look = () => fetch(`${url}/api/v1/media/${(media as { id: string }).id}`, { headers });

    expect([upload.status, (await look()).status, (await look()).status]).toEqual([202, 206, 200]);
    expect(await (await look()).json()).toMatchObject({ url: expect.stringContaining('/system/media_attachments/') });
  });

  it('are waited for by the client itself', async () => {
    const media = await client.v2.media.create({ file: new File([await png()], 'blue.png'), description: 'blue' });

    expect(new Uint8Array(await (await fetch(media.url ?? '')).arrayBuffer())).toEqual(await png());
  });

  it('are attached with their description, which may be changed until then', async () => {
    const id = await readyMedia('blue');
    await client.v1.media.$select(id).update({ description: 'a blue field' });

    const status = await client.v1.statuses.create({ status: 'look', mediaIds: [id] });

    expect(status.mediaAttachments).toMatchObject([{ id, description: 'a blue field' }]);
    expect(posts()[0]?.images).toEqual([{ alt: 'a blue field', size: (await png()).length }]);
    expect(await failureOf(client.v1.media.$select(id).fetch())).toMatchObject({ statusCode: 404 });
  });

  it('cannot be attached before they are processed, twice, or five at once', async () => {
    const file = new File([await png()], 'blue.png', { type: 'image/png' });
    const { id: early } = await client.v2.media.create({ file, skipPolling: true });
    const used = await readyMedia();
    await client.v1.statuses.create({ mediaIds: [used], status: '' });
    const attach = (mediaIds: string[]) => failureOf(client.v1.statuses.create({ status: 'x', mediaIds }));

    expect(await attach([early])).toMatchObject({
      statusCode: 422,
      message: 'Cannot attach files that have not finished processing. Try again in a moment!',
    });
    expect(await attach([used])).toMatchObject({ message: `Media ${used} not found or already attached to another post` });
    expect(await attach(['1', '2', '3', '4', '5'])).toMatchObject({ message: 'Cannot attach more than 4 files' });
  });

  it('may be a video, alone', async () => {
    const video = new File([await readFile(join(import.meta.dirname, '../fixtures/media/clip.mp4'))], 'clip.mp4', {
      type: 'video/mp4',
    });
    const { id } = await client.v2.media.create({ file: video, description: 'A clock runs' });
    const image = await readyMedia();
    expect(await failureOf(client.v1.statuses.create({ status: 'both', mediaIds: [id, image] }))).toMatchObject({
      statusCode: 422,
      message: 'Cannot attach a video to a post that already contains images',
    });
    const status = await client.v1.statuses.create({ status: 'moving', mediaIds: [id] });
    expect(status.mediaAttachments).toMatchObject([
      { id, type: 'video', meta: { original: { width: 64, height: 48, duration: 2 } } },
    ]);
    expect(posts()).toMatchObject([{ images: [], videos: [{ alt: 'A clock runs', size: video.size }] }]);
  });

  it('must be images or videos', async () => {
    const file = new File(['no image'], 'a.png', { type: 'image/png' });

    expect(await failureOf(client.v2.media.create({ file, skipPolling: true }))).toMatchObject({ statusCode: 422 });
  });
});
