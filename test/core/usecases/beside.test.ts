// What a post says beside its text: read, refused, kept, inherited and changed; and who is left out of "all".
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { CrierError } from '../../../src/core/errors.ts';
import type { NetworkOptions } from '../../../src/core/network-options.ts';
import { changeBeside } from '../../../src/core/usecases/change-beside.ts';
import type { PostRequest } from '../../../src/core/usecases/compose-post.ts';
import { draftForTime, draftPost } from '../../../src/core/usecases/draft-post.ts';
import { queuePost } from '../../../src/core/usecases/queue-post.ts';
import { schedulePost } from '../../../src/core/usecases/schedule-post.ts';
import { scheduleSeries } from '../../../src/core/usecases/schedule-series.ts';
import * as settlement from '../../../src/core/usecases/settlement.ts';
import { closeNewsrooms, HERE, type Newsroom, openNewsroom } from './newsroom.ts';

const FRIDAY = Temporal.ZonedDateTime.from('2026-11-27T09:00[Europe/Berlin]');
let room: Newsroom;
beforeEach(async () => {
  room = await openNewsroom();
});
afterAll(closeNewsrooms);

const request = (more: Partial<PostRequest> = {}): PostRequest => ({
  text: 'Hello',
  targets: 'bluesky, mastodon',
  media: [],
  campaign: null,
  origin: HERE,
  ...more,
});
const schedule = (more: Partial<PostRequest> = {}) => schedulePost(room.deps, room.actor, { ...request(more), at: FRIDAY });
const platformsOf = ({ deliveries }: { deliveries: { platform: string }[] }) => [
  ...new Set(deliveries.map(({ platform }) => platform)),
];

describe('a new post', () => {
  it('keeps options as the network knows them, the thread and the comment', async () => {
    const { details } = await schedule({
      options: { Masto: { Visibility: 'UNLISTED', title: ' Our launch ' } },
      thread: true,
      comment: 'Ask us anything',
    });
    const beside = {
      options: { mastodon: { visibility: 'unlisted', title: 'Our launch' } },
      thread: true,
      comment: 'Ask us anything',
    };
    expect(details.post.beside).toEqual(beside);
    expect((await room.find(1)).post.beside).toEqual(beside);
  });

  it('says nothing beside its text where nothing is asked for', async () => {
    const { details } = await schedule({ options: {}, comment: '  ' });
    expect(details.post.beside).toEqual({ options: {}, thread: false, comment: null });
  });

  it.each<[string, Record<string, NetworkOptions>, string]>([
    ['a network there is not', { tiktak: { a: 'b' } }, 'Crier knows no network "tiktak"'],
    [
      'an option there is not',
      { mastodon: { visibilty: 'public' } },
      'Mastodon has no option "visibilty". Did you mean visibility?',
    ],
    ['a value there is not', { mastodon: { visibility: 'secret' } }, 'Choose one of public, unlisted.'],
    ['a network without options', { bluesky: { title: 'Hi' } }, 'Bluesky has no options: leave "title" out.'],
  ])('is refused with %s', async (_, options, sentence) => {
    await expect(schedule({ options })).rejects.toThrow(sentence);
    expect(await room.store.posts.list(room.actor.workspace.id, { kind: 'recent' }, { offset: 0, limit: 9 })).toMatchObject({
      total: 0,
    });
  });

  it('is refused with options of a network it does not go to', async () => {
    const work = schedule({ targets: 'bluesky', options: { mastodon: { visibility: 'public' } } });
    await expect(work).rejects.toMatchObject({
      field: 'options',
      userMessage: 'Mastodon has options here, and the post does not go there: add mastodon to the networks, or leave them out.',
    });
  });

  it('that recurs hands it on to each that follows', async () => {
    const rule = { rrule: 'FREQ=DAILY', start: '2026-11-27T09:00:00', timeZone: 'Europe/Berlin' };
    const options = { mastodon: { visibility: 'unlisted' } };
    await scheduleSeries(room.deps, room.actor, { ...request({ options, comment: 'First' }), rule, first: FRIDAY });
    room.clock.forward({ hours: 24 * 5 });
    await room.settle(() => settlement.published({ remoteId: 'r', url: 'https://net.example/r' }));
    const next = await room.store.series.makeNext((await room.find(1)).post.seriesId ?? '', room.clock.now(), () => ({
      kind: 'next',
      slot: { at: room.clock.now(), wallTime: '2026-11-28T09:00:00', timeZone: 'Europe/Berlin' },
      remark: null,
    }));
    expect(next?.post.beside).toEqual({ options, thread: false, comment: 'First' });
  });
});

