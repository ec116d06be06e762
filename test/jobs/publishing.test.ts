// How deliveries go out: on time, once, tried again where that is safe, and asked about where it is not.
import { afterEach, describe, expect, it } from 'vitest';
import type { PostDetails } from '../../src/core/post.ts';
import { breaksOff, failsBeforeSending, isRefused, scriptedNetwork } from '../support/scripted-network.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

let bench: Workbench;
afterEach(() => bench.close());

const states = async (post: PostDetails) => (await bench.read(post)).deliveries.map((delivery) => delivery.state);
const only = async (post: PostDetails) => {
  const [delivery] = (await bench.read(post)).deliveries;
  if (!delivery) throw new Error('the post has no delivery');
  return delivery;
};

describe('a post that is due', () => {
  it('goes out to every account, with the link kept', async () => {
    bench = await openWorkbench({ accounts: 3 });
    const post = await bench.schedule();
    await bench.work();
    expect(await states(post)).toEqual(['published', 'published', 'published']);
    expect(bench.network.posts.map((each) => each.accountId).sort()).toEqual(bench.accounts.map((each) => each.id).sort());
    expect((await only(post)).url).toMatch(/^https:\/\/testnet\.example\/testnet-\d$/);
  });

  it('does not go out a millisecond early', async () => {
    bench = await openWorkbench();
    const post = await bench.schedule({ in: { milliseconds: 1 } });
    await bench.work();
    expect(await states(post)).toEqual(['scheduled']);
    bench.clock.forward({ milliseconds: 1 });
    await bench.work();
    expect(await states(post)).toEqual(['published']);
  });

  it('goes out once, however often the engine is woken at the same time', async () => {
    bench = await openWorkbench({ accounts: 5 });
    const post = await bench.schedule();
    const others = [bench.anotherDispatcher(), bench.anotherDispatcher()];
    await Promise.all([bench.work(), bench.work(), ...others.map((other) => other.wake())]);
    await Promise.all(others.map((other) => other.idle()));
    expect(await states(post)).toEqual(Array(5).fill('published'));
    expect(bench.network.posts).toHaveLength(5);
    await Promise.all(others.map((other) => other.drain(0)));
  });

  it('is told nothing of other accounts failing', async () => {
    bench = await openWorkbench({ accounts: 2 });
    bench.network.next(isRefused('rejected'));
    const post = await bench.schedule();
    await bench.work();
    expect((await states(post)).sort()).toEqual(['failed', 'published']);
  });
});

describe('a post that no longer fits its network', () => {
  it('is not sent, and fails with what is wrong and the cure', async () => {
    bench = await openWorkbench();
    const post = await bench.schedule({ text: 'x'.repeat(281) });
    await bench.work();
    expect(bench.network.posts).toEqual([]);
    expect(await only(post)).toMatchObject({
      state: 'failed',
      errorMessage: expect.stringMatching(/^Testnet takes 280 characters and this text has 281: shorten it by 1/i),
    });
  });

  it('is not sent with a video that the network does not take', async () => {
    bench = await openWorkbench();
    const video = await bench.store.media.add({
      workspaceId: bench.actor.workspace.id,
      hash: '7'.repeat(64),
      mimeType: 'video/mp4',
      size: 3_400_000,
      width: 640,
      height: 480,
      durationMs: 12_000,
      altText: '',
    });
    const post = await bench.schedule({ mediaIds: [video.id] });
    await bench.work();
    expect(bench.network.posts).toEqual([]);
    expect((await only(post)).errorMessage).toMatch(/takes no videos: leave it out/);
  });
});

