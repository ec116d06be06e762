// The orders in which people say what to post, where and when; and that nothing they typed is lost.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PostSentence, readPostSentence } from '../../../src/bots/commands/post-sentence.ts';

describe('a post in one sentence', () => {
  it.each<[string, PostSentence]>([
    ['tomorrow 9am to x, linkedin: We are live!', { when: 'tomorrow 9am', targets: 'x, linkedin', text: 'We are live!' }],
    ['to x and bluesky tomorrow 9am: text', { when: 'tomorrow 9am', targets: 'x and bluesky', text: 'text' }],
    ['"text" tomorrow 9am to x', { when: 'tomorrow 9am', targets: 'x', text: 'text' }],
    ['“text: more” tomorrow 9am to x', { when: 'tomorrow 9am', targets: 'x', text: 'text: more' }],
    ['tomorrow 9am to x "Hello"', { when: 'tomorrow 9am', targets: 'x', text: 'Hello' }],
    ['"He said "hi" to all" tomorrow 9am to x', { when: 'tomorrow 9am', targets: 'x', text: 'He said "hi" to all' }],
    ['tomorrow 9am to all: text', { when: 'tomorrow 9am', targets: 'all', text: 'text' }],
    ['tomorrow 9am everywhere: text', { when: 'tomorrow 9am', targets: 'everywhere', text: 'text' }],
    ['to mastodon: text', { targets: 'mastodon', text: 'text' }],
    ['to x:text', { targets: 'x', text: 'text' }],
    ['in 10 seconds to bluesky, mastodon: Hello', { when: 'in 10 seconds', targets: 'bluesky, mastodon', text: 'Hello' }],
    ['at 9:30 to x: Hello', { when: 'at 9:30', targets: 'x', text: 'Hello' }],
    ['2026-11-24T09:00:00Z to x: hi', { when: '2026-11-24T09:00:00Z', targets: 'x', text: 'hi' }],
    ['<t:1800000000:R> to x: hi', { when: '<t:1800000000:R>', targets: 'x', text: 'hi' }],
    ['tomorrow 9:30: hi', { when: 'tomorrow 9:30', text: 'hi' }],
    ['on Monday 9am on x: hi', { when: 'on Monday 9am', targets: 'x', text: 'hi' }],
    ['on Nov 24 9am on x, bluesky: hi', { when: 'on Nov 24 9am', targets: 'x, bluesky', text: 'hi' }],
    ['to x, Monday 9am: hi', { when: 'Monday 9am', targets: 'x', text: 'hi' }],
    ['tomorrow to x at 9am: hi', { when: 'tomorrow at 9am', targets: 'x', text: 'hi' }],
    ['quarter to noon to x: hi', { when: 'quarter to noon', targets: 'x', text: 'hi' }],
    ['18:00 Europe/Berlin to x: hi', { when: '18:00 Europe/Berlin', targets: 'x', text: 'hi' }],
    [
      'to @crier@mastodon.social, bluesky/@team.bsky.social: hi',
      { targets: '@crier@mastodon.social, bluesky/@team.bsky.social', text: 'hi' },
    ],
    ['to x: https://a.b/c to y: "q"', { targets: 'x', text: 'https://a.b/c to y: "q"' }],
    ['to x:\n first\n\nsecond: more\n', { targets: 'x', text: ' first\n\nsecond: more\n' }],
    ['to x:  two spaces', { targets: 'x', text: ' two spaces' }],
  ])('%j', (input, sentence) => {
    expect(readPostSentence(input)).toEqual(sentence);
  });
});

describe('campaign and images', () => {
  it.each<[string, PostSentence]>([
    ['tomorrow to x --campaign launch: Hello', { when: 'tomorrow', targets: 'x', campaign: 'launch', text: 'Hello' }],
    ['--campaign "two words" to x: Hello', { targets: 'x', campaign: 'two words', text: 'Hello' }],
    ['"Hello" to x --campaign=launch', { targets: 'x', campaign: 'launch', text: 'Hello' }],
    ['to x --image https://a.b/c.png "a: b": Hello', { targets: 'x', media: 'https://a.b/c.png a: b', text: 'Hello' }],
    [
      '--image http://h:80/1.png "one" --media https://h/2.png to x: Hello',
      { targets: 'x', media: 'http://h:80/1.png one\nhttps://h/2.png', text: 'Hello' },
    ],
  ])('are taken from outside the text: %j', (input, sentence) => {
    expect(readPostSentence(input)).toEqual(sentence);
  });

  it('are left alone within the text', () => {
    expect(readPostSentence('to x: use --campaign launch').text).toBe('use --campaign launch');
  });
});

describe('what is not understood', () => {
  it.each<[string, PostSentence]>([
    ['', {}],
    ['Hello world', { rest: 'Hello world' }],
    ['Hello: world', { rest: 'Hello: world' }],
    ['tomorrow 9am', { when: 'tomorrow 9am' }],
    ['to x', { targets: 'x' }],
    ['tomorrow 9am to x Hello', { when: 'tomorrow 9am', targets: 'x', rest: 'Hello' }],
    ['tomorrow 9am to x Hello there: this', { when: 'tomorrow 9am', targets: 'x', rest: 'Hello there: this' }],
    ['"text" blah tomorrow to x', { text: 'text', rest: 'blah tomorrow to x' }],
    ['to x --campaign a --campaign b: Hello', { targets: 'x', campaign: 'a', text: 'Hello', rest: '--campaign b' }],
  ])('is handed back as rest: %j', (input, sentence) => {
    expect(readPostSentence(input)).toEqual(sentence);
  });

  it('hands words before the networks on as time, for the reader of times to decline', () => {
    expect(readPostSentence('last Monday of Mars to x: Hi')).toEqual({ when: 'last Monday of Mars', targets: 'x', text: 'Hi' });
  });

  it('asks whether a word is a network where a missing colon leaves it open', () => {
    const isTarget = (word: string) => ['x', 'bluesky'].includes(word);
    expect(readPostSentence('tomorrow to x, Hello world', { isTarget })).toEqual({
      when: 'tomorrow',
      targets: 'x',
      rest: 'Hello world',
    });
    expect(readPostSentence('nice to see you', { isTarget })).toEqual({ rest: 'nice to see you' });
  });
});

describe('nothing that was typed is lost', () => {
  const anyText = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 });
  const hostile = fc
    .array(
      fc.constantFrom('to', 'x', ':', '"', '“', '”', 'tomorrow', '9:30', 'https://a.b', '--campaign', '--image', '\n', 'on', ','),
      { maxLength: 12 },
    )
    .map((words) => words.join(' '));
  const texts = fc.oneof(anyText, hostile).filter((text) => text.trim() !== '');

  it('of a text behind a colon', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(readPostSentence(`tomorrow 9am to x: ${text}`)).toEqual({ when: 'tomorrow 9am', targets: 'x', text });
      }),
      { numRuns: 500 },
    );
  });

  it('of a text in quotes', () => {
    const plain = texts.filter((text) => !/["“”„]/.test(text));
    fc.assert(
      fc.property(plain, (text) => {
        expect(readPostSentence(`"${text}" tomorrow 9am to x`)).toEqual({ when: 'tomorrow 9am', targets: 'x', text });
      }),
      { numRuns: 500 },
    );
  });

  it('of anything at all', () => {
    const ours = /^(?:to|on|campaign|image|media)$/i;
    fc.assert(
      fc.property(texts, (text) => {
        const kept = Object.values(readPostSentence(text)).join(' ');
        const words = text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '' && !ours.test(word));
        expect(words.filter((word) => !kept.includes(word))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
