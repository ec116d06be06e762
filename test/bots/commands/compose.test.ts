// Posts with files and texts of their own, and the form they are made with.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { composeForm } from '../../../src/bots/commands/compose-form.ts';
import { CHAT_TOKEN, closeNewsrooms, PRIVATE_FILES } from '../../core/usecases/newsroom.ts';
import { type Desk, openDesk, wordsOf } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterAll(closeNewsrooms);

const KITE = {
  url: `${PRIVATE_FILES}500.png`,
  name: 'kite.png',
  altText: 'A red kite',
  headers: { authorization: CHAT_TOKEN },
};

const schedule = async (args: Record<string, string>) =>
  desk.run('schedule', { when: 'tomorrow 9am', text: 'Hello #kites', ...args });

describe('files that come with a command', () => {
  it.each([
    ['/schedule tomorrow 9am to bluesky: Look', 'scheduled'],
    ['/publish to bluesky: Look', 'goes out now'],
    ['/draft to bluesky: Look', 'kept as a draft'],
    ['/schedule next Friday 9am to bluesky: Look', 'kept as a draft'],
  ])('are copied at once: %s', async (line, headline) => {
    const { reply } = await desk.say(line, undefined, [KITE]);
    expect(reply.title).toBe(`P1 ${headline}`);
    expect(wordsOf(reply)).toContain('1 image\n640 × 480 PNG, 1 kB · "A red kite"');
    expect(desk.files.size).toBe(1);
  });

  it('follow the images named by URL', async () => {
    await desk.say('/publish to bluesky --image https://img.example/400.jpeg "First": Look', undefined, [KITE]);
    expect((await desk.find(1)).media.map(({ altText }) => altText)).toEqual(['First', 'A red kite']);
  });

  it('are a post without any text', async () => {
    const { reply } = await desk.say('/schedule tomorrow 9am to bluesky', undefined, [KITE]);
    expect(reply.title).toBe('P1 scheduled');
    expect((await desk.find(1)).post.text).toBe('');
  });

  it('that cannot be had are named, and nothing is kept', async () => {
    const { reply, field } = await desk.say('/publish to bluesky: Look', undefined, [{ ...KITE, headers: {} }]);
    expect(wordsOf(reply)).toBe('kite.png could not be read.');
    expect([field, desk.files.size]).toEqual(['files', 0]);
  });
});

describe('a text of its own', () => {
  it('is what that network shows, and counts there', async () => {
    const { reply } = await schedule({
      targets: 'bluesky, @crier',
      'variant:mastodon': ' Trööt  #elephants',
      'variant:bluesky': ' ',
    });
    expect(wordsOf(reply)).toContain(
      'Bluesky · @team.bsky.social · 12/300\nHello #kites\nMastodon · @crier@chaos.social · 18/500\n Trööt  #elephants',
    );
    const { post } = await desk.find(1);
    expect([post.variants, post.hashtags]).toEqual([{ mastodon: ' Trööt  #elephants' }, ['kites']]);
  });

  it.each(['publish', 'draft', 'schedule'])('is kept by /%s', async (command) => {
    const when = command === 'schedule' ? { when: 'every Monday 9am' } : {};
    await desk.run(command, { ...when, targets: 'bluesky', text: 'Hello', 'variant:bsky': 'Blue' });
    expect((await desk.find(1)).post.variants).toEqual({ bluesky: 'Blue' });
  });

  it.each([
    ['mastodon', 'Hi', 'Mastodon has a text of its own here, and the post does not go there: add mastodon to the networks'],
    ['blusky', 'Hi', 'Did you mean bluesky?'],
    ['bluesky', 'x'.repeat(301), 'Bluesky takes 300 characters and this text has 301'],
    ['bluesky', '\u0000', 'invisible zero character'],
  ])('for %s is refused where it cannot be, and nothing is changed', async (network, text, sentence) => {
    const before = await desk.everything();
    const { reply, refused } = await schedule({ targets: 'bluesky', [`variant:${network}`]: text });
    expect(refused).toBe(true);
    expect(wordsOf(reply)).toContain(sentence);
    expect(await desk.everything()).toBe(before);
  });

  it('that is too long is refused at its own field', async () => {
    const { field } = await schedule({ targets: 'bluesky', 'variant:bluesky': 'x'.repeat(301) });
    expect(field).toBe('variant:bluesky');
  });
});