describe('a post to all', () => {
  const long = 'x'.repeat(400);

  it('leaves out who cannot take it, with the reason', async () => {
    const { details, notes } = await schedule({ targets: 'all', text: long });
    expect(platformsOf(details)).toEqual(['mastodon']);
    expect(notes).toEqual([
      expect.stringMatching(/^Bluesky \(@team\.bsky\.social\) is left out: Bluesky takes 300 characters and this text has 400: /),
    ]);
  });

  it('is queued, and kept while its time is in question, without them too', async () => {
    const queued = await queuePost(room.deps, room.actor, { ...request({ targets: 'everywhere', text: long }), kind: 'queue' });
    expect(platformsOf(queued.details)).toEqual(['mastodon']);
    expect(queued.notes.at(-1)).toContain('is left out: Bluesky takes 300');
    const kept = await draftForTime(room.deps, room.actor, request({ targets: 'all', text: long }));
    expect(platformsOf(kept.details)).toEqual(['mastodon']);
    expect(kept.notes).toHaveLength(1);
  });

  it('is a draft with all of them: its text may still change', async () => {
    expect(platformsOf(await draftPost(room.deps, room.actor, request({ targets: 'all', text: long })))).toEqual([
      'bluesky',
      'mastodon',
    ]);
  });

  it('leaves out nobody who was named', async () => {
    await expect(schedule({ targets: 'bluesky, all', text: long })).rejects.toThrow('Bluesky takes 300 characters');
  });

  it('is refused where nobody can take it', async () => {
    await expect(schedule({ targets: 'all', text: 'x'.repeat(501) })).rejects.toThrow(/Bluesky takes 300 .* Mastodon takes 500 /);
  });

  it('goes to all who can take it as a thread', async () => {
    const { details, notes } = await schedule({ targets: 'all', text: `${'x'.repeat(250)} ${'y'.repeat(200)}`, thread: true });
    expect([platformsOf(details), notes]).toEqual([['bluesky', 'mastodon'], []]);
  });
});

describe('changing it afterwards', () => {
  const change = (more: object) => changeBeside(room.deps, room.actor, { number: 1, ...more });
  const beside = async () => (await room.find(1)).post.beside;

  it('sets what is named and leaves the rest', async () => {
    await schedule({ options: { mastodon: { title: 'Old' } }, comment: 'First' });
    await change({ thread: true });
    await change({ options: { mastodon: { visibility: 'unlisted' } } });
    expect(await beside()).toEqual({ options: { mastodon: { visibility: 'unlisted' } }, thread: true, comment: 'First' });
    await change({ comment: '' });
    expect((await beside()).comment).toBeNull();
  });

  it('is refused where the post would no longer fit', async () => {
    await schedule({ text: `${'x'.repeat(250)} ${'y'.repeat(200)}`, thread: true });
    await expect(change({ thread: false })).rejects.toThrow('Bluesky takes 300 characters');
    await expect(change({ comment: 'c'.repeat(301) })).rejects.toThrow('the first comment has 301');
    expect(await beside()).toMatchObject({ thread: true, comment: null });
  });

  it('is refused on a network that has the post, and taken on one that has not', async () => {
    await schedule();
    room.clock.forward({ hours: 24 * 6 });
    await room.settle(({ account }) =>
      account.platform === 'bluesky'
        ? settlement.published({ remoteId: 'r', url: 'https://net.example/r' })
        : settlement.failed(new CrierError('rejected', 'Not here.')),
    );
    await expect(change({ comment: 'Too late' })).rejects.toThrow('On Bluesky P1 is out, or may be');
    await change({ options: { mastodon: { title: 'Ours' } } });
    expect((await beside()).options).toEqual({ mastodon: { title: 'Ours' } });
  });
});
