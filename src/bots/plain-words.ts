// Reads what people say to Crier in plain words ("schedule this for bluesky on Friday noon") as the line of a command. It knows English
// sentences of a few kinds; what is none of them is not guessed at. What the line comes to is the command's own to say.
import type { Platforms } from '../core/ports.ts';
import { readArguments } from './arguments.ts';
import type { Command, RawArgs } from './command.ts';
import { readAsking } from './plain-words/asking.ts';
import { isDoubt, withoutManners, withoutThanks } from './plain-words/manners.ts';
import { readPosting } from './plain-words/posting.ts';
import { readReporting } from './plain-words/reporting.ts';
import type { Reply } from './reply.ts';
import { type Commands, splitLine } from './run.ts';

export interface PlainWords {
  /** A whole line, `/schedule to bluesky tomorrow 9am: Hello`. */
  line: string;
  /** "this", "that", "the message above" stands for the text: see `fillFromMessage`. */
  aboutMessage: boolean;
}

export interface KnownWords {
  platforms: Pick<Platforms, 'find' | 'all'>;
  commands: Commands['all'];
}

/** A pasted page is no request. Its text, behind the colon, may be long all the same. */
const LONGEST = 20_000;

/** Null: not understood. A verb that cannot be taken back is read only where nothing else can be meant. */
export function readPlainWords(text: string, known: KnownWords): PlainWords | null {
  const said = withoutManners(text);
  if (said.trim() === '' || said.length > LONGEST) return null;
  if (/^\/[\p{L}]/u.test(said)) return { line: said, aboutMessage: false };
  const asked = readAsking(said, text, known) ?? readReporting(said, text, known);
  if (asked !== null && findCommand(asked, known)) return { line: asked, aboutMessage: false };
  return readPosting(said, text, known.platforms) ?? readCommandName(said, text, known);
}

const findCommand = (line: string, { commands }: KnownWords): Command | undefined =>
  commands.find(({ name }) => name === splitLine(line)?.name.toLowerCase());

/** "publish this": what is meant by it was not clear to who reads plain words, and is nothing to a command. */
const ABOUT_THIS = /^\S+\s+(?:this|that|it)(?![\p{L}\p{N}])/iu;
/** "post" is too common a word, unless a post's name follows. */
const OTHER_POST = /^post\s+(?![p#]?\d{1,9}(?:\s|$))/i;

/** `posts today`: a command without its slash. A question to others is none, where more than reading is at stake. */
function readCommandName(said: string, whole: string, known: KnownWords): PlainWords | null {
  const words = said.includes(':') ? said : withoutThanks(said);
  const command = findCommand(`/${words}`, known);
  if (!command || OTHER_POST.test(words)) return null;
  const isReading = command.permission === 'view' && command.name !== 'post';
  if (!isReading && (ABOUT_THIS.test(words) || isDoubt(whole))) return null;
  return { line: `/${command.name}${words.slice(command.name.length)}`, aboutMessage: false };
}

/** The command and arguments of plain words about a message: its text is what is posted, and its files go with the call. */
export function fillFromMessage(
  { line }: PlainWords,
  commands: Pick<Commands, 'find'>,
  text: string,
): { command: string; args: RawArgs } | null {
  const split = splitLine(line);
  const command = split ? commands.find(split.name) : undefined;
  if (!split || !command) return null;
  return { command: command.name, args: { ...readArguments(command, split.text), ...(text.trim() === '' ? {} : { text }) } };
}

/** For words that were not understood. */
export const plainWordsHelp = (): Reply => ({
  tone: 'plain',
  title: 'That is not something I can read',
  lines: [
    'Say it like one of these:',
    [{ code: 'schedule a post for bluesky tomorrow at 9am: We are live' }],
    [{ code: 'publish this to mastodon' }, ' (as an answer to the message that is to be posted)'],
    [{ code: 'show my scheduled posts' }],
    [{ code: 'how did we do this week' }],
    [{ code: 'send a digest every day at 9am' }],
  ],
  notes: [['All there is: ', { code: '/help' }]],
  private: true,
});
