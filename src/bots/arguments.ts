// Reads the text behind a command's name into its arguments. What the values mean is the command's to say.
//
// Quoting: a word in "double quotes" (or curly ones) is one value, spaces and newlines included; \" is a quote inside it. A quote
// opens only where a word or a value begins, so that 5" and it's are plain text.
import type { Argument, Command, RawArgs } from './command.ts';

interface Value {
  text: string;
  quoted: boolean;
  /** Where the text goes on behind it. */
  end: number;
}

const CLOSING: Readonly<Record<string, string>> = { '"': '"', '“': '”', '„': '“', '«': '»' };
const OPENS_AFTER = /[\s:=([{,]/;

/** Where a quote that opens at `start` closes, or -1 where it never does. */
function findClosing(text: string, start: number): number {
  const opening = text[start] ?? '';
  // Word processors close “ with ”, and German ones „ with “; a typist closes either with what the keyboard has.
  const closing = [CLOSING[opening] ?? '', ...(opening === '„' ? ['”'] : [])];
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === '\\') index++;
    else if (closing.includes(text[index] ?? '')) return index;
  }
  return -1;
}

const withoutEscapes = (text: string): string => text.replace(/\\(["\\“”„«»])/g, '$1');

/** Whether a straight or curly quote opens in this text and does not close: then what was meant goes on in the next line. */
export function hasOpenQuote(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const opens = (text[index] ?? '') in CLOSING && (index === 0 || OPENS_AFTER.test(text[index - 1] ?? ''));
    if (!opens) continue;
    const end = findClosing(text, index);
    if (end < 0) return true;
    index = end;
  }
  return false;
}

/** The value that begins at `start`: a quoted one, or all up to the next space. */
function readValue(text: string, start: number): Value {
  if ((text[start] ?? '') in CLOSING) {
    const closing = findClosing(text, start);
    const behind = text[closing + 1];
    if (closing > 0 && (behind === undefined || /\s/.test(behind))) {
      return { text: withoutEscapes(text.slice(start + 1, closing)), quoted: true, end: closing + 1 };
    }
  }
  const word = /^\S*/.exec(text.slice(start))?.[0] ?? '';
  return { text: word, quoted: false, end: start + word.length };
}

const skipSpace = (text: string, start: number): number => start + (/^\s*/.exec(text.slice(start))?.[0].length ?? 0);

/** `name:value`, `--name value` or `--name=value` at `start`, where the command has an argument of that name. */
function readNamed(command: Command, text: string, start: number): { argument: Argument; valueAt: number } | undefined {
  const match = /^(?:--([\w-]+)(?:=|\s+|$)|([\w-]+):(?=\S))/.exec(text.slice(start));
  const name = (match?.[1] ?? match?.[2])?.toLowerCase();
  const argument = command.arguments.find((candidate) => candidate.name.toLowerCase() === name);
  return match && argument ? { argument, valueAt: start + match[0].length } : undefined;
}

/** Puts quotes around a value, so that `readArguments` gives it back as it is. */
export const quote = (value: string): string => `"${value.replace(/["\\“”„«»]/g, '\\$&')}"`;

/** The rest of the line as one value: untouched, but for space around it and quotes around the whole of it. */
function readRest(rest: string): string {
  const trimmed = rest.trim();
  const value = readValue(trimmed, 0);
  return value.quoted && value.end === trimmed.length ? value.text : trimmed;
}

/**
 * Reads `text` by the command's own `fromText` where it has one. Otherwise words fill the arguments in order; `name:value`,
 * `--name value` and `--name=value` fill the one they name; the last argument still open takes the rest, newlines and quotes
 * included, and so does a `text` argument that is named. Nothing is dropped: words too many go to the last argument.
 */
export function readArguments(command: Command, text: string): RawArgs {
  if (command.fromText) return command.fromText(text);
  const values = new Map<string, string>();
  const last = command.arguments.at(-1);
  let at = skipSpace(text, 0);
  while (last && at < text.length) {
    const named = readNamed(command, text, at);
    const open = command.arguments.filter((argument) => !values.has(argument.name));
    const argument = named?.argument ?? open[0] ?? last;
    const value = readValue(text, named?.valueAt ?? at);
    const isRest = named ? argument.kind === 'text' && !value.quoted : open.length <= 1;
    const earlier = !named && open.length === 0 ? `${values.get(last.name) ?? ''} ` : '';
    values.set(argument.name, isRest ? earlier + readRest(text.slice(named?.valueAt ?? at)) : value.text);
    at = isRest ? text.length : skipSpace(text, value.end);
  }
  return Object.fromEntries(values);
}
