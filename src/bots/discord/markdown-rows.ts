// Lines as rows of markdown, and rows as text displays, each within Discord's limits. Long rows are parted, and nothing is lost.
import type { Line } from '../reply.ts';
import { harmless, splitText } from '../shown-text.ts';
import { TEXT_DISPLAY } from './limits.ts';
import { type Bit, bitsOf, escapeText, isBlank, joined, markdownOf } from './markdown.ts';

export interface Row {
  markdown: string;
  /** It goes on with the row before it, which had no room for all of it. */
  continues: boolean;
}

export interface RowStyle {
  /** Of every row: `> `, `-# `, `**`. */
  before?: string;
  after?: string;
  /** Of the first row alone. */
  first?: string;
  /** Rows without text are kept, as in the text of a post. */
  keepsBlank?: boolean;
}

/** The line's rows: it may hold newlines, and goes over more rows where it is longer than a text display. */
export function rowsOf(line: Line, { before = '', after = '', first = '', keepsBlank = false }: RowStyle = {}): Row[] {
  const room = TEXT_DISPLAY - before.length - after.length - first.length;
  const rows = splitRows(bitsOf(line)).flatMap((bits) => {
    const pieces = fillPieces(bits, room);
    return pieces.length === 1 && isBlank(pieces[0] ?? '') && !keepsBlank
      ? []
      : pieces.map((piece, index) => ({ piece, continues: index > 0 }));
  });
  return rows.map(({ piece, continues }, index) => {
    const whole = `${index === 0 ? first : ''}${piece}`;
    return { markdown: isClosed(whole, after) ? whole : `${before}${whole}${after}`, continues };
  });
}

/** Whether code or a link within would end bold letters early: such a row goes without them. */
const isClosed = (markdown: string, mark: string): boolean => mark !== '' && markdown.replace(/\\[\s\S]/g, '').includes(mark);

/** Heading, bold; on one row. */
export const boldRows = (line: Line): Row[] => rowsOf(onOneRow(line), { before: '**', after: '**' });

/** Small print. */
export const smallRows = (line: Line): Row[] => rowsOf(line, { before: '-# ' });

/** The text of a post, with a bar at its left. */
export const quoteRows = (text: string): Row[] => (text === '' ? [] : rowsOf(text, { before: '> ', keepsBlank: true }));

const withoutBreaks = (text: string): string => text.replace(/\s+/g, ' ');

/** What stands on one row whatever it holds. */
export const onOneRow = (line: Line): Line =>
  typeof line === 'string'
    ? withoutBreaks(line).trim()
    : line.map((span) => {
        if (typeof span === 'string') return withoutBreaks(span);
        return 'code' in span ? { code: withoutBreaks(span.code) } : { ...span, text: withoutBreaks(span.text) };
      });

/** Cut at newlines. */
function splitRows(bits: readonly Bit[]): Bit[][] {
  let row: Bit[] = [];
  const rows = [row];
  for (const bit of bits) {
    if (!('text' in bit)) {
      row.push(bit);
      continue;
    }
    for (const [index, text] of harmless(bit.text).split('\n').entries()) {
      if (index > 0) {
        row = [];
        rows.push(row);
      }
      if (text !== '') row.push({ text });
    }
  }
  return rows;
}

/** Markdown of at most `room` characters each; at least one. Parts of one text stand apart, each escaped for itself. */
function fillPieces(bits: readonly Bit[], room: number): string[] {
  const pieces = [''];
  for (const bit of bits) {
    const parts = 'text' in bit ? escapedPieces(bit.text, room) : [markdownOf(bit)];
    const [first = ''] = parts;
    const whole = joined(pieces.at(-1) ?? '', first);
    if (parts.length === 1 && whole.length <= room) pieces[pieces.length - 1] = whole;
    else pieces.push(...parts);
  }
  return pieces.length > 1 && pieces[0] === '' ? pieces.slice(1) : pieces;
}

/** Escaping makes text longer, by what is only known once it is done. */
function escapedPieces(text: string, room: number): string[] {
  const escaped = escapeText(text);
  if (escaped.length <= room || text.length <= 1) return [escaped];
  const half = Math.min(room, Math.ceil(text.length / 2));
  return splitText(text, half).flatMap((piece) => escapedPieces(piece, room));
}

/** What a reader would see nothing of. */
const isEmpty = (markdown: string): boolean => isBlank(markdown.replace(/^(?:>|-#)(?: |$)/gm, ''));

/** The rows below each other, in as few texts as hold them. Rows that go on with another begin a text of their own. */
export function textsOf(rows: readonly Row[]): string[] {
  const texts: string[] = [];
  for (const { markdown, continues } of rows) {
    const last = texts.at(-1);
    if (last !== undefined && !continues && last.length + 1 + markdown.length <= TEXT_DISPLAY)
      texts[texts.length - 1] = `${last}\n${markdown}`;
    else texts.push(markdown);
  }
  return texts.filter((text) => !isEmpty(text));
}
