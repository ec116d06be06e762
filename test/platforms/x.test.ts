// What is X's alone: how it counts, what it bills, threads, GIFs, uploads in chunks, and how often one may post.
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mediaProblems } from '../../src/core/media-fit.ts';
import type { MediaFile } from '../../src/core/platform.ts';
import { x } from '../../src/platforms/x/index.ts';
import { clip, type Harness, openHarness, picture, type Subject } from './harness.ts';

const CREATE = 'POST /2/tweets';
const INITIALIZE = 'POST /2/media/upload/initialize';
const STATUS = 'GET /2/media/upload';
const TIMELINE = 'GET /2/users/*';

const subject: Subject = {
  platform: x,
  network: (emulator) => emulator.networks.x,
  publicRequest: CREATE,
  uploadRequest: INITIALIZE,
  videoRequest: INITIALIZE,
  videoStatusRequest: STATUS,
  findRequest: TIMELINE,
};

describe('how a post is counted', () => {
  const [characters, cashtags] = x.limits(null).text;

  it.each([
    ['plain', 5],
    ['Grüße', 5],
    ['👨‍👩‍👧‍👦', 2],
    ['日本', 4],
    ['cafe\u0301', 4],
    ['https://example.com', 23],
    ['See https://example.com/a/very/long/path?that=goes&on=forever.', 4 + 23 + 1],
    ['example.com', 23],
    ['@friend #tag', 12],
    ['', 0],
  ])('%j counts %i', (text, count) => {
    expect(characters.count(text)).toBe(count);
  });

  it('knows cashtags from amounts', () => {
    expect(cashtags?.max).toBe(1);
    expect(['$TSLA', '$TSLA and $AAPL', '$5 a month'].map((text) => cashtags?.count(text))).toEqual([1, 2, 0]);
  });

  it.each([
    [{ subscription: 'None' }, 280],
    [{ subscription: 'Basic' }, 280],
    [{ subscription: 'Premium' }, 25_000],
    [{ subscription: 'PremiumPlus' }, 25_000],
    [{ subscription: null }, 280],
    [null, 280],
    [{ nonsense: true }, 280],
  ])('of an account that X announced as %j, %i are taken', (announced, max) => {
    expect(x.limits(announced).text[0].max).toBe(max);
  });
});

describe('what it costs', () => {
  it.each([
    ['Hello', ['X bills this post at about $0.015.']],
    ['See https://example.com', ['X bills this post at about $0.20, as it has a link (without: $0.015).']],
    ['See example.com too', ['X bills this post at about $0.20, as it has a link (without: $0.015).']],
  ])('is said before: %j', (text, sentences) => {
    expect(x.remarks?.({ text, options: {} })).toEqual(sentences);
  });
});

describe('what goes together', () => {
  const MB = 1_048_576;
  const png = { mimeType: 'image/png', size: 5 * MB, width: 64, height: 48, durationMs: null, altText: '' };
  const gif = { ...png, mimeType: 'image/gif', size: 15 * MB };
  const video = { ...png, mimeType: 'video/mp4', size: 512 * MB, durationMs: 140_000, width: 300, height: 100 };
  const problems = (...media: (typeof png | typeof video)[]) => mediaProblems('X', x.limits(null), media);

  it('four photos, one GIF or one video, each at its limit', () => {
    expect([problems(png, png, png, png), problems(gif), problems(video), problems({ ...video, durationMs: 500 })]).toEqual([
      [],
      [],
      [],
      [],
    ]);
  });

  it.each([
    ['a fifth photo', [png, png, png, png, png], 'X takes 4 images and this post has 5: take out 1.'],
    ['a GIF beside a photo', [png, gif], 'X takes a GIF by itself only: leave out the other images, or save it as another type.'],
    ['a GIF of more', [{ ...gif, size: 15_900_000 }], 'X takes GIFs up to 15.7 MB and this image has 15.9 MB: make it smaller.'],
    [
      'a video that is longer',
      [{ ...video, durationMs: 141_000 }],
      'X takes videos up to 2 min 20 s long and this video lasts 2 min 21 s: make it shorter.',
    ],
    [
      'a video that is wider',
      [{ ...video, width: 301 }],
      'X takes videos of 1:3 to 3:1 and this video is 301 × 100: cut it narrower.',
    ],
  ])('not %s', (_, media, sentence) => {
    expect(problems(...media)).toEqual([sentence]);
  });
});

