// The output that readline draws on: it can be muted while a secret is typed, and one dim line stands below what is typed.
import { Writable } from 'node:stream';
import { cutTo, measured } from '../text-width.ts';

export interface Output extends Writable {
  columns?: number;
}

/** Columns where the output does not say. */
const USUAL_COLUMNS = 80;

export class Screen extends Writable {
  muted = false;
  readonly #target: Output;
  readonly #forwardResize = (): boolean => this.emit('resize');

  constructor(target: Output) {
    super({ decodeStrings: false });
    this.#target = target;
    target.on('resize', this.#forwardResize);
  }

  /** Read by readline under this name. */
  get columns(): number {
    return this.#target.columns || USUAL_COLUMNS;
  }

  override _write(chunk: string, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    // Answered at once, so that a chunk never waits until after `muted` has changed.
    if (!this.muted) this.#target.write(chunk);
    done();
  }

  /** Leaves the output to others; what is written here still goes there. */
  stopListening(): void {
    this.#target.off('resize', this.#forwardResize);
  }
}

/** Where readline, and a terminal, goes on after a tab. */
const TAB_STOP = 8;

/** How many rows below the first the text ends, as a terminal wraps it: a wide letter that no longer fits goes to the next row. */
export function lastRowOf(text: string, columns: number): number {
  let row = 0;
  let column = 0;
  for (const { grapheme, width: letters } of measured(text)) {
    const width = grapheme === '\t' ? TAB_STOP - (column % TAB_STOP) : letters;
    if (width === 2 && column + 1 === columns) {
      row++;
      column = 0;
    }
    column += width;
    if (column >= columns) {
      row++;
      column = 0;
    }
  }
  return row;
}

const down = (rows: number): string => (rows > 0 ? `\u001B[${rows}B` : '');
const up = (rows: number): string => (rows > 0 ? `\u001B[${rows}A` : '');
const toColumn = (column: number): string => `\u001B[${column + 1}G`;
const CLEAR_BELOW = '\u001B[0J';

/** The escape sequence that erases `rows` rows above the cursor and all below: there the next text begins. */
export const eraseInput = (rows: number): string => `${up(rows)}${toColumn(0)}${CLEAR_BELOW}`;

/**
 * The escape sequence that shows `text` in the row below the input and comes back to the cursor; '' empties that row.
 * `rowsBelow` is how many rows of the input there are below the cursor's.
 */
export function lineBelow(
  text: string,
  at: { column: number; rowsBelow: number; columns: number },
  dim: (text: string) => string,
) {
  const shown = dim(cutTo(text, at.columns - 1));
  return `${down(at.rowsBelow)}\r\n${CLEAR_BELOW}${shown}${up(at.rowsBelow + 1)}${toColumn(at.column)}`;
}
