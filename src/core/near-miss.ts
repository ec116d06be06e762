// Finds what a mistyped word was meant to be. Only suggests: what to do with a suggestion is the caller's.

/**
 * How many single edits (a letter more, less, other, or two swapped) turn `a` into `b`, by code unit.
 * This is the optimal string alignment distance: no part of a word is edited twice.
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const edits = [cell(last, column) + 1, cell(current, column - 1) + 1, cell(last, column - 1) + (same ? 0 : 1)];
      if (swapped) edits.push(cell(beforeLast, column - 2) + 1);
      current.push(Math.min(...edits));
    }
    beforeLast = last;
    last = current;
  }
  return cell(last, b.length);
}

const cell = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY;

/** One edit for short words, up to three for long ones: more and the suggestion would be another word. */
const editsAllowed = (word: string): number => (word.length <= 2 ? 0 : Math.min(3, Math.max(1, Math.floor(word.length / 3))));

/**
 * The candidate that `word` most likely was meant to be, in any case: the one fewest edits away (the first of several), else
 * the only one it begins. Undefined where none is near.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  // A pasted novel is no near miss, and comparing it would cost as much as it is long.
  if (typed === '' || typed.length > 64) return undefined;
  const ranked = candidates
    .map((candidate) => ({ candidate, edits: editDistance(typed, candidate.toLowerCase()) }))
    .sort((one, other) => one.edits - other.edits);
  const best = ranked[0];
  if (best !== undefined && best.edits <= editsAllowed(typed)) return best.candidate;
  const begun = candidates.filter((candidate) => candidate.toLowerCase().startsWith(typed));
  return begun.length === 1 ? begun[0] : undefined;
}