async function animation(id: string): Promise<MediaFile> {
  const gif = await sharp({ create: { width: 16, height: 12, channels: 3, background: '#3c6' } })
    .gif()
    .toBuffer();
  const bytes = new Uint8Array(gif);
  return { ...(await picture({ id, altText: 'It turns' })), mimeType: 'image/gif', size: bytes.length, read: async () => bytes };
}

describe('on X', () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await openHarness(subject);
  });
  afterEach(() => harness.close());

  it('a thread is posts that answer each other', async () => {
    const first = await (await harness.delivery({ text: 'One' })).publish();
    const second = await (await harness.delivery({ text: 'Two', thread: [first], idempotencyKey: 'key/2' })).publish();
    await (await harness.delivery({ text: 'Three', thread: [first, second], idempotencyKey: 'key/3' })).publish();
    const page = await (await fetch(harness.network.url)).text();
    const path = (url: string) => new URL(url).pathname;
    expect([...page.matchAll(/Replying to ([^<]*)/g)].map(([, to]) => to)).toEqual([path(second.url), path(first.url)]);
  });

  it('a part of a thread is not taken for the same words elsewhere', async () => {
    const first = await (await harness.delivery({ text: 'One' })).publish();
    await (await harness.delivery({ text: 'Again' })).publish();
    const part = await harness.delivery({ text: 'Again', thread: [first] });
    expect(await part.find()).toEqual({ kind: 'absent' });
    const published = await part.publish();
    expect(await part.find()).toMatchObject({ kind: 'found', remoteId: published.remoteId });
  });

  it('a GIF goes out once it is processed, with its description, and by itself', async () => {
    const gif = await animation('g1');
    await (await harness.delivery({ media: [gif] })).publish();
    expect(harness.network.posts().map(({ images }) => images)).toEqual([[{ alt: 'It turns', size: gif.size }]]);
    const two = await harness.delivery({ media: [gif, await animation('g2')] });
    expect((await two.failure()).kind).toBe('rejected');
    expect(harness.network.posts()).toHaveLength(1);
  });

  it('one cashtag goes out, two do not', async () => {
    await (await harness.delivery({ text: 'Buy $TSLA' })).publish();
    const two = await harness.delivery({ text: 'Buy $TSLA and $AAPL' });
    expect((await two.failure()).kind).toBe('rejected');
  });

  it('who pays for it posts at length, and such a post is found', async () => {
    const premium = await harness.connect(harness.network.addAccount('premium'));
    const { context } = await harness.delivery();
    const account = { ...context.account, ...premium };
    const [limit] = x.limits(premium.announcedLimits).text;
    const text = 'long & wide '.repeat(3000).slice(0, limit.max);
    const long = await harness.delivery({ account, credentials: premium.credentials, text });
    const { remoteId } = await long.publish();
    expect(await long.find()).toMatchObject({ kind: 'found', remoteId });
    const tooLong = await harness.delivery({ account, credentials: premium.credentials, text: `${text}x` });
    expect((await tooLong.failure()).kind).toBe('rejected');
  });

  it('an image is described with as much as X takes of its description', async () => {
    const media = [
      await picture({ id: 'm1', altText: '👍'.repeat(1000) }),
      await picture({ id: 'm2', altText: '👍'.repeat(1001) }),
    ];
    await (await harness.delivery({ media })).publish();
    expect(harness.network.posts()[0]?.images.map(({ alt }) => alt)).toEqual(['👍'.repeat(1000), `${'👍'.repeat(999)}…`]);
  });

  it('a hundred posts go out in a quarter of an hour, and the next one after it', async () => {
    const { context } = await harness.delivery();
    const post = (number: number) => x.publish({ ...context, text: `Number ${number}` });
    for (let number = 1; number <= 100; number += 1) await post(number);
    const refused = await post(101).catch((error: unknown) => x.classifyError(error));
    expect(refused).toMatchObject({ kind: 'rate-limited', retryAfterMs: expect.any(Number) });
    harness.pass({ minutes: 15 });
    await post(101);
    expect(harness.network.posts()).toHaveLength(101);
  });

  it('a lost post is found behind a hundred others', async () => {
    const { context, find } = await harness.delivery({ text: 'Number 0' });
    for (let number = 0; number <= 100; number += 1) {
      if (number === 100) harness.pass({ minutes: 15 });
      await x.publish({ ...context, text: `Number ${number}` });
    }
    const [oldest] = harness.network.posts();
    expect(await find()).toMatchObject({ kind: 'found', remoteId: oldest?.id });
    expect(harness.countRequests(TIMELINE)).toBe(3);
  });

  it.each(['Tom & Jerry <3 > all', 'See example.com, https://example.com/a?b=1&c=2 and http://a.example/.', '  spaces around  '])(
    'finds what it changes the text of: %j',
    async (text) => {
      const { publish, find } = await harness.delivery({ text });
      const { remoteId } = await publish();
      expect(await find()).toMatchObject({ kind: 'found', remoteId });
    },
  );
});

