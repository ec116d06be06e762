// What a person sees of Discord's markdown, read as the client reads it: one rule after the other at each place. It is written from
// https://support.discord.com/hc/en-us/articles/210298617 and https://docs.discord.com/developers/reference#message-formatting
// (2026-11-22), and knows nothing of how Crier writes it.
import { componentsIn } from './component-rules.ts';

export interface Token {
  kind: 'text' | 'link' | 'code' | 'mark' | 'mention' | 'moment' | 'emoji';
  /** As it is seen; of a moment, its seconds. */
  text: string;
}

type Rule = [kind: Token['kind'], pattern: RegExp, seen: (match: RegExpExecArray) => string];

const first = (match: RegExpExecArray): string => match[1] ?? '';
const nothing = (): string => '';

/** At the beginning of a row. */
const ROW_RULES: readonly Rule[] = [
  ['mark', /[ \t]*(?:#{1,3}|-#|[-*+]|\d+\.|>>>|>) /y, nothing],
  ['mark', /[ \t]*>(?=\n|$)/y, nothing],
];

const RULES: readonly Rule[] = [
  ['text', /\\([^0-9A-Za-z\s])/y, first],
  ['moment', /<t:(-?\d+)(?::[a-zA-Z])?>/y, first],
  ['mention', /<(@[!&]?\d+|#\d+|\/[^>:]+:\d+|id:[^>]+)>/y, first],
  ['emoji', /<a?:(\w+):\d+>/y, first],
  ['link', /<([^: >]+:\/[^ >]+)>/y, first],
  ['link', /https?:\/\/[^\s<]+[^<.,:;"'\]\s]/iy, ([whole]) => whole],
  [
    'link',
    /\[((?:\\.|[^[\]\\])+)\]\(<?((?:\([^)]*\)|[^\s\\<>()])+)>?\)/y,
    (match) =>
      `${tokensOf(match[1] ?? '')
        .map(({ text }) => text)
        .join('')} ${match[2]}`,
  ],
  ['code', /(`+)([\s\S]*?[^`])\1(?!`)/y, (match) => match[2] ?? ''],
  ['mention', /@(?:everyone|here)/y, ([whole]) => whole],
  ['emoji', /:[\p{L}\p{N}_+'-]+(?:::skin-tone-\d)?:(?!\/\/)/uy, ([whole]) => whole],
  ['mark', /\*+|_+|~~|\|\||`+/y, nothing],
];

/** A row, its bold parts taken apart first, since what is within them is read by itself. */
function tokensOf(row: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < row.length; ) {
    const found = [...(at === 0 ? ROW_RULES : []), ...RULES].flatMap(([kind, pattern, seen]) => {
      pattern.lastIndex = at;
      const match = pattern.exec(row);
      return match ? [{ kind, text: seen(match), end: pattern.lastIndex }] : [];
    })[0];
    tokens.push(found ?? { kind: 'text', text: row.charAt(at) });
    at = found?.end ?? at + 1;
  }
  return tokens;
}

/** What a row holds, piece by piece. */
export function readRow(row: string): Token[] {
  const bold = /^\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)(.*)$/s.exec(row);
  return bold ? [{ kind: 'mark', text: '' }, ...tokensOf(bold[1] ?? ''), ...tokensOf(` ${bold[2] ?? ''}`)] : tokensOf(row);
}

export const readMarkdown = (markdown: string): Token[] =>
  markdown
    .split('\n')
    .flatMap((row, index) => [...(index === 0 ? [] : [{ kind: 'text' as const, text: '\n' }]), ...readRow(row)]);

const seen = (tokens: readonly Token[]): string => tokens.map(({ text }) => text).join('');

/** All that can be read in a message or a modal: texts, and what stands on buttons and in menus. */
export function readText(rendered: unknown): string {
  return componentsIn(rendered)
    .flatMap(({ content, label, description, value, placeholder, options = [] }) => [
      ...(content === undefined ? [] : [seen(readMarkdown(content))]),
      ...[label, description, value, placeholder].filter((each) => typeof each === 'string'),
      ...(Array.isArray(options) ? options.map((each) => `${each.label} ${each.description ?? ''}`) : []),
    ])
    .join('\n');
}

/** Texts that differ in spaces and controls alone are the same. */
export const essence = (text: string): string => text.toWellFormed().replace(/[\s\p{Cc}\uFFFD]+/gu, '');
