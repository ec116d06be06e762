// A real Bolt app before the test Slack, in both modes: what the kit sends, Bolt takes, and what Bolt answers, the kit sees.
import { createServer } from 'node:http';
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import { APP, TEAM_A, TEAM_B } from './cast.ts';
import { slackClient } from './client.ts';
import { type Door, overHttp, overSocket } from './delivery.ts';
import { openSlackServer, type SlackServer } from './server.ts';

const { ann, bob } = TEAM_A.people;
const { social } = TEAM_A.channels;

interface Running {
  slack: SlackServer;
  door: Door;
}

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function teach(app: App): void {
  app.command('/echo', async ({ ack, command, say, respond }) => {
    await ack();
    await respond({ text: 'heard you', response_type: 'ephemeral' });
    const button = {
      type: 'button' as const,
      action_id: 'like',
      value: 'post-1',
      text: { type: 'plain_text' as const, text: 'Like' },
    };
    await say({ text: command.text, blocks: [{ type: 'actions', block_id: 'row', elements: [button] }] });
  });
  app.action('like', async ({ ack, action, client, body, respond }) => {
    await ack();
    if (body.type !== 'block_actions' || action.type !== 'button') throw new Error('not a button');
    await client.chat.update({ channel: body.channel?.id ?? '', ts: body.message?.ts ?? '', text: `liked ${action.value}` });
    await respond({ text: 'thank you', replace_original: false });
  });
  const input = (name: string, optional: boolean) => ({
    type: 'input' as const,
    block_id: name,
    optional,
    dispatch_action: true,
    label: { type: 'plain_text' as const, text: name },
    element: { type: 'plain_text_input' as const, action_id: name },
  });
  const form = {
    type: 'modal' as const,
    callback_id: 'form',
    title: { type: 'plain_text' as const, text: 'New post' },
    submit: { type: 'plain_text' as const, text: 'Schedule' },
    blocks: [input('words', false), input('when', true)],
  };
  app.shortcut('new_post', async ({ ack, client, body }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: form });
  });
  app.action('words', async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions' || !body.view) throw new Error('not in a view');
    const words = body.view.state.values.words?.words?.value ?? '';
    const view = { ...form, title: { type: 'plain_text' as const, text: `${words.length} characters` } };
    await client.views.update({ view_id: body.view.id, hash: body.view.hash, view });
  });
  app.view('form', async ({ ack, view }) => {
    const words = view.state.values.words?.words?.value ?? '';
    await (words === 'bad' ? ack({ response_action: 'errors', errors: { words: 'Try again.' } }) : ack());
  });
  app.event('app_mention', async ({ event, say }) => {
    await say({ text: `you said ${event.text}`, thread_ts: event.ts });
  });
  app.event('app_home_opened', async ({ event, client }) => {
    const blocks = [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'Welcome' } }];
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
  });
}

const tokens = new Map([TEAM_A, TEAM_B].map((team) => [team.id, { botToken: team.botToken, botUserId: team.botUserId }]));

function appFor(slack: SlackServer, receiver: HTTPReceiver | SocketModeReceiver): App {
  const app = new App({
    receiver,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.apiUrl },
    tokenVerificationEnabled: false,
    authorize: async ({ teamId }) => tokens.get(teamId ?? '') ?? {},
  });
  teach(app);
  return app;
}

async function runHttp(): Promise<Running> {
  const slack = await openSlackServer();
  const receiver = new HTTPReceiver({ signingSecret: APP.signingSecret, endpoints: '/slack/events', logLevel: LogLevel.ERROR });
  appFor(slack, receiver);
  const server = createServer(receiver.requestListener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  closing.push(slack.close, () => new Promise((resolve) => server.close(resolve)));
  return { slack, door: overHttp({ url: `http://127.0.0.1:${address.port}/slack/events`, signingSecret: APP.signingSecret }) };
}

async function runSocket(): Promise<Running> {
  const slack = await openSlackServer();
  const clientOptions = { slackApiUrl: slack.apiUrl };
  const receiver = new SocketModeReceiver({
    appToken: APP.appToken,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions },
    // also the pause before coming back, five seconds otherwise
    clientPingTimeout: 100,
  });
  const app = appFor(slack, receiver);
  await app.start();
  closing.push(slack.close, () => app.stop());
  return { slack, door: overSocket(slack) };
}

