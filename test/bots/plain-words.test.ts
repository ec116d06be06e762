// What people say to Crier when they mention it, and which line of a command it comes to.
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/bots/commands/index.ts';
import { fillFromMessage, plainWordsHelp, readPlainWords } from '../../src/bots/plain-words.ts';
import { openCommands } from '../../src/bots/run.ts';
import type { Platforms } from '../../src/core/ports.ts';
import { bluesky, mastodon } from '../core/usecases/newsroom.ts';

const x = { ...bluesky, id: 'x', name: 'X', aliases: ['twitter'] };
const all = [bluesky, mastodon, x];
const platforms: Pick<Platforms, 'find' | 'all'> = {
  all: () => all,
  find: (name) => all.find(({ id, aliases }) => [id, ...aliases].includes(name.trim().toLowerCase())),
};
const read = (text: string) => readPlainWords(text, { platforms, commands });

describe('plain words that bring their text', () => {
  it.each([
    ['schedule a post for Instagram tomorrow at 9: Hello', '/schedule to instagram tomorrow at 9: Hello'],
    ['Schedule a post for Bluesky tomorrow at 9:30: It is 9: time', '/schedule to bluesky tomorrow at 9:30: It is 9: time'],
    ['please schedule a new post for tomorrow 9am on x, mastodon: Hi', '/schedule tomorrow 9am to x, mastodon: Hi'],
    ['schedule a bluesky post for Friday noon: Hi', '/schedule to bluesky Friday noon: Hi'],
    [
      'could you schedule a post for twitter and Mastodon on Friday at noon: Hi',
      '/schedule to x and mastodon on Friday at noon: Hi',
    ],
    ['schedule a post for x every Monday 9am for 3 weeks: Hi', '/schedule to x every Monday 9am for 3 weeks: Hi'],
    ['schedule tomorrow 9am to bluesky: Hello', '/schedule tomorrow 9am to bluesky: Hello'],
    ['schedule "We are live" tomorrow 9am to bluesky', '/schedule "We are live" tomorrow 9am to bluesky'],
    ['schedule a post for @team tomorrow 9am saying: Hi', '/schedule to @team tomorrow 9am: Hi'],
    ['publish to all: Hello', '/publish to all: Hello'],
    ['Publish to everywhere: Hello, thanks', '/publish to everywhere: Hello, thanks'],
    ['post to bluesky: Hello  there\n\nbye ', '/publish to bluesky: Hello  there\n\nbye '],
    ['post this to bluesky: Hello', '/publish to bluesky: Hello'],
    ['post a message to our Bluesky account tomorrow 9am: Hi', '/schedule to bluesky tomorrow 9am: Hi'],
    ['post "Hello" to mastodon', '/publish "Hello" to mastodon'],
    ['publish a post now to x: Hi', '/publish to x: Hi'],
    ['publish a post to x an hour from now: Hi', '/schedule to x an hour from now: Hi'],
    ['publish to x right now: Hi', '/publish to x: Hi'],
    ['publish to x tomorrow 9am: Hi', '/schedule to x tomorrow 9am: Hi'],
    ['draft a post for mastodon: Kites', '/draft to mastodon: Kites'],
    ['write a draft for mastodon: Kites', '/draft to mastodon: Kites'],
    ['draft: "Kites" they said', '/draft ""Kites" they said"'],
    ['create a post for bluesky tomorrow 9am: Hi', '/schedule to bluesky tomorrow 9am: Hi'],
  ])('%s', (text, line) => {
    expect(read(text)).toEqual({ line, aboutMessage: false });
  });
});

describe('plain words about another message', () => {
  it.each([
    ['post this to bluesky tomorrow 9am', '/schedule to bluesky tomorrow 9am:'],
    ['schedule this for x on Friday noon', '/schedule to x on Friday noon:'],
    ['Hey Crier, can you please schedule that for X on Friday at noon, thanks!', '/schedule to x on Friday at noon:'],
    ['schedule the message above for tomorrow 9am', '/schedule tomorrow 9am:'],
    ['publish this to x', '/publish to x:'],
    ['publish this message to x and bluesky now', '/publish to x and bluesky:'],
    ['can you publish this to x?', '/publish to x:'],
    ['share this on bluesky', '/publish to bluesky:'],
    ['share it everywhere', '/publish everywhere:'],
    ['schedule this', '/schedule'],
    ['post this', '/publish'],
    ['save this as a draft for mastodon', '/draft to mastodon:'],
    ['queue this for bluesky tomorrow 9am', '/schedule to bluesky tomorrow 9am:'],
    ['queue this for bluesky', '/queue to bluesky:'],
    ['schedule this for bluesky at the best time', '/schedule to bluesky at the best time:'],
    ['schedule this for x on Fridy noon', '/schedule to x on Fridy noon:'],
  ])('%s', (text, line) => {
    expect(read(text)).toEqual({ line, aboutMessage: true });
  });

  it.each([
    ['publish this to x', { command: 'publish', args: { targets: 'x', text: 'The kite: red' } }],
    [
      'schedule this for x on Friday noon',
      { command: 'schedule', args: { targets: 'x', when: 'on Friday noon', text: 'The kite: red' } },
    ],
    ['schedule this', { command: 'schedule', args: { text: 'The kite: red' } }],
    [
      'schedule this for x on Fridy noon',
      { command: 'schedule', args: { targets: 'x', rest: 'on Fridy noon:', text: 'The kite: red' } },
    ],
  ])('%s: takes its text from there', (text, filled) => {
    const words = read(text);
    expect(words && fillFromMessage(words, openCommands(commands), 'The kite: red')).toEqual(filled);
  });

  it('leave the text open where the message has files alone', () => {
    const words = read('publish this to x');
    expect(words && fillFromMessage(words, openCommands(commands), '')).toEqual({ command: 'publish', args: { targets: 'x' } });
  });
});

