// What of whose is listed, and where a post's thread is.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { PostFilter } from '../../../src/core/post-store.ts';
import { draftPost } from '../../../src/core/usecases/draft-post.ts';
import { schedulePost } from '../../../src/core/usecases/schedule-post.ts';
import type { Actor } from '../../../src/core/workspace.ts';
import { closeNewsrooms, FAILED, HERE, type Newsroom, openNewsroom, PUBLISHED, UNCONFIRMED } from './newsroom.ts';

const FRIDAY = Temporal.ZonedDateTime.from('2026-11-27T09:00[Europe/Berlin]');

let room: Newsroom;
let other: Actor;
beforeEach(async () => {
  room = await openNewsroom();
  other = await room.enter({ userId: 'bob', userName: 'Bob' });
});
afterAll(closeNewsrooms);

const REQUEST = { text: 'Hello', targets: 'bluesky', media: [], campaign: null, origin: HERE };
const schedule = async (actor: Actor, at = FRIDAY): Promise<number> =>
  (await schedulePost(room.deps, actor, { ...REQUEST, at })).details.post.number;
const list = async (filter: PostFilter): Promise<number[]> => {
  const { items } = await room.store.posts.list(room.actor.workspace.id, filter, { offset: 0, limit: 50 });
  return items.map(({ post }) => post.number);
};

describe('what is to come', () => {
  it('is everyone’s, or one author’s', async () => {
    const later = await schedule(room.actor, FRIDAY.add({ days: 1 }));
    const theirs = await schedule(other);
    const sooner = await schedule(room.actor);
    await draftPost(room.deps, room.actor, REQUEST);
    expect(await list({ kind: 'upcoming' })).toEqual([theirs, sooner, later]);
    expect(await list({ kind: 'upcoming', authorId: room.actor.member.id })).toEqual([sooner, later]);
    expect(await list({ kind: 'upcoming', authorId: other.member.id })).toEqual([theirs]);
  });
});

describe('what waits for a person', () => {
  it('is theirs that failed, is unconfirmed, or is held for what a person must mend', async () => {
    const outcomes = [
      FAILED,
      UNCONFIRMED,
      { state: 'held', holdReason: 'account' },
      { state: 'held', holdReason: 'cap' },
      { state: 'held', holdReason: 'paused' },
      PUBLISHED,
    ] as const;
    const numbers: number[] = [];
    for (const [index] of outcomes.entries()) numbers.push(await schedule(room.actor, FRIDAY.add({ minutes: index })));
    await schedule(other);
    await draftPost(room.deps, room.actor, REQUEST);
    room.clock.forward({ hours: 24 * 6 });
    await room.settle(({ post }) => outcomes[numbers.indexOf(post.number)] ?? FAILED);
    await schedule(room.actor, FRIDAY.add({ days: 7 }));
    expect(await list({ kind: 'waiting', authorId: room.actor.member.id })).toEqual(numbers.slice(0, 4).reverse());
  });
});

describe('the thread of a post', () => {
  it('is where its card was sent', async () => {
    const number = await schedule(room.actor);
    const { post } = await room.find(number);
    await room.store.posts.setOrigin(post.id, { channel: 'C2', message: '171.5' });
    expect((await room.find(number)).post.origin).toEqual({ chat: 'terminal', channel: 'C2', message: '171.5' });
  });
});
