// Who is talking, as the database keeps it: made at the first word, and at each further word as the chat says it is now.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Entrance } from '../../src/core/store.ts';
import type { Actor, Role } from '../../src/core/workspace.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

let bench: Workbench;
let team = 0;
beforeAll(async () => {
  bench = await openWorkbench();
});
afterAll(() => bench.close());
beforeEach(() => {
  team += 1;
});

const enter = (who: Partial<Entrance> = {}): Promise<Actor> =>
  bench.store.workspaces.enter({
    chat: 'slack',
    teamId: `T${team}`,
    teamName: 'Kites',
    userId: 'U1',
    userName: 'Ann',
    role: null,
    timeZone: 'Europe/Berlin',
    ...who,
  });

const rowsOf = async (sql: string): Promise<Record<string, unknown>[]> => (await bench.database.pool.query(sql)).rows;
/** Changes whenever a row is written anew, even with the same values. */
const versions = (): Promise<Record<string, unknown>[]> =>
  rowsOf('select xmin::text, id from workspace union all select xmin::text, id from member order by id');

describe('a first word', () => {
  it('makes the workspace and the member', async () => {
    const { workspace, member } = await enter({ profile: { timeZone: 'Asia/Tokyo', locale: 'ja-JP' } });
    expect(workspace).toMatchObject({ name: 'Kites', timeZone: 'Europe/Berlin', roleRules: {}, removedAt: null });
    expect(member).toMatchObject({ name: 'Ann', role: 'author', timeZone: null, profileTimeZone: 'Asia/Tokyo', locale: 'ja-JP' });
  });

  it('makes one workspace and each member once, however many speak at the same time', async () => {
    const people = Array.from({ length: 200 }, (_, index) => `U${index % 20}`);
    const actors = await Promise.all(people.map((userId) => enter({ userId })));
    expect(new Set(actors.map(({ workspace }) => workspace.id)).size).toBe(1);
    expect(new Set(actors.map(({ member }) => member.id)).size).toBe(20);
  });
});

describe('a further word', () => {
  it('writes nothing where nothing has changed', async () => {
    const first = await enter();
    const before = await versions();
    expect(await enter()).toEqual(first);
    expect(await versions()).toEqual(before);
  });

  it('waits for nobody who holds the workspace or the member for a change', async () => {
    const { workspace, member } = await enter();
    const other = await bench.database.pool.connect();
    try {
      await other.query('begin');
      await other.query('select 1 from workspace where id = $1 for update', [workspace.id]);
      await other.query('select 1 from member where id = $1 for update', [member.id]);
      expect((await enter()).member.id).toBe(member.id);
    } finally {
      await other.query('rollback');
      other.release();
    }
  });

  it('brings what the chat says now: names, zone and locale', async () => {
    await enter();
    await enter({ teamName: 'Kites Ltd', userName: 'Ann B', profile: { timeZone: 'Europe/Paris', locale: 'fr-FR' } });
    const { workspace, member } = await enter({ teamName: 'Kites Ltd', userName: 'Ann B' });
    expect(workspace.name).toBe('Kites Ltd');
    expect(member).toMatchObject({ name: 'Ann B', profileTimeZone: 'Europe/Paris', locale: 'fr-FR' });
  });

  it('leaves the zone that the person told Crier', async () => {
    await bench.store.workspaces.setTimeZone(await enter(), 'Asia/Tokyo');
    const { member } = await enter({ profile: { timeZone: 'Europe/Paris', locale: null } });
    expect(member).toMatchObject({ timeZone: 'Asia/Tokyo', profileTimeZone: 'Europe/Paris' });
  });
});

describe('somebody whom the chat cannot tell from others just now', () => {
  it('stays who they were', async () => {
    const known = await enter({ role: 'admin' });
    expect(await enter({ role: 'unknown', userName: 'U1' })).toEqual(known);
  });

  it('only looks on where they are new, and is told from guests at their next word', async () => {
    expect((await enter({ role: 'unknown', userName: 'U1' })).member.role).toBe('viewer');
    expect((await enter()).member).toMatchObject({ name: 'Ann', role: 'author' });
  });
});

