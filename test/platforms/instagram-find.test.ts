// What is Instagram's alone, beside publishing: how a post is looked for, how long a login lives, and what is known before it is scheduled.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instagram } from '../../src/platforms/instagram/index.ts';
import { type Delivery, failureOf, film, type Harness, openHarness, photo } from './harness.ts';
import { instagramSubject, LOOK, PUBLISH } from './instagram-kit.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await openHarness({ ...instagramSubject, files: async () => [] });
});
afterEach(() => harness.close());

describe('looking for a post', () => {
  it.each([
    ['a photo', async () => [await photo()], {}],
    ['a story', async () => [await film()], { as: 'story' }],
    ['a carousel', async () => [await photo(), await film()], {}],
  ])('finds %s that went out unheard, by its container', async (_, files, options) => {
    const unheard = await harness.delivery({ media: await files(), options, text: '  Two lines\nand a space  ' });
    harness.network.faults.order({ match: PUBLISH, drop: 'after-applying' });
    await unheard.failure();
    const [post] = harness.network.posts();
    expect(await unheard.find()).toEqual({ kind: 'found', remoteId: post?.id, url: post?.url });
  });

  it('knows by its container that a post did not go out, even where another has the same text', async () => {
    await (await harness.delivery({ media: [await photo()] })).publish();
    const lost = await harness.delivery({ media: [await photo()], idempotencyKey: 'two' });
    harness.network.faults.order({ match: PUBLISH, drop: 'before-applying' });
    await lost.failure();
    expect(await lost.find()).toEqual({ kind: 'absent' });
    harness.pass({ hours: 25 });
    expect(await lost.find()).toEqual({ kind: 'absent' });
  });

  it('takes the first of several with its text, as it looks from when it was sent', async () => {
    const unheard = await harness.delivery({ media: [await photo()] });
    harness.network.faults.order({ match: PUBLISH, drop: 'after-applying' });
    await unheard.failure();
    harness.pass({ minutes: 5 });
    await (await harness.delivery({ media: [await photo()], idempotencyKey: 'two' })).publish();
    expect(await unheard.find()).toMatchObject({ remoteId: harness.network.posts()[0]?.id });
  });

  it('cannot say which of two stories it is, unless the other is taken', async () => {
    const media = [await film()];
    const options = { as: 'story' };
    const other = await (await harness.delivery({ media, options })).publish();
    const unheard = await harness.delivery({ media, options, idempotencyKey: 'two' });
    harness.network.faults.order({ match: PUBLISH, drop: 'after-applying' });
    await unheard.failure();
    expect(await unheard.find()).toEqual({ kind: 'cannot-say' });
    const isTaken = async (remoteId: string) => remoteId === other.remoteId;
    expect(await unheard.find({ isTaken })).toMatchObject({ kind: 'found', remoteId: harness.network.posts()[1]?.id });
  });

  it('hands on that the login is over, so that it is renewed first', async () => {
    const { find } = await harness.delivery({ media: [await photo()] });
    harness.pass({ hours: 24 * 61 });
    await expect(find()).rejects.toThrow();
  });
});

describe('where a person looks at it', () => {
  it('is the profile where Instagram does not say the post’s own address', async () => {
    const beforeSend = async () => harness.network.faults.order({ match: LOOK, status: 500 });
    const { publish } = await harness.delivery({ media: [await photo()], beforeSend });
    expect(await publish()).toEqual({ remoteId: harness.network.posts()[0]?.id, url: `${harness.network.url}/crier/` });
  });
});

describe('the login', () => {
  const days = (count: number) => ({ hours: 24 * count });
  const refreshed = async ({ context }: Delivery) => {
    if (!instagram.refresh) throw new Error('Instagram refreshes');
    return instagram.refresh(context);
  };

  it('is to be refreshed ten days ahead of its end, and ends only by Instagram’s word', async () => {
    const { refreshAt, expiresAt } = await harness.connect();
    expect([refreshAt, expiresAt]).toEqual([harness.now().add(days(50)), null]);
  });

  it('goes on with another token for sixty days more', async () => {
    const delivery = await harness.delivery({ media: [await photo()] });
    const before = delivery.context.credentials;
    harness.pass(days(50));
    const { credentials, refreshAt } = await refreshed(delivery);
    expect(refreshAt).toEqual(harness.now().add(days(50)));
    expect(credentials.accessToken).not.toBe(before.accessToken);
    harness.pass(days(30));
    delivery.context.credentials = credentials;
    await delivery.publish();
    expect(harness.network.posts()).toHaveLength(1);
  });

  it('is over where nobody refreshed it in time', async () => {
    const delivery = await harness.delivery({ media: [await photo()] });
    harness.pass(days(60));
    expect((await delivery.failure()).kind).toBe('auth-expired');
    expect((await failureOf(instagram, refreshed(delivery))).kind).toBe('auth-revoked');
  });

  it('is left as it is on its first day', async () => {
    const delivery = await harness.delivery();
    harness.pass({ hours: 23 });
    expect((await refreshed(delivery)).credentials).toEqual(delivery.context.credentials);
  });

  it('is not over where Instagram cannot be asked', async () => {
    const delivery = await harness.delivery();
    harness.pass(days(50));
    harness.network.faults.order({ match: 'GET /refresh_access_token', status: 503 });
    expect((await failureOf(instagram, refreshed(delivery))).kind).toBe('unavailable');
  });
});

describe('before it is scheduled', () => {
  it.each([
    [{}, { images: 10, videos: 10, files: 10, mixed: true, needs: 'any' }],
    [{ as: 'reel' }, { images: undefined, videos: 1, files: 1, mixed: false, needs: 'video' }],
    [{ as: 'story' }, { images: 1, videos: 1, files: 1, mixed: false, needs: 'any' }],
  ])('%j has limits of its own', (options, expected) => {
    const { images, videos, maxFiles, mixedMedia, needsMedia } = instagram.limits(null, options);
    expect({ images: images?.max, videos: videos?.max, files: maxFiles, mixed: mixedMedia, needs: needsMedia }).toEqual(expected);
  });

  it('it is said that a story shows no text', () => {
    expect(instagram.remarks?.({ text: 'Hello', options: { as: 'story' } })).toHaveLength(1);
    expect(instagram.remarks?.({ text: '', options: { as: 'story' } })).toEqual([]);
    expect(instagram.remarks?.({ text: 'Hello', options: {} })).toEqual([]);
  });
});
