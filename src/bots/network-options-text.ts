// Options of networks as people write them, `youtube title="Our launch" privacy=unlisted; tiktok privacy=SELF_ONLY`, read and written.
// Which names and values there are is the platforms' to say.
import { invalidArgument } from '../core/errors.ts';
import type { NetworkOptions } from '../core/network-options.ts';

const NETWORK = /\s*(?<network>[\p{L}][\p{L}\p{N}_-]*)/uy;
const OPTION = /\s+(?<name>[\p{L}][\p{L}\p{N}_-]*)=(?:"(?<straight>[^"]*)"|“(?<curly>[^”]*)”|(?<word>(?:(?!;(?:\s|$))[^\s])*))/uy;
const NEXT = /\s*(?:[;\n]|$)/uy;

function readAt(pattern: RegExp, text: string, at: number): { groups: Record<string, string | undefined>; end: number } | null {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match ? { groups: match.groups ?? {}, end: pattern.lastIndex } : null;
}

/** By the network as it was named. @throws CrierError `invalid-input` for words that are not `network name=value`. */
export function readNetworkOptions(text: string): Record<string, NetworkOptions> {
  const read: Record<string, NetworkOptions> = {};
  let at = 0;
  while (text.slice(at).trim() !== '') {
    const network = readAt(NETWORK, text, at);
    const name = network?.groups.network;
    if (!network || name === undefined) throw unreadable(text.slice(at));
    const { options, end } = readOptionsAt(text, network.end);
    const next = readAt(NEXT, text, end);
    if (Object.keys(options).length === 0 || !next) throw unreadable(text.slice(end) || name);
    read[name] = { ...read[name], ...options };
    at = next.end;
  }
  return read;
}

function readOptionsAt(text: string, from: number): { options: NetworkOptions; end: number } {
  const options: Record<string, string> = {};
  let end = from;
  for (let found = readAt(OPTION, text, end); found; found = readAt(OPTION, text, end)) {
    const { name, straight, curly, word } = found.groups;
    if (name !== undefined) options[name] = straight ?? curly ?? word ?? '';
    end = found.end;
  }
  return { options, end };
}

const unreadable = (words: string): Error =>
  invalidArgument(
    'options',
    `"${words.trim()}" is no option of a network. Write the network, then name=value, in quotes where it has spaces: youtube title="Our launch" privacy=unlisted.`,
  );

/** A value in straight quotes, or in curly ones around straight; as it is where it needs none. */
export function quoted(value: string): string {
  if (/^[^\s"“”;,]+$/u.test(value)) return value;
  if (!value.includes('"')) return `"${value}"`;
  return value.includes('”') ? value : `“${value}”`;
}

/** `title="Our launch" · privacy=unlisted` with `' · '` between them. */
export const sayOptions = (options: NetworkOptions, separator = ' '): string =>
  Object.entries(options)
    .map(([name, value]) => `${name}=${quoted(value)}`)
    .join(separator);
