// Lays pieces of styled text out in lines of a given width. Colour is put on last, so that it takes no room.
import { styleText } from 'node:util';
import { widthOf } from '../text-width.ts';
import { breakWord, harmless } from './text.ts';

export type Style = Parameters<typeof styleText>[0];

export interface Piece {
  text: string;
  style?: Style;
}

export type Paint = (style: Style, text: string) => string;

/** Colours text, or leaves it as it is where no colour was asked for. */
export const openPaint =
  (color: boolean): Paint =>
  (style, text) =>
    color && text !== '' ? styleText(style, text, { validateStream: false }) : text;

interface Word extends Piece {
  /** Spaces in front of it, which fall away at the start of a line. */
  gap: string;
}

const words = (pieces: readonly Piece[], columns: number): Word[] =>
  pieces.flatMap(({ text, style }) =>
    [...text.matchAll(/(\s*)(\S+)|(\s+)$/g)].flatMap((match) =>
      breakWord(match[2] ?? '', columns).map((part, index) => ({
        gap: index === 0 ? (match[1] ?? match[3] ?? '') : '',
        text: part,
        ...(style === undefined ? {} : { style }),
      })),
    ),
  );

/** One line of pieces, folded at spaces into lines of at most `columns`; neighbours of one style are painted as one. */
function foldLine(pieces: readonly Piece[], columns: number, paint: Paint): string[] {
  const lines: Piece[][] = [[]];
  let used = 0;
  for (const word of words(pieces, columns)) {
    const width = widthOf(word.text);
    const isFull = used > 0 && used + word.gap.length + width > columns;
    if (isFull) {
      lines.push([]);
      used = 0;
    }
    const line = lines.at(-1) ?? [];
    const text = isFull ? word.text : word.gap + word.text;
    const before = line.at(-1);
    if (before && before.style === word.style) before.text += text;
    else line.push({ ...word, text });
    used += isFull ? width : word.gap.length + width;
  }
  return lines.map((line) => line.map(({ text, style }) => (style === undefined ? text : paint(style, text))).join(''));
}

/** Pieces with newlines in them, each line folded; user text is made harmless here, once for all. */
export function fold(pieces: readonly Piece[], columns: number, paint: Paint): string[] {
  const rows: Piece[][] = [[]];
  for (const piece of pieces) {
    for (const [index, text] of harmless(piece.text).split('\n').entries()) {
      if (index > 0) rows.push([]);
      rows.at(-1)?.push({ ...piece, text });
    }
  }
  return rows.flatMap((row) => foldLine(row, Math.max(8, columns), paint));
}
