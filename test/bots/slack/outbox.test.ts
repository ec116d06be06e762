// How messages leave for Slack: order, rate limits, broken connections, refusals. The Slack is the test one, over real HTTP.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isClosedChannel, isDeadToken, isSpentUrl } from '../../../src/bots/slack/outbox.ts';
import { TEAM_A, TEAM_B } from '../../support/slack/cast.ts';
import { openSlackServer, type SlackServer } from '../../support/slack/server.ts';
import { accessTo, openSending, type Sending, say } from './outbox-kit.ts';

const { social, random, closed } = TEAM_A.channels;
const { ann, bob } = TEAM_A.people;

let slack: SlackServer;
let sending: Sending;

beforeAll(async () => {
  slack = await openSlackServer();
});
afterAll(() => slack.close());
beforeEach(() => {
  slack.forgetCalls();
  sending = openSending(slack);
});

const textsIn = async (channel: string): Promise<string[]> => (await slack.messages(channel)).map(({ text }) => text);
const sentTo = (channel: string): unknown[] =>
  slack.calls('chat.postMessage').flatMap(({ args, ok }) => (args.channel === channel && ok ? [args.text] : []));

/** A port nobody listens at any more. */
async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address !== null && typeof address === 'object' ? address.port : 0;
}

/** A word no other test has said, so that tests may share a channel. */
let said = 0;
const word = (text: string): string => `${text} ${++said}`;

describe('order', () => {
  it('sends what goes to one channel one after another, in the order it was handed over', async () => {
    const { outbox, access } = sending;
    const held = Promise.withResolvers<void>();
    slack.failNext('chat.postMessage', { hold: held.promise }, social);
    const words = [word('first'), word('second'), word('third')];

    const posts = words.map((each) => outbox.post(access, { channel: social }, [say(each)]));
    const elsewhere = word('elsewhere');
    await outbox.post(access, { channel: random }, [say(elsewhere)]);
    expect(sentTo(social)).toEqual([]);
    held.resolve();
    await Promise.all(posts);

    expect(sentTo(social)).toEqual(words);
  });

  it('goes on in a channel after a message that failed', async () => {
    const { outbox, access } = sending;
    slack.failNext('chat.postMessage', { error: 'no_text' }, social);
    const failed = outbox.post(access, { channel: social }, [say(word('refused'))]);
    const next = outbox.post(access, { channel: social }, [say(word('taken'))]);

    await expect(failed).rejects.toMatchObject({ kind: 'rejected', meta: { slack: 'no_text' } });
    await expect(next).resolves.toMatchObject({ channel: social });
  });

  it('lets two teams have channels of the same id', async () => {
    const { outbox, access } = sending;
    const theirs = accessTo(slack, TEAM_B);
    await outbox.post(access, { channel: social }, [say(word('ours'))]);
    await expect(outbox.post(theirs, { channel: social }, [say(word('not theirs'))])).rejects.toSatisfy(isClosedChannel);
  });
});

