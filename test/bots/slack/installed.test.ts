// Slack as main.ts opens it, for several workspaces: installed through the browser, spoken to by signed requests, and removed again.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../../src/bots/commands/index.ts';
import { renderNews } from '../../../src/bots/news.ts';
import { newsCard } from '../../../src/bots/news-card.ts';
import { openCommands } from '../../../src/bots/run.ts';
import { openSlack, type SlackChat, type SlackOptions } from '../../../src/bots/slack/index.ts';
import { tellNews } from '../../../src/core/usecases/tell-news.ts';
import { closeNewsrooms, type Newsroom, openNewsroom, PUBLISHED } from '../../core/usecases/newsroom.ts';
import { type LocalServer, serveLocally } from '../../support/local-server.ts';
import { APP, TEAM_A, TEAM_B, type Team } from '../../support/slack/cast.ts';
import { type SlackClient, slackClient } from '../../support/slack/client.ts';
import { overHttp, overSocket } from '../../support/slack/delivery.ts';
import { openSlackServer, type SlackServer } from '../../support/slack/server.ts';

let slack: SlackServer;
let room: Newsroom;
let web: LocalServer;
let chat: SlackChat;

beforeEach(async () => {
  [slack, room] = await Promise.all([openSlackServer(), openNewsroom()]);
  let listener: SlackChat['listener'] = null;
  web = await serveLocally((request, response) => listener?.(request, response));
  const { clientId, clientSecret } = APP;
  chat = openChat({
    signingSecret: APP.signingSecret,
    appToken: null,
    botToken: null,
    oauth: { clientId, clientSecret, stateSecret: 'a secret of the tests', publicUrl: web.url },
    apiUrl: slack.apiUrl,
  });
  listener = chat.listener;
  await chat.start();
});
afterEach(async () => {
  await web.close();
  await chat.stop();
  await chat.close();
  await Promise.all([slack.close(), closeNewsrooms()]);
});

function openChat(connection: SlackOptions['connection']): SlackChat {
  const { deps, store } = room;
  return openSlack({
    connection,
    commands: openCommands(commands),
    deps,
    enter: store.workspaces.enter,
    timeZone: 'Europe/Berlin',
    renderNews: (news) => renderNews(news, deps.platforms),
    newsCard: (news) => newsCard(deps, news),
  });
}

/** Ann of the team opens the page, allows it, and is sent back. */
async function install(team: Team): Promise<void> {
  slack.answerInstall({ team, userId: team.people.ann.id, allow: true });
  const page = await fetch(`${web.url}/slack/install`);
  const cookie = page.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const link = /href="([^"]+)"/.exec(await page.text())?.[1]?.replaceAll('&amp;', '&') ?? '';
  const back = (await fetch(link, { redirect: 'manual' })).headers.get('location') ?? '';
  expect((await fetch(back, { headers: { cookie } })).status).toBe(200);
}

const clientOf = (team: Team): SlackClient =>
  slackClient(slack, overHttp({ url: `${web.url}/slack/events`, signingSecret: APP.signingSecret }), team);

/** The workspace of the team with one connected account, as a member of it sees it. */
async function connect(team: Team) {
  const actor = await room.store.workspaces.enter({
    chat: 'slack',
    teamId: team.id,
    teamName: team.name,
    userId: team.people.ann.id,
    userName: 'Ann',
    role: 'admin',
    timeZone: 'Europe/Berlin',
  });
  await room.store.accounts.connect(actor, {
    platform: 'bluesky',
    handle: `@${team.domain}.example`,
    service: 'https://bluesky.example',
    remoteId: team.id,
    announcedLimits: null,
    expiresAt: null,
    credentials: {},
  });
  return actor;
}

