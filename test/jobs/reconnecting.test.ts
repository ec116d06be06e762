// What waited for an account, once it is connected again: what is on time goes on, what is more than an hour late is a question.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderNews } from '../../src/bots/news.ts';
import { buttonId, sayPlainly } from '../../src/bots/reply.ts';
import type { Deps } from '../../src/core/ports.ts';
import type { PostDetails } from '../../src/core/post.ts';
import type { News } from '../../src/core/store.ts';
import { cancelPost } from '../../src/core/usecases/cancel-post.ts';
import { movePost } from '../../src/core/usecases/move-post.ts';
import { publishNow } from '../../src/core/usecases/publish-now.ts';
import { tellNews } from '../../src/core/usecases/tell-news.ts';
import { type LoginBench, openLoginBench } from '../support/login-bench.ts';

let bench: LoginBench;
beforeEach(async () => {
  bench = await openLoginBench();
});
afterEach(() => bench.close());

const deps = (): Pick<Deps, 'clock' | 'store' | 'jobs' | 'platforms'> => ({
  clock: bench.clock,
  store: bench.store,
  platforms: bench.platforms,
  jobs: { wakeAt: async () => {} },
});
const only = async (post: PostDetails) => {
  const [delivery] = (await bench.read(post)).deliveries;
  if (!delivery) throw new Error('the post has no delivery');
  return delivery;
};

async function tell(): Promise<News[]> {
  const told: News[] = [];
  await tellNews(bench, [{ name: 'terminal', tell: async (_, news) => void told.push(news) }]);
  return told;
}

/** Held for its account since it was due, so many minutes ago. */
async function heldSince(minutes: number): Promise<PostDetails> {
  const post = await bench.schedule();
  await bench.store.accounts.disconnect(bench.account.id, 'The network took it back.', null);
  await bench.work();
  await tell();
  bench.clock.forward({ minutes });
  return post;
}

describe('a post that waited for its account', () => {
  it('goes out once the account is connected again, up to an hour late', async () => {
    const post = await heldSince(60);
    expect(await bench.login()).toMatchObject({ renewed: true, resumed: 1, asked: 0 });
    await bench.work();
    expect((await only(post)).state).toBe('published');
  });

  it('for more than an hour stays held, and its thread asks with three answers', async () => {
    const post = await heldSince(61);
    expect(await bench.login()).toMatchObject({ renewed: true, resumed: 0, asked: 1 });
    await bench.work();
    expect(await only(post)).toMatchObject({ state: 'held', holdReason: 'late', errorMessage: null });
    const [news, ...more] = await tell();
    if (!news) throw new Error('nothing was told');
    expect(more).toEqual([]);
    const reply = renderNews(news, bench.platforms);
    expect(reply.lines?.map(sayPlainly)).toEqual([
      '"Hello"',
      'Its account was not connected when it was due: Sun 22 Nov 2026, 10:00 CET',
      '@account1 is connected again. Is it still to go out? Post it now, choose another time, or cancel it.',
    ]);
    const buttons = reply.buttons?.map((button) => [button.label, buttonId(button)]);
    expect(buttons).toEqual([
      ['Post it now', 'post/now/P1'],
      ['Choose another time', 'post/move/P1'],
      ['Cancel', 'post/cancel/P1'],
      ['Show', 'post/show/P1'],
    ]);
  });

  it('is asked about by when it was planned, though a later try was due since', async () => {
    const post = await heldSince(0);
    bench.clock.forward({ minutes: 40 });
    await bench.database.pool.query("update delivery set due_at = due_at + interval '40 minutes'");
    bench.clock.forward({ minutes: 21 });
    expect(await bench.login()).toMatchObject({ resumed: 0, asked: 1 });
    expect((await only(post)).holdReason).toBe('late');
  });

  it('goes on beside others that are asked about, each by its own time', async () => {
    const late = await heldSince(90);
    const soon = await bench.schedule({ in: { minutes: 5 } });
    const now = await bench.schedule();
    await bench.work();
    expect(await bench.login()).toMatchObject({ resumed: 1, asked: 1 });
    await bench.work();
    expect((await only(late)).state).toBe('held');
    expect((await only(now)).state).toBe('published');
    expect((await only(soon)).state).toBe('scheduled');
  });

  it.each<[string, (number: number) => Promise<unknown>, string]>([
    ['posted now', (number) => publishNow(deps(), bench.actor, number), 'published'],
    [
      'moved',
      (number) => movePost(deps(), bench.actor, { number, at: bench.clock.now().add({ hours: 1 }).toZonedDateTimeISO('UTC') }),
      'scheduled',
    ],
    ['canceled', (number) => cancelPost(deps(), bench.actor, number), 'canceled'],
  ])('and is late is %s by a person’s answer', async (_, answer, state) => {
    const post = await heldSince(120);
    await bench.login();
    await answer(post.post.number);
    await bench.work();
    expect((await only(post)).state).toBe(state);
  });

  it('and was asked about stays asked about when the account is connected once more, and is told once', async () => {
    await heldSince(120);
    await bench.login();
    expect(await tell()).toHaveLength(1);
    expect(await bench.login()).toMatchObject({ resumed: 0, asked: 1 });
    expect(await tell()).toEqual([]);
  });

  it('and is late waits in its author’s list of what waits', async () => {
    const { post } = await heldSince(120);
    await bench.login();
    const filter = { kind: 'waiting', authorId: bench.actor.member.id } as const;
    const { items } = await bench.store.posts.list(post.workspaceId, filter, { offset: 0, limit: 10 });
    expect(items.map((each) => each.post.number)).toEqual([post.number]);
  });
});