describe('rate limits', () => {
  it('makes one channel wait for as long as Slack asks, and the others not', async () => {
    const { outbox, access, waits } = sending;
    waits.hold();
    slack.failNext('chat.postMessage', { status: 429, retryAfter: 7 }, social);
    const [slowly, after, meanwhile] = [word('slowly'), word('after it'), word('meanwhile')];
    const posts = [slowly, after].map((each) => outbox.post(access, { channel: social }, [say(each)]));
    await waits.until(7_000);
    await outbox.post(access, { channel: random }, [say(meanwhile)]);

    expect(sentTo(social)).toEqual([]);
    expect(await textsIn(random)).toContain(meanwhile);
    waits.letGo(7_000);
    await Promise.all(posts);
    expect(sentTo(social)).toEqual([slowly, after]);
  });

  it('waits again where Slack asks again, and sends the message once', async () => {
    const { outbox, access, waits } = sending;
    for (const retryAfter of [3, 2, 5, 4, 1]) slack.failNext('chat.postMessage', { status: 429, retryAfter }, social);
    const patient = word('patient');
    await outbox.post(access, { channel: social }, [say(patient)]);

    expect(waits.asked).toEqual([3_000, 2_000, 5_000, 4_000, 1_000]);
    expect((await textsIn(social)).filter((text) => text === patient)).toHaveLength(1);
  });

  it.each([
    { name: 'at once', asked: [31] },
    { name: 'in the end', asked: [20, 15] },
  ])('gives a message back where Slack wants more than half a minute $name', async ({ asked }) => {
    const { outbox, access, waits } = sending;
    for (const retryAfter of asked) slack.failNext('chat.postMessage', { status: 429, retryAfter }, social);
    const late = outbox.post(access, { channel: social }, [say(word('late'))]);

    await expect(late).rejects.toMatchObject({ kind: 'rate-limited', retryAfterMs: (asked.at(-1) ?? 0) * 1_000 });
    expect(waits.asked).toEqual(asked.slice(0, -1).map((seconds) => seconds * 1_000));
  });

  it('takes a rate limit that is said in a 200 for one', async () => {
    const { outbox, access, waits } = sending;
    slack.failNext('chat.postMessage', { error: 'rate_limited' }, social);
    await outbox.post(access, { channel: social }, [say(word('said in a 200'))]);
    expect(waits.asked).toEqual([5_000]);
  });

  it('stops waiting when Crier stops, and says that the message did not leave', async () => {
    const { outbox, access, waits } = sending;
    waits.hold();
    slack.failNext('chat.postMessage', { status: 429, retryAfter: 20 }, social);
    const waiting = outbox.post(access, { channel: social }, [say(word('stopped'))]);
    const given = expect(waiting).rejects.toMatchObject({ kind: 'rate-limited', retryAfterMs: 20_000 });
    await waits.until(20_000);
    const drained = outbox.drain();
    await waits.until(5_000);
    waits.letGo(5_000);
    await drained;
    await given;
  });

  it('lets what is on its way arrive when Crier stops', async () => {
    const { outbox, access } = sending;
    const words = [word('on its way'), word('behind it')];
    const posts = words.map((each) => outbox.post(access, { channel: social }, [say(each)]));
    await Promise.all([outbox.drain(), ...posts]);
    expect(sentTo(social)).toEqual(words);
  });
});

describe('a connection that breaks', () => {
  it('tries again where Slack was not reached', async () => {
    const { outbox, waits, log } = sending;
    const nowhere = accessTo({ apiUrl: `http://127.0.0.1:${await unusedPort()}/api/` }, TEAM_A, log);
    const post = outbox.post(nowhere, { channel: social }, [say(word('unreached'))]);

    await expect(post).rejects.toMatchObject({ kind: 'unavailable' });
    expect(waits.asked).toEqual([250, 500, 1_000]);
  });

  it('does not post a second time what arrived although the answer did not', async () => {
    const { outbox, access } = sending;
    slack.failNext('chat.postMessage', { cut: 'after' }, social);
    const once = word('once');
    const place = await outbox.post(access, { channel: social }, [say(once)]);

    const posted = (await slack.messages(social)).filter(({ text }) => text === once);
    expect(posted.map(({ ts }) => ts)).toEqual([place.ts]);
  });

  it('finds out the same in a thread and in direct messages', async () => {
    const { outbox, access } = sending;
    const parent = await outbox.post(access, { channel: social }, [say(word('parent'))]);
    const [reply, direct] = [word('reply'), word('direct')];
    slack.failNext('chat.postMessage', { cut: 'after' }, social);
    await outbox.post(access, { channel: social, thread: parent.ts }, [say(reply)]);
    slack.failNext('chat.postMessage', { cut: 'after' }, bob.id);
    const there = await outbox.post(access, { channel: bob.id }, [say(direct)]);

    expect((await slack.thread(social, parent.ts)).filter(({ text }) => text === reply)).toHaveLength(1);
    expect((await textsIn(bob.id)).filter((text) => text === direct)).toHaveLength(1);
    expect(there.channel).toMatch(/^D/);
  });

  it.each([{ cut: 'before' as const }, { error: 'internal_error' }, { status: 503 as const }])(
    'posts again what Slack does not have after %j',
    async (fault) => {
      const { outbox, access } = sending;
      slack.failNext('chat.postMessage', fault, social);
      const again = word('again');
      await outbox.post(access, { channel: social }, [say(again)]);
      expect((await textsIn(social)).filter((text) => text === again)).toHaveLength(1);
    },
  );

  it('is as patient with asking as with sending', async () => {
    const { outbox, access, waits } = sending;
    slack.failNext('chat.postMessage', { cut: 'after' }, social);
    slack.failNext('conversations.history', { status: 429, retryAfter: 3 });
    const once = word('once');
    await outbox.post(access, { channel: social }, [say(once)]);

    expect(waits.asked).toEqual([2_000, 3_000]);
    expect((await textsIn(social)).filter((text) => text === once)).toHaveLength(1);
  });

  it('says that nobody knows where Slack cannot be asked, and sends nothing more', async () => {
    const { outbox, access } = sending;
    slack.failNext('chat.postMessage', { cut: 'after' }, social);
    slack.failNext('conversations.history', { error: 'missing_scope' });
    const post = outbox.post(access, { channel: social }, [say(word('in doubt'))]);

    await expect(post).rejects.toMatchObject({ kind: 'outcome-unknown' });
    expect(slack.calls('chat.postMessage')).toHaveLength(1);
  });
});

