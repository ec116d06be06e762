// The sentence behind /schedule, /publish and /draft, in every order people say it: `tomorrow 9am to x, linkedin: text`,
// `"text" tomorrow 9am to x`. Takes it apart into raw strings; what they mean is read elsewhere. Every character ends up in a field.
import { isOnlyWhen, spotWhen, startsWithWhen } from '../../core/time/parse-when.ts';
import { isOnlyRecurrence, startsRecurring } from '../../core/time/recurrence.ts';
import { isBest } from './best-time.ts';
import { FLAG, takeFlags } from './post-flags.ts';

export interface PostSentence {
  when?: string;
  targets?: string;
  /** What is to be posted, byte for byte. */
  text?: string;
  campaign?: string;
  /** A line per file: its URL and, behind a space, its alt text. */
  media?: string;
  /** `yes` where a text that is too long is to be a thread. */
  thread?: string;
  /** The first comment. */
  comment?: string;
  /** `youtube title="Our launch" privacy=unlisted; tiktok privacy=SELF_ONLY`, as `readNetworkOptions` takes it. */
  options?: string;
  /** What was not understood, to be shown to the person. */
  rest?: string;
}

export interface PostSentenceOptions {
  /** Whether a word names a network or an account. Only consulted where a missing colon leaves it open. */
  isTarget?: (word: string) => boolean;
}

/**
 * Everything behind the colon is text. The colon is the first one that follows a time or a list of networks, not one within a
 * time, a URL or quotes. Without one, quoted text is the text. Flags stand outside the text: `--campaign NAME`, `--image URL "alt"`
 * (or `--video`), `--thread`, `--comment "First"`, and a network's options, `--youtube title="Our launch" privacy=unlisted`.
 */
export function readPostSentence(input: string, options: PostSentenceOptions = {}): PostSentence {
  return readWithColon(input) ?? readQuoted(input, options) ?? readHeadOnly(input, options);
}

// ----------------------------------------------------------------------------------------------------------- targets

