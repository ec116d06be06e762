// Slash commands in Slack, from the signed request to the card in the channel and the thread that is told.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { closeNewsrooms, FAILED, PUBLISHED } from '../../core/usecases/newsroom.ts';
import { TEAM_A, TEAM_B } from '../../support/slack/cast.ts';
import { buttonOf, openSlackDesk, type SlackDesk, wordsIn } from './slack-desk.ts';

const { social, outside, secret, closed } = TEAM_A.channels;
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

/** What only this person was told, when all is done. */
async function toldTo(userId: string): Promise<string> {
  await desk.idle();
  return desk.slack.whispers(userId).map(wordsIn).join('\n');
}

describe('/schedule', () => {
  it('is acknowledged with nothing, and its card stands in the channel', async () => {
    const { status, text } = await desk.a.command({ command: '/schedule', text: 'tomorrow 9am to bluesky: We are live' });
    expect({ status, text }).toEqual({ status: 200, text: '' });
    const card = await desk.slack.waitForMessage(social);
    expect(wordsIn(card)).toContain('We are live');
    await desk.idle();
    const [post] = await desk.posts();
    expect(post?.post.origin).toEqual({ chat: 'slack', channel: social, message: card.ts });
    expect(post?.post.slot).toMatchObject({ wallTime: '2026-11-23T09:00:00', timeZone: 'Europe/Berlin' });
  });

  it('is published, and its thread and card are told', async () => {
    await desk.a.command({ command: '/schedule', text: 'in 5 minutes to bluesky: We are live' });
    const card = await desk.slack.waitForMessage(social);
    await desk.idle();
    desk.newsroom.clock.forward({ minutes: 6 });
    await desk.settle(PUBLISHED);
    const news = await desk.slack.waitForReply(social, card.ts);
    expect(wordsIn(news)).toContain('https://bluesky.example/post/1');
    const [refreshed] = await desk.slack.messages(social);
    expect(wordsIn(refreshed ?? {})).toContain('published');
  });

  it('has failed, and a press on the news tries it again', async () => {
    await desk.a.command({ command: '/schedule', text: 'in 5 minutes to bluesky: We are live' });
    const card = await desk.slack.waitForMessage(social);
    await desk.idle();
    desk.newsroom.clock.forward({ minutes: 6 });
    await desk.settle(FAILED);
    const news = await desk.slack.waitForReply(social, card.ts);
    await desk.a.press(news, buttonOf(news, 'Retry'));
    await desk.idle();
    const [post] = await desk.posts();
    expect(post?.deliveries[0]?.state).toBe('scheduled');
    for (const shown of await desk.slack.thread(social, card.ts)) expect(wordsIn(shown)).toContain('is tried again');
  });

  it('reads links, people and emoji as they will be posted', async () => {
    const text = `tomorrow 9am to bluesky: <https://example.com|example.com> R&amp;D says thanks, <@${bob.id}|bob> :tada: &lt;3`;
    await desk.a.command({ command: '/schedule', text });
    await desk.idle();
    const [post] = await desk.posts();
    expect(post?.post.text).toBe('https://example.com R&D says thanks, @bob 🎉 <3');
  });

  it('shows the card to its author alone where Slack does not take it in the channel just now', async () => {
    desk.slack.failNext('chat.postMessage', { error: 'team_access_not_granted' }, social);
    await desk.a.command({ command: '/schedule', text: 'tomorrow 9am to bluesky: We are live' });
    const told = await toldTo(ann.id);
    expect(told).toContain('We are live');
    expect(told).toContain('It holds all the same');
    expect(await desk.posts()).toHaveLength(1);
  });

  it('says what is wrong to the one who typed it, with the cure, and stores nothing', async () => {
    await desk.a.command({ command: '/schedule', text: 'tomorrow 9am to blusky: Hello' });
    expect(await toldTo(ann.id)).toContain('Did you mean bluesky?');
    expect(await desk.slack.messages(social)).toEqual([]);
    expect(await desk.posts()).toEqual([]);
  });

  it.each([
    ['where nobody has invited Crier', outside, '/invite @Crier'],
    ['where Crier is not in a private channel', secret, '/invite @Crier'],
    ['where the channel is archived', closed, 'archived'],
  ])('goes to its author directly %s, and says so', async (_, channel, cure) => {
    await desk.a.command({ command: '/schedule', text: 'tomorrow 9am to bluesky: We are live', channel });
    expect(await toldTo(ann.id)).toContain(cure);
    const [card] = await desk.slack.messages(ann.id);
    expect(wordsIn(card ?? {})).toContain('We are live');
    const [post] = await desk.posts();
    expect(post?.post.origin).toMatchObject({ channel: card?.channel, message: card?.ts });
    expect(card?.channel).toMatch(/^D/);
  });
});

describe('a command that is refused', () => {
  const long = `tomorrow 9am to bluesky: <@${bob.id}|bob> says ${'x'.repeat(301)}`;

  it('brings back a long line as it was typed, since Slack has cleared it', async () => {
    await desk.a.command({ command: '/schedule', text: long });
    const told = await toldTo(ann.id);
    expect(told).toContain('shorten it by');
    expect(told).toContain(`/schedule tomorrow 9am to bluesky: @bob says ${'x'.repeat(301)}`);
  });

  it('brings back all of it where Slack takes no more through the command, and none of it twice', async () => {
    const words = Array.from({ length: 9_000 }, (_, index) => `w${index}`);
    await desk.a.command({ command: '/schedule', text: `tomorrow 9am to bluesky: ${words.join(' ')}` });
    const told = await toldTo(ann.id);
    expect(desk.slack.whispers(ann.id).map(({ via }) => via)).toContain('chat.postEphemeral');
    expect(told.match(/\bw\d+\b/g)).toEqual(words);
  });

  it('does not repeat a short one, nor one that would connect an account', async () => {
    await desk.a.command({ command: '/post', text: 'P999' });
    await desk.a.command({ command: '/connect', text: 'bluesky handle:acme.bsky.social colour:the-colour-of-the-sky' });
    const told = await toldTo(ann.id);
    expect(told).toContain('no field');
    expect(told).not.toContain('You typed');
  });
});

