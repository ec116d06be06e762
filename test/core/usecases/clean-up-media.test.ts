// Which copied files go and which stay, on a real database and a real folder.
import { createHash } from 'node:crypto';
import { access, mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Media } from '../../../src/core/media.ts';
import type { MediaStore } from '../../../src/core/ports.ts';
import { parseRecurrence } from '../../../src/core/time/recurrence.ts';
import { cleanUpMedia, type MediaCleanUp } from '../../../src/core/usecases/clean-up-media.ts';
import { slotAt } from '../../../src/core/usecases/slot.ts';
import { openMediaStore } from '../../../src/db/media-store.ts';
import { openWorkbench, type Workbench } from '../../support/workbench.ts';

let bench: Workbench;
let folder: string;
let mediaStore: MediaStore;
beforeEach(async () => {
  bench = await openWorkbench({ accounts: 2 });
  folder = await mkdtemp(join(tmpdir(), 'crier-media-'));
  mediaStore = openMediaStore(folder);
});
afterEach(async () => {
  await bench.close();
  await rm(folder, { recursive: true, force: true });
});

const KEEP_DAYS = 30;
const later = (duration: Temporal.DurationLike): void => bench.clock.forward(duration);
const cleanUp = (): Promise<MediaCleanUp> => cleanUpMedia({ ...bench, mediaStore }, KEEP_DAYS);
const pathOf = (hash: string): string => join(folder, hash.slice(0, 2), hash);
const isThere = (hash: string): Promise<boolean> =>
  access(pathOf(hash)).then(
    () => true,
    () => false,
  );

/** As long ago as the test's clock says. */
async function touch(hash: string): Promise<void> {
  const then = new Date(bench.clock.now().epochMilliseconds);
  await utimes(pathOf(hash), then, then);
}

async function add(words: string): Promise<Media> {
  const bytes = new TextEncoder().encode(words);
  const hash = createHash('sha256').update(bytes).digest('hex');
  await mediaStore.put(hash, bytes);
  await touch(hash);
  const { id: workspaceId } = bench.actor.workspace;
  const known = { mimeType: 'image/png', size: bytes.length, width: 1, height: 1, durationMs: null, altText: '' };
  return bench.store.media.add({ ...known, workspaceId, hash });
}

async function post(file: Media, state: 'scheduled' | 'held' = 'scheduled'): Promise<string> {
  const slot = slotAt(bench.clock.now().toZonedDateTimeISO('Europe/Berlin'));
  const { post: made } = await bench.store.posts.create(bench.actor, {
    text: 'With a picture',
    variants: {},
    mediaIds: [file.id],
    hashtags: [],
    campaign: null,
    slot,
    origin: { chat: 'terminal', channel: 'here', message: null },
    deliveries: bench.accounts.map((account) =>
      state === 'held'
        ? { account, state, holdReason: 'draft', dueAt: null }
        : { account, state, holdReason: null, dueAt: slot.at },
    ),
  });
  return made.id;
}

/** As the queue and people leave deliveries: one state for each account. */
async function end(postId: string, ...states: string[]): Promise<void> {
  const now = bench.clock.now().toString();
  for (const [index, account] of bench.accounts.entries()) {
    const state = states[index] ?? states[0];
    await bench.database.pool.query(
      'update delivery set state = $3, hold_reason = $4, published_at = $5, updated_at = $6 where post_id = $1 and account_id = $2',
      [postId, account.id, state, state === 'held' ? 'cap' : null, state === 'published' ? now : null, now],
    );
  }
}

const NOTHING: MediaCleanUp = { removed: 0, kept: 0, failed: 0 };
const ONE: MediaCleanUp = { ...NOTHING, removed: 1 };

