// Threads: their parts go out in order, each once, whatever happens between them.
import { afterEach, describe, expect, it } from 'vitest';
import { type PostDetails, postName } from '../../src/core/post.ts';
import { confirmDelivery } from '../../src/core/usecases/confirm-delivery.ts';
import { editPost } from '../../src/core/usecases/edit-post.ts';
import { publishNow } from '../../src/core/usecases/publish-now.ts';
import { retryPost } from '../../src/core/usecases/retry-post.ts';
import { breaksOff, failsBeforeSending, isRefused, type Step, scriptedNetwork } from '../support/scripted-network.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

let bench: Workbench;
afterEach(() => bench.close());

const PARTS = ['The first part.', 'The second part.', 'The third part.'];
const TEXT = PARTS.join('\n---\n');
const thread = () => bench.schedule({ text: TEXT, beside: { thread: true } });
const open = async (options: Parameters<typeof scriptedNetwork>[0] = {}) => {
  bench = await openWorkbench({ network: scriptedNetwork({ threads: true, ...options }) });
};
const only = async (post: PostDetails) => {
  const [delivery] = (await bench.read(post)).deliveries;
  if (!delivery) throw new Error('the post has no delivery');
  return delivery;
};
/** What is out, each with what it answers. */
const isOut = () => bench.network.posts.map(({ text, inReplyTo }) => [text, inReplyTo]);
const WHOLE = [
  [PARTS[0], null],
  [PARTS[1], 'testnet-1'],
  [PARTS[2], 'testnet-2'],
];
const publishes: Step = (context) => context.beforeSend();
const deps = () => ({ ...bench, jobs: { wakeAt: async () => {} } });

describe('a thread', () => {
  it('goes out part by part, each below the one before, with keys of their own, and is one delivery', async () => {
    await open();
    const post = await thread();
    await bench.work();
    expect(isOut()).toEqual(WHOLE);
    const { state, remoteId, url, idempotencyKey, tries } = await only(post);
    expect({ state, remoteId, url, tries }).toEqual({
      state: 'published',
      remoteId: 'testnet-1',
      url: 'https://testnet.example/testnet-1',
      tries: 1,
    });
    expect(bench.network.posts.map(({ key }) => key)).toEqual([idempotencyKey, `${idempotencyKey}/2`, `${idempotencyKey}/3`]);
  });

  it('is one post where it fits, and where nobody asked for a thread it is not cut', async () => {
    await open();
    await bench.schedule({ text: 'Short', beside: { thread: true } });
    bench.clock.forward({ minutes: 1 });
    await bench.schedule({ text: 'One\n---\npost' });
    await bench.work();
    expect(isOut()).toEqual([
      ['Short', null],
      ['One\n---\npost', null],
    ]);
  });

  it('gives each part handles of its own', async () => {
    await open();
    const seen: unknown[] = [];
    const keeps =
      (handle: string): Step =>
      async (context) => {
        seen.push(context.handles);
        await context.saveHandles({ handle });
        await context.beforeSend();
      };
    const fails: Step = async (context) => {
      seen.push(context.handles);
      throw new Error('gone');
    };
    bench.network.next(keeps('one'), keeps('two'), fails, keeps('three'));
    await thread();
    await bench.work();
    bench.clock.forward({ minutes: 1 });
    await bench.work();
    expect(seen).toEqual([{}, {}, {}, {}]);
    expect(isOut()).toEqual(WHOLE);
  });

  it('hands the stored handles of a part to the next try at that part', async () => {
    await open();
    const seen: unknown[] = [];
    const uploads: Step = async (context) => {
      await context.saveHandles({ upload: 7 });
      throw new Error('gone');
    };
    bench.network.next(publishes, uploads, async (context) => {
      seen.push(context.handles);
      await context.beforeSend();
    });
    await thread();
    await bench.work();
    bench.clock.forward({ minutes: 1 });
    await bench.work();
    expect(seen).toEqual([{ upload: 7 }]);
    expect(isOut()).toEqual(WHOLE);
  });
});

