// A post's text as LinkedIn's `commentary` wants it ("little text"): reserved characters escaped, hashtags and mentions as such. An
// unescaped one does not fail: LinkedIn posts what stands before it and drops the rest.
// https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/little-text-format, checked 2026-11-22; which
// characters are reserved: https://github.com/brightbeanxyz/brightbean-studio/pull/121, checked 2026-11-22.
import { findUrls, replaceRanges, type TextRange } from '../../core/text.ts';

const RESERVED = /[\\|{}@[\]()<>#*_~]/gu;

/** Not behind a letter, a digit or a slash, and with a letter in it: `C#`, `#1` and `/#top` are none. */
const HASHTAG = /(?<![\p{L}\p{N}_/&#])#(?=[\p{N}_]*\p{L})[\p{L}\p{N}_]+/gu;

/** As the author types one: `@[Acme Corp](urn:li:organization:1234)`. */
const MENTION = /@\[([^[\]\n]+)\]\((urn:li:(?:person|organization):[\w-]+)\)/gu;

const escapeReserved = (text: string): string => text.replace(RESERVED, String.raw`\$&`);

const rangesOf = (pattern: RegExp, text: string): TextRange[] =>
  [...text.matchAll(pattern)].map(({ index, 0: found }) => ({ start: index, end: index + found.length }));

const overlaps = (one: TextRange, other: TextRange): boolean => one.start < other.end && other.start < one.end;

/** Hashtags and mentions, in order; none inside a web address. */
function elementsOf(text: string): TextRange[] {
  const urls = findUrls(text);
  const mentions = rangesOf(MENTION, text);
  const taken = [...urls, ...mentions];
  const hashtags = rangesOf(HASHTAG, text).filter((hashtag) => !taken.some((other) => overlaps(hashtag, other)));
  return [...mentions, ...hashtags].sort((one, other) => one.start - other.start);
}

const writeElement = (element: string): string =>
  element.startsWith('#')
    ? `{hashtag|\\#|${escapeReserved(element.slice(1))}}`
    : element.replace(MENTION, (_, name: string, urn: string) => `@[${escapeReserved(name)}](${urn})`);

export function toLittleText(text: string): string {
  const elements = elementsOf(text);
  let written = '';
  let from = 0;
  for (const { start, end } of elements) {
    written += escapeReserved(text.slice(from, start)) + writeElement(text.slice(start, end));
    from = end;
  }
  return written + escapeReserved(text.slice(from));
}

/** What readers see of a text: of a mention its name alone. */
export const asShown = (text: string): string =>
  replaceRanges(text, rangesOf(MENTION, text), (mention) => mention.replace(MENTION, '$1'));

const TEMPLATE = /\{hashtag\|\\?([#＃])\|((?:\\.|[^}\\])*)\}/gu;
const WRITTEN_MENTION = /(?<!\\)@\[((?:\\.|[^\]\\])*)\]\(urn:li:[^)]*\)/gu;

/** What readers see of a `commentary`, as LinkedIn gives it back. */
export const fromLittleText = (commentary: string): string =>
  commentary.replace(TEMPLATE, '$1$2').replace(WRITTEN_MENTION, '$1').replace(/\\(.)/gsu, '$1');
