// A publish with a login that has run out: refreshed once, and the post goes out in the same try.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CrierError } from '../../src/core/errors.ts';
import type { PublishContext } from '../../src/core/platform.ts';
import type { PostDetails } from '../../src/core/post.ts';
import { refreshDue } from '../../src/core/usecases/refresh-account.ts';
import { type LoginBench, openLoginBench, tokenOf } from '../support/login-bench.ts';
import { breaksOff, isRefused, type Step } from '../support/scripted-network.ts';

let bench: LoginBench;
/** The tokens that publishes came with. */
let tokens: string[];
beforeEach(async () => {
  bench = await openLoginBench();
  tokens = [];
});
afterEach(() => bench.close());

const only = async (post: PostDetails) => {
  const [delivery] = (await bench.read(post)).deliveries;
  if (!delivery) throw new Error('the post has no delivery');
  return delivery;
};

const expired = new CrierError('auth-expired', 'The login has expired.');
/** Notes the token; refuses it where it is this one, before or at the request that makes the post public. */
const takes =
  (refused: (token: string) => boolean, at: 'before' | 'at' = 'at'): Step =>
  async (context: PublishContext) => {
    const token = tokenOf(context.credentials);
    tokens.push(token);
    if (at === 'before' && refused(token)) throw expired;
    await context.beforeSend();
    if (refused(token)) throw expired;
  };
const isOld = (token: string): boolean => !token.endsWith('+');
const always = (): boolean => true;
const never = (): boolean => false;

const refreshFails = (kind: CrierError['kind']) => () => {
  throw new CrierError(kind, 'The network does not refresh it.');
};

describe('a post whose login has expired', () => {
  it.each(['before', 'at'] as const)(
    'goes out in the same try, with the refreshed one (refused %s the request that makes it public)',
    async (at) => {
      bench.network.next(takes(isOld, at), takes(isOld, at));
      const post = await bench.schedule();
      await bench.work();
      expect(await only(post)).toMatchObject({ state: 'published', tries: 1, inDoubt: false });
      expect(tokens).toEqual(['t1', 't1+']);
      expect(bench.refreshedWith).toEqual(['t1']);
      expect(bench.network.posts).toHaveLength(1);
    },
  );

  it('has its first comment written by the refreshed one, where the login ran out between the two', async () => {
    bench.network.next(takes(never), takes(isOld), takes(isOld));
    const post = await bench.schedule({ beside: { comment: 'Ask us anything' } });
    await bench.work();
    expect(await only(post)).toMatchObject({ state: 'published', errorMessage: null });
    expect(tokens).toEqual(['t1', 't1', 't1+']);
    expect(bench.network.posts.map(({ text }) => text)).toEqual([post.post.text, 'Ask us anything']);
  });

  it('is held where the network calls the refreshed one expired too, and refreshes no second time', async () => {
    bench.network.next(takes(always), takes(always), takes(always));
    const post = await bench.schedule();
    await bench.work();
    expect(await only(post)).toMatchObject({ state: 'held', holdReason: 'account', errorKind: 'auth-expired' });
    expect(bench.refreshedWith).toEqual(['t1']);
    expect(tokens).toEqual(['t1', 't1+']);
    expect(await bench.readAccount()).toMatchObject({ state: 'disconnected' });
    expect(await bench.tell()).toMatchObject([{ to: 'ann', notice: { kind: 'login-dead' } }]);
  });

  it('is tried again later where the login cannot be refreshed just now', async () => {
    bench.network.next(takes(isOld), takes(isOld));
    bench.nextRefresh(refreshFails('rejected'));
    const post = await bench.schedule();
    await bench.work();
    expect(await only(post)).toMatchObject({
      state: 'retrying',
      errorKind: 'unavailable',
      errorMessage: 'The login at testnet has expired and could not be refreshed: The network does not refresh it.',
      inDoubt: false,
    });
    expect(await bench.readAccount()).toMatchObject({ state: 'connected' });
    bench.clock.forward({ minutes: 1 });
    await bench.work();
    expect(await only(post)).toMatchObject({ state: 'published' });
  });

  it('is held where the network says that the login is gone, and its owner is told once', async () => {
    bench.network.next(takes(isOld));
    bench.nextRefresh(refreshFails('auth-revoked'));
    const post = await bench.schedule();
    await bench.work();
    expect(await only(post)).toMatchObject({
      state: 'held',
      holdReason: 'account',
      errorMessage: 'The network does not refresh it.',
    });
    expect(await bench.readAccount()).toMatchObject({
      state: 'disconnected',
      stateReason: 'The network does not refresh it.',
    });
    expect(await bench.tell()).toMatchObject([{ to: 'ann', notice: { sentence: 'The network does not refresh it.' } }]);
    expect(await bench.tell()).toEqual([]);
  });

  it('takes the login that somebody else has refreshed meanwhile, and refreshes none', async () => {
    bench.network.next(async (context) => {
      tokens.push(tokenOf(context.credentials));
      bench.clock.forward({ hours: 2 });
      await refreshDue(bench.deps);
      await context.beforeSend();
      throw expired;
    }, takes(isOld));
    const dispatcher = bench.anotherDispatcher({ leaseMs: 24 * 3_600_000 });
    const post = await bench.schedule();
    await dispatcher.wake();
    await dispatcher.idle();
    expect(await only(post)).toMatchObject({ state: 'published' });
    expect(tokens).toEqual(['t1', 't1+']);
    expect(bench.refreshedWith).toEqual(['t1']);
    await dispatcher.drain(0);
  });

  it('goes on with the part of a thread that was refused, and repeats none that is out', async () => {
    bench.network.next(takes(never), takes(isOld), takes(isOld), takes(never));
    const post = await bench.schedule({ text: 'One\n---\nTwo\n---\nThree', beside: { thread: true } });
    await bench.work();
    expect(await only(post)).toMatchObject({ state: 'published', tries: 1 });
    expect(bench.network.posts.map(({ text }) => text)).toEqual(['One', 'Two', 'Three']);
    expect(tokens).toEqual(['t1', 't1', 't1+', 't1+']);
  });

  it('waits for whoever refreshes it just then', async () => {
    const answer = Promise.withResolvers<void>();
    bench.nextRefresh(() => answer.promise);
    bench.clock.forward({ hours: 2 });
    const elsewhere = refreshDue(bench.deps);
    await vi.waitFor(() => expect(bench.refreshedWith).toEqual(['t1']));
    bench.network.next(takes(never));
    const post = await bench.schedule();
    const work = bench.work();
    await vi.waitFor(async () => expect((await only(post)).state).toBe('publishing'));
    expect(tokens).toEqual([]);
    answer.resolve();
    await Promise.all([elsewhere, work]);
    expect(await only(post)).toMatchObject({ state: 'published' });
    expect(tokens).toEqual(['t1+']);
    expect(bench.refreshedWith).toEqual(['t1']);
  });
});

