// What every platform promises of a second try: no second post, no second upload. A try that broke off at each of its steps is
// contract-steps.test.ts'.
import { expect, it } from 'vitest';
import { type Current, picture, renewLogin, type Subject, tryAgain } from '../harness.ts';

export function describeRepeats(subject: Subject, current: Current): void {
  const { platform, publicRequest, refusesSameText = false, imagesApart = false } = subject;
  if (platform.capabilities.repeatHarmlessForMs > 0) {
    it('a repeat with the same key makes no second post, even without what the first try stored', async () => {
      const { delivery, network } = current();
      const first = await (await delivery()).publish();
      const second = await (await delivery()).publish();
      expect(second).toEqual(first);
      expect(network.posts()).toHaveLength(1);
    });
  }

  it(`another key ${refusesSameText ? 'is refused for' : 'makes another post, even of'} the same text`, async () => {
    const { delivery, network } = current();
    await (await delivery({ idempotencyKey: 'one' })).publish();
    const { publish, failure } = await delivery({ idempotencyKey: 'two' });
    if (refusesSameText) expect((await failure()).kind).toBe('rejected');
    else await publish();
    expect(network.posts()).toHaveLength(refusesSameText ? 1 : 2);
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('a connection that drops %s applying is an unknown outcome; the repeat leaves one post', async (when, applied) => {
    const { delivery, network } = current();
    const broken = await delivery();
    network.faults.order({ match: publicRequest, drop: `${when}-applying` });
    expect((await broken.failure()).kind).toBe('outcome-unknown');
    expect(network.posts()).toHaveLength(applied);
    const published = await tryAgain(subject, broken);
    expect(network.posts().map((post) => post.id)).toEqual([published.remoteId]);
  });

  it('a 503 on a request that was applied is settled by the repeat', async () => {
    const { delivery, network } = current();
    const refused = await delivery();
    network.faults.order({ match: publicRequest, status: 503, apply: true });
    await refused.publish().catch((error: unknown) => expect(platform.classifyError(error).kind).toBe('outcome-unknown'));
    const published = await tryAgain(subject, refused);
    expect(network.posts()).toMatchObject([{ id: published.remoteId, text: refused.context.text }]);
  });

  if (!imagesApart) describeUploads(subject, current);
}

function describeUploads(subject: Subject, current: Current): void {
  const { publicRequest, uploadRequest } = subject;
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
    const old = await delivery({ media: [await picture()] });
    network.faults.order({ match: publicRequest, drop: 'before-applying' });
    await old.failure();
    pass({ hours: 49 });
    await renewLogin(subject, old);
    await old.publish();
    expect(countRequests(uploadRequest)).toBe(2);
    expect(network.posts()).toHaveLength(1);
  });
}
