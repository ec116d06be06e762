// Collecting figures by itself: when accounts are looked at, and what becomes of a network that cannot be asked.
import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CrierError } from '../../../src/core/errors.ts';
import { UNTOLD, UNTOLD_ACCOUNT } from '../../../src/core/figures.ts';
import type { PostDetails } from '../../../src/core/post.ts';
import { type FiguresBench, openFiguresBench } from '../../support/figures-bench.ts';

let bench: FiguresBench;
beforeEach(async () => {
  bench = await openFiguresBench();
});
afterEach(() => bench.close());

const fails =
  (kind: CrierError['kind'], options: { retryAfterMs?: number } = {}) =>
  () => {
    throw new CrierError(kind, `${kind}, says the network.`, options);
  };
const lookOf = async (id: string) => {
  const looks = await bench.store.figures.looks(bench.actor.workspace.id);
  return looks.find(({ accountId }) => accountId === bench.tellingOf(id).account.id);
};
const pass = (minutes: number) => bench.clock.forward({ minutes });
/** Runs the job each five minutes for so long; after how many minutes a network was asked for its account. */
async function askedWithin(minutes: number, id: string): Promise<number[]> {
  const network = bench.tellingOf(id);
  const at: number[] = [];
  for (let minute = 0; minute <= minutes; minute += 5) {
    const before = network.accountAsked;
    await bench.collect();
    if (network.accountAsked > before) at.push(minute);
    pass(5);
  }
  return at;
}

describe('an account itself', () => {
  it('is looked at each hour, also where its posts are looked at in between', async () => {
    await bench.publish('one');
    expect(await askedWithin(185, 'one')).toEqual([0, 60, 120, 180]);
    expect(bench.tellingOf('one').asked).toHaveLength(1);
    const [first, ...others] = (await bench.kept('accounts')).filter(({ platform }) => platform === 'one');
    expect(first).toEqual({ platform: 'one', at: '2026-11-22T09:00:00Z', figures: { ...UNTOLD_ACCOUNT, followers: 100 } });
    expect(others.map(({ at }) => at)).toEqual(['2026-11-22T10:00:00Z', '2026-11-22T11:00:00Z', '2026-11-22T12:00:00Z']);
  });

  it('is looked at as often as whoever runs Crier wants', async () => {
    for (const minutes of [0, 15, 15, 15]) {
      pass(minutes);
      await bench.collect({ accountsEveryMinutes: 30 });
    }
    expect(bench.tellingOf('one').accountAsked).toBe(2);
  });

  it('that tells nothing is kept as no figures, and not asked again and again', async () => {
    bench.tellingOf('one').ofAccount = () => UNTOLD_ACCOUNT;
    expect(await bench.collect()).toEqual({ posts: 0, accounts: 2, failed: 0 });
    pass(10);
    expect(await bench.collect()).toEqual({ posts: 0, accounts: 0, failed: 0 });
    expect((await bench.kept('accounts')).map(({ platform }) => platform)).toEqual(['two']);
    expect(await lookOf('one')).toMatchObject({ lookedAt: Temporal.Instant.from('2026-11-22T09:00:00Z'), failure: null });
  });

  it('of a network that tells of no accounts is not asked for', async () => {
    bench.tellingOf('one').ofAccount = null;
    await bench.publish();
    pass(60);
    expect(await bench.collect()).toEqual({ posts: 2, accounts: 1, failed: 0 });
    expect((await bench.kept('accounts')).map(({ platform }) => platform)).toEqual(['two']);
  });

  it('that was disconnected is not looked at any more', async () => {
    await bench.publish();
    await bench.store.accounts.disconnect(bench.tellingOf('one').account.id, 'Gone.', bench.actor);
    pass(60);
    expect(await bench.collect()).toEqual({ posts: 1, accounts: 1, failed: 0 });
  });
});

