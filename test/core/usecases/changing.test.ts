import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { postState } from '../../../src/core/post.ts';
import { cancelPost } from '../../../src/core/usecases/cancel-post.ts';
import { confirmDelivery } from '../../../src/core/usecases/confirm-delivery.ts';
import { draftPost } from '../../../src/core/usecases/draft-post.ts';
import { editPost } from '../../../src/core/usecases/edit-post.ts';
import { movePost } from '../../../src/core/usecases/move-post.ts';
import { publishNow } from '../../../src/core/usecases/publish-now.ts';
import { retryPost } from '../../../src/core/usecases/retry-post.ts';
import { schedulePost } from '../../../src/core/usecases/schedule-post.ts';
import { varyPost } from '../../../src/core/usecases/vary-post.ts';
import { closeNewsrooms, FAILED, HERE, type Newsroom, openNewsroom, PUBLISHED, UNCONFIRMED } from './newsroom.ts';

const FRIDAY = Temporal.ZonedDateTime.from('2026-11-27T09:00[Europe/Berlin]');
const LATER = FRIDAY.add({ hours: 2 });

let room: Newsroom;
beforeEach(async () => {
  room = await openNewsroom();
});
afterAll(closeNewsrooms);

const request = (more: object = {}) => ({
  text: 'Hello #kites',
  targets: 'bluesky, @crier',
  media: [],
  campaign: null,
  origin: HERE,
  ...more,
});

async function scheduled(more: object = {}) {
  return schedulePost(room.deps, room.actor, { ...request(more), at: FRIDAY }).then(({ details }) => details);
}

/** Scheduled, come due, and answered by each network. */
async function settled(answers: Record<string, Parameters<Newsroom['settle']>[0]>) {
  await scheduled();
  room.clock.forward({ hours: 24 * 6 });
  await room.settle((claim) => answers[claim.account.platform]?.(claim) ?? null);
}

const states = async (): Promise<Record<string, string>> =>
  Object.fromEntries((await room.find(1)).deliveries.map(({ platform, state }) => [platform, state]));

async function refusal(work: () => Promise<unknown>): Promise<string> {
  const before = await room.everything();
  const error = await work().then(
    () => new Error('nothing was refused'),
    (reason: unknown) => reason,
  );
  expect(await room.everything()).toBe(before);
  return error instanceof Error ? error.message : String(error);
}

