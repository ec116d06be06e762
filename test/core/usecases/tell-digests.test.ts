// A digest comes at its wall time, once: through clock changes, by several processes, after an outage, and while somebody changes it.
import { afterEach, describe, expect, it } from 'vitest';
import { changeSettings } from '../../../src/core/usecases/change-settings.ts';
import { pauseDigest, resumeDigest, stopDigest } from '../../../src/core/usecases/manage-digests.ts';
import { openDatabase } from '../../../src/db/open.ts';
import { keyFrom, makeKeyHex, openVault } from '../../../src/db/vault.ts';
import { type DigestBench, openDigestBench } from '../../support/digest-bench.ts';
import { ENTRANCE } from '../../support/workbench.ts';

const benches: DigestBench[] = [];
afterEach(async () => {
  await Promise.all(benches.splice(0).map((bench) => bench.close()));
});

/** Sunday 22 November 2026, ten in the morning in Berlin. */
async function open(timeZone?: string): Promise<DigestBench> {
  const bench = await openDigestBench(timeZone);
  benches.push(bench);
  return bench;
}

const unreachable = { tell: () => Promise.reject(new Error('the chat is away')) };
const closed = { tell: async () => 'closed' as const };
const warnings = ({ log }: DigestBench) => log.lines.filter(({ level }) => level === 'warn').map(({ message }) => message);

describe('at nine on the workspace’s clock', () => {
  it.each([
    ['Europe/Berlin', 'spring', ['2027-03-27', '2027-03-28', '2027-03-29']],
    ['Europe/Berlin', 'autumn', ['2027-10-30', '2027-10-31', '2027-11-01']],
    ['America/New_York', 'spring', ['2027-03-13', '2027-03-14', '2027-03-15']],
    ['America/New_York', 'autumn', ['2027-11-06', '2027-11-07', '2027-11-08']],
    ['Pacific/Auckland', 'autumn', ['2027-04-03', '2027-04-04', '2027-04-05']],
    ['Pacific/Auckland', 'spring', ['2027-09-25', '2027-09-26', '2027-09-27']],
  ])('in %s it comes once a day over the clock change of %s', async (timeZone, _, days) => {
    const bench = await open(timeZone);
    bench.goTo(`${days[0]}T00:00`);
    await bench.add('daily 9am');
    for (const day of days) {
      bench.goTo(`${day}T08:59:59`);
      expect(await bench.tell()).toEqual([]);
      bench.goTo(`${day}T09:00`);
      await bench.tell();
      bench.goTo(`${day}T10:30`);
      expect(await bench.tell()).toEqual([]);
    }
    expect(bench.told.map(({ at }) => at)).toEqual(days.map((day) => `${day} 09:00`));
    expect(bench.told.map(({ content }) => content.lateSince)).toEqual([null, null, null]);
    const before = bench.told.map(({ content }) => content.report.period.first.add({ days: 1 }).toString());
    expect(before).toEqual(days);
  });

  it('each channel has its own, and its own cadence', async () => {
    const bench = await open();
    await bench.add('daily 9am', 'one');
    await bench.add('daily 9am', 'two');
    await bench.add('weekly tuesday 9am', 'two');
    bench.goTo('2026-11-23T09:00');
    expect((await bench.tell()).map(({ name, channel }) => `${name} in ${channel}`).sort()).toEqual(['D1 in one', 'D2 in two']);
    bench.goTo('2026-11-24T09:00');
    const told = await bench.tell();
    expect(told.map(({ name, channel }) => `${name} in ${channel}`).sort()).toEqual(['D1 in one', 'D2 in two', 'D3 in two']);
    const { period } = told.find(({ name }) => name === 'D3')?.content.report ?? {};
    expect([period?.first.toString(), period?.last.toString()]).toEqual(['2026-11-17', '2026-11-23']);
  });

  it('all that are due come in one go, however many', async () => {
    const bench = await open();
    for (let n = 1; n <= 11; n += 1) await bench.add('daily 9am', `channel ${n}`);
    bench.goTo('2026-11-23T09:00');
    expect(new Set((await bench.tell()).map(({ channel }) => channel)).size).toBe(11);
  });

  it('follows the workspace to another zone', async () => {
    const bench = await open();
    await bench.add('daily 9am');
    await changeSettings(bench.deps, bench.actor, { name: 'timezone', value: 'New York' });
    // three in the afternoon in Berlin
    bench.goTo('2026-11-22T14:59');
    expect(await bench.tell()).toEqual([]);
    bench.goTo('2026-11-22T15:00');
    expect(await bench.tell()).toMatchObject([{ at: '2026-11-22 09:00', content: { lateSince: null } }]);
    bench.goTo('2026-11-23T09:00');
    expect(await bench.tell()).toEqual([]);
  });

  it('where nothing went out and nobody looks at figures it says that much', async () => {
    const bench = await open();
    await bench.add();
    bench.goTo('2026-11-23T09:00');
    const [told] = await bench.tell();
    expect(told?.content).toMatchObject({
      report: { totals: { posts: 0, engagement: null, views: null } },
      top: null,
      missed: 0,
    });
  });

  it('comes with old figures where a network does not answer', async () => {
    const bench = await open();
    const [account] = bench.accounts;
    if (!account) throw new Error('no account');
    await bench.add();
    bench.goTo('2026-11-23T08:00');
    const again = bench.clock.now().add({ hours: 5 });
    const failure = { sentence: 'The network does not answer.', again, byNetwork: true };
    await bench.store.figures.looked(account.id, bench.clock.now(), failure);
    bench.goTo('2026-11-23T09:00');
    const [told] = await bench.tell();
    expect(told?.content.report.health).toMatchObject([{ figuresFailure: { sentence: 'The network does not answer.' } }]);
  });
});