const WORD = String.raw`[\p{L}@][\p{L}\p{N}_@./-]*`;
/** One network or account; a name with spaces in quotes, alone or behind its network: `linkedin/"Crier Demo"`. */
const ITEM = String.raw`(?:(?:[\p{L}][\p{L}\p{N}_-]*[/:])?(?:"[^"]*"|[“„][^”“]*[”“])|${WORD})`;
/** A name may go on with these where its network stands before it: `linkedin/Crier Demo`. */
const NEXT_WORD = /\s+[\p{L}\p{N}@(][^\s,;&+:"“”„]*/uy;
const PREPOSITION = /(?<![\p{L}\p{N}])(?:to|on)\s+|(?<![\p{L}\p{N}@/.])(?=everywhere(?![\p{L}\p{N}]))/giu;
const NEXT_ITEM = new RegExp(String.raw`(?:\s*,\s*(?:and\s+)?|\s*[&+]\s*|\s+and\s+)(?<item>${ITEM})`, 'iuy');
const FIRST_ITEM = new RegExp(ITEM, 'iuy');

interface Targets {
  /** Of the preposition. */
  index: number;
  until: number;
  list: string;
}

/**
 * The first `to` or `on` with a list of networks or accounts behind it, and not a time (`on Monday`, `quarter to noon`). A name goes on
 * over spaces only where the head is the whole of it: else what follows may be the text.
 */
function findTargets(head: string, isTarget: (word: string) => boolean, isWhole = true): Targets | null {
  for (const match of head.matchAll(PREPOSITION)) {
    const from = match.index + match[0].length;
    FIRST_ITEM.lastIndex = from;
    const first = FIRST_ITEM.exec(head)?.[0];
    if (first === undefined || !isTarget(first) || startsWithTime(head.slice(from))) continue;
    const until = endOfList(head, isWhole ? endOfName(head, from, first) : from + first.length, isTarget, isWhole);
    return { index: match.index, until, list: head.slice(from, until) };
  }
  return null;
}

function endOfList(head: string, firstEnd: number, isTarget: (word: string) => boolean, isWhole: boolean): number {
  for (let until = firstEnd; ; ) {
    NEXT_ITEM.lastIndex = until;
    const match = NEXT_ITEM.exec(head);
    const item = match?.groups?.item;
    if (match === null || item === undefined || !isTarget(item)) return until;
    if (startsWithTime(head.slice(match.index + match[0].length - item.length))) return until;
    until = match.index + match[0].length;
    if (isWhole) until = endOfName(head, until - item.length, item);
  }
}

/** Where the name ends whose first word is `first`: before what parts it from the next one, before a time, or with the head. */
function endOfName(head: string, from: number, first: string): number {
  const firstEnd = from + first.length;
  if (!/^[^"“„]+[/]/u.test(first) || /["”“]$/u.test(first)) return firstEnd;
  for (let until = firstEnd; ; ) {
    const rest = head.slice(until).trimStart();
    if (rest === '' || /^(?:[,;&+]|and\s)/iu.test(rest) || startsWithTime(rest) || isBest(rest)) return until;
    NEXT_WORD.lastIndex = until;
    const word = NEXT_WORD.exec(head)?.[0];
    if (word === undefined) return firstEnd;
    until += word.length;
  }
}

const anyWord = (): boolean => true;
const isOnlyTime = (text: string): boolean => isOnlyWhen(text) || isOnlyRecurrence(text) || isBest(text);
const startsWithTime = (text: string): boolean => startsWithWhen(text) || startsRecurring(text);
const trimmed = (text: string): string => text.replace(/^[\s,;]+|[\s,;]+$/g, '');
const joined = (parts: readonly string[]): string =>
  parts
    .map(trimmed)
    .filter((part) => part !== '')
    .join(' ');
const field = <Name extends keyof PostSentence>(name: Name, value: string | undefined): Pick<PostSentence, Name> | object =>
  value === undefined || value.trim() === '' ? {} : { [name]: value };

// -------------------------------------------------------------------------------------------------------- the colon

/**
 * Colons within flags, quotes, a time, a URL or a Discord timestamp are not the one before the text. Whichever begins first
 * hides the others: a flag within quotes is none.
 */
const NO_SEPARATOR = new RegExp(
  String.raw`${FLAG.source.replaceAll(/\?<\w+>/g, '?:')}|(?<=^|\s)"[^"]*"(?=\s|$)|[“„][^”“]*[”“]|\d:(?=\d)|:(?=\/\/)|<t:\d+(?::\w)?>`,
  'giu',
);

function readWithColon(input: string): PostSentence | null {
  const masked = input.replace(NO_SEPARATOR, (whole) => ' '.repeat(whole.length));
  for (let colon = masked.indexOf(':'); colon >= 0; colon = masked.indexOf(':', colon + 1)) {
    const head = readHead(input.slice(0, colon));
    if (head !== null) return { ...head, ...field('text', input.slice(colon + 1).replace(/^(?: |\r?\n)/, '')) };
    // A longer head would only have more words in it that nobody understands.
    if (masked.slice(0, colon).length > LONGEST_HEAD) return null;
  }
  return null;
}

const LONGEST_HEAD = 400;

/** What stands before a colon, or null where that colon is none of ours: a head ends in a time or in a list of networks. */
function readHead(text: string): PostSentence | null {
  const { blanked, fields, surplus } = takeFlags(text);
  const targets = findTargets(blanked, anyWord);
  const rest = field('rest', joined(surplus));
  if (targets === null) return isOnlyTime(blanked) ? { when: trimmed(blanked), ...fields, ...rest } : null;
  const [before, after] = [blanked.slice(0, targets.index), blanked.slice(targets.until)];
  if (trimmed(after) !== '' && !isOnlyTime(after)) return null;
  // Words in front that are no time are handed on with it: reading the time says which ones.
  return { ...field('when', joined([before, after])), targets: targets.list.trim(), ...fields, ...rest };
}

// --------------------------------------------------------------------------------------------------------- no colon

/** Not that of a name, `to "Crier Demo"`. */
const OPENING = /(?<=^|\s)(?<!(?:^|\s)(?:to|on)\s+)["“„]/giu;
const CLOSING = /["”“](?=[\s,;]|$)/gu;

/** `"text" tomorrow 9am to x`: the text ends at the first closing quote behind which everything is understood. */
function readQuoted(input: string, options: PostSentenceOptions): PostSentence | null {
  const outside = takeFlags(input).blanked;
  const start = outside.search(OPENING);
  if (start < 0) return null;
  const ends = [...input.slice(start + 1).matchAll(CLOSING)].map((match) => start + 1 + match.index).slice(0, 30);
  const readings = ends.map((end) => ({
    end,
    around: readHeadOnly(`${input.slice(0, start)} ${input.slice(end + 1)}`, options, true),
  }));
  const best = readings.find(({ around }) => around.rest === undefined) ?? readings[0];
  return best === undefined ? null : { ...best.around, ...field('text', input.slice(start + 1, best.end)) };
}

/** No text marked as such: the time and networks it begins with, and all that follows as what was not understood. */
function readHeadOnly(input: string, { isTarget = anyWord }: PostSentenceOptions, isWhole = false): PostSentence {
  const { blanked, fields, surplus } = takeFlags(input);
  if (isOnlyTime(blanked)) return { when: trimmed(blanked), ...fields, ...field('rest', joined(surplus)) };
  const targets = findTargets(blanked, isTarget, isWhole);
  const before = targets === null ? '' : trimmed(blanked.slice(0, targets.index));
  if (targets === null || (before !== '' && !isOnlyTime(before)))
    return { ...fields, ...field('rest', joined([blanked, ...surplus])) };
  const after = blanked.slice(targets.until);
  const spotted = before === '' ? timeAtStart(after) : '';
  const rest = trimmed(after).slice(spotted.length);
  return {
    ...field('when', before || spotted),
    targets: targets.list.trim(),
    ...fields,
    ...field('rest', joined([rest, ...surplus])),
  };
}

function timeAtStart(text: string): string {
  if (isBest(trimmed(text))) return trimmed(text);
  const spotted = spotWhen(trimmed(text));
  return spotted?.index === 0 ? spotted.text : '';
}
