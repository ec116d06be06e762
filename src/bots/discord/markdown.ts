// A line as Discord's markdown. Text of people stays text: it becomes no formatting, no mention, no masked link, no emoji name and no
// timestamp. https://docs.discord.com/developers/reference#message-formatting (checked 2026-11-22)
import { type Line, type Span, sayPlainly } from '../reply.ts';
import { harmless, splitText } from '../shown-text.ts';
import { asTyped } from './typed-line.ts';

export const isBlank = (text: string): boolean => text.trim() === '';

/**
 * What Discord makes a link of by itself, with the punctuation behind it. Within a link a backslash is no escape, but would be seen, so
 * a link is left as it is: only up to a space, since what follows it at once could not be escaped either.
 */
const ADDRESS = /https?:\/\/[^\s<]+[^<.,:;"'\]\s][.,:;"'\]]*(?=\s|$)/gi;
const MARK = /[\\*_~`|<[]|@(?=everyone|here)|:(?=[\p{L}\p{N}_+'-]+:|\/\/)/gu;
/** A heading, small print, a list or a quote begins a line. */
const LINE_START = /^([ \t]*)(?:([-+#>])|(\d+)(?=\.))/gm;

/** A backslash before any punctuation mark shows the mark itself. */
const escapePlain = (text: string): string =>
  text
    .replace(MARK, '\\$&')
    .replace(LINE_START, (_, space: string, mark: string | undefined, digits: string) =>
      mark === undefined ? `${space}${digits}\\` : `${space}\\${mark}`,
    );

/** Text of people as markdown that shows exactly this text. Web addresses can be followed. */
export function escapeText(text: string): string {
  const shown = harmless(text);
  let result = '';
  let from = 0;
  for (const { 0: address, index } of shown.matchAll(ADDRESS)) {
    result += escapePlain(shown.slice(from, index)) + address;
    from = index + address.length;
  }
  return result + escapePlain(shown.slice(from));
}

/** A piece of a line: text that is still to be escaped, and may be parted; or markdown that must stay whole. */
export type Bit = { text: string } | { markdown: string };

export const markdownOf = (bit: Bit): string => ('text' in bit ? escapeText(bit.text) : bit.markdown);

/** Behind a link, markdown would become part of it, and code part of the code before it. */
const MEETS = /(?:https?:\/\/[^\s<>]+\n[^\s<]|`\n`)/i;

/** One piece of a line behind another. */
export const joined = (before: string, markdown: string): string =>
  MEETS.test(`${/\S*$/.exec(before)?.[0] ?? ''}\n${markdown.charAt(0)}`) ? `${before} ${markdown}` : before + markdown;

const CODE_LENGTH = 1000;
const URL_LENGTH = 1500;

/** A fence of one backtick more than the longest run within. Code is shown row by row: a fence closes at the end of a line. */
function codeBits(code: string): Bit[] {
  return harmless(code)
    .split('\n')
    .flatMap((row, index): Bit[] => [
      ...(index === 0 ? [] : [{ text: '\n' }]),
      ...(isBlank(row) ? [] : splitText(row, CODE_LENGTH).map((piece) => ({ markdown: fenced(piece) }))),
    ]);
}

function fenced(code: string): string {
  const longest = Math.max(0, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${code.startsWith('`') ? ' ' : ''}${code}${code.endsWith('`') ? ' ' : ''}${fence}`;
}

/** On each reader's own clock, and how far off that is. Discord has no number for moments beyond the years that dates have. */
function momentBit({ moment, text }: Extract<Span, { moment: unknown }>): Bit {
  const seconds = Math.floor(moment.epochMilliseconds / 1000);
  return Math.abs(seconds) > 8_640_000_000_000 ? { text } : { markdown: `<t:${seconds}:F> (<t:${seconds}:R>)` };
}

/** A person (`123`) or a role (`&456`); what is neither is shown as its text. */
function mentionBit({ mention, text }: Extract<Span, { mention: string }>): Bit {
  return /^&?\d{1,20}$/.test(mention) ? { markdown: `<@${mention}>` } : { text };
}

const LABEL_TWINS: Readonly<Record<string, string>> = { '[': '［', ']': '］' };

/** Discord shows a masked link as raw text where its label looks like another address: such a label stands in front of the link. */
function linkBits({ url, text }: Extract<Span, { url: string }>): Bit[] {
  const label = harmless(text).replace(/\s+/g, ' ').trim();
  if (!/^https?:\/\/[^\s\p{Cc}]+$/iu.test(url) || !url.isWellFormed() || url.length > URL_LENGTH)
    return [{ text: text === url || isBlank(text) ? url : `${text} ${url}` }];
  const target = url.replaceAll('<', '%3C').replaceAll('>', '%3E').replaceAll('\\', '%5C');
  if (label === url || label === '') return [{ markdown: `<${target}>` }];
  if (label.length > 200 || /:\/\/|\w\.\w/.test(label)) return [{ text: `${text} ` }, { markdown: `<${target}>` }];
  const masked = escapeText(label.replace(/[[\]]/g, (bracket) => LABEL_TWINS[bracket] ?? bracket));
  return [{ markdown: `[${masked}](<${target.replaceAll('(', '%28').replaceAll(')', '%29')}>)` }];
}

function spanBits(span: Span): Bit[] {
  if (typeof span === 'string') return [{ text: span }];
  if ('code' in span) return codeBits(asTyped(span.code));
  if ('moment' in span) return [momentBit(span)];
  return 'mention' in span ? [mentionBit(span)] : linkBits(span);
}

/** Texts beside each other are escaped as one, so that no mark comes about where they meet. */
export function bitsOf(line: Line): Bit[] {
  const bits: Bit[] = [];
  for (const bit of typeof line === 'string' ? [{ text: line }] : line.flatMap(spanBits)) {
    const last = bits.at(-1);
    if ('text' in bit && last && 'text' in last) bits[bits.length - 1] = { text: last.text + bit.text };
    else if (!('text' in bit) || bit.text !== '') bits.push(bit);
  }
  return bits;
}

/** The whole line as markdown. Each reader sees moments on their own clock, links as links, code as code; all else is plain. */
export const lineMarkdown = (line: Line): string => bitsOf(line).map(markdownOf).reduce(joined, '');

/** A line as it is read where nothing can be pressed. */
export const plainLine = (line: Line): string => harmless(sayPlainly(line));
