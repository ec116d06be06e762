// Files by signed links: whole, in parts, from a folder and from a bucket, and nothing for whoever has no link.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashOf } from '../../src/db/media-names.ts';
import { keyFrom, makeKeyHex } from '../../src/db/vault.ts';
import { mediaMount } from '../../src/web/media.ts';
import { type MediaLinkReader, openMediaLinks } from '../../src/web/media-links.ts';
import { bucketPlace, folderPlace, type StorePlace } from '../db/media-stores.ts';
import { clockAt, type TestClock } from '../support/clock.ts';
import { ask, useWebs } from './open-web.ts';

const TEXT = 'a picture, or so it is said';
const BYTES = new TextEncoder().encode(TEXT);
const HASH = hashOf(BYTES);
const FILE = { hash: HASH, mimeType: 'image/png' };
const NOW = '2026-11-22T12:00:00Z';
const TOMORROW = Temporal.Instant.from('2026-11-23T12:00:00Z');
const PUBLIC_URL = 'https://crier.example.com/team';

const webs = useWebs();
const { key } = keyFrom(makeKeyHex());
let place: StorePlace;
let clock: TestClock;
let links: MediaLinkReader;
let url: string;
let pathOf: (file?: typeof FILE, until?: Temporal.Instant) => string;

async function open(make: () => Promise<StorePlace>): Promise<void> {
  place = await make();
  clock = clockAt(NOW);
  links = openMediaLinks({ base: () => PUBLIC_URL, keys: [key] });
  const web = await webs.start({ mounts: [mediaMount({ links, files: place.open(), clock, log: webs.log })] });
  url = web.url;
  pathOf = (file = FILE, until = TOMORROW) => (links.linkTo(file, until) ?? '').replace(PUBLIC_URL, url);
}

const bytes = (range: string, more: Record<string, string> = {}) =>
  ask(pathOf(), { headers: { Range: `bytes=${range}`, ...more } });

describe.each([
  { kind: 'a folder', make: folderPlace },
  { kind: 'a bucket', make: bucketPlace },
])('a link to a file in $kind', ({ make }) => {
  beforeEach(async () => {
    await open(make);
    await place.open().put(HASH, BYTES);
  });
  afterEach(() => place.close());

  it('gives it, with what it is, for others to show and for nobody to run', async () => {
    const answer = await ask(pathOf());
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(BYTES.length),
      etag: `"${HASH}"`,
      'accept-ranges': 'bytes',
      'cache-control': 'private, max-age=86400',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
      'content-security-policy': expect.stringMatching(/default-src 'none'; sandbox/),
      'x-robots-tag': 'noindex',
    });
    expect(await answer.text()).toBe(TEXT);
  });

  it('tells of it without giving it', async () => {
    const answer = await ask(pathOf(), { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-length')).toBe(String(BYTES.length));
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(await answer.text()).toBe('');
  });

  it.each([
    { range: '0-0', gives: TEXT.slice(0, 1), says: `bytes 0-0/${TEXT.length}` },
    { range: '2-8', gives: TEXT.slice(2, 9), says: `bytes 2-8/${TEXT.length}` },
    { range: '20-', gives: TEXT.slice(20), says: `bytes 20-26/${TEXT.length}` },
    { range: '-4', gives: TEXT.slice(-4), says: `bytes 23-26/${TEXT.length}` },
    { range: '-4000', gives: TEXT, says: `bytes 0-26/${TEXT.length}` },
    { range: '2-4000', gives: TEXT.slice(2), says: `bytes 2-26/${TEXT.length}` },
  ])('gives the bytes $range', async ({ range, gives, says }) => {
    const answer = await bytes(range);
    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-range')).toBe(says);
    expect(answer.headers.get('content-length')).toBe(String(gives.length));
    expect(await answer.text()).toBe(gives);
  });

  it('says that a file is no longer kept', async () => {
    const other = { hash: hashOf(new TextEncoder().encode('another')), mimeType: 'video/mp4' };
    const answer = await ask(pathOf(other));
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('This file is no longer kept.');
  });
});

