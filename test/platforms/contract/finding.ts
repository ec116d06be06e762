// What every platform promises of finding a post whose outcome is unknown.
import { expect, it } from 'vitest';
import { type Current, type Delivery, failureOf, loginRefused, picture, type Subject } from '../harness.ts';

export function describeFinding(subject: Subject, current: Current): void {
  const { publicRequest, findRequest, platform, imagesApart = false, findsByHandles = false } = subject;
  const imageCounts = imagesApart ? [0] : [0, 1];
  const publishedButUnknown = async (delivery: Delivery): Promise<void> => {
    current().network.faults.order({ match: publicRequest, drop: 'after-applying' });
    await delivery.failure();
  };

  const lostOne = async (): Promise<Delivery> => {
    const lost = await current().delivery();
    if (!findsByHandles) return lost;
    current().network.faults.order({ match: publicRequest, drop: 'before-applying' });
    await lost.failure();
    return lost;
  };

  it.each(imageCounts)('finds a post that went out unheard, with %i images', async (images) => {
    const { delivery, network } = current();
    const media = images > 0 ? { media: [await picture()] } : {};
    const unheard = await delivery({ ...media, text: '  Two lines\nand a space  ' });
    await publishedButUnknown(unheard);
    const [post] = network.posts();
    expect(await unheard.find()).toMatchObject({ kind: 'found', remoteId: post?.id, url: post?.url });
  });

  it.each(imageCounts)('knows that a post did not go out, with %i images', async (images) => {
    const { delivery, network } = current();
    const other = await delivery({ idempotencyKey: 'other', text: 'Something else' });
    await other.publish();
    const lost = await delivery(images > 0 ? { media: [await picture()] } : {});
    network.faults.order({ match: publicRequest, drop: 'before-applying' });
    await lost.failure();
    expect(await lost.find()).toEqual({ kind: 'absent' });
  });

  it('does not take the post of another delivery for its own', async () => {
    const { delivery } = current();
    const twin = await (await delivery({ idempotencyKey: 'twin' })).publish();
    const lost = await delivery();
    const isTaken = async (remoteId: string) => remoteId === twin.remoteId;
    expect(await lost.find({ isTaken })).toEqual({ kind: 'absent' });
  });

  it('cannot say while the network does not answer', async () => {
    const { network } = current();
    const lost = await lostOne();
    network.faults.order({ match: findRequest, times: 9, status: 503 });
    expect(await lost.find()).toEqual({ kind: 'cannot-say' });
    network.faults.clear();
    network.faults.order({ match: findRequest, times: 9, drop: 'before-applying' });
    expect(await lost.find()).toEqual({ kind: 'cannot-say' });
  });

  it('says so where the login is gone', async () => {
    const { network } = current();
    const lost = await lostOne();
    network.faults.order({ match: findRequest, times: 9, status: 401 });
    expect(loginRefused(platform)).toContain((await failureOf(platform, lost.find())).kind);
  });
}
