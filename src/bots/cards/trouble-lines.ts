// What is said of the parts of Crier that do not work: what that means for posts, and what to do.
import type { Trouble } from '../../core/usecases/read-status.ts';
import type { Line, Span } from '../reply.ts';
import { moment } from './delivery-lines.ts';

/** By the part's name. What is not known here is named as it is. */
const PARTS: Readonly<Record<string, { name: string; means: string }>> = {
  database: {
    name: 'PostgreSQL',
    means: 'While it is away nothing goes out and nothing can be planned; all goes on once it answers.',
  },
  mongodb: { name: 'MongoDB', means: 'Posts go out all the same, up to a minute late.' },
  slack: { name: 'Slack', means: 'Posts go out all the same; commands and news in Slack wait until it answers.' },
  discord: { name: 'Discord', means: 'Posts go out all the same; commands and news in Discord wait until it answers.' },
};

export const partName = (part: string): string => PARTS[part]?.name ?? part;

/** One or more sentences for each. @param timeZone the reader's */
export function troubleLine(trouble: Trouble, timeZone: string): readonly Span[] {
  if (trouble.kind === 'no-worker') {
    return [
      'No worker was seen in the last two minutes, so nothing goes out. Start one on the machine: ',
      { code: 'npm start -- --role worker' },
      ', or ',
      { code: 'npm start' },
      ', which does everything.',
    ];
  }
  const known = PARTS[trouble.part];
  return [
    `${known?.name ?? trouble.part} has not answered since `,
    moment(trouble.since, timeZone),
    known ? `. ${known.means}` : '.',
  ];
}

/** All of them on one line; null where there is nothing to say. */
export function troubleSummary(troubles: readonly Trouble[], timeZone: string): Line | null {
  if (troubles.length === 0) return null;
  const spans = troubles.flatMap((trouble) => [...troubleLine(trouble, timeZone), ' ']);
  return [...spans, { code: '/status' }, ' says more.'];
}
