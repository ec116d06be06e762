// What only Threads has: containers that are waited for and gone on with, carousels, options, and threads by reply.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readOptions } from '../../src/core/network-options.ts';
import { threads } from '../../src/platforms/threads/index.ts';
import { clip, type Delivery, film, type Harness, openHarness, photo, picture } from './harness.ts';
import { DEMO, LOOK, PUBLISH, threadsSubject } from './threads-kit.ts';

const MAKE = `POST ${DEMO}/threads`;

let harness: Harness;
beforeEach(async () => {
  harness = await openHarness(threadsSubject);
});
afterEach(() => harness.close());

const countMade = (): number => harness.countRequests(MAKE);
const containersOf = ({ handles }: Delivery): object => Object(Reflect.get(handles(), 'containers') ?? {});

describe('what goes out', () => {
  it('an image with its text and alternative text, at the address that Threads gives it', async () => {
    const { publish } = await harness.delivery({ media: [await picture()], text: 'Hello #Crier' });
    const { remoteId, url } = await publish();
    expect(harness.network.posts()).toMatchObject([
      { id: remoteId, url, text: 'Hello #Crier', images: [{ alt: 'A blue square' }] },
    ]);
    expect(url).toMatch(/\/@crier\/post\/[\w-]{11}$/);
    expect(await (await fetch(url)).text()).toContain('Hello #Crier');
  });

  it('several files as one carousel, in their order', async () => {
    const media = [
      await photo({ id: 'a', altText: 'One' }),
      await film({ id: 'b' }),
      await picture({ id: 'c', altText: 'Three' }),
    ];
    await (await harness.delivery({ media, text: 'Three things' })).publish();
    expect(harness.network.posts()).toMatchObject([
      { text: 'Three things', images: [{ alt: 'One' }, { alt: 'Three' }], videos: [{ size: media[1]?.size }] },
    ]);
    expect([countMade(), harness.countRequests(PUBLISH)]).toEqual([4, 1]);
  });

  it('an image without a text', async () => {
    await (await harness.delivery({ media: [await photo()], text: '' })).publish();
    expect(harness.network.posts()).toMatchObject([{ text: '', images: [{}] }]);
  });

  it('a small image, which Threads makes larger itself', async () => {
    await (await harness.delivery({ media: [await photo({ width: 64, height: 64 })] })).publish();
    expect(harness.network.posts()).toHaveLength(1);
  });

  it('a long alternative text, shortened to what Threads takes', async () => {
    await (await harness.delivery({ media: [await photo({ altText: 'x'.repeat(1200) })] })).publish();
    expect(harness.network.posts()[0]?.images[0]?.alt).toBe(`${'x'.repeat(999)}…`);
  });

  it('its topic, its link and who can reply, of a thread the first two once', async () => {
    const options = { topic: 'Cooking', link: 'https://example.com/soup', replies: 'followers_only' };
    const first = await (await harness.delivery({ options })).publish();
    const second = await (await harness.delivery({ options, thread: [first], idempotencyKey: 'two' })).publish();
    const pages = await Promise.all([first, second].map(async ({ url }) => (await fetch(url)).text()));
    const shown = pages.map((page) => ['Cooking', 'example.com/soup', 'followers only'].map((words) => page.includes(words)));
    expect(shown).toEqual([
      [true, true, true],
      [false, false, true],
    ]);
  });
});

