// What nobody just asked for, said into a channel or under a card: with its pictures, once, or not at all where nobody lets Crier write.
import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Reply } from '../../../src/bots/reply.ts';
import { sendPatiently } from '../../../src/bots/slack/outbox-patience.ts';
import { openSayIn } from '../../../src/bots/slack/say-in.ts';
import type { TeamAccess } from '../../../src/bots/slack/teams.ts';
import { CrierError } from '../../../src/core/errors.ts';
import type { ChatPlace } from '../../../src/core/ports.ts';
import { clockAt, type TestClock } from '../../support/clock.ts';
import { TEAM_A } from '../../support/slack/cast.ts';
import { openSlackServer, type SlackServer } from '../../support/slack/server.ts';
import { openSending, type Sending, say, word } from './outbox-kit.ts';
import { readText } from './read-blocks.ts';
import { csv, picture } from './report-reply.ts';

const { social, random, outside, secret, closed } = TEAM_A.channels;

let slack: SlackServer;
let sending: Sending;
let removed: string[];
let clock: TestClock;
/** What happens before files are handed over. */
let beforeCall: () => Promise<void>;
beforeAll(async () => {
  slack = await openSlackServer();
});
afterAll(() => slack.close());
beforeEach(() => {
  sending = openSending(slack);
  removed = [];
  clock = clockAt('2026-11-23T08:00:00Z');
  beforeCall = async () => {};
  slack.forgetCalls();
});

const digest = (more: Partial<Reply> = {}): Reply => ({ tone: 'plain', title: word('Yesterday'), ...more });
const place = (channel: string, message?: string): ChatPlace => ({
  teamId: TEAM_A.id,
  channel,
  post: message === undefined ? null : { id: '1', message, name: 'P1' },
});

/** One process's way to say it. */
function sayIn(access: () => Promise<TeamAccess> = async () => sending.access) {
  const { outbox, log, waits } = sending;
  const patience = { pause: waits.pause, signal: new AbortController().signal, maxWaitMs: 30_000 };
  const onDeadToken = async (teamId: string): Promise<void> => void removed.push(teamId);
  const call = async <T>(work: () => Promise<T>): Promise<T> => {
    await beforeCall();
    return sendPatiently(patience, work);
  };
  return openSayIn({ teams: { access }, outbox, clock, log, onDeadToken, call });
}

describe('a digest in Slack', () => {
  it('comes into its channel with its picture, and with other files beside it', async () => {
    const reply = digest({ files: [picture('day.png', '4 posts.'), csv('day.csv')] });
    expect(await sayIn()(place(random), reply, word('key'))).toBe('said');
    const messages = await slack.messages(random);
    expect(messages.flatMap(({ files }) => files.map(({ name }) => name))).toEqual(['day.csv']);
    expect(messages.at(-1)?.blocks).toContainEqual({
      type: 'image',
      slack_file: { id: expect.stringMatching(/^F/) },
      alt_text: '4 posts.',
    });
  });

  it.each(['thread', 'thread/card'])('comes under the card of its post, which is remembered as %s', async (form) => {
    const top = await sending.outbox.post(sending.access, { channel: social }, [say(word('Card'))]);
    const card = await sending.outbox.post(sending.access, { channel: social, thread: top.ts }, [say(word('Card'))]);
    const message = form === 'thread' ? top.ts : `${top.ts}/${card.ts}`;
    const reply = digest();
    expect(await sayIn()(place(social, message), reply, word('key'))).toBe('said');
    const thread = await slack.thread(social, top.ts);
    expect(readText(thread.at(-1)?.blocks)).toBe(reply.title);
  });

  it.each([{ where: 'a channel' }, { where: 'a thread', inThread: true }])(
    'said again with its key in $where, because nobody could write that down, is said once',
    async ({ inThread = false }) => {
      const top = await sending.outbox.post(sending.access, { channel: social }, [say(word('Card'))]);
      const to = place(social, inThread ? top.ts : undefined);
      const key = word('key');
      const reply = digest({ files: [csv('once.csv')] });
      await sayIn()(to, reply, key);
      sending = openSending(slack);
      expect(await sayIn()(to, reply, key)).toBe('said');
      await sayIn()(to, digest(), word('another key'));
      const said = inThread ? await slack.thread(social, top.ts) : await slack.messages(social);
      expect(said.filter(({ blocks }) => readText(blocks) === reply.title)).toHaveLength(1);
      expect(said.flatMap(({ files }) => files).filter(({ name }) => name === 'once.csv')).toHaveLength(1);
    },
  );

  it('that another process said while its picture was on its way is said once', async () => {
    const key = word('key');
    const reply = digest({ files: [picture('day.png')] });
    beforeCall = async () => {
      beforeCall = async () => {};
      clock.forward({ minutes: 2 });
      await sayIn()(place(social), reply, key);
    };
    expect(await sayIn()(place(social), reply, key)).toBe('said');
    const said = (await slack.messages(social)).filter(({ blocks }) => readText(blocks) === reply.title);
    expect(said).toHaveLength(1);
  });

  it('tells nobody in its metadata what its key is', async () => {
    await sayIn()(place(social), digest(), 'digest/D1/2026-11-23');
    expect(JSON.stringify(slack.calls('chat.postMessage'))).not.toContain('D1');
  });

  it('is said where Slack does not let Crier look whether it was', async () => {
    slack.failNext('conversations.history', { error: 'missing_scope' });
    expect(await sayIn()(place(social), digest(), word('key'))).toBe('said');
  });

  it.each([
    { where: 'an archived channel', channel: closed },
    { where: 'a channel Crier is not in', channel: outside },
    { where: 'a private channel Crier is not in', channel: secret },
  ])('is not said in $where', async ({ channel }) => {
    expect(await sayIn()(place(channel), digest({ files: [csv()] }), word('key'))).toBe('closed');
    expect(removed).toEqual([]);
  });

  it('is not said under a card that is gone', async () => {
    slack.failNext('conversations.replies', { error: 'thread_not_found' });
    expect(await sayIn()(place(random, '1.1'), digest(), word('key'))).toBe('closed');
  });

  it('is not said where Crier was removed, which is then known', async () => {
    const dead = new WebClient('xoxb-revoked', { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
    const access = async (): Promise<TeamAccess> => ({ ...sending.access, client: dead });
    expect(await sayIn(access)(place(social), digest(), word('key'))).toBe('closed');
    expect(removed).toEqual([TEAM_A.id]);
  });

  it('is not said where Crier is not installed', async () => {
    const access = async (): Promise<TeamAccess> => {
      throw new CrierError('not-found', 'Crier is not installed in this Slack workspace.');
    };
    expect(await sayIn(access)(place(social), digest(), word('key'))).toBe('closed');
  });

  it.each(['chat.postMessage', 'files.getUploadURLExternal'])(
    'is to be said later, and nothing of it was said, where Slack wants patience for %s',
    async (method) => {
      slack.failNext(method, { status: 429, retryAfter: 60 });
      const reply = digest({ files: [picture('day.png')] });
      await expect(sayIn()(place(social), reply, word('key'))).rejects.toMatchObject({ kind: 'rate-limited' });
      expect((await slack.messages(social)).map(({ blocks }) => readText(blocks))).not.toContain(reply.title);
    },
  );
});
