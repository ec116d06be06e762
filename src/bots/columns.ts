// A table as rows of text in columns of one width, for chats that show letters of one width and have no table of their own.
import { sayPlainly, type Table } from './reply.ts';
import { cutText } from './shown-text.ts';
import { cutTo, widthOf } from './text-width.ts';

export interface ColumnsOptions {
  /** Room for a whole row; Infinity leaves cells whole. */
  columns: number;
  /** What the chat makes of people's text: it must not widen it afterwards. */
  shown: (text: string) => string;
  /** Puts something of no width around a cell that was laid out. */
  around?: (cell: string) => string;
}

const GAP = 2;
/** No column is cut below this, unless all have to be. */
const NARROWEST = 6;
/** A single letter may be many characters: no cell is longer than that, whatever room it takes. */
const CELL_LENGTH = 120;

/** The names of the columns, then a row for each row. Numbers end at the same place; what has no room is cut with an ellipsis. */
export function layOutColumns(table: Table, { columns, shown, around = (cell) => cell }: ColumnsOptions): string[] {
  const plain = (text: string): string => {
    const whole = shown(text).replace(/\s+/g, ' ').trim();
    return columns === Number.POSITIVE_INFINITY ? whole : cutText(whole, CELL_LENGTH);
  };
  const rows = [
    table.columns.map(({ name }) => plain(name)),
    ...table.rows.map((row) => table.columns.map((_, index) => plain(sayPlainly(row[index] ?? '')))),
  ];
  const widths = widthsIn(
    table.columns.map(({ numeric }, index) => ({
      width: Math.max(...rows.map((row) => widthOf(row[index] ?? ''))),
      numeric: numeric === true,
    })),
    columns,
  );
  const pad = (cell: string, index: number): string => {
    const width = widths[index] ?? 0;
    const cut = cutTo(cell, width);
    const space = ' '.repeat(Math.max(0, width - widthOf(cut)));
    return table.columns[index]?.numeric ? space + around(cut) : around(cut) + space;
  };
  return rows.map((row) => row.map(pad).join(' '.repeat(GAP)).trimEnd());
}

/** Widths that have room together: words give way before numbers, and the widest first. */
function widthsIn(wanted: readonly { width: number; numeric: boolean }[], columns: number): number[] {
  const widths = wanted.map(({ width }) => width);
  const room = columns - GAP * (wanted.length - 1);
  const narrow = (may: (index: number) => boolean, least: number): void => {
    for (;;) {
      const over = widths.reduce((sum, each) => sum + each, 0) - room;
      const widest = Math.max(...widths.filter((_, index) => may(index)));
      if (!(over > 0) || widest <= least) return;
      const index = widths.findIndex((width, at) => width === widest && may(at));
      widths[index] = widest - 1;
    }
  };
  narrow((index) => wanted[index]?.numeric === false, NARROWEST);
  narrow(() => true, 1);
  return widths;
}