describe('a role', () => {
  const rule = async (roleRules: Record<string, Role>): Promise<void> => {
    await bench.store.workspaces.change(await enter(), { roleRules });
  };

  it('is the chat’s own, and lost with it', async () => {
    expect((await enter({ role: 'admin' })).member.role).toBe('admin');
    expect((await enter()).member.role).toBe('author');
    expect(
      await rowsOf(`select role from member m join workspace w on w.id = m.workspace_id where w.team_id = 'T${team}'`),
    ).toEqual([{ role: 'author' }]);
  });

  it.each<[string, Record<string, Role>, Partial<Entrance>, Role]>([
    ['an author where nothing is said', {}, {}, 'author'],
    ['everyone’s', { everyone: 'viewer' }, {}, 'viewer'],
    ['the person’s own before everyone’s', { everyone: 'viewer', U1: 'approver' }, {}, 'approver'],
    ['the person’s own before a group’s', { '&G1': 'admin', U1: 'viewer' }, { groups: ['G1'] }, 'viewer'],
    [
      'the highest of the groups',
      { '&G1': 'viewer', '&G2': 'approver', everyone: 'author' },
      { groups: ['G1', 'G2'] },
      'approver',
    ],
    ['a group’s of nobody else', { '&G1': 'viewer' }, { groups: ['G2'] }, 'author'],
    ['the chat’s admin whatever the rules say', { everyone: 'viewer', U1: 'viewer' }, { role: 'admin' }, 'admin'],
  ])('is %s', async (_, rules, who, role) => {
    await rule(rules);
    expect((await enter(who)).member.role).toBe(role);
  });
});

describe('a team that Crier was removed from', () => {
  it('is known as such from then on, until Crier is back', async () => {
    const { workspaces } = bench.store;
    await enter();
    await workspaces.setPresent('slack', `T${team}`, false);
    const since = bench.clock.now();
    bench.clock.forward({ hours: 1 });
    await workspaces.setPresent('slack', `T${team}`, false);
    expect((await enter()).workspace.removedAt?.toString()).toBe(since.toString());
    await workspaces.setPresent('slack', `T${team}`, true);
    expect((await enter()).workspace.removedAt).toBeNull();
  });

  it('stands in the audit, once for each change', async () => {
    const { workspace } = await enter();
    for (const isPresent of [true, false, false, true]) await bench.store.workspaces.setPresent('slack', `T${team}`, isPresent);
    expect(await rowsOf(`select verb, member_id from audit_event where workspace_id = '${workspace.id}' order by verb`)).toEqual([
      { verb: 'crier came back', member_id: null },
      { verb: 'crier removed', member_id: null },
    ]);
  });

  it('is no error where the team was never seen', async () => {
    await expect(bench.store.workspaces.setPresent('slack', 'T-unseen', false)).resolves.toBeUndefined();
  });

  it('is another than the team of the same id in another chat', async () => {
    await enter();
    await bench.store.workspaces.setPresent('discord', `T${team}`, false);
    expect((await enter()).workspace.removedAt).toBeNull();
  });
});

describe('the teams of a person', () => {
  it('are those in which they have spoken, and where Crier still is', async () => {
    const { workspaces } = bench.store;
    const [here, there, gone] = [`T${team}`, `T${team}-there`, `T${team}-gone`];
    const userId = `U${team}`;
    await enter({ teamId: here, teamName: 'Kites', userId });
    await enter({ teamId: there, teamName: 'Balloons', userId });
    await enter({ teamId: gone, userId });
    await enter({ teamId: `T${team}-others`, userId: 'U-other' });
    await enter({ chat: 'discord', teamId: `T${team}-elsewhere`, userId });
    await workspaces.setPresent('slack', gone, false);
    expect(await workspaces.teamsOf('slack', userId)).toEqual([
      { teamId: there, name: 'Balloons' },
      { teamId: here, name: 'Kites' },
    ]);
    expect(await workspaces.teamsOf('terminal', userId)).toEqual([]);
  });
});

describe('the presence of Crier', () => {
  it('is known of every team of a chat, and of no other chat’s', async () => {
    const { workspaces } = bench.store;
    await enter({ chat: 'discord', teamId: `T${team}-here` });
    await enter({ chat: 'discord', teamId: `T${team}-gone` });
    await enter({ teamId: `T${team}-slack` });
    await workspaces.setPresent('discord', `T${team}-gone`, false);
    const known = await workspaces.presence('discord');
    expect([...known].filter(([teamId]) => teamId.startsWith(`T${team}-`)).toSorted()).toEqual([
      [`T${team}-gone`, false],
      [`T${team}-here`, true],
    ]);
  });
});
