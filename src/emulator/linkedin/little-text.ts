// What LinkedIn shows of a `commentary`: it reads "little text", and drops everything from the first character that makes no sense
// to it. Written apart from the platform's own, so that a mistake in one does not hide in the other.

const RESERVED = '\\|{}@[]()<>#*_~';

/** At the beginning of what is left. */
const ELEMENTS: readonly [RegExp, (found: RegExpExecArray) => string][] = [
  [/^\\([\s\S])/u, ([, character = '']) => character],
  [/^\{hashtag\|\\?([#＃])\|((?:\\[\s\S]|[^|{}\\])+)\}/u, ([, sign = '', tag = '']) => `${sign}${unescaped(tag)}`],
  [/^@\[((?:\\[\s\S]|[^[\]\\])+)\]\(urn:li:(?:person|organization):[\w-]+\)/u, ([, name = '']) => unescaped(name)],
  [/^#[\p{L}\p{N}]+/u, ([tag = '']) => tag],
];

const unescaped = (text: string): string => text.replace(/\\([\s\S])/gu, '$1');

export function readLittleText(commentary: string): string {
  let rest = commentary;
  let shown = '';
  while (rest !== '') {
    const plain = plainStart(rest);
    if (plain !== '') {
      shown += plain;
      rest = rest.slice(plain.length);
      continue;
    }
    const element = elementAt(rest);
    // LinkedIn answers 201 all the same: https://github.com/brightbeanxyz/brightbean-studio/pull/121 (checked 2026-11-22)
    if (!element) return shown;
    shown += element.shown;
    rest = rest.slice(element.length);
  }
  return shown;
}

function plainStart(text: string): string {
  const end = [...text].findIndex((character) => RESERVED.includes(character));
  return end === -1 ? text : [...text].slice(0, end).join('');
}

function elementAt(text: string): { shown: string; length: number } | null {
  for (const [pattern, show] of ELEMENTS) {
    const found = pattern.exec(text);
    if (found) return { shown: show(found), length: found[0].length };
  }
  return null;
}
