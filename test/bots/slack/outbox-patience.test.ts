// What the outbox does where Slack wants patience, or where the connection breaks: it waits, asks, and posts nothing twice.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TEAM_A } from '../../support/slack/cast.ts';
import { openSlackServer, type SlackServer } from '../../support/slack/server.ts';
import { accessTo, openSending, type Sending, say, word } from './outbox-kit.ts';

const { social, random } = TEAM_A.channels;
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

/** A port nobody listens at any more. */
async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address !== null && typeof address === 'object' ? address.port : 0;
}

describe('rate limits', () => {
  it('makes one channel wait for as long as Slack asks, and the others not', async () => {
    const { outbox, access, waits, textsIn, sentTo } = sending;
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
    const { outbox, access, waits, textsIn } = sending;
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
    const { outbox, access, sentTo } = sending;
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
    const { outbox, access, textsIn } = sending;
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
      const { outbox, access, textsIn } = sending;
      slack.failNext('chat.postMessage', fault, social);
      const again = word('again');
      await outbox.post(access, { channel: social }, [say(again)]);
      expect((await textsIn(social)).filter((text) => text === again)).toHaveLength(1);
    },
  );

  it('is as patient with asking as with sending', async () => {
    const { outbox, access, waits, textsIn } = sending;
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