describe('a request for a part', () => {
  beforeEach(async () => {
    await open(folderPlace);
    await place.open().put(HASH, BYTES);
  });
  afterEach(() => place.close());

  it.each(['27-', '100-200', '-0'])('is refused where there is nothing: %s', async (range) => {
    const answer = await bytes(range);
    expect(answer.status).toBe(416);
    expect(answer.headers.get('content-range')).toBe('bytes */27');
  });

  it.each(['0-1,4-5', '5-2', 'x-y', '-'])('that is none, or several, is answered with the whole file: %s', async (range) => {
    const answer = await bytes(range);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(TEXT);
  });

  it('is answered with the whole file where the asker has parts of another', async () => {
    expect((await bytes('0-1', { 'If-Range': '"another"' })).status).toBe(200);
    expect((await bytes('0-1', { 'If-Range': `"${HASH}"` })).status).toBe(206);
  });

  it.each([`"${HASH}"`, `W/"${HASH}"`, `"a", "${HASH}"`, '*'])(
    'of what the asker has already gives nothing: %s',
    async (named) => {
      const answer = await ask(pathOf(), { headers: { 'If-None-Match': named } });
      expect(answer.status).toBe(304);
      expect(answer.headers.get('etag')).toBe(`"${HASH}"`);
    },
  );
});

describe('without a link that holds', () => {
  beforeEach(async () => {
    await open(folderPlace);
    await place.open().put(HASH, BYTES);
  });
  afterEach(() => place.close());

  it('nothing is given once its time is over', async () => {
    const path = pathOf();
    clock.forward({ hours: 23, minutes: 59 });
    expect((await ask(path)).headers.get('cache-control')).toBe('private, max-age=60');
    clock.forward({ minutes: 1 });
    const answer = await ask(path);
    expect(answer.status).toBe(410);
    expect(await answer.text()).toContain('has expired');
  });

  it.each<{ what: string; forge: (path: string) => string }>([
    { what: 'another time', forge: (path) => path.replace(/media\/\d/, 'media/9') },
    { what: 'another file', forge: (path) => path.replace(HASH, '0'.repeat(64)) },
    { what: 'another type', forge: (path) => path.replace(/png$/, 'mp4') },
    { what: 'another signature', forge: (path) => path.replace(/\/[\w-]{43}\//, `/${'A'.repeat(43)}/`) },
    { what: 'no signature', forge: (path) => path.replace(/\/[\w-]{43}\//, '/') },
    { what: 'a path in it', forge: (path) => path.replace(`${HASH}.png`, '..%2F..%2Fsecrets.json') },
    { what: 'nothing but the folder', forge: () => `${url}/media/` },
  ])('nothing is given, nor told: with $what', async ({ forge }) => {
    const answer = await ask(forge(pathOf()));
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('There is nothing here.');
  });

  it('nothing is taken', async () => {
    const answer = await ask(pathOf(), { method: 'PUT', body: 'other' });
    expect(answer.status).toBe(405);
    expect(await place.open().read(HASH)).toEqual(BYTES);
  });
});

describe('links', () => {
  it('hold on when the key is changed, in processes that have the new one and in those that do not yet', () => {
    const next = keyFrom(makeKeyHex()).key;
    const [before, after] = [
      openMediaLinks({ base: () => PUBLIC_URL, keys: [key, next] }),
      openMediaLinks({ base: () => PUBLIC_URL, keys: [next, key] }),
    ];
    for (const [maker, reader] of [
      [before, after],
      [after, before],
    ] as const) {
      const [file = '', signature = '', until = ''] = (maker.linkTo(FILE, TOMORROW) ?? '').split('/').reverse();
      expect(reader.read({ file, signature, until })).toEqual({ ...FILE, until: TOMORROW });
      expect(openMediaLinks({ base: () => PUBLIC_URL, keys: [keyFrom(makeKeyHex()).key] }).read({ file, signature, until })).toBe(
        null,
      );
    }
  });

  it('are none without an address, nor for what cannot be named', () => {
    expect(openMediaLinks({ base: () => null, keys: [key] }).linkTo(FILE, TOMORROW)).toBe(null);
    expect(openMediaLinks({ base: () => PUBLIC_URL, keys: [key] }).linkTo({ hash: HASH, mimeType: 'text/html' }, TOMORROW)).toBe(
      null,
    );
  });
});

it('a store that is away makes the asker come again', async () => {
  await open(folderPlace);
  const path = pathOf();
  await place.close();
  const answer = await ask(path);
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('60');
});
