// Breaks words into lines of a width, by about how wide they are. A single word that is too long stays whole.
import { roughWidth } from './svg.ts';

/** Over a line, Noto Sans takes at most this part of what `roughWidth` says. */
const PART = 0.97;

/** @param width and @param size in pixels */
export function wrapWords(words: string, width: number, size: number): string[] {
  const lines: string[] = [];
  for (const word of words.split(/\s+/).filter((each) => each !== '')) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last === undefined || roughWidth(longer, size) * PART > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
