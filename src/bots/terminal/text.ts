// Text as a terminal takes it: made harmless, and long words broken. How wide it is is text-width.ts' matter, what is said and in which
// colour render.ts'.
import { measured, widthOf } from '../text-width.ts';

const CONTROL = /[\p{Cc}\u{2028}\u{2029}\u{202A}-\u{202E}\u{2066}-\u{2069}\u{200E}\u{200F}\u{061C}\u{FEFF}]/gu;

/** A control character as something to look at: ESC is ␛; what has no picture of its own, and what turns text round, is �. */
function picture(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (character === '\n') return character;
  if (character === '\t') return '  ';
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '␡';
  return code === 0xfeff ? '' : '�';
}

/**
 * Text that can be written to a terminal: no escape sequence, no carriage return that writes over a line, nothing that turns the
 * order of letters round. Newlines stay; CR LF is one newline.
 */
export const harmless = (text: string): string => text.toWellFormed().replaceAll('\r\n', '\n').replace(CONTROL, picture);

/** Breaks one long word into pieces of at most `columns`; the address of a page stays whole, so that it can be clicked. */
export function breakWord(word: string, columns: number): string[] {
  if (widthOf(word) <= columns || /^\(?https?:\/\//.test(word)) return [word];
  const pieces = [''];
  let used = 0;
  for (const { grapheme, width } of measured(word)) {
    if (used + width > columns) {
      pieces.push('');
      used = 0;
    }
    pieces[pieces.length - 1] += grapheme;
    used += width;
  }
  return pieces;
}