describe('a thread of which a part fails', () => {
  it('goes on with that part, and says meanwhile how much is out and where', async () => {
    await open();
    bench.network.next(publishes, isRefused('unavailable'));
    const post = await thread();
    await bench.work();
    expect(await only(post)).toMatchObject({
      state: 'retrying',
      remoteId: 'testnet-1',
      errorMessage: '1 of 3 parts is out, beginning with https://testnet.example/testnet-1. unavailable by the network',
    });
    bench.clock.forward({ minutes: 1 });
    await bench.work();
    expect(await only(post)).toMatchObject({ state: 'published', errorMessage: null });
    expect(isOut()).toEqual(WHOLE);
  });

  it('has failed where it is given up, with the parts that are out', async () => {
    await open();
    bench.network.next(publishes, publishes, isRefused('rejected'));
    const post = await thread();
    await bench.work();
    expect(await only(post)).toMatchObject({
      state: 'failed',
      url: 'https://testnet.example/testnet-1',
      errorMessage: '2 of 3 parts are out, beginning with https://testnet.example/testnet-1. rejected by the network',
    });
  });

  it.each([
    ['has it tried again', retryPost],
    ['publishes it at once', publishNow],
  ])('goes on where it stopped when a person %s', async (_, act) => {
    await open();
    bench.network.next(publishes, isRefused('rejected'));
    const post = await thread();
    await bench.work();
    await act(deps(), bench.actor, post.post.number);
    await bench.work();
    expect(isOut()).toEqual(WHOLE);
    expect((await only(post)).state).toBe('published');
  });

  it('keeps its text once its first part is out', async () => {
    await open();
    bench.network.next(publishes, isRefused('rejected'));
    const post = await thread();
    await bench.work();
    const { number } = post.post;
    await expect(editPost(deps(), bench.actor, { number, text: 'Other words' })).rejects.toThrow(
      `${postName(post.post)} is out, or going out`,
    );
  });

  it('may be edited while nothing is out: the next try has the new parts', async () => {
    await open();
    bench.network.next(failsBeforeSending('unavailable'));
    const post = await thread();
    await bench.work();
    await editPost(deps(), bench.actor, { number: post.post.number, text: 'New\n---\nwords' });
    bench.clock.forward({ minutes: 1 });
    await bench.work();
    expect(isOut()).toEqual([
      ['New', null],
      ['words', 'testnet-1'],
    ]);
  });

  it('goes on with the parts it began with where the network takes more by then', async () => {
    await open();
    bench.network.next(publishes, isRefused('unavailable'));
    const sentences = ['a', 'b', 'c'].map((letter) => `${letter.repeat(200)}.`);
    await bench.schedule({ text: sentences.join(' '), beside: { thread: true } });
    await bench.work();
    const limits = bench.network.platform.limits(null);
    bench.network.platform.limits = () => ({ ...limits, text: [{ max: 500, unit: 'characters', count: (text) => text.length }] });
    bench.clock.forward({ minutes: 1 });
    await bench.work();
    expect(bench.network.posts.map(({ text }) => text)).toEqual(sentences);
  });

  it('is not held in the middle where the day has its posts by then', async () => {
    await open();
    await bench.store.workspaces.change(bench.actor, { dailyCaps: { testnet: 1 } });
    bench.network.next(publishes, isRefused('rate-limited', { retryAfterMs: 3_600_000 }));
    const post = await thread();
    await bench.work();
    const other = await bench.schedule({ text: 'Another' });
    await bench.work();
    expect((await only(other)).state).toBe('published');
    bench.clock.forward({ hours: 1 });
    await bench.work();
    expect((await only(post)).state).toBe('published');
  });
});

describe('a part whose outcome is unknown', () => {
  it.each([0, 1, 2])('is found, and the rest follows in the same try: part %i', async (index) => {
    await open();
    bench.network.next(...Array(index).fill(publishes), breaksOff(true));
    const post = await thread();
    await bench.work();
    expect((await only(post)).state).toBe('published');
    expect(isOut()).toEqual(WHOLE);
  });

  it.each([0, 1, 2])('is sent again where the network proves that it is not there: part %i', async (index) => {
    await open();
    bench.network.next(...Array(index).fill(publishes), breaksOff(false));
    const post = await thread();
    await bench.work();
    bench.clock.forward({ minutes: 1 });
    await bench.work();
    expect((await only(post)).state).toBe('published');
    expect(isOut()).toEqual(WHOLE);
  });

  it('is a question where the network cannot say; posting it again goes on from that part', async () => {
    await open({ canBeAsked: false });
    bench.network.next(publishes, breaksOff(false));
    const post = await thread();
    await bench.work();
    const { state, errorMessage, id } = await only(post);
    expect(state).toBe('unconfirmed');
    expect(errorMessage).toMatch(/^1 of 3 parts is out, .*testnet cannot say whether it was posted\. That is the next part/);
    await confirmDelivery(deps(), bench.actor, { number: post.post.number, deliveryId: id, answer: 'post-again' });
    await bench.work();
    expect((await only(post)).state).toBe('published');
    expect(isOut()).toEqual(WHOLE);
  });

  it('is asked about later where the network does not answer now', async () => {
    await open();
    bench.network.asked = 'fails';
    bench.network.next(publishes, breaksOff(true));
    const post = await thread();
    await bench.work();
    expect(await only(post)).toMatchObject({ state: 'retrying', inDoubt: true });
    bench.network.asked = 'knows';
    bench.clock.forward({ minutes: 1 });
    await bench.work();
    expect((await only(post)).state).toBe('published');
    expect(isOut()).toEqual(WHOLE);
  });
});
