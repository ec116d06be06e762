// What every platform promises of posting, and of the limits it names.
import { expect, it } from 'vitest';
import { type Current, picture, type Subject } from '../harness.ts';

export function describePublish({ publicRequest, imagesApart, asksForAddress }: Subject, current: Current): void {
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

export function describeLimits({ platform, imagesApart }: Subject, current: Current): void {
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

  if (!imagesApart) {
    it('takes as many images as it says, and no more', async () => {
      const { delivery, network } = current();
      const { images } = await limitsNow();
      const media = await Promise.all(Array.from({ length: (images?.max ?? 0) + 1 }, (_, index) => picture({ id: `m${index}` })));
      const most = await delivery({ media: media.slice(1) });
      await most.publish();
      const tooMany = await delivery({ media, idempotencyKey: 'delivery-2' });
      expect((await tooMany.failure()).kind).toBe('rejected');
      expect(network.posts().map((post) => post.images.length)).toEqual([images?.max]);
    });
  }

  if (!imagesApart) {
    it('takes an image of the size it says, and no larger', async () => {
      const { delivery, network } = current();
      const { images } = await limitsNow();
      const maxBytes = images?.maxBytes ?? 0;
      const largest = await delivery({ media: [await picture({ size: maxBytes })] });
      await largest.publish();
      const tooLarge = await delivery({ media: [await picture({ size: maxBytes + 1 })], idempotencyKey: 'delivery-2' });
      expect((await tooLarge.failure()).kind).toBe('rejected');
      expect(network.posts().map((post) => post.images.map(({ size }) => size))).toEqual([[maxBytes]]);
    });
  }

  it('has limits without a server having announced any', () => {
    expect(platform.limits(null).text[0].max).toBeGreaterThan(0);
  });
}
