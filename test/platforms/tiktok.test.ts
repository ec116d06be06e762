// What is TikTok's alone: videos that go on where their upload stopped, and photos that TikTok fetches.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deadAddress } from '../support/local-server.ts';
import { clip, type Harness, openHarness, photo, picture } from './harness.ts';
import { CHUNK, PHOTOS, photos, STATUS, subject, VIDEO, video } from './tiktok-subject.ts';

const MEGABYTE = 1_000_000;

let harness: Harness;
beforeEach(async () => {
  harness = await openHarness(subject);
});
afterEach(() => harness.close());

describe('a video', () => {
  it('leaves in chunks, the last of which makes it public and takes what is left over along', async () => {
    let sent = 0;
    const { publish } = await harness.delivery({
      media: [await video({ size: 25 * MEGABYTE })],
      beforeSend: async () => {
        sent = harness.countRequests(CHUNK);
      },
    });
    await publish();
    expect([sent, harness.countRequests(CHUNK)]).toEqual([1, 2]);
    expect(harness.network.posts()).toMatchObject([{ videos: [{ size: 25 * MEGABYTE }] }]);
  });

  it('has the id that TikTok writes as a number of 19 digits, exactly', async () => {
    const { remoteId, url } = await (await harness.delivery({ media: [await video()] })).publish();
    expect(remoteId).toMatch(/^\d{19}$/);
    expect(Number(remoteId)).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
    expect(harness.network.posts()).toMatchObject([{ id: remoteId, url }]);
    expect(url).toBe(`${harness.network.url}/@crier/video/${remoteId}`);
  });

  it.each(['before-applying', 'after-applying'] as const)(
    'whose upload broke off between chunks (%s) goes on from there',
    async (drop) => {
      const broken = await harness.delivery({ media: [await video({ size: 25 * MEGABYTE })] });
      harness.network.faults.order({ match: CHUNK, drop });
      expect((await broken.failure()).kind).toBe('unavailable');
      expect([broken.beforeSends(), harness.network.posts()]).toEqual([0, []]);
      await broken.publish();
      expect(harness.countRequests(VIDEO)).toBe(1);
      expect(harness.countRequests(CHUNK)).toBe(drop === 'before-applying' ? 3 : 2);
      expect(harness.network.posts()).toHaveLength(1);
    },
  );

  it('is asked for and not sent again where its last chunk arrived and the answer did not', async () => {
    const unheard = await harness.delivery({ media: [await video()] });
    harness.network.faults.order({ match: CHUNK, drop: 'after-applying' });
    expect((await unheard.failure()).kind).toBe('outcome-unknown');
    const published = await unheard.publish();
    expect([harness.countRequests(VIDEO), harness.countRequests(CHUNK), unheard.beforeSends()]).toEqual([1, 1, 1]);
    expect(harness.network.posts()).toMatchObject([{ id: published.remoteId }]);
  });

  it('is announced anew once the address of its upload is over, which is after an hour', async () => {
    const late = await harness.delivery({ media: [await video()] });
    harness.network.faults.order({ match: CHUNK, drop: 'before-applying' });
    await late.failure();
    harness.pass({ minutes: 61 });
    await late.publish();
    expect(harness.countRequests(VIDEO)).toBe(2);
    expect(harness.network.posts()).toHaveLength(1);
  });

  it('is tried again, and announced anew, where TikTok closed the upload early', async () => {
    const closed = await harness.delivery({ media: [await video()] });
    harness.network.faults.order({ match: CHUNK, status: 403, body: '' });
    expect((await closed.failure()).kind).toBe('unavailable');
    await closed.publish();
    expect(harness.countRequests(VIDEO)).toBe(2);
    expect(harness.network.posts()).toHaveLength(1);
  });

  it('is in doubt where TikTok has other bytes of it than Crier thinks', async () => {
    const strange = await harness.delivery({ media: [await video()] });
    harness.network.faults.order({ match: CHUNK, status: 416, body: '' });
    expect((await strange.failure()).kind).toBe('outcome-unknown');
    expect(await strange.find()).toEqual({ kind: 'absent' });
  });

  it('is announced anew where it was edited between two tries', async () => {
    const first = await harness.delivery({ media: [await video()], text: 'With a tpyo' });
    harness.network.faults.order({ match: CHUNK, drop: 'before-applying' });
    await first.failure();
    await (await harness.delivery({ media: [await video()], text: 'Without', handles: first.handles() })).publish();
    expect(harness.network.posts().map(({ text }) => text)).toEqual(['Without']);
  });

  it.each([
    ['of too few pixels', 'clip.mp4', /360 to 4096 pixels/],
    ['that is none', null, /could not read a file/],
  ])('%s is refused by TikTok once it has it, and forgotten', async (_, fixture, words) => {
    const file = fixture ? await clip({ fixture }) : { ...(await video()), size: 9, read: async () => new Uint8Array(9).fill(7) };
    const { failure, handles } = await harness.delivery({ media: [file] });
    expect(await failure()).toMatchObject({ kind: 'rejected', userMessage: expect.stringMatching(words) });
    expect([handles(), harness.network.posts()]).toEqual([{}, []]);
  });

  it('that is longer than the account may post is refused before anything is sent', async () => {
    const { failure } = await harness.delivery({ media: [{ ...(await video()), durationMs: 300_001 }] });
    expect(await failure()).toMatchObject({ kind: 'rejected', userMessage: expect.stringMatching(/300 seconds.*as=inbox/) });
    expect(harness.countRequests(VIDEO)).toBe(0);
    await (await harness.delivery({ media: [{ ...(await video()), durationMs: 300_000 }] })).publish();
  });

  it('is no failure of its own where what became of it cannot be asked', async () => {
    const { failure, find } = await harness.delivery({ media: [await video()] });
    harness.network.faults.order({ match: STATUS, status: 401 });
    expect((await failure()).kind).toBe('outcome-unknown');
    expect(await find()).toMatchObject({ kind: 'found' });
  });

  it.each([
    ['internal', 'unavailable', 2],
    ['spam_risk_text', 'rejected', 1],
  ])('that failed at TikTok (%s) is %s, and what the next try does is right', async (fail_reason, kind, announced) => {
    const { failure, publish } = await harness.delivery({ media: [await video()] });
    const body = { data: { status: 'FAILED', fail_reason }, error: { code: 'ok' } };
    harness.network.faults.order({ match: STATUS, body });
    expect((await failure()).kind).toBe(kind);
    if (kind === 'unavailable') await publish();
    expect(harness.countRequests(VIDEO)).toBe(announced);
  });
});

