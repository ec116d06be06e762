// Plain words to Crier, shortcuts, and App Home.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { closeNewsrooms, PUBLISHED } from '../../core/usecases/newsroom.ts';
import { TEAM_A } from '../../support/slack/cast.ts';
import type { ShownView } from '../../support/slack/records.ts';
import { buttonOf, openSlackDesk, redPng, type SlackDesk, wordsIn } from './slack-desk.ts';

const { social, secret } = TEAM_A.channels;
const { ann, bob } = TEAM_A.people;

let desk: SlackDesk;

beforeEach(async () => {
  desk = await openSlackDesk();
  return async () => {
    await desk.close();
    expect(desk.problems).toEqual([]);
  };
});
afterAll(closeNewsrooms);

async function toldTo(userId: string): Promise<string> {
  await desk.idle();
  return desk.slack.whispers(userId).map(wordsIn).join('\n');
}

const topmost = (userId: string = ann.id): ShownView => {
  const view = desk.slack.views(userId).at(-1);
  if (!view) throw new Error('no modal is open');
  return view;
};

describe('a mention', () => {
  it('schedules, and its thread has the card and the news', async () => {
    const text = '@Crier schedule a post for Bluesky tomorrow at 9: We are live';
    const { message } = await desk.a.mention({ text, channel: social });
    await desk.idle();
    const [, card] = await desk.slack.thread(social, message.ts);
    expect(wordsIn(card ?? {})).toContain('We are live');
    expect((await desk.posts())[0]?.post.origin.message).toBe(`${message.ts}/${card?.ts}`);
    desk.newsroom.clock.forward({ hours: 24 });
    await desk.settle(PUBLISHED);
    const [, refreshed, news] = await desk.slack.thread(social, message.ts);
    expect(wordsIn(refreshed ?? {})).toContain('published');
    expect(wordsIn(news ?? {})).toContain('https://bluesky.example/post/1');
  });

  it('may stand anywhere in the sentence', async () => {
    await desk.a.mention({ text: 'Hey @Crier, publish to bluesky: We are live', channel: social });
    await desk.idle();
    expect((await desk.posts())[0]?.post.text).toBe('We are live');
  });

  it('lists what is planned in its thread, where everybody can turn the pages', async () => {
    const { message } = await desk.a.mention({ text: '@Crier what is planned today?', channel: social });
    await desk.idle();
    expect(await desk.slack.thread(social, message.ts)).toHaveLength(2);
    expect(await toldTo(ann.id)).toBe('');
  });

  it('means the message of its thread by "this", with its files', async () => {
    const kite = desk.slack.shareFile({ name: 'kite.png', bytes: await redPng(), altText: 'A red kite', by: bob.id });
    const said = await desk.a.write({ text: 'Look up, <https://example.com>', channel: social, user: bob.id, files: [kite] });
    await desk.a.mention({ text: '@Crier publish this to mastodon', channel: social, thread: said.ts });
    await desk.idle();
    const [post] = await desk.posts();
    expect(post?.post.text).toBe('Look up, https://example.com');
    expect(post?.media[0]?.altText).toBe('A red kite');
    expect(await desk.slack.thread(social, said.ts)).toHaveLength(3);
  });

  it('leaves out a file that was deleted since', async () => {
    const said = await desk.a.write({ text: 'Look up', channel: social, files: [{ id: 'F0GONE', mode: 'tombstone' }] });
    await desk.a.mention({ text: '@Crier publish this to mastodon', channel: social, thread: said.ts });
    await desk.idle();
    expect((await desk.posts())[0]?.media).toEqual([]);
  });

  it('asks which message is meant where there is none', async () => {
    await desk.a.mention({ text: '@Crier publish this to mastodon', channel: social });
    expect(await toldTo(ann.id)).toContain('Which message do you mean?');
  });

  it('that is not understood is answered to its author alone', async () => {
    const { message } = await desk.a.mention({ text: '@Crier make me a sandwich', channel: social });
    expect(await toldTo(ann.id)).toContain('not something I can read');
    expect(await desk.slack.thread(social, message.ts)).toHaveLength(1);
  });

  it('that lacks something is answered with a button that opens the form, filled and with its files', async () => {
    const kite = desk.slack.shareFile({ name: 'kite.png', bytes: await redPng(), altText: 'A red kite' });
    await desk.a.mention({ text: '@Crier schedule to mastodon: We are live', channel: social, files: [kite] });
    await desk.idle();
    const asked = await desk.slack.waitForWhisper(ann.id);
    await desk.a.press(asked, buttonOf(asked, 'Open the form'));
    await desk.idle();
    await desk.a.submit(topmost(), { 'field:when': 'tomorrow 9am' });
    await desk.idle();
    const [post] = await desk.posts();
    expect(post?.post.text).toBe('We are live');
    expect(post?.media[0]?.altText).toBe('A red kite');
  });

  it('with a secret is refused before it is read', async () => {
    await desk.a.mention({ text: '@Crier connect bluesky handle:acme password:abcd-efgh-ijkl-mnop', channel: social });
    expect(await toldTo(ann.id)).toContain('make a new password');
    expect(JSON.stringify(desk.log.lines)).not.toContain('abcd-efgh');
  });

  it('by a bot, or in a message that was edited, is left alone', async () => {
    const event = { type: 'app_mention', text: `<@${TEAM_A.botUserId}> publish to bluesky: Hello`, channel: social, ts: '1.2' };
    await desk.a.event({ ...event, bot_id: 'B0OTHER', user: 'U0OTHERBOT' });
    await desk.a.event({ ...event, user: ann.id, edited: { user: ann.id, ts: '1.3' } });
    await desk.a.event({ ...event, user: TEAM_A.botUserId });
    await desk.idle();
    expect(await desk.posts()).toEqual([]);
    expect(desk.slack.calls('chat.postMessage')).toEqual([]);
  });
});

