// Crier's access to Slack teams: by the one token of the settings, by what the store has of an installation, and no more when Slack
// has taken it back.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handleRemoval, revokesBot } from '../../../src/bots/slack/removal.ts';
import { type Installation, openTeams, type Teams } from '../../../src/bots/slack/teams.ts';
import { CrierError } from '../../../src/core/errors.ts';
import type { Store } from '../../../src/core/store.ts';
import { TEAM_A, TEAM_B, type Team } from '../../support/slack/cast.ts';
import { openSlackServer, type SlackServer } from '../../support/slack/server.ts';
import { openWorkbench, type Workbench } from '../../support/workbench.ts';

let slack: SlackServer;
let bench: Workbench;
let store: Store;

beforeEach(async () => {
  [slack, bench] = await Promise.all([openSlackServer(), openWorkbench()]);
  store = bench.store;
});
afterEach(async () => {
  await Promise.all([slack.close(), bench.close()]);
});

const open = (botToken: string | null): Teams =>
  openTeams({ connection: { botToken, apiUrl: slack.apiUrl }, store, log: bench.log });

const installed = ({ name, botToken, botUserId, botId, people }: Team): Installation => ({
  teamName: name,
  token: botToken,
  botUserId,
  botId,
  scopes: ['chat:write'],
  installerId: people.ann.id,
});
const install = (team: Team): Promise<void> => store.installations.save('slack', team.id, installed(team));

describe('the access to a team', () => {
  it('by the token of the settings is learned from Slack, and asked for once', async () => {
    const teams = open(TEAM_A.botToken);
    const [access] = await Promise.all([teams.access(TEAM_A.id), teams.access(TEAM_A.id)]);
    expect(access).toMatchObject({ teamId: TEAM_A.id, teamName: 'Acme', token: TEAM_A.botToken, botUserId: TEAM_A.botUserId });
    await teams.access(TEAM_A.id);
    expect(slack.calls('auth.test')).toHaveLength(1);
  });

  it('by OAuth is read from the store, each team with its own token', async () => {
    await install(TEAM_A);
    await install(TEAM_B);
    const teams = open(null);
    expect((await teams.access(TEAM_A.id)).token).toBe(TEAM_A.botToken);
    expect((await teams.access(TEAM_B.id)).token).toBe(TEAM_B.botToken);
    expect(slack.calls()).toEqual([]);
  });

  it('can be both: one team by hand, others by OAuth', async () => {
    await install(TEAM_B);
    const teams = open(TEAM_A.botToken);
    expect((await teams.access(TEAM_B.id)).botUserId).toBe(TEAM_B.botUserId);
    expect((await teams.access(TEAM_A.id)).botUserId).toBe(TEAM_A.botUserId);
  });

  it('is missing where Crier is not installed, and there once it is', async () => {
    const teams = open(null);
    await expect(teams.access(TEAM_B.id)).rejects.toMatchObject({ kind: 'not-found' });
    await install(TEAM_B);
    expect((await teams.access(TEAM_B.id)).teamId).toBe(TEAM_B.id);
  });

  it('is not there for a token that Slack refuses, which the log says with the cure', async () => {
    expect(await open('xoxb-wrong').own()).toBeNull();
    expect(bench.log.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', message: expect.stringContaining('SLACK_BOT_TOKEN') }),
    );
    await expect(open('xoxb-wrong').access(TEAM_A.id)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('is asked for again after Slack could not be reached', async () => {
    const teams = open(TEAM_A.botToken);
    slack.failNext('auth.test', { status: 500 });
    await expect(teams.access(TEAM_A.id)).rejects.toBeInstanceOf(CrierError);
    expect((await teams.access(TEAM_A.id)).teamId).toBe(TEAM_A.id);
  });

  it('throws a 429 at once instead of waiting in silence', async () => {
    const { client } = await open(TEAM_A.botToken).access(TEAM_A.id);
    slack.failNext('chat.postMessage', { status: 429, retryAfter: 30 });
    await expect(client.chat.postMessage({ channel: TEAM_A.channels.social, text: 'Hi' })).rejects.toMatchObject({
      retryAfter: 30,
    });
    expect(slack.calls('chat.postMessage')).toHaveLength(1);
  });
});

describe('a removal from a team', () => {
  const enter = (team: Team) =>
    store.workspaces.enter({
      chat: 'slack',
      teamId: team.id,
      teamName: team.name,
      userId: team.people.ann.id,
      userName: 'Ann',
      role: 'admin',
      timeZone: 'Europe/Berlin',
    });
  const remove = (teams: Teams, sign: Parameters<typeof handleRemoval>[2]) =>
    handleRemoval({ store, teams, log: bench.log }, TEAM_A.id, sign);

  it('forgets the access and marks the workspace, and no other', async () => {
    await Promise.all([install(TEAM_A), install(TEAM_B), enter(TEAM_A), enter(TEAM_B)]);
    const teams = open(null);
    await teams.access(TEAM_A.id);
    slack.revokeTokens(TEAM_A);
    await remove(teams, 'app_uninstalled');
    expect(await store.installations.find('slack', TEAM_A.id)).toBeNull();
    await expect(teams.access(TEAM_A.id)).rejects.toMatchObject({ kind: 'not-found' });
    expect((await enter(TEAM_A)).workspace.removedAt).not.toBeNull();
    expect((await enter(TEAM_B)).workspace.removedAt).toBeNull();
    expect((await teams.access(TEAM_B.id)).token).toBe(TEAM_B.botToken);
  });

  it('that is told late, after Crier was installed anew, changes nothing', async () => {
    await Promise.all([install(TEAM_A), enter(TEAM_A)]);
    await remove(open(null), 'tokens_revoked');
    expect(await store.installations.find('slack', TEAM_A.id)).not.toBeNull();
    expect((await enter(TEAM_A)).workspace.removedAt).toBeNull();
  });

  it('of the token in the settings marks the workspace too', async () => {
    await enter(TEAM_A);
    const teams = open(TEAM_A.botToken);
    await teams.access(TEAM_A.id);
    slack.revokeTokens(TEAM_A, 'token_revoked');
    await remove(teams, 'refused');
    expect((await enter(TEAM_A)).workspace.removedAt).not.toBeNull();
  });

  it('is believed when Slack says so and cannot be asked, and not on the word of one refused call', async () => {
    await Promise.all([install(TEAM_A), enter(TEAM_A)]);
    slack.failNext('auth.test', { status: 500 });
    await expect(remove(open(null), 'refused')).rejects.toBeInstanceOf(CrierError);
    expect(await store.installations.find('slack', TEAM_A.id)).not.toBeNull();
    slack.failNext('auth.test', { status: 500 });
    await remove(open(null), 'app_uninstalled');
    expect(await store.installations.find('slack', TEAM_A.id)).toBeNull();
  });

  it('is none of ours where only people’s tokens were revoked', () => {
    expect(revokesBot({ tokens: {} })).toBe(false);
    expect(revokesBot({ tokens: { bot: [] } })).toBe(false);
    expect(revokesBot({ tokens: { bot: ['U2'] } })).toBe(true);
  });
});