describe('a try that certainly was not applied', () => {
  it.each([
    ['the request never left', failsBeforeSending('outcome-unknown')],
    ['the network was not reached', isRefused('unavailable')],
    ['the network asked to wait, without saying how long', isRefused('rate-limited')],
  ])('is made again after 1, 5 and 15 minutes, and then has failed: %s', async (_, step) => {
    bench = await openWorkbench();
    bench.network.next(step, step, step, step);
    const post = await bench.schedule();
    for (const minutes of [1, 5, 15]) {
      await bench.work();
      const delivery = await only(post);
      expect(delivery.state).toBe('retrying');
      expect(delivery.dueAt?.toString()).toBe(bench.clock.now().add({ minutes }).toString());
      expect(bench.wakes.at(-1)?.toString()).toBe(delivery.dueAt?.toString());
      bench.clock.forward({ minutes });
    }
    await bench.work();
    expect(await states(post)).toEqual(['failed']);
    expect(bench.network.posts).toHaveLength(0);
  });

  it('waits as long as the network says', async () => {
    bench = await openWorkbench();
    bench.network.next(isRefused('rate-limited', { retryAfterMs: 900_000 }));
    const post = await bench.schedule();
    await bench.work();
    expect((await only(post)).dueAt?.toString()).toBe(bench.clock.now().add({ minutes: 15 }).toString());
    bench.clock.forward({ minutes: 15 });
    await bench.work();
    expect(await states(post)).toEqual(['published']);
  });

  it('is not made again where the network has refused the post for good', async () => {
    bench = await openWorkbench();
    bench.network.next(isRefused('rejected'));
    const post = await bench.schedule();
    await bench.work();
    expect(await only(post)).toMatchObject({ state: 'failed', errorKind: 'rejected', errorMessage: 'rejected by the network' });
  });
});

describe('a try whose outcome is unknown', () => {
  it('is published without another try where the network has it', async () => {
    bench = await openWorkbench();
    bench.network.next(breaksOff(true));
    const post = await bench.schedule();
    await bench.work();
    expect(await only(post)).toMatchObject({ state: 'published', remoteId: 'testnet-1' });
    expect(bench.network.posts).toHaveLength(1);
  });

  it('is made again where the network proves that it has nothing', async () => {
    bench = await openWorkbench();
    bench.network.next(breaksOff(false));
    const post = await bench.schedule();
    await bench.work();
    expect(await states(post)).toEqual(['retrying']);
    bench.clock.forward({ minutes: 1 });
    await bench.work();
    expect(await states(post)).toEqual(['published']);
    expect(bench.network.posts).toHaveLength(1);
  });

  it.each([true, false])('is a question to a person where the network cannot say (applied: %s)', async (applied) => {
    bench = await openWorkbench({ network: scriptedNetwork({ canBeAsked: false }) });
    bench.network.next(breaksOff(applied));
    const post = await bench.schedule();
    await bench.work();
    bench.clock.forward({ hours: 2 });
    await bench.work();
    expect(await states(post)).toEqual(['unconfirmed']);
    expect(bench.network.posts).toHaveLength(applied ? 1 : 0);
  });

  it('is not made again while the network may still show it, and is asked about again after that', async () => {
    bench = await openWorkbench({ network: scriptedNetwork({ settlesWithinMs: 60_000 }) });
    bench.network.next(breaksOff(false));
    const post = await bench.schedule();
    await bench.work();
    expect(await only(post)).toMatchObject({ state: 'retrying', inDoubt: true });
    expect(bench.network).toMatchObject({ posts: [], asks: 1 });
    bench.clock.forward({ seconds: 61 });
    await bench.work();
    expect(await states(post)).toEqual(['published']);
    expect(bench.network.posts).toHaveLength(1);
    expect(bench.network.asks).toBe(2);
  });

  it('is asked about later where the network does not answer now, and never sent blindly', async () => {
    bench = await openWorkbench();
    bench.network.asked = 'fails';
    bench.network.next(breaksOff(true));
    const post = await bench.schedule();
    await bench.work();
    expect(await states(post)).toEqual(['retrying']);
    bench.clock.forward({ minutes: 1 });
    bench.network.asked = 'knows';
    await bench.work();
    expect(await states(post)).toEqual(['published']);
    expect(bench.network.posts).toHaveLength(1);
  });

  it('becomes a question where the network does not answer at all', async () => {
    bench = await openWorkbench();
    bench.network.asked = 'fails';
    bench.network.next(breaksOff(true));
    const post = await bench.schedule();
    for (const minutes of [0, 1, 5, 15]) {
      bench.clock.forward({ minutes });
      await bench.work();
    }
    expect(await states(post)).toEqual(['unconfirmed']);
    expect(bench.network.posts).toHaveLength(1);
  });

  it('is repeated without asking anybody while the network merges repeats', async () => {
    bench = await openWorkbench({ network: scriptedNetwork({ canBeAsked: false, repeatHarmlessForMs: 3_600_000 }) });
    bench.network.next(breaksOff(true));
    const post = await bench.schedule();
    await bench.work();
    expect(await states(post)).toEqual(['retrying']);
    bench.clock.forward({ minutes: 1 });
    await bench.work();
    expect(await states(post)).toEqual(['published']);
    expect(bench.network.posts).toHaveLength(1);
  });

  it('stays in doubt through later failures that prove nothing, and ends as a question', async () => {
    bench = await openWorkbench({ network: scriptedNetwork({ canBeAsked: false, repeatHarmlessForMs: 3_600_000 }) });
    bench.network.next(breaksOff(true), isRefused('rejected'));
    const post = await bench.schedule();
    await bench.work();
    bench.clock.forward({ minutes: 1 });
    await bench.work();
    expect(await states(post)).toEqual(['unconfirmed']);
  });

  it('is not repeated once the network no longer merges repeats', async () => {
    bench = await openWorkbench({ network: scriptedNetwork({ canBeAsked: false, repeatHarmlessForMs: 3_600_000 }) });
    bench.network.next(breaksOff(true));
    const post = await bench.schedule();
    await bench.work();
    bench.clock.forward({ hours: 2 });
    await bench.work();
    expect(await states(post)).toEqual(['unconfirmed']);
    expect(bench.network.posts).toHaveLength(1);
  });
});

