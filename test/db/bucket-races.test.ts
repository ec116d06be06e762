// One process removes a file from a bucket while another puts the same bytes: every way in which the two can come between each other.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openBucket } from '../../src/db/bucket.ts';
import { openBucketMediaStore } from '../../src/db/bucket-media-store.ts';
import { hashOf } from '../../src/db/media-names.ts';
import { clockAt, type TestClock } from '../support/clock.ts';
import { type S3Server, startS3Server } from '../support/s3-server.ts';

type Fetch = typeof globalThis.fetch;

let server: S3Server;
let clock: TestClock;
let dates: Map<string, Temporal.Instant>;
beforeEach(async () => {
  server = await startS3Server('');
  clock = clockAt('2026-11-22T09:00:00Z');
  dates = new Map();
});
afterEach(() => server.close());

/** The real server, whose dates are those of the test's clock. `before` runs before each request leaves. */
const timed =
  (before: (method: string, name: string) => Promise<void> = async () => {}): Fetch =>
  async (url, init) => {
    const { pathname } = new URL(String(url));
    const method = init?.method ?? '';
    await before(method, pathname.slice(pathname.lastIndexOf('/') + 1));
    if (method === 'PUT') dates.set(pathname, clock.now());
    const answer = await fetch(url, init);
    const date = dates.get(pathname);
    if (method !== 'HEAD' || !answer.ok || !date) return answer;
    const headers = new Headers(answer.headers);
    headers.set('Last-Modified', new Date(date.epochMilliseconds).toUTCString());
    return new Response(null, { status: answer.status, headers });
  };

const storeOver = (fetchIt: Fetch) => openBucketMediaStore(openBucket(server.bucket, { fetch: fetchIt }));

/** A put that stops before the first request `at`, until it may go on. */
function haltingPut(hash: string, bytes: Uint8Array, at: string) {
  const halted = Promise.withResolvers<void>();
  const going = Promise.withResolvers<void>();
  const store = storeOver(
    timed(async (method, name) => {
      if (`${method} ${name.replace(hash, 'hash')}` !== at) return;
      halted.resolve();
      await going.promise;
    }),
  );
  let ended: Promise<void> | undefined;
  return {
    begin: async () => {
      ended = store.put(hash, bytes);
      // a put that finds the file writes nothing, and never halts
      await Promise.race([halted.promise, ended]);
    },
    end: async () => {
      going.resolve();
      await ended;
    },
  };
}

/** Requests that a removal makes; more do no harm here. */
const MOMENTS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

it.each(['HEAD hash', 'PUT hash'])(
  'whoever puts the same bytes has them afterwards, whenever it begins and goes on at %s',
  async (halt) => {
    for (const first of MOMENTS) {
      for (const second of MOMENTS.filter((moment) => moment >= first)) {
        const bytes = new TextEncoder().encode(`${first} ${second}`);
        const hash = hashOf(bytes);
        await storeOver(timed()).put(hash, bytes);
        clock.forward({ hours: 48 });

        const put = haltingPut(hash, bytes, halt);
        let request = -1;
        const remover = storeOver(
          timed(async () => {
            request += 1;
            if (request === first) await put.begin();
            if (request === second) await put.end();
          }),
        );
        await remover.remove(hash, clock.now().subtract({ hours: 24 }), async () => true);
        if (request < first) await put.begin();
        await put.end();
        expect(await storeOver(timed()).read(hash), `began at ${first}, went on at ${second}`).toEqual(bytes);
        expect(request, 'a removal that nobody disturbs makes so many requests').toBeLessThan(MOMENTS.length);
      }
    }
  },
);

it('a file that nobody puts meanwhile is gone, with all that was written beside it', async () => {
  const bytes = new TextEncoder().encode('alone');
  const hash = hashOf(bytes);
  await storeOver(timed()).put(hash, bytes);
  clock.forward({ hours: 48 });
  const store = storeOver(timed());
  expect(await store.remove(hash, clock.now().subtract({ hours: 24 }), async () => true)).toBe('gone');
  const listed = await (await fetch(`${server.bucket.endpoint}/crier?list-type=2`)).text();
  expect(listed).toContain('<KeyCount>0</KeyCount>');
});

it('a file that was put again lately stays, though its bytes were not sent again', async () => {
  const bytes = new TextEncoder().encode('again');
  const hash = hashOf(bytes);
  await storeOver(timed()).put(hash, bytes);
  clock.forward({ hours: 48 });
  await storeOver(timed()).put(hash, bytes);
  expect(await storeOver(timed()).remove(hash, clock.now().subtract({ hours: 24 }), async () => true)).toBe('kept');
  expect(await storeOver(timed()).read(hash)).toEqual(bytes);
});
