// What only the bucket has: a network in between, and a server that refuses.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreFailure } from '../../src/core/errors.ts';
import { openBucket } from '../../src/db/bucket.ts';
import { openBucketMediaStore } from '../../src/db/bucket-media-store.ts';
import { hashOf, nameOf } from '../../src/db/media-names.ts';
import { deadAddress, serveLocally } from '../support/local-server.ts';
import { bucketPlace } from './media-stores.ts';

const BYTES = new TextEncoder().encode('a picture');
const HASH = hashOf(BYTES);
const WHEN_ALL_IS_OLD = Temporal.Instant.from('2100-01-01T00:00:00Z');
const yes = async (): Promise<boolean> => true;

type Fetch = typeof globalThis.fetch;

let place: Awaited<ReturnType<typeof bucketPlace>>;
beforeEach(async () => {
  place = await bucketPlace();
});
afterEach(() => place.close());

const storeOver = (fetchIt: Fetch) => openBucketMediaStore(openBucket(place.bucket.options, { fetch: fetchIt }));
const methodOf = (init: RequestInit | undefined, url: Parameters<Fetch>[0]): string => {
  const { pathname } = new URL(String(url));
  return `${init?.method} ${pathname.replace(HASH, 'hash').replace(/^\/crier\/team\/media\/..\//, '')}`;
};

/** Every request, in order, on its way to the real server. */
function watched(): { asked: string[]; fetch: Fetch } {
  const asked: string[] = [];
  return {
    asked,
    fetch: (url, init) => {
      asked.push(methodOf(init, url));
      return fetch(url, init);
    },
  };
}

describe('putting into a bucket', () => {
  it('marks first, then looks, then writes; and does not send again what is there', async () => {
    const { asked, fetch: fetchIt } = watched();
    const store = storeOver(fetchIt);
    await store.put(HASH, BYTES);
    expect(asked.splice(0)).toEqual(['PUT hash.touched', 'HEAD hash', 'PUT hash']);
    await store.put(HASH, BYTES);
    expect(asked).toEqual(['PUT hash.touched', 'HEAD hash']);
  });

  it('writes whole what lies there with another length', async () => {
    await place.overwrite(nameOf(HASH), BYTES.slice(0, 3));
    await place.open().put(HASH, BYTES);
    expect(await place.open().read(HASH)).toEqual(BYTES);
  });

  it('signs the hash of what it sends', async () => {
    const seen: Headers[] = [];
    await storeOver((url, init) => {
      seen.push(new Headers(init?.headers));
      return fetch(url, init);
    }).put(HASH, BYTES);
    const headers = seen.at(-1);
    expect(headers?.get('x-amz-content-sha256')).toBe(HASH);
    expect(headers?.get('authorization')).toMatch(
      /^AWS4-HMAC-SHA256 Credential=S3RVER\/\d{8}\/us-east-1\/s3\/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=[0-9a-f]{64}$/,
    );
  });
});

describe('removing from a bucket', () => {
  it('leaves a copy where nobody knows whether the deleting was done', async () => {
    await place.open().put(HASH, BYTES);
    let late: (() => Promise<unknown>) | undefined;
    const store = storeOver(async (url, init) => {
      if (methodOf(init, url) !== 'DELETE hash') return fetch(url, init);
      late = () => fetch(url, init);
      throw new TypeError('fetch failed');
    });
    await expect(store.remove(HASH, WHEN_ALL_IS_OLD, yes)).rejects.toThrow('fetch failed');
    await place.open().put(HASH, BYTES);
    await late?.();
    expect(await place.names()).toEqual([`${HASH}.leaving`]);
    expect(await place.open().read(HASH)).toEqual(BYTES);
  });
});

describe('a bucket in trouble', () => {
  it('is away, and its files are not said to be gone: nobody answers', async () => {
    const endpoint = await deadAddress();
    const store = openBucketMediaStore(openBucket({ ...place.bucket.options, endpoint }, { fetch }));
    await expect(store.read(HASH)).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(store.put(HASH, BYTES)).rejects.toBeInstanceOf(StoreFailure);
  });

  it('is away, and its files are not said to be gone: the bucket itself is', async () => {
    const store = openBucketMediaStore(openBucket({ ...place.bucket.options, bucket: 'another' }, { fetch }));
    await expect(store.read(HASH)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('is away, and its files are not said to be gone: the key may not look', async () => {
    const store = openBucketMediaStore(openBucket({ ...place.bucket.options, accessKeyId: 'another' }, { fetch }));
    await expect(store.read(HASH)).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(store.size(HASH)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('is asked again where it says that it is busy', async () => {
    await place.open().put(HASH, BYTES);
    let refusals = 2;
    const store = storeOver(async (url, init) => {
      refusals -= 1;
      return refusals >= 0 ? new Response('<Error><Code>SlowDown</Code></Error>', { status: 503 }) : fetch(url, init);
    });
    expect(await store.read(HASH)).toEqual(BYTES);
  });

  it('is not believed where it sends us elsewhere', async () => {
    const server = await serveLocally((_request, response) => {
      response.writeHead(301, { Location: place.bucket.options.endpoint }).end();
    });
    const store = openBucketMediaStore(openBucket({ ...place.bucket.options, endpoint: server.url }, { fetch }));
    await expect(store.read(HASH)).rejects.toMatchObject({ kind: 'unavailable' });
    await server.close();
  });
});