describe('what is refused', () => {
  it.each([
    ['500 characters', 'x'.repeat(500), 'x'.repeat(501), 'characters'],
    ['500 characters, where an emoji counts its bytes', '👍'.repeat(125), `${'👍'.repeat(124)}xxxxx`, 'characters'],
    ['5 links', links(5), links(6), 'links'],
  ])('a text past %s, by Crier’s count and by Threads', async (_, longest, tooLong, unit) => {
    const limit = threads.limits(null).text.find((each) => each.unit === unit);
    expect([limit?.count(longest), limit?.count(tooLong)]).toEqual([limit?.max, (limit?.max ?? 0) + 1]);
    await (await harness.delivery({ text: longest })).publish();
    expect((await (await harness.delivery({ text: tooLong, idempotencyKey: 'two' })).failure()).kind).toBe('rejected');
    expect(harness.network.posts()).toHaveLength(1);
  });

  it.each([
    ['1:10', { width: 100, height: 1000 }, { width: 99, height: 1000 }],
    ['10:1', { width: 1000, height: 100 }, { width: 1001, height: 100 }],
    ['8 MB', { size: 8_000_000 }, { size: 8_000_001 }],
  ])('an image past %s', async (_, last, past) => {
    await (await harness.delivery({ media: [await photo(last)] })).publish();
    expect((await (await harness.delivery({ media: [await photo(past)] })).failure()).kind).toBe('rejected');
    expect(harness.network.posts()).toHaveLength(1);
  });

  it('more than 20 files', async () => {
    const media = await Promise.all(Array.from({ length: 21 }, (_, index) => photo({ id: `m${index}` })));
    await (await harness.delivery({ media: media.slice(1) })).publish();
    const { failure } = await harness.delivery({ media, idempotencyKey: 'two' });
    await failure();
    expect(harness.network.posts().map(({ images }) => images.length)).toEqual([20]);
    expect(threads.limits(null)).toMatchObject({ maxFiles: 20, mixedMedia: true, needsMedia: false });
  });

  it('a link below a post with files, before anything is made', async () => {
    const link = 'https://example.com/';
    expect(threads.limits(null, { link })).toMatchObject({ images: null, videos: null });
    expect(threads.limits(null, { link }).text[1]?.count(`www.example.com ${link}`)).toBe(2);
    const { failure } = await harness.delivery({ media: [await photo()], options: { link } });
    expect((await failure()).kind).toBe('rejected');
    expect(countMade()).toBe(0);
  });

  it.each([
    [{ topic: 'x'.repeat(51) }, '50 characters'],
    [{ topic: 'R&D' }, 'ampersand'],
    [{ link: 'example.com' }, 'https://'],
    [{ replies: 'nobody' }, 'followers_only'],
  ])('%j, with what to write instead', (options, words) => {
    expect(() => readOptions(threads, options)).toThrow(words);
  });

  it('a file that Threads cannot fetch is no fault of the post: it is tried again, and PUBLIC_URL is named', async () => {
    for (const media of [[await photo()], [await clip()]]) {
      const { failure } = await harness.delivery({ media, mediaLink: () => 'http://127.0.0.1:1/gone' });
      expect(await failure()).toMatchObject({ kind: 'unavailable', userMessage: expect.stringContaining('PUBLIC_URL') });
    }
  });
});

describe('a second try', () => {
  it('goes on with a container where the first stopped while it was processed', async () => {
    const { failure, publish } = await harness.delivery({ media: [await clip()] });
    harness.network.faults.order({ match: LOOK, times: 2, drop: 'before-applying' });
    expect((await failure()).kind).toBe('unavailable');
    harness.network.faults.clear();
    await publish();
    expect([countMade(), harness.countRequests(PUBLISH)]).toEqual([1, 1]);
  });

  it('makes only the items of a carousel that are missing', async () => {
    const media = [await photo({ id: 'a' }), await photo({ id: 'b', altText: 'Two' })];
    const broken = await harness.delivery({ media });
    const { mediaLink } = broken.context;
    broken.context.mediaLink = (file) => (file.id === 'b' ? 'http://127.0.0.1:1/b' : mediaLink(file));
    expect((await broken.failure()).kind).toBe('unavailable');
    broken.context.mediaLink = mediaLink;
    await broken.publish();
    // the one that failed, two items, the carousel
    expect(countMade()).toBe(4);
    expect(harness.network.posts().map(({ images }) => images.map(({ alt }) => alt))).toEqual([['A blue square', 'Two']]);
  });

  it.each(['before-applying', 'after-applying'] as const)(
    'publishes the same container, so that there is one post where the connection dropped %s',
    async (drop) => {
      const { failure, publish, beforeSends } = await harness.delivery();
      harness.network.faults.order({ match: PUBLISH, drop });
      expect((await failure()).kind).toBe('outcome-unknown');
      const { remoteId } = await publish();
      expect(harness.network.posts().map(({ id }) => id)).toEqual([remoteId]);
      expect([countMade(), beforeSends()]).toEqual([1, drop === 'before-applying' ? 2 : 1]);
    },
  );

  it('waits where Threads has not found the container yet', async () => {
    const { failure, publish } = await harness.delivery({ media: [await photo()] });
    harness.network.faults.order({ match: LOOK, body: { status: 'FINISHED', id: '1' } });
    const { kind, meta } = await failure();
    expect({ kind, subcode: meta.subcode }).toEqual({ kind: 'unavailable', subcode: 4279009 });
    await publish();
    expect([countMade(), harness.network.posts().length]).toEqual([1, 1]);
  });

  it('asks again for a container that was made just now and is not known everywhere', async () => {
    const { publish } = await harness.delivery();
    const body = { error: { message: 'The requested resource does not exist', code: 24, error_subcode: 4279009 } };
    harness.network.faults.order({ match: LOOK, times: 2, status: 400, body });
    await publish();
    expect([countMade(), harness.network.posts().length]).toEqual([1, 1]);
  });

  it('makes a container anew where Threads has let go of it, a day later, and where the text is another', async () => {
    const delivery = await harness.delivery();
    harness.network.faults.order({ match: PUBLISH, drop: 'before-applying' });
    await delivery.failure();
    harness.pass({ minutes: 2 });
    harness.network.faults.order({ match: LOOK, status: 400, body: { error: { message: 'gone', code: 24 } } });
    expect((await delivery.failure()).kind).toBe('unavailable');
    expect(containersOf(delivery)).toEqual({});
    harness.network.faults.order({ match: PUBLISH, drop: 'before-applying' });
    await delivery.failure();
    harness.pass({ hours: 24 });
    harness.network.faults.order({ match: PUBLISH, drop: 'before-applying' });
    await delivery.failure();
    expect(countMade()).toBe(3);
    delivery.context.text = 'Better words';
    await delivery.publish();
    expect(countMade()).toBe(4);
    expect(harness.network.posts()).toMatchObject([{ text: 'Better words' }]);
  });

  it('makes a container anew where the link below the text is another', async () => {
    const delivery = await harness.delivery({ options: { link: 'https://example.com/old' } });
    harness.network.faults.order({ match: PUBLISH, drop: 'before-applying' });
    await delivery.failure();
    delivery.context.options = { link: 'https://example.com/new' };
    await delivery.publish();
    expect(countMade()).toBe(2);
  });
});

