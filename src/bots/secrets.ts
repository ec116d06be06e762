// Which typed lines may hold a secret, so that none is stored in a history or shown again in a transcript, and the answer to one that
// was typed where others read along.
import { nearest } from '../core/near-miss.ts';
import type { Platforms } from '../core/ports.ts';
import { connectButton, reconnectButton } from './cards/post-buttons.ts';
import { withoutManners } from './plain-words/manners.ts';
import type { Reply } from './reply.ts';

/** Names of the fields that networks call secret, each once. */
export const secretFields = (platforms: Pick<Platforms, 'all'>): string[] => [
  ...new Set(platforms.all().flatMap(({ setup }) => setup.fields.filter(({ secret }) => secret).map(({ name }) => name))),
];

/** A field's name with its value behind it: up to the closing quote, or to the next space. */
function secretPattern(names: readonly string[]): RegExp {
  const anyOf = names.map((name) => name.replace(/[^\w-]/g, '\\$&')).join('|');
  return new RegExp(`(?<![\\w-])((?:${anyOf})\\s*[:=]\\s*|--(?:${anyOf})\\s+)("(?:\\\\.|[^"\\\\])*"?|\\S+)`, 'gi');
}

/** The line with the values of secret fields blacked out. */
export const maskSecrets = (line: string, names: readonly string[]): string =>
  names.length === 0 ? line : line.replace(secretPattern(names), '$1•••');

/** True for `/connect` lines, however mistyped, and for any other that names a secret field. */
export function mayHoldSecret(line: string, names: readonly string[]): boolean {
  const word = /^\s*\/?(\S*)/.exec(line)?.[1] ?? '';
  return nearest(word, ['connect']) !== undefined || maskSecrets(line, names) !== line;
}

/** What people also call a secret, beside the names of the fields. */
const ALSO_SECRET = ['passphrase', 'passwd', 'pwd', 'pw', 'pass', 'secret', 'token', 'apikey', 'api-key', 'api_key'];
const NAMED_VALUE = /(?:app[- ]?)?(?<name>[\p{L}_][\p{L}\p{N}_-]*)(?=\s*[:=]\s*\S|\s+(?:is\s+)?\S*[\d-])/giu;
/** Four groups of four, as app passwords are written; or long, with letters and digits, and neither a handle nor an address. */
const BARE_SECRET = /(?<!\S)(?:[a-z\d]{4}(?:-[a-z\d]{4}){3}|(?=\S*\d)(?=\S*[a-z])[\w-]{20,})(?!\S)/i;
/** Words in front of a secret, where "connect" is looked for. */
const FEW_WORDS = 8;

/** Whether a line is meant as /connect, with or without the slash, mistyped, or said in a few plain words. */
function isConnecting(line: string): boolean {
  const words = withoutManners(line)
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  const [first = ''] = words;
  const near = (word: string): boolean => nearest(word, ['connect', 'reconnect']) !== undefined;
  if (near(first.replace(/^\//, ''))) return true;
  // a post may speak of connecting, and of passwords
  if (POSTING.test(first)) return false;
  return words.slice(0, FEW_WORDS).some((word) => word.length >= 6 && near(word));
}

const POSTING = /^\/?(?:schedule|publish|draft|posts?|plan|queue|share|edit|write|make|create|prepare|save|keep)$/i;

/** "my bluesky app password is ...", or an app password and nothing else: whoever says that is about to connect an account. */
function isAnswering(line: string, platforms: Pick<Platforms, 'find'>): boolean {
  const words = withoutManners(line.replace(/^\s*\/crier\s+/i, '')).split(WORD_ENDS);
  if (POSTING.test(words[0] ?? '')) return false;
  return ONLY_A_SECRET.test(line) || words.some((word) => platforms.find(word) !== undefined);
}

const ONLY_A_SECRET = /^\s*[a-z\d]{4}(?:-[a-z\d]{4}){3}\s*$/i;
const WORD_ENDS = /[\s,:]+/;

function holdsSecret(line: string, names: readonly string[]): boolean {
  const secrets = [...names, ...ALSO_SECRET];
  const named = [...line.matchAll(NAMED_VALUE)].map((match) => match.groups?.name ?? '');
  return named.some((name) => nearest(name, secrets) !== undefined) || BARE_SECRET.test(line);
}

/**
 * The answer to a line that would connect an account, or is about one, and says its secret where it stays in the chat; null for every other line. To be
 * asked before anything is done with the line, the log and the database included.
 */
export function refuseSecret(line: string, platforms: Pick<Platforms, 'all' | 'find'>): Reply | null {
  if (!isConnecting(line) && !isAnswering(line, platforms)) return null;
  if (!holdsSecret(line, secretFields(platforms))) return null;
  const platform = line
    .split(WORD_ENDS)
    .map((word) => platforms.find(word))
    .find((found) => found !== undefined);
  return {
    tone: 'bad',
    title: 'A password is not safe in a message',
    lines: [
      'Nothing was connected, and nothing of that line was kept here.',
      `It stands in the chat now: delete your message where you can, and make a new password${platform ? ` at ${platform.name}` : ''}, since that one is no secret any more.`,
      'Then press the button. Its form shows what you type to nobody else.',
    ],
    private: true,
    buttons: [platform ? reconnectButton(platform.id, platform.name) : connectButton],
  };
}
