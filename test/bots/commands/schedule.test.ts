import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../../src/bots/commands/index.ts';
import { buttonId } from '../../../src/bots/reply.ts';
import { closeNewsrooms } from '../../core/usecases/newsroom.ts';
import { type Desk, idOf, labelsOf, openDesk, wordsOf } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterAll(closeNewsrooms);

/** The sentence a line is refused with; nothing may have changed. */
async function refusal(line: string): Promise<string> {
  const before = await desk.everything();
  const { reply, refused, bug } = await desk.say(line);
  expect({ refused, bug }).toEqual({ refused: true, bug: false });
  expect(await desk.everything()).toBe(before);
  return wordsOf(reply);
}

describe('/schedule', () => {
  it('answers with a card: the time understood, and what each network will show', async () => {
    const { reply } = await desk.say('/schedule tomorrow 9am to bluesky, @crier: Hello #kites');
    expect(reply).toMatchObject({ tone: 'good', title: 'P1 scheduled' });
    expect(reply.cardOf).toMatchObject({ postId: (await desk.find(1)).post.id });
    expect(wordsOf(reply).split('\n')).toEqual([
      'P1 scheduled',
      'When: Mon 23 Nov 2026, 09:00 CET · in 23 hours',
      'Networks: Bluesky @team.bsky.social, Mastodon @crier@chaos.social',
      'Bluesky · @team.bsky.social · 12/300',
      'Hello #kites',
      'Mastodon · @crier@chaos.social · 12/500',
      'Hello #kites',
    ]);
    expect(labelsOf(reply)).toEqual(['Edit', 'Move', 'Publish now', 'Cancel']);
  });

  it('says what it took for granted', async () => {
    const { reply } = await desk.say('/schedule tomorrow to bluesky: Hello');
    expect(wordsOf(reply)).toContain('Mon 23 Nov 2026, 09:00 CET');
    expect(reply.notes).toHaveLength(1);
  });

  it('shows the clock it was asked in, where the reader has another', async () => {
    const { reply } = await desk.say('/schedule tomorrow 9am ET to bluesky: Hello');
    expect(wordsOf(reply)).toContain('When: Mon 23 Nov 2026, 15:00 CET · in 1 day (09:00 in America/New_York)');
  });

  it('shows images and campaign', async () => {
    const line = '/schedule --campaign "big launch" tomorrow 9am to bluesky --image https://img.example/500.png "A kite": Up!';
    const words = wordsOf((await desk.say(line)).reply);
    expect(words).toContain('Campaign: big launch');
    expect(words).toContain('1 image\n640 × 480 PNG, 1 kB · "A kite"');
  });

  it('says that a day is full where its cap was lowered later', async () => {
    await desk.say('/schedule tomorrow 9am to bluesky: One');
    await desk.say('/schedule tomorrow 10am to bluesky: Two');
    await desk.say('/settings cap bluesky 1');
    expect(wordsOf((await desk.say('/post P2')).reply)).toContain(
      '! 1 of 1 Bluesky posts of that day are taken: this one will be held.',
    );
    expect(wordsOf((await desk.say('/post P1')).reply)).not.toContain('!');
  });

  it('takes a video, copies it, and says on the card how long and how large it is', async () => {
    const { reply } = await desk.say(
      '/schedule --video https://img.example/3400.mp4 "A kite rises" tomorrow 10am to bluesky: Look up',
    );
    expect(wordsOf(reply)).toContain('1 video, 12 s, 3 kB');
    expect(wordsOf(reply)).toContain('640 × 480 MP4, 12 s, 3 kB · "A kite rises"');
    expect((await desk.find(1)).media).toMatchObject([{ mimeType: 'video/mp4', durationMs: 12_000, altText: 'A kite rises' }]);
  });

  it('says of a video without a description that some cannot see it', async () => {
    const { reply } = await desk.say('/schedule --video https://img.example/3400.mp4 tomorrow 10am to bluesky: Look up');
    expect(wordsOf(reply)).toContain(
      'The video has no description for people who cannot see it: write it behind the URL, --video URL "a kite rises".',
    );
  });

  it.each([
    ['--video https://img.example/6000.mp4', 'Bluesky takes videos up to 5 kB and this video has 6 kB: make it smaller.'],
    [
      '--image https://img.example/500.png --video https://img.example/600.mp4',
      'Bluesky takes images or a video in one post, not both: leave out the video or the images.',
    ],
    [
      '--video https://img.example/500.mp4 --video https://img.example/600.mp4',
      'Bluesky takes 1 video and this post has 2: take out 1.',
    ],
  ])('refuses %s, and keeps nothing', async (files, sentence) => {
    const before = await desk.everything();
    expect(await refusal(`/schedule ${files} tomorrow 10am to bluesky: Look up`)).toContain(sentence);
    expect(await desk.everything()).toBe(before);
  });

  it.each([
    ['/schedule', 'Still missing: the time, the networks and the text.', '/schedule tomorrow 9am to bluesky: Hello'],
    ['/schedule Friday 9am to mastodon', 'Still missing: the text.', '/schedule Friday 9am to mastodon: Hello'],
    ['/schedule to mastodon: Kites!', 'Still missing: the time.', '/schedule tomorrow 9am to mastodon: Kites!'],
    ['/schedule Friday 9am to mastodon Kites!', 'Not understood: "Kites!".', '/schedule Friday 9am to mastodon: Kites!'],
  ])('asks for what "%s" leaves open, and changes nothing', async (line, words, inOneLine) => {
    const before = await desk.everything();
    const { reply } = await desk.say(line);
    expect(wordsOf(reply)).toContain(words);
    expect(reply.form?.inOneLine).toBe(inOneLine);
    expect(await desk.everything()).toBe(before);
  });

  it('goes on from a form with all that was said before', async () => {
    const { reply } = await desk.say('/schedule --campaign launch Friday 9am to bluesky');
    const sent = await desk.send(reply, { text: 'Kites!' });
    expect(wordsOf(sent.reply)).toContain('P1 scheduled\nWhen: Fri 27 Nov 2026, 09:00 CET');
    expect((await desk.find(1)).post.campaign).toBe('launch');
  });

  it.each([
    ['/schedule tomorrow 9am to blusky: Hi', 'There is no network or account called "blusky". Did you mean bluesky?'],
    [
      '/schedule tomorrow 9am to linkedin: Hi',
      'There is no network or account called "linkedin". Networks: bluesky, mastodon. /accounts lists',
    ],
    [
      `/schedule tomorrow 9am to bluesky: ${'x'.repeat(301)}`,
      'Bluesky takes 300 characters and this text has 301: shorten it by 1',
    ],
    [
      '/schedule today 9am to bluesky: Hi',
      'Sun 22 Nov 2026, 09:00 CET has gone by (1 hour ago): the next such time is Mon 23 Nov 2026, 09:00 CET.',
    ],
    ['/schedule --campaign x tomorrow 9am to bluesky: \u0000', 'invisible zero character'],
  ])('refuses "%.60s" with the cure, and changes nothing', async (line, sentence) => {
    expect(await refusal(line)).toContain(sentence);
  });

  it('leaves out of all who cannot take it, with the reason on the card', async () => {
    const { reply } = await desk.say(`/schedule tomorrow 9am to all: ${'x'.repeat(301)}`);
    const words = wordsOf(reply);
    expect(words).toMatch(/^Networks: Mastodon @\S+, Mastodon @\S+$/m);
    expect(words).toContain('Bluesky (@team.bsky.social) is left out: Bluesky takes 300 characters and this text has 301');
  });

  it('shows a thread with its parts, the comment and the options on the card', async () => {
    const text = `${'a'.repeat(250)}. ${'b'.repeat(100)}.`;
    const { reply } = await desk.say(
      `/schedule tomorrow 9am to bluesky, @crier --thread --comment “Ask "us"” --mastodon visibility=unlisted title="Our launch": ${text}`,
    );
    const words = wordsOf(reply);
    expect(words).toContain('Bluesky · @team.bsky.social · thread of 2');
    expect(words).toContain('251 and 101 of 300 characters');
    expect(words).toContain(`${'a'.repeat(250)}.\n---\n${'b'.repeat(100)}.`);
    expect(words).toContain('First comment: Ask "us"');
    expect(words).toContain('visibility=unlisted · title="Our launch"');
    expect(words).toContain('! Mastodon takes no comments: the first comment is left out there.');
  });

  it('means the holidays of the workspace’s country, and says how to set it where that matters', async () => {
    expect(await refusal("/schedule Mother's Day 9am to bluesky: Hello")).toContain('/settings country GB');
    await desk.say('/settings country GB');
    const { reply } = await desk.say("/schedule Mother's Day 9am to bluesky: Hello");
    expect(wordsOf(reply)).toContain('Sun 7 Mar 2027, 09:00 CET');
  });

  it('reads times in the workspace’s language, and still in English', async () => {
    await desk.say('/settings language de');
    for (const when of ['morgen um 9 Uhr', 'tomorrow 9am']) {
      const { reply } = await desk.say(`/schedule ${when} to bluesky: Hallo`);
      expect(wordsOf(reply)).toContain('When: Mon 23 Nov 2026, 09:00 CET');
    }
  });

  it('asks which way round 3/4 is until the workspace has said, and then reads it so', async () => {
    const { reply } = await desk.say('/schedule 3/4 9am to bluesky: Hello');
    expect(wordsOf(reply)).toContain('"3/4 9am" can mean more than one time.');
    expect(labelsOf(reply).slice(0, 2).join()).toMatch(/3 April.*4 March/);
    await desk.say('/settings dates MDY');
    expect(wordsOf((await desk.say('/schedule 3/4 9am to bluesky: Hello')).reply)).toContain('4 Mar 2027, 09:00');
  });

  it('keeps a post whose time has two readings as a draft, and asks which', async () => {
    const { reply } = await desk.say('/schedule next Friday 9am to bluesky: Hello');
    expect(wordsOf(reply)).toContain('P1 kept as a draft\n"next Friday 9am" can mean more than one time. Which one?');
    const [first, second] = reply.buttons ?? [];
    if (!first || !second) throw new Error('no choices');
    const chosen = await desk.press(buttonId(second));
    expect(wordsOf(chosen.reply)).toContain('P1 scheduled\nWhen: Fri 4 Dec 2026, 09:00 CET');
    const stale = await desk.press(buttonId(first));
    expect(wordsOf(stale.reply)).toContain(
      'P1 scheduled\nP1 has its time already. Press Move to give it another.\nWhen: Fri 4 Dec 2026',
    );
  });
});