describe('looking for a post', () => {
  it('knows by its container that a post did not go out, even where another has the same text', async () => {
    await (await harness.delivery()).publish();
    const lost = await harness.delivery({ idempotencyKey: 'two' });
    harness.network.faults.order({ match: PUBLISH, drop: 'before-applying' });
    await lost.failure();
    expect(await lost.find()).toEqual({ kind: 'absent' });
    harness.pass({ hours: 25 });
    expect(await lost.find()).toEqual({ kind: 'absent' });
  });

  it('takes the first of several with its text, as it looks from when it was sent', async () => {
    const unheard = await harness.delivery();
    harness.network.faults.order({ match: PUBLISH, drop: 'after-applying' });
    await unheard.failure();
    harness.pass({ minutes: 5 });
    await (await harness.delivery({ idempotencyKey: 'two' })).publish();
    expect(await unheard.find()).toMatchObject({ remoteId: harness.network.posts()[0]?.id });
  });

  it('hands on that the login is over, so that it is renewed first', async () => {
    const { find } = await harness.delivery();
    harness.pass({ hours: 24 * 61 });
    await expect(find()).rejects.toThrow();
  });
});

describe('where a person looks at it', () => {
  it('is the profile where Threads does not say the post’s own address', async () => {
    const beforeSend = async () => harness.network.faults.order({ match: LOOK, status: 500 });
    const { publish } = await harness.delivery({ beforeSend });
    expect(await publish()).toEqual({ remoteId: harness.network.posts()[0]?.id, url: `${harness.network.url}/@crier` });
  });
});

describe('the login', () => {
  it('is to be refreshed ten days ahead of its end, and is over where nobody did', async () => {
    const delivery = await harness.delivery();
    const { refreshAt, expiresAt } = await harness.connect();
    expect([refreshAt, expiresAt]).toEqual([harness.now().add({ hours: 24 * 50 }), null]);
    harness.pass({ hours: 24 * 60 });
    expect((await delivery.failure()).kind).toBe('auth-expired');
    await expect(threads.refresh?.(delivery.context)).rejects.toMatchObject({ kind: 'auth-revoked' });
  });
});

/** Different ones, with and without a scheme, and one of them twice. */
function links(count: number): string {
  const all = Array.from({ length: count - 1 }, (_, index) => `www.example.com/${index}`);
  return `${all.join(' ')} https://www.example.com/0 https://www.example.com/0`;
}