describe.each([
  { mode: 'HTTP', run: runHttp },
  { mode: 'Socket Mode', run: runSocket },
])('a Bolt app over $mode', ({ run }) => {
  it('answers a command in the channel and privately', async () => {
    const { slack, door } = await run();
    const { status, ms } = await slackClient(slack, door).command({ command: '/echo', text: 'good morning', user: bob.id });
    const message = await slack.waitForMessage(social, ({ text }) => text === 'good morning');
    const whisper = await slack.waitForWhisper(bob.id);

    expect(status).toBe(200);
    expect(ms).toBeLessThan(3000);
    expect(message).toMatchObject({ user: TEAM_A.botUserId, bot_id: TEAM_A.botId });
    expect(whisper).toMatchObject({ text: 'heard you', channel: social, via: 'response_url' });
  });

  it('is told of a press with the message as the person saw it', async () => {
    const { slack, door } = await run();
    const client = slackClient(slack, door);
    await client.command({ command: '/echo', text: 'like me' });
    const card = await slack.waitForMessage(social);
    await client.press(card, 'like', { user: bob.id });

    expect(await slack.waitForMessage(social, ({ text }) => text === 'liked post-1')).toMatchObject({ ts: card.ts });
    expect(await slack.waitForWhisper(bob.id)).toMatchObject({ text: 'thank you' });
    await expect(client.press(card, 'dislike')).rejects.toThrow('There is no dislike to press, only like.');
  });

  it('opens a modal, follows what is typed, refuses a field and closes', async () => {
    const { slack, door } = await run();
    const client = slackClient(slack, door);
    await client.shortcut({ callback_id: 'new_post' });
    const form = await slack.waitForView(ann.id);
    await client.change(form, 'words', 'Hello');
    const counted = await slack.waitForView(ann.id, ({ title }) => title?.text === '5 characters');
    const refused = await client.submit(counted, { words: 'bad' });

    expect(counted.typed.words?.words).toMatchObject({ value: 'Hello' });
    expect(refused.body).toEqual({ response_action: 'errors', errors: { words: 'Try again.' } });
    expect(slack.views(ann.id)).toHaveLength(1);
    await expect(client.submit(counted, { words: '' })).rejects.toThrow('words is empty');

    await client.submit(counted, { words: 'good' });
    expect(slack.views(ann.id)).toEqual([]);
  });

  it('answers a mention in its thread and shows App Home', async () => {
    const { slack, door } = await run();
    const client = slackClient(slack, door);
    const { message } = await client.mention({ text: '@Crier hello', channel: social });
    const reply = await slack.waitForReply(social, message.ts);
    await client.openHome(bob.id);
    await slack.waitForCall('views.publish');

    expect(reply.text).toBe(`you said <@${TEAM_A.botUserId}> hello`);
    expect(slack.home(bob.id)).toMatchObject({ type: 'home' });
    expect(slack.home(ann.id)).toBeNull();
  });

  it('serves two teams side by side', async () => {
    const { slack, door } = await run();
    await slackClient(slack, door, TEAM_B).command({ command: '/echo', text: 'over here' });

    expect(await slack.waitForMessage(TEAM_B.channels.social)).toMatchObject({ text: 'over here', user: TEAM_B.botUserId });
    expect(await slack.messages(social)).toEqual([]);
  });
});

describe('a redelivery', () => {
  it('is the same event again, and says so', async () => {
    const { slack, door } = await runHttp();
    const client = slackClient(slack, door);
    const first = await client.mention({ text: '@Crier twice', channel: social });
    const second = await client.again(first);
    const replies = (): ReturnType<SlackServer['thread']> => slack.thread(social, first.message.ts);

    expect(second.sent).toBe(first.sent);
    // the echo app does not mind doing things twice
    await slack.until(async () => (await replies()).length === 3, 'two answers');
  });
});

describe('what only HTTP has', () => {
  it.each([
    { what: 'a forged signature', manner: { signature: 'v0=0000' } },
    { what: 'a request from an hour ago', manner: { timestamp: Math.floor(Date.now() / 1000) - 3600 } },
  ])('$what is refused', async ({ manner }) => {
    const { slack, door } = await runHttp();
    const { status } = await slackClient(slack, door).command({ command: '/echo', text: 'no' }, manner);

    expect(status).toBe(401);
    expect(slack.calls()).toEqual([]);
  });
});

describe('what only Socket Mode has', () => {
  it.each([
    { what: 'Slack asks for it', go: (slack: SlackServer) => slack.socket.disconnect('refresh_requested') },
    { what: 'the network fails', go: (slack: SlackServer) => slack.socket.drop() },
  ])('comes back on a new address when $what', async ({ go }) => {
    const { slack, door } = await runSocket();
    go(slack);
    await slack.until(() => slack.socket.connections() === 0, 'the connection to close');
    const { ms } = await slackClient(slack, door).command({ command: '/echo', text: 'back again' });
    await slack.waitForMessage(social, ({ text }) => text === 'back again');

    expect(ms).toBeLessThan(3000);
    expect(slack.calls('apps.connections.open')).toHaveLength(2);
  });
});
