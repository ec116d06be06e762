// What is Instagram's alone: containers that are waited for and gone on with, what of a post is a reel, a story or a carousel, and the quota.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instagram } from '../../src/platforms/instagram/index.ts';
import { clip, type Delivery, film, type Harness, openHarness, photo, picture } from './harness.ts';
import { DEMO, instagramSubject, LOOK, PUBLISH } from './instagram-kit.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await openHarness({ ...instagramSubject, files: async () => [] });
});
afterEach(() => harness.close());

/** Requests to an edge of the account: `POST media`. */
const count = (line: string): number => harness.countRequests(line.replace(' ', ` ${DEMO}/`));
const containersOf = ({ handles }: Delivery): Record<string, { id: string }> =>
  Object(Reflect.get(handles(), 'containers') ?? {});

describe('what goes out', () => {
  it('a photo with its caption and alternative text, at the address that Instagram gives it', async () => {
    const { publish, beforeSends } = await harness.delivery({ media: [await photo()], text: 'Hello #Crier' });
    const { remoteId, url } = await publish();
    expect(harness.network.posts()).toMatchObject([
      { id: remoteId, url, text: 'Hello #Crier', images: [{ alt: 'A blue square' }] },
    ]);
    expect(url).toMatch(/\/p\/[\w-]{11}\/$/);
    expect(await (await fetch(url)).text()).toContain('Hello #Crier');
    expect(beforeSends()).toBe(1);
  });

  it('several files as one carousel, in their order', async () => {
    const media = [await photo({ id: 'a', altText: 'One' }), await film({ id: 'b' }), await photo({ id: 'c', altText: 'Three' })];
    const { publish } = await harness.delivery({ media, text: 'Three things' });
    await publish();
    expect(harness.network.posts()).toMatchObject([
      { text: 'Three things', images: [{ alt: 'One' }, { alt: 'Three' }], videos: [{ size: media[1]?.size }] },
    ]);
    expect([count('POST media'), count('POST media_publish')]).toEqual([4, 1]);
  });

  it('the same photo twice in a carousel', async () => {
    const same = await photo();
    await (await harness.delivery({ media: [same, same] })).publish();
    expect(harness.network.posts().map(({ images }) => images.length)).toEqual([2]);
  });

  it.each([
    ['feed', 'reel'],
    ['reel', 'reel'],
    ['story', 'stories'],
  ])('a video by itself as %s, which is one of its %s', async (as, place) => {
    const { publish } = await harness.delivery({ media: [await film()], options: { as } });
    expect((await publish()).url).toContain(`/${place}/`);
    expect(harness.network.posts().map(({ videos }) => videos.length)).toEqual([1]);
  });

  it('a tall photo as a story, without the text', async () => {
    const { publish } = await harness.delivery({ media: [await photo({ width: 360, height: 640 })], options: { as: 'story' } });
    await publish();
    expect(harness.network.posts()).toMatchObject([{ text: '', images: [{ alt: '' }] }]);
  });

  it('a long alternative text, shortened to what Instagram takes', async () => {
    const { publish } = await harness.delivery({ media: [await photo({ altText: 'x'.repeat(1200) })] });
    await publish();
    expect(harness.network.posts()[0]?.images[0]?.alt).toBe(`${'x'.repeat(999)}…`);
  });

  it('a first comment below it', async () => {
    const { context, publish } = await harness.delivery({ media: [await photo()] });
    const post = await publish();
    let asked = 0;
    const beforeSend = async () => {
      asked += 1;
    };
    await instagram.comment?.({ ...context, text: 'And a word more', post, beforeSend });
    expect(asked).toBe(1);
    expect(await (await fetch(post.url)).text()).toContain('And a word more');
  });
});

describe('what is refused', () => {
  it.each([
    ['2,200 characters', 'x'.repeat(2200), 'x'.repeat(2201), 'characters'],
    ['30 hashtags', '#a '.repeat(30), '#a '.repeat(31), 'hashtags'],
    ['20 mentions', '@a '.repeat(20), '@a '.repeat(21), 'mentions'],
  ])('a caption past %s, by Crier’s count and by Instagram', async (_, longest, tooLong, unit) => {
    const limit = instagram.limits(null).text.find((each) => each.unit === unit);
    expect([limit?.count(longest), limit?.count(tooLong)]).toEqual([limit?.max, (limit?.max ?? 0) + 1]);
    await (await harness.delivery({ media: [await photo()], text: longest })).publish();
    const { failure } = await harness.delivery({ media: [await photo()], text: tooLong });
    expect((await failure()).kind).toBe('rejected');
    expect(harness.network.posts()).toHaveLength(1);
  });

  it.each([
    ['4:5', { width: 400, height: 500 }, { width: 399, height: 500 }],
    ['1.91:1', { width: 955, height: 500 }, { width: 956, height: 500 }],
    ['8 MB', { size: 8_000_000 }, { size: 8_000_001 }],
  ])('an image past %s', async (_, last, past) => {
    await (await harness.delivery({ media: [await photo(last)] })).publish();
    expect((await (await harness.delivery({ media: [await photo(past)] })).failure()).kind).toBe('rejected');
    expect(harness.network.posts()).toHaveLength(1);
  });

  it.each([
    ['a PNG', () => picture(), {}],
    ['a video of two seconds', () => clip(), {}],
    ['a file that is no video', async () => ({ ...(await film()), read: async () => new Uint8Array(2000).fill(7) }), {}],
    ['an image as a reel', () => photo(), { as: 'reel' }],
  ])('%s', async (_, file, options) => {
    const { failure, beforeSends } = await harness.delivery({ media: [await file()], options });
    expect((await failure()).kind).toBe('rejected');
    expect([beforeSends(), harness.network.posts()]).toEqual([0, []]);
  });

  it.each([
    ['no file at all', 0, {}],
    ['eleven files', 11, {}],
    ['two files as a story', 2, { as: 'story' }],
  ])('%s', async (_, files, options) => {
    const media = await Promise.all(Array.from({ length: files }, (_, index) => photo({ id: `m${index}` })));
    const { failure } = await harness.delivery({ media, options });
    expect((await failure()).kind).toBe('rejected');
    expect(harness.network.posts()).toEqual([]);
  });

  it('a file that Instagram cannot fetch is no fault of the post: it is tried again, and PUBLIC_URL is named', async () => {
    const { failure } = await harness.delivery({ media: [await photo()], mediaLink: () => 'http://127.0.0.1:1/gone' });
    expect(await failure()).toMatchObject({ kind: 'unavailable', userMessage: expect.stringContaining('PUBLIC_URL') });
  });
});