describe('cleaning up media', () => {
  it('deletes a file some weeks after the last post with it was published or canceled, and still tells what it was', async () => {
    const file = await add('a kite');
    await end(await post(file), 'published', 'canceled');
    later({ hours: KEEP_DAYS * 24 });
    expect(await cleanUp()).toEqual(NOTHING);
    later({ minutes: 1 });
    expect(await cleanUp()).toEqual(ONE);
    expect(await isThere(file.hash)).toBe(false);
    expect(await bench.store.media.get([file.id])).toEqual([file]);
    expect(await cleanUp()).toEqual(NOTHING);
  });

  it.each(['scheduled', 'retrying', 'held', 'unconfirmed', 'failed'])('keeps a file while a delivery is %s', async (state) => {
    const file = await add('a kite');
    await end(await post(file), 'published', state);
    later({ hours: 9000 });
    expect(await cleanUp()).toEqual(NOTHING);
    expect(await isThere(file.hash)).toBe(true);
  });

  it('keeps the file of a draft, and deletes one that no post took up for a week', async () => {
    const drafted = await add('a kite');
    await post(drafted, 'held');
    const forgotten = await add('a boat');
    later({ hours: 7 * 24 });
    expect(await cleanUp()).toEqual(NOTHING);
    later({ minutes: 1 });
    expect(await cleanUp()).toEqual(ONE);
    expect([await isThere(drafted.hash), await isThere(forgotten.hash)]).toEqual([true, false]);
  });

  it('keeps bytes that another post still needs', async () => {
    const [over, planned] = [await add('a kite'), await add('a kite')];
    await end(await post(over), 'published');
    const other = await post(planned);
    later({ hours: 9000 });
    expect(await cleanUp()).toEqual(NOTHING);
    await end(other, 'canceled');
    later({ hours: 24 * KEEP_DAYS + 1 });
    expect(await cleanUp()).toEqual(ONE);
  });

  it('keeps what a series goes on to show, until it has ended', async () => {
    const file = await add('a kite');
    const reading = parseRecurrence('every day at 10', { now: bench.clock.now(), timeZone: 'Europe/Berlin' });
    if (reading.kind !== 'recurring') throw new Error(reading.kind);
    const slot = slotAt(reading.first);
    const { post: first } = await bench.store.series.create(bench.actor, reading.rule, {
      text: 'With a picture',
      variants: {},
      mediaIds: [file.id],
      hashtags: [],
      campaign: null,
      slot,
      origin: { chat: 'terminal', channel: 'here', message: null },
      deliveries: bench.accounts.map((account) => ({ account, state: 'scheduled', holdReason: null, dueAt: slot.at })),
    });
    await end(first.id, 'published');
    later({ hours: 9000 });
    expect(await cleanUp()).toEqual(NOTHING);
    await bench.database.pool.query(`update series set state = 'ended'`);
    expect(await cleanUp()).toEqual(ONE);
  });

  it('leaves a file to somebody who schedules the same bytes in that moment', async () => {
    const file = await add('a kite');
    await end(await post(file), 'published');
    later({ hours: 9000 });
    const racing: MediaStore = {
      ...mediaStore,
      remove: async (hash, untouchedSince, isUnneeded) => {
        // put is done, and its row not written yet
        await touch(hash);
        return mediaStore.remove(hash, untouchedSince, isUnneeded);
      },
    };
    expect(await cleanUpMedia({ ...bench, mediaStore: racing }, KEEP_DAYS)).toEqual({ ...NOTHING, kept: 1 });
    expect(await isThere(file.hash)).toBe(true);
  });

  it('leaves a file whose new row came after the list was read', async () => {
    const file = await add('a kite');
    await end(await post(file), 'published');
    later({ hours: 9000 });
    const racing: MediaStore = {
      ...mediaStore,
      remove: async (hash, untouchedSince, isUnneeded) => {
        await bench.store.media.add({ ...file, altText: 'the same kite' });
        return mediaStore.remove(hash, untouchedSince, isUnneeded);
      },
    };
    expect(await cleanUpMedia({ ...bench, mediaStore: racing }, KEEP_DAYS)).toEqual({ ...NOTHING, kept: 1 });
    expect(await isThere(file.hash)).toBe(true);
  });

  it('goes on where one file cannot be deleted, and tries that again the next time', async () => {
    const [stuck, gone] = [await add('a kite'), await add('a boat')];
    later({ hours: 9000 });
    const failing: MediaStore = {
      ...mediaStore,
      remove: (hash, ...more) =>
        hash === stuck.hash ? Promise.reject(new Error('read-only file system')) : mediaStore.remove(hash, ...more),
    };
    expect(await cleanUpMedia({ ...bench, mediaStore: failing }, KEEP_DAYS)).toEqual({ removed: 1, kept: 0, failed: 1 });
    expect(await isThere(gone.hash)).toBe(false);
    expect(bench.log.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', fields: expect.objectContaining({ hash: stuck.hash }) }),
    );
    expect(await cleanUp()).toEqual(ONE);
  });
});
