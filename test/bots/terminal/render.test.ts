import { describe, expect, it } from 'vitest';
import type { Reply } from '../../../src/bots/reply.ts';
import { renderReply } from '../../../src/bots/terminal/render.ts';
import { harmless } from '../../../src/bots/terminal/text.ts';
import { cutTo, widthOf } from '../../../src/bots/text-width.ts';

const plain = (reply: Reply, columns = 80, firstButton = 1) => renderReply(reply, { columns, color: false, firstButton });

const button = (label: string) => ({ label, command: 'post', name: 'x', subject: 'P1' });

describe('harmless', () => {
  it.each([
    ['an escape sequence', 'a\u001B[31mb', 'a␛[31mb'],
    ['a bell', 'a\u0007b', 'a␇b'],
    ['a carriage return that would write over the line', 'good\rbad', 'good␍bad'],
    ['CR LF', 'a\r\nb', 'a\nb'],
    ['a C1 control', 'a\u009B31mb', 'a�31mb'],
    ['an order override', 'a\u202Ecod.exe', 'a�cod.exe'],
    ['half a character', 'a\uD83D', 'a�'],
    ['a tab', 'a\tb', 'a  b'],
    ['a family emoji, whole', '👩‍👩‍👧', '👩‍👩‍👧'],
  ])('shows %s', (_, text, shown) => {
    expect(harmless(text)).toBe(shown);
  });
});

describe('widthOf', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['日本', 4],
    ['한글', 4],
    ['é', 1],
    ['e\u0301', 1],
    ['🎉', 2],
    ['👩‍👩‍👧', 2],
    ['🇩🇪', 2],
    ['✔', 1],
    ['❤️', 2],
    ['🎉…', 3],
  ])('of %j is %i', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });

  it('is kept by what is cut', () => {
    expect(cutTo('日本語です', 6)).toBe('日本…');
    expect(cutTo('abc', 3)).toBe('abc');
  });
});

describe('a reply in the terminal', () => {
  const card: Reply = {
    tone: 'good',
    title: 'P12 scheduled',
    fields: [
      {
        name: 'When',
        value: [{ moment: Temporal.Instant.from('2026-11-24T08:00:00Z'), text: 'Tue 24 Nov 2026, 09:00 CET' }, ' · in 2 days'],
      },
      { name: 'Networks', value: 'Bluesky' },
    ],
    sections: [
      {
        heading: 'Bluesky · @crier · 12/300',
        quote: 'We are live!\n\n日本',
        lines: [['published ', { url: 'https://x.org/1', text: 'https://x.org/1' }]],
      },
    ],
    notes: ['09:00 is the usual posting time here.'],
    buttons: [button('Edit'), button('Cancel')],
  };

  it('is a card with its parts apart', () => {
    expect(plain(card)).toBe(
      [
        '✔ P12 scheduled',
        '  When      Tue 24 Nov 2026, 09:00 CET · in 2 days',
        '  Networks  Bluesky',
        '',
        '  Bluesky · @crier · 12/300',
        '  │ We are live!',
        '  │',
        '  │ 日本',
        '  published https://x.org/1',
        '',
        '  09:00 is the usual posting time here.',
        '',
        '  [1] Edit  [2] Cancel',
      ].join('\n'),
    );
  });

  it('has the same letters with colour', () => {
    const colored = renderReply(card, { columns: 80, color: true, firstButton: 1 });
    expect(colored).toContain('\u001B[');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colour is made of them
    expect(colored.replace(/\u001B\[\d+m/g, '')).toBe(plain(card));
  });

  it.each([80, 100, 120])('keeps to %i columns, and no wider than is good to read', (columns) => {
    const long = 'word '.repeat(80);
    const wide = plain(
      { ...card, lines: [long], notes: [long], sections: [{ heading: long, quote: '日'.repeat(200) }] },
      columns,
    );
    const widths = wide.split('\n').map(widthOf);
    expect(Math.max(...widths)).toBeLessThanOrEqual(Math.min(columns, 100));
    expect(Math.max(...widths)).toBeGreaterThan(70);
  });

  it('leaves lines whole where nobody measures them', () => {
    const long = 'word '.repeat(80).trim();
    expect(plain({ tone: 'plain', lines: [long] }, Number.POSITIVE_INFINITY)).toBe(long);
  });

  it('never breaks the address of a page', () => {
    const url = `https://example.org/${'x'.repeat(120)}`;
    expect(plain({ tone: 'plain', lines: [['See ', { url, text: url }]] }).split('\n')).toContain(url);
  });

  it('marks the first line with the tone where there is no title', () => {
    expect(plain({ tone: 'bad', lines: ['No such post.', 'Try /posts.'] })).toBe('✖ No such post.\n  Try /posts.');
  });

  it('lists sections of one line without gaps', () => {
    expect(plain({ tone: 'plain', title: '2 posts', sections: [{ heading: 'P1' }, { heading: 'P2' }] })).toBe(
      '2 posts\n\n  P1\n  P2',
    );
  });

  it('numbers buttons from where it is told to, in rows that fit', () => {
    const rows = plain(
      { tone: 'plain', buttons: Array.from({ length: 9 }, (_, index) => button(`Label number ${index}`)) },
      60,
      4,
    );
    expect(rows.split('\n').length).toBeGreaterThan(2);
    expect(rows).toContain('[4] Label number 0');
    expect(rows).toContain('[12] Label number 8');
    expect(Math.max(...rows.split('\n').map(widthOf))).toBeLessThanOrEqual(60);
  });

  it('shows the buttons of a section under it, and counts on', () => {
    const reply: Reply = {
      tone: 'plain',
      sections: [
        { heading: 'P1', lines: ['Hello'], buttons: [button('Show'), button('Edit')] },
        { heading: 'P2', buttons: [button('Show')] },
      ],
      buttons: [button('New post')],
    };
    expect(plain(reply, 80, 3)).toBe('  P1\n  Hello\n  [3] Show  [4] Edit\n\n  P2\n  [5] Show\n\n  [6] New post');
  });

  it('names whom a chat would mention', () => {
    expect(plain({ tone: 'plain', lines: [[{ mention: 'U123', text: 'U123' }, ' approver']] })).toBe('U123 approver');
  });

  it('says what a form misses and how to say it in one line', () => {
    const form: Reply['form'] = {
      title: 'Schedule a post',
      command: 'schedule',
      carried: {},
      inOneLine: '/schedule tomorrow 9am to x: Hello',
      fields: [
        { name: 'when', label: 'When', kind: 'when', required: true, hint: 'tomorrow 9am' },
        { name: 'text', label: 'Text', kind: 'paragraph', required: true, value: 'Hi' },
        { name: 'files', label: 'Images', kind: 'files', required: false, aside: true },
      ],
    };
    expect(plain({ tone: 'warning', form })).toBe(
      'Schedule a post: still missing\n  When  e.g. tomorrow 9am\n  In one line: /schedule tomorrow 9am to x: Hello',
    );
  });

  it('writes no control character of anybody’s text', () => {
    const evil = '\u001B]0;owned\u0007\u001B[2J\r';
    const text = plain({
      tone: 'plain',
      title: evil,
      lines: [[{ code: evil }, { url: evil, text: evil }]],
      fields: [{ name: evil, value: evil }],
      sections: [{ heading: evil, quote: evil }],
      notes: [evil],
      buttons: [button(evil)],
    });
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });
});
