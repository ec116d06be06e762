// Disks without room: the database's while something is scheduled and while an outcome is written, and the one for images. (The log's is
// in test/log.test.ts.)
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StoreFailure } from '../../src/core/errors.ts';
import type { PublishContext } from '../../src/core/platform.ts';
import { sayingFullDisk } from '../../src/db/failures.ts';
import { type Desk, openDesk, wordsOf } from '../bots/commands/desk.ts';
import { closeNewsrooms } from '../core/usecases/newsroom.ts';
import { runSql } from '../support/database.ts';
import { fillDisk } from '../support/full-disk.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

afterAll(closeNewsrooms);

describe('scheduling on a full disk', () => {
  let desk: Desk;
  let url: string;

  beforeEach(async () => {
    desk = await openDesk();
    url = String(desk.database.orm.config.get('clientUrl'));
  });

  const rows = async (): Promise<unknown> =>
    (await runSql(url, 'select (select count(*) from post) as posts, (select count(*) from delivery) as deliveries'))[0];

  it.each(['delivery', 'post', 'audit_event'])(
    '%s: says so kindly, leaves nothing half done, and works once there is room',
    async (table) => {
      const before = await rows();
      const makeRoom = await fillDisk(url, [table]);
      try {
        const { reply, refused, bug } = await desk.say('/schedule tomorrow 9am to bluesky, mastodon: Hello');
        expect({ refused, bug, tone: reply.tone }).toEqual({ refused: false, bug: true, tone: 'bad' });
        expect(wordsOf(reply)).toMatch(
          /^The disk of Crier’s database is full, so this could not be saved\. .* reference [0-9a-f]{8}\.$/,
        );
        expect(wordsOf(reply)).not.toMatch(/base\/|errcode|trigger/);
        expect(await rows()).toEqual(before);
        expect(desk.wakes).toEqual([]);
      } finally {
        await makeRoom();
      }
      expect(wordsOf((await desk.say('/schedule tomorrow 9am to bluesky, mastodon: Hello')).reply)).toContain('scheduled');
    },
  );

  it('answers what only reads as ever', async () => {
    await desk.say('/schedule tomorrow 9am to bluesky: Hello');
    const makeRoom = await fillDisk(url, ['post', 'delivery']);
    const { reply, bug } = await desk.say('/posts');
    await makeRoom();
    expect({ bug, says: wordsOf(reply).includes('Hello') }).toEqual({ bug: false, says: true });
  });
});

describe('publishing on a full disk', () => {
  let bench: Workbench;
  let makeRoom: (() => Promise<void>) | null = null;

  beforeEach(async () => {
    bench = await openWorkbench();
  });

  afterEach(async () => {
    await makeRoom?.();
    makeRoom = null;
    await bench.close();
  });

  const fill = async (): Promise<void> => {
    makeRoom = await fillDisk(bench.url, ['delivery', 'attempt']);
  };
  const isWaiting = (): Promise<void> =>
    vi.waitFor(() => expect(bench.log.lines.map(({ message }) => message)).toContain('an outcome could not be written yet'), {
      timeout: 10_000,
    });

  it('before the claim publishes nothing, and goes on once there is room', async () => {
    const post = await bench.schedule();
    await fill();
    await expect(bench.work()).rejects.toThrow(StoreFailure);
    expect(bench.network.posts).toHaveLength(0);
    await makeRoom?.();
    await bench.work();
    expect((await bench.read(post)).deliveries[0]?.state).toBe('published');
    expect(bench.network.posts).toHaveLength(1);
  });

  it('before the request keeps the request from leaving', async () => {
    bench.network.next(async (context: PublishContext) => {
      await fill();
      await context.beforeSend();
    });
    const post = await bench.schedule();
    await bench.dispatcher.wake();
    await isWaiting();
    expect(bench.network.posts).toHaveLength(0);
    await makeRoom?.();
    await bench.dispatcher.idle();
    expect((await bench.read(post)).deliveries[0]).toMatchObject({ state: 'retrying', errorKind: 'unavailable' });
    bench.clock.forward({ minutes: 1 });
    await bench.work();
    expect((await bench.read(post)).deliveries[0]?.state).toBe('published');
    expect(bench.network.posts).toHaveLength(1);
  });

  it('after the network took the post keeps the outcome until there is room for it', async () => {
    bench.network.next(async (context: PublishContext) => {
      await context.beforeSend();
      await fill();
    });
    const post = await bench.schedule();
    await bench.dispatcher.wake();
    await isWaiting();
    await makeRoom?.();
    await bench.dispatcher.idle();
    expect((await bench.read(post)).deliveries[0]).toMatchObject({ state: 'published', remoteId: 'testnet-1' });
    expect(bench.network.posts).toHaveLength(1);
  });

  it('for longer than the lease: whoever takes over once there is room asks the network and posts nothing again', async () => {
    bench.network.next(async (context: PublishContext) => {
      await context.beforeSend();
      await fill();
    });
    const post = await bench.schedule();
    await bench.dispatcher.wake();
    await isWaiting();
    bench.clock.forward({ minutes: 2 });
    await makeRoom?.();
    const other = bench.anotherDispatcher();
    await other.wake();
    await Promise.all([other.idle(), bench.dispatcher.idle()]);
    await other.drain(0);
    expect((await bench.read(post)).deliveries[0]).toMatchObject({ state: 'published', remoteId: 'testnet-1' });
    expect(bench.network.posts).toHaveLength(1);
  });
});

describe('an image on a full disk', () => {
  // a device that is always full; not every system has it
  it.runIf(existsSync('/dev/full'))('is said to be one that could not be kept, and why', async () => {
    const failure = await sayingFullDisk(writeFile('/dev/full', 'a picture')).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StoreFailure);
    expect(failure).toMatchObject({ userMessage: expect.stringMatching(/images is full, so this one could not be kept/) });
  });

  it('is not mistaken for one that cannot be written for another reason', async () => {
    await expect(sayingFullDisk(writeFile(import.meta.dirname, ''))).rejects.toMatchObject({ code: 'EISDIR' });
  });
});
