// The test Slack as the real @slack/web-api sees it: whose token it is, what is refused, faults and files.
import { LogLevel, WebClient } from '@slack/web-api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BOT_SCOPES, TEAM_A, TEAM_B, type Team } from './cast.ts';
import { slackClient } from './client.ts';
import { withoutAddress } from './files.ts';
import { type QuietApp, quietApp } from './quiet-app.ts';
import { openSlackServer, type SlackServer } from './server.ts';

const { ann, bob, gus, sue } = TEAM_A.people;
const { social, outside, secret, closed } = TEAM_A.channels;

let slack: SlackServer;
let web: WebClient;
let app: QuietApp;

const bot = (team: Team): WebClient =>
  new WebClient(team.botToken, {
    logLevel: LogLevel.ERROR,
    slackApiUrl: slack.apiUrl,
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
  });

beforeAll(async () => {
  slack = await openSlackServer();
});
afterAll(() => slack.close());
beforeEach(() => {
  web = bot(TEAM_A);
  app = quietApp();
  slack.forgetCalls();
});

describe('tokens', () => {
  it('each stands for its team, and ids are those of the cast', async () => {
    const [a, b] = await Promise.all([web.auth.test(), bot(TEAM_B).auth.test()]);

    expect(a).toMatchObject({ team_id: TEAM_A.id, user_id: TEAM_A.botUserId, bot_id: TEAM_A.botId });
    expect(b).toMatchObject({ team_id: TEAM_B.id, user_id: TEAM_B.botUserId, bot_id: TEAM_B.botId });
  });

  it.each([
    { token: 'xoxb-unknown', error: 'invalid_auth' },
    { token: undefined, error: 'not_authed' },
  ])('$token is $error', async ({ token, error }) => {
    const client = new WebClient(token, { slackApiUrl: slack.apiUrl });

    await expect(client.auth.test()).rejects.toMatchObject({ data: { error } });
  });

  it('a team does not see the channels of another', async () => {
    const posting = bot(TEAM_B).chat.postMessage({ channel: social, text: 'hello' });

    await expect(posting).rejects.toMatchObject({ data: { error: 'channel_not_found' } });
  });

  it('may do what their scopes say', async () => {
    await expect(web.reactions.add({ channel: social, timestamp: '1.1', name: 'tada' })).rejects.toMatchObject({
      data: { error: 'missing_scope' },
    });
  });
});

describe('people', () => {
  it('have a zone, a locale when asked for, and a standing', async () => {
    const read = (user: string) => web.users.info({ user, include_locale: true });
    const [first, second, guest, stranger] = await Promise.all([ann, bob, gus, sue].map(({ id }) => read(id)));

    expect(first?.user).toMatchObject({ tz: 'Europe/Berlin', tz_offset: 3600, locale: 'de-DE', is_admin: true });
    expect(second?.user).toMatchObject({ tz: 'America/New_York', tz_offset: -18_000, locale: 'en-US', is_admin: false });
    expect(guest?.user).toMatchObject({ is_restricted: true });
    expect(stranger?.user).toMatchObject({ is_stranger: true, team_id: 'T0ELSEWHERE' });
  });

  it('who left cannot be written to', async () => {
    const gone = TEAM_B.people.gus.id;
    slack.deactivate(gone);

    await expect(bot(TEAM_B).conversations.open({ users: gone })).rejects.toMatchObject({ data: { error: 'user_disabled' } });
    expect((await bot(TEAM_B).users.info({ user: gone })).user).toMatchObject({ deleted: true });
  });
});

describe('channels', () => {
  it.each([
    { channel: secret, error: 'channel_not_found' },
    { channel: closed, error: 'is_archived' },
    { channel: 'C0NOWHERE', error: 'channel_not_found' },
  ])('a message into $channel is refused with $error', async ({ channel, error }) => {
    await expect(web.chat.postMessage({ channel, text: 'hello' })).rejects.toMatchObject({ data: { error } });
    expect(slack.calls('chat.postMessage')).toMatchObject([{ ok: false, args: { channel, text: 'hello' } }]);
  });

  it('the bot writes where it is invited, and no longer where it is removed', async () => {
    const post = (): Promise<unknown> => web.chat.postMessage({ channel: secret, text: 'hello' });
    await slack.invite(secret);
    await post();
    await slack.kick(secret);

    await expect(post()).rejects.toMatchObject({ data: { error: 'channel_not_found' } });
  });

  it('the bot writes in a public channel it is not in where its scopes say so, and else not', async () => {
    const words = { channel: outside, text: 'hello' };
    await expect(web.chat.postMessage(words)).rejects.toMatchObject({ data: { error: 'not_in_channel' } });

    const wide = await openSlackServer({ scopes: [...BOT_SCOPES, 'chat:write.public'] });
    const client = new WebClient(TEAM_A.botToken, { slackApiUrl: wide.apiUrl, retryConfig: { retries: 0 } });
    await client.chat.postMessage(words);
    const alone = client.chat.postEphemeral({ ...words, user: TEAM_A.people.ann.id });
    await expect(alone).rejects.toMatchObject({ data: { error: 'not_in_channel' } });
    await wide.close();
  });

  it('threads and conversations with a person are told apart from the channel', async () => {
    const { random: channel } = TEAM_B.channels;
    const other = bot(TEAM_B);
    const parent = await other.chat.postMessage({ channel, text: 'parent' });
    await other.chat.postMessage({ channel, text: 'reply', thread_ts: parent.ts ?? '' });
    await other.chat.postMessage({ channel: TEAM_B.people.bob.id, text: 'only for you' });

    expect((await slack.messages(channel)).map(({ text }) => text)).toEqual(['parent']);
    expect((await slack.thread(channel, parent.ts ?? '')).map(({ text }) => text)).toEqual(['parent', 'reply']);
    expect((await slack.messages(TEAM_B.people.bob.id)).map(({ text }) => text)).toEqual(['only for you']);
  });

  it('a private message is seen by one person', async () => {
    await web.chat.postEphemeral({ channel: social, user: bob.id, text: 'psst' });

    expect(slack.whispers(bob.id)).toMatchObject([{ text: 'psst', channel: social, via: 'chat.postEphemeral' }]);
    expect(slack.whispers(ann.id)).toEqual([]);
  });
});

