// What is Mastodon's alone: the limits an instance announces, how it counts, how it processes media.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mastodon } from '../../src/platforms/mastodon/index.ts';
import { countStatus } from '../../src/platforms/mastodon/limits.ts';
import { type Harness, openHarness, picture } from './harness.ts';

const CREATE_STATUS = 'POST /api/v1/statuses';

describe('how a status is counted', () => {
  it.each([
    ['plain', 5],
    ['👨‍👩‍👧‍👦 Grüße', 7],
    ['https://example.com', 23],
    ['See https://example.com/a/very/long/path?that=goes&on=forever.', 28],
    ['two https://a.example and https://b.example', 4 + 23 + 5 + 23],
    ['@friend', 7],
    ['@friend@mastodon.social', 7],
    ['Hi @friend@mastodon.social, @other@example.org!', 'Hi @friend, @other!'.length],
    ['https://mastodon.social/@friend@example.org', 23],
    ['me@example.org', 14],
    ['http://localhost:3000/x', 23],
    ['', 0],
  ])('%j counts %i', (text, count) => {
    expect(countStatus(text, 23)).toBe(count);
  });

  it('takes what the instance reserves for a link', () => {
    expect(countStatus('https://example.com', 30)).toBe(30);
  });
});

describe('limits', () => {
  it('are the instance’s own', () => {
    const announced = {
      maxCharacters: 5000,
      charactersReservedPerUrl: 10,
      maxMedia: 6,
      imageSizeLimit: 1000,
      imageTypes: ['image/png'],
    };
    const { text, images } = mastodon.limits(announced);
    expect([text[0].max, text[0].count('https://example.com'), images]).toEqual([
      5000,
      10,
      { max: 6, maxBytes: 1000, mimeTypes: ['image/png'] },
    ]);
  });

  it('say no to images where an instance takes none', () => {
    const announced = {
      maxCharacters: 500,
      charactersReservedPerUrl: 23,
      maxMedia: 0,
      imageSizeLimit: 1000,
      imageTypes: ['image/png'],
    };
    expect(mastodon.limits(announced).images).toBeNull();
  });

  it.each([null, {}, { maxCharacters: -1 }])('are Mastodon’s defaults where %j was announced', (announced) => {
    expect(mastodon.limits(announced).text[0].max).toBe(500);
  });
});

describe('on an instance', () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await openHarness({
      platform: mastodon,
      network: (emulator) => emulator.networks.mastodon,
      serverField: 'instance',
      secretField: 'token',
      publicRequest: CREATE_STATUS,
      uploadRequest: 'POST /api/v2/media',
      videoRequest: 'POST /api/v2/media',
      videoStatusRequest: 'GET /api/v1/media/*',
      findRequest: 'GET /api/v1/accounts/*',
    });
  });
  afterEach(() => harness.close());

  it('links and the servers of mentions are counted as the instance counts them', async () => {
    const text = `@friend@mastodon.social https://example.com/${'long/'.repeat(50)} ${'x'.repeat(500 - 7 - 1 - 23 - 1)}`;
    const fits = await harness.delivery({ text });
    const [limit] = mastodon.limits(fits.context.account.announcedLimits).text;
    expect(limit.count(text)).toBe(500);
    await fits.publish();
    const tooLong = await harness.delivery({ text: `${text}x`, idempotencyKey: 'delivery-2' });
    expect((await tooLong.failure()).kind).toBe('rejected');
  });

  it('a file is waited for until it is processed', async () => {
    const { publish } = await harness.delivery({ media: [await picture()] });
    await publish();
    expect(harness.network.requests().some(({ path, status }) => path.startsWith('/api/v1/media/') && status === 206)).toBe(true);
    expect(harness.network.posts()).toMatchObject([{ images: [{ alt: 'A blue square' }] }]);
  });

  it('a file that cannot be processed is refused', async () => {
    const { failure } = await harness.delivery({ media: [await picture()] });
    harness.network.faults.order({ match: 'GET /api/v1/media/*', status: 422 });
    expect((await failure()).kind).toBe('rejected');
  });

  it('waiting for a file ends when the process drains', async () => {
    const drain = new AbortController();
    const { failure, context } = await harness.delivery({ media: [await picture()], signal: drain.signal });
    const store = context.saveHandles;
    context.saveHandles = async (handles) => {
      await store(handles);
      drain.abort();
    };
    expect((await failure()).kind).toBe('unavailable');
    expect(harness.network.posts()).toEqual([]);
  });

  it('an upload that was stored but never processed is gone on with, and made anew where the instance lost it', async () => {
    const { failure, publish } = await harness.delivery({ media: [await picture()] });
    harness.network.faults.order({ match: 'GET /api/v1/media/*', status: 503 });
    expect((await failure()).kind).toBe('unavailable');
    harness.network.faults.order({ match: 'GET /api/v1/media/*', status: 404 });
    await publish();
    expect(harness.countRequests('POST /api/v2/media')).toBe(2);
    expect(harness.network.posts().map((post) => post.images.length)).toEqual([1]);
  });

  it('a post of long before is not taken for a lost one', async () => {
    await (await harness.delivery({ idempotencyKey: 'last week' })).publish();
    harness.pass({ hours: 1 });
    const lost = await harness.delivery();
    expect(await lost.find({ since: harness.now() })).toEqual({ kind: 'absent' });
  });

  it('a lost post is found behind more than a page of others', async () => {
    const lost = await harness.delivery({ text: 'The lost one' });
    harness.network.faults.order({ match: CREATE_STATUS, drop: 'after-applying' });
    await lost.failure();
    for (let index = 0; index < 45; index += 1) {
      await (await harness.delivery({ ...lost.context, text: `Other ${index}`, idempotencyKey: `other-${index}` })).publish();
    }
    expect(await lost.find()).toMatchObject({ kind: 'found' });
  });

  it('the repeat is harmless for as long as the platform says', async () => {
    const { publish } = await harness.delivery();
    await publish();
    harness.pass({ milliseconds: mastodon.capabilities.repeatHarmlessForMs });
    await publish();
    expect(harness.network.posts()).toHaveLength(1);
  });
});
