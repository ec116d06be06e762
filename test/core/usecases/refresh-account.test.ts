// Logins are refreshed ahead of their end, by one process at a time, and only the network's own word ends one.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CrierError } from '../../../src/core/errors.ts';
import { isDue, refreshAccount, refreshDue } from '../../../src/core/usecases/refresh-account.ts';
import { type LoginBench, openLoginBench } from '../../support/login-bench.ts';

let bench: LoginBench;
beforeEach(async () => {
  bench = await openLoginBench();
});
afterEach(() => bench.close());

const fails = (kind: CrierError['kind'], retryAfterMs?: number) => () => {
  throw new CrierError(kind, `The network said ${kind}.`, retryAfterMs === undefined ? {} : { retryAfterMs });
};
const run = () => refreshDue(bench.deps);
const refreshAt = async () => (await bench.store.logins.read(bench.account.id)).refreshAt;

describe('a login that can be refreshed', () => {
  it('is left alone before its time', async () => {
    bench.clock.forward({ minutes: 100 });
    expect(await run()).toEqual({ refreshed: 0, failed: 0, dead: 0 });
    expect(bench.refreshedWith).toEqual([]);
  });

  it('is refreshed when its time has come, and again when the next one has', async () => {
    bench.clock.forward({ hours: 2 });
    expect(await run()).toEqual({ refreshed: 1, failed: 0, dead: 0 });
    expect(await run()).toEqual({ refreshed: 0, failed: 0, dead: 0 });
    bench.clock.forward({ hours: 2 });
    await run();
    expect(bench.refreshedWith).toEqual(['t1', 't1+']);
    expect(await bench.token()).toBe('t1++');
  });

  it('is due at most a tenth earlier than the network wants', async () => {
    const minutes = (await refreshAt())?.since(bench.clock.now()).total('minutes') ?? 0;
    expect(minutes).toBeGreaterThan(108);
    expect(minutes).toBeLessThanOrEqual(120);
  });

  it('is refreshed once, however many processes ask at the same time', async () => {
    bench.clock.forward({ hours: 2 });
    const release = Promise.withResolvers<void>();
    bench.nextRefresh(() => release.promise);
    let over = 0;
    const all = Array.from({ length: 5 }, async () => {
      const { kind } = await refreshAccount(bench.deps, bench.account.id, (login) => isDue(login, bench.clock.now()));
      over += 1;
      return kind;
    });
    await vi.waitFor(() => expect(over).toBe(4));
    release.resolve();
    expect((await Promise.all(all)).sort()).toEqual(['busy', 'busy', 'busy', 'busy', 'refreshed']);
    expect(bench.refreshedWith).toEqual(['t1']);
  });

  it('is taken over from a process that died, once its turn has run out, and not before', async () => {
    bench.clock.forward({ hours: 2 });
    await bench.store.logins.takeTurn(bench.account.id, 60_000);
    bench.clock.forward({ seconds: 59 });
    expect(await run()).toMatchObject({ refreshed: 0 });
    bench.clock.forward({ seconds: 1 });
    expect(await run()).toMatchObject({ refreshed: 1 });
  });

  it('is not overwritten by a process whose turn has run out meanwhile', async () => {
    bench.clock.forward({ hours: 2 });
    let kept: string | undefined;
    bench.nextRefresh(async () => {
      bench.clock.forward({ minutes: 10 });
      await run();
      kept = (await refreshAt())?.toString();
      bench.clock.forward({ minutes: 10 });
    });
    await run();
    expect(bench.refreshedWith).toEqual(['t1', 't1']);
    expect((await refreshAt())?.toString()).toBe(kept);
  });

  it('is stored once the database takes it, where it does not at first: the network takes the old one no more', async () => {
    bench.clock.forward({ hours: 2 });
    const { store } = bench;
    let failures = 2;
    const keep: typeof store.logins.keep = async (turn, refreshed) => {
      failures -= 1;
      if (failures >= 0) throw new Error('the database is away');
      return store.logins.keep(turn, refreshed);
    };
    const faulty = { ...store, logins: { ...store.logins, keep } };
    expect(await refreshDue({ ...bench.deps, store: faulty })).toMatchObject({ refreshed: 1 });
    expect(bench.refreshedWith).toEqual(['t1']);
    expect(await bench.token()).toBe('t1+');
  });

  it('keeps what a person connected while it was refreshed', async () => {
    bench.clock.forward({ hours: 2 });
    bench.nextRefresh(async () => void (await bench.login({ token: 'new' })));
    await run();
    expect(await bench.token()).toBe('new');
    expect(await refreshAt()).toBeNull();
  });

  it('is not refreshed any more once it is disconnected', async () => {
    await bench.store.accounts.disconnect(bench.account.id, 'disconnected by Ann', bench.actor);
    bench.clock.forward({ hours: 3 });
    await run();
    expect(bench.refreshedWith).toEqual([]);
  });
});