describe('a scheduled post', () => {
  it('keeps the instant, the wall time and the zone, and asks to be woken then', async () => {
    const { post, deliveries } = await scheduled();
    expect(post).toMatchObject({ number: 1, text: 'Hello #kites', hashtags: ['kites'], origin: HERE });
    expect(post.slot).toEqual({ at: FRIDAY.toInstant(), wallTime: '2026-11-27T09:00:00', timeZone: 'Europe/Berlin' });
    expect(deliveries.map(({ state, dueAt }) => [state, `${dueAt}`])).toEqual([
      ['scheduled', '2026-11-27T08:00:00Z'],
      ['scheduled', '2026-11-27T08:00:00Z'],
    ]);
    expect(room.wakes.map(String)).toEqual(['2026-11-27T08:00:00Z']);
  });

  it('keeps a copy of its images as they are now', async () => {
    const { media } = await scheduled({ media: [{ url: 'https://img.example/500.png', altText: 'A kite' }] });
    expect(media).toMatchObject([{ size: 500, mimeType: 'image/png', width: 640, height: 480, altText: 'A kite' }]);
    expect(room.files.get(media[0]?.hash ?? '')).toHaveLength(500);
  });

  it('spells its campaign as the campaign was first spelled', async () => {
    await scheduled({ campaign: 'Launch' });
    expect((await scheduled({ campaign: 'launch' })).post.campaign).toBe('Launch');
  });

  it.each<[string, object, string]>([
    ['without a text', { text: '  ' }, 'There is no text to post'],
    ['too long for one of its networks', { text: 'x'.repeat(301) }, 'Bluesky takes 300 characters and this text has 301'],
    ['to a network that is not there', { targets: 'blusky' }, 'Did you mean bluesky?'],
    [
      'with an image that is none',
      { media: [{ url: 'https://img.example/x', altText: '' }] },
      'https://img.example/x is not an image.',
    ],
    [
      'with an image of a type that is not taken',
      { media: [{ url: 'https://img.example/500.gif', altText: '' }] },
      'this image is GIF',
    ],
    ['in the past', { at: FRIDAY.subtract({ days: 30 }) }, 'That time has gone by'],
    ['with a zero character', { text: 'a\u0000b' }, 'invisible zero character'],
  ])('is refused %s, and nothing is written', async (_, more, sentence) => {
    expect(await refusal(() => schedulePost(room.deps, room.actor, { ...request(), at: FRIDAY, ...more }))).toContain(sentence);
    expect(room.files.size).toBe(0);
    expect(room.wakes).toEqual([]);
  });

  it('takes an author, and no viewer', async () => {
    const viewer = await room.enter({ userId: 'vic', role: 'viewer' });
    const work = () => schedulePost(room.deps, viewer, { ...request(), at: FRIDAY });
    expect(await refusal(work)).toContain('Your role here is viewer');
  });

  it('moves, and is woken at the new time', async () => {
    await scheduled();
    const { details } = await movePost(room.deps, room.actor, { number: 1, at: LATER });
    expect(`${details.post.slot?.at}`).toBe('2026-11-27T10:00:00Z');
    expect(details.deliveries.map(({ dueAt }) => `${dueAt}`)).toEqual(['2026-11-27T10:00:00Z', '2026-11-27T10:00:00Z']);
    expect(`${room.wakes.at(-1)}`).toBe('2026-11-27T10:00:00Z');
  });

  it('goes out now instead', async () => {
    await scheduled();
    const { details } = await publishNow(room.deps, room.actor, 1);
    expect(details.deliveries.map(({ state, dueAt }) => [state, `${dueAt}`])).toContainEqual([
      'scheduled',
      '2026-11-22T09:00:00Z',
    ]);
    expect(details.post.slot?.wallTime).toBe('2026-11-22T10:00:00');
  });

  it('is canceled, once', async () => {
    await scheduled();
    await cancelPost(room.deps, room.actor, 1);
    expect(await states()).toEqual({ bluesky: 'canceled', mastodon: 'canceled' });
    expect(await refusal(() => cancelPost(room.deps, room.actor, 1))).toBe('P1 is canceled. Schedule it anew with /schedule.');
    expect(await refusal(() => movePost(room.deps, room.actor, { number: 1, at: LATER }))).toContain('P1 is canceled');
  });

  it('is edited, and its hashtags are those of the new text', async () => {
    await scheduled();
    const { details } = await editPost(room.deps, room.actor, { number: 1, text: 'Now with #bows' });
    expect(details.post).toMatchObject({ text: 'Now with #bows', hashtags: ['bows'], variants: {} });
  });

  it('gives one network its own text, which a later edit leaves alone and says so', async () => {
    await scheduled();
    await varyPost(room.deps, room.actor, { number: 1, platform: 'bsky', text: 'Blue' });
    const { details, notes } = await editPost(room.deps, room.actor, { number: 1, text: 'x'.repeat(400) });
    expect(details.post.variants).toEqual({ bluesky: 'Blue' });
    expect(notes).toEqual(['Bluesky keeps its own text; change it with /post P1 variant bluesky: TEXT.']);
  });

  it.each<[string, (number: number) => Promise<unknown>, string]>([
    [
      'an edit too long for it',
      (number) => editPost(room.deps, room.actor, { number, text: 'x'.repeat(301) }),
      'shorten it by 1',
    ],
    ['an empty edit', (number) => editPost(room.deps, room.actor, { number, text: ' ' }), 'There is no text'],
    [
      'a variant too long',
      (number) => varyPost(room.deps, room.actor, { number, platform: 'bluesky', text: 'x'.repeat(301) }),
      'shorten it by 1',
    ],
    [
      'a variant for another network',
      (number) => varyPost(room.deps, room.actor, { number, platform: 'blusky', text: 'x' }),
      'Did you mean bluesky?',
    ],
    [
      'a move to the past',
      (number) => movePost(room.deps, room.actor, { number, at: FRIDAY.subtract({ days: 9 }) }),
      'has gone by',
    ],
    ['a retry of what has not failed', (number) => retryPost(room.deps, room.actor, number), 'Nothing of P1 has failed'],
  ])('refuses %s, and stays as it was', async (_, work, sentence) => {
    await scheduled();
    expect(await refusal(() => work(1))).toContain(sentence);
  });

  it('of another workspace looks exactly like one that is not there', async () => {
    await scheduled();
    const stranger = await room.enter({ teamId: 'other-team' });
    const deeds = [
      (number: number) => movePost(room.deps, stranger, { number, at: LATER }),
      (number: number) => editPost(room.deps, stranger, { number, text: 'Mine' }),
      (number: number) => varyPost(room.deps, stranger, { number, platform: 'bluesky', text: 'Mine' }),
      (number: number) => cancelPost(room.deps, stranger, number),
      (number: number) => publishNow(room.deps, stranger, number),
      (number: number) => retryPost(room.deps, stranger, number),
    ];
    for (const deed of deeds) {
      expect(await refusal(() => deed(1))).toBe('There is no post P1 here. /posts lists the posts there are.');
      expect(await refusal(() => deed(999))).toBe('There is no post P999 here. /posts lists the posts there are.');
    }
  });
});

