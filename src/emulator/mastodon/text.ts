// A status's text: how Mastodon counts it, and which parts of it become links.

export interface TextPart {
  kind: 'text' | 'link' | 'hashtag' | 'mention';
  text: string;
}

const CHARACTERS_PER_URL = 23;
const URL_LIKE = /https?:\/\/[^\s<>"]*[^\s<>".,:;!?'’)\]]/giu;
const MENTION = /(?<![\w/@.])@(\w[\w.-]*)@[\w-]+(?:\.[\w-]+)+/giu;
const LINKED =
  /(?<link>https?:\/\/[^\s<>"]*[^\s<>".,:;!?'’)\]])|(?<mention>(?<![\w/@.])@\w[\w.-]*(?:@[\w-]+(?:\.[\w-]+)+(?::\d+)?)?)|(?<hashtag>(?<![\p{L}\p{N}_&/])#[\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*)/giu;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Characters as Mastodon counts them: a URL is 23, the server of a mention is free, the rest by grapheme; the content warning
 * counts along. https://docs.joinmastodon.org/user/posting/#text (checked 2026-11-22).
 */
export function countCharacters(text: string, spoilerText: string): number {
  const counted = text.replace(URL_LIKE, 'x'.repeat(CHARACTERS_PER_URL)).replace(MENTION, '@$1');
  return [...graphemes.segment(counted + spoilerText)].length;
}

/** The hashtags in a text, lower case, without `#`, each once. */
export const tagsIn = (text: string): string[] => [
  ...new Set(
    partsOf(text)
      .filter(({ kind }) => kind === 'hashtag')
      .map((part) => part.text.slice(1).toLowerCase()),
  ),
];

/** The text in order, cut where links, hashtags and mentions begin and end. */
export function partsOf(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(LINKED)) {
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
    const kind = match.groups?.link ? 'link' : match.groups?.mention ? 'mention' : 'hashtag';
    parts.push({ kind, text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}