describe('a post', () => {
  it('is looked at when whoever runs Crier wants it, and not at all where they want none', async () => {
    await bench.publish('one');
    pass(119);
    expect(await bench.collect({ postsAfterHours: [2, 3] })).toMatchObject({ posts: 0 });
    pass(1);
    expect(await bench.collect({ postsAfterHours: [] })).toMatchObject({ posts: 0 });
    expect(await bench.collect({ postsAfterHours: [2, 3] })).toMatchObject({ posts: 1 });
    pass(59);
    expect(await bench.collect({ postsAfterHours: [2, 3] })).toMatchObject({ posts: 0 });
    pass(1);
    expect(await bench.collect({ postsAfterHours: [2, 3] })).toMatchObject({ posts: 1 });
  });

  it('that was not looked at while Crier was down is looked at within a week, and not after it', async () => {
    await bench.publish('one');
    pass(60 * (1 + 168) - 1);
    await bench.publish('one');
    pass(1);
    expect(await bench.collect({ postsAfterHours: [1] })).toMatchObject({ posts: 0 });
    pass(60);
    expect(await bench.collect({ postsAfterHours: [1] })).toMatchObject({ posts: 1 });
  });

  it('is asked for together with others of its account, the newest first and no more than fit', async () => {
    for (let post = 0; post < 3; post += 1) {
      await bench.publish('one');
      pass(1);
    }
    pass(60);
    const request = { platforms: ['one', 'two'], afterHours: [1], now: bench.clock.now(), limit: 10 };
    const [look] = await bench.store.figures.due({ ...request, perAccount: 2 });
    expect(look?.posts.map(({ remoteId }) => remoteId)).toEqual(['testnet-3', 'testnet-2']);
    await bench.collect();
    expect(bench.tellingOf('one').asked).toEqual([['testnet-3', 'testnet-2', 'testnet-1']]);
  });
});

