// Tables, bars and menus in the terminal.
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../../src/bots/reply.ts';
import { type Bars, barLines } from '../../../src/bots/terminal/bars.ts';
import { openPaint } from '../../../src/bots/terminal/fold.ts';
import { renderReply } from '../../../src/bots/terminal/render.ts';
import { widthOf } from '../../../src/bots/text-width.ts';

const plain = (reply: Reply, columns = 80, firstButton = 1) => renderReply(reply, { columns, color: false, firstButton });
const show = (label: string, subject: string) => ({ label, command: 'post', name: 'show', subject });
const bars = (values: Bars, columns = 40) => barLines(values, { columns, paint: openPaint(false) });

describe('a table in the terminal', () => {
  const table = {
    columns: [{ name: 'Network' }, { name: 'Posts', numeric: true as const }, { name: 'Reach', numeric: true as const }],
    rows: [
      ['Bluesky', '12', '1,204'],
      ['日本語', '3', '–'],
    ],
  };

  it('stands below its heading in columns, wide letters counted', () => {
    expect(plain({ tone: 'plain', sections: [{ heading: 'Networks', lines: ['Two of them.'], table }] })).toBe(
      ['  Networks', '  Two of them.', '  Network  Posts  Reach', '  Bluesky     12  1,204', '  日本語       3      –'].join(
        '\n',
      ),
    );
  });

  it('keeps to the width, and writes no control character of anybody', () => {
    const rows = [['\u001B[2J'.repeat(40), '1', '2']];
    const shown = plain({ tone: 'plain', sections: [{ heading: 'Networks', table: { ...table, rows } }] }, 40);
    expect(Math.max(...shown.split('\n').map(widthOf))).toBe(40);
    expect(shown.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  it('is not folded where nobody measures the lines', () => {
    const rows = [['word '.repeat(60).trim(), '1', '2']];
    expect(
      plain({ tone: 'plain', sections: [{ heading: 'Networks', table: { ...table, rows } }] }, Number.POSITIVE_INFINITY),
    ).toContain(`${rows[0]?.[0]}      1      2`);
  });
});

describe('bars in the terminal', () => {
  it('lie below each other in eighths of a letter, as long as their values', () => {
    expect(
      bars([
        { label: 'Mon 16', value: 16 },
        { label: 'Tue 17', value: 8 },
        { label: 'Wed 18', value: 1 },
        { label: 'Thu 19', value: 0 },
        { label: 'Fri 20', value: null },
      ]),
    ).toEqual([`Mon 16  ${'█'.repeat(29)} 16`, `Tue 17  ${'█'.repeat(14)}▌ 8`, 'Wed 18  █▉ 1', 'Thu 19  0', 'Fri 20  –']);
  });

  it('are to be seen however small they are, and leave room for long labels', () => {
    const [large = '', small = ''] = bars([
      { label: 'A network with quite a long name', value: 1_000_000 },
      { label: 'Another', value: 1 },
    ]);
    expect(small).toContain('▏ 1');
    expect(large).toMatch(/^A network wi… {2}█+ 1,000,000$/);
    expect(widthOf(large)).toBeLessThanOrEqual(40);
  });

  it('are dashes where nothing is known, and not there where there are none', () => {
    expect(bars([{ label: 'Mon', value: null }])).toEqual(['Mon  –']);
    expect(bars([])).toEqual([]);
  });

  it('stand upright in one line where they are more than twelve', () => {
    const month = Array.from({ length: 16 }, (_, day) => ({ label: `${day + 1} Nov`, value: day === 3 ? null : day * 2 }));
    expect(bars(month)).toEqual(['▁▁▂–▃▃▄▄▅▅▆▆▇▇██', '1 Nov to 16 Nov, at most 30']);
    expect(bars(month, 10)).toEqual(['▁▁▂–▃▃▄▄▅▅', '▆▆▇▇██', '1 Nov to …']);
  });

  it('stand upright as dashes where nothing is known', () => {
    const month = Array.from({ length: 13 }, (_, day) => ({ label: `${day + 1} Nov`, value: null }));
    expect(bars(month)).toEqual(['–'.repeat(13), '1 Nov to 13 Nov, at most –']);
  });

  it('stand below what is said first, with the chart they stand for', () => {
    const chart = { name: 'week.png', mimeType: 'image/png', bytes: new Uint8Array(1), bars: [{ label: 'Mon', value: 2 }] };
    const table = { name: 'week.csv', mimeType: 'text/csv', bytes: new Uint8Array(1) };
    const reply: Reply = { tone: 'plain', title: 'The week', files: [chart, table], notes: ['Read at nine.'] };
    const shown = renderReply(reply, { columns: 30, color: false, firstButton: 1, pathOf: ({ name }) => `/kept/${name}` });
    expect(shown).toBe(
      `The week\n  File  /kept/week.csv\n\n  Mon  ${'█'.repeat(21)} 2\n  File  /kept/week.png\n\n  Read at nine.`,
    );
  });
});

describe('a menu in the terminal', () => {
  it('is numbered under its label, behind the buttons of sections and before the own ones', () => {
    const reply: Reply = {
      tone: 'plain',
      sections: [{ heading: 'P1', buttons: [show('Show', 'P1')] }],
      menu: { label: 'Open a post', options: [show('P2 · Kites', 'P2'), show('P3 · Boats', 'P3')] },
      buttons: [show('Later', 'P4')],
    };
    expect(plain(reply, 80, 3)).toBe('  P1\n  [3] Show\n\n  Open a post\n  [4] P2 · Kites  [5] P3 · Boats\n\n  [6] Later');
  });

  it('without options is left out', () => {
    expect(plain({ tone: 'plain', lines: ['Nothing is planned.'], menu: { label: 'Open', options: [] } })).toBe(
      'Nothing is planned.',
    );
  });
});
