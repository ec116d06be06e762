// A text cut into the parts of a thread: where people would cut it, each part within the limits, and nothing lost on the way.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextLimit } from '../../src/core/platform.ts';
import { countBytes, countGraphemes } from '../../src/core/text.ts';
import { sectionsOf, splitText } from '../../src/core/text-split.ts';

const characters = (max: number): TextLimit => ({ max, unit: 'characters', count: countGraphemes });
const split = (text: string, max: number, ...more: TextLimit[]) => splitText(text, [characters(max), ...more]);

describe('a text that is too long', () => {
  it('stays as it is where it fits, to the byte', () => {
    expect(split('  Two lines\n\n  and spaces ', 100)).toEqual(['  Two lines\n\n  and spaces ']);
    expect(split('', 100)).toEqual(['']);
  });

  it.each<[string, string, number, string[]]>([
    ['between paragraphs', 'One two.\n\nThree four. Five six.', 24, ['One two.', 'Three four. Five six.']],
    ['as many paragraphs as fit', 'Aa.\n\nBb.\n\nCc.\n\nDddddd.', 12, ['Aa.\n\nBb.', 'Cc.\n\nDddddd.']],
    ['between sentences', 'First one. Second one? Third one!', 23, ['First one. Second one?', 'Third one!']],
    ['between words, where a sentence is too long', 'one two three four five', 13, ['one two three', 'four five']],
    ['within a word that is longer than all', 'abcdefghijklmnop', 6, ['abcdef', 'ghijkl', 'mnop']],
    [
      'not after so little that it is a waste',
      'Hi. This sentence goes on and on and on.',
      24,
      ['Hi. This sentence goes', 'on and on and on.'],
    ],
    [
      'in scripts without spaces',
      'これは長い文章です。次の文章も長いです。',
      12,
      ['これは長い文章です。', '次の文章も長いです。'],
    ],
  ])('is cut %s', (_, text, max, parts) => {
    expect(split(text, max)).toEqual(parts);
  });

  it.each([
    ['a link', 'see it here now: https://example.com/a/long/path?with=query', 30, 'https://example.com/a/long/path?with=query'],
    ['a link without a scheme', 'all of it is on example.com/a/long/path/of/ours', 30, 'example.com/a/long/path/of/ours'],
    ['a hashtag', 'what a day this was for #KitesOverTheWholeOfBerlin', 30, '#KitesOverTheWholeOfBerlin'],
    ['a mention', 'what a day for you and @kites@mastodon.example.social', 30, '@kites@mastodon.example.social'],
    ['an address', 'write to the.kite.people@berlin.example.org', 20, 'the.kite.people@berlin.example.org'],
  ])('keeps %s whole', (_, text, max, whole) => {
    const parts = split(text, max);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.some((part) => part.includes(whole))).toBe(true);
  });

  it('leaves a link that fits nowhere as a part that is too long, so that somebody hears of it', () => {
    const link = `https://example.com/${'x'.repeat(50)}`;
    expect(split(`Look: ${link} there`, 30)).toEqual(['Look:', link, 'there']);
  });

  it('never cuts within what a reader sees as one character', () => {
    const parts = split('👩‍🚀'.repeat(12), 5);
    expect(parts).toEqual(['👩‍🚀'.repeat(5), '👩‍🚀'.repeat(5), '👩‍🚀'.repeat(2)]);
  });

  it('is cut alike far beyond what is looked at in one go', () => {
    const text = 'Where is the wind today? '.repeat(400).trim();
    const parts = split(text, 300);
    expect(parts.join(' ')).toBe(text);
    expect(new Set(parts.slice(0, -1).map((part) => part.length))).toEqual(new Set([299]));
  });

  it('keeps all limits of a network at once', () => {
    const bytes: TextLimit = { max: 40, unit: 'bytes', count: countBytes };
    const parts = split('ドラゴン の 凧 を 見に 来て ください と 皆 が 言う', 300, bytes);
    expect(parts.map(countBytes).every((count) => count <= 40)).toBe(true);
    expect(parts.length).toBeGreaterThan(1);
  });
});

describe("the author's own cuts", () => {
  it.each<[string, string[]]>([
    ['One\n---\nTwo', ['One', 'Two']],
    ['One\n\n  ---  \n\nTwo\n---', ['One', 'Two']],
    ['One\r\n---\r\nTwo', ['One', 'Two']],
    ['One --- Two', ['One --- Two']],
    ['One\n----\nTwo', ['One\n----\nTwo']],
    ['---', ['']],
  ])('are lines of only ---: %j', (text, parts) => {
    expect(sectionsOf(text)).toEqual(parts);
    expect(split(text, 100)).toEqual(parts);
  });

  it('are kept where a section is too long for one part', () => {
    expect(split('one two three\n---\nfour five six seven', 13)).toEqual(['one two three', 'four five six', 'seven']);
  });
});

describe('whatever the text', () => {
  const word = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
    fc.constantFrom('https://example.com/a', '#kites', '@crier', 'Hello.', 'Why?', '\n\n', '\n', '👩‍🚀', '---'),
  );
  const texts = fc.array(word, { maxLength: 40 }).map((words) => words.join(' '));
  const bare = (text: string): string => text.replace(/\s+/gu, '');

  it('every part fits, none is empty, and nothing but space is left out', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 25, max: 80 }), (text, max) => {
        const parts = split(text, max);
        expect(parts.filter((part) => countGraphemes(part) > max)).toEqual([]);
        if (text.trim() !== '' && parts.length > 1) expect(parts.filter((part) => part.trim() === '')).toEqual([]);
        expect(bare(parts.join(''))).toBe(bare(sectionsOf(text).join('')));
      }),
      { numRuns: 500 },
    );
  });
});