describe('/publish', () => {
  it('is due at once', async () => {
    const { reply } = await desk.say('/publish to bluesky: Now!');
    expect(wordsOf(reply)).toContain('P1 goes out now\nWhen: Sun 22 Nov 2026, 10:00 CET · now');
    expect(desk.wakes.map(String)).toEqual(['2026-11-22T09:00:00Z']);
  });

  it('refuses a time, and names the command that takes one', async () => {
    expect(await refusal('/publish tomorrow 9am to bluesky: Hi')).toBe(
      '/publish posts at once. For "tomorrow 9am" say the same with /schedule.',
    );
  });
});

describe('/draft', () => {
  it('keeps a post that is too long, says so, and offers to schedule it', async () => {
    const { reply } = await desk.say(`/draft to bluesky: ${'x'.repeat(301)}`);
    expect(wordsOf(reply)).toContain('✗ Bluesky takes 300 characters and this text has 301');
    expect(labelsOf(reply)).toEqual(['Edit', 'Schedule', 'Add to queue', 'Publish now', 'Cancel']);
    const pressed = await desk.press(idOf(reply, 'Publish now'));
    expect(wordsOf(pressed.reply)).toContain('P1 draft\nBluesky takes 300 characters');
  });

  it('says that a time is left out, and how to give it', async () => {
    const words = wordsOf((await desk.say('/draft tomorrow 9am to bluesky: Hi')).reply);
    expect(words).toContain('A draft has no time, so "tomorrow 9am" is left out.\nSchedule it: /post P1 move tomorrow 9am');
  });
});

describe('with nothing connected', () => {
  it('a post is answered with how to connect', async () => {
    const bare = await openDesk({ connect: false });
    const { reply } = await bare.say('/publish to mastodon: Hi');
    expect(wordsOf(reply)).toBe('No Mastodon account is connected yet. Connect one with /connect mastodon.');
  });
});

describe('the examples of', () => {
  const whole = commands.filter(({ name }) =>
    ['schedule', 'queue', 'publish', 'draft', 'help', 'timezone', 'settings', 'accounts'].includes(name),
  );
  it.each(whole.map(({ name, examples }) => [name, examples] as const))('/%s do what they say', async (_, examples) => {
    for (const example of examples) {
      const { reply, refused, bug } = await desk.say(example);
      expect({ example, refused, bug, asks: reply.form?.title }).toEqual({
        example,
        refused: false,
        bug: false,
        asks: undefined,
      });
    }
  });
});
