// Posts of the emulated Bluesky, through the network's own client.
import { type AtpAgent, type BlobRef, RichText } from '@atproto/api';
import { beforeEach, describe, expect, it } from 'vitest';
import { blueskyClient, emulatorForTest, failureOf, png, type TestEmulator } from './support.ts';

const COLLECTION = 'app.bsky.feed.post';
const RKEY = '3m6pz2k5qzc2a';
const CREATED_AT = '2026-11-22T09:00:00.000Z';

let emulator: TestEmulator;
let agent: AtpAgent;
beforeEach(async () => {
  emulator = await emulatorForTest();
  agent = await blueskyClient(emulator);
});

const create = (record: Record<string, unknown>, rkey = RKEY) =>
  agent.com.atproto.repo.createRecord({
    repo: agent.assertDid,
    collection: COLLECTION,
    rkey,
    record: { $type: COLLECTION, createdAt: CREATED_AT, ...record },
  });

const imagesEmbed = (images: unknown[]) => ({ embed: { $type: 'app.bsky.embed.images', images } });

const plain = ({ ref, mimeType, size }: BlobRef) => ({ $type: 'blob', ref: { $link: String(ref) }, mimeType, size });

async function upload(bytes: Uint8Array) {
  const { data } = await agent.uploadBlob(bytes, { encoding: 'image/png' });
  return data.blob;
}

describe('a post', () => {
  it('is kept with its facets and read back as it was written', async () => {
    const text = new RichText({ text: 'Ünï: https://example.com by @crier.test #launch' });
    await text.detectFacets(agent);

    const { data } = await create({ text: text.text, facets: text.facets });

    const uri = `at://${agent.did}/${COLLECTION}/${RKEY}`;
    expect(data).toMatchObject({ uri, validationStatus: 'valid' });
    const read = await agent.getPost({ repo: agent.assertDid, rkey: RKEY });
    expect(read.cid).toBe(data.cid);
    expect(read.value.facets).toHaveLength(3);
    expect(emulator.networks.bluesky.posts()).toEqual([
      {
        id: uri,
        url: `${emulator.networks.bluesky.url}/profile/crier.test/post/${RKEY}`,
        text: text.text,
        createdAt: CREATED_AT,
        images: [],
        videos: [],
        accountId: agent.did,
        inReplyTo: null,
        idempotencyKey: null,
        rkey: RKEY,
      },
    ]);
  });

  it('carries images with their alt text, and serves their bytes', async () => {
    const bytes = await png();
    const image = await upload(bytes);

    await create({ text: 'look', ...imagesEmbed([{ image, alt: 'a blue field', aspectRatio: { width: 8, height: 4 } }]) });

    expect(emulator.networks.bluesky.posts()[0]?.images).toEqual([{ alt: 'a blue field', size: bytes.length }]);
    const { data } = await agent.com.atproto.sync.getBlob({ did: agent.assertDid, cid: String(image.ref) });
    expect(new Uint8Array(data)).toEqual(bytes);
  });

  it('shows in the app views that a client validates', async () => {
    const image = await upload(await png());
    const { data } = await create({ text: 'seen', ...imagesEmbed([{ image, alt: 'blue' }]) });

    const { posts } = (await agent.getPosts({ uris: [data.uri, `at://${agent.did}/${COLLECTION}/3m6pz2k5qzc2z`] })).data;
    const { data: profile } = await agent.getProfile({ actor: 'crier.test' });

    expect(posts).toHaveLength(1);
    expect(posts[0]).toMatchObject({
      uri: data.uri,
      likeCount: 0,
      embed: { images: [{ alt: 'blue' }] },
      author: { handle: 'crier.test' },
    });
    expect(profile).toMatchObject({ handle: 'crier.test', postsCount: 1 });
  });

  it('gets a key of its own where the client chose none, each greater than the last', async () => {
    for (const text of ['one', 'two', 'three']) await agent.post({ text });

    const keys = emulator.networks.bluesky.posts().map(({ rkey }) => rkey ?? '');
    expect(keys).toEqual([...keys].sort());
    expect(new Set(keys).size).toBe(3);
  });
});

describe('a repeat', () => {
  it('of a taken rkey is a bare 500, as on the reference PDS, and changes nothing', async () => {
    await create({ text: 'once' });

    const failure = await failureOf(create({ text: 'twice' }));

    expect(failure).toMatchObject({ status: 500, error: 'InternalServerError', message: 'Internal Server Error' });
    expect(emulator.networks.bluesky.posts().map(({ text }) => text)).toEqual(['once']);
  });

  it('without an rkey is a second post', async () => {
    await agent.post({ text: 'same' });
    await agent.post({ text: 'same' });

    expect(emulator.networks.bluesky.posts()).toHaveLength(2);
  });

  it('by putRecord overwrites, unless it expects another version', async () => {
    const put = (text: string, swapRecord?: string | null) =>
      agent.com.atproto.repo.putRecord({
        repo: agent.assertDid,
        collection: COLLECTION,
        rkey: RKEY,
        record: { $type: COLLECTION, createdAt: CREATED_AT, text },
        ...(swapRecord === undefined ? {} : { swapRecord }),
      });
    const { data } = await put('first', null);

    await put('second', data.cid);
    const failure = await failureOf(put('third', data.cid));

    expect(failure).toMatchObject({ status: 400, error: 'InvalidSwap' });
    expect(emulator.networks.bluesky.posts().map(({ text }) => text)).toEqual(['second']);
  });
});

