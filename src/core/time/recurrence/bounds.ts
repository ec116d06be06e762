// Reads from when and until when: "starting 1 December", "until 24 Dec", "for 10 weeks", "10 times". What is left of the text is
// handed on. Dates are read by `parseOnlyWhen`.
import { parseOnlyWhen } from '../parse-when.ts';
import type { WhenOptions } from '../when.ts';
import { NUMBER_WORD, numberOf } from '../words.ts';
import { nameWords, unreadWords } from './unread.ts';

/** A day, or a moment where a time of day was said with it. */
export interface Edge {
  at: Temporal.ZonedDateTime;
  hasTime: boolean;
  label: string;
}

export interface Bounds {
  /** Empty where nothing was said; several are a question. */
  starting: readonly Edge[];
  until: readonly Edge[];
  lasting: Temporal.Duration | null;
  count: number | null;
  /** The words that say none of this. */
  rest: string;
}

const NUMBER = `(?<number>\\d{1,4}|${NUMBER_WORD}|an?)`;
const LASTING = new RegExp(
  `(?<!\\p{L})(?:for\\s+(?:the\\s+next\\s+)?${NUMBER}\\s+(?<unit>times?|occurrences?|posts?|days?|weeks?|months?|years?)|(?:(?<times>\\d{1,4}|${NUMBER_WORD})\\s+times?))(?!\\p{L})`,
  'giu',
);
const KEYWORD =
  /(?<!\p{L})(?:and\s+)?(?<word>until|till|til|through|thru|up\s+to|ending(?:\s+on)?|starting|beginning|from)(?!\p{L})/giu;
const STARTS = /^(?:starting|beginning|from)$/i;

interface Length {
  lasting: Temporal.Duration | null;
  count: number | null;
}

function readLength({ number, unit, times }: Partial<Record<string, string>>): Length {
  const amount = times ?? number ?? '';
  const value = /^an?$/i.test(amount) ? 1 : numberOf(amount);
  const plain = unit?.toLowerCase().replace(/s$/, '');
  if (plain === 'day' || plain === 'week' || plain === 'month' || plain === 'year')
    return { lasting: Temporal.Duration.from({ [`${plain}s`]: value }), count: null };
  return { lasting: null, count: value };
}

/** `segments` are the texts around what says how often: a bound does not reach over that. */
export function readBounds(segments: readonly string[], options: WhenOptions): Bounds | string {
  const lengths: Length[] = [];
  const clauses: { isStart: boolean; words: string }[] = [];
  const rest: string[] = [];
  for (const segment of segments) {
    const plain = segment.replace(LASTING, (...match) => {
      lengths.push(readLength(match.at(-1)));
      return ' ';
    });
    const marks = [...plain.matchAll(KEYWORD)];
    rest.push(plain.slice(0, marks[0]?.index ?? plain.length));
    marks.forEach((mark, place) => {
      const words = plain.slice(mark.index + mark[0].length, marks[place + 1]?.index ?? plain.length);
      clauses.push({ isStart: STARTS.test(mark.groups?.word ?? ''), words: words.replace(/^[\s,]+|[\s,]+$/g, '') });
    });
  }
  const [starts, ends] = [clauses.filter(({ isStart }) => isStart), clauses.filter(({ isStart }) => !isStart)];
  if (starts.length > 1) return 'It can start only once.';
  if (ends.length + lengths.length > 1) return 'It can end only once: say either until when, or for how long.';
  const starting = starts[0] ? readEdge(starts[0].words, options) : [];
  const until = ends[0] ? readEdge(ends[0].words, options) : [];
  if (typeof starting === 'string') return starting;
  if (typeof until === 'string') return until;
  const { lasting, count } = lengths[0] ?? { lasting: null, count: null };
  if (count === 0 || lasting?.blank) return 'For how long? Say a number from 1 on.';
  return { starting, until, lasting, count, rest: rest.join(' ') };
}

/** Any time of day: read with two usual ones, a date without one gives two moments. */
const TWO_USUAL_TIMES = ['00:00', '23:59'] as const;

function readEdge(words: string, options: WhenOptions): readonly Edge[] | string {
  const [morning, night] = TWO_USUAL_TIMES.map((defaultTime) => parseOnlyWhen(words, { ...options, defaultTime }));
  if (night === undefined || night.kind === 'none') return `“${words}”: ${night?.reason ?? 'when is that?'}`;
  const unread = `${words.slice(0, night.index)} ${words.slice(night.index + night.text.length)}`;
  if (unreadWords(unread).length > 0) return `I could not read ${nameWords(unread)} in “${words}”.`;
  if (night.kind === 'past') return `“${words}” has gone by.`;
  const at = night.kind === 'at' ? [{ at: night.at, label: '' }] : night.choices;
  // a day that has begun is past at midnight
  const hasTime = morning !== undefined && morning.kind === night.kind && momentsOf(morning) === momentsOf(night);
  return at.map((choice) => ({ ...choice, hasTime }));
}

function momentsOf(when: ReturnType<typeof parseOnlyWhen>): string {
  if (when.kind === 'at') return when.at.toString();
  return when.kind === 'ambiguous' ? when.choices.map(({ at }) => at.toString()).join() : '';
}
