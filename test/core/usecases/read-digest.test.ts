// What a digest says, from a real database: yesterday's posts, the best with its picture, what waits, what is to come, and one suggestion.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../../src/core/account.ts';
import { UNTOLD } from '../../../src/core/figures.ts';
import { NOTHING_BESIDE, type PostDetails } from '../../../src/core/post.ts';
import type { NewDelivery } from '../../../src/core/post-store.ts';
import { readDigest } from '../../../src/core/usecases/read-digest.ts';
import type { Actor } from '../../../src/core/workspace.ts';
import { closeNewsrooms, FAILED, HERE, type Newsroom, openNewsroom, PUBLISHED, UNCONFIRMED } from './newsroom.ts';

let room: Newsroom;
let accounts: Account[];
beforeEach(async () => {
  room = await openNewsroom();
  accounts = await room.store.accounts.list(room.actor.workspace.id);
});
afterAll(closeNewsrooms);

const DAILY = { period: 'daily', wallTime: '09:00', day: null } as const;
const berlin = (wallTime: string): Temporal.Instant =>
  Temporal.PlainDateTime.from(wallTime).toZonedDateTime('Europe/Berlin').toInstant();

interface Wanted {
  to?: readonly Account[];
  text?: string;
  mediaIds?: string[];
  by?: Actor;
  /** `held` waits for somebody. */
  state?: NewDelivery['state'];
}

/** @param at on the clock of Berlin */
function schedule(
  at: string,
  { to = accounts.slice(0, 1), text = 'Hello', mediaIds = [], by, state = 'scheduled' }: Wanted = {},
) {
  const dueAt = berlin(at);
  const holdReason = state === 'held' ? 'account' : null;
  return room.store.posts.create(by ?? room.actor, {
    ...{ text, variants: {}, beside: NOTHING_BESIDE, mediaIds, hashtags: [], campaign: null, origin: HERE },
    slot: { at: dueAt, wallTime: at, timeZone: 'Europe/Berlin' },
    deliveries: to.map((account) => ({ account, state, holdReason, dueAt })),
  });
}

/** On Monday at nine, unless it is later. */
async function read(moment: { dueAt: Temporal.Instant | null; missed: number } = { dueAt: null, missed: 0 }) {
  const nine = berlin('2026-11-23T09:00');
  if (Temporal.Instant.compare(room.clock.now(), nine) < 0) room.clock.forward(nine.since(room.clock.now()));
  return readDigest(room.deps, room.actor.workspace, DAILY, moment);
}

/** Goes out on Sunday, and is looked at in the evening. */
async function publish(post: Promise<PostDetails>, likes: number | null): Promise<PostDetails> {
  const { post: written } = await post;
  room.clock.forward({ hours: 1 });
  await room.settle(({ delivery }) => ({
    ...PUBLISHED,
    published: { remoteId: `remote-${delivery.id}`, url: 'https://here.example/1' },
  }));
  const details = await room.find(written.number);
  for (const { id, accountId } of details.deliveries)
    await room.store.figures.save(accountId, new Map([[id, { ...UNTOLD, likes }]]), room.clock.now());
  return details;
}

const image = (mimeType: string) =>
  room.store.media.add({
    ...{ workspaceId: room.actor.workspace.id, hash: crypto.randomUUID(), mimeType, size: 9, width: 640, height: 480 },
    ...{ durationMs: mimeType.startsWith('video') ? 1000 : null, altText: 'A red kite' },
  });

