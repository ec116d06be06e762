// A process that dies in the middle of a thread, at every step there is: the one that comes after it goes on where it stopped. No part is
// lost and none is there twice; where nobody can know, a person is asked.
import { afterEach, describe, expect, it } from 'vitest';
import type { PostDetails } from '../../src/core/post.ts';
import type { Queue } from '../../src/core/store.ts';
import { type Step, scriptedNetwork } from '../support/scripted-network.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

let bench: Workbench;
afterEach(() => bench.close());

const PARTS = ['The first part.', 'The second part.', 'The third part.'];
const COMMENT = 'The comment.';

const only = async (post: PostDetails) => {
  const [delivery] = (await bench.read(post)).deliveries;
  if (!delivery) throw new Error('the post has no delivery');
  return delivery;
};

/** A dead process answers nothing and does nothing more. */
const dead = (): Promise<never> => new Promise(() => {});

/** The first process runs until `dies` is called, and is never heard of again; then its lease runs out and another takes over. */
async function crash(
  options: Parameters<typeof scriptedNetwork>[0],
  arm: (dies: () => Promise<never>) => () => void,
): Promise<PostDetails> {
  bench = await openWorkbench({ network: scriptedNetwork({ threads: true, ...options }) });
  const post = await bench.schedule({ text: PARTS.join('\n---\n'), beside: { thread: true, comment: COMMENT } });
  const died = Promise.withResolvers<void>();
  const disarm = arm(() => {
    died.resolve();
    return dead();
  });
  const first = bench.anotherDispatcher();
  await first.wake();
  await Promise.race([died.promise, first.idle()]);
  disarm();
  for (let tries = 0; tries < 3; tries++) {
    bench.clock.forward({ minutes: 2 });
    await bench.work();
  }
  return post;
}

const texts = () => bench.network.posts.map(({ text }) => text);
const isChained = () =>
  bench.network.posts.every(({ inReplyTo }, index) => inReplyTo === (bench.network.posts[index - 1]?.remoteId ?? null));

/** Dies at the n-th call of one of the queue's statements, when it is written or before. */
const atCall =
  (name: 'saveHandles' | 'markSending', n: number, when: 'before' | 'after') =>
  (dies: () => Promise<never>): (() => void) => {
    const { queue } = bench.store;
    const { saveHandles, markSending } = queue;
    let calls = 0;
    const trapped = async <T>(write: () => Promise<T>): Promise<T> => {
      calls += 1;
      if (calls === n && when === 'before') return dies();
      const written = await write();
      return calls === n ? dies() : written;
    };
    const traps: Pick<Queue, 'saveHandles' | 'markSending'> = {
      saveHandles: name === 'saveHandles' ? (...given) => trapped(() => saveHandles(...given)) : saveHandles,
      markSending: name === 'markSending' ? (...given) => trapped(() => markSending(...given)) : markSending,
    };
    Object.assign(queue, traps);
    return () => void Object.assign(queue, { saveHandles, markSending });
  };

/** Of three parts and a comment: what is kept at the beginning, twice for each part, and before the comment. */
const WRITES = [
  ...[1, 2, 3, 4, 5, 6, 7].map((n) => ['saveHandles', n] as const),
  ...[1, 2, 3].map((n) => ['markSending', n] as const),
];
const PLACES = WRITES.flatMap(([name, n]) => (['before', 'after'] as const).map((when) => [when, name, n] as const));

describe('a process that dies at a write', () => {
  it.each(PLACES)('%s %s number %i: the whole thread is out, once', async (when, name, n) => {
    const post = await crash({}, atCall(name, n, when));
    expect((await only(post)).state).toBe('published');
    expect(texts()).toEqual([...PARTS, COMMENT]);
    expect(isChained()).toBe(true);
  });

  it.each(PLACES)('%s %s number %i, on a network that cannot be asked: nothing is there twice', async (when, name, n) => {
    const post = await crash({ canBeAsked: false }, atCall(name, n, when));
    const { state } = await only(post);
    expect(texts()).toEqual([...PARTS, COMMENT].slice(0, texts().length));
    // once it is noted that a part is about to leave, until it is noted that it has
    const nobodyCanKnow = name === 'saveHandles' && n > 1 && n % 2 === (when === 'after' ? 0 : 1);
    expect(state).toBe(nobodyCanKnow ? 'unconfirmed' : 'published');
    if (state === 'published') expect(texts()).toEqual([...PARTS, COMMENT]);
  });

  it.each(['before', 'after'] as const)(
    '%s the comment is noted: it is written once or not at all, and that is said',
    async (when) => {
      const post = await crash({}, atCall('saveHandles', 8, when));
      const { state, errorMessage } = await only(post);
      expect(state).toBe('published');
      expect(texts()).toEqual(when === 'before' ? [...PARTS, COMMENT] : PARTS);
      expect(errorMessage).toEqual(when === 'before' ? null : expect.stringContaining(`It says: "${COMMENT}"`));
    },
  );
});

describe('a process that dies at the network', () => {
  const publishes: Step = (context) => context.beforeSend();
  const places = [0, 1, 2].flatMap((part) => [true, false].map((isApplied) => [part, isApplied] as const));

  it.each(places)('while part %i is under way (applied: %s): the whole thread is out, once', async (part, isApplied) => {
    const post = await crash({}, (dies) => {
      bench.network.next(...Array(part).fill(publishes), async (context, apply) => {
        await context.beforeSend();
        if (isApplied) apply();
        await dies();
      });
      return () => {};
    });
    expect((await only(post)).state).toBe('published');
    expect(texts()).toEqual([...PARTS, COMMENT]);
    expect(isChained()).toBe(true);
  });

  it('while the comment is under way: it is not repeated', async () => {
    const post = await crash({}, (dies) => {
      bench.network.next(publishes, publishes, publishes, async (context, apply) => {
        await context.beforeSend();
        apply();
        await dies();
      });
      return () => {};
    });
    const { state, errorMessage } = await only(post);
    expect(state).toBe('published');
    expect(texts()).toEqual([...PARTS, COMMENT]);
    expect(errorMessage).toContain('it may be missing: look at https://testnet.example/testnet-1.');
  });
});
