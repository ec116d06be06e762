// The first comment: below what is out, at most once, and never in the way of the post.
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { renderNews } from '../../src/bots/news.ts';
import { sayPlainly } from '../../src/bots/reply.ts';
import { CrierError } from '../../src/core/errors.ts';
import type { CommentContext } from '../../src/core/platform.ts';
import type { PostDetails } from '../../src/core/post.ts';
import { confirmDelivery } from '../../src/core/usecases/confirm-delivery.ts';
import { breaksOff, isRefused, type Step, scriptedNetwork } from '../support/scripted-network.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

let bench: Workbench;
afterEach(() => bench.close());

const COMMENT = 'Ask us anything';
const commented = () => bench.schedule({ beside: { comment: COMMENT } });
const only = async (post: PostDetails) => {
  const [delivery] = (await bench.read(post)).deliveries;
  if (!delivery) throw new Error('the post has no delivery');
  return delivery;
};
const publishes: Step = (context) => context.beforeSend();

describe('on a network with comments of its own', () => {
  const open = async (comment: (context: CommentContext) => Promise<void>) => {
    bench = await openWorkbench({ network: scriptedNetwork({ threads: true, comment }) });
  };

  it('is written below the post that is out', async () => {
    const written: unknown[] = [];
    await open(async ({ text, post, beforeSend, credentials }) => {
      await beforeSend();
      written.push({ text, post, credentials });
    });
    const post = await commented();
    await bench.work();
    expect(await only(post)).toMatchObject({ state: 'published', errorMessage: null });
    expect(written).toEqual([
      { text: COMMENT, post: { remoteId: 'testnet-1', url: 'https://testnet.example/testnet-1' }, credentials: { token: 't1' } },
    ]);
    expect(bench.network.posts).toHaveLength(1);
  });

  it.each([
    [
      'refused',
      new CrierError('not-permitted', 'Comments are turned off.'),
      'The first comment could not be written: Comments are turned off.',
    ],
    ['asked to wait', new CrierError('rate-limited', 'Wait a while.'), 'The first comment could not be written: Wait a while.'],
    ['left without an answer', new Error('socket closed'), 'The first comment may be missing: The network broke off.'],
  ])('is not repeated where it is %s: the post is out, and the news have the words to copy', async (_, failure, sentence) => {
    let tries = 0;
    await open(async ({ beforeSend }) => {
      tries += 1;
      await beforeSend();
      throw failure;
    });
    const post = await commented();
    await bench.work();
    bench.clock.forward({ hours: 2 });
    await bench.work();
    expect(tries).toBe(1);
    expect(await only(post)).toMatchObject({ state: 'published', errorMessage: `${sentence} It says: "${COMMENT}"` });
    const now = bench.clock.now();
    const [news] = await bench.store.queue.claimNews({ chats: ['terminal'], now, leaseUntil: now, limit: 1, busyChannels: [] });
    if (!news) throw new Error('there is no news');
    expect((renderNews(news, bench.platforms).lines ?? []).map(sayPlainly).join('\n')).toContain(`It says: "${COMMENT}"`);
  });

  it('waits for a post that is not out yet', async () => {
    const written: string[] = [];
    await open(async ({ text }) => void written.push(text));
    bench.network.next(isRefused('unavailable'));
    await commented();
    await bench.work();
    expect(written).toEqual([]);
    bench.clock.forward({ minutes: 1 });
    await bench.work();
    expect(written).toEqual([COMMENT]);
  });

  it('is written where the post turns out to be there after all', async () => {
    const written: string[] = [];
    await open(async ({ text }) => void written.push(text));
    bench.network.next(breaksOff(true));
    const post = await commented();
    await bench.work();
    expect((await only(post)).state).toBe('published');
    expect(written).toEqual([COMMENT]);
  });
});

describe('on a network with threads', () => {
  it('is one more part, and a failure of it is none of the thread', async () => {
    bench = await openWorkbench({ network: scriptedNetwork({ threads: true }) });
    const good = await bench.schedule({ text: 'One\n---\ntwo', beside: { thread: true, comment: COMMENT } });
    await bench.work();
    expect((await only(good)).state).toBe('published');
    expect(bench.network.posts.map(({ text, inReplyTo }) => [text, inReplyTo])).toEqual([
      ['One', null],
      ['two', 'testnet-1'],
      [COMMENT, 'testnet-2'],
    ]);
    bench.network.next(publishes, isRefused('rejected'));
    const bad = await commented();
    await bench.work();
    expect(await only(bad)).toMatchObject({
      state: 'published',
      errorMessage: expect.stringContaining('rejected by the network'),
    });
  });
});

describe('on a network with neither', () => {
  it('is left out', async () => {
    bench = await openWorkbench();
    const post = await commented();
    await bench.work();
    expect(await only(post)).toMatchObject({ state: 'published', errorMessage: null });
    expect(bench.network.posts).toHaveLength(1);
  });
});

describe('a post that a person says is out', () => {
  it('has no address to write below: the comment is handed to them', async () => {
    bench = await openWorkbench({ network: scriptedNetwork({ threads: true, canBeAsked: false }) });
    bench.network.next(breaksOff(true));
    const post = await commented();
    await bench.work();
    const { id } = await only(post);
    const deps = { ...bench, jobs: { wakeAt: async () => {} } };
    const answer = { number: post.post.number, deliveryId: id, answer: 'went-out' } as const;
    const { notes } = await confirmDelivery(deps, bench.actor, answer);
    expect(notes).toEqual([`The first comment is yours to write there: "${COMMENT}"`]);
    expect(bench.network.posts).toHaveLength(1);
  });
});

describe('a process that is stopping', () => {
  it('leaves the comment to the next one', async () => {
    const written: string[] = [];
    bench = await openWorkbench({ network: scriptedNetwork({ comment: async ({ text }) => void written.push(text) }) });
    const published = Promise.withResolvers<void>();
    bench.network.next(async (context) => {
      await context.beforeSend();
      published.resolve();
      await once(context.signal, 'abort');
    });
    const post = await commented();
    const stopping = bench.anotherDispatcher();
    await stopping.wake();
    await published.promise;
    const drained = stopping.drain(0);
    await drained;
    expect(written).toEqual([]);
    await bench.work();
    expect((await only(post)).state).toBe('published');
    expect(written).toEqual([COMMENT]);
    expect(bench.network.posts).toHaveLength(1);
  });
});
