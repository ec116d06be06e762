// Who speaks, as Slack's profiles say: roles, zones and languages, remembered for five minutes and never in the way.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Entrances, openEntrances } from '../../../src/bots/slack/entrance.ts';
import { clockAt, type TestClock } from '../../support/clock.ts';
import { type KeptLog, keptLog } from '../../support/log.ts';
import { TEAM_A } from '../../support/slack/cast.ts';
import { openSlackServer, type SlackServer } from '../../support/slack/server.ts';
import { accessTo } from './outbox-kit.ts';

const { ann, bob, gus, sue } = TEAM_A.people;

let slack: SlackServer;
let clock: TestClock;
let log: KeptLog;
let entrances: Entrances;

beforeAll(async () => {
  slack = await openSlackServer();
});
afterAll(() => slack.close());
beforeEach(() => {
  slack.forgetCalls();
  clock = clockAt('2026-11-22T09:00:00Z');
  log = keptLog();
  entrances = openEntrances({ clock, log, timeZone: 'Europe/London' });
});

const enter = (userId: string) => entrances.of(accessTo(slack), userId);

describe('a person of the team', () => {
  it('comes with name, zone and language of the profile', async () => {
    expect(await enter(ann.id)).toEqual({
      chat: 'slack',
      teamId: TEAM_A.id,
      teamName: 'Acme',
      userId: ann.id,
      userName: expect.stringMatching(/^ann/i),
      role: 'admin',
      timeZone: 'Europe/London',
      profile: { timeZone: 'Europe/Berlin', locale: 'de-DE' },
    });
  });

  it.each([
    ['an admin is an admin', ann.id, 'admin'],
    ['others are what the workspace says', bob.id, null],
    ['a guest looks on', gus.id, 'viewer'],
    ['somebody of another organization looks on', sue.id, 'viewer'],
  ])('%s', async (_, userId, role) => {
    expect((await enter(userId))?.role).toBe(role);
  });

  it('is asked for once in five minutes, also when they speak twice at once', async () => {
    await Promise.all([enter(ann.id), enter(ann.id)]);
    clock.forward({ minutes: 4 });
    await enter(ann.id);
    expect(slack.calls('users.info')).toHaveLength(1);
    clock.forward({ minutes: 2 });
    await enter(ann.id);
    expect(slack.calls('users.info')).toHaveLength(2);
  });

  it('speaks on as they were last known where Slack does not answer', async () => {
    await enter(ann.id);
    clock.forward({ minutes: 6 });
    slack.failNext('users.info', { status: 500 });
    expect((await enter(ann.id))?.role).toBe('admin');
    expect(log.lines).toContainEqual(expect.objectContaining({ level: 'warn' }));
  });

  it('speaks all the same where nothing is known of them yet', async () => {
    slack.failNext('users.info', { error: 'missing_scope' });
    expect(await enter(bob.id)).toMatchObject({ userId: bob.id, userName: bob.id, role: 'unknown' });
  });

  it('is not waited for longer than a second', async () => {
    const asked = Promise.withResolvers<void>();
    slack.failNext('users.info', { hold: asked.promise });
    expect(await enter(bob.id)).toMatchObject({ role: 'unknown' });
    asked.resolve();
    await slack.waitForCall('users.info');
  });
});

it('lets no bot in', async () => {
  expect(await enter(TEAM_A.botUserId)).toBeNull();
});
