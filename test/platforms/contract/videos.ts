// What every platform that takes videos promises of them: uploaded once, waited for, and gone on with by the next try.
import { expect, it } from 'vitest';
import { clip as anyClip, type Current, picture, type Subject } from '../harness.ts';

export function describeVideos(subject: Subject, current: Current): void {
  const { publicRequest, videoRequest, videoStatusRequest, describesVideos = true, clip = anyClip } = subject;

  it(`posts a video ${describesVideos ? 'with its alt text, ' : ''}once it is processed, and shows it`, async () => {
    const { delivery, network, countRequests } = current();
    const video = await clip({ altText: 'A clock runs' });
    const published = await (await delivery({ media: [video] })).publish();
    const alt = describesVideos ? 'A clock runs' : '';
    expect(network.posts().map(({ images, videos }) => [images, videos])).toEqual([[[], [{ alt, size: video.size }]]]);
    expect(countRequests(videoStatusRequest)).toBeGreaterThan(1);
    const page = await (await fetch(published.url)).text();
    const [, shown = '', label] = /<video src="([^"]+)" aria-label="([^"]*)"/.exec(page) ?? [];
    expect(label).toBe(alt);
    const bytes = await (await fetch(new URL(shown.replaceAll('&amp;', '&'), published.url))).bytes();
    expect(Buffer.from(bytes)).toEqual(Buffer.from(await video.read()));
  });

  it('posts a video that nobody described', async () => {
    const { delivery, network } = current();
    await (await delivery({ media: [await clip({ altText: '' })] })).publish();
    expect(network.posts()).toMatchObject([{ videos: [{ alt: '' }] }]);
  });

  it('goes on waiting where the first try stopped while the video was processed', async () => {
    const { delivery, network, countRequests } = current();
    const { failure, publish } = await delivery({ media: [await clip()] });
    network.faults.order({ match: videoStatusRequest, drop: 'before-applying' });
    expect((await failure()).kind).toBe('unavailable');
    expect(countRequests(publicRequest)).toBe(0);
    await publish();
    expect(countRequests(videoRequest)).toBe(1);
    expect(network.posts()).toHaveLength(1);
  });

  it('posts the same video twice for two deliveries', async () => {
    const { delivery, network } = current();
    await (await delivery({ idempotencyKey: 'one', media: [await clip()] })).publish();
    await (await delivery({ idempotencyKey: 'two', media: [await clip()] })).publish();
    expect(network.posts().map(({ videos }) => videos.length)).toEqual([1, 1]);
  });

  it.each([
    [429, 'rate-limited'],
    [500, 'unavailable'],
    [413, 'rejected'],
  ])('an upload answered with %i is %s, and nothing is public', async (status, kind) => {
    const { delivery, network, countRequests } = current();
    const { failure } = await delivery({ media: [await clip()] });
    network.faults.order({ match: videoRequest, status });
    expect((await failure()).kind).toBe(kind);
    expect(countRequests(publicRequest)).toBe(0);
  });

  it('a file that is no video is refused and not public', async () => {
    const { delivery, network } = current();
    const broken = new Uint8Array(2000).fill(7);
    const { failure } = await delivery({ media: [{ ...(await clip()), size: 2000, read: async () => broken }] });
    expect((await failure()).kind).toBe('rejected');
    expect(network.posts()).toEqual([]);
  });

  it('finds a post with a video that went out unheard', async () => {
    const { delivery, network } = current();
    const unheard = await delivery({ media: [await clip()] });
    network.faults.order({ match: publicRequest, drop: 'after-applying' });
    await unheard.failure();
    const [post] = network.posts();
    expect(await unheard.find()).toMatchObject({ kind: 'found', remoteId: post?.id });
  });

  if (!subject.mixesMedia) describeAlone(subject, current);
}

function describeAlone({ platform, clip = anyClip }: Subject, current: Current): void {
  it('has limits that say so before anything is sent: as many videos, and not with images', async () => {
    const { connect } = current();
    const { videos, mixedMedia } = platform.limits((await connect()).announcedLimits);
    expect(videos).toMatchObject({ max: 1, mimeTypes: expect.arrayContaining(['video/mp4']) });
    expect(mixedMedia).toBe(false);
  });

  it('is refused by the network together with an image, as its limits say', async () => {
    const { delivery, network } = current();
    const { failure } = await delivery({ media: [await picture(), await clip()] });
    expect((await failure()).kind).toBe('rejected');
    expect(network.posts()).toEqual([]);
  });
}
