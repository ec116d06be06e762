// Answers through a response_url, which Slack hands over with a command or a press: who sees them, how often, and where they may go.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isSpentUrl } from '../../../src/bots/slack/outbox.ts';
import { TEAM_A } from '../../support/slack/cast.ts';
import { openSlackServer, type SlackServer } from '../../support/slack/server.ts';
import { openSending, type Sending, say, word } from './outbox-kit.ts';

const { social } = TEAM_A.channels;
const { ann } = TEAM_A.people;

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
    const { outbox, access, textsIn } = sending;
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

  it.each([
    'https://hooks.slack.com.evil.example/commands/T1/2/3',
    'http://hooks.slack.com/commands/T1/2/3',
    'http://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
  ])('go to Slack alone, and not to %s', async (url) => {
    const { outbox } = sending;
    const answer = outbox.respond(url, [say('Hello')], {});
    await expect(answer).rejects.toSatisfy(isSpentUrl);
  });
});
