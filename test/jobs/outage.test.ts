// The database goes away at each moment of a publish and comes back: the post is out once, and everything goes on.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PublishContext } from '../../src/core/platform.ts';
import { openDatabase } from '../../src/db/open.ts';
import { keyFrom, makeKeyHex, openVault } from '../../src/db/vault.ts';
import { closeDatabase } from '../support/database.ts';
import { ENTRANCE, openWorkbench, type Workbench } from '../support/workbench.ts';

let bench: Workbench;
let reopen: (() => Promise<void>) | null = null;

beforeEach(async () => {
  bench = await openWorkbench();
});

afterEach(async () => {
  await reopen?.();
  await bench.close();
});

async function cutOff(): Promise<void> {
  ({ reopen } = await closeDatabase(bench.url));
}

async function restore(): Promise<void> {
  await reopen?.();
  reopen = null;
}

const logged = (message: string): boolean => bench.log.lines.some((line) => line.message.includes(message));

describe('connections that end while a transaction begins on them', () => {
  it('are given back, so that the pool does not run dry', async () => {
    const small = await openDatabase(bench.url, { poolSize: 2 });
    const { workspaces } = small.openStore({
      clock: bench.clock,
      vault: openVault({ current: keyFrom(makeKeyHex()), old: [] }),
      log: bench.log,
    });
    for (let outage = 0; outage < 8; outage++) {
      await Promise.allSettled([workspaces.enter(ENTRANCE), workspaces.enter(ENTRANCE)]);
      const ended = bench.database.pool.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
      // some of these begin exactly when their connection ends
      await Promise.allSettled(Array.from({ length: 6 }, () => workspaces.enter(ENTRANCE)));
      await ended;
    }
    // that its connection was ended may reach this process a moment later
    expect((await vi.waitFor(() => workspaces.enter(ENTRANCE))).member.name).toBe('Ann');
    await small.close();
  });
});

describe('an outage of the database', () => {
  it('before anything is claimed publishes nothing, and what was due goes out afterwards', async () => {
    const post = await bench.schedule();
    await cutOff();
    await expect(bench.work()).rejects.toThrow();
    expect(bench.network.posts).toHaveLength(0);
    await restore();
    await bench.work();
    expect((await bench.read(post)).deliveries[0]?.state).toBe('published');
    expect(bench.network.posts).toHaveLength(1);
  });

  it('between the claim and the request keeps the request from leaving', async () => {
    bench.network.next(async (context: PublishContext) => {
      await cutOff();
      await context.beforeSend();
    });
    const post = await bench.schedule();
    await bench.dispatcher.wake();
    await vi.waitFor(() => expect(logged('an outcome could not be written yet')).toBe(true), { timeout: 10_000 });
    expect(bench.network.posts).toHaveLength(0);
    await restore();
    await bench.dispatcher.idle();
    expect((await bench.read(post)).deliveries[0]).toMatchObject({ state: 'retrying', errorKind: 'unavailable' });
    bench.clock.forward({ minutes: 1 });
    await bench.work();
    expect((await bench.read(post)).deliveries[0]?.state).toBe('published');
    expect(bench.network.posts).toHaveLength(1);
  });

  it('after the network has taken the post keeps the outcome until it can be written', async () => {
    bench.network.next(async (context: PublishContext) => {
      await context.beforeSend();
      await cutOff();
    });
    const post = await bench.schedule();
    await bench.dispatcher.wake();
    await vi.waitFor(() => expect(logged('an outcome could not be written yet')).toBe(true), { timeout: 10_000 });
    await restore();
    await bench.dispatcher.idle();
    expect((await bench.read(post)).deliveries[0]).toMatchObject({ state: 'published', remoteId: 'testnet-1' });
    expect(bench.network.posts).toHaveLength(1);
  });

  it('that outlasts the lease lets another worker find the post on the network, and writes nothing twice', async () => {
    bench.network.next(async (context: PublishContext) => {
      await context.beforeSend();
      await cutOff();
    });
    const post = await bench.schedule();
    await bench.dispatcher.wake();
    await vi.waitFor(() => expect(logged('an outcome could not be written yet')).toBe(true), { timeout: 10_000 });
    bench.clock.forward({ minutes: 2 });
    await restore();
    const other = bench.anotherDispatcher();
    await other.wake();
    await Promise.all([other.idle(), bench.dispatcher.idle()]);
    await other.drain(0);
    expect((await bench.read(post)).deliveries[0]).toMatchObject({ state: 'published', remoteId: 'testnet-1' });
    expect(bench.network.posts).toHaveLength(1);
  });
});