describe('plain words about posts that are there', () => {
  it.each([
    ['show P12', '/post P12'],
    ['P12', '/post P12'],
    ['show me post 12, please', '/post P12'],
    ['cancel P12', '/post P12 cancel'],
    ['could you cancel P12?', '/post P12 cancel'],
    ['Please delete p12.', '/post P12 cancel'],
    ['publish P12 now', '/post P12 now'],
    ['publish P12', '/post P12 now'],
    ['retry P12', '/post P12 retry'],
    ['try P12 again', '/post P12 retry'],
    ['pause P12', '/post P12 pause'],
    ['move P12 to tomorrow 9am', '/post P12 move tomorrow 9am'],
    ['reschedule post 12 for Friday 9:30', '/post P12 move Friday 9:30'],
    ['schedule P12 for tomorrow 9am', '/post P12 move tomorrow 9am'],
    ['move P12', '/post P12 move'],
    ['edit P12: new  text, please', '/post P12 edit new  text, please'],
    ['change P12 to say: new text', '/post P12 edit new text'],
    ['edit P12', '/post P12 edit'],
    ['post P12 cancel', '/post P12 cancel'],
  ])('%s', (text, line) => {
    expect(read(text)).toEqual({ line, aboutMessage: false });
  });
});

describe('plain words that ask how it went', () => {
  it.each([
    ['how did we do this week', '/analytics this week'],
    ['How did we do?', '/analytics'],
    ['how are we doing today?', '/analytics today'],
    ['how did our posts do last month?', '/analytics last month'],
    ['how was last week', '/analytics last week'],
    ['how is Bluesky doing this month?', '/analytics bluesky this month'],
    ['how did we do on Twitter in the last 30 days', '/analytics last 30 days x'],
    ['analytics for bluesky', '/analytics bluesky'],
    ['show me the analytics of @team for last week', '/analytics last week @team'],
    ["show me last month's numbers", '/analytics last month'],
    ['what are our numbers today?', '/analytics today'],
    ['show the bluesky stats', '/analytics bluesky'],
    ['give us the figures of 2026-11', '/analytics 2026-11'],
    ['refresh the figures, please', '/analytics refresh'],
    ['export the figures of last month', '/analytics export last month'],
    ['analytics export month campaign:launch', '/analytics export month campaign:launch'],
    ['send a digest every day at 9', '/digest every day at 9'],
    ['please send us a weekly digest on mondays at 9am', '/digest weekly on mondays at 9am'],
    ['set up a daily report here', '/digest daily here'],
    ['daily digest at 8:30', '/digest daily at 8:30'],
    ['digest weekly friday 4pm', '/digest weekly friday 4pm'],
    ['which digests are there?', '/digest list'],
    ['preview the digest', '/digest preview'],
    ['show me the weekly digest', '/digest preview weekly'],
    ['pause digest D2', '/digest pause D2'],
    ['stop d2', '/digest stop D2'],
    ['stop the digest', '/digest stop'],
    ['please stop sending the daily digest', '/digest stop daily'],
    ['pause the digests', '/digest pause'],
    ['turn off the weekly digest', '/digest stop weekly'],
    ['unsubscribe from the digest', '/digest stop'],
    ['resume the digest', '/digest resume'],
    ['a daily digest at 9, please', '/digest daily at 9'],
    ['I want a digest every monday', '/digest every monday'],
    ['daily report at 9am', '/digest daily at 9am'],
    ['refresh the numbers', '/analytics refresh'],
    ['give me a report', '/analytics'],
    ['report for last month', '/analytics last month'],
    ['show me the report of this week', '/analytics this week'],
    ['how is the spring launch campaign doing?', '/analytics campaign:"spring launch"'],
    ['how did the campaign launch do last month', '/analytics campaign:"launch" last month'],
    ['what was our best post last week?', '/analytics last week'],
    ['show me our top posts this month', '/analytics this month'],
    ['which post did best this week?', '/analytics this week'],
    ['how many followers do we have?', '/analytics'],
    ['how many likes did we get this week?', '/analytics this week'],
    ['download the figures as csv', '/analytics export'],
    ['show me the calendar', '/calendar'],
    ['show the calendar for this month', '/calendar month'],
    ['show me the calendar of next month', '/calendar next month'],
    ['show us the calendar of the week', '/calendar week'],
  ])('%s', (text, line) => {
    expect(read(text)).toEqual({ line, aboutMessage: false });
  });

  it.each([
    'how is P12 doing',
    'how did the kite fly this week',
    'show me the performance of the engine',
    'send a digest',
    'how is the weather doing today',
    'stop D2?',
    'stop the digest?',
    'daily report',
    'how many likes did the kite get',
    'what was our best idea last week?',
    'show me the calendar of Ann',
  ])('leave alone what may mean something else: %s', (text) => {
    expect(read(text)).toBeNull();
  });
});