describe('where nobody was there at nine', () => {
  it('it comes late, once, and says since when', async () => {
    const bench = await open();
    await bench.add();
    bench.goTo('2026-11-23T11:20');
    const [told] = await bench.tell();
    expect(told?.content.lateSince?.toString()).toBe('2026-11-23T08:00:00Z');
    expect(told?.content).toMatchObject({ missed: 0, report: { period: { first: Temporal.PlainDate.from('2026-11-22') } } });
    expect(await bench.tell()).toEqual([]);
    bench.goTo('2026-11-24T09:00');
    expect(await bench.tell()).toMatchObject([{ at: '2026-11-24 09:00', content: { lateSince: null, missed: 0 } }]);
  });

  it.each([
    ['09:10', null],
    ['09:11', '2026-11-23T08:00:00Z'],
  ])('a few minutes are not late (%s)', async (time, since) => {
    const bench = await open();
    await bench.add();
    bench.goTo(`2026-11-23T${time}`);
    const [told] = await bench.tell();
    expect(told?.content.lateSince?.toString() ?? null).toBe(since);
  });

  it('for three days, only the newest comes, and says how many did not', async () => {
    const bench = await open();
    await bench.add();
    bench.goTo('2026-11-26T08:00');
    const told = await bench.tell();
    expect(told).toMatchObject([
      { content: { missed: 2, report: { period: { first: Temporal.PlainDate.from('2026-11-24') } } } },
    ]);
    expect(told[0]?.content.lateSince?.toString()).toBe('2026-11-25T08:00:00Z');
    expect(await bench.tell()).toEqual([]);
    bench.goTo('2026-11-26T09:00');
    expect(await bench.tell()).toMatchObject([{ content: { missed: 0, lateSince: null } }]);
  });

  it('the one of the month comes late as well, for its own month', async () => {
    const bench = await open();
    await bench.add('monthly 1st 9am');
    bench.goTo('2026-12-03T10:00');
    const [told] = await bench.tell();
    const { period } = told?.content.report ?? {};
    expect([period?.first.toString(), period?.last.toString()]).toEqual(['2026-11-01', '2026-11-30']);
    expect(told?.content.missed).toBe(0);
  });
});