describe('other commands', () => {
  it('answer the person alone', async () => {
    await desk.a.command({ command: '/help' });
    expect(await toldTo(ann.id)).toContain('/schedule');
    expect(await desk.slack.messages(social)).toEqual([]);
  });

  it('refresh the card of the post that they change', async () => {
    await desk.a.command({ command: '/schedule', text: 'tomorrow 9am to bluesky: We are live' });
    const card = await desk.slack.waitForMessage(social);
    await desk.idle();
    await desk.a.command({ command: '/post', text: 'P1 cancel', channel: TEAM_A.channels.random });
    await desk.idle();
    const [refreshed] = await desk.slack.messages(social);
    expect(refreshed?.ts).toBe(card.ts);
    expect(wordsIn(refreshed ?? {})).toContain('P1 canceled');
  });

  it('keep people as Slack names them where they are meant', async () => {
    await desk.a.command({ command: '/settings', text: `roles <@${bob.id}|bob> viewer` });
    await desk.idle();
    await desk.a.command({ command: '/schedule', text: 'tomorrow 9am to bluesky: Hello', user: bob.id });
    expect(await toldTo(bob.id)).toContain('Your role here is viewer');
  });

  it('tell a bug kindly, with the reference that the log has', async () => {
    await desk.newsroom.database.pool.query('alter table post rename to post_gone');
    try {
      await desk.a.command({ command: '/posts' });
      const [, reference] = /reference ([0-9a-f]{8})/.exec(await toldTo(ann.id)) ?? [];
      expect(desk.log.lines).toContainEqual(
        expect.objectContaining({ level: 'error', fields: expect.objectContaining({ reference }) }),
      );
    } finally {
      await desk.newsroom.database.pool.query('alter table post_gone rename to post');
    }
  });
});

describe('/crier', () => {
  it.each([
    ['', '/schedule'],
    ['help schedule', 'Schedule a post for later'],
    ['show my scheduled posts', 'planned'],
    ['make me a sandwich', 'not something I can read'],
    ['publish this to bluesky', 'Schedule this message'],
  ])('reads "%s"', async (text, said) => {
    await desk.a.command({ command: '/crier', text });
    expect(await toldTo(ann.id)).toContain(said);
  });

  it('schedules in plain words', async () => {
    await desk.a.command({ command: '/crier', text: 'schedule a post for Bluesky tomorrow at 9am: We are live' });
    await desk.slack.waitForMessage(social);
    await desk.idle();
    expect((await desk.posts())[0]?.post.text).toBe('We are live');
  });
});

describe('a secret in a command', () => {
  it.each([
    ['/connect', 'bluesky handle:acme.bsky.social password:abcd-efgh-ijkl-mnop'],
    ['/crier', 'connect bluesky handle:acme.bsky.social password:abcd-efgh-ijkl-mnop'],
    ['/crier', 'my bluesky app password is abcd-efgh-ijkl-mnop'],
  ])('is refused in %s before it is stored or logged, with the form as the way to do it right', async (command, text) => {
    await desk.a.command({ command, text });
    expect(await toldTo(ann.id)).toContain('make a new password');
    expect(JSON.stringify(desk.log.lines)).not.toContain('abcd-efgh');
    const { rows } = await desk.newsroom.database.pool.query('select * from seen_event');
    expect(rows).toEqual([]);
    const [refusal] = desk.slack.whispers(ann.id);
    if (!refusal) throw new Error('nothing was said');
    await desk.a.press(refusal, buttonOf(refusal, 'Connect Bluesky'));
    const form = await desk.slack.waitForView(ann.id);
    expect(wordsIn(form)).toContain('App password');
  });
});

describe('two workspaces', () => {
  it('press no button of each other, whatever stands in it', async () => {
    await desk.a.command({ command: '/schedule', text: 'tomorrow 9am to bluesky: Of Acme' });
    const card = await desk.slack.waitForMessage(social);
    await desk.idle();
    const elsewhere = { ...card, teamId: TEAM_B.id, channel: TEAM_B.channels.social };
    await desk.b.press(elsewhere, buttonOf(card, 'Cancel'));
    expect(await toldTo(TEAM_B.people.ann.id)).toContain('There is no post P1');
    expect((await desk.posts())[0]?.deliveries[0]?.state).toBe('scheduled');
  });

  it('never see each other', async () => {
    await desk.a.command({ command: '/schedule', text: 'tomorrow 9am to bluesky: Of Acme' });
    await desk.slack.waitForMessage(social);
    await desk.idle();
    const there = TEAM_B.people.ann.id;
    await desk.b.command({ command: '/posts' });
    await desk.b.command({ command: '/post', text: 'P1' });
    const told = await toldTo(there);
    expect(told).toContain('No posts yet');
    expect(told).toContain('There is no post P1');
    expect(told).not.toContain('Of Acme');
    expect(await desk.posts(TEAM_B)).toEqual([]);
  });

  it('are told kindly where Crier is not installed', async () => {
    await desk.newsroom.store.installations.remove('slack', TEAM_B.id);
    await desk.b.command({ command: '/posts' });
    expect(await toldTo(TEAM_B.people.ann.id)).toContain('not installed');
  });
});