describe('photos', () => {
  it('are fetched by TikTok in order, with text and title, and are shown', async () => {
    const media = await photos(3);
    const { publish } = await harness.delivery({ media, text: 'What we made', options: { title: 'Our launch' } });
    const { url, remoteId } = await publish();
    expect(url).toBe(`${harness.network.url}/@crier/photo/${remoteId}`);
    const sizes = media.map(({ size }) => ({ alt: '', size }));
    expect(harness.network.posts()).toMatchObject([{ id: remoteId, text: 'What we made', images: sizes, videos: [] }]);
    const page = await (await fetch(url)).text();
    for (const words of ['Our launch', 'What we made', 'src="/file/']) expect(page).toContain(words);
  });

  it('are handed over by the one request behind beforeSend', async () => {
    let sent = -1;
    const beforeSend = async (): Promise<void> => {
      sent = harness.countRequests(PHOTOS);
    };
    await (await harness.delivery({ media: await photos(1), beforeSend })).publish();
    expect([sent, harness.countRequests(PHOTOS)]).toEqual([0, 1]);
  });

  it('are 35 at the most', async () => {
    await (await harness.delivery({ media: await photos(35) })).publish();
    expect((await (await harness.delivery({ media: await photos(36) })).failure()).kind).toBe('rejected');
    expect(harness.network.posts().map(({ images }) => images.length)).toEqual([35]);
  });

  it('have a text of 4,000 characters and a title of 90 at the most, in UTF-16', async () => {
    const [text, title] = ['👩‍🚀'.repeat(800), '🚀'.repeat(45)];
    await (await harness.delivery({ media: await photos(1), text, options: { title } })).publish();
    for (const more of [{ text: `${text}x` }, { options: { title: `${title}x` } }]) {
      expect((await (await harness.delivery({ media: await photos(1), ...more })).failure()).kind).toBe('rejected');
    }
    expect(harness.network.posts()).toHaveLength(1);
  });

  it.each([
    ['a PNG', () => picture(), 'rejected'],
    ['one of more than 1080p', () => photo({ width: 1081, height: 1920 }), 'rejected'],
  ])('do not go out with %s', async (_, file, kind) => {
    const { failure } = await harness.delivery({ media: [await file()] });
    expect((await failure()).kind).toBe(kind);
    expect(harness.network.posts()).toEqual([]);
  });

  it('go out at 1080p, and with 20 MB', async () => {
    await (await harness.delivery({ media: [await photo({ width: 1080, height: 1920 })] })).publish();
    const size = 20 * 1_048_576;
    await (await harness.delivery({ media: [await photo({ size })] })).publish();
    expect((await (await harness.delivery({ media: [await photo({ size: size + 1 })] })).failure()).kind).toBe('rejected');
    expect(harness.network.posts()).toHaveLength(2);
  });

  it('are tried again where TikTok could not fetch one', async () => {
    const dead = await deadAddress();
    const unreachable = await harness.delivery({ media: await photos(1), mediaLink: () => `${dead}/m.jpg` });
    expect(await unreachable.failure()).toMatchObject({
      kind: 'unavailable',
      userMessage: expect.stringContaining('PUBLIC_URL'),
    });
    const { publish } = await harness.delivery({ media: await photos(1), handles: unreachable.handles() });
    await publish();
    expect(harness.network.posts()).toHaveLength(1);
  });

  it('whose answer was lost may be out, which nobody can say', async () => {
    const { failure, find } = await harness.delivery({ media: await photos(1) });
    harness.network.faults.order({ match: PHOTOS, drop: 'after-applying' });
    expect((await failure()).kind).toBe('outcome-unknown');
    expect(await find()).toEqual({ kind: 'cannot-say' });
  });

  it('are found by what TikTok called them, and not handed over again', async () => {
    const { failure, find, publish } = await harness.delivery({ media: await photos(1) });
    harness.network.faults.order({ match: STATUS, status: 503 });
    expect((await failure()).kind).toBe('outcome-unknown');
    const [post] = harness.network.posts();
    expect(await find()).toMatchObject({ kind: 'found', remoteId: post?.id, url: post?.url });
    expect(await publish()).toMatchObject({ remoteId: post?.id });
    expect(harness.countRequests(PHOTOS)).toBe(1);
  });
});

it.each([
  ['no file', async () => [], /video or images/],
  ['a video and an image', async () => [await video(), await photo()], /one video/],
  ['two videos', async () => [await video(), await video({ id: 'v2' })], /one video/],
])('a post with %s is refused before TikTok is asked for anything', async (_, files, words) => {
  const { failure, context } = await harness.delivery({ media: await files() });
  const before = harness.network.requests().length;
  expect(await failure()).toMatchObject({ kind: 'rejected', userMessage: expect.stringMatching(words) });
  expect([context.handles, harness.network.requests().length]).toEqual([{}, before]);
});
