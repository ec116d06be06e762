// What every platform promises of a second try: no second post, no second upload.
import { expect, it } from 'vitest';
import { type Current, picture, type Subject } from '../harness.ts';

export function describeRepeats({ platform, publicRequest, uploadRequest }: Subject, current: Current): void {
  it('a repeat with the same key makes no second post, even without what the first try stored', async () => {
    const { delivery, network } = current();
    const first = await (await delivery()).publish();
    const second = await (await delivery()).publish();
    expect(second).toEqual(first);
    expect(network.posts()).toHaveLength(1);
  });

  it('another key makes another post, even of the same text', async () => {
    const { delivery, network } = current();
    await (await delivery({ idempotencyKey: 'one' })).publish();
    await (await delivery({ idempotencyKey: 'two' })).publish();
    expect(network.posts()).toHaveLength(2);
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('a connection that drops %s applying is an unknown outcome; the repeat leaves one post', async (when, applied) => {
    const { delivery, network } = current();
    const { failure, publish } = await delivery();
    network.faults.order({ match: publicRequest, drop: `${when}-applying` });
    expect((await failure()).kind).toBe('outcome-unknown');
    expect(network.posts()).toHaveLength(applied);
    const published = await publish();
    expect(network.posts().map((post) => post.id)).toEqual([published.remoteId]);
  });

  it('a 503 on a request that was applied is settled by the repeat', async () => {
    const { delivery, network } = current();
    const { context, publish } = await delivery();
    network.faults.order({ match: publicRequest, status: 503, apply: true });
    await publish().catch((error: unknown) => expect(platform.classifyError(error).kind).toBe('outcome-unknown'));
    const published = await publish();
    expect(network.posts()).toMatchObject([{ id: published.remoteId, text: context.text }]);
  });

  it.each(['before-applying', 'after-applying'] as const)(
    'goes on from its handles: dropped %s, the images are not uploaded again',
    async (drop) => {
      const { delivery, network, countRequests } = current();
      const media = [await picture({ id: 'm1' }), await picture({ id: 'm2', size: 5000 })];
      const { failure, publish } = await delivery({ media });
      network.faults.order({ match: publicRequest, drop });
      await failure();
      expect(countRequests(uploadRequest)).toBe(2);
      await publish();
      expect(countRequests(uploadRequest)).toBe(2);
      expect(network.posts().map((post) => post.images.length)).toEqual([2]);
    },
  );

  it('goes on from the image where it stopped', async () => {
    const { delivery, network, countRequests } = current();
    const broken = await picture({ id: 'm2', size: 5000 });
    let reads = 0;
    const media = [
      await picture({ id: 'm1' }),
      {
        ...broken,
        read: async () => {
          reads += 1;
          if (reads === 1) throw new Error('the disk is away');
          return broken.read();
        },
      },
    ];
    const { failure, publish } = await delivery({ media });
    expect((await failure()).kind).toBe('unavailable');
    expect(countRequests(uploadRequest)).toBe(1);
    await publish();
    expect(countRequests(uploadRequest)).toBe(2);
    expect(network.posts().map((post) => post.images.length)).toEqual([2]);
  });

  it('uploads anew where what an earlier try left is days old', async () => {
    const { delivery, network, pass, countRequests } = current();
    const { failure, publish } = await delivery({ media: [await picture()] });
    network.faults.order({ match: publicRequest, drop: 'before-applying' });
    await failure();
    pass({ hours: 49 });
    await publish();
    expect(countRequests(uploadRequest)).toBe(2);
    expect(network.posts()).toHaveLength(1);
  });
}
