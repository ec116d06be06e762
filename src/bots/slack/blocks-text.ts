// Text cut and split for Slack's limits, never within a character that a reader sees. What is said with it is not this file's matter.

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

// Controls other than tab and newline: Slack refuses some of them, and shows none.
const CONTROL = /(?![\t\n])\p{Cc}/gu;

/** Text that Slack takes: whole characters, no controls. CR LF is one newline. */
export const harmless = (text: string): string => text.toWellFormed().replaceAll('\r\n', '\n').replace(CONTROL, '\uFFFD');

const isBoundary = (text: string, index: number): boolean =>
  index >= text.length || graphemes.segment(text).containing(index)?.index === index;

/** The last place at or before `max` where no grapheme is cut; a single longer one is cut between code points. */
function lastBoundary(text: string, max: number): number {
  if (text.length <= max) return text.length;
  const start = graphemes.segment(text).containing(max)?.index ?? 0;
  if (start > 0) return start;
  const isWithinPair = /[\uDC00-\uDFFF]/.test(text.charAt(max));
  return isWithinPair && max > 1 ? max - 1 : max;
}

/** Where a piece of at most `max` ends best: behind a line, else behind a word, else behind a character. */
function pieceEnd(text: string, max: number): number {
  const end = lastBoundary(text, max);
  if (end === text.length) return end;
  const window = text.slice(0, end);
  const ends = [window.lastIndexOf('\n') + 1, window.lastIndexOf(' ') + 1];
  return ends.find((candidate) => candidate > end * 0.6 && isBoundary(text, candidate)) ?? end;
}

/** The text in pieces of at most `max` UTF-16 units, which put together are the text. At least one piece. */
export function splitText(text: string, max: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > max) {
    const end = pieceEnd(rest, max);
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...pieces, rest];
}

/** The text, or as much of it as fits in `max` UTF-16 units with an ellipsis behind. */
export const cutText = (text: string, max: number): string =>
  text.length <= max ? text : `${text.slice(0, lastBoundary(text, max - 1)).trimEnd()}…`;

/** As `cutText`, but left out of the middle: how a label ends says what it does. */
export function cutMiddle(text: string, max: number): string {
  if (text.length <= max) return text;
  const tail = Math.floor(max / 2);
  const from = text.length - tail;
  // forward to where a character begins, so that the tail never grows
  const start = isBoundary(text, from) ? from : nextBoundary(text, from);
  const head = text.slice(0, lastBoundary(text, max - 1 - (text.length - start)));
  return `${head.trimEnd()}…${text.slice(start).trimStart()}`;
}

function nextBoundary(text: string, index: number): number {
  const around = graphemes.segment(text).containing(index);
  return around ? around.index + around.segment.length : text.length;
}
