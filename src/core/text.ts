// Counting text the ways networks count it, and shortening it for lists. Pure; which count a network uses is the platform's to say.

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const utf8 = new TextEncoder();

/** Graphemes: what a reader sees as one character, so a family emoji is one. */
export function countGraphemes(text: string): number {
  let count = 0;
  for (const _ of graphemes.segment(text)) count += 1;
  return count;
}

/** Bytes in UTF-8. */
export const countBytes = (text: string): number => utf8.encode(text).length;

export interface TextRange {
  /** UTF-16 offsets, `end` exclusive. */
  start: number;
  end: number;
}

// A letter, digit, @, # or $ directly before makes it part of something else (an address, a tag).
const WEB_ADDRESS =
  /(?<![\p{L}\p{N}@＠$#＃])https?:\/\/(?:[\p{L}\p{N}_-]+\.)+(?:xn--[a-z\d-]+|\p{L}{2,})(?::\d+)?(?:[/?][^\s<>]*)?/giu;
const CANNOT_END_AN_ADDRESS = /[!*'"「」:;=,.$%[\]~&|@?]$/u;

const times = (text: string, character: string): number => text.split(character).length - 1;

/** Takes off what belongs to the sentence around an address: its full stop, a bracket that was opened before it. */
function withoutSentenceEnd(address: string): string {
  let trimmed = address;
  for (;;) {
    const opened = times(trimmed, '(');
    const closed = times(trimmed, ')');
    if (opened > closed) trimmed = trimmed.slice(0, trimmed.lastIndexOf('('));
    else if (CANNOT_END_AN_ADDRESS.test(trimmed) || (trimmed.endsWith(')') && closed > opened)) trimmed = trimmed.slice(0, -1);
    else return trimmed;
  }
}

/** Where web addresses with a scheme and a real domain stand in a text, in order. */
export function findUrls(text: string): TextRange[] {
  return [...text.matchAll(WEB_ADDRESS)].map((match) => ({
    start: match.index,
    end: match.index + withoutSentenceEnd(match[0]).length,
  }));
}

/** The text with each range replaced by what `replace` makes of it. Ranges are in order and do not overlap. */
export function replaceRanges(text: string, ranges: readonly TextRange[], replace: (part: string) => string): string {
  let result = '';
  let from = 0;
  for (const { start, end } of ranges) {
    result += text.slice(from, start) + replace(text.slice(start, end));
    from = end;
  }
  return result + text.slice(from);
}

/** One line of at most `max` graphemes for lists, with an ellipsis where something was left out. */
export function shorten(text: string, max: number): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const parts = [...graphemes.segment(line)].map((part) => part.segment);
  if (parts.length <= max) return line;
  return `${parts
    .slice(0, Math.max(0, max - 1))
    .join('')
    .trimEnd()}…`;
}