describe('two processes at nine', () => {
  it('tell one digest', async () => {
    const bench = await open();
    await bench.add();
    const vault = openVault({ current: keyFrom(makeKeyHex()), old: [] });
    const other = await openDatabase(bench.url);
    try {
      const another = other.openStore({ clock: bench.clock, log: bench.log, vault });
      bench.goTo('2026-11-23T09:00');
      const asAnother = { store: another, unfinished: new Map() };
      await Promise.all([bench.tell(), bench.tell(asAnother), bench.tell(), bench.tell(asAnother)]);
      expect(bench.told).toHaveLength(1);
    } finally {
      await other.close();
    }
  });

  it('where one is slow beyond its lease, the other tells it', async () => {
    const bench = await open();
    await bench.add();
    bench.goTo('2026-11-23T09:00');
    const slow = {
      ...bench.store.reports,
      lastOut: async (workspaceId: string) => {
        bench.clock.forward({ minutes: 2 });
        return bench.store.reports.lastOut(workspaceId);
      },
    };
    expect(await bench.tell({ store: { reports: slow } })).toEqual([]);
    expect(warnings(bench)).toEqual(['a digest was not told within its lease and is told by whoever takes it next']);
    expect(await bench.tell()).toHaveLength(1);
  });

  it('where one cannot write down that it was said, it is not said again by that one', async () => {
    const bench = await open();
    await bench.add();
    bench.goTo('2026-11-23T09:00');
    let isAway = true;
    const settle: typeof bench.store.digests.settle = (...settled) =>
      isAway ? Promise.reject(new Error('the database is away')) : bench.store.digests.settle(...settled);
    const digests = { ...bench.store.digests, settle };
    expect(await bench.tell({ store: { digests } })).toHaveLength(1);
    isAway = false;
    bench.clock.forward({ minutes: 2 });
    expect(await bench.tell({ store: { digests } })).toEqual([]);
    expect(await bench.list()).toMatchObject([{ dueAt: Temporal.Instant.from('2026-11-24T08:00:00Z') }]);
    bench.goTo('2026-11-24T09:00');
    expect(await bench.tell({ store: { digests } })).toMatchObject([{ content: { missed: 0 } }]);
  });
});

describe('a chat that is away', () => {
  it('gets it once it is back, and not in between', async () => {
    const bench = await open();
    await bench.add();
    bench.goTo('2026-11-23T09:00');
    await bench.tell({ teller: unreachable });
    expect(await bench.tell()).toEqual([]);
    expect(warnings(bench)).toEqual(['a digest could not be told and will be told again']);
    bench.clock.forward({ minutes: 1 });
    expect(await bench.tell()).toMatchObject([{ at: '2026-11-23 09:01', content: { missed: 0, lateSince: null } }]);
    expect(await bench.tell()).toEqual([]);
  });

  it('is tried ever less often, at least every half hour', async () => {
    const bench = await open();
    await bench.add();
    bench.goTo('2026-11-23T09:00');
    const minutes: number[] = [];
    const counting = {
      tell: async () => {
        minutes.push(Math.round(bench.clock.now().since(Temporal.Instant.from('2026-11-23T08:00:00Z')).total('minutes')));
        throw new Error('the chat is away');
      },
    };
    for (let minute = 0; minute < 120; minute += 1) {
      await bench.tell({ teller: counting });
      bench.clock.forward({ minutes: 1 });
    }
    expect(minutes).toEqual([0, 1, 3, 8, 18, 38, 68, 98]);
    bench.clock.forward({ minutes: 30 });
    expect(await bench.tell()).toMatchObject([{ content: { missed: 0 } }]);
  });

  it('for longer than a day gets the newest', async () => {
    const bench = await open();
    await bench.add();
    bench.goTo('2026-11-23T09:00');
    await bench.tell({ teller: unreachable });
    bench.goTo('2026-11-24T12:00');
    expect(await bench.tell()).toMatchObject([{ dueAt: Temporal.Instant.from('2026-11-24T08:00:00Z'), content: { missed: 1 } }]);
  });

  it('keeps no other channel waiting', async () => {
    const bench = await open();
    await bench.add('daily 9am', 'one');
    await bench.add('daily 9am', 'two');
    bench.goTo('2026-11-23T09:00');
    const said: string[] = [];
    const half = {
      tell: async ({ digest }: { digest: { channel: string } }) => {
        if (digest.channel === 'one') throw new Error('this channel is away');
        said.push(digest.channel);
        return 'said' as const;
      },
    };
    await bench.tell({ teller: half });
    expect(said).toEqual(['two']);
    expect((await bench.list()).map(({ dueAt }) => `${dueAt}`)).toEqual(['2026-11-23T08:00:00Z', '2026-11-24T08:00:00Z']);
  });

  it('is told nothing by a process of another chat', async () => {
    const bench = await open();
    await bench.add();
    bench.goTo('2026-11-23T09:00');
    expect(await bench.tell({ teller: { name: 'slack' } })).toEqual([]);
    expect(await bench.tell()).toHaveLength(1);
  });

  it('is told nothing while Crier was removed from the team', async () => {
    const bench = await open();
    await bench.add();
    bench.goTo('2026-11-23T09:00');
    await bench.store.workspaces.setPresent('terminal', ENTRANCE.teamId, false);
    expect(await bench.tell()).toEqual([]);
    await bench.store.workspaces.setPresent('terminal', ENTRANCE.teamId, true);
    expect(await bench.tell()).toHaveLength(1);
  });
});

