// What happens when the process does not run on as it should: it was away, killed, frozen, or is told to stop.
import { afterEach, describe, expect, it } from 'vitest';
import type { PostDetails } from '../../src/core/post.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

let bench: Workbench;
afterEach(() => bench.close());

const states = async (post: PostDetails) => (await bench.read(post)).deliveries.map((delivery) => delivery.state);

describe('after an outage', () => {
  it('what came due meanwhile goes out once, a minute apart within an account', async () => {
    bench = await openWorkbench({ accounts: 2 });
    const posts = [];
    for (const minutes of [1, 2, 3]) posts.push(await bench.schedule({ in: { minutes } }));
    bench.clock.forward({ hours: 5 });
    await bench.work();
    expect(bench.network.posts).toHaveLength(2);
    bench.clock.forward({ seconds: 59 });
    await bench.work();
    expect(bench.network.posts).toHaveLength(2);
    bench.clock.forward({ seconds: 1 });
    await bench.work();
    expect(bench.network.posts).toHaveLength(4);
    bench.clock.forward({ minutes: 1 });
    await bench.work();
    expect(bench.network.posts).toHaveLength(6);
    for (const post of posts) expect(await states(post)).toEqual(['published', 'published']);
  });

  it('what a stopped process held is taken over when its lease has run out', async () => {
    bench = await openWorkbench();
    const post = await bench.schedule();
    const now = bench.clock.now();
    await bench.store.queue.claimDue({ now, leaseUntil: now.add({ seconds: 60 }), limit: 1, perAccount: 1, busyAccountIds: [] });
    await bench.work();
    expect(await states(post)).toEqual(['publishing']);
    bench.clock.forward({ seconds: 60 });
    await bench.work();
    expect(await states(post)).toEqual(['published']);
  });

  it('a process that was frozen past its lease sends nothing when it wakes', async () => {
    bench = await openWorkbench();
    const woken = Promise.withResolvers<void>();
    const asleep = Promise.withResolvers<void>();
    bench.network.next(async (context) => {
      asleep.resolve();
      await woken.promise;
      await context.beforeSend();
    });
    const post = await bench.schedule();
    const frozen = bench.anotherDispatcher();
    await frozen.wake();
    await asleep.promise;
    bench.clock.forward({ minutes: 1 });
    await bench.work();
    expect(await states(post)).toEqual(['published']);
    woken.resolve();
    await frozen.idle();
    expect(bench.network.posts).toHaveLength(1);
    await frozen.drain(0);
  });

  it('a post that stops the process each time is given up after ten times', async () => {
    bench = await openWorkbench();
    const post = await bench.schedule();
    for (let n = 0; n < 10; n++) {
      const now = bench.clock.now();
      await bench.store.queue.claimDue({ now, leaseUntil: now.add({ seconds: 1 }), limit: 1, perAccount: 1, busyAccountIds: [] });
      bench.clock.forward({ seconds: 1 });
    }
    await bench.work();
    expect(await states(post)).toEqual(['failed']);
  });
});

describe('draining', () => {
  it('lets what is under way end, hands back what has not begun, and claims nothing more', async () => {
    bench = await openWorkbench();
    const sending = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    bench.network.next(async (context) => {
      await context.beforeSend();
      sending.resolve();
      await answer.promise;
    });
    const underWay = await bench.schedule({ text: 'first' });
    const waiting = await bench.schedule({ text: 'second', in: { milliseconds: 1 } });
    bench.clock.forward({ milliseconds: 1 });
    await bench.dispatcher.wake();
    await sending.promise;
    const drained = bench.dispatcher.drain(60_000);
    answer.resolve();
    await drained;
    const later = await bench.schedule({ text: 'third' });
    await bench.work();
    expect(await states(underWay)).toEqual(['published']);
    expect([await states(waiting), await states(later)]).toEqual([['scheduled'], ['scheduled']]);
  });
});
