// Digests in the database: numbered per workspace, claimed by one process at a time, and left alone by whoever lost the claim.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Cadence, ClaimedDigest, Digest } from '../../src/core/digest.ts';
import type { Store } from '../../src/core/store.ts';
import type { Actor, ChatName } from '../../src/core/workspace.ts';
import { ENTRANCE, openWorkbench, START, type Workbench } from '../support/workbench.ts';

const DAILY: Cadence = { period: 'daily', wallTime: '09:00', day: null };
const WEEKLY: Cadence = { period: 'weekly', wallTime: '08:30', day: 1 };
const NOW = Temporal.Instant.from(START);
const [SOON, TOMORROW] = [NOW.add({ hours: 1 }), NOW.add({ hours: 24 })];
const [NOW_TEXT, SOON_TEXT, TOMORROW_TEXT] = [START, SOON.toString(), TOMORROW.toString()];

let bench: Workbench;
let store: Store;
let ann: Actor;
beforeAll(async () => {
  bench = await openWorkbench();
  store = bench.store;
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.database.pool.query('truncate digest');
  await bench.database.pool.query('update workspace set last_digest_number = 0, removed_at = null');
  ann = await store.workspaces.enter(ENTRANCE);
});

const add = (dueAt = NOW, cadence = DAILY, actor = ann): Promise<Digest> =>
  store.digests.add(actor, { channel: 'here', cadence, dueAt });
const claim = (now = NOW, chats: readonly ChatName[] = ['terminal'], limit = 10): Promise<ClaimedDigest[]> =>
  store.digests.claim({ chats, now, leaseUntil: now.add({ minutes: 2 }), limit });
const list = async () => (await store.digests.list(ann.workspace.id)).map(shown);

/** With its instants as text: `toMatchObject` takes any two of them for the same. */
function shown<T extends Pick<Digest, 'dueAt' | 'createdAt'>>(digest: T): Omit<T, 'dueAt' | 'createdAt'> & Shown {
  return { ...digest, dueAt: digest.dueAt?.toString() ?? null, createdAt: digest.createdAt.toString() };
}
interface Shown {
  dueAt: string | null;
  createdAt: string;
}
const numbers = (claimed: readonly ClaimedDigest[]): number[] => claimed.map(({ digest }) => digest.number);

/** The one that is due. */
async function claimOne(): Promise<ClaimedDigest> {
  const [claimed] = await claim();
  if (!claimed) throw new Error('nothing is due');
  return claimed;
}

async function audit(): Promise<{ verb: string; by: string | null; details: unknown }[]> {
  const { rows } = await bench.database.pool.query(
    `select e.verb, m.name as by, e.details from audit_event e left join member m on m.id = e.member_id
     where e.verb like 'digest %' order by e.id`,
  );
  return rows;
}

