// /settings roles: whom which role is given to, in the words and mentions of each chat.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { changeSettings } from '../../../src/core/usecases/change-settings.ts';
import { readRoleRules } from '../../../src/core/usecases/read-role-rules.ts';
import { closeNewsrooms, type Newsroom, openNewsroom } from './newsroom.ts';

describe('the words for roles', () => {
  it.each<[string, Record<string, string>]>([
    ['everyone viewer', { everyone: 'viewer' }],
    ['@everyone: Viewer', { everyone: 'viewer' }],
    ['<!everyone> viewer', { everyone: 'viewer' }],
    ['<@U123> approver', { U123: 'approver' }],
    ['<@U123|ann> approver', { U123: 'approver' }],
    ['<@U123|Ann, of Kites> approver', { U123: 'approver' }],
    ['<@!123> admin', { '123': 'admin' }],
    ['<@&456> author', { '&456': 'author' }],
    ['<@U123>author', { U123: 'author' }],
    ['U02ABCDEF viewer', { U02ABCDEF: 'viewer' }],
    ['&1234567890123456 viewer', { '&1234567890123456': 'viewer' }],
    ['everyone viewer, <@U123> admin, <@&456> = approver', { everyone: 'viewer', U123: 'admin', '&456': 'approver' }],
  ])('%s', (words, rules) => {
    expect(readRoleRules(words, {})).toEqual(rules);
  });

  it.each<[string, Record<string, string>]>([
    ['<@U1> viewer', { everyone: 'author', U1: 'viewer', '&2': 'approver' }],
    ['<@U1> none', { everyone: 'author', '&2': 'approver' }],
    ['everyone none, <@&2> admin', { U1: 'admin', '&2': 'admin' }],
    ['<@U9> none', { everyone: 'author', U1: 'admin', '&2': 'approver' }],
    ['none', {}],
  ])('%s changes those it names, and leaves the others', (words, rules) => {
    expect(readRoleRules(words, { everyone: 'author', U1: 'admin', '&2': 'approver' })).toEqual(rules);
  });

  it.each([
    ['everyone', 'names no one or no role'],
    ['viewer', 'names no one or no role'],
    ['', 'Say whom and which role'],
    ['everyone king', '"king" is not a role. Roles: viewer, author, approver, admin'],
    ['everyone viewr', 'Did you mean viewer?'],
    ['evryone viewer', 'Did you mean everyone?'],
    ['@ann viewer', 'type @ and choose a person or a role from the list'],
    ['ann viewer', '"ann" is nobody here'],
    ['<@U123> viewer, <@U124> kin', 'is not a role'],
    ['<!subteam^S123|@team> viewer', 'name its people'],
  ])('%s is refused with the cure', (words, sentence) => {
    expect(() => readRoleRules(words, {})).toThrow(expect.objectContaining({ kind: 'invalid-input', field: 'value' }));
    expect(() => readRoleRules(words, {})).toThrow(sentence);
  });
});

describe('the setting', () => {
  let room: Newsroom;
  beforeEach(async () => {
    room = await openNewsroom();
  });
  afterAll(closeNewsrooms);

  const set = async (value: string) => changeSettings(room.deps, await room.enter({}), { name: 'roles', value });
  const roleOf = async (userId: string, groups: string[] = []) => (await room.enter({ userId, role: null, groups })).member.role;

  it('decides at the next word of whom it names, and of nobody else', async () => {
    await set('everyone viewer, <@U1> approver, <@&7> author');
    expect([await roleOf('U1'), await roleOf('U2'), await roleOf('U3', ['7'])]).toEqual(['approver', 'viewer', 'author']);
    await set('<@U1> none');
    expect(await roleOf('U1')).toBe('viewer');
  });

  it('takes an admin, and cannot lock the chat’s admins out', async () => {
    await set('everyone viewer, <@ann> viewer');
    expect((await room.enter({})).member.role).toBe('admin');
    const author = await room.enter({ userId: 'art', role: 'author' });
    await expect(changeSettings(room.deps, author, { name: 'roles', value: '<@art> admin' })).rejects.toMatchObject({
      kind: 'not-permitted',
    });
  });

  it('changes nothing where one part cannot be read', async () => {
    await expect(set('everyone viewer, <@U1> king')).rejects.toMatchObject({ kind: 'invalid-input' });
    expect((await room.enter({})).workspace.roleRules).toEqual({});
  });
});