describe('a second try', () => {
  it('goes on with a container where the first stopped while it was processed', async () => {
    const delivery = await harness.delivery({ media: [await film()] });
    const { failure, publish } = delivery;
    harness.network.faults.order({ match: LOOK, times: 2, drop: 'before-applying' });
    expect((await failure()).kind).toBe('unavailable');
    harness.network.faults.clear();
    await publish();
    expect([count('POST media'), count('POST media_publish')]).toEqual([1, 1]);
  });

  it('makes only the items of a carousel that are missing', async () => {
    const media = [await photo({ id: 'a' }), await photo({ id: 'b', altText: 'Two' })];
    const broken = await harness.delivery({ media });
    const away = { ...broken.context, mediaLink: (file: { id: string }) => `http://127.0.0.1:1/${file.id}` };
    const { mediaLink } = broken.context;
    broken.context.mediaLink = (file) => (file.id === 'b' ? away.mediaLink(file) : mediaLink(file));
    expect((await broken.failure()).kind).toBe('unavailable');
    broken.context.mediaLink = mediaLink;
    await broken.publish();
    // the one that failed, two items, the carousel
    expect(count('POST media')).toBe(4);
    expect(harness.network.posts().map(({ images }) => images.map(({ alt }) => alt))).toEqual([['A blue square', 'Two']]);
  });

  it.each(['before-applying', 'after-applying'] as const)(
    'publishes the same container, so that there is one post where the connection dropped %s',
    async (drop) => {
      const { failure, publish } = await harness.delivery({ media: [await photo(), await photo({ altText: 'Two' })] });
      harness.network.faults.order({ match: PUBLISH, drop });
      expect((await failure()).kind).toBe('outcome-unknown');
      const { remoteId } = await publish();
      expect(harness.network.posts().map(({ id }) => id)).toEqual([remoteId]);
      expect(count('POST media')).toBe(3);
    },
  );

  it('sends nothing where the post is out already', async () => {
    const { failure, publish, beforeSends } = await harness.delivery({ media: [await photo()] });
    harness.network.faults.order({ match: PUBLISH, drop: 'after-applying' });
    await failure();
    await publish();
    expect([beforeSends(), count('POST media_publish')]).toEqual([1, 1]);
  });

  it('makes a container anew a day later, and where the text is another', async () => {
    const delivery = await harness.delivery({ media: [await photo()] });
    harness.network.faults.order({ match: PUBLISH, drop: 'before-applying' });
    await delivery.failure();
    harness.pass({ hours: 24 });
    harness.network.faults.order({ match: PUBLISH, drop: 'before-applying' });
    await delivery.failure();
    expect(count('POST media')).toBe(2);
    delivery.context.text = 'Better words';
    await delivery.publish();
    expect(count('POST media')).toBe(3);
    expect(harness.network.posts()).toMatchObject([{ text: 'Better words' }]);
  });

  it('makes a container anew where Instagram could not make anything of it', async () => {
    const delivery = await harness.delivery({ media: [await clip()] });
    await delivery.failure();
    expect(containersOf(delivery)).toEqual({});
  });

  it('waits where Instagram says that the container is not ready after all', async () => {
    const { failure, publish } = await harness.delivery({ media: [await photo()] });
    harness.network.faults.order({ match: LOOK, body: { status_code: 'FINISHED', id: '1' } });
    const { kind, meta } = await failure();
    expect({ kind, subcode: meta.subcode }).toEqual({ kind: 'unavailable', subcode: 2207027 });
    await publish();
    expect(harness.network.posts()).toHaveLength(1);
  });
});

describe('the quota', () => {
  it('at its end nothing is made, and it is tried again later', async () => {
    const { failure } = await harness.delivery({ media: [await photo()] });
    const used = { data: [{ quota_usage: 50, config: { quota_total: 50, quota_duration: 86_400 } }] };
    harness.network.faults.order({ match: `GET ${DEMO}/content_publishing_limit`, status: 200, body: used });
    expect(await failure()).toMatchObject({
      kind: 'rate-limited',
      retryAfterMs: 7_200_000,
      userMessage: expect.stringContaining('50'),
    });
    expect(count('POST media')).toBe(0);
  });

  it('that only the last request meets is a refusal for now', async () => {
    const { failure } = await harness.delivery({ media: [await photo()] });
    const body = {
      error: { message: 'Application request limit reached', type: 'OAuthException', code: 9, error_subcode: 2207042 },
    };
    harness.network.faults.order({ match: PUBLISH, status: 400, body });
    expect((await failure()).kind).toBe('rate-limited');
  });
});
