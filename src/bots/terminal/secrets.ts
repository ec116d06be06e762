// Which typed lines may hold a secret, so that none is stored in a history or shown again in a transcript.
import { nearest } from '../../core/near-miss.ts';
import type { Platforms } from '../../core/ports.ts';

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