describe('blocks', () => {
  it('are judged where a test brings a judge', async () => {
    const strict = await openSlackServer({ judge: (_method, { blocks }) => (blocks ? 'invalid_blocks' : null) });
    const client = new WebClient(TEAM_A.botToken, { slackApiUrl: strict.apiUrl });
    const posting = client.chat.postMessage({ channel: social, text: 'hello', blocks: [{ type: 'divider' }] });

    await expect(posting).rejects.toMatchObject({ data: { error: 'invalid_blocks' } });
    await strict.close();
  });
});

describe('faults', () => {
  it('happen once, and only where they are asked for', async () => {
    slack.failNext('chat.postMessage', { status: 429, retryAfter: 2 }, TEAM_A.channels.random);
    const post = (channel: string): Promise<unknown> => web.chat.postMessage({ channel, text: 'hello' });
    await post(social);

    await expect(post(TEAM_A.channels.random)).rejects.toMatchObject({ code: 'slack_webapi_rate_limited_error', retryAfter: 2 });
    await post(TEAM_A.channels.random);
    expect(slack.calls('chat.postMessage').map(({ status }) => status)).toEqual([200, 429, 200]);
  });

  it.each([
    { fault: { error: 'msg_too_long' }, says: { code: 'slack_webapi_platform_error' } },
    { fault: { status: 503 as const }, says: { code: 'slack_webapi_http_error' } },
    { fault: { cut: 'before' as const }, says: { code: 'slack_webapi_request_error' } },
    { fault: { cut: 'after' as const }, says: { code: 'slack_webapi_request_error' } },
  ])('$fault is what the client sees', async ({ fault, says }) => {
    slack.failNext('chat.postMessage', fault);
    const channel = TEAM_A.channels.random;
    const before = (await slack.messages(channel)).length;

    await expect(web.chat.postMessage({ channel, text: 'hello' })).rejects.toMatchObject(says);
    expect((await slack.messages(channel)).length - before).toBe('cut' in fault && fault.cut === 'after' ? 1 : 0);
  });

  it('hold a call for as long as the test wants', async () => {
    const gate = Promise.withResolvers<void>();
    slack.failNext('auth.test', { hold: gate.promise });
    const asked = web.auth.test();
    await web.api.test();
    expect(slack.calls().map(({ method }) => method)).toEqual(['api.test']);
    gate.resolve();

    expect(await asked).toMatchObject({ ok: true });
  });
});

describe('files', () => {
  const bytes = new Uint8Array([1, 2, 3]);

  it('are handed out to the bot of their team, and to others a sign-in page', async () => {
    const file = slack.shareFile({ name: 'kite.png', bytes, altText: 'A red kite' });
    const load = (token: string): Promise<Response> =>
      fetch(file.url_private_download, { headers: token === '' ? {} : { authorization: `Bearer ${token}` } });
    const own = await load(TEAM_A.botToken);

    expect(new Uint8Array(await own.arrayBuffer())).toEqual(bytes);
    expect(own.headers.get('content-type')).toBe('image/png');
    for (const token of ['', TEAM_B.botToken]) {
      const page = await load(token);
      expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    }
    expect((await web.files.info({ file: file.id })).file).toMatchObject({ alt_txt: 'A red kite', size: 3 });
    await expect(bot(TEAM_B).files.info({ file: file.id })).rejects.toMatchObject({ data: { error: 'file_not_found' } });
  });

  it('of another workspace have to be asked for', async () => {
    const file = slack.shareFile({ name: 'kite.png', bytes });
    const bare = withoutAddress(file);

    expect(bare).toMatchObject({ file_access: 'check_file_info' });
    expect((await web.files.info({ file: String(bare.id) })).file).toMatchObject({ url_private: file.url_private });
  });

  it('come with the messages they were shared in', async () => {
    const file = slack.shareFile({ name: 'kite.png', bytes });
    const { message } = await slackClient(slack, app).say({ text: 'please publish this', files: [file] });

    expect(message.files).toMatchObject([{ id: file.id }]);
    expect(app.told.at(-1)?.payload.event).toMatchObject({ type: 'message', channel_type: 'im', files: [{ id: file.id }] });
    const { messages } = await web.conversations.history({ channel: message.channel });
    expect(messages?.[0]).toMatchObject({ files: [{ id: file.id }] });
  });
});