describe('a draft', () => {
  it('has no time, may be too long, and is scheduled by being moved once it fits', async () => {
    const { post, deliveries } = await draftPost(room.deps, room.actor, request({ text: 'x'.repeat(301) }));
    expect(postState(post, deliveries)).toBe('draft');
    expect(await refusal(() => movePost(room.deps, room.actor, { number: 1, at: FRIDAY }))).toContain('shorten it by 1');
    await editPost(room.deps, room.actor, { number: 1, text: 'Short' });
    const { details } = await movePost(room.deps, room.actor, { number: 1, at: FRIDAY });
    expect(postState(details.post, details.deliveries)).toBe('scheduled');
  });

  it('is canceled like any other', async () => {
    await draftPost(room.deps, room.actor, request());
    const { details } = await cancelPost(room.deps, room.actor, 1);
    expect(postState(details.post, details.deliveries)).toBe('canceled');
  });
});

describe('a post that is going out right now', () => {
  it.each<[string, (number: number) => Promise<unknown>]>([
    ['edited', (number) => editPost(room.deps, room.actor, { number, text: 'Other' })],
    ['changed', (number) => varyPost(room.deps, room.actor, { number, platform: 'bluesky', text: 'Other' })],
    ['moved', (number) => movePost(room.deps, room.actor, { number, at: LATER.add({ days: 9 }) })],
    ['canceled', (number) => cancelPost(room.deps, room.actor, number)],
    ['published anew', (number) => publishNow(room.deps, room.actor, number)],
  ])('cannot be %s', async (done, work) => {
    await settled({});
    expect(await refusal(() => work(1))).toBe(
      `P1 is going out right now, so it cannot be ${done}. Its result is told in a moment.`,
    );
  });
});

describe('a post that is out on one network', () => {
  beforeEach(() => settled({ bluesky: () => PUBLISHED, mastodon: () => FAILED }));

  it('moves where it is not out, and says what stays', async () => {
    const { notes } = await movePost(room.deps, room.actor, { number: 1, at: LATER.add({ days: 9 }) });
    expect(await states()).toEqual({ bluesky: 'published', mastodon: 'scheduled' });
    expect(notes).toEqual(['Bluesky (@team.bsky.social) is already out and stays as it is.']);
  });

  it('is edited where it is not out, and goes on showing what went out', async () => {
    const { details, notes } = await editPost(room.deps, room.actor, { number: 1, text: 'Shorter' });
    expect(details.post).toMatchObject({ text: 'Shorter', variants: { bluesky: 'Hello #kites' } });
    expect(notes).toEqual(['Bluesky keeps the earlier text: it is out there.']);
  });

  it('is canceled where it is not out', async () => {
    await cancelPost(room.deps, room.actor, 1);
    expect(await states()).toEqual({ bluesky: 'published', mastodon: 'canceled' });
  });

  it('is retried where it failed, with its tries counted anew', async () => {
    const { details } = await retryPost(room.deps, room.actor, 1);
    expect(await states()).toEqual({ bluesky: 'published', mastodon: 'scheduled' });
    expect(details.deliveries.find(({ platform }) => platform === 'mastodon')).toMatchObject({ tries: 0, errorMessage: null });
    expect(`${room.wakes.at(-1)}`).toBe(`${room.clock.now()}`);
  });

  it('gives no network that has it another text', async () => {
    const work = () => varyPost(room.deps, room.actor, { number: 1, platform: 'bluesky', text: 'Other' });
    expect(await refusal(work)).toContain('On Bluesky P1 is settled');
  });

  it('is not retried on an account that has lost its login', async () => {
    const { deliveries } = await room.find(1);
    const failed = deliveries.find(({ state }) => state === 'failed');
    await room.store.accounts.disconnect(failed?.accountId ?? '', 'The access was taken back.', null);
    expect(await refusal(() => retryPost(room.deps, room.actor, 1))).toBe(
      'Mastodon (@crier@chaos.social) is disconnected. Connect it first with /connect mastodon.',
    );
  });
});

describe('a delivery that nobody could confirm', () => {
  beforeEach(() => settled({ bluesky: () => UNCONFIRMED, mastodon: () => PUBLISHED }));

  const answer = async (said: 'went-out' | 'post-again') => {
    const delivery = (await room.find(1)).deliveries.find(({ platform }) => platform === 'bluesky');
    return confirmDelivery(room.deps, room.actor, { number: 1, deliveryId: delivery?.id ?? '', answer: said });
  };

  it('is published once a person says it went out', async () => {
    await answer('went-out');
    expect(await states()).toEqual({ bluesky: 'published', mastodon: 'published' });
  });

  it('is due again once a person says so', async () => {
    await answer('post-again');
    expect(await states()).toEqual({ bluesky: 'scheduled', mastodon: 'published' });
    expect(`${room.wakes.at(-1)}`).toBe(`${room.clock.now()}`);
  });

  it('takes one answer only', async () => {
    await answer('went-out');
    expect(await refusal(() => answer('post-again'))).toBe(
      'Bluesky (@team.bsky.social) no longer waits for an answer: it is published.',
    );
  });

  it('is neither moved nor edited before it is answered', async () => {
    expect(await refusal(() => editPost(room.deps, room.actor, { number: 1, text: 'Other' }))).toContain(
      'Say first whether it went out: /post P1.',
    );
  });
});