describe('an answer by a response_url', () => {
  it.each([
    'https://hooks.slack.com.evil.example/commands/T1/2/3',
    'http://hooks.slack.com/commands/T1/2/3',
    'http://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
  ])('goes to Slack alone, and not to %s', async (url) => {
    const { outbox } = sending;
    const answer = outbox.respond(url, [say('Hello')], {});
    await expect(answer).rejects.toSatisfy(isSpentUrl);
  });
});

describe('refusals', () => {
  it.each([
    { name: 'an archived channel', channel: closed, code: 'is_archived' },
    { name: 'a private channel it is not in', channel: TEAM_A.channels.secret, code: 'channel_not_found' },
  ])('tells $name from everything else', async ({ channel, code }) => {
    const { outbox, access } = sending;
    const post = outbox.post(access, { channel }, [say('Hello')]);
    await expect(post).rejects.toMatchObject({ kind: 'rejected', meta: { slack: code } });
    await expect(post).rejects.toSatisfy(isClosedChannel);
    await expect(post).rejects.not.toSatisfy(isDeadToken);
    expect(slack.calls('chat.postMessage')).toHaveLength(1);
  });

  it('tells a token that is of no use any more', async () => {
    const { outbox, access } = sending;
    slack.failNext('chat.postMessage', { error: 'token_revoked' });
    const post = outbox.post(access, { channel: social }, [say('Hello')]);
    await expect(post).rejects.toMatchObject({ kind: 'auth-revoked' });
    await expect(post).rejects.toSatisfy(isDeadToken);
  });

  it('says the words alone where Slack refuses the blocks, and writes the blocks down', async () => {
    const { outbox, access, log } = sending;
    slack.failNext('chat.postMessage', { error: 'invalid_blocks' }, social);
    const plain = word('plain');
    const { ts } = await outbox.post(access, { channel: social }, [say(plain)]);

    const message = (await slack.messages(social)).find((each) => each.ts === ts);
    expect(message).toMatchObject({ text: plain, blocks: [] });
    expect(log.lines).toContainEqual(expect.objectContaining({ level: 'error', message: expect.stringContaining('blocks') }));
  });
});

