// What happens to a login is told to whoever connected it: once, in their chat, and not lost where that is away.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LoginBench, openLoginBench } from '../../support/login-bench.ts';
import { ENTRANCE } from '../../support/workbench.ts';

let bench: LoginBench;
beforeEach(async () => {
  bench = await openLoginBench();
});
afterEach(() => bench.close());

const dies = () => bench.store.accounts.disconnect(bench.account.id, 'The network took it back.', null);
const bob = () => bench.store.workspaces.enter({ ...ENTRANCE, userId: 'bob', userName: 'Bob' });
const closed = { tell: () => Promise.reject(new Error('the chat is closed')) };
const sql = (text: string) => bench.database.pool.query(text);

describe('a login that died', () => {
  it('is told once, to whoever connected the account last, with the network’s word', async () => {
    await bench.login({ by: await bob() });
    await dies();
    const told = await bench.tell();
    expect(told).toMatchObject([
      {
        to: 'bob',
        notice: { kind: 'login-dead', sentence: 'The network took it back.', days: null, account: { state: 'disconnected' } },
      },
    ]);
    expect(await bench.tell()).toEqual([]);
  });

  it('is told once, however often and by whomever it is found dead', async () => {
    await Promise.all([dies(), dies(), dies()]);
    expect(await bench.tell()).toHaveLength(1);
    await dies();
    expect(await bench.tell()).toEqual([]);
  });

  it('is told by one of several processes', async () => {
    await dies();
    expect((await Promise.all([bench.tell(), bench.tell(), bench.tell()])).flat()).toHaveLength(1);
  });

  it('is told later where the chat is closed, and not in between', async () => {
    await dies();
    await bench.tell(closed);
    expect(await bench.tell()).toEqual([]);
    bench.clock.forward({ minutes: 1 });
    expect(await bench.tell()).toHaveLength(1);
  });

  it('is tried ever less often where nobody can be told, at least once an hour', async () => {
    await dies();
    let tries = 0;
    const counting = {
      tell: async () => {
        tries += 1;
        throw new Error('no direct messages');
      },
    };
    for (let minute = 0; minute < 600; minute += 1) {
      await bench.tell(counting);
      bench.clock.forward({ minutes: 1 });
    }
    expect(tries).toBeGreaterThanOrEqual(10);
    expect(tries).toBeLessThan(20);
    bench.clock.forward({ hours: 1 });
    expect(await bench.tell()).toHaveLength(1);
  }, 30_000);

  it('waits for a process that is in its chat', async () => {
    await dies();
    expect(await bench.tell({ name: 'slack' })).toEqual([]);
    expect(await bench.tell()).toHaveLength(1);
  });

  it('is not told any more once the account is connected again', async () => {
    await dies();
    await bench.login();
    expect(await bench.tell()).toEqual([]);
  });

  it('is not told to a team that Crier was removed from, until it is back', async () => {
    await dies();
    await bench.store.workspaces.setPresent('terminal', ENTRANCE.teamId, false);
    expect(await bench.tell()).toEqual([]);
    await bench.store.workspaces.setPresent('terminal', ENTRANCE.teamId, true);
    expect(await bench.tell()).toHaveLength(1);
  });

  it('by a person’s own word is told to nobody', async () => {
    await bench.store.accounts.disconnect(bench.account.id, 'disconnected by Ann', bench.actor);
    expect(await bench.tell()).toEqual([]);
  });

  it('is told to the author of its newest post where nobody knows who connected it', async () => {
    await sql('update account set connected_by = null');
    await bench.schedule();
    await dies();
    expect(await bench.tell()).toMatchObject([{ to: 'ann' }]);
  });

  it('is in the log where there is nobody at all, and waits no longer', async () => {
    await sql('update account set connected_by = null');
    await dies();
    expect(await bench.tell()).toEqual([]);
    bench.clock.forward({ hours: 2 });
    await bench.tell();
    const said = bench.log.lines.filter(({ message }) => message === 'nobody is known who could be told of a login');
    expect(said).toMatchObject([{ fields: { sentence: 'The network took it back.' } }]);
  });
});

describe('a login that nobody but a person can renew', () => {
  const days = async () => {
    await bench.store.notices.warnOfEnds(bench.clock.now());
    return (await bench.tell()).map(({ notice }) => notice.days);
  };

  it('is warned of 7 days and 1 day before it ends, once each', async () => {
    await bench.login({ expiresIn: { hours: 24 * 60 } });
    expect(await days()).toEqual([]);
    bench.clock.forward({ hours: 24 * 53 - 1 });
    expect(await days()).toEqual([]);
    bench.clock.forward({ hours: 1 });
    expect(await days()).toEqual([7]);
    bench.clock.forward({ hours: 24 });
    expect(await days()).toEqual([]);
    bench.clock.forward({ hours: 24 * 5 });
    expect(await days()).toEqual([1]);
    bench.clock.forward({ hours: 23 });
    expect(await days()).toEqual([]);
    bench.clock.forward({ hours: 2 });
    expect(await days()).toEqual([]);
  });

  it('is warned of once by several processes', async () => {
    await bench.login({ expiresIn: { hours: 24 * 8 } });
    bench.clock.forward({ hours: 24 });
    const now = bench.clock.now();
    await Promise.all([1, 2, 3].map(() => bench.store.notices.warnOfEnds(now)));
    expect(await bench.tell()).toHaveLength(1);
  });

  it('is warned of once where Crier was away for the first warning', async () => {
    await bench.login({ expiresIn: { hours: 24 * 60 } });
    bench.clock.forward({ hours: 24 * 59 + 1 });
    expect(await days()).toEqual([1]);
    expect(await days()).toEqual([]);
  });

  it('is warned of anew for the date it has after it was connected again', async () => {
    await bench.login({ expiresIn: { hours: 24 * 8 } });
    bench.clock.forward({ hours: 24 });
    expect(await days()).toEqual([7]);
    await bench.login({ expiresIn: { hours: 24 * 8 } });
    expect(await days()).toEqual([]);
    bench.clock.forward({ hours: 24 });
    expect(await days()).toEqual([7]);
    bench.clock.forward({ hours: 24 * 6 });
    expect(await days()).toEqual([1]);
  });

  it('is not warned of in the moment it is connected, where it never lives longer', async () => {
    await bench.login({ expiresIn: { hours: 24 * 7 } });
    expect(await days()).toEqual([]);
    bench.clock.forward({ hours: 24 * 6 });
    expect(await days()).toEqual([1]);
  });

  it('is not warned of once it is disconnected', async () => {
    await bench.login({ expiresIn: { hours: 24 * 8 } });
    await bench.store.accounts.disconnect(bench.account.id, 'disconnected by Ann', bench.actor);
    bench.clock.forward({ hours: 24 * 2 });
    expect(await days()).toEqual([]);
  });
});