describe('Crier in several Slack workspaces', () => {
  it('greets whoever installs it, with what to type first', async () => {
    await install(TEAM_A);
    const greeting = await slack.waitForMessage(TEAM_A.people.ann.id);
    expect(JSON.stringify(greeting)).toMatch(/Crier is in Acme.*\/connect.*\/schedule/);
    expect(chat.standing()).toBe(`install it at ${web.url}/slack/install`);
  });

  it('says something to one person where they asked, so that nobody else there sees it', async () => {
    await install(TEAM_A);
    const { id: userId } = TEAM_A.people.ann;
    const whom = { teamId: TEAM_A.id, userId, channel: TEAM_A.channels.social };
    await chat.sayTo(whom, { tone: 'good', title: 'It is connected', private: true });
    expect(JSON.stringify(await slack.waitForWhisper(userId))).toContain('It is connected');
    await chat.sayTo({ ...whom, channel: TEAM_A.channels.secret }, { tone: 'good', title: 'And here', private: true });
    expect(JSON.stringify(await slack.waitForMessage(userId, ({ text }) => text.includes('And here')))).toContain('And here');
  });

  it('says something to one person by direct message where a person stands for the channel, for what must not be overlooked', async () => {
    await install(TEAM_A);
    const { id: userId } = TEAM_A.people.ann;
    await chat.sayTo({ teamId: TEAM_A.id, userId, channel: userId }, { tone: 'bad', title: 'It is gone', private: true });
    const message = await slack.waitForMessage(userId, ({ text }) => text.includes('It is gone'));
    expect(JSON.stringify(message)).toContain('It is gone');
  });

  it('keeps what each workspace has to itself', async () => {
    await install(TEAM_A);
    await install(TEAM_B);
    const [inA, inB] = [await connect(TEAM_A), await connect(TEAM_B)];
    await clientOf(TEAM_A).command({ command: '/schedule', text: 'tomorrow 9am to bluesky: Only for Acme' });
    await slack.waitForMessage(TEAM_A.channels.social, ({ text }) => text.includes('P1'));
    await clientOf(TEAM_B).command({ command: '/posts' });
    const list = await slack.waitForWhisper(TEAM_B.people.ann.id);
    expect(JSON.stringify(list)).not.toContain('Only for Acme');
    await clientOf(TEAM_B).command({ command: '/post', text: 'P1' });
    expect(JSON.stringify(await slack.waitForWhisper(TEAM_B.people.ann.id, ({ text }) => text.includes('P1')))).toContain(
      'no post P1',
    );
    expect(await room.store.posts.find(inA.workspace.id, 1)).not.toBeNull();
    expect(await room.store.posts.find(inB.workspace.id, 1)).toBeNull();
  });

  it('holds the posts of a workspace that removes it, loses none, and is there again after a new installation', async () => {
    await install(TEAM_A);
    const actor = await connect(TEAM_A);
    const ann = clientOf(TEAM_A);
    await ann.command({ command: '/schedule', text: 'tomorrow 9am to bluesky: See you' });
    await slack.waitForMessage(TEAM_A.channels.social, ({ text }) => text.includes('P1'));

    await ann.uninstall();
    await chat.stop();
    expect(await room.store.installations.find('slack', TEAM_A.id)).toBeNull();
    const { removedAt } = (await connect(TEAM_A)).workspace;
    expect(removedAt).not.toBeNull();
    const unheard = slack.calls('chat.postMessage').length;
    await ann.command({ command: '/posts' });
    await chat.stop();
    expect(slack.calls('chat.postMessage')).toHaveLength(unheard);

    await install(TEAM_A);
    expect((await connect(TEAM_A)).workspace.removedAt).toBeNull();
    expect((await room.store.posts.find(actor.workspace.id, 1))?.deliveries[0]?.state).toBe('scheduled');
    await ann.command({ command: '/posts' });
    await slack.waitForWhisper(TEAM_A.people.ann.id, (whisper) => JSON.stringify(whisper).includes('See you'));
  });

  it('tells news of each workspace with its own token', async () => {
    await install(TEAM_A);
    await install(TEAM_B);
    await connect(TEAM_A);
    await connect(TEAM_B);
    for (const team of [TEAM_A, TEAM_B]) {
      await clientOf(team).command({ command: '/publish', text: `to bluesky: Hello ${team.name}` });
      await slack.waitForMessage(team.channels.social, ({ text }) => text.includes('P1'));
    }
    await settleAll();
    await tellNews(room.deps, [chat]);
    for (const team of [TEAM_A, TEAM_B]) {
      const card = await slack.waitForMessage(team.channels.social, ({ text }) => text.includes('P1'));
      const told = await slack.waitForReply(team.channels.social, card.ts);
      expect(JSON.stringify(told)).toContain(`Hello ${team.name}`);
    }
  });
});

/** All that is due goes out, whosever it is. */
async function settleAll(): Promise<void> {
  const { store, clock } = room;
  const now = clock.now();
  const claims = await store.queue.claimDue({
    now,
    leaseUntil: now.add({ minutes: 1 }),
    limit: 10,
    perAccount: 10,
    busyAccountIds: [],
  });
  for (const claim of claims) {
    const settlement = { holdReason: null, dueAt: null, countsAsTry: true, errorKind: null, errorMessage: null, tell: true };
    await store.queue.settle(
      claim,
      { outcome: 'published', state: 'published', published: null, ...settlement, ...PUBLISHED },
      now,
    );
  }
}

describe('Crier in one Slack workspace', () => {
  const byHand = { signingSecret: null, appToken: APP.appToken, botToken: TEAM_A.botToken, oauth: null };

  it('says which it is in, and whether it hears Slack', async () => {
    const own = openChat({ ...byHand, apiUrl: slack.apiUrl });
    await expect(own.check()).rejects.toThrow('Socket Mode');
    await own.start();
    expect([own.standing(), own.listener]).toEqual(['in Acme', null]);
    await own.check();
    await slackClient(slack, overSocket(slack)).command({ command: '/help' });
    await slack.waitForWhisper(TEAM_A.people.ann.id, ({ text }) => text !== '');
    await own.stop();
    await own.close();
  });

  it('is there again when it starts with a token that works', async () => {
    await connect(TEAM_A);
    await room.store.workspaces.setPresent('slack', TEAM_A.id, false);
    const own = openChat({ ...byHand, apiUrl: slack.apiUrl });
    await own.start();
    expect((await connect(TEAM_A)).workspace.removedAt).toBeNull();
    await own.stop();
  });

  it('starts, and says what is wrong, where Slack does not take its bot token', async () => {
    const own = openChat({ ...byHand, botToken: 'xoxb-of-another-app', apiUrl: slack.apiUrl });
    await own.start();
    expect(own.standing()).toContain('does not take SLACK_BOT_TOKEN');
    await expect(own.check()).rejects.toThrow('SLACK_BOT_TOKEN');
    await own.stop();
  });

  it('does not start with an app token that Slack refuses', async () => {
    slack.failNext('apps.connections.open', { error: 'invalid_auth' });
    await expect(openChat({ ...byHand, apiUrl: slack.apiUrl }).start()).rejects.toMatchObject({
      kind: 'invalid-input',
      userMessage: expect.stringContaining('SLACK_APP_TOKEN (invalid_auth)'),
    });
  });
});
