// How many columns a text takes where all letters are of one width: a terminal, a code block. Which characters may be shown at all is each
// chat's own matter.

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const ZERO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
const EMOJI = /^(?:\p{RGI_Emoji}|\p{Emoji_Presentation})/v;
/** East Asian Wide and Fullwidth blocks. https://www.unicode.org/reports/tr11/ (checked 2026-11-22) */
const WIDE =
  /^[\u{1100}-\u{115F}\u{2E80}-\u{303E}\u{3041}-\u{4DBF}\u{4E00}-\u{A4CF}\u{A960}-\u{A97F}\u{AC00}-\u{D7A3}\u{F900}-\u{FAFF}\u{FE30}-\u{FE6F}\u{FF01}-\u{FF60}\u{FFE0}-\u{FFE6}\u{17000}-\u{18CFF}\u{1B000}-\u{1B2FF}\u{20000}-\u{3FFFD}]/u;

const graphemeWidth = (grapheme: string): number => {
  if (ZERO_WIDTH.test(grapheme)) return 0;
  return EMOJI.test(grapheme) || WIDE.test(grapheme) ? 2 : 1;
};

/** The graphemes of a text, each with the columns it takes. */
export const measured = (text: string): { grapheme: string; width: number }[] =>
  Array.from(graphemes.segment(text), ({ segment }) => ({ grapheme: segment, width: graphemeWidth(segment) }));

const PLAIN = /^[\x20-\x7e]*$/;

/** Columns that a harmless text of one line takes. */
export const widthOf = (text: string): number =>
  PLAIN.test(text) ? text.length : measured(text).reduce((sum, { width }) => sum + width, 0);

/** The text, or as much of it as fits with an ellipsis behind. */
export function cutTo(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = '';
  let used = 0;
  for (const { grapheme, width } of measured(text)) {
    if (used + width > columns - 1) break;
    kept += grapheme;
    used += width;
  }
  return `${kept}…`;
}
