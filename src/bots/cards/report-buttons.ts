// The buttons that lead to a report. A press reads anew how things are by then.
import type { Button } from '../reply.ts';

/** At the end of a subject: what it leads to is for whoever presses alone, and the message it stands under stays as it is. */
export const FOR_ONE = 'm';

export interface Seen {
  /** What it is about, as a subject has it: `all`, `n:bluesky`. */
  scopeWord: string;
  isForOne: boolean;
}

const button = (label: string, name: string, periodId: string, { scopeWord, isForOne }: Seen): Button => ({
  label,
  command: 'analytics',
  name,
  subject: `${periodId}~${scopeWord}${isForOne ? `~${FOR_ONE}` : ''}`,
});

/** Shows the report of that period. */
export const reportButton = (label: string, periodId: string, seen: Seen): Button => button(label, 'show', periodId, seen);

/** Hands over the figures of that period as a file. */
export const csvButton = (periodId: string, { scopeWord }: Pick<Seen, 'scopeWord'>): Button =>
  button('CSV', 'csv', periodId, { scopeWord, isForOne: false });

/** Reads the figures anew, and shows the report of that period then. */
export const refreshButton = (periodId: string, seen: Seen): Button => button('Refresh', 'refresh', periodId, seen);