describe('reading and deleting', () => {
  it('says RecordNotFound for a record that is not there', async () => {
    const failure = await failureOf(agent.getPost({ repo: agent.assertDid, rkey: RKEY }));

    expect(failure).toMatchObject({ status: 400, error: 'RecordNotFound' });
  });

  it('lists newest first, page by page, and the other way round on request', async () => {
    for (const text of ['a', 'b', 'c']) await agent.post({ text });
    const list = async (params: { cursor?: string; reverse?: boolean }) => {
      const repo = agent.assertDid;
      const { data } = await agent.com.atproto.repo.listRecords({ repo, collection: COLLECTION, limit: 2, ...params });
      return { texts: data.records.map(({ value }) => value.text), cursor: data.cursor };
    };

    const first = await list({});
    const second = await list(first.cursor === undefined ? {} : { cursor: first.cursor });

    expect([first.texts, second.texts]).toEqual([['c', 'b'], ['a']]);
    expect((await list({ reverse: true })).texts).toEqual(['a', 'b']);
  });

  it('deletes a post, and deletes it again without complaint', async () => {
    const { data } = await create({ text: 'gone' });

    await agent.deletePost(data.uri);
    await agent.deletePost(data.uri);

    expect(emulator.networks.bluesky.posts()).toEqual([]);
  });
});

describe('a record that breaks the rules', () => {
  it.each([
    ['301 graphemes', { text: '👩‍👩‍👧‍👦'.repeat(100) + 'x'.repeat(201) }, 'must not be longer than 300 graphemes'],
    ['more than 3000 bytes', { text: '👩‍👩‍👧‍👦'.repeat(121) }, 'must not be longer than 3000'],
    ['no date', { text: 'x', createdAt: 'today' }, 'createdAt'],
    ['another type', { $type: 'app.bsky.feed.like', text: 'x' }, 'Invalid $type'],
    ['a facet past the end', { text: 'abc', facets: [{ index: { byteStart: 1, byteEnd: 4 }, features: [] }] }, 'Invalid facet'],
  ])('(%s) is refused with 400 InvalidRequest and not stored', async (_, record, message) => {
    const failure = await failureOf(create(record));

    expect(failure).toMatchObject({ status: 400, error: 'InvalidRequest', message: expect.stringContaining(message) });
    expect(emulator.networks.bluesky.posts()).toEqual([]);
  });

  it('is taken at the very edge: 300 graphemes', async () => {
    await create({ text: 'ü'.repeat(300) });

    expect(emulator.networks.bluesky.posts()).toHaveLength(1);
  });

  it('is refused for an rkey that is no TID, and for a repo of somebody else', async () => {
    emulator.networks.bluesky.addAccount('second');
    const foreign = agent.com.atproto.repo.createRecord({
      repo: 'second.test',
      collection: COLLECTION,
      record: { text: 'x', createdAt: CREATED_AT },
    });

    expect(await failureOf(create({ text: 'x' }, 'not-a-tid'))).toMatchObject({ status: 400, error: 'InvalidRequest' });
    expect(await failureOf(foreign)).toMatchObject({ status: 401 });
  });

  it('may have four images, not five', async () => {
    const image = { image: await upload(await png()), alt: '' };

    const failure = await failureOf(create({ text: 'x', ...imagesEmbed(Array(5).fill(image)) }));
    await create({ text: 'x', ...imagesEmbed(Array(4).fill(image)) });

    expect(failure).toMatchObject({ status: 400, message: expect.stringContaining('must not have more than 4 elements') });
    expect(emulator.networks.bluesky.posts()[0]?.images).toHaveLength(4);
  });

  it('is refused for a blob that was never uploaded, or described wrongly', async () => {
    const image = plain(await upload(await png()));
    const other = plain(await upload(await png(9, 9)));
    const unknown = { ...image, ref: { $link: 'bafkreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy' } };

    expect(await failureOf(create({ text: 'x', ...imagesEmbed([{ image: unknown, alt: '' }]) }))).toMatchObject({
      error: 'BlobNotFound',
    });
    expect(await failureOf(create({ text: 'x', ...imagesEmbed([{ image: { ...other, size: 1 }, alt: '' }]) }))).toMatchObject({
      error: 'InvalidSize',
    });
  });

  it('is refused for an image over two million bytes', async () => {
    const padding = new Uint8Array(2_000_000);
    const image = await upload(new Uint8Array([...(await png()), ...padding]));

    expect(await failureOf(create({ text: 'x', ...imagesEmbed([{ image, alt: '' }]) }))).toMatchObject({
      status: 400,
      error: 'BlobTooLarge',
    });
  });
});