describe('a post whose login is to be refreshed by now', () => {
  it('goes out with the refreshed one at once', async () => {
    bench.clock.forward({ hours: 2 });
    bench.network.next(takes(isOld));
    const post = await bench.schedule();
    await bench.work();
    expect(await only(post)).toMatchObject({ state: 'published' });
    expect(tokens).toEqual(['t1+']);
  });

  it('goes out with the one it has, which may still be good, where it cannot be refreshed just now', async () => {
    bench.clock.forward({ hours: 2 });
    bench.nextRefresh(refreshFails('unavailable'));
    bench.network.next(takes(never));
    const post = await bench.schedule();
    await bench.work();
    expect(await only(post)).toMatchObject({ state: 'published' });
    expect(tokens).toEqual(['t1']);
  });

  it('is tried again later where neither works, with one request to refresh it', async () => {
    bench.clock.forward({ hours: 2 });
    bench.nextRefresh(refreshFails('unavailable'));
    bench.network.next(takes(always));
    const post = await bench.schedule();
    await bench.work();
    expect(await only(post)).toMatchObject({ state: 'retrying', errorKind: 'unavailable' });
    expect(bench.refreshedWith).toEqual(['t1']);
    expect(await bench.readAccount()).toMatchObject({ state: 'connected' });
  });
});

describe('a network that is asked what became of a post', () => {
  it('is asked with a fresh login', async () => {
    const { platform } = bench.network;
    const { findPublished } = platform;
    const asked: string[] = [];
    platform.findPublished = async (context) => {
      asked.push(tokenOf(context.credentials));
      if (isOld(tokenOf(context.credentials))) throw expired;
      return findPublished ? findPublished(context) : { kind: 'cannot-say' };
    };
    bench.network.next(breaksOff(true));
    const post = await bench.schedule();
    await bench.work();
    expect(asked).toEqual(['t1', 't1+']);
    expect(await only(post)).toMatchObject({ state: 'published' });
    expect(bench.network.posts).toHaveLength(1);
  });
});

describe('a network without anything to refresh', () => {
  it('holds what it calls expired, as it always did', async () => {
    bench.network.platform.refresh = null;
    bench.network.next(isRefused('auth-expired'));
    const post = await bench.schedule();
    await bench.work();
    expect(await only(post)).toMatchObject({ state: 'held', holdReason: 'account' });
    expect(bench.refreshedWith).toEqual([]);
  });
});
