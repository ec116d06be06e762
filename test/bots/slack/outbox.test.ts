// How messages leave for Slack: their order, their parts, who sees them, and what Slack refuses. The Slack is the test one, over real
// HTTP.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isClosedChannel, isDeadToken } from '../../../src/bots/slack/outbox.ts';
import { TEAM_A, TEAM_B } from '../../support/slack/cast.ts';
import { openSlackServer, type SlackServer } from '../../support/slack/server.ts';
import { accessTo, openSending, type Sending, say, word } from './outbox-kit.ts';

const { social, random, closed } = TEAM_A.channels;
const { bob } = TEAM_A.people;

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

describe('order', () => {
  it('sends what goes to one channel one after another, in the order it was handed over', async () => {
    const { outbox, access, sentTo } = sending;
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

describe('long messages', () => {
  const long = (text: string) => [1, 2, 3].map((part) => say(`${text}, part ${part}`));

  it('puts the first part into the channel and the rest into its thread', async () => {
    const { outbox, access, textsIn } = sending;
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
    const { outbox, access, log, textsIn } = sending;
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
    const { outbox, access, textsIn } = sending;
    const { ts } = await outbox.post(access, { channel: social }, [say(word('thread'))]);
    const secret = word('for your eyes');
    await outbox.whisper(access, { channel: social, userId: bob.id, thread: ts }, [say(secret)]);

    expect(slack.whispers(bob.id)).toContainEqual(expect.objectContaining({ text: secret, threadTs: ts }));
    expect(await textsIn(social)).not.toContain(secret);
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