describe('a database that fails while it is read', () => {
  it('makes no half digest; it comes a minute later', async () => {
    const bench = await open();
    await bench.add();
    bench.goTo('2026-11-23T09:00');
    const posts = { ...bench.store.posts, taken: () => Promise.reject(new Error('the database is away')) };
    expect(await bench.tell({ store: { posts } })).toEqual([]);
    expect(warnings(bench)).toEqual(['a digest could not be told and will be told again']);
    bench.clock.forward({ minutes: 1 });
    expect(await bench.tell()).toHaveLength(1);
  });
});

describe('a channel that is closed', () => {
  it('pauses it with what to do, and tells whoever asked for it once', async () => {
    const bench = await open();
    await bench.add();
    bench.goTo('2026-11-23T09:00');
    await bench.tell({ teller: closed });
    const because = expect.stringContaining('type /digest resume D1, or stop it with /digest stop D1');
    expect(bench.toMaker).toEqual([{ to: 'ann', because }]);
    expect(await bench.list()).toMatchObject([{ state: 'paused', dueAt: null, pausedBecause: because }]);
    bench.goTo('2026-11-24T09:00');
    expect(await bench.tell()).toEqual([]);
    expect(bench.toMaker).toHaveLength(1);
  });

  it('that is open again gets the next one once it is resumed, and nothing of before', async () => {
    const bench = await open();
    await bench.add();
    bench.goTo('2026-11-23T09:00');
    await bench.tell({ teller: closed });
    bench.goTo('2026-11-25T12:00');
    await resumeDigest(bench.deps, bench.actor, 'D1');
    expect(await bench.tell()).toEqual([]);
    bench.goTo('2026-11-26T09:00');
    expect(await bench.tell()).toMatchObject([{ content: { missed: 0, lateSince: null } }]);
  });

  it('pauses it also where nobody can be told', async () => {
    const bench = await open();
    await bench.add();
    bench.goTo('2026-11-23T09:00');
    const tellMaker = () => Promise.reject(new Error('no direct messages'));
    await bench.tell({ teller: { ...closed, tellMaker } });
    expect(await bench.list()).toMatchObject([{ state: 'paused' }]);
    expect(warnings(bench)).toContain('whoever asked for a digest could not be told that it is paused');
  });
});

