// A table of a reply: Slack's own where it has room, else columns of one width. Slack takes one table in a message and none in a view.
// https://docs.slack.dev/reference/block-kit/blocks/table-block (checked 2026-11-23)
import type { KnownBlock, RichTextBlock, TableBlock } from '@slack/types';
import { layOutColumns } from '../columns.ts';
import { type Line, sayPlainly, type Table } from '../reply.ts';
import { harmless } from '../shown-text.ts';
import { richText } from './blocks-rich-text.ts';
import * as limits from './limits.ts';

export interface Tables {
  blocks: (table: Table | undefined) => KnownBlock[];
}

type Cell = TableBlock['rows'][number][number];

const isText = (line: Line): boolean => typeof line === 'string' || line.every((span) => typeof span === 'string');

const flat = (text: string): string => harmless(text).replace(/\s+/g, ' ').trim();

/** A cell is never without text: Slack asks for one character at least. */
function cellOf(line: Line): Cell {
  const [whole] = isText(line) ? [] : richText([{ lines: [line] }]);
  const text = flat(sayPlainly(line));
  return whole && text !== '' ? whole : { type: 'raw_text', text: text === '' ? '–' : text };
}

/** Null where it is more than one table of Slack can be. */
function tableBlock({ columns, rows }: Table): TableBlock | null {
  if (rows.length >= limits.TABLE_ROWS) return null;
  const block: TableBlock = {
    type: 'table',
    rows: [columns.map(({ name }) => cellOf(name)), ...rows.map((row) => columns.map((_, index) => cellOf(row[index] ?? '')))],
    column_settings: columns.map(({ numeric }) => (numeric ? { align: 'right' } : { is_wrapped: true })),
  };
  return Buffer.byteLength(JSON.stringify(block)) <= limits.TABLE_BYTES ? block : null;
}

/** As few blocks as hold it, each with the names of the columns above. */
function columnBlocks(table: Table): RichTextBlock[] {
  const [names = '', ...rows] = layOutColumns(table, { columns: limits.COLUMNS, shown: harmless });
  const pieces: string[][] = [];
  for (const row of rows) {
    const last = pieces.at(-1);
    if (last && [...last, row].join('\n').length <= limits.RICH_TEXT) last.push(row);
    else pieces.push([names, row]);
  }
  return pieces.map((piece) => ({
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: piece.join('\n') }] }],
  }));
}

/** The tables of one reply, from the top: the first as Slack's own, unless it is for a view. */
export function openTables({ inView }: { inView: boolean }): Tables {
  let isOwnFree = !inView;
  return {
    blocks(table) {
      if (table === undefined || table.columns.length === 0 || table.rows.length === 0) return [];
      const own = isOwnFree ? tableBlock(table) : null;
      if (own === null) return columnBlocks(table);
      isOwnFree = false;
      return [own];
    },
  };
}
