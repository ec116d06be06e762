// Crier in Slack as a service runs it: the real process before the test Slack, by Socket Mode and over HTTP.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SCOPES } from '../src/bots/slack/manifest.ts';
import { type Crier, useCrier } from './support/crier.ts';
import { APP, TEAM_A } from './support/slack/cast.ts';
import { slackClient } from './support/slack/client.ts';
import { overHttp, overSocket } from './support/slack/delivery.ts';
import { openSlackServer, type SlackServer } from './support/slack/server.ts';

const { startService } = useCrier();

describe('Crier in Slack', () => {
  let slack: SlackServer;

  beforeEach(async () => {
    slack = await openSlackServer({ scopes: SCOPES.map(({ scope }) => scope) });
  });
  afterEach(async () => {
    await slack.close();
  });

  const startInSlack = (env: Record<string, string>): Crier<null> => startService({ SLACK_API_URL: slack.apiUrl, ...env });
  const SOCKET = { SLACK_APP_TOKEN: APP.appToken, SLACK_BOT_TOKEN: TEAM_A.botToken };
  const stop = async (crier: Crier<null>): Promise<void> => {
    crier.child.kill('SIGTERM');
    expect(await crier.exit, crier.log()).toBe(0);
  };

  it('schedules by Socket Mode, publishes in time and tells it in the thread; stops cleanly', { timeout: 90_000 }, async () => {
    const crier = startInSlack(SOCKET);
    await crier.logs('Slack is on');
    const ann = slackClient(slack, overSocket(slack));
    await ann.command({ command: '/schedule', text: 'in 2 seconds to bluesky: Hello from Slack' });
    const card = await slack.waitForMessage(TEAM_A.channels.social, ({ text }) => text.includes('P1'));
    const news = await slack.waitForReply(TEAM_A.channels.social, card.ts, ({ text }) => text.includes('published'));
    expect(JSON.stringify(news)).toMatch(/http:\/\/127\.0\.0\.1:\d+\/profile\/crier\.test\/post\//);
    expect(await (await fetch(`${crier.url()}/readyz`)).json()).toEqual({
      ready: true,
      role: 'all',
      checks: { database: 'ok', slack: 'ok' },
    });
    await stop(crier);
    expect(crier.log()).not.toContain(TEAM_A.botToken);
    expect(crier.log()).not.toContain(APP.appToken);
  });

  it('finishes on SIGTERM what was acknowledged, and tells what a publish came to', { timeout: 90_000 }, async () => {
    const crier = startInSlack(SOCKET);
    await crier.logs('Slack is on');
    const ann = slackClient(slack, overSocket(slack));
    await ann.command({ command: '/publish', text: 'to bluesky: A last word' });
    await stop(crier);
    const [call] = slack.calls('chat.postMessage');
    expect(JSON.stringify(call?.args)).toContain('P1');
    const again = startInSlack(SOCKET);
    await again.logs('Slack is on');
    const card = await slack.waitForMessage(TEAM_A.channels.social, ({ text }) => text.includes('P1'));
    const news = await slack.waitForReply(TEAM_A.channels.social, card.ts, ({ text }) => text.includes('published'));
    expect(JSON.stringify(news)).toContain('/profile/crier.test/post/');
    await stop(again);
  });

  it('hears over HTTP what Slack has signed, and nothing else', { timeout: 90_000 }, async () => {
    const crier = startInSlack({ SLACK_SIGNING_SECRET: APP.signingSecret, SLACK_BOT_TOKEN: TEAM_A.botToken });
    await crier.logs('Slack is on');
    const door = overHttp({ url: `${crier.url()}/slack/events`, signingSecret: APP.signingSecret });
    const ann = slackClient(slack, door);
    const forged = await ann.command({ command: '/accounts' }, { signature: `v0=${'0'.repeat(64)}` });
    expect(forged.status).toBe(401);
    const answered = await ann.command({ command: '/accounts' });
    expect(answered.status).toBe(200);
    const accounts = await slack.waitForWhisper(TEAM_A.people.ann.id, ({ text }) => text !== '');
    expect(JSON.stringify(accounts)).toContain('@crier.test');
    expect(slack.whispers(TEAM_A.people.ann.id)).toHaveLength(1);
    await stop(crier);
  });

  it('says at the start that Slack does not take the app token', { timeout: 60_000 }, async () => {
    slack.failNext('apps.connections.open', { error: 'invalid_auth' });
    const crier = startInSlack(SOCKET);
    expect(await crier.exit).toBe(1);
    expect(crier.log()).toContain('Slack does not take SLACK_APP_TOKEN (invalid_auth)');
  });
});
