// Splitting a text that is too long for one post into the parts of a thread: by paragraphs, then sentences, then words. Pure; nothing is
// added, and nothing but space at the cuts is left out.
import type { TextLimit } from './platform.ts';
import { countGraphemes, findUrls, type TextRange } from './text.ts';

/** A line of its own by which the author says where a thread is cut. */
const CUT = /^[ \t]*---[ \t]*(?:\r?\n|$)/gmu;

/** What is never cut, beside web addresses: hashtags, mentions, mail addresses, and domains written without a scheme. */
const WHOLE = /[#@＃＠][\p{L}\p{N}_][\p{L}\p{N}_.@-]*|[\p{L}\p{N}_%+-]+(?:[.@][\p{L}\p{N}_%+-]+)+(?:\/[^\s<>]*)?/gu;

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });
const words = new Intl.Segmenter('en', { granularity: 'word' });
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

type Fits = (text: string) => boolean;

/** A break is only worth taking where the part before it fills this share of what fits; else the next finer kind of break is looked at. */
const WORTH_SHARE = 4;

/** The sections that the author made by lines with only `---`, each without space around it; the text as it is where there are none. */
export function sectionsOf(text: string): string[] {
  if (text.search(CUT) < 0) return [text];
  const sections = text
    .split(CUT)
    .map((section) => section.trim())
    .filter((section) => section !== '');
  return sections.length === 0 ? [''] : sections;
}

/**
 * The parts of a thread, at least one, each within all of `limits`, but for one that is a single link, tag or mention longer than that:
 * these are never cut. A text that fits is one part, as it is.
 */
export function splitText(text: string, limits: readonly TextLimit[]): string[] {
  const fits: Fits = (part) => limits.every(({ count, max }) => count(part) <= max);
  return sectionsOf(text).flatMap((section) => splitSection(section, fits));
}

function splitSection(section: string, fits: Fits): string[] {
  const parts: string[] = [];
  let rest = section;
  for (;;) {
    const near = beginningOf(rest, fits);
    if (near === null) break;
    const end = endOfPart(near, fits);
    if (end >= rest.length) break;
    parts.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return rest === '' && parts.length > 0 ? parts : [...parts, rest];
}

/** Enough of a text to find where its first part ends, so that a long one is not looked through for each part; null where all of it fits. */
function beginningOf(text: string, fits: Fits): string | null {
  for (let length = BEGINNING; length < text.length; length *= 4) {
    const near = text.slice(0, length);
    if (!fits(near)) return near;
  }
  return fits(text) ? null : text;
}

/** UTF-16 units: several times what networks with threads take in a post. */
const BEGINNING = 4_000;

/** Where the first part of a text that is too long ends. */
function endOfPart(text: string, fits: Fits): number {
  const whole = [...findUrls(text), ...rangesOf(text, WHOLE)];
  const isCuttable = (at: number): boolean => !whole.some(({ start, end }) => start < at && at < end);
  const last = (breaks: Iterable<number>): number => lastThatFits(text, breaks, isCuttable, fits);
  const byCharacter = last(starts(graphemes.segment(text)));
  const worth = countGraphemes(text.slice(0, byCharacter)) / WORTH_SHARE;
  for (const breaks of [endsOf(text, /\n[ \t]*\r?\n\s*/gu), starts(sentences.segment(text)), endsOf(text, /\s+/gu)]) {
    const end = last(breaks);
    if (end > 0 && countGraphemes(text.slice(0, end).trimEnd()) >= worth) return end;
  }
  const anySpace = last(endsOf(text, /\s+/gu));
  if (anySpace > 0) return anySpace;
  const word = last(startsOfWords(text));
  if (word > 0) return word;
  return byCharacter > 0 ? byCharacter : endOfWhole(text, whole);
}

/** The greatest of these breaks before which all fits; 0 where none is. Looks no further than the first that does not fit. */
function lastThatFits(text: string, breaks: Iterable<number>, isCuttable: (at: number) => boolean, fits: Fits): number {
  let found = 0;
  for (const at of breaks) {
    if (at <= 0 || at >= text.length || !isCuttable(at)) continue;
    const part = text.slice(0, at).trimEnd();
    if (part === '') continue;
    if (!fits(part)) return found;
    found = at;
  }
  return found;
}

function* endsOf(text: string, pattern: RegExp): Generator<number> {
  for (const match of text.matchAll(pattern)) yield match.index + match[0].length;
}

function* starts(segments: Iterable<Intl.SegmentData>): Generator<number> {
  for (const { index } of segments) yield index;
}

/** For scripts without spaces. A part does not begin with the full stop of the one before. */
function* startsOfWords(text: string): Generator<number> {
  for (const { index, segment } of words.segment(text)) if (!/^[\p{P}\p{M}]/u.test(segment)) yield index;
}

const rangesOf = (text: string, pattern: RegExp): TextRange[] =>
  [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length }));

/** Behind what the text begins with and cannot be cut, with all that overlaps it, and up to the next grapheme. */
function endOfWhole(text: string, whole: readonly TextRange[]): number {
  let end = 0;
  for (const range of whole.toSorted((one, other) => one.start - other.start))
    if (range.start <= end) end = Math.max(end, range.end);
  for (const at of starts(graphemes.segment(text))) if (at > 0 && at >= end) return at;
  return text.length;
}