describe('an upload that was broken off', () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await openHarness(subject);
  });
  afterEach(() => harness.close());

  const CHUNK = 4_194_304;
  const UPLOAD = 'POST /2/media/upload/*';
  /** Of the requests of an upload, in order: to begin, one per chunk, to end. */
  const dropAt = (place: number, drop: 'before-applying' | 'after-applying') => {
    harness.network.faults.order({ match: UPLOAD, times: place - 1, delayMs: 0 });
    harness.network.faults.order({ match: UPLOAD, drop });
  };
  const count = () => {
    const appended = harness.network.requests().filter(({ path }) => path.endsWith('/append')).length;
    return { begun: harness.countRequests(INITIALIZE), appended, posts: harness.network.posts().length };
  };

  it.each(['before-applying', 'after-applying'] as const)(
    'between chunks (%s) goes on with the chunk that is missing',
    async (drop) => {
      const { failure, publish, handles } = await harness.delivery({ media: [await clip({ size: 2 * CHUNK + 1 })] });
      dropAt(3, drop);
      expect((await failure()).kind).toBe('unavailable');
      expect(handles()).toMatchObject({ uploads: { v1: { progress: 'begun', sent: 1 } } });
      await publish();
      expect(count()).toEqual({ begun: 1, appended: 4, posts: 1 });
    },
  );

  it('before X was told that this was all goes on there, and uploads nothing', async () => {
    const { failure, publish, handles } = await harness.delivery({ media: [await picture()] });
    dropAt(3, 'before-applying');
    expect((await failure()).kind).toBe('unavailable');
    expect(handles()).toMatchObject({ uploads: { m1: { progress: 'begun', sent: 1 } } });
    await publish();
    expect(count()).toEqual({ begun: 1, appended: 1, posts: 1 });
  });

  it('after X was told so begins again, as X does not end a file twice', async () => {
    const { failure, publish } = await harness.delivery({ media: [await picture()] });
    dropAt(3, 'after-applying');
    expect((await failure()).kind).toBe('unavailable');
    await publish();
    expect(count()).toEqual({ begun: 2, appended: 2, posts: 1 });
  });

  it('while the image was described describes it, and uploads nothing', async () => {
    const { failure, publish, handles } = await harness.delivery({ media: [await picture()] });
    harness.network.faults.order({ match: 'POST /2/media/metadata', drop: 'before-applying' });
    expect((await failure()).kind).toBe('unavailable');
    expect(handles()).toMatchObject({ uploads: { m1: { progress: 'processed' } } });
    await publish();
    expect(count()).toEqual({ begun: 1, appended: 1, posts: 1 });
    expect(harness.network.posts()).toMatchObject([{ images: [{ alt: 'A blue square' }] }]);
  });

  it('and that X has forgotten since begins again', async () => {
    const { context, publish } = await harness.delivery({ media: [await picture()] });
    const forgotten = { id: '1', progress: 'whole', sent: 1, until: harness.now().add({ hours: 20 }).toString() };
    context.handles = { uploads: { m1: forgotten } };
    await publish();
    expect(count()).toEqual({ begun: 1, appended: 1, posts: 1 });
  });

  it('waits as long as X wants between two looks at a video', async () => {
    const { publish } = await harness.delivery({ media: [await clip()] });
    await publish();
    expect(harness.countRequests(STATUS)).toBe(2);
  });
});
