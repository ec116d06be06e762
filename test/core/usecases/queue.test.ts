// Posts that take the next free slot: of the workspace, or a good time; in a real database, and many at once.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { PostDetails } from '../../../src/core/post.ts';
import { parseRecurrence } from '../../../src/core/time/recurrence.ts';
import { cancelPost } from '../../../src/core/usecases/cancel-post.ts';
import { changeSettings } from '../../../src/core/usecases/change-settings.ts';
import { draftPost } from '../../../src/core/usecases/draft-post.ts';
import { moveToSlot } from '../../../src/core/usecases/move-post.ts';
import { foreseeSlot, queuePost } from '../../../src/core/usecases/queue-post.ts';
import { pauseSeries } from '../../../src/core/usecases/run-series.ts';
import { schedulePost } from '../../../src/core/usecases/schedule-post.ts';
import { scheduleSeries } from '../../../src/core/usecases/schedule-series.ts';
import { setTimeZone } from '../../../src/core/usecases/set-time-zone.ts';
import { closeNewsrooms, FAILED, HERE, type Newsroom, openNewsroom, PUBLISHED } from './newsroom.ts';

let room: Newsroom;
beforeEach(async () => {
  room = await openNewsroom();
});
afterAll(closeNewsrooms);

const request = (more: object = {}) => ({
  text: 'Hello',
  targets: 'bluesky',
  media: [],
  campaign: null,
  origin: HERE,
  kind: 'queue' as const,
  ...more,
});

async function setting(name: string, value: string): Promise<void> {
  await changeSettings(room.deps, room.actor, { name, value });
  room.actor = await room.enter({});
}

const whenOf = ({ post }: PostDetails): string => `${post.slot?.wallTime.slice(0, 16)} ${post.slot?.timeZone}`;
const queue = async (more: object = {}): Promise<string> =>
  whenOf((await queuePost(room.deps, room.actor, request(more))).details);
const at = (time: string) => Temporal.ZonedDateTime.from(`${time}[Europe/Berlin]`);
const plan = (time: string, more: object = {}) => schedulePost(room.deps, room.actor, { ...request(more), at: at(time) });