describe('a direct message', () => {
  it('is answered there', async () => {
    await desk.a.say({ text: 'publish to bluesky: We are live' });
    await desk.idle();
    const [, card] = await desk.slack.messages(ann.id);
    expect(wordsIn(card ?? {})).toContain('We are live');
  });

  it('is not answered where it is none, as in a channel without a mention', async () => {
    const message = await desk.a.write({ text: 'publish to bluesky: We are live', channel: social });
    await desk.a.event({ type: 'message', channel_type: 'channel', channel: social, ts: message.ts, user: ann.id, text: 'help' });
    await desk.idle();
    expect(await desk.slack.messages(social)).toHaveLength(1);
  });
});

describe('"Schedule this message"', () => {
  it('opens the form with its text and files, and the card goes into its thread', async () => {
    const kite = desk.slack.shareFile({ name: 'kite.png', bytes: await redPng(), altText: 'A red kite' });
    const message = await desk.a.write({ text: 'Look up :tada:', channel: social, files: [kite] });
    await desk.a.shortcut({ callback_id: 'schedule_message', message });
    await desk.idle();
    expect(wordsIn(topmost())).toContain('Look up 🎉');
    expect(wordsIn(topmost())).toContain('kite.png');
    await desk.a.submit(topmost(), { 'field:when': 'tomorrow 9am', 'field:targets': ['mastodon/@acme'] });
    await desk.idle();
    const [post] = await desk.posts();
    expect(post?.media[0]).toMatchObject({ altText: 'A red kite', width: 8, height: 8, mimeType: 'image/png' });
    const [, card] = await desk.slack.thread(social, message.ts);
    expect(wordsIn(card ?? {})).toContain('Look up');
  });

  it('works in a private channel that Crier is not in: its author has the card', async () => {
    const message = await desk.a.write({ text: 'Look up', channel: secret });
    await desk.a.shortcut({ callback_id: 'schedule_message', message });
    await desk.idle();
    await desk.a.submit(topmost(), { 'field:when': 'tomorrow 9am', 'field:targets': ['mastodon/@acme'] });
    await desk.idle();
    expect(wordsIn((await desk.slack.messages(ann.id))[0] ?? {})).toContain('Look up');
    expect(await toldTo(ann.id)).toContain('/invite @Crier');
  });
});

describe('"New post"', () => {
  it('opens the form from anywhere, and the card goes to its author', async () => {
    await desk.a.shortcut({ callback_id: 'new_post' });
    await desk.idle();
    const filled = { 'field:when': 'tomorrow 9am', 'field:targets': ['mastodon/@acme'], 'field:text': 'We are live' };
    await desk.a.submit(topmost(), filled);
    await desk.idle();
    const [card] = await desk.slack.messages(ann.id);
    expect(wordsIn(card ?? {})).toContain('We are live');
    expect((await desk.posts())[0]?.post.origin).toMatchObject({ channel: card?.channel, message: card?.ts });
  });
});

describe('App Home', () => {
  const home = async (): Promise<ShownView> => {
    await desk.idle();
    const view = desk.slack.home(ann.id);
    if (!view) throw new Error('App Home is empty');
    return view;
  };
  const press = async (on: ShownView, label: string): Promise<void> => {
    await desk.a.press(on, buttonOf(on, label));
    await desk.idle();
  };

  it('shows what is next, and changes with what is pressed there', async () => {
    await desk.a.command({ command: '/schedule', text: 'tomorrow 9am to bluesky: We are live' });
    await desk.idle();
    await desk.a.openHome();
    expect(wordsIn(await home())).toContain('We are live');
    await press(await home(), 'Show');
    expect(wordsIn(topmost())).toContain('We are live');
    await press(topmost(), 'Cancel');
    expect(wordsIn(topmost())).toContain('P1 canceled');
    expect(wordsIn(await home())).not.toContain('We are live');
    expect(wordsIn((await desk.slack.messages(social))[0] ?? {})).toContain('P1 canceled');
  });

  it('edits in a modal above the post, which shows the change when that is sent', async () => {
    await desk.a.command({ command: '/schedule', text: 'tomorrow 9am to bluesky: We are live' });
    await desk.idle();
    await desk.a.openHome();
    await press(await home(), 'Show');
    await press(topmost(), 'Edit');
    expect(desk.slack.views(ann.id)).toHaveLength(2);
    await desk.a.submit(topmost(), { 'field:value': 'We are alive' });
    await desk.idle();
    expect(desk.slack.views(ann.id)).toHaveLength(1);
    expect(wordsIn(topmost())).toContain('We are alive');
    expect(wordsIn(await home())).toContain('We are alive');
    expect(wordsIn((await desk.slack.messages(social))[0] ?? {})).toContain('We are alive');
  });

  it('makes a post, whose card goes to its author', async () => {
    await desk.a.openHome();
    await press(await home(), 'New post');
    const filled = { 'field:when': 'tomorrow 9am', 'field:targets': ['mastodon/@acme'], 'field:text': 'From home' };
    await desk.a.submit(topmost(), filled);
    expect(wordsIn(await home())).toContain('From home');
    expect(wordsIn((await desk.slack.messages(ann.id))[0] ?? {})).toContain('From home');
  });

  it('waits where Slack asks for patience', async () => {
    desk.slack.failNext('views.publish', { status: 429, retryAfter: 1 });
    await desk.a.openHome();
    expect(wordsIn(await home())).toContain('New post');
    expect(desk.slack.calls('views.publish')).toHaveLength(2);
  });
});
