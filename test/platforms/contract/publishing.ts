// What every platform promises of posting, and of the limits it names.
import { expect, it } from 'vitest';
import { isVideo } from '../../../src/core/media.ts';
import { type Current, picture, postsOf, type Subject } from '../harness.ts';

export function describePublish(subject: Subject, current: Current): void {
  const { publicRequest, imagesApart, asksForAddress } = subject;
  it('posts the text, and its URL opens it', async () => {
    const { delivery, network } = current();
    const { publish } = await delivery({ text: 'Hello from Crier' });
    const published = await publish();
    const [post, ...others] = network.posts();
    expect(others).toEqual([]);
    expect(post).toMatchObject({ text: 'Hello from Crier', id: published.remoteId });
    const page = await fetch(published.url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Hello from Crier');
  });

  it.each(Object.entries(postsOf(subject)))('posts %s, and its URL opens it', async (_, { files }) => {
    const { delivery, network } = current();
    const media = await files();
    const published = await (await delivery({ media })).publish();
    const videos = media.filter(isVideo).length;
    // with a video, an image may be its thumbnail
    const images = expect.toBeOneOf(videos > 0 ? [0, media.length - videos] : [media.length]);
    const posts = network.posts().map((post) => ({ id: post.id, images: post.images.length, videos: post.videos.length }));
    expect(posts).toEqual([{ id: published.remoteId, images, videos }]);
    expect((await fetch(published.url)).status).toBe(200);
  });

  it('posts several lines, emoji and links as they are', async () => {
    const { delivery, network } = current();
    const text = 'First line\n\nSecond 👩‍🚀 with https://example.com/a?b=1#c and #Crier';
    const { publish } = await delivery({ text });
    await publish();
    expect(network.posts().map((post) => post.text)).toEqual([text]);
  });

  if (!imagesApart) {
    it('posts images in order, with their alt text', async () => {
      const { delivery, network } = current();
      const media = [await picture({ id: 'm1', altText: 'First' }), await picture({ id: 'm2', altText: '', size: 5000 })];
      const { publish } = await delivery({ media });
      await publish();
      expect(network.posts().map((post) => post.images)).toEqual([
        [
          { alt: 'First', size: media[0]?.size },
          { alt: '', size: 5000 },
        ],
      ]);
    });
  }

  it('calls beforeSend once, after everything else and before the public request', async () => {
    const { delivery, network, countRequests } = current();
    let seenBefore: number | undefined;
    let requestsBefore = 0;
    const { publish } = await delivery({
      ...(imagesApart ? {} : { media: [await picture()] }),
      beforeSend: async () => {
        expect(seenBefore).toBeUndefined();
        seenBefore = countRequests(publicRequest);
        requestsBefore = network.requests().length;
      },
    });
    await publish();
    expect(seenBefore).toBe(0);
    expect(countRequests(publicRequest)).toBe(1);
    if (asksForAddress === 'until it is there') expect(network.requests().length).toBeGreaterThan(requestsBefore + 1);
    else expect(network.requests().length).toBe(requestsBefore + (asksForAddress ? 2 : 1));
  });

  it('sends nothing where beforeSend throws, and passes on what it threw', async () => {
    const { delivery, network, countRequests } = current();
    const lost = new Error('the lease was lost');
    const { publish } = await delivery({ beforeSend: () => Promise.reject(lost) });
    await expect(publish()).rejects.toBe(lost);
    expect(countRequests(publicRequest)).toBe(0);
    expect(network.posts()).toEqual([]);
  });

  it('sends nothing once it was told to stop', async () => {
    const { delivery, network } = current();
    const { failure, beforeSends } = await delivery({ signal: AbortSignal.abort() });
    expect((await failure()).kind).toBe('unavailable');
    expect([beforeSends(), network.posts().length]).toEqual([0, 0]);
  });

  it.each([null, { nonsense: true }])(
    'says that the account must be connected again where %j is stored for it',
    async (credentials) => {
      const { delivery } = current();
      const { failure } = await delivery({ credentials: credentials ?? {} });
      expect((await failure()).kind).toBe('auth-revoked');
    },
  );
}

/** How text is counted; every figure at its edge is contract-edges.test.ts'. */
export function describeLimits({ platform }: Subject, current: Current): void {
  const limitsNow = async () => platform.limits((await current().connect()).announcedLimits);

  it('counts as the network does: the longest text goes out, one more does not', async () => {
    const { delivery, network } = current();
    const [limit] = (await limitsNow()).text;
    const special = '👩‍🚀é'.repeat(10);
    const longest = special + 'x'.repeat(limit.max - limit.count(special));
    expect(limit.count(longest)).toBe(limit.max);
    const fits = await delivery({ text: longest });
    await fits.publish();
    const tooLong = await delivery({ text: `${longest}x`, idempotencyKey: 'delivery-2' });
    expect(limit.count(tooLong.context.text)).toBe(limit.max + 1);
    expect((await tooLong.failure()).kind).toBe('rejected');
    expect(network.posts()).toHaveLength(1);
  });

  it('has limits without a server having announced any', () => {
    expect(platform.limits(null).text[0].max).toBeGreaterThan(0);
  });
}