describe('a queued post', () => {
  beforeEach(() => setting('slots', 'daily 09:00, 17:00'));

  it('goes out at the next slot, is woken for then, and says whose slot it is', async () => {
    const { details, notes } = await queuePost(room.deps, room.actor, request());
    expect(details.post.slot).toEqual({
      at: Temporal.Instant.from('2026-11-22T16:00:00Z'),
      wallTime: '2026-11-22T17:00:00',
      timeZone: 'Europe/Berlin',
    });
    expect(details.deliveries).toMatchObject([{ state: 'scheduled', dueAt: Temporal.Instant.from('2026-11-22T16:00:00Z') }]);
    expect(room.wakes.map(String)).toEqual(['2026-11-22T16:00:00Z']);
    expect(notes).toEqual(['Bluesky: the slots are daily 09:00, 17:00.']);
  });

  it('leaves a slot to the post that has it, and says which that is', async () => {
    expect([await queue(), await queue()]).toEqual(['2026-11-22T17:00 Europe/Berlin', '2026-11-23T09:00 Europe/Berlin']);
    const { notes } = await queuePost(room.deps, room.actor, request());
    expect(notes.slice(1)).toEqual([
      'Sun 22 Nov 2026, 17:00 CET is taken by P1 on Bluesky (@team.bsky.social).',
      'Mon 23 Nov 2026, 09:00 CET is taken by P2 on Bluesky (@team.bsky.social).',
    ]);
  });

  it('may share the moment with a post to another account', async () => {
    await queue({ targets: 'bluesky' });
    expect(await queue({ targets: '@crier' })).toBe('2026-11-22T17:00 Europe/Berlin');
    expect(await queue({ targets: '@crier, bluesky' })).toBe('2026-11-23T09:00 Europe/Berlin');
  });

  it('takes the slot of what was canceled or failed, and not of what is out or a draft', async () => {
    await queue();
    await cancelPost(room.deps, room.actor, 1);
    expect(await queue()).toBe('2026-11-22T17:00 Europe/Berlin');
    await draftPost(room.deps, room.actor, request());
    await plan('2026-11-22T17:05:00', { targets: '@crier' });
    room.clock.forward({ hours: 7, minutes: 6 });
    await room.settle(({ account }) => (account.platform === 'bluesky' ? PUBLISHED : FAILED));
    room.clock.forward({ minutes: -16 });
    expect(await queue({ targets: 'bluesky' })).toBe('2026-11-23T09:00 Europe/Berlin');
    expect(await queue({ targets: '@crier' })).toBe('2026-11-22T17:00 Europe/Berlin');
  });

  it('leaves the dates to come of a series to it, a paused one too', async () => {
    const { deps, actor } = room;
    const reading = parseRecurrence('every day at 9am', { now: deps.clock.now(), timeZone: 'Europe/Berlin' });
    if (reading.kind !== 'recurring') throw new Error(`not read: ${reading.kind}`);
    await scheduleSeries(deps, actor, { ...request(), rule: reading.rule, first: reading.first });
    await queue();
    expect(await queue()).toBe('2026-11-23T17:00 Europe/Berlin');
    await pauseSeries(deps, actor, 1);
    expect(await queue()).toBe('2026-11-24T17:00 Europe/Berlin');
  });

  it('goes by the cap of the day', async () => {
    await setting('cap', 'bluesky 1');
    await plan('2026-11-22T11:00:00');
    const { details, notes } = await queuePost(room.deps, room.actor, request());
    expect(whenOf(details)).toBe('2026-11-23T09:00 Europe/Berlin');
    expect(notes).toContain(
      'Sun 22 Nov 2026, 17:00 CET is free, but that day has all its posts on Bluesky (@team.bsky.social) (/settings cap).',
    );
  });

  it('has its slot on the clock of the workspace, wherever its author is', async () => {
    await setTimeZone(room.deps, room.actor, { zone: 'Asia/Tokyo', of: 'member' });
    room.actor = await room.enter({});
    const { details, notes } = await queuePost(room.deps, room.actor, request());
    expect(whenOf(details)).toBe('2026-11-22T17:00 Europe/Berlin');
    expect(notes).toEqual(['Bluesky: the slots are daily 09:00, 17:00 (Europe/Berlin).']);
  });

  it('is not made where its networks have no slot in common, and nothing is left of it', async () => {
    await setting('slots', 'mastodon: Sat 10:00, 11:00');
    const before = await room.everything();
    await expect(
      queue({ targets: 'bluesky, @crier', media: [{ url: 'https://img.example/5.png', altText: '' }] }),
    ).rejects.toThrow('Bluesky (daily 09:00, 17:00) and Mastodon (Sat 10:00, 11:00) have no slot at the same time');
    expect(await room.everything()).toBe(before);
    expect(await queue({ targets: '@crier' })).toBe('2026-11-28T10:00 Europe/Berlin');
  });

  it('is not made by a viewer', async () => {
    const viewer = await room.enter({ userId: 'vic', role: 'viewer' });
    await expect(queuePost(room.deps, viewer, request())).rejects.toMatchObject({ kind: 'not-permitted' });
  });

  it('is told nothing of what another workspace has', async () => {
    await queue();
    const stranger = await room.enter({ teamId: crypto.randomUUID() });
    expect(await room.store.posts.taken(stranger.workspace.id, WHOLE_YEAR, null)).toEqual([]);
  });
});

const WHOLE_YEAR = { from: Temporal.Instant.from('2026-01-01T00:00Z'), until: Temporal.Instant.from('2027-01-01T00:00Z') };

