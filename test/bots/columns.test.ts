// Tables as rows of text in columns of one width.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOutColumns } from '../../src/bots/columns.ts';
import type { Table } from '../../src/bots/reply.ts';
import { harmless } from '../../src/bots/shown-text.ts';
import { widthOf } from '../../src/bots/text-width.ts';

const NETWORKS: Table = {
  columns: [{ name: 'Network' }, { name: 'Posts', numeric: true }, { name: 'Reach', numeric: true }],
  rows: [
    ['Bluesky', '12', '1,204'],
    ['日本語', '3', '–'],
    [[{ url: 'https://example.org/1', text: 'Mastodon' }], '140', '88'],
  ],
};

const lay = (table: Table, columns = Number.POSITIVE_INFINITY): string[] => layOutColumns(table, { columns, shown: harmless });

describe('a table in columns', () => {
  it('ends numbers at the same place and begins words at the same place, wide letters counted', () => {
    expect(lay(NETWORKS)).toEqual([
      'Network   Posts  Reach',
      'Bluesky      12  1,204',
      '日本語        3      –',
      'Mastodon    140     88',
    ]);
  });

  it('cuts words before numbers where there is no room, and says so', () => {
    const long = { ...NETWORKS, rows: [['We have moved to the house by the river', '12', '1,204']] };
    expect(lay(long, 30)).toEqual(['Network           Posts  Reach', 'We have moved t…     12  1,204']);
  });

  it('stands on one row whatever is in it, and with cells that are missing', () => {
    expect(lay({ columns: [{ name: 'Post' }, { name: 'Likes', numeric: true }], rows: [['one\n  two'], ['', '3']] })).toEqual([
      'Post     Likes',
      'one two',
      '             3',
    ]);
  });

  it('puts something of no width around each cell where it is asked to', () => {
    const rows = layOutColumns(NETWORKS, { columns: 40, shown: harmless, around: (cell) => `\u2068${cell}\u2069` });
    expect(rows[1]).toBe('\u2068Bluesky\u2069      \u206812\u2069  \u20681,204\u2069');
  });

  it('keeps to its room, whatever it holds', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 80 });
    const tables = fc.integer({ min: 1, max: 6 }).chain((count) =>
      fc.record({
        columns: fc.array(fc.record({ name: cell, numeric: fc.constant(true as const) }, { requiredKeys: ['name'] }), {
          minLength: count,
          maxLength: count,
        }),
        rows: fc.array(fc.array(cell, { minLength: count, maxLength: count }), { maxLength: 5 }),
      }),
    );
    fc.assert(
      fc.property(tables, fc.integer({ min: 24, max: 100 }), (table, columns) => {
        const rows = lay(table, columns);
        expect(rows).toHaveLength(table.rows.length + 1);
        for (const row of rows) expect(widthOf(row)).toBeLessThanOrEqual(columns);
      }),
    );
  });
});
