// What a person reads in blocks: their texts one after the other, with what only Slack's markup needs taken off again.
import { z } from 'zod';

const Texts = z.looseObject({
  type: z.string().optional(),
  text: z.unknown().optional(),
  url: z.string().optional(),
  fallback: z.string().optional(),
  fields: z.array(z.unknown()).optional(),
  elements: z.array(z.unknown()).optional(),
  label: z.unknown().optional(),
  hint: z.unknown().optional(),
  element: z.unknown().optional(),
  initial_value: z.string().optional(),
});

const fromMrkdwn = (text: string): string =>
  text
    .replace(/<!date\^\d+\^[^|]*\|([^>]*)>/g, '$1')
    .replace(/<(https?:[^|>]*|mailto:[^|>]*)\|([^>]*)>/g, '$2 $1')
    .replace(/<([@!][^>]*)>/g, '$1')
    .replace(/&(amp|lt|gt);/g, (_, name: string) => (name === 'amp' ? '&' : name === 'lt' ? '<' : '>'));

/** All that can be read in a block, a view or a list of them. */
export function readText(rendered: unknown): string {
  if (Array.isArray(rendered)) return rendered.map(readText).join('');
  if (typeof rendered === 'string') return rendered;
  const read = Texts.safeParse(rendered);
  if (!read.success) return '';
  const { type, text, url = '', fallback = '', fields, elements, label, hint, element, initial_value = '' } = read.data;
  if (type === 'mrkdwn') return fromMrkdwn(String(text));
  return [label, text, url, fallback, fields, elements, element, initial_value, hint]
    .map((part) => (part === undefined ? '' : readText(part)))
    .join('');
}

const TWINS: Readonly<Record<string, string>> = { '∗': '*', ˍ: '_', '∼': '~', ˋ: '`', '¦': '|' };

/** Texts that differ in spaces and controls alone, and in what Slack's markup has no room for, are the same. */
export const essence = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[∗ˍ∼ˋ¦]/g, (twin) => TWINS[twin] ?? twin)
    .replace(/[`*]/g, '')
    .replace(/[\s\p{Cc}\u200B\uFFFD]+/gu, '');