describe('while it is told', () => {
  const meanwhile = (bench: DigestBench, change: () => Promise<unknown>) => ({
    tell: async () => {
      await change();
      bench.clock.forward({ seconds: 1 });
      return 'said' as const;
    },
  });

  it('a digest that is paused stays paused', async () => {
    const bench = await open();
    await bench.add();
    bench.goTo('2026-11-23T09:00');
    await bench.tell({ teller: meanwhile(bench, () => pauseDigest(bench.deps, bench.actor, 'D1')) });
    expect(await bench.list()).toMatchObject([{ state: 'paused', dueAt: null }]);
    expect(warnings(bench)).toEqual(['a digest was told after its lease was lost, or while it was changed or stopped']);
    bench.goTo('2026-11-24T09:00');
    expect(await bench.tell()).toEqual([]);
  });

  it('a digest that is stopped is gone', async () => {
    const bench = await open();
    await bench.add();
    bench.goTo('2026-11-23T09:00');
    await bench.tell({ teller: meanwhile(bench, () => stopDigest(bench.deps, bench.actor, 'D1')) });
    expect(await bench.list()).toEqual([]);
    bench.goTo('2026-11-24T09:00');
    expect(await bench.tell()).toEqual([]);
  });

  it('a workspace that moves to another zone gets the next one by its new clock', async () => {
    const bench = await open();
    await bench.add();
    bench.goTo('2026-11-23T09:00');
    const move = () => changeSettings(bench.deps, bench.actor, { name: 'timezone', value: 'Tokyo' });
    await bench.tell({ teller: meanwhile(bench, move) });
    // nine in the morning in Tokyo
    expect(await bench.list()).toMatchObject([{ dueAt: Temporal.Instant.from('2026-11-24T00:00:00Z') }]);
    expect(await bench.tell()).toEqual([]);
  });
});

describe('a workspace whose clock is changed', () => {
  const moveTo = (bench: DigestBench, zone: string) => changeSettings(bench.deps, bench.actor, { name: 'timezone', value: zone });

  it('to an earlier one gets no second digest on a day that had its own', async () => {
    const bench = await open();
    await bench.add();
    bench.goTo('2026-11-23T09:00');
    expect(await bench.tell()).toHaveLength(1);
    await moveTo(bench, 'America/New_York');
    // ten in the morning there
    bench.goTo('2026-11-23T16:00');
    expect(await bench.tell()).toEqual([]);
    bench.goTo('2026-11-24T15:00');
    const [told] = await bench.tell();
    expect(told?.at).toBe('2026-11-24 09:00');
    expect(told?.content.report.period.first.toString()).toBe('2026-11-23');
  });

  it('to an earlier one gets none of a week that had its own, either', async () => {
    const bench = await open();
    await bench.add('weekly monday 9am');
    bench.goTo('2026-11-23T09:00');
    expect(await bench.tell()).toHaveLength(1);
    await moveTo(bench, 'America/New_York');
    expect(await bench.list()).toMatchObject([{ dueAt: Temporal.Instant.from('2026-11-30T14:00:00Z') }]);
  });

  it('while its digest is told gets no second one that day either', async () => {
    const bench = await open();
    await bench.add();
    bench.goTo('2026-11-23T09:00');
    const tell = async () => {
      await moveTo(bench, 'America/New_York');
      bench.clock.forward({ seconds: 1 });
      return 'said' as const;
    };
    await bench.tell({ teller: { tell } });
    expect(await bench.list()).toMatchObject([{ dueAt: Temporal.Instant.from('2026-11-24T14:00:00Z') }]);
  });

  it('before its digest gets it that day, by the new clock', async () => {
    const bench = await open();
    await bench.add();
    bench.goTo('2026-11-23T08:00');
    await moveTo(bench, 'America/New_York');
    bench.goTo('2026-11-23T15:00');
    expect(await bench.tell()).toMatchObject([{ at: '2026-11-23 09:00', content: { lateSince: null, missed: 0 } }]);
  });

  it('back and forth has one a day all the same', async () => {
    const bench = await open();
    await bench.add();
    bench.goTo('2026-11-23T09:00');
    await bench.tell();
    for (const zone of ['Tokyo', 'America/New_York', 'Europe/Berlin']) await moveTo(bench, zone);
    expect(await bench.list()).toMatchObject([{ dueAt: Temporal.Instant.from('2026-11-24T08:00:00Z') }]);
  });
});
