// Lines and posts as rich text, in which Slack interprets nothing: no mark, no mention, no emoji name. Most of a reply is shown so.
import type { RichTextBlock, RichTextElement, RichTextText } from '@slack/types';
import type { Line, Span } from '../reply.ts';
import { cutText, harmless, splitText } from '../shown-text.ts';
import { RICH_TEXT } from './limits.ts';
import { linkTarget, mentioned, slackDate } from './mrkdwn.ts';
import { typedInSlack } from './slash-names.ts';

/** Lines below each other, or the text of a post with a bar at its left. */
export type RichPart = { lines: readonly Line[]; bold?: boolean } | { quote: string };

type Style = NonNullable<RichTextText['style']>;

const textElement = (text: string, style?: Style): RichTextElement => ({
  type: 'text',
  text: harmless(text),
  ...(style ? { style } : {}),
});

const withStyle = (bold: boolean, style: Style = {}): { style?: Style } => {
  const whole: Style = bold ? { ...style, bold } : style;
  return Object.keys(whole).length > 0 ? { style: whole } : {};
};

function spanElement(span: Span, bold: boolean): RichTextElement {
  const plain = (text: string): RichTextElement => textElement(text, withStyle(bold).style);
  if (typeof span === 'string') return plain(span);
  if ('code' in span) return textElement(typedInSlack(span.code), withStyle(bold, { code: true }).style);
  if ('moment' in span) return dateElement(span, bold);
  if ('mention' in span) {
    const found = mentioned(span.mention);
    if (found === null) return plain(span.text);
    return 'userId' in found
      ? { type: 'user', user_id: found.userId, ...withStyle(bold) }
      : { type: 'usergroup', usergroup_id: found.groupId, ...withStyle(bold) };
  }
  const url = linkTarget(span.url);
  if (url === null) return plain(span.text === span.url ? span.text : `${span.text} ${span.url}`);
  const text = harmless(span.text);
  return { type: 'link', url, ...(text.trim() === '' || text === url ? {} : { text }), ...withStyle(bold) };
}

function dateElement({ moment, text }: Extract<Span, { moment: unknown }>, bold: boolean): RichTextElement {
  const fallback = cutText(harmless(text), DATE_FALLBACK);
  return { type: 'date', ...slackDate(moment), ...(fallback === '' ? {} : { fallback }), ...withStyle(bold) };
}

/** Ours are a line at most. */
const DATE_FALLBACK = 500;

const isBare = (element: RichTextElement | undefined): element is RichTextText => element?.type === 'text' && !element.style;

/** Texts without style that follow each other become one. */
function joinTexts(elements: readonly RichTextElement[]): RichTextElement[] {
  const joined: RichTextElement[] = [];
  for (const element of elements) {
    const last = joined.at(-1);
    if (isBare(element) && isBare(last)) joined[joined.length - 1] = { type: 'text', text: last.text + element.text };
    else if (element.type !== 'text' || element.text !== '') joined.push(element);
  }
  return joined;
}

function elementsOf(part: RichPart): RichTextElement[] {
  if ('quote' in part) return joinTexts([textElement(part.quote)]).flatMap(splitElement);
  const lines = part.lines.map((line) => (typeof line === 'string' ? [line] : line));
  const elements = lines.flatMap((line, index) => [
    ...(index === 0 ? [] : [textElement('\n')]),
    ...line.map((span) => spanElement(span, part.bold === true)),
  ]);
  return joinTexts(elements).flatMap(splitElement);
}

function splitElement(element: RichTextElement): RichTextElement[] {
  if (element.type === 'text') return splitText(element.text, RICH_TEXT).map((text) => ({ ...element, text }));
  // a label longer than a block can be stands behind its link
  if (element.type !== 'link' || sizeOf(element) <= RICH_TEXT) return [element];
  const { text = '', ...link } = element;
  return [link, ...splitText(` ${text}`, RICH_TEXT).map((piece): RichTextElement => ({ type: 'text', text: piece }))];
}

function sizeOf(element: RichTextElement): number {
  if (element.type === 'text') return element.text.length;
  if (element.type === 'date') return element.format.length + (element.fallback ?? '').length;
  return element.type === 'link' ? element.url.length + (element.text ?? '').length : 1;
}

/** The parts as one rich text block, or as several where they are long. None where there is nothing to show. */
export function richText(parts: readonly RichPart[]): RichTextBlock[] {
  const blocks: RichTextBlock[] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const part of parts) {
    const type = 'quote' in part ? 'rich_text_quote' : 'rich_text_section';
    let open: RichTextElement[] | null = null;
    for (const element of elementsOf(part)) {
      const size = sizeOf(element);
      if (used + size > RICH_TEXT) {
        blocks.push({ type: 'rich_text', elements: [] });
        [open, used] = [null, 0];
      }
      if (open === null) {
        open = [];
        blocks.at(-1)?.elements.push({ type, elements: open });
      }
      open.push(element);
      used += size;
    }
  }
  return blocks;
}