describe('long messages', () => {
  const long = (text: string) => [1, 2, 3].map((part) => say(`${text}, part ${part}`));

  it('puts the first part into the channel and the rest into its thread', async () => {
    const { outbox, access } = sending;
    const text = word('long');
    const place = await outbox.post(access, { channel: social }, long(text));

    expect((await slack.thread(social, place.ts)).map((each) => each.text)).toEqual(long(text).map((each) => each.text));
    expect(await textsIn(social)).not.toContain(`${text}, part 2`);
  });

  it('changes the rest in place when the message changes, and adds what is more', async () => {
    const { outbox, access } = sending;
    const [before, after] = [word('before'), word('after')];
    const place = await outbox.post(access, { channel: social }, long(before).slice(0, 2));
    await outbox.post(access, { channel: social, thread: place.ts }, [say('somebody else')]);
    await outbox.update(access, place, long(after));

    const texts = (await slack.thread(social, place.ts)).map((each) => each.text);
    expect(texts).toEqual([`${after}, part 1`, `${after}, part 2`, 'somebody else', `${after}, part 3`]);
  });

  it('is patient with the rest of what has begun', async () => {
    const { outbox, access, waits } = sending;
    const parent = word('begun');
    const posted = outbox.post(access, { channel: social }, long(parent));
    await slack.waitForCall('chat.postMessage', ({ args }) => args.text === `${parent}, part 1`);
    slack.failNext('chat.postMessage', { status: 429, retryAfter: 90 }, social);
    const place = await posted;

    expect(waits.asked).toEqual([90_000]);
    expect(await slack.thread(social, place.ts)).toHaveLength(3);
  });

  it('says where the message is although its rest could not be posted', async () => {
    const { outbox, access, log } = sending;
    const text = word('half');
    const posted = outbox.post(access, { channel: social }, long(text));
    await slack.waitForCall('chat.postMessage', ({ args }) => args.text === `${text}, part 1`);
    slack.failNext('chat.postMessage', { error: 'restricted_action' }, social);
    const place = await posted;

    expect(await textsIn(social)).toContain(`${text}, part 1`);
    expect(await slack.thread(social, place.ts)).toHaveLength(1);
    expect(log.lines).toContainEqual(expect.objectContaining({ level: 'warn', fields: expect.objectContaining({ part: 0 }) }));
  });
});

describe('whispers', () => {
  it('are seen by one person only, in the thread they belong to', async () => {
    const { outbox, access } = sending;
    const { ts } = await outbox.post(access, { channel: social }, [say(word('thread'))]);
    const secret = word('for your eyes');
    await outbox.whisper(access, { channel: social, userId: bob.id, thread: ts }, [say(secret)]);

    expect(slack.whispers(bob.id)).toContainEqual(expect.objectContaining({ text: secret, threadTs: ts }));
    expect(await textsIn(social)).not.toContain(secret);
  });
});

describe('answers through a response_url', () => {
  const issue = (userId = ann.id): string =>
    slack.stage.urls.issue({ team: slack.stage.team(TEAM_A.id), channel: social, userId, original: null });

  it('are for the person who asked, one message after the other', async () => {
    const { outbox } = sending;
    const words = [word('answer'), word('and the rest of it')];
    await outbox.respond(issue(), words.map(say), {});
    expect(slack.whispers(ann.id).map(({ text }) => text)).toEqual(expect.arrayContaining(words));
    expect(slack.responses().at(-1)?.args).toMatchObject({ response_type: 'ephemeral', replace_original: false });
  });

  it('replace the message that was pressed with the first, and add the others', async () => {
    const { outbox, access } = sending;
    const original = await outbox.post(access, { channel: social }, [say(word('pressed'))]);
    const url = slack.stage.urls.issue({ team: slack.stage.team(TEAM_A.id), channel: social, userId: ann.id, original });
    const [instead, more] = [word('instead'), word('more')];
    await outbox.respond(url, [say(instead), say(more)], { replaceOriginal: true, inChannel: true });

    const texts = await textsIn(social);
    expect(texts).toEqual(expect.arrayContaining([instead, more]));
    expect((await slack.messages(social)).find(({ ts }) => ts === original.ts)?.text).toBe(instead);
  });

  it('can be told to be spent, so that the person is told otherwise', async () => {
    const { outbox } = sending;
    const url = issue();
    await outbox.respond(
      url,
      [1, 2, 3, 4, 5].map(() => say('one of five')),
      {},
    );
    const sixth = outbox.respond(url, [say('the sixth')], {});
    await expect(sixth).rejects.toMatchObject({ kind: 'rejected', meta: { slack: 'used_url' } });
    await expect(sixth).rejects.toSatisfy(isSpentUrl);
  });
});
