// Crier was removed from a team: what comes due meanwhile is held, nothing is told, and nothing goes out late by itself.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deps } from '../../src/core/ports.ts';
import type { PostDetails } from '../../src/core/post.ts';
import { cancelPost } from '../../src/core/usecases/cancel-post.ts';
import { makeNextOccurrences } from '../../src/core/usecases/make-next-occurrence.ts';
import { movePost } from '../../src/core/usecases/move-post.ts';
import { publishNow } from '../../src/core/usecases/publish-now.ts';
import { tellNews } from '../../src/core/usecases/tell-news.ts';
import { breaksOff } from '../support/scripted-network.ts';
import { ENTRANCE, openWorkbench, type Workbench } from '../support/workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
});
afterEach(() => bench.close());

const setPresent = (isPresent: boolean) => bench.store.workspaces.setPresent('terminal', ENTRANCE.teamId, isPresent);
const deps = (): Pick<Deps, 'store' | 'clock' | 'jobs' | 'platforms' | 'log'> => ({
  store: bench.store,
  clock: bench.clock,
  jobs: { wakeAt: async () => {} },
  platforms: bench.platforms,
  log: bench.log,
});
const only = async (post: PostDetails) => {
  const [delivery] = (await bench.read(post)).deliveries;
  if (!delivery) throw new Error('the post has no delivery');
  return delivery;
};

/** The states that are told, in their order. */
async function tell(): Promise<string[]> {
  const told: string[] = [];
  await tellNews(deps(), [{ name: 'terminal', tell: async (_, { delivery }) => void told.push(delivery.state) }]);
  return told;
}

/** Came due while Crier was not in the team. */
async function heldPost(): Promise<PostDetails> {
  const post = await bench.schedule({ in: { minutes: 5 } });
  await setPresent(false);
  bench.clock.forward({ minutes: 5 });
  await bench.work();
  return post;
}

describe('a post that comes due while Crier is removed', () => {
  it('is held with the reason, and not sent', async () => {
    const post = await heldPost();
    expect(await only(post)).toMatchObject({
      state: 'held',
      holdReason: 'removed',
      errorMessage: 'Crier was removed from Team when this was due.',
      tries: 0,
    });
    expect(bench.network.posts).toEqual([]);
  });

  it('stays held when Crier is back, however long that takes', async () => {
    const post = await heldPost();
    bench.clock.forward({ hours: 24 * 21 });
    await setPresent(true);
    await bench.work();
    expect((await only(post)).state).toBe('held');
    expect(bench.network.posts).toEqual([]);
  });

  it('is held for that and not for its account, which would let it go on by itself', async () => {
    await bench.store.accounts.disconnect(bench.accounts[0]?.id ?? '', 'gone', null);
    expect((await only(await heldPost())).holdReason).toBe('removed');
  });

  it('is said to be out where an earlier try turns out to have been applied', async () => {
    bench.network.asked = 'fails';
    bench.network.next(breaksOff(true));
    const post = await bench.schedule();
    await bench.work();
    await setPresent(false);
    bench.network.asked = 'knows';
    bench.clock.forward({ minutes: 10 });
    await bench.work();
    expect((await only(post)).state).toBe('published');
  });

  it.each<[string, (number: number) => Promise<unknown>, string]>([
    ['published', (number) => publishNow(deps(), bench.actor, number), 'published'],
    [
      'moved',
      (number) => movePost(deps(), bench.actor, { number, at: bench.clock.now().add({ hours: 1 }).toZonedDateTimeISO('UTC') }),
      'scheduled',
    ],
    ['canceled', (number) => cancelPost(deps(), bench.actor, number), 'canceled'],
  ])('can be %s by a person afterwards', async (_, act, state) => {
    const post = await heldPost();
    await setPresent(true);
    await act(post.post.number);
    await bench.work();
    expect((await only(post)).state).toBe(state);
  });

  it('waits for its author in the list of what waits', async () => {
    const { post } = await heldPost();
    const filter = { kind: 'waiting', authorId: bench.actor.member.id } as const;
    const { items } = await bench.store.posts.list(post.workspaceId, filter, { offset: 0, limit: 10 });
    expect(items.map((each) => each.post.number)).toEqual([post.number]);
  });
});

describe('other teams', () => {
  it('go on', async () => {
    await bench.store.workspaces.setPresent('slack', ENTRANCE.teamId, false);
    const post = await bench.schedule();
    await bench.work();
    expect((await only(post)).state).toBe('published');
  });
});

describe('news of a team that Crier was removed from', () => {
  it('waits, and is told once Crier is back', async () => {
    await heldPost();
    expect(await bench.store.queue.hasNews(['terminal'])).toBe(false);
    expect(await tell()).toEqual([]);
    await setPresent(true);
    expect(await bench.store.queue.hasNews(['terminal'])).toBe(true);
    expect(await tell()).toEqual(['held']);
  });

  it('has its author with it, as they are now', async () => {
    await bench.schedule();
    await bench.work();
    await bench.store.workspaces.setTimeZone(bench.actor, 'Asia/Tokyo');
    const authors: unknown[] = [];
    await tellNews(deps(), [{ name: 'terminal', tell: async (_, { author }) => void authors.push(author) }]);
    expect(authors).toEqual([{ ...bench.actor, member: { ...bench.actor.member, timeZone: 'Asia/Tokyo' } }]);
  });
});

describe('what recurs', () => {
  const count = async (): Promise<number> => Number((await bench.database.pool.query('select count(*) from post')).rows[0].count);

  it('makes no next occurrence while Crier is removed, and goes on when it is back', async () => {
    const at = bench.clock.now().add({ minutes: 5 });
    const slot = { at, wallTime: '2026-11-22T10:05:00', timeZone: 'Europe/Berlin' };
    const [account] = bench.accounts;
    if (!account) throw new Error('the bench has no account');
    await bench.store.series.create(
      bench.actor,
      { rrule: 'FREQ=DAILY', start: slot.wallTime, timeZone: slot.timeZone },
      {
        text: 'Every day',
        variants: {},
        mediaIds: [],
        hashtags: [],
        campaign: null,
        slot,
        origin: { chat: 'terminal', channel: 'here', message: null },
        deliveries: [{ account, state: 'scheduled', holdReason: null, dueAt: at }],
      },
    );
    bench.clock.forward({ minutes: 5 });
    await bench.dispatcher.wake();
    await bench.dispatcher.idle();
    await setPresent(false);
    await makeNextOccurrences(deps());
    expect(await count()).toBe(1);
    await setPresent(true);
    await makeNextOccurrences(deps());
    expect(await count()).toBe(2);
  });
});
