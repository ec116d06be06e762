// The orders in which people say what to post, where and when; and that nothing they typed is lost.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PostSentence, readPostSentence } from '../../../src/bots/commands/post-sentence.ts';
import { readNetworkOptions } from '../../../src/bots/network-options-text.ts';

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

describe('an account whose name is several words', () => {
  it.each<[string, PostSentence]>([
    ['in 1 hour to linkedin/Crier Demo: hi', { when: 'in 1 hour', targets: 'linkedin/Crier Demo', text: 'hi' }],
    ['to linkedin/Crier Demo tomorrow 9am: hi', { when: 'tomorrow 9am', targets: 'linkedin/Crier Demo', text: 'hi' }],
    [
      'to linkedin/Crier Demo, x and facebook/My Page: hi',
      { targets: 'linkedin/Crier Demo, x and facebook/My Page', text: 'hi' },
    ],
    ['to linkedin/Crier Demo best: hi', { when: 'best', targets: 'linkedin/Crier Demo', text: 'hi' }],
    ['tomorrow to "Crier Demo": hi', { when: 'tomorrow', targets: '"Crier Demo"', text: 'hi' }],
    ['to x, “Salt and Pepper” tomorrow: hi', { when: 'tomorrow', targets: 'x, “Salt and Pepper”', text: 'hi' }],
    ['tomorrow to linkedin/"Crier Demo", x: "hi"', { when: 'tomorrow', targets: 'linkedin/"Crier Demo", x', text: '"hi"' }],
    ['"hi" tomorrow to linkedin/Crier Demo', { when: 'tomorrow', targets: 'linkedin/Crier Demo', text: 'hi' }],
    ['"hi" to "Crier Demo" tomorrow', { when: 'tomorrow', targets: '"Crier Demo"', text: 'hi' }],
    ['to "Crier Demo" tomorrow "hi"', { when: 'tomorrow', targets: '"Crier Demo"', text: 'hi' }],
  ])('is one name behind its network, or in quotes: %j', (input, sentence) => {
    expect(readPostSentence(input)).toEqual(sentence);
  });

  it('ends before what cannot be part of it, so that a text without a colon stays whole', () => {
    expect(readPostSentence('tomorrow to linkedin/Crier Hello there')).toEqual({
      when: 'tomorrow',
      targets: 'linkedin/Crier',
      rest: 'Hello there',
    });
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

describe('what is said beside the text', () => {
  it.each<[string, PostSentence]>([
    ['tomorrow to x --thread: Hello', { when: 'tomorrow', targets: 'x', thread: 'yes', text: 'Hello' }],
    ['--thread to x: Hello', { targets: 'x', thread: 'yes', text: 'Hello' }],
    ['to x --comment "First: yes": Hello', { targets: 'x', comment: 'First: yes', text: 'Hello' }],
    ['to x --comment=First "Hello"', { targets: 'x', comment: 'First', text: 'Hello' }],
    [
      'tomorrow 9am to youtube --youtube title="Our launch: now" privacy=unlisted: Hello',
      { when: 'tomorrow 9am', targets: 'youtube', options: 'youtube title="Our launch: now" privacy=unlisted', text: 'Hello' },
    ],
    [
      '--yt title=“Say "hi"” tags=a,b --tiktok privacy=SELF_ONLY to all "Hello"',
      { targets: 'all', options: 'yt title=“Say "hi"” tags="a,b"; tiktok privacy=SELF_ONLY', text: 'Hello' },
    ],
    ['--yt title="" to x: Hello', { targets: 'x', options: 'yt title=""', text: 'Hello' }],
  ])('is taken from outside it: %j', (input, sentence) => {
    expect(readPostSentence(input)).toEqual(sentence);
  });

  it.each([
    ['to x --thread --thread: Hello', '--thread'],
    ['to x --comment a --comment b: Hello', '--comment b'],
    ['to x --youtube: Hello', '--youtube: Hello'],
  ])('is handed back where it is said twice or says nothing: %j', (input, rest) => {
    expect(readPostSentence(input).rest).toBe(rest);
  });

  it('is left alone within the text', () => {
    const text = 'use --thread and --youtube title=x';
    expect(readPostSentence(`to x: ${text}`)).toEqual({ targets: 'x', text });
  });

  it('gives its options back as they were typed, whatever their values', () => {
    const value = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !/["“”\n\r]/.test(text));
    fc.assert(
      fc.property(value, value, (title, tags) => {
        const { options = '' } = readPostSentence(`to x --yt title="${title}" tags=“${tags}” --tiktok privacy=me: Hello`);
        expect(readNetworkOptions(options)).toEqual({ yt: { title, tags }, tiktok: { privacy: 'me' } });
      }),
      { numRuns: 500 },
    );
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
      fc.constantFrom(
        'to',
        'x',
        ':',
        '"',
        '“',
        '”',
        'tomorrow',
        '9:30',
        'https://a.b',
        '--campaign',
        '--image',
        '--thread',
        '--comment',
        '--yt a=b',
        '\n',
        'on',
        ',',
      ),
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
    const ours = /^(?:to|on|campaign|image|media|thread|comment)$/i;
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
