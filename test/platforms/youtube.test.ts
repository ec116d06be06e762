// What is YouTube's alone: uploads that go on where they stopped, and the thumbnail before anybody sees the video.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/core/account.ts';
import { youtube } from '../../src/platforms/youtube/index.ts';
import { deadAddress } from '../support/local-server.ts';
import { clip, type Harness, openHarness, picture } from './harness.ts';
import { ask, both, MIB, OPEN, PIECE, pageOf, SHOW, subject, THUMBNAIL } from './youtube-subject.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await openHarness(subject);
});
afterEach(() => harness.close());

describe('a video', () => {
  it('goes out with its title, description and tags, and its page shows them', async () => {
    const { publish } = await harness.delivery({
      media: [await clip()],
      text: 'What we made',
      options: { title: 'Our launch', tags: 'launch, our product' },
    });
    const published = await publish();
    expect(harness.network.posts()).toMatchObject([
      { id: published.remoteId, url: published.url, text: 'What we made', videos: [{ size: (await clip()).size }], images: [] },
    ]);
    const page = await pageOf(published);
    for (const words of ['Our launch', 'What we made', 'launch, our product']) expect(page).toContain(words);
  });

  it('leaves in pieces, and no piece but the last comes after beforeSend', async () => {
    let sent = 0;
    const { publish } = await harness.delivery({
      media: [await clip({ size: 17 * MIB })],
      beforeSend: async () => {
        sent = harness.network.requests().length;
      },
    });
    await publish();
    expect(harness.countRequests(PIECE)).toBe(3);
    expect(harness.network.requests()).toHaveLength(sent + 1);
    expect(harness.network.posts()).toMatchObject([{ videos: [{ size: 17 * MIB }] }]);
  });

  it('is of one piece where it is as large as one', async () => {
    await (await harness.delivery({ media: [await clip({ size: 8 * MIB })] })).publish();
    expect(harness.countRequests(PIECE)).toBe(1);
  });

  it.each(['before-applying', 'after-applying'] as const)(
    'whose upload broke off between pieces (%s) goes on from there',
    async (drop) => {
      const broken = await harness.delivery({ media: [await clip({ size: 17 * MIB })] });
      harness.network.faults.order({ match: PIECE, drop });
      expect((await broken.failure()).kind).toBe('unavailable');
      expect([broken.beforeSends(), harness.network.posts()]).toEqual([0, []]);
      await broken.publish();
      expect(harness.countRequests(OPEN)).toBe(1);
      // the broken one, the question, and two or three pieces
      expect(harness.countRequests(PIECE)).toBe(drop === 'before-applying' ? 5 : 4);
      expect(harness.network.posts()).toMatchObject([{ videos: [{ size: 17 * MIB }] }]);
    },
  );

  it.each([
    ['before-applying', 'absent'],
    ['after-applying', 'found'],
  ] as const)('whose last piece was dropped %s is found to be %s, and is never there twice', async (drop, kind) => {
    const broken = await harness.delivery({ media: [await clip()] });
    harness.network.faults.order({ match: PIECE, drop });
    expect((await broken.failure()).kind).toBe('outcome-unknown');
    expect(await broken.find()).toMatchObject({ kind });
    const published = await broken.publish();
    expect(harness.network.posts().map(({ id }) => id)).toEqual([published.remoteId]);
    expect(harness.countRequests(OPEN)).toBe(1);
  });

  it('is uploaded anew where the upload is over a week old', async () => {
    const broken = await harness.delivery({ media: [await clip()] });
    harness.network.faults.order({ match: PIECE, drop: 'before-applying' });
    await broken.failure();
    harness.pass({ hours: 7 * 24 });
    const fresh = await youtube.refresh?.(broken.context);
    broken.context.credentials = fresh?.credentials ?? {};
    expect(await broken.find()).toEqual({ kind: 'cannot-say' });
    await broken.publish();
    expect(harness.countRequests(OPEN)).toBe(2);
    expect(harness.network.posts()).toHaveLength(1);
  });

  it('whose upload YouTube lost is found among the uploads of the channel', async () => {
    const unheard = await harness.delivery({ media: [await clip()], text: '  Two lines\nand a space  ' });
    harness.network.faults.order({ match: PIECE, drop: 'after-applying' });
    await unheard.failure();
    const [post] = harness.network.posts();
    harness.network.faults.order({ match: PIECE, status: 404 });
    expect(await unheard.find()).toMatchObject({ kind: 'found', remoteId: post?.id, url: post?.url });
    harness.network.faults.order({ match: PIECE, status: 404 });
    expect(await unheard.find({ isTaken: async () => true })).toEqual({ kind: 'cannot-say' });
  });

  it('of which nothing was begun is not out', async () => {
    const { find } = await harness.delivery({ media: [await clip()] });
    expect(await find()).toEqual({ kind: 'absent' });
  });

  it.each([{ status: 503 }, { drop: 'before-applying' as const }])(
    'cannot be told of while YouTube answers %j',
    async (fault) => {
      const { find } = await harness.delivery({ media: [await clip()] });
      harness.network.faults.order({ match: subject.findRequest, ...fault });
      expect(await find()).toEqual({ kind: 'cannot-say' });
    },
  );

  it('that takes too long to be answered is of unknown outcome, and found', async () => {
    const impatient = await openHarness(subject, { timeoutMs: 500 });
    try {
      const { failure, find } = await impatient.delivery({ media: [await clip()] });
      impatient.network.faults.order({ match: PIECE, hold: true });
      expect(await failure()).toMatchObject({ kind: 'outcome-unknown', userMessage: expect.stringContaining('in time') });
      expect(await find()).toMatchObject({ kind: 'found' });
    } finally {
      await impatient.close();
    }
  });

  it('of a broken file is refused', async () => {
    const broken = new Uint8Array(2000).fill(7);
    const { failure } = await harness.delivery({ media: [{ ...(await clip()), size: 2000, read: async () => broken }] });
    expect((await failure()).kind).toBe('rejected');
    expect(harness.network.posts()).toEqual([]);
  });

  it.each(['unlisted', 'private'])('that is %s is so on YouTube', async (privacy) => {
    const sent = await harness.delivery({ media: [await clip()], options: { privacy } });
    const { remoteId } = await sent.publish();
    expect(await ask(harness, sent, `/youtube/v3/videos?part=status&id=${remoteId}`)).toMatchObject({
      items: [{ status: { privacyStatus: privacy } }],
    });
  });

  it('is not sent where this process lost its lease, nor where it was told to stop', async () => {
    const lost = new Error('the lease was lost');
    const media = [await clip()];
    await expect((await harness.delivery({ media, beforeSend: () => Promise.reject(lost) })).publish()).rejects.toBe(lost);
    const stopped = await harness.delivery({ media, signal: AbortSignal.abort() });
    expect((await stopped.failure()).kind).toBe('unavailable');
    expect([harness.countRequests(PIECE), harness.network.posts()]).toEqual([0, []]);
  });

  it('cannot be sent where nobody listens', async () => {
    const { context } = await harness.delivery();
    const account: Account = { ...context.account, service: await deadAddress() };
    expect((await (await harness.delivery({ account, media: [await clip()] })).failure()).kind).toBe('unavailable');
  });

  it.each([
    [401, 'auth-expired'],
    [403, 'rejected'],
    [429, 'rate-limited'],
    [500, 'outcome-unknown'],
    [503, 'outcome-unknown'],
  ])('%i on its last piece is %s, and on the request that opens the upload it says that nothing is out', async (status, kind) => {
    const media = [await clip()];
    const last = await harness.delivery({ media });
    harness.network.faults.order({ match: PIECE, status });
    expect((await last.failure()).kind).toBe(kind);
    const first = await harness.delivery({ media });
    harness.network.faults.order({ match: OPEN, status });
    expect((await first.failure()).kind).toBe(kind === 'outcome-unknown' ? 'unavailable' : kind);
    expect([first.beforeSends(), harness.network.posts()]).toEqual([0, []]);
  });

  it('takes an answer that nobody can read for an unknown outcome', async () => {
    const { failure } = await harness.delivery({ media: [await clip()] });
    harness.network.faults.order({ match: PIECE, status: 200, body: { surprise: true }, apply: true });
    expect((await failure()).kind).toBe('outcome-unknown');
    harness.network.faults.order({ match: PIECE, status: 200, body: 'OK', apply: true });
    expect((await (await harness.delivery({ media: [await clip()] })).failure()).kind).toBe('outcome-unknown');
  });
});

