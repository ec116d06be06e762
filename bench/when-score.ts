// Counts right, wrong and declined readings per bucket and reader, as lines of a table.

export type Outcome = 'right' | 'wrong' | 'declined';
type Scored = readonly { bucket: string; outcome: Outcome }[];

const OUTCOMES: readonly Outcome[] = ['right', 'wrong', 'declined'];

/** A line per bucket and reader, and one for all buckets together. */
export function tally(readers: Readonly<Record<string, Scored>>): string[] {
  const buckets = [...new Set(Object.values(readers).flatMap((scored) => scored.map(({ bucket }) => bucket)))].sort();
  const lines = ['bucket    reader        cases   right           wrong           declined'];
  for (const bucket of [...buckets, 'all']) {
    for (const [reader, scored] of Object.entries(readers)) {
      const own = scored.filter((each) => bucket === 'all' || each.bucket === bucket);
      const counts = OUTCOMES.map((outcome) => count(own, outcome).padEnd(15));
      lines.push(`${bucket.padEnd(9)} ${reader.padEnd(13)} ${String(own.length).padEnd(7)} ${counts.join(' ')}`.trimEnd());
    }
  }
  return lines;
}

function count(scored: Scored, outcome: Outcome): string {
  const number = scored.filter((each) => each.outcome === outcome).length;
  const share = ((100 * number) / Math.max(1, scored.length)).toFixed(1);
  return `${String(number).padStart(3)} ${share.padStart(5)} %`;
}
