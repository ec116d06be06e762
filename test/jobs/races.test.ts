// A person and a wake-up that come at the same moment: whoever gets the row first wins, and nothing goes out that was taken back.
import { afterEach, describe, expect, it } from 'vitest';
import { CrierError } from '../../src/core/errors.ts';
import { cancelPost } from '../../src/core/usecases/cancel-post.ts';
import { movePost } from '../../src/core/usecases/move-post.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

const ROUNDS = 25;

let bench: Workbench;
afterEach(() => bench.close());

/** What the use cases of this file need. */
const deps = () => ({
  store: bench.store,
  clock: bench.clock,
  jobs: { wakeAt: async () => {} },
  platforms: bench.platforms,
  log: bench.log,
});

describe('a cancel that races with the wake-up', () => {
  it('either keeps the post from going out, or says that it came too late', async () => {
    bench = await openWorkbench();
    const outcomes = { canceled: 0, tooLate: 0 };
    for (let round = 0; round < ROUNDS; round++) {
      const text = `round ${round}`;
      const post = await bench.schedule({ text });
      const [canceled] = await Promise.allSettled([cancelPost(deps(), bench.actor, post.post.number), bench.work()]);
      const state = (await bench.read(post)).deliveries[0]?.state;
      const copies = bench.network.posts.filter((each) => each.text === text).length;
      if (canceled.status === 'fulfilled') {
        outcomes.canceled += 1;
        expect({ state, copies }).toEqual({ state: 'canceled', copies: 0 });
      } else {
        outcomes.tooLate += 1;
        expect(canceled.reason).toBeInstanceOf(CrierError);
        expect({ state, copies }).toEqual({ state: 'published', copies: 1 });
      }
    }
    expect(outcomes.canceled + outcomes.tooLate).toBe(ROUNDS);
  });

  it('wins against a wake-up that comes after it', async () => {
    bench = await openWorkbench({ accounts: 3 });
    const post = await bench.schedule();
    await cancelPost(deps(), bench.actor, post.post.number);
    await bench.work();
    expect(bench.network.posts).toEqual([]);
  });

  it('comes too late for what is going out right now, and says so', async () => {
    bench = await openWorkbench();
    const answer = Promise.withResolvers<void>();
    const sending = Promise.withResolvers<void>();
    bench.network.next(async (context) => {
      await context.beforeSend();
      sending.resolve();
      await answer.promise;
    });
    const post = await bench.schedule();
    await bench.dispatcher.wake();
    await sending.promise;
    await expect(cancelPost(deps(), bench.actor, post.post.number)).rejects.toMatchObject({ kind: 'invalid-input' });
    answer.resolve();
    await bench.dispatcher.idle();
    expect((await bench.read(post)).deliveries[0]?.state).toBe('published');
  });
});

describe('a move that races with the wake-up', () => {
  it('either moves the post, which then goes out at its new time only, or says that it came too late', async () => {
    bench = await openWorkbench();
    for (let round = 0; round < ROUNDS; round++) {
      const text = `round ${round}`;
      const post = await bench.schedule({ text });
      const at = bench.clock.now().add({ hours: 1 }).toZonedDateTimeISO('Europe/Berlin');
      const [moved] = await Promise.allSettled([movePost(deps(), bench.actor, { number: post.post.number, at }), bench.work()]);
      const copies = () => bench.network.posts.filter((each) => each.text === text).length;
      expect(copies()).toBe(moved.status === 'fulfilled' ? 0 : 1);
      bench.clock.forward({ hours: 1 });
      await bench.work();
      expect(copies()).toBe(1);
      expect((await bench.read(post)).deliveries[0]?.state).toBe('published');
    }
  });
});
