import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeText, lineMarkdown } from '../../../src/bots/discord/markdown.ts';
import { readMarkdown } from './read-markdown.ts';

const NINE_AM = Temporal.Instant.from('2026-11-24T08:00:00Z');

const kindsIn = (markdown: string): string[] => [...new Set(readMarkdown(markdown).map(({ kind }) => kind))];
const seen = (markdown: string): string =>
  readMarkdown(markdown)
    .map(({ text }) => text)
    .join('');

describe('text of people in Discord', () => {
  it.each([
    [
      'formatting',
      '*a* **b** _c_ __d__ ~~e~~ ||f|| `g`',
      '\\*a\\* \\*\\*b\\*\\* \\_c\\_ \\_\\_d\\_\\_ \\~\\~e\\~\\~ \\|\\|f\\|\\| \\`g\\`',
    ],
    ['mentions', '<@1> <@!2> <@&3> <#4> </post:5> <id:browse>', String.raw`\<@1> \<@!2> \<@&3> \<#4> \</post:5> \<id:browse>`],
    ['everyone', '@everyone @here @ada', String.raw`\@everyone \@here @ada`],
    ['a timestamp', '<t:1>', String.raw`\<t:1>`],
    ['an emoji name', ':tada: 10:30:45 a: b', String.raw`\:tada: 10\:30:45 a: b`],
    ['a masked link', '[bank](https://evil.example)', String.raw`\[bank](https://evil.example)`],
    ['a heading', '# a\n## b\n-# c\nd # e', '\\# a\n\\## b\n\\-# c\nd # e'],
    ['a list', '- a\n  * b\n1. c\n+ d', '\\- a\n  \\* b\n1\\. c\n\\+ d'],
    ['a quote', '> a\n>>> b', '\\> a\n\\>>> b'],
    ['a backslash', String.raw`¯\_(ツ)_/¯`, String.raw`¯\\\_(ツ)\_/¯`],
    ['an address, which can be followed', 'See https://a.example/b_c_d*e.', 'See https://a.example/b_c_d*e.'],
    ['an address with a mention behind', 'https://a.example<@1>', String.raw`https\://a.example\<@1>`],
    ['a control character', 'a\u0007b', 'a\uFFFDb'],
  ])('stays text: %s', (_, text, markdown) => {
    expect(escapeText(text)).toBe(markdown);
    expect(kindsIn(markdown).filter((kind) => kind !== 'link')).toEqual(['text']);
  });

  it('is seen as it was written, whatever it is', () => {
    const MARKS = [
      '\\',
      '*',
      '_',
      '~~',
      '||',
      '`',
      '```',
      '<@1>',
      '<t:1:R>',
      '@everyone',
      ':a:',
      '[a](',
      'https://b.example/_',
      ')',
      '#',
      '> ',
      '- ',
      '\n',
      ' ',
      '1.',
      'a',
      '<',
      '>',
      ':',
      ']',
    ];
    const marks = fc.array(fc.constantFrom(...MARKS), { maxLength: 14 }).map((each) => each.join(''));
    fc.assert(
      fc.property(fc.oneof(marks, fc.string({ unit: 'grapheme', maxLength: 40 })), (text) => {
        const markdown = escapeText(text);
        expect(seen(markdown)).toBe(escapeShown(text));
        expect(kindsIn(markdown).filter((kind) => kind !== 'link' && kind !== 'text')).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });
});

const escapeShown = (text: string): string => text.replace(/(?![\t\n])\p{Cc}/gu, '\uFFFD');

describe('a line in Discord', () => {
  it('shows a moment on the clock of each reader, once', () => {
    expect(lineMarkdown(['Next try: ', { moment: NINE_AM, text: 'Tue 24 Nov 2026, 09:00 CET' }])).toBe(
      'Next try: <t:1795507200:F> (<t:1795507200:R>)',
    );
  });

  it.each([
    ['its own address', 'https://a.example/b', '<https://a.example/b>'],
    ['a label', 'the post', '[the post](<https://a.example/b>)'],
    ['a label with brackets', 'a [b]_c_', '[a ［b］\\_c\\_](<https://a.example/b>)'],
    ['a label that is another address', 'https://bank.example', 'https://bank.example <https://a.example/b>'],
    ['no label', ' ', '<https://a.example/b>'],
  ])('links with %s', (_, text, markdown) => {
    expect(lineMarkdown([{ url: 'https://a.example/b', text }])).toBe(markdown);
  });

  it('makes no link of what is no web address', () => {
    expect(lineMarkdown([{ url: 'javascript:alert(1)', text: 'press' }])).toBe('press javascript:alert(1)');
    expect(lineMarkdown([{ url: 'https://a.example/> <@1>', text: 'x' }])).toBe('x https://a.example/> \\<@1>');
  });

  it.each([
    ['a command', '/overview', '`/overview`'],
    ['a command as it is typed here', '/post P12 retry', '`/post post:P12 action:retry`'],
    ['marks', '*a* <@1>', '`*a* <@1>`'],
    ['backticks', 'a`b', '``a`b``'],
    ['a backtick at the end', 'a`', '``a` ``'],
    ['several rows', 'a\n\nb', '`a`\n\n`b`'],
  ])('shows code as it is: %s', (_, code, markdown) => {
    expect(lineMarkdown([{ code }])).toBe(markdown);
  });

  it('names people and roles, and shows as text what is neither', () => {
    const mentions = ['123', '&456', 'everyone'].map((mention) => ({ mention, text: `@${mention}` }));
    expect(lineMarkdown(mentions)).toBe('<@123><@&456>\\@everyone');
  });

  it('escapes spans that meet as one text, and keeps code apart from an address', () => {
    expect(lineMarkdown([':', 'tada:'])).toBe('\\:tada:');
    expect(lineMarkdown(['https://a.example', { code: 'x' }])).toBe('https://a.example `x`');
  });
});
