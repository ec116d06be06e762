// What every platform that has threads promises of them.
import { expect, it } from 'vitest';
import type { Published } from '../../../src/core/platform.ts';
import { type Current, picture, type Subject } from '../harness.ts';

const PARTS = ['The first part', 'The second part with https://example.com/a', 'The third part'];

export function describeThreads({ platform, publicRequest, asksForAddress }: Subject, current: Current): void {
  const publishAll = async (texts: readonly string[]): Promise<Published[]> => {
    const out: Published[] = [];
    for (const [index, text] of texts.entries()) {
      const media = index === 0 ? [await picture()] : [];
      const { publish } = await current().delivery({ text, media, thread: out, idempotencyKey: `delivery/${index + 1}` });
      out.push(await publish());
    }
    return out;
  };

  it('posts each part below the one before it', async () => {
    const out = await publishAll(PARTS);
    const ids = out.map(({ remoteId }) => remoteId);
    expect(
      current()
        .network.posts()
        .map(({ id, text, inReplyTo }) => [id, text, inReplyTo ?? null]),
    ).toEqual([
      [ids[0], PARTS[0], null],
      [ids[1], PARTS[1], ids[0]],
      [ids[2], PARTS[2], ids[1]],
    ]);
    const page = await (await fetch(out[1]?.url ?? '')).text();
    expect(page).toContain('The second part with');
  });

  it('calls beforeSend once for a part, directly before the public request', async () => {
    const [first] = await publishAll(['The first part']);
    if (!first) throw new Error('nothing was published');
    const { countRequests, network } = current();
    const publicBefore = countRequests(publicRequest);
    let requestsBefore = 0;
    const { publish, beforeSends } = await current().delivery({
      text: 'The second part',
      thread: [first],
      idempotencyKey: 'delivery/2',
    });
    const delivery = await current().delivery({
      text: 'The third part',
      thread: [first, await publish()],
      idempotencyKey: 'delivery/3',
      beforeSend: async () => {
        requestsBefore = network.requests().length;
      },
    });
    await delivery.publish();
    expect(beforeSends()).toBe(1);
    expect(countRequests(publicRequest)).toBe(publicBefore + 2);
    expect(network.requests().length).toBe(requestsBefore + (asksForAddress ? 2 : 1));
  });

  if (!platform.findPublished) return;

  it('finds a part that went out unheard, and not a post with the same text elsewhere', async () => {
    const { network, delivery } = current();
    const [first] = await publishAll(['The first part']);
    if (!first) throw new Error('nothing was published');
    const alone = await delivery({ text: 'The same words', idempotencyKey: 'alone' });
    await alone.publish();
    const part = await delivery({ text: 'The same words', thread: [first], idempotencyKey: 'delivery/2' });
    expect(await part.find()).toEqual({ kind: 'absent' });
    network.faults.order({ match: publicRequest, drop: 'after-applying' });
    await part.failure();
    const posted = network.posts().at(-1);
    expect(posted?.inReplyTo).toBe(first.remoteId);
    expect(await part.find()).toMatchObject({ kind: 'found', remoteId: posted?.id });
  });

  it('does not take a part of a thread for a post of its own', async () => {
    await publishAll(PARTS);
    const alone = await current().delivery({ text: PARTS[2] ?? '', idempotencyKey: 'alone' });
    expect(await alone.find()).toEqual({ kind: 'absent' });
  });
}
