// SVG as text: elements, and words of people made safe to stand in them. What is drawn is the pictures' own matter.
import { drawable } from './fonts.ts';

type Value = string | number | undefined;

/** Control characters, which no XML may hold. */
const UNFIT = /[\p{Cc}\uFFFE\uFFFF]/gu;
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

export function element(name: string, attributes: Readonly<Record<string, Value>>, ...content: readonly string[]): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escapeXml(typeof value === 'number' ? String(round(value)) : value)}"`],
  );
  return content.length === 0 ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${content.join('')}</${name}>`;
}

const round = (value: number): number => Math.round(value * 100) / 100;

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const rect = (box: Box, fill: string, radius = 0, more: Readonly<Record<string, Value>> = {}): string =>
  element('rect', { ...box, fill, rx: radius, ...more });

export const line = (x1: number, y1: number, x2: number, y2: number, stroke: string, width = 1): string =>
  element('line', { x1, y1, x2, y2, stroke, 'stroke-width': width });

export interface TextStyle {
  /** Pixels. */
  size: number;
  fill: string;
  weight?: 400 | 600;
  anchor?: 'start' | 'middle' | 'end';
}

/** A right-to-left text is isolated, so that its punctuation stands where its readers look for it. */
const RIGHT_TO_LEFT = '\u2067';
const POP = '\u2069';

/** On one line, `y` at its baseline. */
export function text(words: string, x: number, y: number, { size, fill, weight = 400, anchor = 'start' }: TextStyle): string {
  const plain = drawable(words.toWellFormed().replace(UNFIT, ' '));
  const said = isRightToLeft(plain) ? `${RIGHT_TO_LEFT}${plain}${POP}` : plain;
  return element(
    'text',
    { x, y, 'font-size': size, fill, 'font-weight': weight, 'text-anchor': anchor, 'xml:space': 'preserve' },
    escapeXml(said),
  );
}

/** By its first letter. */
export function isRightToLeft(words: string): boolean {
  const letter = /\p{L}/u.exec(words)?.[0] ?? '';
  return /\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}/u.test(letter);
}

/** About how wide words are, in pixels: for leaving room, not for cutting. */
export const roughWidth = (words: string, size: number): number =>
  [...words].reduce((sum, letter) => sum + (WIDTHS.find(([letters]) => letters.test(letter))?.[1] ?? 0.59), 0) * size;

/** Of letters that are far from the usual width, as a part of their size. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[ijlI.,:'|!]/, 0.28],
  [/[ftr()\s-]/, 0.38],
  [/[mwMW@]/, 0.92],
  [/\p{Lu}|[&<>]/u, 0.64],
  [/\p{Extended_Pictographic}/u, 1.2],
];
