// Messages with pictures that Slack does not show yet, or never.
import type { KnownBlock } from '@slack/types';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../../src/bots/slack/outbox.ts';
import { upload } from '../../../src/bots/slack/uploads.ts';
import { TEAM_A } from '../../support/slack/cast.ts';
import { openSlackServer, type SlackServer } from '../../support/slack/server.ts';
import { openSending, type Sending } from './outbox-kit.ts';
import { readText } from './read-blocks.ts';
import { picture } from './report-reply.ts';

const { social } = TEAM_A.channels;
const { ann } = TEAM_A.people;

let slack: SlackServer;
let sending: Sending;
beforeAll(async () => {
  slack = await openSlackServer();
});
afterAll(() => slack.close());
beforeEach(() => {
  sending = openSending(slack);
  slack.forgetCalls();
});

const put = async (): Promise<string> =>
  (await upload({ call: (work) => work() }, sending.access, [picture('chart.png')], null))[0] ?? '';

const showing = (id: string): Message => ({
  text: 'A chart',
  blocks: [{ type: 'image', slack_file: { id }, alt_text: 'Likes a day: 4 on Monday.' }],
});

const lastBlocks = async (): Promise<KnownBlock[]> => (await slack.messages(social)).at(-1)?.blocks ?? [];

describe('a message with a picture', () => {
  it('waits until Slack has looked through it', async () => {
    slack.slowPictures(2);
    const id = await put();
    await sending.outbox.post(sending.access, { channel: social }, [showing(id)]);
    expect(sending.waits.asked).toEqual([500, 1_000]);
    expect(await lastBlocks()).toMatchObject([{ type: 'image', slack_file: { id } }]);
    expect(slack.calls('chat.postMessage').map(({ ok }) => ok)).toEqual([false, false, true]);
  });

  it('waits as long where a message is changed', async () => {
    const place = await sending.outbox.post(sending.access, { channel: social }, [showing(await put())]);
    slack.slowPictures(1);
    const id = await put();
    await sending.outbox.update(sending.access, place, [showing(id)]);
    expect(sending.waits.asked).toEqual([500]);
    expect(await lastBlocks()).toMatchObject([{ slack_file: { id } }]);
  });

  it('says in words what Slack never shows', async () => {
    await sending.outbox.post(sending.access, { channel: social }, [showing('F0NOWHERE1')]);
    expect(sending.waits.asked).toEqual([500, 1_000, 2_000, 4_000, 8_000]);
    expect(readText(await lastBlocks())).toBe('Slack does not show a picture here. Likes a day: 4 on Monday.');
  });

  it('does not wait for other mistakes in its blocks', async () => {
    slack.failNext('chat.postMessage', { error: 'invalid_blocks' });
    await sending.outbox.post(sending.access, { channel: social }, [showing(await put())]);
    expect(sending.waits.asked).toEqual([]);
  });
});

describe('the test Slack', () => {
  it('shows no picture to one person alone, as Slack does not', async () => {
    const { client } = sending.access;
    const whisper = client.chat.postEphemeral({ channel: social, user: ann.id, ...showing(await put()) });
    await expect(whisper).rejects.toMatchObject({
      data: { error: 'invalid_blocks', errors: ['invalid slack file [json-pointer:/blocks/0/slack_file]'] },
    });
  });
});
