// The words of a text that are more than small ones, for saying what could not be read.

const SMALL = /^(?:on|at|by|the|for|around|about|[\p{P}\p{S}]+)$/iu;
const EDGES = /^[,;(]+|[,;)]+$/g;

/** How many words are named: more would be no help. */
const NAMED = 6;

export const unreadWords = (text: string): string[] =>
  text
    .split(/\s+/)
    .map((word) => word.replace(EDGES, ''))
    .filter((word) => word !== '' && !SMALL.test(word));

export const nameWords = (text: string): string => `“${unreadWords(text).slice(0, NAMED).join(' ')}”`;