describe('an account that cannot be used', () => {
  it('holds its deliveries when the network takes the access away, and lets them go on after it is connected again', async () => {
    bench = await openWorkbench();
    bench.network.next(isRefused('auth-revoked'));
    const first = await bench.schedule();
    const second = await bench.schedule({ in: { minutes: 1 } });
    await bench.work();
    bench.clock.forward({ minutes: 1 });
    await bench.work();
    expect([await states(first), await states(second)]).toEqual([['held'], ['held']]);
    expect((await bench.store.accounts.list(bench.actor.workspace.id))[0]).toMatchObject({ state: 'disconnected' });

    const { renewed, resumed } = await bench.store.accounts.connect(bench.actor, {
      platform: 'testnet',
      remoteId: 'remote-1',
      handle: '@account1',
      service: 'https://testnet.example',
      credentials: { token: 'new' },
      announcedLimits: null,
      expiresAt: null,
    });
    expect({ renewed, resumed }).toEqual({ renewed: true, resumed: 2 });
    await bench.work();
    expect([await states(first), await states(second)]).toEqual([['published'], ['published']]);
  });

  it('leaves no doubt behind where the network itself said no: nobody is asked after connecting again', async () => {
    bench = await openWorkbench({ network: scriptedNetwork({ canBeAsked: false }) });
    bench.network.next(isRefused('auth-revoked'));
    const post = await bench.schedule();
    await bench.work();
    expect(await only(post)).toMatchObject({ state: 'held', holdReason: 'account', inDoubt: false });
    const [account] = bench.accounts;
    if (!account) throw new Error('no account');
    const { platform, remoteId, handle, service } = account;
    const login = { credentials: { token: 'new' }, announcedLimits: null, expiresAt: null };
    await bench.store.accounts.connect(bench.actor, { platform, remoteId, handle, service, ...login });
    await bench.work();
    expect(await states(post)).toEqual(['published']);
  });

  it('is held at its daily cap, counted by the workspace day', async () => {
    bench = await openWorkbench();
    await bench.store.workspaces.change(bench.actor, { dailyCaps: { testnet: 1 } });
    const first = await bench.schedule();
    const second = await bench.schedule({ in: { minutes: 1 } });
    const tomorrow = await bench.schedule({ in: { hours: 15 } });
    await bench.work();
    bench.clock.forward({ minutes: 1 });
    await bench.work();
    expect(await states(first)).toEqual(['published']);
    expect(await only(second)).toMatchObject({ state: 'held', holdReason: 'cap' });
    bench.clock.forward({ hours: 15 });
    await bench.work();
    expect(await states(tomorrow)).toEqual(['published']);
  });
});