describe('the form of a post', () => {
  it('has a field for all there is, and loses nothing that was said', async () => {
    const { reply } = await desk.run(
      'schedule',
      { targets: 'bluesky', media: 'https://img.example/400.jpeg A kite', campaign: 'launch', 'variant:bluesky': 'Blue' },
      [KITE],
    );
    expect(wordsOf(reply)).toBe('Almost there\nStill missing: the time.');
    expect(reply.form?.fields.map(({ name, value, required, aside = false }) => [name, value, required, aside])).toEqual([
      ['when', undefined, true, false],
      ['targets', 'bluesky', true, false],
      ['text', undefined, false, false],
      ['variants', undefined, false, true],
      ['files', 'kite.png', false, true],
      ['campaign', 'launch', false, true],
      ['comment', undefined, false, true],
      ['thread', undefined, false, true],
      ['options', undefined, false, true],
    ]);
    const sent = await desk.send(reply, { when: 'tomorrow 9am' }, [KITE]);
    expect(sent.reply.title).toBe('P1 scheduled');
    const { post, media } = await desk.find(1);
    expect([post.campaign, post.variants, media.length]).toEqual(['launch', { bluesky: 'Blue' }, 2]);
  });

  it('keeps what is said beside the text, and says it again in one line', async () => {
    const { reply } = await desk.say(
      '/schedule --thread --comment "Ask us" --mastodon visibility=unlisted title="Our launch" tomorrow 9am to mastodon',
    );
    const given = Object.fromEntries((reply.form?.fields ?? []).map(({ name, value }) => [name, value]));
    expect(given).toMatchObject({ thread: 'yes', comment: 'Ask us', options: 'mastodon visibility=unlisted title="Our launch"' });
    expect(reply.form?.inOneLine).toBe(
      '/schedule --thread --comment "Ask us" --mastodon visibility=unlisted title="Our launch" tomorrow 9am to mastodon: Hello',
    );
    await desk.send(reply, { text: 'Kites', comment: '', options: 'mastodon title=Kites' });
    expect((await desk.find(1)).post.beside).toEqual({ options: { mastodon: { title: 'Kites' } }, thread: true, comment: null });
  });

  it.each([
    ['options', 'mastodon', 'is no option of a network. Write the network, then name=value'],
    ['options', 'mastodon visibility=secret', 'Choose one of public, unlisted.'],
    ['thread', 'perhaps', 'thread is yes or no, not "perhaps".'],
    ['comment', 'x'.repeat(301), 'the first comment has 301'],
  ])('refuses a bad %s at its own field: %.20s', async (name, value, sentence) => {
    const { reply, field } = await desk.run('schedule', {
      when: 'Friday',
      targets: 'bluesky, mastodon',
      text: 'Hi',
      [name]: value,
    });
    expect(field).toBe(name);
    expect(wordsOf(reply)).toContain(sentence);
  });

  it('opens empty by a button, for those who may write', async () => {
    const { reply } = await desk.press('schedule/form/new');
    expect(reply).toMatchObject({ title: 'Schedule a post', private: true });
    expect(reply.form?.fields.map(({ value }) => value)).toEqual(Array(9).fill(undefined));
    const viewer = await desk.enter({ userId: 'vic', role: 'viewer' });
    expect(wordsOf((await desk.press('schedule/form/new', viewer)).reply)).toContain('Your role here is viewer');
  });

  it.each([
    [
      'schedule',
      ['when', 'targets', 'text', 'variants', 'files', 'campaign', 'comment', 'thread', 'options'],
      '/schedule tomorrow 9am to bluesky: The kite: red',
    ],
    [
      'publish',
      ['targets', 'text', 'variants', 'files', 'campaign', 'comment', 'thread', 'options'],
      '/publish to bluesky: The kite: red',
    ],
    [
      'draft',
      ['targets', 'text', 'variants', 'files', 'campaign', 'comment', 'thread', 'options'],
      '/draft to bluesky: The kite: red',
    ],
  ] as const)('of /%s is filled with a text that was said elsewhere', async (command, names, inOneLine) => {
    const { form } = composeForm(await desk.call(), command, { text: 'The kite: red' });
    expect(form?.fields.map(({ name }) => name)).toEqual(names);
    expect(form?.fields.find(({ name }) => name === 'text')?.value).toBe('The kite: red');
    expect(form?.inOneLine).toBe(inOneLine);
  });
});
