// The words behind /digest: which of its deeds is meant, and what is left for it. How often and at what time is core/cadence-words.ts' to read.
import { DIGEST_PERIODS } from '../../core/digest.ts';
import { invalidArgument } from '../../core/errors.ts';
import { nearest } from '../../core/near-miss.ts';
import type { Argument, RawArgs } from '../command.ts';

const DEEDS = ['list', 'preview', 'pause', 'resume', 'stop'] as const;
type DigestDeed = (typeof DEEDS)[number];

export const DIGEST_ARGUMENTS = [
  { name: 'what', kind: 'choice', summary: 'How often it comes, or what to do with one', choices: [...DIGEST_PERIODS, ...DEEDS] },
  { name: 'when', kind: 'text', summary: 'The day and the time: monday 9am, 1st 9am, 9am' },
  { name: 'which', kind: 'text', summary: 'Which one is meant, like D2' },
] as const satisfies readonly Argument[];

export type DigestRequest = { deed: 'add'; cadence: string } | { deed: DigestDeed; which: string };

/** Words that mean this place, and a place of another name. */
const HERE = /(?<![\p{L}\p{N}])(?:(?:in|into|to)\s+)?(?:here|this\s+(?:channel|chat|server))(?![\p{L}\p{N}])/giu;
const ELSEWHERE = /<#[^>\s]*>|(?<![\p{L}\p{N}])#\p{L}[^\s]*/u;

/** `pause D2` is a deed and which; all else says how often. */
export function readDigestWords(text: string): RawArgs {
  const [, first = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
  const what = deedOf(first);
  if (what === undefined) return text.trim() === '' ? {} : { when: text.trim() };
  return rest.trim() === '' ? { what } : { what, which: rest.trim() };
}

/** @throws CrierError `invalid-input` for another channel, or a deed there is not. */
export function readDigestRequest({ what = '', when = '', which = '' }: RawArgs): DigestRequest {
  const all = [what, when, which].join(' ').trim();
  if (ELSEWHERE.test(all))
    throw invalidArgument(
      'when',
      'A digest comes into the channel it is asked for in: type this in that channel, like /digest daily 9am.',
    );
  const deed = all === '' ? 'list' : deedOf(what);
  if (deed !== undefined) return { deed, which: withoutHere(which || when) };
  const cadence = withoutHere(all);
  refuseNearDeed(cadence);
  return { deed: 'add', cadence };
}

const deedOf = (word: string): DigestDeed | undefined => DEEDS.find((deed) => deed === word.trim().toLowerCase());

const withoutHere = (words: string): string => words.replace(HERE, ' ').replace(/\s+/g, ' ').trim();

function refuseNearDeed(words: string): void {
  const [, first = '', rest = ''] = /^(\S*)\s*(.*)$/.exec(words) ?? [];
  const near = nearest(first, [...DIGEST_PERIODS, ...DEEDS]);
  const deed = near === undefined ? undefined : deedOf(near);
  if (deed === undefined) return;
  throw invalidArgument('what', `There is no /digest ${first}. Did you mean /digest ${[deed, rest].join(' ').trim()}?`);
}