describe('a digest', () => {
  it('is kept as it was asked for, under the workspace’s next number', async () => {
    const other = await store.workspaces.enter({ ...ENTRANCE, teamId: 'other' });
    const added = [await add(SOON), await add(TOMORROW, WEEKLY), await add(SOON, DAILY, other)];
    expect(added.map(({ number }) => number)).toEqual([1, 2, 1]);
    expect(await list()).toEqual(added.slice(0, 2).map(shown));
    expect(added.map(shown)[1]).toMatchObject({
      workspaceId: ann.workspace.id,
      channel: 'here',
      cadence: WEEKLY,
      state: 'active',
      pausedBecause: null,
      dueAt: TOMORROW_TEXT,
      createdAt: bench.clock.now().toString(),
    });
  });

  it('has a number of its own where several are added at once, and never that of one that was stopped', async () => {
    const added = await Promise.all(Array.from({ length: 8 }, () => add()));
    expect(added.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    await store.digests.remove(ann, 8);
    expect(await add()).toMatchObject({ number: 9 });
  });

  it('is paused, resumed and stopped by a person, whom the audit names', async () => {
    const before = (await audit()).length;
    await add();
    expect(await store.digests.setDue(ann, 1, null)).toMatchObject({ state: 'paused', dueAt: null, pausedBecause: null });
    expect(await claim(TOMORROW)).toEqual([]);
    await store.digests.setDue(ann, 1, SOON);
    expect(await list()).toMatchObject([{ state: 'active', dueAt: SOON_TEXT }]);
    expect(await store.digests.remove(ann, 1)).toMatchObject({ number: 1, cadence: DAILY });
    expect(await list()).toEqual([]);
    const details = { digest: 'D1', channel: 'here', period: 'daily', wallTime: '09:00', day: null };
    expect((await audit()).slice(before)).toEqual(
      ['digest started', 'digest paused', 'digest resumed', 'digest stopped'].map((verb) => ({ verb, by: 'Ann', details })),
    );
  });

  it('of another workspace is nobody’s to change', async () => {
    await add();
    const other = await store.workspaces.enter({ ...ENTRANCE, teamId: 'other' });
    expect(await store.digests.setDue(other, 1, null)).toBeNull();
    expect(await store.digests.remove(other, 1)).toBeNull();
    expect(await list()).toMatchObject([{ number: 1, state: 'active' }]);
  });
});

describe('a claim', () => {
  it('has what is due, the longest first, with its workspace and whoever asked for it', async () => {
    await add(NOW);
    await add(NOW.subtract({ hours: 1 }), WEEKLY);
    await add(SOON);
    const claimed = await claim();
    expect(numbers(claimed)).toEqual([2, 1]);
    expect(claimed[0]).toMatchObject({
      digest: { number: 2, cadence: WEEKLY },
      workspace: { id: ann.workspace.id, teamId: ENTRANCE.teamId },
      maker: { workspace: { id: ann.workspace.id }, member: ann.member },
    });
    expect(claimed.map(({ digest }) => digest.dueAt.toString())).toEqual(['2026-11-22T08:00:00Z', NOW_TEXT]);
  });

  it('is one process’s, however many ask at once', async () => {
    for (let n = 1; n <= 6; n += 1) await add();
    const claims = await Promise.all([1, 2, 3, 4].map(() => claim(NOW, ['terminal'], 2)));
    const taken = claims.flatMap(numbers);
    expect(new Set(taken).size).toBe(taken.length);
    expect([...taken, ...numbers(await claim())].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('ends by itself, and then another process has it', async () => {
    await add();
    const lost = await claimOne();
    expect(await claim(NOW.add({ seconds: 119 }))).toEqual([]);
    expect(numbers(await claim(NOW.add({ minutes: 2 })))).toEqual([1]);
    expect(await store.digests.settle(lost, TOMORROW)).toBe(false);
    expect(await store.digests.pause(lost, 'Closed.')).toBe(false);
    await store.digests.putBack(lost, NOW);
    expect(await claim(NOW.add({ minutes: 3 }))).toEqual([]);
    expect(await list()).toMatchObject([{ state: 'active', dueAt: NOW_TEXT }]);
  });

  it('leaves out other chats, and workspaces that Crier was removed from', async () => {
    await add();
    expect(await claim(NOW, ['slack', 'discord'])).toEqual([]);
    await store.workspaces.setPresent('terminal', ENTRANCE.teamId, false);
    expect(await claim()).toEqual([]);
    await store.workspaces.setPresent('terminal', ENTRANCE.teamId, true);
    expect(numbers(await claim())).toEqual([1]);
  });

  it('is settled with when it is due next', async () => {
    await add();
    expect(await store.digests.settle(await claimOne(), TOMORROW)).toBe(true);
    expect(await list()).toMatchObject([{ state: 'active', dueAt: TOMORROW_TEXT }]);
    expect(await claim(SOON)).toEqual([]);
    expect(numbers(await claim(TOMORROW))).toEqual([1]);
  });

  it('is put back until a moment', async () => {
    await add();
    await store.digests.putBack(await claimOne(), SOON);
    expect(await claim(SOON.subtract({ milliseconds: 1 }))).toEqual([]);
    const [again] = await claim(SOON);
    expect(again?.digest.dueAt.toString()).toBe(NOW_TEXT);
  });

  it('is ended by a pause with its reason, which the audit tells as Crier’s own', async () => {
    const paused = {
      verb: 'digest paused',
      by: null,
      details: { digest: 'D1', channel: 'here', because: 'The channel is closed.' },
    };
    await add();
    expect(await audit()).not.toContainEqual(paused);
    expect(await store.digests.pause(await claimOne(), 'The channel is closed.')).toBe(true);
    expect(await list()).toMatchObject([{ state: 'paused', pausedBecause: 'The channel is closed.', dueAt: null }]);
    expect(await audit()).toContainEqual(paused);
    await store.digests.setDue(ann, 1, SOON);
    expect(await list()).toMatchObject([{ state: 'active', pausedBecause: null, dueAt: SOON_TEXT }]);
    expect(numbers(await claim(SOON))).toEqual([1]);
  });

  it.each<[string, () => Promise<unknown>, object[]]>([
    ['paused', () => store.digests.setDue(ann, 1, null), [{ state: 'paused', dueAt: null }]],
    ['resumed', () => store.digests.setDue(ann, 1, SOON), [{ state: 'active', dueAt: SOON_TEXT }]],
    ['stopped', () => store.digests.remove(ann, 1), []],
    [
      'moved to another clock',
      () => store.digests.reschedule(ann.workspace.id, () => SOON),
      [{ state: 'active', dueAt: SOON_TEXT }],
    ],
  ])('changes nothing more of a digest that was %s meanwhile', async (_, change, left) => {
    await add();
    const claimed = await claimOne();
    await change();
    expect(await store.digests.settle(claimed, TOMORROW)).toBe(false);
    expect(await store.digests.pause(claimed, 'Closed.')).toBe(false);
    await store.digests.putBack(claimed, TOMORROW);
    expect(await list()).toMatchObject(left);
    expect(await claim(SOON)).toHaveLength(left.filter((each) => 'dueAt' in each && each.dueAt !== null).length);
  });
});

describe('another clock', () => {
  it('gives each active digest of the workspace its new instant', async () => {
    const other = await store.workspaces.enter({ ...ENTRANCE, teamId: 'other' });
    await add(SOON);
    await add(SOON, WEEKLY);
    await add(SOON);
    await add(SOON, DAILY, other);
    await store.digests.setDue(ann, 3, null);
    await store.digests.reschedule(ann.workspace.id, ({ cadence: { period } }) =>
      period === 'daily' ? TOMORROW : TOMORROW.add({ hours: 1 }),
    );
    expect((await list()).map(({ dueAt }) => dueAt)).toEqual([TOMORROW_TEXT, '2026-11-23T10:00:00Z', null]);
    expect((await store.digests.list(other.workspace.id)).map(shown)).toMatchObject([{ dueAt: SOON_TEXT }]);
  });

  it('takes away no digest that was missed, or waits for its chat to be back', async () => {
    await add(NOW.subtract({ minutes: 1 }));
    await add();
    const [, waiting] = await claim();
    if (waiting) await store.digests.putBack(waiting, SOON);
    // the process that held the other one has stopped
    bench.clock.forward({ minutes: 2 });
    await store.digests.reschedule(ann.workspace.id, () => TOMORROW);
    expect(numbers(await claim(SOON))).toEqual([1, 2]);
  });
});