describe('a network that fails', () => {
  it('stops no other, and what it said is known until it answers again', async () => {
    const one = bench.tellingOf('one');
    await bench.publish();
    pass(60);
    one.ofPost = fails('unavailable');
    expect(await bench.collect()).toEqual({ posts: 1, accounts: 1, failed: 1 });
    expect((await bench.kept('posts')).map(({ platform, figures }) => ({ platform, figures }))).toEqual([
      { platform: 'two', figures: { ...UNTOLD, likes: 3 } },
    ]);
    const since = bench.clock.now();
    expect(await lookOf('one')).toMatchObject({ lookedAt: null, failure: { since, sentence: 'unavailable, says the network.' } });
    pass(10);
    one.ofPost = fails('rate-limited');
    await bench.collect();
    expect(await lookOf('one')).toMatchObject({ failure: { since, sentence: 'rate-limited, says the network.' } });
    pass(20);
    one.ofPost = () => UNTOLD;
    expect(await bench.collect()).toEqual({ posts: 1, accounts: 1, failed: 0 });
    expect(await lookOf('one')).toMatchObject({ lookedAt: bench.clock.now(), failure: null });
  });

  it('to answer for a long time does not keep Crier from asking others', async () => {
    const answered = Promise.withResolvers<void>();
    bench.tellingOf('one').ofAccount = () => answered.promise.then(() => ({ ...UNTOLD_ACCOUNT, followers: 1 }));
    bench.tellingOf('two').ofAccount = () => {
      answered.resolve();
      return { ...UNTOLD_ACCOUNT, followers: 2 };
    };
    expect(await bench.collect()).toEqual({ posts: 0, accounts: 2, failed: 0 });
  });

  it('is asked again after 10 minutes, after 20, after 40 and so on, and at last each six hours', async () => {
    bench.tellingOf('one').ofAccount = fails('outcome-unknown');
    const at = await askedWithin(60 * 30, 'one');
    expect(at).toEqual([0, 10, 30, 70, 150, 310, 630, 990, 1350, 1710]);
  });

  it('is asked at once where the account was connected anew', async () => {
    const one = bench.tellingOf('one');
    one.ofAccount = () => {
      throw new CrierError('auth-revoked', 'One does not know us any more.');
    };
    await bench.collect();
    const { platform, remoteId, handle, service } = one.account;
    const login = { credentials: { token: 'new' }, announcedLimits: null, expiresAt: null };
    await bench.store.accounts.connect(bench.actor, { platform, remoteId, handle, service, ...login });
    one.ofAccount = () => ({ ...UNTOLD_ACCOUNT, followers: 7 });
    await bench.collect();
    expect(one.accountAsked).toBe(2);
    expect((await bench.store.figures.looks(bench.actor.workspace.id)).map(({ failure }) => failure)).toEqual([null, null]);
  });

  it('and named a time is asked again after it', async () => {
    bench.tellingOf('one').ofAccount = fails('rate-limited', { retryAfterMs: 45 * 60_000 });
    expect(await askedWithin(100, 'one')).toEqual([0, 45, 90]);
    const waitUntil = Temporal.Instant.from('2026-11-22T11:15:00Z');
    expect(await lookOf('one')).toMatchObject({ failure: { waitUntil } });
  });

  it('at what posts did is asked for the account all the same, unless that is as good as refused', async () => {
    const [one, two] = [bench.tellingOf('one'), bench.tellingOf('two')];
    await bench.publish();
    pass(60);
    one.ofPost = fails('rejected');
    two.ofPost = fails('rate-limited');
    expect(await bench.collect()).toEqual({ posts: 0, accounts: 1, failed: 2 });
    expect([one.accountAsked, two.accountAsked]).toEqual([1, 0]);
  });

  it('because of one post among many tells of the others, and is not asked for that one again at once', async () => {
    const posts: PostDetails[] = [];
    for (let count = 0; count < 8; count += 1) posts.push(await bench.publish('one'));
    const network = bench.tellingOf('one');
    const refused = posts[5]?.deliveries[0]?.remoteId;
    network.ofPost = (id) => (id === refused ? fails('rejected')() : { ...UNTOLD, likes: 3 });
    pass(65);
    expect(await bench.collect()).toMatchObject({ posts: 8, failed: 0 });
    expect(network.asked.filter((ids) => ids.includes(refused ?? '')).map(({ length }) => length)).toEqual([8, 4, 2, 1]);
    expect((await bench.kept('posts')).filter(({ figures }) => isDeepStrictEqual(figures, UNTOLD))).toHaveLength(1);
    const before = network.asked.length;
    pass(5);
    await bench.collect();
    expect(network.asked).toHaveLength(before);
  });

  it('to tell of any post is not asked for each of them', async () => {
    for (let count = 0; count < 8; count += 1) await bench.publish('one');
    const network = bench.tellingOf('one');
    network.ofPost = fails('rejected');
    pass(65);
    expect(await bench.collect()).toMatchObject({ posts: 0, failed: 1 });
    expect(network.asked.map(({ length }) => length)).toEqual([8, 4, 4]);
    expect(await bench.kept('posts')).toEqual([]);
  });

  it('and then wants to be left alone is left alone at once, for as long as it says', async () => {
    for (let count = 0; count < 8; count += 1) await bench.publish('one');
    const network = bench.tellingOf('one');
    network.ofPost = () => {
      const hadEnough = network.asked.length === 2;
      return hadEnough ? fails('rate-limited', { retryAfterMs: 40 * 60_000 })() : fails('rejected')();
    };
    pass(65);
    expect(await bench.collect()).toMatchObject({ posts: 0, failed: 1 });
    expect(network.asked.map(({ length }) => length)).toEqual([8, 4]);
    expect(network.accountAsked).toBe(0);
    expect(await lookOf('one')).toMatchObject({
      failure: { sentence: 'rate-limited, says the network.', waitUntil: bench.clock.now().add({ minutes: 40 }) },
    });
  });

  it('by keeping Crier waiting does not keep others waiting for the next run', async () => {
    const { platform, service } = bench.tellingOf('one').account;
    const another = { platform, service, remoteId: 'at-one-too', handle: '@us-too@one' };
    await bench.store.accounts.connect(bench.actor, {
      ...another,
      ...{ credentials: { token: 't' }, announcedLimits: null, expiresAt: null },
    });
    bench.tellingOf('one').ofAccount = () => {
      pass(11);
      throw new CrierError('outcome-unknown', 'It did not answer in time.');
    };
    expect(await bench.collect()).toMatchObject({ failed: 1 });
    expect(bench.tellingOf('one').accountAsked).toBe(1);
    expect(await bench.collect()).toMatchObject({ failed: 1 });
    expect(bench.tellingOf('one').accountAsked).toBe(2);
  });
});

describe('a login that a network calls expired', () => {
  it('is refreshed, and the network asked once more', async () => {
    const one = bench.tellingOf('one');
    one.refresh = async () => ({ credentials: { token: 'one-2' }, expiresAt: null, refreshAt: null });
    one.ofAccount = () => {
      if (one.tokens.at(-1) === 'one-1') throw new CrierError('auth-expired', 'The login has expired.');
      return { ...UNTOLD_ACCOUNT, followers: 7 };
    };
    expect(await bench.collect()).toEqual({ posts: 0, accounts: 2, failed: 0 });
    expect(one.tokens).toEqual(['one-1', 'one-2']);
    expect(await bench.store.credentials(one.account.id)).toEqual({ token: 'one-2' });
  });

  it('and that cannot be refreshed is a failure that says why', async () => {
    const one = bench.tellingOf('one');
    one.refresh = fails('unavailable');
    one.ofAccount = fails('auth-expired');
    expect(await bench.collect()).toEqual({ posts: 0, accounts: 1, failed: 1 });
    expect(await lookOf('one')).toMatchObject({ failure: { sentence: 'unavailable, says the network.' } });
  });
});