describe('a digest', () => {
  it('is of the day before, with its best post and the first image of that', async () => {
    const [video, kite] = [await image('video/mp4'), await image('image/png')];
    await publish(schedule('2026-11-22T10:30', { text: 'Weak' }), 2);
    await publish(schedule('2026-11-22T11:30', { text: 'Strong', mediaIds: [video.id, kite.id] }), 30);
    const { report, top, lateSince, missed } = await read();
    expect(report.period.first.toString()).toBe('2026-11-22');
    expect(report.totals).toMatchObject({ posts: 2, engagement: 32 });
    expect(top).toMatchObject({ result: { text: 'Strong', url: 'https://here.example/1' }, picture: { id: kite.id } });
    expect([lateSince, missed]).toEqual([null, 0]);
  });

  it('has a best post without a picture, and none where no figures are told', async () => {
    const silent = await publish(schedule('2026-11-22T10:30', { text: 'Silent' }), null);
    expect(await read()).toMatchObject({ report: { totals: { posts: 1, engagement: null } }, top: null });
    const [delivery] = silent.deliveries;
    if (!delivery) throw new Error('no delivery');
    const figures = new Map([[delivery.id, { ...UNTOLD, likes: 4 }]]);
    await room.store.figures.save(delivery.accountId, figures, room.clock.now());
    expect((await read()).top).toMatchObject({ result: { text: 'Silent' }, picture: null });
  });

  it('names what failed or waits for somebody, whoever wrote it, and counts the rest', async () => {
    const bob = await room.enter({ userId: 'bob', userName: 'Bob' });
    await schedule('2026-11-22T10:30', { text: 'Failed' });
    await schedule('2026-11-22T10:30', { text: 'Unsure', by: bob });
    await schedule('2026-11-23T15:00', { text: 'Held', state: 'held' });
    await schedule('2026-11-23T16:00', { text: 'Fine' });
    room.clock.forward({ hours: 1 });
    await room.settle(({ post }) => (post.text === 'Failed' ? FAILED : UNCONFIRMED));
    const { waiting, planned } = await read();
    expect(waiting.total).toBe(3);
    expect(waiting.posts.map(({ post }) => post.text).sort()).toEqual(['Failed', 'Held', 'Unsure']);
    expect(planned.posts.map(({ post }) => post.text)).toEqual(['Fine']);
    for (let n = 0; n < 4; n += 1) await schedule('2026-11-24T15:00', { state: 'held' });
    expect((await read()).waiting).toMatchObject({ total: 7, posts: { length: 5 } });
  });

  it('says what is still to go out on the day it is told, by time, and to whom', async () => {
    await schedule('2026-11-23T08:00', { text: 'Over' });
    await schedule('2026-11-23T23:59', { text: 'Late' });
    await schedule('2026-11-23T12:00', { text: 'Noon', to: accounts });
    await schedule('2026-11-24T00:00', { text: 'Tomorrow' });
    const { post, deliveries } = await room.find(3);
    await room.store.posts.change(room.actor, post.number, 'canceled', (details) => {
      for (const each of details.deliveries) if (each.platform === 'mastodon') each.state = 'canceled';
    });
    const { planned } = await read();
    expect(planned.total).toBe(2);
    const left = deliveries.filter(({ platform }) => platform !== 'mastodon').map(({ id }) => id);
    expect(planned.posts.map((each) => each.post.text)).toEqual(['Noon', 'Late']);
    expect(planned.posts[0]?.deliveries.map(({ id }) => id)).toEqual(left);
  });

  it('counts all that is planned, however much that is', async () => {
    for (let n = 0; n < 101; n += 1) await schedule('2026-11-23T12:00', { text: `No. ${n}` });
    expect((await read()).planned).toMatchObject({ total: 101, posts: { length: 101 } });
  });

  it('suggests to plan something where nothing is, and an account that waits before that', async () => {
    expect((await read()).suggestion).toEqual({ kind: 'nothing-planned', days: 3 });
    room.clock.forward({ hours: 24 * 8 });
    expect((await read()).suggestion).toMatchObject({ kind: 'unused', lastOutAt: null });
    await schedule('2026-12-24T12:00', { to: accounts });
    expect((await read()).suggestion).toEqual({ kind: 'nothing-planned', days: 3 });
  });

  it('told days later is of the day before it was due, and says since when it waited', async () => {
    room.clock.forward(berlin('2026-11-26T08:00').since(room.clock.now()));
    const dueAt = berlin('2026-11-25T09:00');
    const { report, lateSince, missed } = await read({ dueAt, missed: 2 });
    expect(report.period.first.toString()).toBe('2026-11-24');
    expect([lateSince, missed]).toEqual([dueAt, 2]);
  });
});
