import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Line } from '../../../src/bots/reply.ts';
import { cutMiddle, cutText, splitText } from '../../../src/bots/shown-text.ts';
import { lineMrkdwn, plainMrkdwn } from '../../../src/bots/slack/mrkdwn.ts';

const NINE_AM = Temporal.Instant.from('2026-11-24T08:00:00Z');

describe('a line as mrkdwn', () => {
  it.each<[string, Line, string]>([
    ['text', 'a < b & c > d', 'a &lt; b &amp; c &gt; d'],
    ['formatting that people wrote', '*bold* _it_ ~no~ `code`', '∗bold∗ ˍitˍ ∼no∼ ˋcodeˋ'],
    ['marks within words', 'my_team_name 2*3', 'my_team_name 2*3'],
    ['a quote at the beginning of a line', 'a\n> b', 'a\n\u200B&gt; b'],
    ['the name of an emoji', ':tada: at 10:30', ':\u200Btada: at 10:30'],
    ['a mention that people wrote', '<!channel> <@U1>', '&lt;!channel&gt; &lt;@U1&gt;'],
    [
      'a moment',
      [{ moment: NINE_AM, text: 'Tue 24 Nov, 09:00 CET' }],
      '<!date^1795507200^{date_long_pretty} at {time}|Tue 24 Nov, 09:00 CET>',
    ],
    [
      'a moment with seconds',
      [{ moment: NINE_AM.add({ seconds: 5 }), text: 'x' }],
      '<!date^1795507205^{date_long_pretty} at {time_secs}|x>',
    ],
    [
      'a moment whose text would break out',
      [{ moment: NINE_AM, text: 'a|b><@U1>' }],
      '<!date^1795507200^{date_long_pretty} at {time}|a¦b&gt;&lt;@U1&gt;>',
    ],
    ['a link', [{ url: 'https://example.com/?a=1&b=2', text: 'kites' }], '<https://example.com/?a=1&amp;b=2|kites>'],
    [
      'a link that would break out',
      [{ url: 'https://example.com/|x><@U1>', text: 'a|b>c' }],
      '<https://example.com/%7Cx%3E%3C@U1%3E|a¦b&gt;c>',
    ],
    ['what is no link', [{ url: 'javascript:alert(1)', text: 'kites' }], 'kites javascript:alert(1)'],
    ['an address with a space', [{ url: 'https://example.com/ a', text: 'https://example.com/ a' }], 'https://example.com/ a'],
    ['code', ['Try ', { code: '/post P12 <x>' }], 'Try `/post P12 &lt;x&gt;`'],
    ['code with a backtick', [{ code: 'a `b` c' }], '`a ˋbˋ c`'],
    ['code of two lines', [{ code: 'a\n\nb' }], '`a`\n\n`b`'],
    ['a person', [{ mention: 'U0ADA', text: '@ada' }], '<@U0ADA>'],
    ['a group', [{ mention: '&S0TEAM', text: '@team' }], '<!subteam^S0TEAM>'],
    [
      'who is neither',
      [
        { mention: 'everyone', text: 'everyone' },
        { mention: 'U1|x> <!here', text: '<b>' },
      ],
      'everyone&lt;b&gt;',
    ],
  ])('%s', (_, line, mrkdwn) => {
    expect(lineMrkdwn(line)).toBe(mrkdwn);
  });

  it('holds no mark of its own in whatever people write', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        expect(plainMrkdwn(text)).not.toMatch(/[<>`]|(?<![\p{L}\p{N}])[*_~]\S|:[\p{L}\p{N}_+'-]+:|^&gt;/mu);
      }),
    );
  });
});

describe('text in pieces', () => {
  it('is whole when it is put together, and no piece is too long or ends within a character', () => {
    const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }),
        fc.integer({ min: 40, max: 100 }),
        (text, max) => {
          const pieces = splitText(text, max);
          expect(pieces.join('')).toBe(text);
          expect(pieces.every((piece) => piece.length <= max)).toBe(true);
          const count = (each: string): number => [...graphemes.segment(each)].length;
          expect(pieces.reduce((sum, piece) => sum + count(piece), 0)).toBe(count(text));
        },
      ),
    );
  });

  it('is cut between code points where one character alone is too long', () => {
    const pieces = splitText('👩‍👩‍👧‍👦'.repeat(3), 4);
    expect(pieces.join('')).toBe('👩‍👩‍👧‍👦'.repeat(3));
    expect(pieces.every((piece) => piece.length <= 4 && piece.isWellFormed())).toBe(true);
  });

  it('ends behind a line or a word where one ends near', () => {
    expect(splitText('one two three four', 15)).toEqual(['one two three ', 'four']);
    expect(splitText('one two\nthree four', 12)).toEqual(['one two\n', 'three four']);
  });

  it.each([
    ['abcdef', 4, 'abc…', 'a…ef'],
    ['abc', 3, 'abc', 'abc'],
    ['🎉🎉🎉🎉', 5, '🎉🎉…', '🎉…🎉'],
  ])('%s is cut to %i', (text, max, atEnd, inMiddle) => {
    expect(cutText(text, max)).toBe(atEnd);
    expect(cutMiddle(text, max)).toBe(inMiddle);
  });
});