describe('many at the same moment', () => {
  beforeEach(() => setting('slots', 'daily 09:00, 17:00'));

  it('get a slot each, without a gap', async () => {
    const made = await Promise.all(Array.from({ length: 12 }, () => queue()));
    const days = ['22', '23', '24', '25', '26', '27', '28'];
    const slots = days.flatMap((day) => ['09:00', '17:00'].map((time) => `2026-11-${day}T${time} Europe/Berlin`));
    expect(made.toSorted()).toEqual(slots.slice(1, 13));
  });

  it('get a slot each where some are moved and some are new', async () => {
    for (let index = 0; index < 6; index++) await draftPost(room.deps, room.actor, request());
    const moves = Array.from({ length: 6 }, async (_, index) =>
      whenOf((await moveToSlot(room.deps, room.actor, { number: index + 1, kind: 'queue' })).details),
    );
    const slots = await Promise.all([...moves, ...Array.from({ length: 6 }, () => queue())]);
    expect(new Set(slots).size).toBe(12);
    expect(slots.toSorted().at(-1)).toBe('2026-11-28T09:00 Europe/Berlin');
  });
});

describe('a good time', () => {
  it('is what a workspace without slots queues for', async () => {
    const { details, notes } = await queuePost(room.deps, room.actor, request());
    expect(whenOf(details)).toBe('2026-11-23T09:00 Europe/Berlin');
    expect(notes).toEqual([
      'Bluesky: Mon-Fri 09:00, 12:00 are good times, by the guides of Mediafast and TheBlue.social.',
      'Other slots can be chosen with /settings slots.',
    ]);
  });

  it('is not a matter of the slots of the workspace', async () => {
    await setting('slots', 'daily 03:00');
    const { details, notes } = await queuePost(room.deps, room.actor, request({ kind: 'best', targets: 'bluesky, @crier' }));
    expect(whenOf(details)).toBe('2026-11-24T09:00 Europe/Berlin');
    expect(notes).toEqual([
      'Bluesky: Mon-Fri 09:00, 12:00 are good times, by the guides of Mediafast and TheBlue.social.',
      'Mastodon: Tue-Thu 09:00, 10:00, 11:00 are good times, by Sprout Social’s study of most networks.',
    ]);
  });
});

describe('a stored post', () => {
  beforeEach(() => setting('slots', 'daily 09:00, 17:00'));

  it('is moved to the next slot that other posts leave, which may be its own', async () => {
    await queue();
    await queue();
    const { details } = await moveToSlot(room.deps, room.actor, { number: 2, kind: 'queue' });
    expect(whenOf(details)).toBe('2026-11-23T09:00 Europe/Berlin');
    await cancelPost(room.deps, room.actor, 1);
    expect(whenOf((await moveToSlot(room.deps, room.actor, { number: 2, kind: 'queue' })).details)).toBe(
      '2026-11-22T17:00 Europe/Berlin',
    );
  });

  it('is scheduled by its first slot where it was a draft', async () => {
    await draftPost(room.deps, room.actor, request());
    const { details } = await moveToSlot(room.deps, room.actor, { number: 1, kind: 'best' });
    expect(whenOf(details)).toBe('2026-11-23T09:00 Europe/Berlin');
    expect(details.deliveries).toMatchObject([{ state: 'scheduled', holdReason: null }]);
  });

  it('that is out stays as it is', async () => {
    await queue();
    room.clock.forward({ hours: 7 });
    await room.settle(() => PUBLISHED);
    const before = await room.everything();
    await expect(moveToSlot(room.deps, room.actor, { number: 1, kind: 'queue' })).rejects.toThrow('already out');
    expect(await room.everything()).toBe(before);
  });
});

it('What is foreseen is what is given, and keeps nothing', async () => {
  const { deps, actor, store } = room;
  const accounts = (await store.accounts.list(actor.workspace.id)).filter(({ platform }) => platform === 'bluesky');
  const before = await room.everything();
  const { at: foreseen } = await foreseeSlot(deps, actor, { accounts, kind: 'queue', exceptNumber: null });
  expect(await room.everything()).toBe(before);
  expect(await queue()).toBe(`${foreseen.toPlainDateTime().toString({ smallestUnit: 'minute' })} Europe/Berlin`);
});