describe('a refresh that fails', () => {
  it.each(['unavailable', 'outcome-unknown', 'rate-limited', 'rejected', 'auth-expired', 'invalid-input'] as const)(
    'for a passing reason keeps the account as it is: %s',
    async (kind) => {
      bench.clock.forward({ hours: 2 });
      bench.nextRefresh(fails(kind));
      expect(await run()).toEqual({ refreshed: 0, failed: 1, dead: 0 });
      expect(await bench.readAccount()).toMatchObject({ state: 'connected', stateReason: null });
      expect(await bench.token()).toBe('t1');
      expect(await bench.tell()).toEqual([]);
    },
  );

  it('is tried again after 1, 5, 15 and then 60 minutes, and anew after a success', async () => {
    bench.clock.forward({ hours: 2 });
    const waits = [1, 5, 15, 60, 60];
    for (const minutes of waits) {
      bench.nextRefresh(fails('unavailable'));
      await run();
      expect((await refreshAt())?.since(bench.clock.now()).total('minutes')).toBe(minutes);
      bench.clock.forward({ minutes });
    }
    await run();
    expect(await bench.token()).toBe('t1+');
    bench.clock.forward({ hours: 2 });
    bench.nextRefresh(fails('unavailable'));
    await run();
    expect((await refreshAt())?.since(bench.clock.now()).total('minutes')).toBe(1);
  });

  it('waits as long as the network says', async () => {
    bench.clock.forward({ hours: 2 });
    bench.nextRefresh(fails('rate-limited', 900_000));
    await run();
    expect((await refreshAt())?.since(bench.clock.now()).total('minutes')).toBe(15);
  });

  it('is in the log, without the token', async () => {
    await bench.login({ token: 'open-sesame', refreshIn: { hours: 2 } });
    bench.clock.forward({ hours: 2 });
    bench.nextRefresh(fails('unavailable'));
    await run();
    await run();
    const lines = bench.log.lines.filter(({ level }) => level === 'warn');
    expect(lines).toMatchObject([{ fields: { accountId: bench.account.id, platform: 'testnet', kind: 'unavailable' } }]);
    expect(JSON.stringify(bench.log.lines)).not.toContain('open-sesame');
  });

  it('by the network’s own word disconnects the account, with that word', async () => {
    bench.clock.forward({ hours: 2 });
    bench.nextRefresh(fails('auth-revoked'));
    expect(await run()).toEqual({ refreshed: 0, failed: 0, dead: 1 });
    expect(await bench.readAccount()).toMatchObject({ state: 'disconnected', stateReason: 'The network said auth-revoked.' });
    await expect(bench.token()).rejects.toMatchObject({ kind: 'auth-revoked' });
    bench.clock.forward({ hours: 2 });
    expect(await run()).toEqual({ refreshed: 0, failed: 0, dead: 0 });
  });

  it('by the network’s own word leaves alone what was connected meanwhile', async () => {
    bench.clock.forward({ hours: 2 });
    bench.nextRefresh(async () => {
      await bench.login({ token: 'new' });
      fails('auth-revoked')();
    });
    await run();
    expect(await bench.readAccount()).toMatchObject({ state: 'connected' });
    expect(await bench.token()).toBe('new');
    expect(await bench.tell()).toEqual([]);
  });
});
