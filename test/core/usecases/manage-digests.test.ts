// Asking for digests, finding one by what people call it, pausing, resuming and stopping it, and who may.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { readCadence } from '../../../src/core/cadence-words.ts';
import {
  addDigest,
  findDigest,
  listDigests,
  MOST_DIGESTS,
  pauseDigest,
  resumeDigest,
  stopDigest,
} from '../../../src/core/usecases/manage-digests.ts';
import type { Actor } from '../../../src/core/workspace.ts';
import { closeNewsrooms, type Newsroom, openNewsroom } from './newsroom.ts';

let room: Newsroom;
beforeEach(async () => {
  room = await openNewsroom({ connect: false });
});
afterAll(closeNewsrooms);

const add = (words: string, channel = 'here', actor: Actor = room.actor) =>
  addDigest(room.deps, actor, { channel, cadence: readCadence(words, room.actor.workspace) });
const names = async () => (await listDigests(room.deps, room.actor)).map(({ number, state }) => `D${number} ${state}`);
const find = async (name: string) => (await findDigest(room.deps, room.actor, name)).number;

describe('a digest that is asked for', () => {
  it('comes at the next such time, and is in the list', async () => {
    const digest = await add('daily 9am');
    // Sunday, ten in the morning
    expect(digest).toMatchObject({ number: 1, channel: 'here', state: 'active', pausedBecause: null });
    expect(digest.dueAt?.toString()).toBe('2026-11-23T08:00:00Z');
    expect((await add('monthly 31 18:00')).dueAt?.toString()).toBe('2026-11-30T17:00:00Z');
    expect(await listDigests(room.deps, room.actor)).toMatchObject([digest, { number: 2 }]);
  });

  it('twice in a channel is refused, with the one there is', async () => {
    await add('weekly monday 9am');
    await expect(add('every monday at 9')).rejects.toThrow('This channel has that one already: D1, every Monday at 09:00.');
    await add('every monday at 9', 'elsewhere');
    await add('every monday at 10');
    await pauseDigest(room.deps, room.actor, 'D1');
    await expect(add('every monday at 9')).rejects.toThrow('It is paused: /digest resume D1 lets it come again.');
  });

  it('beyond the most there can be is refused, with how to make room', async () => {
    for (let n = 0; n < MOST_DIGESTS; n += 1) await add('daily 9am', `channel ${n}`);
    await expect(add('daily 10am')).rejects.toThrow('Stop one first, like /digest stop D1');
    await stopDigest(room.deps, room.actor, 'D20');
    await add('daily 10am');
  });
});

describe('a digest by its name', () => {
  it.each(['D2', 'd2', '2', ' D2 ', '#2', 'weekly', 'Weekly'])('%j is found', async (name) => {
    await add('daily 9am');
    await add('weekly 9am');
    expect(await find(name)).toBe(2);
  });

  it('that fits several is asked about', async () => {
    await add('daily 9am');
    await add('daily 5pm');
    await expect(find('daily')).rejects.toThrow(
      '2 digests here are daily: say which. D1 (every day at 09:00), D2 (every day at 17:00).',
    );
  });

  it.each([
    ['D7', 'There is no digest D7 here. There are: D1 (every day at 09:00).'],
    ['monthly', 'No digest here is monthly. There are: D1 (every day at 09:00).'],
    ['bananas', '“bananas” is no digest. There are: D1 (every day at 09:00).'],
    ['', 'Which digest? There are: D1 (every day at 09:00).'],
  ])('%j is refused with those there are', async (name, sentence) => {
    await add('daily 9am');
    await expect(find(name)).rejects.toThrow(sentence);
  });

  it('where there is none, how to make one is said', async () => {
    await expect(find('D1')).rejects.toThrow('There is no digest here yet. /digest daily 9am makes one in this channel.');
  });

  it('is not that of another workspace', async () => {
    await add('daily 9am');
    const other = await openNewsroom({ connect: false });
    await expect(stopDigest(other.deps, other.actor, 'D1')).rejects.toMatchObject({ kind: 'not-found' });
    expect(await names()).toEqual(['D1 active']);
  });
});

describe('a digest', () => {
  it('that is paused comes no more until it is resumed, then at the next such time', async () => {
    await add('daily 9am');
    expect(await pauseDigest(room.deps, room.actor, 'D1')).toMatchObject({ state: 'paused', dueAt: null });
    expect(await pauseDigest(room.deps, room.actor, 'D1')).toMatchObject({ state: 'paused' });
    room.clock.forward({ hours: 72 });
    const resumed = await resumeDigest(room.deps, room.actor, 'D1');
    expect([resumed.state, resumed.dueAt?.toString()]).toEqual(['active', '2026-11-26T08:00:00Z']);
  });

  it('that is not paused is not moved by resuming it', async () => {
    const { dueAt } = await add('daily 9am');
    room.clock.forward({ hours: 24 });
    expect((await resumeDigest(room.deps, room.actor, 'D1')).dueAt).toEqual(dueAt);
  });

  it('that is stopped is gone, and its name is not given again', async () => {
    await add('daily 9am');
    expect(await stopDigest(room.deps, room.actor, 'daily')).toMatchObject({ number: 1 });
    expect(await names()).toEqual([]);
    expect((await add('daily 9am')).number).toBe(2);
  });
});

it('is for those who may write; everybody may look', async () => {
  await add('daily 9am');
  const viewer = await room.enter({ userId: 'vic', userName: 'Vic', role: 'viewer' });
  const author = await room.enter({ userId: 'art', userName: 'Art', role: 'author' });
  const refused = { kind: 'not-permitted' };
  await expect(add('weekly', 'here', viewer)).rejects.toMatchObject(refused);
  for (const change of [pauseDigest, resumeDigest, stopDigest])
    await expect(change(room.deps, viewer, 'D1')).rejects.toMatchObject(refused);
  expect(await listDigests(room.deps, viewer)).toHaveLength(1);
  expect(await pauseDigest(room.deps, author, 'D1')).toMatchObject({ state: 'paused' });
});