describe('plain words that ask', () => {
  it.each([
    ['show my scheduled posts', '/posts mine'],
    ['list all my posts', '/posts mine'],
    ['what have I scheduled?', '/posts mine'],
    ["what's next", '/posts upcoming'],
    ['What’s next?', '/posts upcoming'],
    ['show upcoming posts', '/posts upcoming'],
    ['what is scheduled?', '/posts upcoming'],
    ['what is planned today', '/posts today'],
    ['anything going out today?', '/posts today'],
    ["show me today's posts", '/posts today'],
    ['what is planned this week?', '/posts week'],
    ['what is planned for tomorrow', '/posts week'],
    ['list drafts', '/posts drafts'],
    ['show me my drafts', '/posts drafts'],
    ['what failed', '/posts failed'],
    ['did anything fail?', '/posts failed'],
    ['show the latest posts', '/posts'],
    ['show posts of the campaign big launch', '/posts campaign big launch'],
    ['posts today please', '/posts today'],
    ['/posts today', '/posts today'],
    ['connect bluesky', '/connect bluesky'],
    ['connect my Twitter account', '/connect x'],
    ['connect an account', '/connect'],
    ['list accounts', '/accounts'],
    ['which accounts are connected?', '/accounts'],
    ['disconnect bluesky', '/disconnect bluesky'],
    ['help', '/help'],
    ['help me', '/help'],
    ['What can you do?', '/help'],
    ['help schedule', '/help schedule'],
    ['how do I schedule a post?', '/help schedule'],
    ['my time zone is Europe/Berlin', '/timezone Europe/Berlin'],
    ['set my timezone to new york', '/timezone new york'],
    ['what is my time zone?', '/timezone'],
    ['show the settings', '/settings'],
    ['Settings cap bluesky 5', '/settings cap bluesky 5'],
    ['/shedule tomorrow to x: Hi', '/shedule tomorrow to x: Hi'],
  ])('%s', (text, line) => {
    expect(read(text)).toEqual({ line, aboutMessage: false });
  });
});

describe('words that are no request', () => {
  it.each([
    '',
    'hello!',
    'thanks',
    'good morning everyone',
    "don't cancel P12",
    'do not publish this to x',
    'should I cancel P12?',
    'cancel P12?',
    'cancel P12 or not',
    'cancel P12 and P13',
    'cancel everything',
    'cancel the meeting',
    'did you cancel P12',
    'who deleted P12',
    'publish this to x?',
    'publish this to x, but not now',
    'publish this to x unless legal objects',
    'publish this everywhere except x',
    'post mortem is at five',
    'post it notes are in the drawer',
    'post the kids a letter',
    'share this with the team',
    'plan a trip to rome',
    'the post this to x button is broken',
    'move the couch to the left',
    'edit the wiki',
    'delete all posts',
    'end of the day',
    'save this for later',
    'retry',
    'disconnect bluesky?',
    'post P12 cancel?',
  ])('"%s"', (text) => {
    expect(read(text)).toBeNull();
  });

  it('are a whole page, though it speaks of a report', () => {
    expect(read(`show me the report of campaign ${'words and more words '.repeat(20)}`)).toBeNull();
  });

  it('are answered with a few examples that can be read', () => {
    const { lines = [], private: isPrivate } = plainWordsHelp();
    const examples = lines.flatMap((line) =>
      typeof line === 'string' ? [] : line.flatMap((span) => (typeof span === 'object' && 'code' in span ? [span.code] : [])),
    );
    expect(isPrivate).toBe(true);
    expect(examples).toHaveLength(5);
    expect(examples.filter((example) => read(example) === null)).toEqual([]);
  });
});