describe('a video with a thumbnail', () => {
  it('is shown once the thumbnail is set, by the one request after beforeSend', async () => {
    let sent = 0;
    const { publish } = await harness.delivery({
      media: await both(),
      beforeSend: async () => {
        expect(harness.network.posts()).toEqual([]);
        sent = harness.network.requests().length;
      },
    });
    const published = await publish();
    expect(harness.network.requests().slice(sent)).toMatchObject([{ method: 'PUT', path: '/youtube/v3/videos' }]);
    expect(harness.network.posts()).toMatchObject([{ id: published.remoteId, images: [{ size: (await picture()).size }] }]);
    expect(await pageOf(published)).toContain(`/files/${published.remoteId}/thumbnail`);
  });

  it.each([THUMBNAIL, 'GET /youtube/v3/videos', SHOW])(
    'goes on from its handles where %s was dropped: nothing is uploaded again',
    async (match) => {
      const broken = await harness.delivery({ media: await both() });
      harness.network.faults.order({ match, drop: 'before-applying' });
      expect((await broken.failure()).kind).toBe(match === SHOW ? 'outcome-unknown' : 'unavailable');
      expect(await broken.find()).toEqual({ kind: 'absent' });
      await broken.publish();
      expect([harness.countRequests(OPEN), harness.countRequests(PIECE)]).toEqual([1, 1]);
      expect(harness.countRequests(THUMBNAIL)).toBe(match === THUMBNAIL ? 2 : 1);
      expect(harness.network.posts()).toHaveLength(1);
    },
  );

  it('that was shown unheard is found', async () => {
    const unheard = await harness.delivery({ media: await both(), options: { privacy: 'unlisted' } });
    harness.network.faults.order({ match: SHOW, drop: 'after-applying' });
    await unheard.failure();
    const [post] = harness.network.posts();
    expect(await unheard.find()).toMatchObject({ kind: 'found', remoteId: post?.id });
  });

  it('on a channel that is not verified is not shown, and the cure is said', async () => {
    const { service, code } = harness.network.addAccount('unverified');
    const connected = await harness.connect({ service: service ?? '', code: code ?? '' });
    const { context } = await harness.delivery();
    const { credentials } = connected;
    const refused = await harness.delivery({ media: await both(), account: { ...context.account, ...connected }, credentials });
    expect(await refused.failure()).toMatchObject({
      kind: 'rejected',
      userMessage: expect.stringContaining('youtube.com/verify'),
    });
    expect([refused.beforeSends(), harness.network.posts()]).toEqual([0, []]);
  });

  it('of 2 MiB is taken, and one byte more is not', async () => {
    const most = await picture({ size: 2 * MIB });
    await (await harness.delivery({ media: [await clip(), most] })).publish();
    const { failure } = await harness.delivery({ media: [await clip(), await picture({ size: 2 * MIB + 1 })] });
    expect((await failure()).kind).toBe('rejected');
    expect(harness.network.posts().map(({ images }) => images)).toEqual([[{ alt: '', size: 2 * MIB }]]);
  });
});
